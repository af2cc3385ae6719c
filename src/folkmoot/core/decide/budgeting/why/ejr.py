"""Is every group of voters with a wish in common given what its part of the money could have bought?"""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from folkmoot.core.decide.budgeting.election import Election
from folkmoot.core.decide.budgeting.payers import Payers, payers_of
from folkmoot.core.decide.budgeting.settings import Utility
from folkmoot.core.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Neglected:
    """A group that could have had more: it all chose a project that was not funded."""

    project: int  # its place in the election's projects
    people: int
    money: Fraction  # the group's part of the budget, in currency
    most: Fraction  # what the best off of them has from the outcome: its cost, or the number of projects


def neglected(
    election: Election, winners: Collection[int], utility: Utility = Utility.COST, out: Collection[int] = ()
) -> Neglected | None:
    """The largest group that shows that the outcome is not EJR+ up to one project; None where it is.

    Of B the budget, n the voters, W the winners and u_i(W) what voter i has of them (COST: the cost of the
    winners that i chose; CARDINALITY: their number), the outcome is EJR+ up to one project if for every
    project c that was not funded and every group S of voters who all chose c, somebody in S has

        u_i(W) + u(c)  >  u(c) / cost(c) x |S| x B / n,

    that is, with c they would have more than the whole of what the money of S buys at the terms of c. (A
    group that cannot pay for c is never neglected: then u(c) alone is more.) Where all projects cost the same
    this is EJR+ as it was defined. For COST, the right side is just the money of S.

    It is enough to look at the supporters of each c in the order of what they have: a group that is neglected
    stays so when everybody is added who has no more than its best off member. So it takes
    O(choices x log voters), exact throughout. The outcome of equal shares always passes with its own utility,
    at its share or after Add1: while every member of S still has cost(c) / |S|, nothing is bought at terms
    worse than those of c for S, and c would be bought before they run out. Projects that are `out` (by a
    threshold, or ineligible) raise no claim; under COST nor do those that cost nothing, being worth nothing.

    Sources: EJR+, Brill and Peters 2023, Robust and verifiable proportionality axioms for multiwinner
    voting (arXiv 2302.01989); up to one project, and the argument, Peters, Pierczyński and Skowron 2021,
    Proportional participatory budgeting with additive utilities (arXiv 2008.13276). Raises Refused for a
    utility by points or ranks, for which it is not defined here.

    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> projects = tuple(Project(id, Fraction(50)) for id in ("park", "pool", "pond"))
    >>> vote = Election(projects, Fraction(100), Ballots.gathered([[0, 1], [2]], [5, 5]))
    >>> neglected(vote, [0, 2])
    >>> neglected(vote, [0, 1])
    Neglected(project=2, people=5, money=Fraction(50, 1), most=Fraction(0, 1))
    """
    if utility not in (Utility.COST, Utility.CARDINALITY):
        raise Refused(
            "This check is for what people chose.",
            "Points and ranks are more.",
            "Check by cost or cardinality.",
        )
    payers, have = payers_of(election, utility), _have(election, winners, utility)
    shut = {*winners, *out}
    groups = [_claim(election, payers, place, have) for place in payers.supported if place not in shut]
    return max(filter(None, groups), key=lambda group: group.people, default=None)


def _claim(election: Election, payers: Payers, project: int, have: NDArray[Any]) -> Neglected | None:
    """The largest neglected group that chose this project."""
    worth, cost, voters = payers.worth(project), int(payers.costs[project]), election.ballots.voters
    groups, _ = payers.of(project)
    order = groups[np.argsort(have[groups], kind="stable")]
    people, most = np.cumsum(payers.counts[order]), have[order]
    # Left and right side times cost x n / u(c), in units of the election.
    asked = (most.astype(object) + worth) * (cost * voters)
    money = people.astype(object) * (election.limit * worth)
    claims = np.flatnonzero((asked <= money).astype(np.bool_))
    if not len(claims) or not worth:
        return None
    at = int(claims[-1])
    share = Fraction(int(people[at]) * election.limit, voters * election.unit)
    unit = election.unit if payers.by_cost else 1
    return Neglected(project, int(people[at]), share, Fraction(int(most[at]), unit))


def _have(election: Election, winners: Collection[int], utility: Utility) -> NDArray[Any]:
    """What each group of ballots has of the winners, in units of the election or in projects."""
    ballots, worth = election.ballots, np.zeros(len(election.projects), dtype=object)
    for place in winners:
        worth[place] = election.costs[place] if utility is Utility.COST else 1
    small = sum(int(one) for one in worth) < 2**62
    kind: Any = np.int64 if small else np.object_
    told: NDArray[Any] = np.zeros(len(ballots), dtype=kind)
    np.add.at(told, ballots.groups, worth.astype(kind)[ballots.choices])
    return told
