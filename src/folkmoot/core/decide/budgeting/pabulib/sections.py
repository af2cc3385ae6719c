"""Where are the three sections of a `.pb` file, and what stands in their rows?"""

import codecs
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from folkmoot.core.decide.budgeting.pabulib.places import refused, said
from folkmoot.core.decide.budgeting.pabulib.records import Record, records

META, PROJECTS, VOTES = TITLES = ("META", "PROJECTS", "VOTES")
OBLIGATORY = {PROJECTS: ("project_id", "cost"), VOTES: ("voter_id", "vote")}
OLD_NAMES = {"target": "beneficiaries", "neighbourhood": "neighborhood"}
_SAVE = "Save the file as UTF-8 text, and hand it in again."


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line on which it begins, and its cells as they are written."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a section, as they are written."""

    line: int
    columns: tuple[str, ...]

    def place(self, column: str) -> int | None:
        """The place of a column, whatever the case of its letters; an old name counts as the present one."""
        names = [name.strip().casefold() for name in self.columns]
        wanted = column.casefold()
        for told in (wanted, *(old for old, new in OLD_NAMES.items() if new == wanted)):
            if told in names:
                return names.index(told)
        return None

    def needed(self, column: str, section: str) -> int:
        """The place of a column that there must be. Raises Refused."""
        place = self.place(column)
        if place is None:
            raise refused(self.line, column, f"The section {section} has no column {column}.")
        return place


@dataclass(frozen=True, slots=True)
class Sections:
    """A file in its parts: `text` has plain newlines, and the ballots begin at `ballots_at`."""

    meta: tuple[Row, ...]
    project_header: Header
    projects: tuple[Row, ...]
    vote_header: Header
    text: bytes
    ballots_at: int
    ballots_line: int


def plain_text(content: bytes) -> bytes:
    r"""The text without its mark of byte order and with plain newlines. Raises Refused where it is not UTF-8.

    >>> plain_text(b"\xef\xbb\xbfMETA\r\nkey;value\r")
    b'META\nkey;value\n'
    """
    for mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"\0\0\xfe\xff"):
        if content.startswith(mark):
            raise refused(1, "", "The text is written in UTF-16 or UTF-32, not in UTF-8.", _SAVE)
    text = content.removeprefix(codecs.BOM_UTF8)
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if (at := text.find(b"\0")) >= 0:
        line = text.count(b"\n", 0, at) + 1
        raise refused(line, "", "There is a byte of value nought, which no text has.", _SAVE)
    try:
        text.decode()
    except UnicodeDecodeError as wrong:
        line = text.count(b"\n", 0, wrong.start) + 1
        raise refused(line, "", f"The byte {text[wrong.start]:#04x} is not UTF-8.", _SAVE) from None
    return text


def split_sections(text: bytes) -> Sections:
    """The sections of a text, which must be META, PROJECTS and VOTES in this order. Raises Refused."""
    stream = records(text)
    first = next(stream, None)
    if first is None:
        raise refused(1, "", "The file is empty.", "Choose another file.")
    if title_of(first.cells) != META:
        begins = said(first.cells[0].decode())
        raise refused(first.line, META, f"The file begins with {begins}, not with the title META.")
    meta, title = _until_title(stream, first, PROJECTS)
    project_header, _ = _header_and_end(stream, title)
    projects, title = _until_title(stream, title, VOTES)
    vote_header, end = _header_and_end(stream, title)
    needed = _check_columns(project_header, PROJECTS), _check_columns(vote_header, VOTES)
    for row in projects:
        check_width(row.line, row.cells, project_header, PROJECTS, needed[0])
    return Sections(meta, project_header, projects, vote_header, text, *end)


def title_of(cells: list[bytes]) -> str:
    """The section that a record names, or nothing: a title in any case, with nothing beside it."""
    name = cells[0].strip().upper().decode()
    return name if name in TITLES and not any(cell.strip() for cell in cells[1:]) else ""


def check_width(
    line: int, cells: Sequence[str] | Sequence[bytes], header: Header, section: str, needed: int
) -> None:
    """Refuse a row without its first `needed` cells, or with any written beyond the last column."""
    columns = len(header.columns)
    if len(cells) < needed:
        missing = header.columns[len(cells)].strip()
        raise refused(line, missing, f"The row has {len(cells)} cells, and none for this column.")
    if any(cell.strip() for cell in cells[columns:]):
        reason = f"The row has {len(cells)} cells, and {section} has {columns} columns"
        raise refused(line, header.columns[-1].strip(), f"{reason}: a text with “;” stands in quotes.")


def _check_columns(header: Header, section: str) -> int:
    """How many cells a row needs to reach the last obligatory column. Raises Refused for a missing one."""
    return max(header.needed(column, section) for column in OBLIGATORY[section]) + 1


def _row(record: Record) -> Row:
    return Row(record.line, tuple(cell.decode() for cell in record.cells))


def _until_title(stream: Iterator[Record], begun: Record, wanted: str) -> tuple[tuple[Row, ...], Record]:
    """The rows up to the next title, which must be the wanted one."""
    rows: list[Row] = []
    last = begun.line
    for record in stream:
        title = title_of(record.cells)
        if title == wanted:
            return tuple(rows), record
        if title:
            raise refused(record.line, title, f"The section {title} stands where {wanted} should stand.")
        rows.append(_row(record))
        last = record.line
    raise refused(last, wanted, f"The file ends without a section {wanted}.")


def _header(stream: Iterator[Record], title: Record) -> Header:
    return _header_and_end(stream, title)[0]


def _header_and_end(stream: Iterator[Record], title: Record) -> tuple[Header, tuple[int, int]]:
    record = next(stream, None)
    name = title_of(title.cells)
    if record is None or title_of(record.cells):
        raise refused(title.line, name, f"The section {name} has no line that names its columns.")
    columns = tuple(cell.decode() for cell in record.cells)
    for column, times in Counter(column.strip().casefold() for column in columns).items():
        if column and times > 1:
            raise refused(record.line, column, f"The section {name} has {times} columns of this name.")
    return Header(record.line, columns), (record.end, record.next_line)
