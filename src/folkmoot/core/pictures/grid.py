"""Which rows and which columns meet, and where does nothing?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from folkmoot.core.pictures import svg
from folkmoot.core.pictures.picture import Frame, Picture

_ROW = 30  # units from row to row
_RADIUS = 11.5  # units: room for two digits
_SMALL = 12  # units: the letters of column headings
_LEFT, _RIGHT = 74, 12  # units: the column of labels, and room for the last heading to lean


class Mark(Enum):
    """How a cell is drawn: full with its word, an open ring with its word, its word alone, or a dash."""

    FULL = "full"
    RING = "ring"
    WORD = "word"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A cell: its mark, the short word inside it, and the words for the table."""

    mark: Mark
    said: str
    in_full: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A label and a cell for each column."""

    label: str
    cells: tuple[MatrixCell, ...]


def matrix(frame: Frame, columns: Sequence[str], rows: Sequence[MatrixRow]) -> Picture:
    """Rows by columns with a mark in each cell; headings over at most two lines.

    Raises ValueError for a row without one cell for each column.

    >>> cell = MatrixCell(Mark.FULL, "2", "2 active")
    >>> frame = Frame("reach", "Parts by level", "Two chiefs.", rows_are="Part")
    >>> matrix(frame, ["chief"], [MatrixRow("Health", (cell,))]).table.rows
    (('Health', '2 active'),)
    """
    if any(len(row.cells) != len(columns) for row in rows):
        raise ValueError("a row has one cell for each column")
    step = (svg.WIDTH - _LEFT - _RIGHT) / max(len(columns), 1)
    centres = [_LEFT + step * (place + 0.5) for place in range(len(columns))]
    parts = _headings(columns, centres, step)
    top = 36.0
    for row in rows:
        parts += [svg.line(0, top, svg.WIDTH, top)]
        parts += _row_label(row.label, top)
        parts += [_cell(cell, x, top + _ROW / 2, step) for cell, x in zip(row.cells, centres, strict=True)]
        top += _ROW
    body = "".join(parts) if rows and columns else ""
    cells = [(row.label, *(cell.in_full for cell in row.cells)) for row in rows]
    return svg.picture(frame, body, top + 2, (frame.rows_are, *columns), cells)


def _headings(columns: Sequence[str], centres: Sequence[float], step: float) -> list[str]:
    """Each heading over its column; a long word may lean over a neighbour that leaves it room."""
    lines = [svg.two_lines(name, step - 4, _SMALL) for name in columns]
    parts: list[str] = []
    for place, (name, centre) in enumerate(zip(columns, centres, strict=True)):
        beside = [max(svg.width_of(line, _SMALL) for line in lines[other])
                  for other in (place - 1, place + 1) if 0 <= other < len(columns)]  # fmt: skip
        leaning = min([2 * (svg.WIDTH - centre), *(2 * step - width - 6 for width in beside)])
        first, second = lines[place]
        if (first + second).replace(" ", "") != svg.plain(name).replace(" ", ""):
            first, second = svg.two_lines(name, max(step - 4, leaning), _SMALL)
        for y, words in ((14.0, first), (28.0, second)) if second else ((28.0, first),):
            parts.append(svg.label(centre, y, words, "pic-label pic-small", "middle"))
    return parts


def _row_label(text: str, top: float) -> list[str]:
    first, second = svg.two_lines(text, _LEFT - 6)
    if not second:
        return [svg.label(0, top + 19.5, first)]
    return [svg.label(0, top + 12.5, first), svg.label(0, top + 26.5, second)]


def _cell(cell: MatrixCell, x: float, y: float, step: float) -> str:
    if cell.mark is Mark.NONE:
        return svg.label(x, y + 4.5, "–", "pic-label pic-quiet", "middle")
    if cell.mark is Mark.WORD:
        return svg.label(x, y + 4.5, svg.shorten(cell.said, step), "pic-label pic-figure", "middle")
    full = cell.mark is Mark.FULL
    shape = svg.dot(x, y, min(_RADIUS, step / 2), "pic-1" if full else "pic-ring")
    words = svg.shorten(cell.said, max(2 * _RADIUS, 20))
    return shape + svg.label(x, y + 4.5, words, "pic-on" if full else "pic-label", "middle")
