"""What differs between two outcomes of one vote, and who prefers which?"""

from dataclasses import dataclass

from folkmoot.core.decide.budgeting.comparing import Comparison, compared
from folkmoot.core.decide.budgeting.election import Election
from folkmoot.core.decide.budgeting.outcome import Outcome
from folkmoot.core.decide.budgeting.settings import Utility


@dataclass(frozen=True, slots=True)
class Against:
    """Two outcomes side by side; projects as places, in the order of funding."""

    both: tuple[int, ...]
    first_only: tuple[int, ...]
    second_only: tuple[int, ...]
    by_cost: Comparison  # voters who have more money's worth of what they chose from one or the other
    by_number: Comparison  # the same by the number of projects


def against(election: Election, first: Outcome, second: Outcome) -> Against:
    """Which projects win in one outcome alone, which voters prefer which, and how many have nothing.

    >>> from fractions import Fraction
    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> projects = tuple(Project(id, Fraction(50)) for id in ("park", "pool", "pond"))
    >>> vote = Election(projects, Fraction(100), Ballots.gathered([[0, 1], [2]], [6, 4]))
    >>> told = against(vote, Outcome((0, 2)), Outcome((0, 1)))
    >>> told.first_only, told.second_only, told.by_cost.first_empty, told.by_cost.second_empty
    ((2,), (1,), 0, 4)
    """
    one, other = set(first.winners), set(second.winners)
    return Against(
        both=tuple(place for place in first.winners if place in other),
        first_only=tuple(place for place in first.winners if place not in other),
        second_only=tuple(place for place in second.winners if place not in one),
        by_cost=compared(election, first.winners, second.winners, Utility.COST),
        by_number=compared(election, first.winners, second.winners, Utility.CARDINALITY),
    )
