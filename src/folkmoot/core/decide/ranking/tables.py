"""Which rows has a table of ballots, and on which lines of the file?"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from folkmoot.core.decide.ranking.blt import is_count, wrong

WHO = frozenset({"voter", "voter_id", "voter id", "who", "person", "pair", "name", "id"})
HOW_MANY = frozenset({"count", "counts", "voters", "votes", "ballots", "how many", "weight"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells by column, and its line in the file."""

    cells: dict[str, str]
    line: int
    count: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of ballots: the columns that hold choices, and the rows."""

    columns: tuple[str, ...]  # without those that say who and how many
    rows: tuple[Row, ...]
    who: str | None


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise wrong("It is not text in UTF-8. Save it as CSV in UTF-8.", line) from error


def table_of(text: str, once: bool = True) -> Table:
    """The rows of a table with commas, semicolons or tabs, whichever its heading has most of.

    once: whether nobody may stand in two rows.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(",;\t", key=lambda one: (first.count(one), one == ","))
    lines = _lines(text, mark)
    head, at = next(lines, ([], 0))
    names = [name.strip() for name in head]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise wrong("It is empty.", 0)
    low = [name.lower() for name in names]
    if twice := next((name for place, name in enumerate(low) if name in low[:place]), None):
        raise wrong(f"Two columns are called “{twice}”.", at)
    if "" in low:
        raise wrong(f"Column {low.index('') + 1} has no name.", at)
    who = next((name for name in names if name.lower() in WHO), None)
    many = next((name for name in names if name.lower() in HOW_MANY and name != who), None)
    rows = tuple(_row(names, many, cells, line) for cells, line in lines)
    if once:
        _once_each(rows, who, many)
    return Table(tuple(name for name in names if name not in (who, many)), rows, who)


def _lines(text: str, mark: str) -> Iterator[tuple[list[str], int]]:
    """The rows that hold something, with the line on which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    before = 0
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield cells, line
    except csv.Error as error:
        raise wrong(f"It is no table ({error}).", before + 1) from error


def _row(names: Sequence[str], many: str | None, cells: Sequence[str], line: int) -> Row:
    if any(cell.strip() for cell in cells[len(names) :]):
        raise wrong(f"It has {len(cells)} cells, and the heading has {len(names)}.", line)
    held = {name: cells[at].strip() if at < len(cells) else "" for at, name in enumerate(names)}
    return Row(held, line, 1 if many is None else whole(held[many], many, line, least=0))


def _once_each(rows: Sequence[Row], who: str | None, many: str | None) -> None:
    """No voter twice, where each row is one voter."""
    seen: dict[str, int] = {}
    if who is None or many is not None:
        return
    for row in rows:
        name = row.cells[who]
        if name and name in seen:
            raise wrong(f"{who} “{name}” stands on line {seen[name]} already.", row.line)
        seen[name] = row.line


def whole(cell: str, name: str, line: int, least: int = 1) -> int:
    """The whole number in a cell."""
    if is_count(cell) and int(cell) >= least:
        return int(cell)
    raise wrong(f"{name}: “{cell}” is no whole number from {least} up.", line)


def listed(cell: str) -> list[str]:
    """The entries of a list in one cell, by semicolons, bars or commas."""
    mark = next((one for one in ";|" if one in cell), ",")
    return [entry.strip() for entry in cell.split(mark) if entry.strip()]
