"""How do the shares of a circle look beside those of the place?"""

from folkmoot.core.learn.representation.answer import CircleVoices, Position, ValueVoice, Verdict
from folkmoot.core.pictures import Frame, Picture
from folkmoot.core.pictures.ranges import Range, RangeNames, ranges

UNDER = (Verdict.MISSING, Verdict.FEWER)


def voices_pictured(circle: CircleVoices) -> Picture:
    """A range for each value of each dimension, with the place's share as a mark. What is not shown is said.

    >>> voices_pictured(CircleVoices("people", None, None, (), 0, None)).description
    'No value is clearly under its share.'
    """
    rows = [_range(one.name, value) for one in circle.dimensions for value in one.values]
    under = [
        f"{one.name}: {value.name}"
        for one in circle.dimensions
        for value in one.values
        if value.verdict in UNDER
    ]
    hidden = sum(one.verdict is Position.HIDDEN for one in circle.dimensions)
    words = f"Under their share: {', '.join(under)}." if under else "No value is clearly under its share."
    if hidden:
        words += f" {hidden} of {len(circle.dimensions)} categories are too small to show."
    frame = Frame("voices", f"{circle.name} beside the place", words, rows_are="Value")
    return ranges(frame, RangeNames("share here", "share of the place"), rows)


def _range(dimension: str, value: ValueVoice) -> Range:
    if value.share is None or value.low is None or value.high is None:
        said = "not shown" if value.verdict is Verdict.HIDDEN else "nobody told"
        return Range(value.name, value.place, said, words=value.verdict.value, group=dimension)
    said = f"{100 * value.share:.1f} %" if value.n else "nobody"
    return Range(
        value.name, value.place, said, value.share, value.low, value.high, value.verdict.value, dimension
    )
