"""What can be said of one value, and of one dimension, from the counts that are shown?"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from folkmoot.core.learn.representation.answer import Position, ValueVoice, Verdict
from folkmoot.core.learn.representation.differing import FairDraw, dissimilarity, fair_draw
from folkmoot.core.learn.representation.intervals import (
    GAP,
    LEVEL,
    as_far,
    enough_to_show,
    jeffreys,
    more_needed,
)
from folkmoot.core.learn.representation.people import Dimension

STEP = 5  # to which counts are rounded in tables, where that is asked for


@dataclass(frozen=True, slots=True)
class Count:
    """A count as it is shown, and the least and the most that it may stand for."""

    n: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Judged:
    """How a dimension stands among fair draws."""

    verdict: Position
    sentence: str
    d: float
    p: float
    enough: int
    fair: FairDraw


def exactly(n: int) -> Count:
    """A count that stands for itself."""
    return Count(n, n, n)


def rounded(n: int) -> Count:
    """A count to the nearest 5, and what else would be shown so: counts under 5 never are, but nought.

    >>> rounded(23), rounded(0)
    (Count(n=25, least=23, most=27), Count(n=0, least=0, most=0))
    """
    near = STEP * ((n + STEP // 2) // STEP)
    return Count(near, max(0, near - STEP // 2), near + STEP // 2) if n else exactly(0)


def questions_in(dimensions: Sequence[Dimension], circles: int) -> int:
    """How many questions are asked of all the circles: one a value; of two, the second says no more.

    >>> questions_in([Dimension("home", ("rents", "owns"), (Fraction(1), Fraction(2)))], 3)
    3
    """
    return circles * sum(len(one.values) if len(one.values) > 2 else 1 for one in dimensions)


def voice_of(
    name: str,
    place: Fraction,
    count: Count,
    whole: Count,
    questions: int,
    population: tuple[int, int] | None = None,
) -> ValueVoice:
    """What can be said of a value from its count among those who told.

    Only what is shown goes in: where counts are rounded, the verdict holds for every count that would be
    shown so. Fewer, more or missing is said where the 95 % interval excludes the place's share and a fair
    draw is as far off with a chance of at most 5 % divided by the number of questions (Bonferroni), so that
    at most one fair circle in twenty gets any such verdict. In place of the uniformly stronger method of Holm
    (1979), each verdict so hangs on its own count alone, and tells nothing of counts that are not shown.

    >>> voice_of("young", Fraction(1, 4), exactly(5), exactly(100), 4).verdict.value
    'fewer than their share'
    """
    if whole.n == 0:
        return ValueVoice(name, float(place), Verdict.TOO_FEW, 0)
    ends = _corners(count, whole)
    low, high = jeffreys(*ends[0])[0], jeffreys(*ends[-1])[1]
    p = max(as_far(n, of, place, population) for n, of in ends)
    enough = enough_to_show(place, questions)
    if p * questions <= LEVEL and not low <= float(place) <= high:
        verdict = _side(count.n, whole.n, place)
    else:
        verdict = Verdict.ABOUT if enough is None or whole.least >= enough else Verdict.TOO_FEW
    share = Fraction(min(count.n, whole.n), whole.n)
    index = float(100 * share / place) if place else None
    needed = more_needed(min(count.n, whole.n), whole.n, place)
    return ValueVoice(
        name, float(place), verdict, count.n, float(share), low, high, index, needed, enough, min(p, 1.0)
    )


def _corners(count: Count, whole: Count) -> list[tuple[int, int]]:
    """The least share that the counts may stand for, the one shown, and the most."""
    pairs = [(count.least, whole.most), (count.n, whole.n), (count.most, whole.least)]
    return list(dict.fromkeys((min(n, of), of) for n, of in pairs))


def _side(n: int, whole: int, place: Fraction) -> Verdict:
    if n == 0:
        return Verdict.MISSING
    return Verdict.FEWER if Fraction(n, whole) < place else Verdict.MORE


def judged(
    counts: Sequence[Count],
    whole: Count,
    shares: Sequence[Fraction],
    questions: int,
    draws: int,
    population: int | None = None,
) -> Judged:
    """How far the counts are from the shares, beside fair draws of the same size.

    questions: how many dimensions are looked at, all circles together: the level is divided by it.
    """
    fair = fair_draw(whole.n, shares, draws, population)
    d = dissimilarity([count.n for count in counts], shares)
    p = fair.as_far(_least_distance(counts, whole, shares))
    would_show = fair.quantile(1 - LEVEL / questions)
    enough = ceil(whole.n * (would_show / GAP) ** 2)
    words = f"A fair draw of the same size would differ by as much in {_of_100(p)} of 100 draws."
    if p * questions <= LEVEL:
        verdict = Position.DIFFERS
    elif would_show > GAP:
        verdict = Position.TOO_FEW
        words += f" It would take about {enough:,} people to show a gap of {GAP * 100:.0f} points."
    else:
        verdict = Position.LIKE
    return Judged(verdict, words, d, p, enough, fair)


def _least_distance(counts: Sequence[Count], whole: Count, shares: Sequence[Fraction]) -> float:
    """The least distance for which all the counts may stand."""
    gaps = []
    for count, share in zip(counts, shares, strict=True):
        least, most = Fraction(count.least, whole.most), Fraction(count.most, whole.least)
        gaps.append(max(Fraction(0), least - share, share - most))
    return float(sum(gaps) / 2)


def _of_100(p: float) -> str:
    """
    >>> _of_100(0.0004), _of_100(0.07), _of_100(1.0)
    ('fewer than 1', '7', '100')
    """
    return "fewer than 1" if p < 0.01 else f"{min(round(100 * p), 99 if p < 1 else 100)}"
