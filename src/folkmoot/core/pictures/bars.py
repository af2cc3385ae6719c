"""How much is each of these, and of what does it consist?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from folkmoot.core.pictures import svg
from folkmoot.core.pictures.picture import Frame, Picture

_THICK = 14  # units: a bar


@dataclass(frozen=True, slots=True)
class Bar:
    """One value (whole units, such as pence; below nought for credits) and how it is said."""

    label: str
    value: int
    said: str


@dataclass(frozen=True, slots=True)
class Stack:
    """One whole and its parts in the order of the series; each part's value and how it is said.

    What is below nought cannot be part of a whole: it is told in words under the row, not drawn.
    """

    label: str
    values: tuple[int, ...]
    said: tuple[str, ...]
    whole: str = ""


def bar(frame: Frame, bars: Sequence[Bar], *, measure: str = "") -> Picture:
    """A bar for each value on one scale, with a line at nought; the label above, the value at its end.

    `measure` heads the values in the table.

    >>> frame = Frame("paid", "What was paid", "The council paid most.")
    >>> bar(frame, [Bar("Council", 500, "£5"), Bar("College", -100, "−£1")]).table.rows
    (('Council', '£5'), ('College', '−£1'))
    """
    least, most = min([0, *(b.value for b in bars)]), max([0, *(b.value for b in bars)])
    parts: list[str] = []
    top = 0.0
    for one in bars:
        said = svg.shorten(one.said, svg.WIDTH / 2)
        room = svg.WIDTH - svg.width_of(said) - 10
        parts += [
            svg.label(0, top + 13, svg.shorten(one.label, room)),
            svg.label(svg.WIDTH, top + 13, said, "pic-label pic-figure", "end"),
            _length(one.value, least, most, top + 19),
        ]
        top += 44
    rows = [(one.label, one.said) for one in bars]
    return svg.picture(frame, "".join(parts), top - 6, (frame.rows_are, measure), rows)


def _length(value: int, least: int, most: int, top: float) -> str:
    """The bar from nought to the value; a credit is outlined and goes to the left."""
    span = max(most - least, 1)
    nought, end = (svg.edges([point - least], svg.WIDTH, span)[1] for point in (0, value))
    kind = "pic-1" if value > 0 else "pic-4"
    drawn = svg.box(min(nought, end), top, abs(end - nought), _THICK, kind) if value else ""
    axis = min(max(nought, 0.5), svg.WIDTH - 0.5)
    return drawn + svg.line(axis, top - 3, axis, top + _THICK + 3)


def stacked(frame: Frame, series: Sequence[str], stacks: Sequence[Stack], *, shared: bool = False) -> Picture:
    """A bar for each whole, divided into at most four series, with their names below.

    Each bar is as long as the picture allows and shows shares; with `shared`, all stand on one scale.
    Raises ValueError for more than four series, or a stack of another length.

    >>> stack = Stack("Council", (3, 1), ("£3", "£1"))
    >>> stacked(Frame("stays", "What stays", "Most."), ("here", "elsewhere"), [stack]).table.headings
    ('', 'here', 'elsewhere')
    """
    if len(series) > svg.SERIES:
        raise ValueError(f"at most {svg.SERIES} series can be told apart")
    if any(len(one.values) != len(series) or len(one.said) != len(series) for one in stacks):
        raise ValueError("a stack has one value, and one word for it, for each of the series")
    beside = all(svg.fits(one.label, svg.LABELS) for one in stacks)
    largest = max([_positive(one) for one in stacks], default=0)
    parts: list[str] = []
    top = 0.0
    for one in stacks:
        drawn, top = _stack(frame, series, one, top, beside, largest if shared else _positive(one))
        parts.append(drawn)
    if parts:
        drawn, top = svg.legend(frame, series, top + 2)
        parts = [svg.hatching(frame), *parts, drawn]
    headings, rows = _stacked_table(frame, series, stacks)
    return svg.picture(frame, "".join(parts), top + 2, headings, rows)


def _positive(stack: Stack) -> int:
    return sum(value for value in stack.values if value > 0)


def _stack(
    frame: Frame, series: Sequence[str], one: Stack, top: float, beside: bool, whole: int
) -> tuple[str, float]:
    """One row and the height at which it ends."""
    left = svg.LABELS + 8 if beside else 0
    parts = [svg.label(0, top + 14, svg.shorten(one.label, svg.LABELS if beside else svg.WIDTH))]
    top += 0 if beside else 20
    if _positive(one) == 0:
        parts.append(svg.label(left, top + 14, svg.shorten(frame.empty, svg.WIDTH - left), "pic-attention"))
    else:
        ends = svg.edges([max(value, 0) for value in one.values], svg.WIDTH - left, whole)
        for number, (start, end) in enumerate(pairwise(ends)):
            if end > start:
                parts.append(svg.series_box(frame, number, left + start, top + 2, end - start, _THICK + 2))
    top += 26
    for name, value, said in zip(series, one.values, one.said, strict=True):
        if value < 0:
            words = svg.shorten(f"not drawn: {name} {said}", svg.WIDTH - left)
            parts.append(svg.label(left, top + 8, words, "pic-attention"))
            top += 20
    return "".join(parts), top + 2


def _stacked_table(
    frame: Frame, series: Sequence[str], stacks: Sequence[Stack]
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    if any(one.whole for one in stacks):
        return (frame.rows_are, *series, "All"), [(one.label, *one.said, one.whole) for one in stacks]
    return (frame.rows_are, *series), [(one.label, *one.said) for one in stacks]
