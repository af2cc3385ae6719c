"""What may this actor see of files of contacts: on their way in, brought in, or undone?"""

import csv
import io
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from folkmoot.apps.people.contacts import contacts_row, plan_row, read_row, told_of
from folkmoot.apps.people.models import ContactsImport
from folkmoot.apps.places.models import Account
from folkmoot.apps.places.queries import admitted, whole_of
from folkmoot.core.access import Act, Actor, require
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.network.contacts.plan import ContactsPlan
from folkmoot.core.network.contacts.records import PlannedPerson
from folkmoot.core.network.files.grid import RowNote
from folkmoot.core.network.reading import look_at_people

MOST_LISTED = 200  # files, the newest
FIRST_SHOWN = 20  # rows of a long list, until somebody asks for all
SAMPLES = 3
MOST_LINES = 8  # of the rows that one remark is about
# The roles in the order and in the words in which they are chosen.
ROLES = {
    "name": "Name",
    "first": "First name",
    "last": "Last name",
    "organisation": "Organisation",
    "post": "Post",
    "part": "Part of the system",
    "level": "Level",
    "email": "E-mail address",
    "from": "First day in the post",
    "to": "Last day in the post",
    "sector": "Sector of the organisation",
    "size": "Size of the organisation",
    "id": "Your own number for the person",
}
_OPENS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column of the sheet: its place, its heading, the first cells in it, and the role that it plays."""

    place: int
    heading: str
    samples: tuple[str, ...]
    role: str

    @property
    def words(self) -> str:
        """The role in words, or nothing where the column is left out."""
        return ROLES.get(self.role, "")


@dataclass(frozen=True, slots=True)
class SheetSeen:
    """How a file that waits is read: which sheet, which row of headings, and which columns."""

    id: str
    file_name: str
    sheet: str
    sheets: tuple[str, ...]
    line: int
    lines: tuple[tuple[int, str], ...]  # rows that could be the headings, with their first cells
    columns: tuple[ColumnSeen, ...]
    kind: str

    @property
    def is_named(self) -> bool:
        """Whether a column says who the rows are about; without one nothing can be read."""
        return any(column.role in ("id", "name", "first", "last") for column in self.columns)


@dataclass(frozen=True, slots=True)
class NoteSeen:
    """Something to tell about rows: which, why, and of one row alone its cells."""

    lines: tuple[int, ...]
    reason: str
    cells: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        """The first of the rows, or 0 where it is about no one row."""
        return self.lines[0] if self.lines else 0

    @property
    def rows(self) -> str:
        """The rows in words, the first of many."""
        if len(self.lines) < 2:
            return "".join(f"Row {line}" for line in self.lines)
        more = f" and {len(self.lines) - MOST_LINES} more" if len(self.lines) > MOST_LINES else ""
        return f"Rows {', '.join(map(str, self.lines[:MOST_LINES]))}{more}"

    @property
    def filled(self) -> str:
        """The cells in which something stands."""
        return " · ".join(filter(None, self.cells))


@dataclass(frozen=True, slots=True)
class Shelf:
    """The first rows of a long list, and how many more there are."""

    key: str
    heading: str
    rows: Sequence[PlannedPerson | NoteSeen]
    total: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


@dataclass(frozen=True, slots=True)
class CheckSeen:
    """What a file would do, to be checked."""

    sheet: SheetSeen
    plan: ContactsPlan | None
    why_not: str
    people: tuple[Shelf, ...] = ()
    notes: tuple[Shelf, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportSeen:
    """A file that was brought in, or undone: what it did, and what stayed."""

    id: str
    file_name: str
    state: str
    words: str
    on: date
    by: str
    counts: dict[str, int]
    set_aside: int
    stayed: tuple[tuple[str, str, str], ...]  # the person's id or nothing, a name, a reason
    changed: bool
    can_try_again: bool


def contacts_imports_for(actor: Actor) -> tuple[ImportSeen, ...]:
    """The files of contacts, the newest first."""
    require(Act.IMPORT_CONTACTS, actor, whole_of(actor))
    rows = admitted(Act.IMPORT_CONTACTS, actor, ContactsImport.objects.select_related("partnership"))
    found = list(rows.filter(partnership_id=actor.partnership_id).defer("content", "changes")[:MOST_LISTED])
    # Under a clock that stands still the order is that in which they were brought in.
    found.sort(key=lambda row: (row.uploaded_at, row.report.get("order", 0)), reverse=True)
    who, moved = _who(found), set(rows.exclude(changes=[]).values_list("id", flat=True))
    return tuple(_seen(row, who, row.id in moved) for row in found)


def contacts_import_for(actor: Actor, contacts_id: str) -> ImportSeen:
    """One file of contacts: what it did, and what stayed when it was undone."""
    require(Act.IMPORT_CONTACTS, actor, whole_of(actor))
    row = contacts_row(actor, contacts_id)
    return _seen(row, _who([row]), bool(row.changes))


def contacts_sheet_for(actor: Actor, contacts_id: str) -> SheetSeen:
    """How a file that waits is read, column by column."""
    require(Act.IMPORT_CONTACTS, actor, whole_of(actor))
    return _sheet(_open(actor, contacts_id))


def contacts_check_for(actor: Actor, contacts_id: str, whole: str = "") -> CheckSeen:
    """What a file that waits would add and change; `whole` names the list of which all rows are shown."""
    require(Act.IMPORT_CONTACTS, actor, whole_of(actor))
    row = _open(actor, contacts_id)
    sheet = _sheet(row)
    if not sheet.is_named:
        return CheckSeen(sheet, None, "No column is known to hold a name.")
    plan = plan_row(row)
    people = (
        _shelf("added", "People to add", plan.added, whole),
        _shelf("updated", "People to bring up to date", plan.updated, whole),
        _shelf("unchanged", "People who are known already", plan.unchanged, whole, first=0),
    )
    notes = (
        _shelf("aside", "Rows that cannot be used", [_note(note) for note in plan.set_aside], whole),
        _shelf("remarks", "Good to know", _grouped(plan.remarks), whole),
    )
    return CheckSeen(sheet, plan, "", tuple(s for s in people if s.total), tuple(s for s in notes if s.total))


def contacts_set_aside_for(actor: Actor, contacts_id: str) -> str:
    """The rows that could not be used, as CSV: line, reason, and the cells as they stood.

    A cell that a spreadsheet would run as a formula is kept from it by an apostrophe before it.
    """
    require(Act.IMPORT_CONTACTS, actor, whole_of(actor))
    row = contacts_row(actor, contacts_id)
    if row.state == ContactsImport.State.LOOKED:
        notes = [(note.line, note.reason, note.cells) for note in read_row(row).reported]
    else:
        notes = [(line, reason, cells) for line, reason, cells in row.report.get("set_aside", ())]
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(["line", "reason", *(_inert(cell) for cell in row.mapping.get("headings", ()))])
    for line, reason, cells in notes:
        sheet.writerow([line or "", _inert(reason), *(_inert(cell) for cell in cells)])
    return "\ufeff" + out.getvalue()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_OPENS_A_FORMULA) else cell


def _open(actor: Actor, contacts_id: str) -> ContactsImport:
    row = contacts_row(actor, contacts_id)
    if row.state != ContactsImport.State.LOOKED:
        raise Refused("This file has been brought in already.", "", "Look at what it did instead.")
    return row


def _sheet(row: ContactsImport) -> SheetSeen:
    sheet = look_at_people(bytes(row.content or b""), told_of(row))
    roles = {place: role for role, place in sheet.columns.items()}
    columns = []
    for place, heading in enumerate(sheet.headings.cells):
        cells = dict.fromkeys(record.cells[place] for record in sheet.records if place < len(record.cells))
        samples = tuple(cell[:40] for cell in cells if cell not in ("", heading))[:SAMPLES]
        if heading or samples:
            columns.append(ColumnSeen(place, heading, samples, roles.get(place, "")))
    lines = [(r.line, ", ".join(filter(None, r.cells))[:80]) for r in sheet.above if not r.blank]
    if sheet.headings.line not in dict(lines):
        lines.append((sheet.headings.line, ", ".join(filter(None, sheet.headings.cells))[:80]))
    return SheetSeen(
        row.id,
        row.file_name,
        sheet.name,
        sheet.sheets,
        sheet.headings.line,
        tuple(lines),
        tuple(columns),
        sheet.encoding,
    )


def _note(note: RowNote) -> NoteSeen:
    return NoteSeen((note.line,) if note.line else (), note.reason, note.cells)


def _grouped(notes: Sequence[RowNote]) -> list[NoteSeen]:
    """The same remark about many rows is said once."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for note in notes:
        rows[note.reason] += [note.line] if note.line else []
    return [NoteSeen(tuple(lines), reason) for reason, lines in rows.items()]


def _shelf(
    key: str, heading: str, rows: Sequence[PlannedPerson | NoteSeen], whole: str, first: int = FIRST_SHOWN
) -> Shelf:
    return Shelf(key, heading, rows if whole == key else rows[:first], len(rows))


def _who(rows: Sequence[ContactsImport]) -> dict[str, str]:
    """Who brought them in, by account."""
    accounts = Account.objects.filter(id__in={row.account_id for row in rows})
    return {account.id: str(account) for account in accounts}


def _seen(row: ContactsImport, who: dict[str, str], changed: bool) -> ImportSeen:
    report = row.report
    settled: datetime = row.settled_at or row.uploaded_at
    stayed = tuple(
        (whose if table in ("person", "post") else "", name, reason)
        for table, _, whose, name, reason in report.get("stayed", ())
    )
    return ImportSeen(
        row.id,
        row.file_name,
        row.state,
        row.get_state_display(),
        settled.astimezone(ZoneInfo(row.partnership.zone)).date(),
        who.get(row.account_id, ""),
        {name: count for name, count in report.items() if isinstance(count, int)},
        len(report.get("set_aside", ())),
        stayed,
        changed=changed,
        can_try_again=row.state == ContactsImport.State.UNDONE and changed,
    )
