"""How many votes would a project have needed, to be funded where the best score comes first?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

import numpy as np

from folkmoot.core.decide.budgeting.election import Election, VoteType
from folkmoot.core.decide.budgeting.payers import payers_of
from folkmoot.core.decide.budgeting.settings import Settings, Utility


@dataclass(frozen=True, slots=True)
class Score:
    """What a project goes by: a total (votes, points) and what it is divided by (1, or the cost)."""

    total: int
    divisor: int

    @property
    def value(self) -> Fraction | None:
        """The score; None is above every other: something wanted that costs nothing."""
        if self.divisor:
            return Fraction(self.total, self.divisor)
        return None if self.total else Fraction(0)

    def further(self, other: "Score", ties: bool) -> int | None:
        """By how much the total must grow to be ahead of the other, or level with it where that is enough."""
        if other.value is None:
            return None
        if not self.divisor:
            return max(1 - self.total, 0)
        least = other.value * self.divisor - self.total
        return max(ceil(least) if ties else floor(least) + 1, 0)


def scores_of(election: Election, settings: Settings) -> tuple[Score, ...]:
    """The scores by which the greedy rules order: votes, points or ranks where the utility is COST, and
    otherwise that utility for each unit of money."""
    points = election.ballots.points is not None
    if settings.utility is Utility.COST:
        ranked = election.vote_type is VoteType.ORDINAL
        totals = _by_rank(election) if ranked else election.points
        return tuple(Score(total, 1) for total in totals)
    totals = election.points if settings.utility is Utility.POINTS and points else election.votes
    if settings.utility is Utility.BORDA:
        payers = payers_of(election, Utility.BORDA)
        spans = [payers.of(place) for place in range(len(election.projects))]
        totals = tuple(int((payers.counts[groups] * weights).sum()) for groups, weights in spans)
    return tuple(Score(total, cost) for total, cost in zip(totals, election.costs, strict=True))


def _by_rank(election: Election) -> Sequence[int]:
    """As many points for a first rank as the longest ballot has places, one less for each after it."""
    ballots, told = election.ballots, np.zeros(len(election.projects), dtype=np.int64)
    lengths = np.diff(ballots.starts)
    before = np.arange(len(ballots.choices)) - np.repeat(ballots.starts[:-1], lengths)
    given = (lengths.max(initial=0) - before) * np.repeat(ballots.counts, lengths)
    np.add.at(told, ballots.choices, given)
    return [int(one) for one in told]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a losing project met when its turn came, and by how much its total was too small."""

    left: int  # of the budget, in units of the election
    stopped: bool  # the count had ended before
    rival: int | None  # a winner that had shut it out before
    further: int | None  # None: no total would have been enough


class Queue:
    """The order in which projects were asked, and the money before each."""

    def __init__(
        self,
        election: Election,
        scores: Sequence[Score],
        entered: Iterable[int],
        left: int,
        ranks: Sequence[int],
        *,
        skips: bool = True,
        rivals: Mapping[int, frozenset[int]] | None = None,
    ) -> None:
        self.costs, self.scores, self.ranks = election.costs, scores, ranks
        self.skips, self.rivals, self.left = skips, rivals or {}, left
        self.order = sorted(entered, key=self._place)

    def turn(self, project: int) -> Turn:
        """A losing project's turn, and how much more would have brought it far enough forward.

        Nothing else is changed: without this project the others are asked in the same order, and what is
        left of the budget only falls. The last place at which it still fits is the one that it must reach.
        """
        others = [place for place in self.order if place != project]
        own_at = sum(self._place(place) < self._place(project) for place in others)
        left, stopped, rival = self.left, False, None
        own, last, shut = Turn(left, False, None, None), -1, set[int]()
        for at in range(len(others) + 1):
            if at == own_at:
                own = Turn(left, stopped, rival, None)
            if self.costs[project] <= left and not stopped and rival is None:
                last = at
            if at == len(others) or stopped or others[at] in shut:
                continue
            place = others[at]
            if self.costs[place] <= left:
                left -= self.costs[place]
                shut |= self.rivals.get(place, frozenset())
                rival = place if rival is None and project in shut else rival
            else:
                stopped = not self.skips
        return replace(own, further=self._further(project, others, last))

    def _further(self, project: int, others: Sequence[int], last: int) -> int | None:
        if last < 0:
            return None
        if last == len(others):
            return 0
        ties = self.ranks[project] < self.ranks[others[last]]
        return self.scores[project].further(self.scores[others[last]], ties)

    def _place(self, place: int) -> tuple[bool, Fraction, int]:
        value = self.scores[place].value
        return value is not None, -(value or Fraction(0)), self.ranks[place]


def rivals_of(election: Election, settings: Settings) -> dict[int, frozenset[int]]:
    """The rivals of each project that has any."""
    place_of = {project.id: place for place, project in enumerate(election.projects)}
    told: dict[int, frozenset[int]] = {}
    for group in settings.rivals:
        places = frozenset(place_of[id] for id in group)
        for place in places:
            told[place] = told.get(place, frozenset()) | places - {place}
    return told
