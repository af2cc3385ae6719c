"""Who pays for a project under equal shares, and in which proportion to each other?"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from folkmoot.core.decide.budgeting.election import Counts, Election, Indices
from folkmoot.core.decide.budgeting.settings import Utility
from folkmoot.core.kernel.errors import Refused


@dataclass(frozen=True, eq=False, slots=True)
class Payers:
    """Project c is paid for by the groups `groups[starts[c]:starts[c + 1]]`; of them a group of `counts[g]`
    voters pays in proportion to its `weights`. Costs, prices and money are in units of the election."""

    starts: Counts  # projects + 1
    groups: Indices
    weights: Counts  # above 0, beside `groups`
    counts: Counts  # by group
    costs: Counts
    by_cost: bool  # whether one weight of a project is worth its cost; otherwise it is worth 1

    @property
    def supported(self) -> tuple[int, ...]:
        """The projects that somebody would pay for."""
        return tuple(int(place) for place in np.flatnonzero(np.diff(self.starts)))

    def worth(self, project: int) -> int:
        """How much utility one weight of a project is."""
        return int(self.costs[project]) if self.by_cost else 1

    def of(self, project: int) -> tuple[Indices, Counts]:
        """The groups that pay for a project, and their weights."""
        span = slice(int(self.starts[project]), int(self.starts[project + 1]))
        return self.groups[span], self.weights[span]


def payers_of(election: Election, utility: Utility, out: tuple[int, ...] = ()) -> Payers:
    """Who pays for what, where a funded project is worth `utility`; nobody pays for those that are `out`.

    The price p of a project is the most that one weight pays. Under COST and CARDINALITY every weight is 1;
    under POINTS it is the points given; under BORDA the number of projects that the ballot ranks behind.
    Raises Refused for points or ranks that the ballots have not.
    """
    ballots = election.ballots
    weights = _weights(election, utility)
    few = len(election.projects) < 2**15  # so that they are sorted by counting
    order = np.argsort(ballots.choices.astype(np.int16) if few else ballots.choices, kind="stable")
    order = order[weights[order] > 0]
    if out:
        order = order[~np.isin(ballots.choices[order], np.array(out))]
    places = ballots.choices[order]
    starts = np.searchsorted(places, np.arange(len(election.projects) + 1)).astype(np.int64)
    costs = np.array(election.costs, dtype=object if max(election.costs, default=0) > 2**62 else np.int64)
    by_cost = utility is Utility.COST
    return Payers(starts, ballots.groups[order], weights[order], ballots.counts, costs, by_cost)


def _weights(election: Election, utility: Utility) -> Counts:
    ballots = election.ballots
    if utility is Utility.POINTS:
        if ballots.points is None:
            raise Refused(
                "The ballots have no points.",
                f"They are of the kind “{election.vote_type}”.",
                "Count by cost or by cardinality.",
                field="utility",
            )
        return ballots.points
    if utility is Utility.BORDA:
        if election.vote_type != "ordinal":
            raise Refused(
                "The ballots are not ranked.",
                f"They are of the kind “{election.vote_type}”.",
                "Count by cost or by cardinality.",
                field="utility",
            )
        ends = np.repeat(ballots.starts[1:], np.diff(ballots.starts))
        return ends - np.arange(len(ballots.choices)) - 1
    return np.ones(len(ballots.choices), dtype=np.int64)


def equal_share(election: Election) -> Fraction:
    """Each voter's part of the budget, in units of the election; 0 where nobody voted."""
    voters = election.ballots.voters
    return Fraction(election.limit, voters) if voters else Fraction(0)
