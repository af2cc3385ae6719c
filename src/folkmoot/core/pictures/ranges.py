"""Between which shares does each of these lie, and where is the mark to compare it with?"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from folkmoot.core.pictures import svg
from folkmoot.core.pictures.picture import Frame, Picture

_ROW = 48  # units from row to row: words above, the range below
_END = 7  # units: a place's mark, from the middle of its range up and down


@dataclass(frozen=True, slots=True)
class Range:
    """A share from low to high with its best guess, how it is said, and a mark to compare it with.

    All from 0 to 1. Without a guess there is nothing to draw but the mark. `words` stand in the table alone;
    `group` heads the rows that follow one another with the same.
    """

    label: str
    mark: float
    said: str
    at: float | None = None
    low: float = 0.0
    high: float = 0.0
    words: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class RangeNames:
    """What the shapes mean, and the headings of the table."""

    at: str
    mark: str
    low: str = "at least"
    high: str = "at most"
    words: str = "In words"


def ranges(frame: Frame, names: RangeNames, rows: Sequence[Range]) -> Picture:
    """A line from low to high with a dot at the guess, and an upright mark, for each row on one scale.

    The scale begins at nought and ends at the highest of all, rounded up to tenths. Raises ValueError for a
    guess outside its range, or a share that is none.

    >>> frame = Frame("voices", "Who took part", "Fewer young people than live here.", rows_are="Age")
    >>> young = Range("young", 0.25, "10 %", 0.1, 0.05, 0.18, words="too few")
    >>> ranges(frame, RangeNames("took part", "lives here"), [young]).table.rows
    (('young', '10 %', '5.0 %', '18.0 %', '25.0 %', 'too few'),)
    """
    for row in rows:
        if not 0 <= row.mark <= 1 or (row.at is not None and not 0 <= row.low <= row.at <= row.high <= 1):
            raise ValueError("a share lies between its ends, from 0 to 1")
    highest = max([0.0, *(max(row.mark, row.high) for row in rows)])
    scale = min(1.0, max(1, ceil(10 * highest)) / 10)
    parts: list[str] = []
    top, group = 0.0, ""
    for row in rows:
        if row.group and row.group != group:
            parts.append(svg.label(0, top + 14, svg.shorten(row.group, svg.WIDTH), "pic-label pic-figure"))
            top, group = top + 24, row.group
        parts.append(_row(row, top, scale))
        top += _ROW
    if parts:
        parts += [_foot(top, scale), _legend(names, top + 26)]
    cells = [_cells(row) for row in rows]
    headings = (frame.rows_are, names.at, names.low, names.high, names.mark, names.words)
    return svg.picture(frame, "".join(parts), top + 50, headings, cells)


def _row(row: Range, top: float, scale: float) -> str:
    """The words above; below them the range, its guess and the mark."""
    said = svg.shorten(row.said, svg.WIDTH / 2)
    room = svg.WIDTH - svg.width_of(said) - 10
    kind = "pic-label pic-figure" if row.at is not None else "pic-quiet"
    middle = top + 28
    parts = [
        svg.label(0, top + 13, svg.shorten(row.label, room)),
        svg.label(svg.WIDTH, top + 13, said, kind, "end"),
        svg.line(0, middle, svg.WIDTH, middle),
    ]
    if row.at is not None:
        low, high = _x(row.low, scale), _x(row.high, scale)
        parts.append(svg.pill(low, middle - 3, max(high - low, 1), 6, "pic-2"))
    parts.append(_mark(_x(row.mark, scale), middle))
    if row.at is not None:
        parts.append(svg.dot(_x(row.at, scale), middle, 5, "pic-1"))
    return "".join(parts)


def _mark(x: float, middle: float) -> str:
    """An upright bar that is seen across a range, by its shape alone."""
    return svg.box(x - 2, middle - _END, 4, 2 * _END, "pic-3")


def _x(share: float, scale: float) -> float:
    """Where a share stands: six units are left at both ends for dots."""
    return 6 + (svg.WIDTH - 12) * min(share / scale, 1.0)


def _foot(top: float, scale: float) -> str:
    """The ends of the scale."""
    quiet = "pic-small pic-quiet"
    end = svg.label(svg.WIDTH, top + 8, f"{100 * scale:.0f} %", quiet, "end")
    return svg.label(0, top + 8, "0 %", quiet) + end


def _legend(names: RangeNames, top: float) -> str:
    """What dot and mark mean, side by side."""
    half = svg.WIDTH / 2
    return "".join(
        [
            svg.dot(6, top + 8, 5, "pic-1"),
            svg.label(18, top + 12.5, svg.shorten(names.at, half - 26)),
            _mark(half + 4, top + 8),
            svg.label(half + 14, top + 12.5, svg.shorten(names.mark, half - 14)),
        ]
    )


def _cells(row: Range) -> tuple[str, ...]:
    """The numbers of a row, whole; blank where there is no guess."""
    label = f"{row.group}: {row.label}" if row.group else row.label
    ends = [_percent(share) if row.at is not None else "" for share in (row.low, row.high)]
    return (label, row.said, *ends, _percent(row.mark), row.words)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
