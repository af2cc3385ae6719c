"""Which line holds the headings, and what parts the cells?"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.core.spend.reading.files.records import Record, read_records
from folkmoot.core.spend.reading.guessing.columns import heading_score
from folkmoot.core.spend.reading.row import Reason
from folkmoot.core.spend.reading.values.amounts import read_amount
from folkmoot.core.spend.reading.values.dates import read_day

DELIMITERS = (",", ";", "\t", "|")
TITLE_LINES = 40  # headings are looked for in this many records
_TALLEST = 3  # lines over which headings are spread
_MORE = 0.5  # what headings over several lines must say more than one of the lines
SURE = 2.5  # the score of three well-named columns: no need to look further


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the headings and the cells are: `heading_row` is a 1-based line or row of a sheet, 0 for none.

    `delimiter` is empty for a sheet; `titles` are the texts above the headings; `score` says how much the
    headings look like those of payments.
    """

    delimiter: str
    heading_row: int
    headings: tuple[str, ...]
    data: tuple[Record, ...]
    titles: tuple[str, ...] = ()
    score: float = 0.0


def find_layout(lines: Sequence[str], *, delimiter: str = "", heading_row: int | None = None) -> Layout:
    """The layout that the first lines of a text speak for; what is told beforehand is taken as it is.

    >>> found = find_layout(["Spend\\n", "Date|Supplier|Amount\\n", "2020-01-02|A|1\\n"])
    >>> found.delimiter, found.heading_row, found.headings, len(found.data)
    ('|', 2, ('Date', 'Supplier', 'Amount'), 1)
    """
    from_line = max(heading_row or 1, 1)
    found = []
    for mark in delimiter or DELIMITERS:
        records = list(read_records(lines[from_line - 1 :], mark, start=from_line))
        layout = _layout(records, mark, heading_row)
        cells = sum(len(row) > 1 for _, row, _ in records)
        width = len(layout.headings) if layout.heading_row else cells
        found.append(((layout.score, width), layout))
    return max(found, key=lambda scored: scored[0])[1]


def find_sheet_layout(rows: Sequence[Record], *, heading_row: int | None = None) -> Layout:
    """The layout that the first rows of a sheet speak for.

    >>> rows = [(1, ["Date", "Supplier", "Amount"], None), (2, ["2020-01-02", "A", "1"], None)]
    >>> find_sheet_layout(rows).heading_row
    1
    """
    return _layout(rows[max(heading_row or 1, 1) - 1 :], "", heading_row)


def _layout(records: Sequence[Record], delimiter: str, heading_row: int | None) -> Layout:
    if heading_row == 0 or not records:
        return Layout(delimiter, 0, (), tuple(records))
    at, score = (
        _heading_at(records[:TITLE_LINES]) if heading_row is None else (0, heading_score(records[0][1]))
    )
    if at is None:
        return Layout(delimiter, 0, (), tuple(records))
    first, last = _stack(records, at) if heading_row is None else (at, at)
    headings: Sequence[str] = records[first][1]
    for _, below, _ in records[first + 1 : last + 1]:
        headings = _merged(headings, below)
    data = records[last + 1 :]
    if first == last and data and _continues(headings, data[0][1]):
        headings = _merged(headings, data[0][1])
        data = data[1:]
    names = tuple(heading.strip() for heading in headings)
    titles = tuple(" ".join(filter(None, map(str.strip, cells))) for _, cells, _ in records[:first])
    return Layout(delimiter, records[first][0], names, tuple(data), titles, score)


def _heading_at(records: Sequence[Record]) -> tuple[int | None, float]:
    """The record that looks most like headings; failing that the first full one that holds no values."""
    best, best_score = None, 0.0
    for at, (_, cells, _) in enumerate(records):
        if any(_is_value(cell) for cell in cells):
            continue
        score = heading_score(cells)
        if score > best_score:
            best, best_score = at, score
        if score >= SURE:
            break
    if best is not None and best_score >= 0.9:
        return best, best_score
    widest = max((_filled(cells) for _, cells, _ in records), default=0)
    for at, (_, cells, _) in enumerate(records):
        if _filled(cells) < max(2, widest / 2):
            continue
        return (None, 0.0) if any(_is_value(cell) for cell in cells) else (at, 0.1)
    return None, 0.0


def _stack(records: Sequence[Record], at: int) -> tuple[int, int]:
    """The first and the last of the records over which the headings go: more than one only where together
    they say clearly more than each by itself ("Date" above "of" above "Payment").
    """
    best = (at, at)
    score = heading_score(records[at][1]) + _MORE
    for first in range(max(at - _TALLEST + 1, 0), at + 1):
        merged: Sequence[str] = ()
        for last in range(first, min(first + _TALLEST, len(records))):
            cells = records[last][1]
            if _filled(cells) < 2 or any(_is_value(cell) for cell in cells):
                break
            merged = _merged(merged, cells)
            if last >= at and heading_score(merged) > score:
                best, score = (first, last), heading_score(merged)
    return best


def _is_value(cell: str) -> bool:
    """A date or an amount, but no bare year or small number such as a heading may hold."""
    text = cell.strip()
    if not re.search(r"\d", text) or re.fullmatch(r"\d{1,4}", text):
        return False
    return read_day(text) is not None or read_amount(text) is not Reason.AMOUNT_UNREADABLE


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _continues(headings: Sequence[str], below: Sequence[str]) -> bool:
    """A second line of headings names columns that the first line leaves blank, and holds no values."""
    names = [(at, cell) for at, cell in enumerate(below) if cell.strip()]
    fills = any(at < len(headings) and not headings[at].strip() for at, _ in names)
    return fills and heading_score(below) >= 1 and not any(re.search(r"\d", cell) for _, cell in names)


def _merged(above: Sequence[str], below: Sequence[str]) -> list[str]:
    width = max(len(above), len(below))
    padded = [[*row, *[""] * (width - len(row))] for row in (above, below)]
    return [
        " / ".join(part for part in (top.strip(), low.strip()) if part)
        for top, low in zip(*padded, strict=True)
    ]
