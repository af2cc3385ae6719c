"""Between which shares may the truth lie, how sure can we be, and how many people would it take?"""

from fractions import Fraction
from functools import lru_cache
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrc, betaincinv, gammaln, ndtri

LEVEL = 0.05  # how often, at most, a fair draw gets any verdict at all
POWER = 0.8  # how often a gap that matters should show
GAP = 0.1  # a gap that matters: ten points, or half of the place's share where that is less


def jeffreys(n: int, whole: int, level: float = LEVEL) -> tuple[float, float]:
    """The Jeffreys interval of n of a whole, as shares; (0, 1) for a whole of nobody.

    The middle 1 - level of the distribution Beta(n + 1/2, whole - n + 1/2), but exactly 0 below where n is 0
    and exactly 1 above where n is the whole (Brown, Cai and DasGupta 2001, section 3.1.3).

    >>> [round(end, 4) for end in jeffreys(0, 20)], [round(end, 4) for end in jeffreys(10, 20)]
    ([0.0, 0.1166], [0.2934, 0.7066])
    """
    if not 0 <= n <= whole:
        raise ValueError("n is from 0 to the whole")
    if whole == 0:
        return 0.0, 1.0
    low = 0.0 if n == 0 else float(betaincinv(n + 0.5, whole - n + 0.5, level / 2))
    high = 1.0 if n == whole else float(betaincinv(n + 0.5, whole - n + 0.5, 1 - level / 2))
    return low, high


def as_far(n: int, whole: int, share: Fraction, population: tuple[int, int] | None = None) -> float:
    """How often a fair draw of the whole has as few as n, or as many, whichever is rarer: twice that tail.

    Exact: binomial, or where the population is counted as (everybody, those of this value), hypergeometric.
    Twice the smaller tail, at most 1, is rarer than or as rare as it says (Cox and Hinkley 1974, 3.4).

    >>> round(as_far(0, 20, Fraction(1, 4)), 4), as_far(5, 20, Fraction(1, 4))
    (0.0063, 1.0)
    """
    if population is not None:
        return _as_far_of(n, whole, *population)
    as_few = bdtr(n, whole, float(share)) if n < whole else 1.0
    as_many = bdtrc(n - 1, whole, float(share)) if n > 0 else 1.0
    return float(min(1.0, 2 * min(as_few, as_many)))


def _as_far_of(n: int, whole: int, everybody: int, of_this: int) -> float:
    """The same where nobody is drawn twice: the chances of every possible number, from logs of factorials."""
    others = everybody - of_this
    k = np.arange(max(0, whole - others), min(whole, of_this) + 1)

    chances = np.exp(_log_ways(of_this, k) + _log_ways(others, whole - k) - _log_ways(everybody, whole))
    return float(min(1.0, 2 * min(chances[k <= n].sum(), chances[k >= n].sum())))


def _log_ways(people: int, drawn: int | NDArray[np.int64]) -> NDArray[np.float64]:
    ways: NDArray[np.float64] = gammaln(people + 1) - gammaln(drawn + 1) - gammaln(people - drawn + 1)
    return ways


def more_needed(n: int, whole: int, target: Fraction) -> int | None:
    """How many more people of a value, and of no other, bring its share to the target; None where none can.

    The least k with (n + k) / (whole + k) >= target: ceil((target * whole - n) / (1 - target)), exactly.

    >>> more_needed(5, 100, Fraction(1, 10)), more_needed(10, 100, Fraction(1, 10))
    (6, 0)
    """
    if target == 1:
        return 0 if n == whole else None
    return max(0, ceil((target * whole - n) / (1 - target)))


@lru_cache(maxsize=1024)
def enough_to_show(share: Fraction, questions: int) -> int | None:
    """About how many people it takes until a gap that matters shows four times of five.

    The gap: ten points either way, or half of the share (or of what is left of the whole) where that is less.
    questions: how many values are looked at, so that each is judged at the level divided by them. The normal
    approximation for one share (Fleiss, Levin and Paik 2003, 2.2). None where there can be no gap.

    >>> [enough_to_show(Fraction(1, half), asked) for half, asked in ((2, 1), (2, 20), (50, 1))]
    [194, 371, 1747]
    """
    here = float(share)
    if share in (0, 1):
        return None
    gap = min(GAP, here / 2, (1 - here) / 2)
    sure, shows = -float(ndtri(LEVEL / (2 * questions))), float(ndtri(POWER))
    spread = sure * sqrt(here * (1 - here))
    others = (here - gap, here + gap)
    return max(ceil(((spread + shows * sqrt(one * (1 - one))) / gap) ** 2) for one in others)
