"""Which sheet, headings and columns of a file are the ones to be read?"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.network.files.grid import Grid, Record, RowNote, not_read
from folkmoot.core.network.files.opening import grids_in

# A column's role, and the headings (letters and digits only) that it goes by.
Words = Mapping[str, tuple[str, ...]]
_HEADING_WITHIN = 25  # records: title lines above the headings
_SHOWN = 25  # records of the head of a sheet, to be looked at


@dataclass(frozen=True, slots=True)
class Told:
    """What a person said of a file; what is left blank is guessed. `columns`: of each role, from 0."""

    sheet: str = ""
    heading_line: int = 0
    columns: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The records under the headings, and which column plays which role."""

    encoding: str
    headings: Record
    columns: Mapping[str, int]
    records: tuple[Record, ...] = field(repr=False)
    name: str = ""
    sheets: tuple[str, ...] = ()  # the names of all sheets of the file, where they have names
    above: tuple[Record, ...] = ()  # the first records of the sheet, among them the headings
    notes: tuple[RowNote, ...] = ()

    def cell(self, record: Record, role: str) -> str:
        """The cell of that role, on one line; blank when the column or the cell is missing."""
        index = self.columns.get(role, -1)
        return " ".join(record.cells[index].split()) if 0 <= index < len(record.cells) else ""

    @property
    def unread(self) -> tuple[str, ...]:
        """The headings of columns that play no role."""
        played = set(self.columns.values())
        return tuple(name for place, name in enumerate(self.headings.cells) if name and place not in played)


def look_at_sheet(content: bytes, words: Words, what: str, told: Told | None = None) -> Sheet:
    """The sheet as it was told or else guessed, though it may lack the columns that are needed.

    Raises Refused for a file that is empty, none that can be opened, or without the told sheet or line.

    >>> look_at_sheet(b"Our list\\n\\nName;Colour", {"name": ("name",)}, "people").headings.line
    3
    """
    told = told or Told()
    grids = grids_in(content, what)
    names = tuple(grid.name for grid in grids if grid.name)
    chosen = [grid for grid in grids if not told.sheet or grid.name == told.sheet]
    if not chosen:
        raise not_read(what, f"It has no sheet called “{told.sheet}”.", "Choose the sheet again.")
    grid, place = _headed(chosen, words, what, told.heading_line)
    headings = grid.records[place]
    columns = _columns(headings, words) if told.columns is None else _within(told.columns, headings, words)
    return Sheet(
        grid.encoding,
        headings,
        columns,
        grid.records[place + 1 :],
        grid.name,
        names,
        grid.records[:_SHOWN],
        grid.notes,
    )


def read_sheet(
    content: bytes, words: Words, needed: Sequence[tuple[str, ...]], what: str, told: Told | None = None
) -> Sheet:
    """The sheet in these bytes: CSV, a workbook or vCards; UTF-8, UTF-16 or cp1252.

    `needed` lists the roles without which nothing can be read, each with its alternatives.
    Raises Refused for a file that is empty, no table, too large, or without such headings.

    >>> roles = {"email": ("email",), "name": ("name",)}
    >>> read_sheet(b"E-mail;NAME\\na@b.example;Ann", roles, [("name",)], "people").columns
    {'email': 0, 'name': 1}
    """
    sheet = look_at_sheet(content, words, what, told)
    missing = [roles for roles in needed if not any(role in sheet.columns for role in roles)]
    if missing:
        names = " and ".join(" or ".join(f"“{role}”" for role in roles) for roles in missing)
        raise not_read(
            what,
            f"No column with the heading {names} was found.",
            "Give each column its heading in one row at the top.",
        )
    return sheet


def _headed(grids: Sequence[Grid], words: Words, what: str, line: int) -> tuple[Grid, int]:
    """The likeliest grid, and the place of its headings: where most roles are recognised."""
    # Among equals: the grid and the row that stand first. Without any role, the fullest row of the widest.
    guesses = [
        (len(_columns(record, words)), _filled(record), -order, -place)
        for order, grid in enumerate(grids)
        for place, record in enumerate(islice(grid.records, None if line else _HEADING_WITHIN))
        if not line or record.line == line
    ]
    if not guesses:
        reason = f"It has no row {line}." if line else "It is empty."
        raise not_read(
            what, reason, "Choose the row of the headings again." if line else "Choose another file."
        )
    roles = max(guess[0] for guess in guesses)
    best = max((g for g in guesses if g[0] == roles), key=lambda g: g[2:] if roles else g[1:])
    return grids[-best[2]], -best[3]


def _filled(record: Record) -> int:
    return sum(1 for cell in record.cells if cell)


def _columns(record: Record, words: Words) -> dict[str, int]:
    """The column of each role: the first of the role's headings that is there; a column plays one role."""
    headings = [re.sub(r"[^a-z0-9]", "", cell.casefold()) for cell in record.cells]
    found: dict[str, int] = {}
    for role, names in words.items():
        for name in names:
            if name in headings and headings.index(name) not in found.values():
                found[role] = headings.index(name)
                break
    return found


def _within(columns: Mapping[str, int], headings: Record, words: Words) -> dict[str, int]:
    """What was told of the columns, as far as there are such roles and columns."""
    held = {
        role: place for role, place in columns.items() if role in words and 0 <= place < len(headings.cells)
    }
    if len(set(held.values())) < len(held):
        raise Refused("A column cannot be read as two things.", "", "Choose one of them.", field="columns")
    return held
