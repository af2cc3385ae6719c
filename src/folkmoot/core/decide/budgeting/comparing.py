"""Which of two outcomes do more voters prefer, and which projects have too few votes for what they cost?"""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from folkmoot.core.decide.budgeting.election import Election
from folkmoot.core.decide.budgeting.payers import Payers, payers_of
from folkmoot.core.decide.budgeting.settings import Utility


def ineligible(election: Election, part: Fraction | None) -> tuple[int, ...]:
    """The projects whose share of the votes is below `part` of their share of the budget, by place.

    A project is out if votes / voters < part x cost / budget; Świecie counted so in 2023, with a part of 1/3.
    None leaves everything in.

    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> park, hall = Project("park", Fraction(90)), Project("hall", Fraction(60))
    >>> vote = Election((park, hall), Fraction(100), Ballots.gathered([[0], [1]], [2, 8]))
    >>> ineligible(vote, Fraction(1, 3))
    (0,)
    """
    if part is None:
        return ()
    voters = election.ballots.voters
    return tuple(
        place
        for place, (votes, cost) in enumerate(zip(election.votes, election.costs, strict=True))
        if votes * election.limit * part.denominator < part.numerator * cost * voters
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many voters would rather have the first outcome, or the second, and who has nothing in either."""

    first: int
    second: int
    alike: int
    first_empty: int  # voters whose ballot holds no winner of the first
    second_empty: int

    @property
    def first_stands(self) -> bool:
        """Whether the first outcome stands: the second replaces it only if more voters prefer the second."""
        return self.first >= self.second


def compared(
    election: Election, first: Collection[int], second: Collection[int], utility: Utility = Utility.COST
) -> Comparison:
    """Compare two outcomes (places of winners) by what each voter has of them.

    A voter prefers the outcome whose winners on their ballot are worth more to them in all; cost and
    cardinality are the usual measures. This is the last step of the count in Wieliczka and Świecie
    (2023: equal shares against greedy). Raises Refused for points or ranks that the ballots have not.

    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> costs = {"park": 70, "hall": 60, "pond": 40}
    >>> projects = tuple(Project(id, Fraction(cost)) for id, cost in costs.items())
    >>> vote = Election(projects, Fraction(100), Ballots.gathered([[0], [1, 2], [0, 1], []], [4, 3, 2, 1]))
    >>> compared(vote, [1, 2], [0])
    Comparison(first=3, second=6, alike=1, first_empty=5, second_empty=4)
    """
    counts, value = election.ballots.counts, payers_of(election, utility)
    mine, yours = _held(value, first), _held(value, second)
    chosen = payers_of(election, Utility.CARDINALITY)
    return Comparison(
        first=int(counts[mine > yours].sum()),
        second=int(counts[mine < yours].sum()),
        alike=int(counts[mine == yours].sum()),
        first_empty=int(counts[_held(chosen, first) == 0].sum()),
        second_empty=int(counts[_held(chosen, second) == 0].sum()),
    )


def _held(payers: Payers, winners: Collection[int]) -> NDArray[Any]:
    """What each group has of an outcome; exact at any size."""
    scales = [payers.worth(place) for place in winners]
    most = sum(scales) * int(payers.weights.max(initial=0))
    held: NDArray[Any] = np.zeros(len(payers.counts), dtype=np.int64 if most < 2**62 else np.object_)
    for place, scale in zip(winners, scales, strict=True):
        groups, weights = payers.of(place)
        held[groups] = held[groups] + weights.astype(held.dtype) * scale
    return held
