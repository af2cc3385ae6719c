"""Which rows does this sheet hold, and under which headings?"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from folkmoot.core.kernel.errors import Refused

Words = Mapping[
    str, tuple[str, ...]
]  # a column's role, and the headings (letters and digits only) it goes by
LARGEST_SHEET = 20_000_000  # bytes: a sheet of people is small, and it is held in memory whole
_LONGEST_RECORD = 40  # lines: more than that is a quotation mark that was never closed
_LONGEST_CELL = 5_000  # characters: a longer cell is a mistake, and its row is told
_HEADING_WITHIN = 25  # records: title lines above the headings
_DELIMITERS = (",", ";", "\t", "|")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class RowNote:
    """Something to tell about one row: its line in the file, why, and its cells as they stood."""

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
class Sheet:
    """The records under the headings, and which column plays which role."""

    encoding: str
    headings: Record
    columns: Mapping[str, int]
    records: tuple[Record, ...] = field(repr=False)

    def cell(self, record: Record, role: str) -> str:
        """The cell of that role, on one line; blank when the column or the cell is missing."""
        index = self.columns.get(role, -1)
        return " ".join(record.cells[index].split()) if 0 <= index < len(record.cells) else ""

    @property
    def unread(self) -> tuple[str, ...]:
        """The headings of columns that play no role."""
        played = set(self.columns.values())
        return tuple(name for place, name in enumerate(self.headings.cells) if name and place not in played)


def read_sheet(content: bytes, words: Words, needed: Sequence[tuple[str, ...]], what: str) -> Sheet:
    """The sheet in these bytes: CSV with commas, semicolons, tabs or bars; UTF-8, UTF-16 or cp1252.

    `needed` lists the roles without which nothing can be read, each with its alternatives.
    Raises Refused for a file that is empty, no text, too large, or without such headings.

    >>> roles = {"email": ("email",), "name": ("name",)}
    >>> read_sheet(b"E-mail;NAME\\na@b.example;Ann", roles, [("name",)], "people").columns
    {'email': 0, 'name': 1}
    """
    text, encoding = _decoded(content, what)
    lines = list(io.StringIO(text, newline=""))
    # More roles recognised is better; among equals the first delimiter and the highest row.
    guesses = [
        (len(_columns(record, words)), -order, -place)
        for order, delimiter in enumerate(_DELIMITERS)
        for place, record in enumerate(islice(_records(lines, delimiter), _HEADING_WITHIN))
    ]
    if not text.strip() or not guesses:
        raise Refused(f"This file of {what} was not read.", "It is empty.", "Choose another file.")
    _, order, place = max(guesses)
    records = tuple(_records(lines, _DELIMITERS[-order]))
    headings = records[-place]
    columns = _columns(headings, words)
    _require(columns, needed, what)
    return Sheet(encoding, headings, columns, records[1 - place :])


def _require(columns: Mapping[str, int], needed: Sequence[tuple[str, ...]], what: str) -> None:
    missing = [roles for roles in needed if not any(role in columns for role in roles)]
    if missing:
        names = " and ".join(" or ".join(f"“{role}”" for role in roles) for roles in missing)
        raise Refused(
            f"This file of {what} was not read.",
            f"No column with the heading {names} was found.",
            "Give each column its heading in one row at the top, and save the sheet as CSV.",
        )


def _decoded(content: bytes, what: str) -> tuple[str, str]:
    refusal = f"This file of {what} was not read."
    if len(content) > LARGEST_SHEET:
        raise Refused(refusal, f"It is larger than {LARGEST_SHEET // 1_000_000} MB.", "Split it in parts.")
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b")):
        raise Refused(refusal, "It is a workbook or another packed file.", "Save the sheet as CSV.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), "utf-16"
    if content.count(0) > len(content) // 20:
        raise Refused(refusal, "It is not text.", "Save the sheet as CSV.")
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"


def _records(lines: Sequence[str], delimiter: str) -> Iterator[Record]:
    at = 0
    while at < len(lines):
        cells, used, fault = _record(lines, at, delimiter)
        if any(len(cell) > _LONGEST_CELL for cell in cells):
            fault = f"A cell is longer than {_LONGEST_CELL:,} characters."
        yield Record(at + 1, tuple(_clean(cell) for cell in cells), fault)
        at += used


def _record(lines: Sequence[str], at: int, delimiter: str) -> tuple[list[str], int, str]:
    """The record that starts here, how many lines it takes, and what is wrong with it.

    Python's csv lets one unclosed quote swallow the rest of a file without a word. So a record is
    read strictly, within a few lines; where that fails, its first line is read alone.
    """
    reader = csv.reader(lines[at : at + _LONGEST_RECORD], delimiter=delimiter, strict=True)
    try:
        cells = next(reader, [])
        return cells, max(reader.line_num, 1), ""
    except csv.Error:
        line = lines[at]
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return [line], 1, "This row cannot be split into cells."
    return cells, 1, "A quotation mark in this row is never closed." if line.count('"') % 2 else ""


def _clean(cell: str) -> str:
    return _CONTROLS.sub(" ", cell[:_LONGEST_CELL]).strip()


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
