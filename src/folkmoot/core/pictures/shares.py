"""What share of each group said yes to each of these, and how sure is it?"""

from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.core.pictures import svg
from folkmoot.core.pictures.picture import Frame, Picture
from folkmoot.core.pictures.scatter import KINDS, mark

_LINE = 17  # units from line to line of a label
_ROW = 19  # units: the marks of one group
_LEFT, _RIGHT = 12, 40  # units: room for a mark before the scale, and for the figure after it


@dataclass(frozen=True, slots=True)
class Share:
    """The share of one group in per cent, its interval, and how it is said; None where it is not told."""

    at: float | None
    low: float = 0.0
    high: float = 0.0
    said: str = ""


@dataclass(frozen=True, slots=True)
class ShareRow:
    """What was asked, and the share of each group in their order."""

    label: str
    shares: tuple[Share, ...]


def shares(frame: Frame, groups: Sequence[str], rows: Sequence[ShareRow], *, most_lines: int = 3) -> Picture:
    """Under each label a line for each group, from 0 to 100 %: its mark, and a bar for how far it may be off.

    Raises ValueError for more than five groups, or a row without a share for each.

    >>> row = ShareRow("More trees", (Share(90, 80, 95, "90 %"), Share(None, said="too few to show")))
    >>> shares(Frame("trees", "Trees", "Most agree."), ["A", "B"], [row]).table.rows
    (('More trees', '90 %', 'too few to show'),)
    """
    if len(groups) > KINDS or any(len(row.shares) != len(groups) for row in rows):
        raise ValueError(f"at most {KINDS} groups, and a share for each")
    parts: list[str] = []
    top = 0.0
    if rows and len(groups) > 1:
        legend, top = _legend(groups, top)
        parts.append(legend)
    for row in rows:
        for words in svg.lines_of(row.label, svg.WIDTH, most_lines):
            parts.append(svg.label(0, top + 13, words))
            top += _LINE
        top += 3
        for kind, share in enumerate(row.shares):
            parts.append(_share(kind, share, top))
            top += _ROW
        top += 12
    cells = [(row.label, *(share.said for share in row.shares)) for row in rows]
    return svg.picture(frame, "".join(parts), top, (frame.rows_are, *groups), cells)


def _share(kind: int, share: Share, top: float) -> str:
    middle, wide = top + _ROW / 2, svg.WIDTH - _LEFT - _RIGHT
    axis = svg.line(_LEFT, middle, _LEFT + wide, middle)
    if share.at is None:
        return axis + svg.label(_LEFT + 8, middle + 4.5, share.said, "pic-label pic-small pic-quiet pic-halo")
    low, at, high = (_LEFT + wide * part / 100 for part in (share.low, share.at, share.high))
    figure = svg.label(svg.WIDTH, middle + 4.5, f"{share.at:.0f} %", "pic-label pic-small pic-figure", "end")
    return (
        axis
        + svg.box(low, middle - 2.5, max(high - low, 1), 5, "pic-reach")
        + mark(kind, at, middle, 5.5)
        + figure
    )


def _legend(groups: Sequence[str], top: float) -> tuple[str, float]:
    parts: list[str] = []
    x = 0.0
    for kind, name in enumerate(groups):
        words = svg.shorten(name, svg.WIDTH - 18)
        if x and x + 18 + svg.width_of(words) > svg.WIDTH:
            x, top = 0.0, top + 20
        parts += [mark(kind, x + 7, top + 8, 5.5), svg.label(x + 18, top + 12.5, words)]
        x += 18 + svg.width_of(words) + 14
    return "".join(parts), top + 28
