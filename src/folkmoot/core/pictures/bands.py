"""In which band does each of these stand, where the number itself is not told?"""

from collections.abc import Sequence

from folkmoot.core.pictures import svg
from folkmoot.core.pictures.picture import Frame, Picture

_ROW = 31  # units from row to row
_THICK = 21  # units: a pill with its words in it
_INDENT = 11  # units from the end of a pill to its words


def bands(
    frame: Frame, scale: Sequence[str], rows: Sequence[tuple[str, int]], *, measure: str = ""
) -> Picture:
    """Each label with its band in words, on a pill that is longer and darker from step to step.

    `scale` names the bands from the least, which has no pill, to the most; each row is a label and the
    place of its band on the scale. There is nothing to count, so no number can be read out of the picture.
    `measure` heads the bands in the table. Raises ValueError for a place that the scale does not have.

    >>> frame = Frame("bands", "Active supporters", "In 2 of 3 parts.", rows_are="Part")
    >>> bands(frame, ("none yet", "1 to 4", "5 or more"), [("Council", 2), ("Housing", 0)]).table.rows
    (('Council', '5 or more'), ('Housing', 'none yet'))
    """
    if any(not 0 <= place < len(scale) for _, place in rows):
        raise ValueError("each row has a place on the scale")
    beside = all(svg.fits(label, svg.LABELS) for label, _ in rows)
    left = svg.LABELS + 8 if beside else 0
    parts: list[str] = []
    top = 0.0
    for label, place in rows:
        parts.append(svg.label(0, top + 15, svg.shorten(label, svg.LABELS if beside else svg.WIDTH)))
        top += 0 if beside else 20
        parts.append(_band(scale, place, left, top))
        top += _ROW if beside else _ROW + 4
    told = [(label, scale[place]) for label, place in rows]
    return svg.picture(frame, "".join(parts), top, (frame.rows_are, measure), told)


def _band(scale: Sequence[str], place: int, left: float, top: float) -> str:
    """The words of one band, on its pill where it has one."""
    words = svg.shorten(scale[place], svg.WIDTH - left - 2 * _INDENT - 2)
    if place == 0:
        # Where the scale has one band alone, nothing is told, and nothing is amiss.
        return svg.label(left + _INDENT, top + 15, words, "pic-attention" if len(scale) > 1 else "pic-quiet")
    most = place == len(scale) - 1
    length = (svg.WIDTH - left - 2) * place / (len(scale) - 1)
    length = max(length, svg.width_of(words) + 2 * _INDENT)
    pill = svg.pill(left + 1, top + 1, length, _THICK, "pic-1" if most else "pic-band")
    return pill + svg.label(left + _INDENT, top + 16, words, "pic-on" if most else "pic-label")
