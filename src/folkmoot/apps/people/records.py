"""What is all that is kept about one person, across every table?"""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.apps import apps
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string

from folkmoot.apps.people.models import Merge
from folkmoot.apps.people.records_reach import (
    LEFT_OUT,
    MACHINERY,
    Found,
    Mention,
    lines_about,
    mentions_of,
    rows_about,
)
from folkmoot.apps.people.records_whom import Whom, detail_of, names, pieces_about, whom
from folkmoot.apps.people.records_words import Said, heading, is_id, one_of, say, say_row
from folkmoot.apps.places import clock
from folkmoot.apps.places.models import DiaryDetail, DiaryLine, Person
from folkmoot.apps.places.queries import PERSON, admitted, only
from folkmoot.core.access import TABLE, Act, Actor, Role

LINES_ON_A_PAGE = 50  # of the diary; what is taken away has them all
DIARY = "The diary"


@dataclass(frozen=True, slots=True)
class Shelf:
    """What one table keeps about the person, row by row."""

    heading: str
    rows: tuple[tuple[Said, ...], ...]


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """All that is kept about a person, what is not shown and why, and where else they are named."""

    person_id: str
    name: str
    circle: str
    made_on: date
    shelves: tuple[Shelf, ...]
    diary: tuple[tuple[Said, ...], ...]
    mentioned: tuple[tuple[str, int], ...]
    left_out: tuple[tuple[str, str], ...]
    own: bool = field(default=False)

    @property
    def newest_lines(self) -> tuple[tuple[Said, ...], ...]:
        """As much of the diary as a page shows."""
        return self.diary[:LINES_ON_A_PAGE]

    @property
    def more_lines(self) -> int:
        """How many lines the page does not show."""
        return max(0, len(self.diary) - LINES_ON_A_PAGE)


def record_for(actor: Actor, person_id: str) -> PersonRecord:
    """All that is kept about a person: open to the convenor, and to the person themself."""
    rows = Person.objects.select_related("partnership").filter(id=person_id)
    person = only(admitted(Act.SEE_RECORD, actor, rows, PERSON))
    zone, about = person.partnership.zone, whom(person)
    found = rows_about(about)
    mentions = mentions_of(about, found)
    held = [mention for mention in mentions if not isinstance(getattr(mention.row, mention.field), str)]
    own = actor.person_id == person.id
    shelves = (*_shelves(found, zone), *_pieces(about, held, zone, titled=actor.role is Role.CONVENOR))
    diary = _diary(about, found, zone)
    if own:
        theirs = _ids(about, found)
        shelves = tuple(Shelf(shelf.heading, _without_others(shelf.rows, theirs)) for shelf in shelves)
        diary = _without_others(diary, theirs)
    return PersonRecord(
        person.id,
        person.name,
        person.get_circle_display(),
        clock.today(zone),
        shelves,
        diary,
        _counted(mentions, held),
        left_out(),
        own=own,
    )


def record_zip_for(actor: Actor, person_id: str) -> bytes:
    """The same to take away: a page that any browser opens, and the values for a program."""
    record = record_for(actor, person_id)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("record.html", render_to_string("people/record_away.html", {"record": record}))
        box.writestr("record.json", json.dumps(_values(record), ensure_ascii=False, indent=2, default=_iso))
    return packed.getvalue()


def left_out() -> tuple[tuple[str, str], ...]:
    """What the record does not show and why, in words; the machine's own tables are not worth a line."""
    told: dict[str, list[str]] = {}
    for label, reason in LEFT_OUT.items():
        if reason != MACHINERY:
            told.setdefault(reason, []).append(heading(apps.get_model(label)))
    return tuple((", ".join([names[0], *map(str.lower, names[1:])]), why) for why, names in told.items())


def _shelves(found: Found, zone: str) -> tuple[Shelf, ...]:
    told = (
        Shelf(heading(model), tuple(say_row(row, zone) for row in rows if not _is_of_two(row)))
        for model, rows in found.items()
    )
    return tuple(shelf for shelf in told if any(shelf.rows))


def _is_of_two(row: Model) -> bool:
    """A merge that was taken back tells of two people: to show it to one would be to show the other."""
    return isinstance(row, Merge) and row.undone_at is not None


def _pieces(about: Whom, held: list[Mention], zone: str, titled: bool) -> tuple[Shelf, ...]:
    """Of rows about many people, such as a file of contacts, the pieces about this one. Only where it is
    `titled` does the row say its own name, in which others may be named."""
    shelves: dict[str, list[tuple[Said, ...]]] = {}
    for mention in held:
        pieces = pieces_about(about, getattr(mention.row, mention.field))
        title = str(mention.row) if titled else one_of(mention.table)
        told = tuple(Said(title, piece, say(piece, zone)) for piece in pieces)
        shelves.setdefault(heading(mention.table), []).append(tuple(said for said in told if said.words))
    return tuple(Shelf(name, tuple(filter(None, rows))) for name, rows in shelves.items() if any(rows))


def _diary(about: Whom, found: Found, zone: str) -> tuple[tuple[Said, ...], ...]:
    """Lines about them with their words; of lines by them about others only what was done, and when."""
    lines = lines_about(about, found)
    details = _details(lines)
    accounts = {account.id for account in about.accounts}
    ids = _ids(about, found)
    told = []
    for line in lines:
        detail = details.get(line.serial)
        mine = line.subject_id in ids or names(about, detail)
        words = say(detail, zone) if mine else ""
        by = "By them" if line.account_id in accounts else "By somebody else"
        said = [
            Said("When", line.at, say(line.at, zone)),
            Said("What was done", line.act, _act(line.act)),
            Said("By", by, by),
        ]
        told.append((*said, *([Said("In words", detail, words)] if words else [])))
    return tuple(told)


def _ids(about: Whom, found: Found) -> frozenset[str]:
    """The ids of the person and of the rows about them."""
    return about.ids | {str(row.pk) for rows in found.values() for row in rows}


def _without_others(rows: tuple[tuple[Said, ...], ...], ids: frozenset[str]) -> tuple[tuple[Said, ...], ...]:
    """The rows without ids that are not of the person: by such an id somebody else could be found."""
    return tuple(tuple(Said(said.label, _only(said.value, ids), said.words) for said in row) for row in rows)


def _only(value: object, ids: frozenset[str]) -> object:
    if isinstance(value, dict):
        return {
            key: _only(held, ids)
            for key, held in value.items()
            if not (_is_others(key, ids) or _is_others(held, ids))
        }
    if isinstance(value, list):
        return [_only(held, ids) for held in value if not _is_others(held, ids)]
    return value


def _is_others(value: object, ids: frozenset[str]) -> bool:
    return isinstance(value, str) and is_id(value) and value not in ids


def _details(lines: QuerySet[DiaryLine]) -> dict[int, object]:
    rows = DiaryDetail.objects.filter(serial__in=lines.order_by().values("serial"))
    return {detail.serial: detail_of(detail) for detail in rows}


def _act(act: str) -> str:
    rule = TABLE.get(Act(act)) if act in list(Act) else None
    return rule.words if rule else act.partition(".")[2].capitalize()


def _counted(mentions: Iterable[Mention], held: Iterable[Mention]) -> tuple[tuple[str, int], ...]:
    """How many rows name the person, by table, beside those of which the pieces are shown."""
    shown = {(mention.table, mention.row.pk) for mention in held}
    rows = {(mention.table, mention.row.pk) for mention in mentions} - shown
    return tuple(sorted(Counter(heading(table) for table, _ in rows).items()))


def _values(record: PersonRecord) -> dict[str, object]:
    return {
        "name": record.name,
        "made_on": record.made_on,
        "kept": {shelf.heading: [_pairs(row) for row in shelf.rows] for shelf in record.shelves},
        "diary": [_pairs(row) for row in record.diary],
        "named_in_records_about_others": dict(record.mentioned),
        "left_out": dict(record.left_out),
    }


def _pairs(row: tuple[Said, ...]) -> dict[str, object]:
    """Two things with one label, as two pieces of one file have, stand in a list."""
    told: dict[str, list[object]] = {}
    for said in row:
        told.setdefault(said.label, []).append(said.value)
    return {label: values[0] if len(values) == 1 else values for label, values in told.items()}


def _iso(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
