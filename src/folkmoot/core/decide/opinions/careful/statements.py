"""Which statements unite everybody, which divide, and which group would a majority pass over?

People are grouped by their votes, so that groups differ on those votes even where there is nothing to differ
about. So, wherever a difference is tested, each person's part is found anew without their vote on that very
statement.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import beta, binom, hypergeom

from folkmoot.core.decide.opinions.careful.compiled import Floats, Marks
from folkmoot.core.decide.opinions.careful.result import Count

Tally = npt.NDArray[np.int64]  # statements x parts x (agree, disagree, passed)
CONFIDENCE = 0.95


@dataclass(frozen=True, eq=False)
class Findings:
    """By statement: counts over everybody and by part; lowest bounds of agreeing and of disagreeing over the
    parts (nan where too few voted); unites 1, -1 or 0; more, less and shown (statements x parts); gap,
    between parts that are shown."""

    everybody: Tally
    parts: Tally
    lowest: Floats
    lowest_against: Floats
    unites: Marks
    more: npt.NDArray[np.bool_]
    less: npt.NDArray[np.bool_]
    shown: npt.NDArray[np.bool_]
    gap: Floats


def told_apart(voted: npt.NDArray[np.int64], everybody: int, threshold: int) -> list[bool]:
    """Which parts' counts are shown: those of enough people, and where one is not shown, no more than leave
    so many untold that the few cannot be found by taking the others from everybody.

    >>> told_apart(np.array([30, 9, 3]), 42, 5)
    [True, False, False]
    """
    shown = voted >= threshold
    while not shown.all() and shown.any() and 0 < everybody - int(voted[shown].sum()) < threshold:
        shown[np.where(shown, voted, voted.max() + 1).argmin()] = False
    return [bool(one) for one in shown]


def tally(seen: npt.NDArray[np.int32], value: Floats, part: Marks, statements: int, parts: int) -> Tally:
    """How often each part agreed, disagreed and passed. part: of each vote, -1 for none."""
    kind = np.where(value > 0, 0, np.where(value < 0, 1, 2))
    inside = part >= 0
    places = (seen[inside].astype(np.int64) * parts + part[inside]) * 3 + kind[inside]
    return np.bincount(places, minlength=statements * parts * 3).reshape(statements, parts, 3)


def findings(everybody: Tally, parts: Tally, apart: Tally, alpha: float, threshold: int) -> Findings:
    """What the counts say. everybody: statements x 1 x 3; parts: as people were placed; apart: the same with
    each person placed without their vote on that statement, for tests."""
    every = np.concatenate([everybody, parts], axis=1)
    voted = parts.sum(axis=2)
    more, less = _differences(apart, voted, alpha, threshold)
    shown = np.zeros(voted.shape, bool)
    for place, whole in enumerate(everybody.sum(axis=(1, 2)).tolist()):
        shown[place] = told_apart(voted[place], whole, threshold)
    enough = shown & (apart.sum(axis=2) >= threshold)
    share = apart[:, :, 0] / np.maximum(apart.sum(axis=2), 1)
    gap = np.zeros(len(parts))
    if parts.shape[1]:
        gap = np.where(enough, share, -np.inf).max(axis=1) - np.where(enough, share, np.inf).min(axis=1)
        gap = np.where(enough.sum(axis=1) > 1, gap, 0.0)
    return Findings(
        everybody[:, 0],
        parts,
        _lowest(every, 0, threshold),
        _lowest(every, 1, threshold),
        _uniting(every, alpha, threshold),
        more,
        less,
        shown,
        gap,
    )


def bounds(of: Tally, voted: Tally) -> tuple[Floats, Floats]:
    """Two-sided 95 % bounds of a share (Clopper and Pearson 1934): exact, if wide."""
    tail = (1.0 - CONFIDENCE) / 2.0
    lower = np.where(of > 0, beta.ppf(tail, np.maximum(of, 1), voted - of + 1), 0.0)
    upper = np.where(of < voted, beta.ppf(1.0 - tail, of + 1, np.maximum(voted - of, 1)), 1.0)
    return lower, upper


def count_of(votes: npt.NDArray[np.int64]) -> Count:
    """(agree, disagree, passed) with bounds."""
    agree, whole = np.array(votes[0]), np.array(votes.sum())
    lower, upper = bounds(agree, whole)
    return Count(int(votes[0]), int(votes[1]), int(votes[2]), float(lower), float(upper))


def _lowest(every: Tally, kind: int, threshold: int) -> Floats:
    """The one-sided lower bound of the share in the part where it is lowest."""
    of, voted = every[:, :, kind], every.sum(axis=2)
    lower = np.where(of > 0, beta.ppf(1.0 - CONFIDENCE, np.maximum(of, 1), voted - of + 1), 0.0)
    return np.where((voted >= threshold).all(axis=1), lower.min(axis=1), np.nan)


def _uniting(every: Tally, alpha: float, threshold: int) -> Marks:
    """Where a majority of every part agrees or disagrees: the exact test of each part, the least sure of them
    (Berger 1982), with false discoveries held down over all statements and both directions."""
    voted = every.sum(axis=2)
    p = np.stack([binom.sf(every[:, :, kind] - 1, voted, 0.5).max(axis=1) for kind in (0, 1)], axis=1)
    p[(voted < threshold).any(axis=1)] = 1.0
    clear = discoveries(p, alpha)
    return clear[:, 0].astype(np.int64) - clear[:, 1]


def _differences(
    apart: Tally, told: npt.NDArray[np.int64], alpha: float, threshold: int
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which parts agree more, or less, than all others together (Fisher's exact test), over all statements
    and parts and both directions. told: how many of each part voted, of whom nothing is said if too few."""
    agree, voted = apart[:, :, 0], apart.sum(axis=2)
    all_agree, all_voted = agree.sum(axis=1, keepdims=True), voted.sum(axis=1, keepdims=True)
    p = np.stack(
        [
            hypergeom.sf(agree - 1, all_voted, all_agree, voted),
            hypergeom.cdf(agree, all_voted, all_agree, voted),
        ]
    )
    p[:, (told < threshold) | (voted < threshold) | (all_voted - voted < threshold)] = 1.0
    clear = discoveries(p, alpha)
    return clear[0], clear[1]


def discoveries(p: Floats, alpha: float) -> npt.NDArray[np.bool_]:
    """Which findings to keep so that, on average, at most `alpha` of them are false (Benjamini and Hochberg
    1995).

    >>> discoveries(np.array([0.01, 0.02, 0.9]), 0.05).tolist()
    [True, True, False]
    """
    ordered = np.sort(p, axis=None)
    within = np.flatnonzero(ordered <= alpha * np.arange(1, len(ordered) + 1) / max(len(ordered), 1))
    return np.asarray(p <= ordered[within[-1]]) if len(within) else np.zeros(p.shape, bool)
