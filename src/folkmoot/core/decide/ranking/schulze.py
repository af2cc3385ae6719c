"""Who beats whom along the strongest path (Schulze)?"""

from dataclasses import dataclass

import numpy as np

from folkmoot.core.decide.ranking.ballots import Matrix, Rankings, Tiers
from folkmoot.core.decide.ranking.places import levels


@dataclass(frozen=True, eq=False, slots=True)
class Schulze:
    """How many prefer the row to the column, and how strong the strongest path between them is."""

    prefers: Matrix
    strengths: Matrix
    winners: tuple[int, ...]  # whom nobody beats along paths
    order: Tiers
    condorcet: int | None  # who beats everybody else one to one


def schulze(rankings: Rankings) -> Schulze:
    """Rank by beat paths, with the strength of a win being how many won it (winning votes).

    A path is as strong as its weakest win; x comes before y if the strongest path from x to y is stronger
    than that from y to x. This never goes round in a circle, but it may leave x and y equal. The order stands
    in levels: first all whom nobody beats, then all whom nobody of the rest beats, and so on. Who is not on a
    ballot is ranked below all who are, equal with the others that are not.

    Source: Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent
    single-winner election method", Social Choice and Welfare 36 (2011).

    >>> from folkmoot.core.decide.ranking.ballots import Candidate, Ranked
    >>> circle = [Ranked(((0,), (1,), (2,)), 4), Ranked(((1,), (2,), (0,)), 3), Ranked(((2,), (0,), (1,)), 2)]
    >>> schulze(Rankings.gathered(map(Candidate, "abc"), circle)).order
    ((0,), (1,), (2,))
    """
    prefers = rankings.prefers
    strengths = np.where(prefers > prefers.T, prefers, 0)
    for middle in range(len(strengths)):
        through = np.minimum(strengths[:, [middle]], strengths[[middle], :])
        strengths = np.maximum(strengths, through)
    np.fill_diagonal(strengths, 0)
    beats = strengths > strengths.T
    order = levels(len(beats), [np.flatnonzero(beats[:, one]).tolist() for one in range(len(beats))])
    alone = np.flatnonzero((prefers > prefers.T).sum(axis=1) == len(beats) - 1).tolist()
    return Schulze(prefers, strengths, order[0] if order else (), order, alone[0] if alone else None)
