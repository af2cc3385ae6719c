"""What can be done with a file of contacts: take it in, say what its columns mean, bring it in?

What a file would change is planned before anything is held, so that others can go on saving meanwhile; it
is planned anew only where the diary says that something was changed in between.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from folkmoot.apps.people.contacts_records import records_of
from folkmoot.apps.people.contacts_saving import save_plan
from folkmoot.apps.people.models import ContactsImport
from folkmoot.apps.places import clock
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.models import DiaryLine, Partnership
from folkmoot.apps.places.queries import admitted, only, whole_of
from folkmoot.apps.places.turns import in_turn
from folkmoot.core.access import Act, Actor, require
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.kernel.when import say_day
from folkmoot.core.network import PeopleRead, read_people
from folkmoot.core.network.contacts.plan import ContactsPlan, plan_contacts
from folkmoot.core.network.reading import look_at_people
from folkmoot.core.network.sheet import Sheet, Told

LARGEST_FILE = 10_000_000  # bytes: it waits in the database until it is checked
MOST_ROWS = 10_000  # they are saved all at once, and while they are nobody else can save
MOST_WAITING = 10  # files of one partnership that wait to be checked; then the oldest makes room
LONGEST_NAME = 200  # characters, as in the table
State = ContactsImport.State


@dataclass(frozen=True, slots=True)
class _Ready:
    """A plan, and of what: the last line of the diary, and how the file's columns were read."""

    plan: ContactsPlan
    line: str
    mapping: Mapping[str, object]

    def for_now(self, row: ContactsImport) -> ContactsPlan:
        """The plan where nothing has changed since; else a new one."""
        same = (self.line, self.mapping) == (_last_line(row.partnership_id), row.mapping)
        return self.plan if same else plan_row(row)


def take_contacts(actor: Actor, *, content: bytes, file_name: str = "") -> ContactsImport:
    """A file of contacts, kept until it is checked; nothing in it is on record yet.

    What its columns mean is guessed, or remembered from an earlier file with the same headings.
    """
    require(Act.IMPORT_CONTACTS, actor, whole_of(actor))
    return _keep(actor, _opened(actor, content, file_name))


@in_turn
def map_contacts(
    actor: Actor,
    *,
    contacts_id: str,
    sheet: str = "",
    heading_line: int = 0,
    columns: Mapping[str, int] | None = None,
) -> ContactsImport:
    """Which sheet, which row of headings, and which column (from 0) plays which role.

    With another sheet or row, the columns are guessed anew.
    """
    row = _waiting(actor, contacts_id)
    elsewhere = (sheet, heading_line) != (row.mapping["sheet"], row.mapping["line"])
    told = Told(sheet, heading_line, None if elsewhere else columns)
    row.mapping = _mapping(_looked_at(bytes(row.content), told))
    row.save(update_fields=["mapping"])
    return row


@in_turn
def forget_contacts(actor: Actor, *, contacts_id: str) -> None:
    """A file that waits goes, and nothing of it stays."""
    _waiting(actor, contacts_id).delete()


def confirm_contacts(actor: Actor, *, contacts_id: str) -> ContactsImport:
    """The file that was checked is brought in, as one batch that can be undone; confirmed twice is once."""
    require(Act.IMPORT_CONTACTS, actor, whole_of(actor))
    row = contacts_row(actor, contacts_id)
    return _confirm(actor, row.id, _ready(row)) if row.state == State.LOOKED else row


def import_contacts(actor: Actor, *, content: bytes, file_name: str = "") -> ContactsPlan:
    """Takes a file in and brings it in at once, with its columns as they are guessed or remembered.

    The same file again changes nothing. Answers with what it did.
    """
    require(Act.IMPORT_CONTACTS, actor, whole_of(actor))
    row = _opened(actor, content, file_name)
    return _import(actor, row, _ready(row))


def contacts_row(actor: Actor, contacts_id: str) -> ContactsImport:
    """One file of contacts that the actor may work with."""
    return only(admitted(Act.IMPORT_CONTACTS, actor, ContactsImport.objects.filter(id=contacts_id)))


def read_row(row: ContactsImport) -> PeopleRead:
    """What a file that waits holds, by its columns as they are mapped."""
    return read_people(bytes(row.content or b""), told_of(row))


def told_of(row: ContactsImport) -> Told:
    """How a file that waits is to be read."""
    return Told(row.mapping["sheet"], row.mapping["line"], row.mapping["columns"])


def plan_row(row: ContactsImport) -> ContactsPlan:
    """What a file that waits would add and change."""
    return plan_contacts(read_row(row), records_of(row.partnership_id))


def _opened(actor: Actor, content: bytes, file_name: str) -> ContactsImport:
    """A file as it would be kept, with its columns guessed or remembered; not kept yet."""
    if len(content) > LARGEST_FILE:
        raise Refused("This file is larger than 10 MB.", "", "Split it in parts.", field="file")
    sheet = _looked_at(content)
    return ContactsImport(
        partnership_id=actor.partnership_id,
        file_name=" ".join(file_name.replace("\x00", " ").split())[:LONGEST_NAME] or "Contacts",
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        mapping=_remembered(actor, sheet) or _mapping(sheet),
        account_id=actor.account_id,
        uploaded_at=clock.now(),
    )


def _looked_at(content: bytes, told: Told | None = None) -> Sheet:
    """The sheet of a file that is not too long to be saved at once."""
    sheet = look_at_people(content, told)
    rows = sum(1 for record in sheet.records if record.fault or not record.blank)
    if rows > MOST_ROWS:
        raise Refused(
            f"This file has {rows:,} rows, and {MOST_ROWS:,} is the most.",
            "All of a file is saved at once, and nobody else can save anything meanwhile.",
            "Split it in parts.",
            field="file",
        )
    return sheet


@in_turn
def _keep(actor: Actor, row: ContactsImport) -> ContactsImport:
    waiting = ContactsImport.objects.filter(partnership_id=actor.partnership_id, state=State.LOOKED)
    for old in waiting[MOST_WAITING - 1 :]:
        old.delete()
    row.save(force_insert=True)
    return row


@in_turn
def _confirm(actor: Actor, contacts_id: str, ready: _Ready) -> ContactsImport:
    """Looks again: meanwhile somebody may have confirmed the file, put it aside or mapped it anew."""
    row = contacts_row(actor, contacts_id)
    if row.state == State.LOOKED:
        _bring_in(actor, row, ready.for_now(row))
    return row


@in_turn
def _import(actor: Actor, row: ContactsImport, ready: _Ready) -> ContactsPlan:
    plan = ready.for_now(row)
    done = ContactsImport.objects.filter(partnership_id=actor.partnership_id, state=State.DONE)
    if plan.changes or not done.filter(sha256=row.sha256).exists():
        _bring_in(actor, row, plan)
    return plan


def _ready(row: ContactsImport) -> _Ready:
    # The line first: what is changed while the records are read shows afterwards.
    line = _last_line(row.partnership_id)
    return _Ready(plan_row(row), line, row.mapping)


def _last_line(partnership_id: str) -> str:
    """The hash of the diary's last line: every change of a record adds one."""
    lines = DiaryLine.objects.filter(partnership_id=partnership_id).order_by("-number")
    return lines.values_list("hash", flat=True).first() or ""


def _waiting(actor: Actor, contacts_id: str) -> ContactsImport:
    require(Act.IMPORT_CONTACTS, actor, whole_of(actor))
    row = contacts_row(actor, contacts_id)
    if row.state != State.LOOKED:
        raise Refused("This file has been brought in already.", "", "Undo it first, or choose another file.")
    return row


def _mapping(sheet: Sheet) -> dict[str, object]:
    return {
        "sheet": sheet.name,
        "line": sheet.headings.line,
        "columns": dict(sheet.columns),
        "headings": list(sheet.headings.cells),
    }


def _remembered(actor: Actor, sheet: Sheet) -> dict[str, object] | None:
    """How a file with the same headings was read the last time."""
    done = ContactsImport.objects.filter(partnership_id=actor.partnership_id).exclude(state=State.LOOKED)
    lines = {record.cells: record.line for record in reversed(sheet.above)}
    for mapping in done.values_list("mapping", flat=True)[:100]:
        if line := lines.get(tuple(mapping.get("headings", ()))):
            return {**mapping, "sheet": sheet.name, "line": line}
    return None


def _bring_in(actor: Actor, row: ContactsImport, plan: ContactsPlan) -> None:
    today = clock.today(Partnership.objects.get(id=row.partnership_id).zone)
    source = f"“{row.file_name[:150]}”, brought in on {say_day(today)}"
    saved = save_plan(row.partnership_id, plan, source)
    # Of rows that could not be used, the cells are kept with the newest file alone.
    settled = ContactsImport.objects.filter(partnership_id=row.partnership_id).exclude(state=State.LOOKED)
    order = max((number or 0 for number in settled.values_list("report__order", flat=True)), default=0)
    for old in settled.filter(report__order=order):
        old.report["set_aside"] = [[line, reason, []] for line, reason, _ in old.report["set_aside"]]
        old.save(update_fields=["report"])
    row.state, row.settled_at, row.content = State.DONE, clock.now(), None
    row.changes = saved.changes
    # Files brought in at one moment, as by a clock that stands still, have an order all the same.
    row.report = {**_counts(plan), "order": order + 1, "met": saved.met, "numbers": saved.numbers}
    row.save()
    counts = {name: row.report[name] for name in ("rows_in", "added", "updated")}
    write_line(actor, Act.IMPORT_CONTACTS, row.partnership_id, row.id, file=row.file_name, **counts)


def _counts(plan: ContactsPlan) -> dict[str, object]:
    return {
        "rows_in": plan.rows_in,
        "rows_used": plan.rows_used,
        "added": len(plan.added),
        "updated": len(plan.updated),
        "unchanged": len(plan.unchanged),
        "new_bodies": len(plan.new_bodies),
        "new_parts": len(plan.new_parts),
        "set_aside": [[note.line, note.reason, list(note.cells)] for note in plan.set_aside],
        "remarks": [[note.line, note.reason] for note in plan.remarks],
    }
