"""Who stands near whom, as one mark for a few people?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from folkmoot.core.pictures import svg
from folkmoot.core.pictures.picture import Frame, Picture

KINDS = 5  # that can be told apart by shape alone
_HEIGHT = 250  # units
_CELL = 8.0  # units: people who stand nearer than this share a mark
_LEAST, _MOST = 2.6, 7.0  # units: half of the smallest and of the largest mark
_LINE = 20


@dataclass(frozen=True, slots=True)
class Kind:
    """A group of people: its name, and how its size is said."""

    name: str
    said: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody stands, and the number of their kind from 0; None for somebody of none."""

    x: float
    y: float
    kind: int | None = None


def scatter(
    frame: Frame, kinds: Sequence[Kind], spots: Sequence[Spot], *, none: Kind | None = None
) -> Picture:
    """People on a plane, with the same scale both ways; a mark is larger the more people share its place.

    `none` names those of no kind. The table has the kinds and their sizes alone, so that nobody's place can
    be read from it. Raises ValueError for more than five kinds, or a spot of a kind that is not there.

    >>> kinds = [Kind("A", "12 people"), Kind("B", "9 people")]
    >>> drawn = scatter(Frame("map", "Two groups", "A and B."), kinds, [Spot(-1, 0, 0), Spot(1, 0, 1)])
    >>> drawn.table.rows
    (('A', '12 people'), ('B', '9 people'))
    """
    if len(kinds) > KINDS or any(not 0 <= spot.kind < len(kinds) for spot in spots if spot.kind is not None):
        raise ValueError(f"at most {KINDS} kinds, and each spot of one of them")
    named = [*kinds, *([none] if none else [])]
    body = ""
    height = float(_HEIGHT)
    if spots:
        legend, height = _legend(kinds, none, _HEIGHT + 8)
        body = _cross() + "".join(_marks(spots)) + legend
    return svg.picture(frame, body, height, (frame.rows_are, "People"), [(k.name, k.said) for k in named])


def _cross() -> str:
    middle = _HEIGHT / 2
    return svg.line(0, middle, svg.WIDTH, middle) + svg.line(svg.WIDTH / 2, 0, svg.WIDTH / 2, _HEIGHT)


def _marks(spots: Sequence[Spot]) -> list[str]:
    """Those of no kind below the others, large marks below small ones."""
    wide = max(abs(spot.x) for spot in spots) / (svg.WIDTH / 2 - _MOST) or 1.0
    high = max(abs(spot.y) for spot in spots) / (_HEIGHT / 2 - _MOST) or 1.0
    scale = 1 / max(wide, high)
    shared: Counter[tuple[int, int, int]] = Counter()
    for spot in spots:
        x, y = svg.WIDTH / 2 + spot.x * scale, _HEIGHT / 2 - spot.y * scale
        shared[-1 if spot.kind is None else spot.kind, round(x / _CELL), round(y / _CELL)] += 1
    order = sorted(shared.items(), key=lambda one: (one[0][0] >= 0, -one[1], one[0]))
    crowd = max(shared.values())
    return [
        mark(kind, column * _CELL, row * _CELL, _half(count, crowd)) for (kind, column, row), count in order
    ]


def _half(count: int, crowd: int) -> float:
    return _LEAST if crowd == 1 else _LEAST + (_MOST - _LEAST) * (sqrt(count) - 1) / (sqrt(crowd) - 1)


def mark(kind: int, x: float, y: float, half: float) -> str:
    """Round, square, upright, on its point, open; a small quiet dot for those of no kind (-1).

    >>> mark(0, 5, 5, 2.5)
    '<circle class="pic-1" cx="5" cy="5" r="2.5"/>'
    """
    if kind == 0:
        return svg.dot(x, y, half, "pic-1")
    if kind == 1:
        return svg.box(x - half * 0.9, y - half * 0.9, half * 1.8, half * 1.8, "pic-2")
    if kind == 2:
        return svg.shape(
            [(x, y - half * 1.2), (x + half * 1.1, y + half), (x - half * 1.1, y + half)], "pic-3"
        )
    if kind == 3:
        far = half * 1.3
        return svg.shape([(x, y - far), (x + far, y), (x, y + far), (x - far, y)], "pic-4")
    if kind == 4:
        return svg.dot(x, y, half, "pic-ring")
    return svg.dot(x, y, half * 0.8, "pic-crowd")


def _legend(kinds: Sequence[Kind], none: Kind | None, top: float) -> tuple[str, float]:
    named = [*enumerate(kinds), *([(-1, none)] if none else [])]
    parts: list[str] = []
    for number, kind in named:
        words = svg.shorten(f"{kind.name}: {kind.said}", svg.WIDTH - 20)
        parts += [mark(number, 8, top + 8, 5.5), svg.label(20, top + 12.5, words)]
        top += _LINE
    return "".join(parts), top + 2
