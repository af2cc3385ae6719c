"""How many of each kind are in each row, one dot for one person?"""

from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.core.pictures import svg
from folkmoot.core.pictures.picture import Frame, Picture

_PITCH = 14  # units from dot to dot
_LINE = 20  # units from line to line
_LINES = 2  # lines of dots that a row may take; beyond, every row tells numbers instead


@dataclass(frozen=True, slots=True)
class DotKinds:
    """What the three kinds of dots mean."""

    filled: str = "active"
    ringed: str = "active, not heard lately"
    outlined: str = "not active"


@dataclass(frozen=True, slots=True)
class DotRow:
    """Counts of the three kinds of dots, and words where they are needed ("none active yet")."""

    label: str
    filled: int
    ringed: int = 0
    outlined: int = 0
    words: str = ""

    @property
    def counts(self) -> tuple[int, int, int]:
        return self.filled, self.ringed, self.outlined


def dots(frame: Frame, rows: Sequence[DotRow], *, kinds: DotKinds | None = None) -> Picture:
    """A row of dots for each label: filled first, then ringed, then outlined, then the words.

    Rows too full for two lines of dots make every row tell its numbers beside one dot of each kind.
    Raises ValueError for a count below nought.

    >>> frame = Frame("support", "Active supporters", "13 in 4 of 7 parts.", rows_are="Part")
    >>> dots(frame, [DotRow("Housing", 0, words="nobody yet")]).table.rows
    (('Housing', '0', '0', 'nobody yet'),)
    """
    if any(count < 0 for row in rows for count in row.counts):
        raise ValueError("a count is never below nought")
    names = kinds or DotKinds()
    beside = all(svg.fits(row.label, svg.LABELS) for row in rows)
    left = svg.LABELS + 8 if beside else 0
    a_line = (svg.WIDTH - left) // _PITCH
    one_each = all(sum(row.counts) <= _LINES * a_line for row in rows)
    parts: list[str] = []
    top = 0.0
    for row in rows:
        drawn, top = _row(row, left, top, a_line, one_each)
        parts.append(drawn)
    shown = [kind for kind in range(3) if any(row.counts[kind] for row in rows)]
    drawn, top = _legend(shown, names, top)
    headings, cells = _table(frame, rows, names)
    return svg.picture(frame, "".join([*parts, drawn]), top + 2, headings, cells)


def _named(names: DotKinds) -> tuple[str, str, str]:
    return names.filled, names.ringed, names.outlined


def _row(row: DotRow, left: float, top: float, a_line: int, one_each: bool) -> tuple[str, float]:
    """One row and the height at which it ends."""
    room = svg.LABELS if left else svg.WIDTH
    parts = [svg.label(0, top + 14, svg.shorten(row.label, room))]
    top += 0 if left else _LINE
    if one_each:
        drawn, used, lines = _one_each(row, left, top, a_line)
    else:
        drawn, used, lines = _numbers(row, left, top)
    parts.append(drawn)
    words_at = max(left + used + 8, _words_column(left))
    if row.words and lines == 1 and svg.fits(row.words, svg.WIDTH - words_at):
        parts.append(svg.label(words_at, top + 14, row.words, "pic-attention"))
    elif row.words:
        top += _LINE * lines if used else 0
        lines = 1
        words = svg.shorten(row.words, svg.WIDTH - left)
        parts.append(svg.label(left, top + 14, words, "pic-attention"))
    return "".join(parts), top + _LINE * lines


def _words_column(left: float) -> float:
    """Words stand in one column where the dots leave room."""
    return left + 6 * _PITCH


def _one_each(row: DotRow, left: float, top: float, a_line: int) -> tuple[str, float, int]:
    marks = [kind for kind, count in enumerate(row.counts) for _ in range(count)]
    drawn = [
        _mark(kind, left + 6 + _PITCH * (place % a_line), top + 10 + _LINE * (place // a_line))
        for place, kind in enumerate(marks)
    ]
    lines = max(-(-len(marks) // a_line), 1)
    return "".join(drawn), _PITCH * min(len(marks), a_line), lines


def _numbers(row: DotRow, left: float, top: float) -> tuple[str, float, int]:
    parts: list[str] = []
    used = 0.0
    for kind, count in enumerate(row.counts):
        if count:
            parts += [
                _mark(kind, left + used + 6, top + 10),
                svg.label(left + used + 16, top + 14, str(count)),
            ]
            used += 16 + svg.width_of(str(count)) + 12
    return "".join(parts), used, 1


def _mark(kind: int, x: float, y: float) -> str:
    """Full, ringed with a full middle, or an open ring: told apart by shape alone."""
    if kind == 0:
        return svg.dot(x, y, 5.5, "pic-1")
    ring = svg.dot(x, y, 4.75, "pic-ring")
    return ring + svg.dot(x, y, 2, "pic-1") if kind == 1 else ring


def _legend(shown: Sequence[int], names: DotKinds, top: float) -> tuple[str, float]:
    """What the dots mean, for the kinds that are there."""
    if not shown:
        return "", top
    parts: list[str] = []
    x = 0.0
    top += 6
    for kind in shown:
        words = svg.shorten(_named(names)[kind], svg.WIDTH - 16)
        if x and x + 16 + svg.width_of(words) > svg.WIDTH:
            x, top = 0.0, top + _LINE
        parts += [_mark(kind, x + 6, top + 8), svg.label(x + 16, top + 12.5, words)]
        x += 16 + svg.width_of(words) + 14
    return "".join(parts), top + 18


def _table(
    frame: Frame, rows: Sequence[DotRow], names: DotKinds
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Every count; the columns of ringed dots and of words only where there are any."""
    ringed = any(row.ringed for row in rows)
    words = any(row.words for row in rows)
    kept = [0, 1, 2] if ringed else [0, 2]
    headings = (frame.rows_are, *(_named(names)[kind] for kind in kept), *(["In words"] if words else []))
    cells = [
        (row.label, *(str(row.counts[kind]) for kind in kept), *([row.words] if words else []))
        for row in rows
    ]
    return headings, cells
