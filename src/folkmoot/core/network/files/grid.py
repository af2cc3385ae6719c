"""What is a table of cells, before anybody has said what its columns mean?"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from folkmoot.core.kernel.errors import Refused

LARGEST_FILE = 20_000_000  # bytes: a file of people is small, and it is held in memory whole
MOST_ROWS, MOST_COLUMNS = 50_000, 200
LONGEST_CELL = 5_000  # characters: a longer cell is a mistake, and its row is told
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")
# What nobody sees and what makes two equal names differ: soft hyphens, marks of width and of direction.
_UNSEEN = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]|_x000D_")
_ERRORS = {"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}
_AS_FORMULA = re.compile(r'="([^"]*)"')


@dataclass(frozen=True, slots=True)
class RowNote:
    """Something to tell about one row: its line in the file (0: no one row), why, and its cells."""

    line: int
    reason: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the file: its first line (from 1), its cells, and what is wrong with it, if anything."""

    line: int
    cells: tuple[str, ...]
    fault: str = ""

    @property
    def blank(self) -> bool:
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of a file: its name (blank where a file is one sheet), how it was written, its records."""

    name: str
    encoding: str
    records: tuple[Record, ...] = field(repr=False)
    notes: tuple[RowNote, ...] = ()  # what the file holds beyond the grid


def record_of(line: int, cells: Sequence[str], fault: str = "") -> Record:
    """A record with its cells made fit to be read, and with what is wrong with it.

    >>> record_of(3, ['="007"', "Ann\\u200b Lee", "#N/A"]).cells
    ('007', 'Ann Lee', '')
    """
    if any(len(cell) > LONGEST_CELL for cell in cells):
        fault = f"A cell is longer than {LONGEST_CELL:,} characters."
    return Record(line, tuple(clean(cell) for cell in cells[:MOST_COLUMNS]), fault)


def clean(cell: str) -> str:
    """The cell without what a spreadsheet leaves behind: control marks, errors, text kept as a formula."""
    text = _UNSEEN.sub("", _CONTROLS.sub(" ", cell[:LONGEST_CELL])).strip()
    if found := _AS_FORMULA.fullmatch(text):
        text = found[1].strip()
    return "" if text in _ERRORS else text


def not_read(what: str, reason: str, next_step: str = "Choose another file.") -> Refused:
    """The refusal of a file as a whole, to be raised.

    >>> str(not_read("people", "It is empty."))
    'This file of people was not read. It is empty. Choose another file.'
    """
    return Refused(f"This file of {what} was not read.", reason, next_step)


def within_rows(records: Iterable[Record], what: str) -> tuple[Record, ...]:
    """The records, unless they are too many to be looked at: Refused then.

    >>> within_rows([Record(1, ("a",))], "people")[0].line
    1
    """
    held: list[Record] = []
    for record in records:
        held.append(record)
        if len(held) > MOST_ROWS:
            raise not_read(what, f"It has more than {MOST_ROWS:,} rows.", "Split it in parts.")
    return tuple(held)
