"""Which people and which stances does this file hold, and which rows could not be read?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from folkmoot.core.network.contacts.addresses import address_in, is_shared
from folkmoot.core.network.contacts.names import in_order, joined_words, made_id, same
from folkmoot.core.network.contacts.parting import RowSaid, parted
from folkmoot.core.network.days import read_day
from folkmoot.core.network.files.grid import Record, RowNote
from folkmoot.core.network.people import Contact, PostSpell, StanceRecord, level_of, stance_of
from folkmoot.core.network.sheet import Sheet, Told, look_at_sheet, read_sheet

# The heading of the contract stands first, then what people also write; letters and digits only.
PEOPLE_WORDS = {
    "id": ("id", "personid", "contactid", "reference", "ref"),
    "name": ("name", "fullname", "contactname", "personname", "person", "contact"),
    "first": ("firstname", "forename", "forenames", "givenname", "first", "given"),
    "last": ("lastname", "surname", "familyname", "secondname", "last", "family"),
    "organisation": (
        "organisation", "organization", "organisationname", "organizationname", "organization1name", "org",
        "employer", "company", "companyname", "body", "worksfor", "workplace", "agency",
    ),
    "part": ("part", "partofthesystem", "partofsystem", "systempart"),
    "level": ("level",),
    "sector": ("sector",),
    "post": (
        "post", "jobtitle", "role", "position", "posttitle", "job", "organizationtitle",
        "organization1title",
    ),
    "from": ("from", "start", "startdate", "started", "fromdate", "inpostfrom", "since"),
    "to": ("to", "end", "enddate", "ended", "todate", "inpostto", "until"),
    "size": ("size", "organisationsize", "organizationsize"),
    "email": ("email", "emailaddress", "mail", "email1value", "workemail", "contactemail", "emails"),
}  # fmt: skip
LONGEST_NAME, LONGEST_PART = 200, 80  # characters of a cell that can be kept
_MOST_WORDS = 9  # of a name
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
    rows: tuple[tuple[int, str], ...] = ()  # of each row read: its line, and the id of its person


@dataclass(frozen=True, slots=True)
class StancesRead:
    """What a stances file held; rows_in = len(stances) + len(reported)."""

    stances: tuple[StanceRecord, ...]
    reported: tuple[RowNote, ...]
    rows_in: int
    encoding: str


def look_at_people(content: bytes, told: Told | None = None) -> Sheet:
    """The sheet of a people file with its columns as told or guessed, though no name may be among them.

    Raises Refused for a file that cannot be opened, and for columns that cannot be as they were told.

    >>> look_at_people(b"Who,E-mail\\nAnn,a@b.example").columns
    {'email': 1}
    """
    return look_at_sheet(content, PEOPLE_WORDS, "people", told)


def read_people(content: bytes, told: Told | None = None) -> PeopleRead:
    """The people in a file: CSV, a workbook or vCards, by the contract's headings or what people also write.

    `told` says which sheet, heading row and columns to read where the guess is wrong. Several rows with
    one id are one person in several posts. A row without an id gets one made from name and organisation,
    so the same sheet read again gives the same ids. Dates are ISO or day first; a name with its surname
    first ("Lee, Ann") is turned round. rows_in = len(rows) + len(reported).
    Raises Refused when the file cannot be understood at all, never for one row.

    >>> read_people(b"Full name,Organization,Level\\nAnn Lee,Town Hall,Front-line").people[0].id
    'ann-lee.town-hall'
    """
    sheet = read_sheet(content, PEOPLE_WORDS, [("id", "name", "first", "last")], "people", told)
    reading = _People(sheet)
    for record in sheet.records:
        if record.fault or not record.blank:
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


class _People:
    """The people met so far, row by row."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows = 0
        self.names: defaultdict[str, set[str]] = defaultdict(set)
        self.posts: defaultdict[str, dict[PostSpell, set[str]]] = defaultdict(dict)
        self.said: defaultdict[str, list[RowSaid]] = defaultdict(list)
        self.given: set[str] = set()  # ids that stand in the file
        self.reported: list[RowNote] = []
        self.noted: list[RowNote] = [
            *sheet.notes,
            *(
                RowNote(
                    sheet.headings.line, f"The column “{name}” is not known, and nothing was read from it."
                )
                for name in sheet.unread
            ),
        ]

    def take(self, record: Record) -> None:
        self.rows += 1
        reason = self._read(record)
        if reason:
            self.reported.append(RowNote(record.line, reason, record.cells))

    def _read(self, record: Record) -> str:
        """Read one row; the reason why not, or nothing."""
        if reason := _unusable(self.sheet, record) or _too_long(self.sheet, record):
            return reason
        given, organisation = self.sheet.cell(record, "id"), self.sheet.cell(record, "organisation")
        name = _name(self.sheet, record)
        if reason := _no_name(name, given):
            return reason
        person = given or made_id(name, organisation)
        held = max(self.names.get(person, ()), default="")
        if name and held and not same(name, held):
            return f"The id “{person}” already belongs to {held}."
        spell, notes = _spell(self.sheet, record)
        if spell.start and spell.end and spell.end < spell.start:
            return "The post ends before it begins."
        address, fault = address_in(self.sheet.cell(record, "email"))
        if spell in self.posts[person] and address in ("", *self.posts[person][spell]):
            return "The same person in the same post stands on an earlier row."
        self.names[person].add(name)
        self.posts[person].setdefault(spell, set()).add(address)
        self.said[person].append(RowSaid(record.line, name, address, spell))
        self.given |= {person} if given else set()
        notes += [fault] if fault else []
        self.noted += [RowNote(record.line, note, record.cells) for note in notes]
        return ""

    def result(self) -> PeopleRead:
        """Which spelling and which address are kept does not depend on the order of the rows."""
        told: dict[str, list[RowSaid]] = {}
        for person, rows in self.said.items():
            told |= {person: rows} if person in self.given else parted(person, rows)
        people = tuple(self._contact(person, rows) for person, rows in told.items())
        lines = sorted((row.line, person) for person, rows in told.items() for row in rows)
        return PeopleRead(
            people, tuple(self.reported), tuple(self.noted), self.rows, self.sheet.encoding, tuple(lines)
        )

    def _contact(self, person: str, rows: list[RowSaid]) -> Contact:
        names, emails = {row.name for row in rows}, {row.address for row in rows} - {""}
        name = min(names, key=lambda name: (not name, name.isupper() or name.islower(), name))
        if len(emails) > 1:
            said = f"{name or person} has {len(emails)} e-mail addresses in this file; one is kept."
            self.noted.append(RowNote(rows[0].line, said))
        email = min(emails, key=lambda held: (is_shared(held), held), default="")
        return Contact(person, name, email, tuple(dict.fromkeys(row.spell for row in rows)))


def _unusable(sheet: Sheet, record: Record) -> str:
    if record.cells == sheet.headings.cells:
        return "These are the headings again."
    return record.fault


def _name(sheet: Sheet, record: Record) -> str:
    pieces = (sheet.cell(record, "first"), sheet.cell(record, "last"))
    return in_order(sheet.cell(record, "name")) or " ".join(filter(None, pieces))


def _too_long(sheet: Sheet, record: Record) -> str:
    for role in ("id", "name", "first", "last", "organisation", "post", "part", "sector", "size"):
        most = LONGEST_PART if role in ("part", "sector", "size") else LONGEST_NAME
        if len(sheet.cell(record, role)) > most:
            return f"The cell of the {role} is longer than {most} characters."
    return ""


def _no_name(name: str, given: str) -> str:
    """Why nobody is named: no name and no id, a line of notes below the list, or an address; or nothing."""
    if not given and not joined_words(name):
        return "There is neither an id nor a name."
    if len(name) > LONGEST_NAME:
        return f"The name is longer than {LONGEST_NAME} characters."
    if "@" in name or "://" in name or ":" in name or len(name.split()) > _MOST_WORDS:
        return f"“{name[:60]}” looks like a note or an address, not like a name."
    return ""


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
            if words := joined_words(person.name):
                self.bearers[words].add(person.id)

    def find(self, cell: str) -> tuple[str, str]:
        """The person's id, or else the reason why there is none."""
        if cell in self.ids:
            return cell, ""
        bearers = self.bearers.get(joined_words(cell), set())
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
