"""How far is a circle from the place, and how far would a fair draw of the same size be?"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import comb, inf

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]
MOST_OUTCOMES = 20_000  # as many outcomes are reckoned exactly; more are drawn
ALMOST = 1e-9  # distances that differ by less are the same


def dissimilarity(counts: Sequence[int | float], shares: Sequence[Fraction]) -> float:
    """Half the sum of the gaps between two lists of shares: how much of the circle would have to change.

    From 0 (alike) to 1 (nothing shared). The index of dissimilarity (Duncan and Duncan 1955).

    >>> dissimilarity([5, 15], [Fraction(1, 2), Fraction(1, 2)])
    0.25
    """
    whole = sum(counts)
    return sum(abs(n / whole - float(q)) for n, q in zip(counts, shares, strict=True)) / 2


@dataclass(frozen=True)
class FairDraw:
    """How far fair draws of one size are from the place: distances in order, with the chance of each.

    exact: every outcome was reckoned; otherwise so many were drawn, from a seed made of the question itself.
    """

    distances: Floats
    chances: Floats
    exact: bool

    @cached_property
    def _reached(self) -> Floats:
        return np.cumsum(self.chances)

    def quantile(self, part: float) -> float:
        """The least distance that this part of the draws does not pass."""
        at = int(np.searchsorted(self._reached, part - ALMOST))
        return float(self.distances[min(at, len(self.distances) - 1)])

    def as_far(self, distance: float) -> float:
        """The part of fair draws that differ by as much or more.

        Of drawn outcomes, one more is counted in, so that it is never nought (Davison and Hinkley 1997,
        4.2.3).
        """
        from_here = int(np.searchsorted(self.distances, distance - ALMOST))
        told = float(self.chances[from_here:].sum())
        draws = len(self.distances)
        return min(told, 1.0) if self.exact else (told * draws + 1) / (draws + 1)


def fair_draw(
    size: int, shares: Sequence[Fraction], draws: int = 10_000, population: int | None = None
) -> FairDraw:
    """The distances of fair draws of a size from a place with these shares.

    population: everybody, where nobody is drawn twice (multivariate hypergeometric); otherwise the place is
    so large that it makes no difference (multinomial). Reckoned exactly where there are at most 20,000
    outcomes; drawn otherwise, by NumPy's generator from a digest of size and shares. The order of the values
    and their names make no difference. Raises ValueError for a size below 1 or above the population.

    >>> fair = fair_draw(2, [Fraction(1, 2), Fraction(1, 2)])
    >>> round(fair.as_far(0.5), 9), fair.quantile(0.5), fair.exact
    (0.5, 0.0, True)
    """
    if size < 1 or (population is not None and size > population):
        raise ValueError("a draw is of somebody, and of no more than there are")
    return _fair(size, tuple(sorted(share for share in shares if share)), draws, population)


@lru_cache(maxsize=256)
def _fair(size: int, shares: tuple[Fraction, ...], draws: int, population: int | None) -> FairDraw:
    chances: Floats
    exact = comb(size + len(shares) - 1, len(shares) - 1) <= MOST_OUTCOMES
    if exact:
        outcomes = _outcomes(size, len(shares))
        chances = np.exp(_log_chances(outcomes, shares, population))
    else:
        outcomes = _drawn(size, shares, draws, population)
        chances = np.full(draws, 1 / draws)
    gaps = np.abs(outcomes / size - np.array([float(share) for share in shares]))
    distances = gaps.sum(axis=1) / 2
    order = np.argsort(distances, kind="stable")
    return FairDraw(distances[order], chances[order], exact)


def _outcomes(size: int, values: int) -> NDArray[np.int64]:
    """Every way in which so many people can be of so many values, one a row."""
    rows = np.zeros((1, 0), dtype=np.int64)
    left = np.array([size])
    for _ in range(values - 1):
        repeats = left + 1
        rows = np.repeat(rows, repeats, axis=0)
        starts = np.repeat(np.cumsum(repeats) - repeats, repeats)
        taken = np.arange(len(rows)) - starts
        left = np.repeat(left, repeats) - taken
        rows = np.column_stack([rows, taken])
    return np.column_stack([rows, left])


def _log_chances(outcomes: NDArray[np.int64], shares: tuple[Fraction, ...], population: int | None) -> Floats:
    size = outcomes[0].sum()
    logs: Floats
    if population is None:
        parts = outcomes * np.log(np.array([float(share) for share in shares]))
        logs = gammaln(size + 1) + (parts - gammaln(outcomes + 1)).sum(axis=1)
        return logs
    people = np.array([int(share * population) for share in shares])
    free = people - outcomes
    ways = gammaln(people + 1) - gammaln(outcomes + 1) - gammaln(np.maximum(free, 0) + 1)
    every = gammaln(population + 1) - gammaln(size + 1) - gammaln(population - size + 1)
    logs = np.where((free < 0).any(axis=1), -inf, ways.sum(axis=1) - every)
    return logs


def _drawn(size: int, shares: tuple[Fraction, ...], draws: int, population: int | None) -> NDArray[np.int64]:
    question = "|".join([str(size), str(population), *map(str, shares)])
    seed = int.from_bytes(hashlib.sha256(question.encode()).digest()[:16], "big")
    lot = np.random.Generator(np.random.PCG64(seed))
    if population is None:
        return lot.multinomial(size, [float(share) for share in shares], size=draws)
    people = [int(share * population) for share in shares]
    return lot.multivariate_hypergeometric(people, size, size=draws, method="marginals")
