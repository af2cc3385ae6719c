"""Which people and which stances does this file hold, and which rows could not be read?"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from folkmoot.core.network.days import read_day
from folkmoot.core.network.people import Contact, PostSpell, StanceRecord, level_of, stance_of
from folkmoot.core.network.sheet import Record, RowNote, Sheet, read_sheet

# The heading of the contract stands first, then what people also write; letters and digits only.
PEOPLE_WORDS = {
    "id": ("id", "personid", "contactid", "reference", "ref"),
    "name": ("name", "fullname", "contactname", "personname", "person", "contact"),
    "first": ("firstname", "forename", "givenname"),
    "last": ("lastname", "surname", "familyname"),
    "organisation": (
        "organisation", "organization", "organisationname", "organizationname", "org",
        "employer", "company", "body", "worksfor",
    ),
    "part": ("part", "partofthesystem", "partofsystem", "systempart"),
    "level": ("level",),
    "sector": ("sector",),
    "post": ("post", "jobtitle", "role", "position", "posttitle", "job"),
    "from": ("from", "start", "startdate", "started", "fromdate", "inpostfrom", "since"),
    "to": ("to", "end", "enddate", "ended", "todate", "inpostto", "until"),
    "size": ("size", "organisationsize", "organizationsize"),
    "email": ("email", "emailaddress", "mail"),
}  # fmt: skip
STANCE_WORDS = {
    "person": ("person", "personid", "id", "contact", "contactid", "name", "fullname", "who"),
    "on": ("on", "date", "day", "saidon", "when"),
    "stance": ("stance", "support"),
    "evidence": ("evidence", "note", "notes", "source", "intheirwords"),
    "ask": ("ask", "towards", "about"),
    "expires": ("expires", "expireson", "expiry", "expirydate", "validuntil", "until"),
}


@dataclass(frozen=True, slots=True)
class PeopleRead:
    """What a people file held; rows_in = the rows read + those reported; blank rows are no rows."""

    people: tuple[Contact, ...]
    reported: tuple[RowNote, ...]  # rows set aside
    noted: tuple[RowNote, ...]  # rows read, though one of their cells could not be; columns left out
    rows_in: int
    encoding: str


@dataclass(frozen=True, slots=True)
class StancesRead:
    """What a stances file held; rows_in = len(stances) + len(reported)."""

    stances: tuple[StanceRecord, ...]
    reported: tuple[RowNote, ...]
    rows_in: int
    encoding: str


def read_people(content: bytes) -> PeopleRead:
    """The people in a CSV file with headings, by the contract's names or what people also write.

    Several rows with one id are one person in several posts. A row without an id gets one made
    from name and organisation, so the same sheet read again gives the same ids. Dates are ISO or
    day first. Raises Refused when the file cannot be understood at all, never for one row.

    >>> read_people(b"Full name,Organization,Level\\nAnn Lee,Town Hall,Front-line").people[0].id
    'ann-lee.town-hall'
    """
    sheet = read_sheet(content, PEOPLE_WORDS, [("id", "name", "last")], "people")
    reading = _People(sheet)
    for record in sheet.records:
        if not record.blank:
            reading.take(record)
    return reading.result()


def read_stances(content: bytes, people: Iterable[Contact] | None = None) -> StancesRead:
    """The stances in a CSV file; when the people are handed in, each row must mean one of them.

    A row means a person by id, or else by a name that exactly one of the people bears.
    Raises Refused when the file cannot be understood at all, never for one row.

    >>> read_stances(b"person,on,stance\\np1,2026-05-01,Champion\\np2,May,warm").reported[0].reason
    '“May” is no date that can be read.'
    """
    needed = [("person",), ("on",), ("stance",)]
    sheet = read_sheet(content, STANCE_WORDS, needed, "stances")
    known = None if people is None else _Known(people)
    stances: list[StanceRecord] = []
    reported: list[RowNote] = []
    for record in sheet.records:
        if record.blank:
            continue
        row = _stance(sheet, record, known)
        if isinstance(row, StanceRecord):
            stances.append(row)
        else:
            reported.append(RowNote(record.line, row, record.cells))
    return StancesRead(tuple(stances), tuple(reported), len(stances) + len(reported), sheet.encoding)


def made_id(name: str, organisation: str) -> str:
    """The id of a person whose row has none: the words of name and organisation.

    >>> made_id("Ann  LEE", "Town Hall")
    'ann-lee.town-hall'
    """
    return ".".join(filter(None, (_words(name), _words(organisation))))


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", text).casefold()).strip("-")


class _People:
    """The people met so far, row by row."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows = 0
        self.names: dict[str, str] = {}
        self.emails: dict[str, str] = {}
        self.posts: defaultdict[str, list[PostSpell]] = defaultdict(list)
        self.reported: list[RowNote] = []
        self.noted: list[RowNote] = [
            RowNote(
                sheet.headings.line, f"The column “{heading}” is not known, and nothing was read from it."
            )
            for heading in sheet.unread
        ]

    def take(self, record: Record) -> None:
        self.rows += 1
        reason = self._read(record)
        if reason:
            self.reported.append(RowNote(record.line, reason, record.cells))

    def _read(self, record: Record) -> str:
        """Read one row; the reason why not, or nothing."""
        if reason := _unusable(self.sheet, record):
            return reason
        name = self.sheet.cell(record, "name") or " ".join(
            filter(None, (self.sheet.cell(record, "first"), self.sheet.cell(record, "last")))
        )
        person = self.sheet.cell(record, "id") or made_id(name, self.sheet.cell(record, "organisation"))
        if not person or not (self.sheet.cell(record, "id") or _words(name)):
            return "There is neither an id nor a name."
        held = self.names.get(person, "")
        if name and held and _words(name) != _words(held):
            return f"The id “{person}” already belongs to {held}."
        spell, notes = _spell(self.sheet, record)
        if spell.start and spell.end and spell.end < spell.start:
            return "The post ends before it begins."
        if spell in self.posts[person]:
            return "The same person in the same post stands on an earlier row."
        self.names[person] = held or name
        self.emails[person] = self.emails.get(person, "") or self.sheet.cell(record, "email")
        self.posts[person].append(spell)
        self.noted += [RowNote(record.line, note, record.cells) for note in notes]
        return ""

    def result(self) -> PeopleRead:
        people = tuple(
            Contact(person, name, self.emails[person], tuple(self.posts[person]))
            for person, name in self.names.items()
        )
        return PeopleRead(people, tuple(self.reported), tuple(self.noted), self.rows, self.sheet.encoding)


def _unusable(sheet: Sheet, record: Record) -> str:
    if record.cells == sheet.headings.cells:
        return "These are the headings again."
    return record.fault


def _spell(sheet: Sheet, record: Record) -> tuple[PostSpell, list[str]]:
    notes: list[str] = []
    level = sheet.cell(record, "level")
    if level and level_of(level) is None:
        notes.append(f"“{level}” is none of the five levels, so the level is left open.")
    days: dict[str, date | None] = {}
    for role in ("from", "to"):
        cell = sheet.cell(record, role)
        days[role] = read_day(cell)
        if cell and days[role] is None:
            notes.append(f"“{cell}” is no date that can be read, so that end of the post is left open.")
    return PostSpell(
        part=sheet.cell(record, "part"),
        level=level_of(level),
        organisation=sheet.cell(record, "organisation"),
        post=sheet.cell(record, "post"),
        sector=sheet.cell(record, "sector"),
        size=sheet.cell(record, "size"),
        start=days["from"],
        end=days["to"],
    ), notes


class _Known:
    """Whom does the cell in a stances file mean?"""

    def __init__(self, people: Iterable[Contact]) -> None:
        self.ids: set[str] = set()
        self.bearers: defaultdict[str, set[str]] = defaultdict(set)
        for person in people:
            self.ids.add(person.id)
            if words := _words(person.name):
                self.bearers[words].add(person.id)

    def find(self, cell: str) -> tuple[str, str]:
        """The person's id, or else the reason why there is none."""
        if cell in self.ids:
            return cell, ""
        bearers = self.bearers.get(_words(cell), set())
        if len(bearers) == 1:
            return next(iter(bearers)), ""
        if bearers:
            return "", f"{len(bearers)} people bear the name “{cell}”; give the id."
        return "", f"Nobody in the people file has the id or the name “{cell}”."


def _stance(sheet: Sheet, record: Record, known: _Known | None) -> StanceRecord | str:
    """The stance in a row, or the reason why there is none."""
    if reason := _unusable(sheet, record):
        return reason
    cells = {role: sheet.cell(record, role) for role in STANCE_WORDS}
    person, reason = known.find(cells["person"]) if known and cells["person"] else (cells["person"], "")
    on, stance, expires = read_day(cells["on"]), stance_of(cells["stance"]), read_day(cells["expires"])
    if not cells["person"]:
        reason = "No person is named."
    elif stance is None:
        reason = f"“{cells['stance']}” is no stance: not now, wary, watching, warm, active or champion."
    elif on is None or (cells["expires"] and expires is None):
        reason = f"“{cells['on'] if on is None else cells['expires']}” is no date that can be read."
    elif expires and expires < on:
        reason = "The stance expires before it was said."
    if reason or on is None or stance is None:
        return reason
    return StanceRecord(person, on, stance, cells["evidence"], cells["ask"], expires)
