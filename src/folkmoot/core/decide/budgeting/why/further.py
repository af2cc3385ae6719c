"""How many more supporters would a project have needed, to be bought with equal shares?"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from folkmoot.core.decide.budgeting.election import Election
from folkmoot.core.decide.budgeting.exact_shares import Purses
from folkmoot.core.decide.budgeting.settings import Settings, Utility
from folkmoot.core.decide.budgeting.why.replay import Moment, covered, held


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A further supporter of one project alone: their money, in units of the election, and weight."""

    share: Fraction
    weight: int

    def gives(self, price: Fraction) -> Fraction:
        """What they pay at this price a weight."""
        return min(self.share, price * self.weight)


def newcomer(election: Election, settings: Settings, share: Fraction) -> Newcomer | None:
    """Who a further supporter would be; nobody under Borda, where a ballot for one project weighs nothing.

    Under points they give the project as many as anybody gave to any project.
    """
    ballots = election.ballots
    if settings.utility is Utility.BORDA or not share:
        return None
    if settings.utility is Utility.POINTS and ballots.points is not None:
        most = int(ballots.points.max(initial=0))
        return Newcomer(share, most) if most else None
    return Newcomer(share, 1)


class Further:
    """The least number of further supporters of each losing project, gathered while the count is replayed.

    The definition: further supporters choose this project alone, and each has the same share as everybody
    had in this count (at the last level, under Add1); nobody's share grows smaller, and the budget is not
    asked. With that many the project is bought in the count at this share; with one fewer it is not.

    Such supporters change nothing before the project is bought, because nothing else takes their money. So
    it is enough to ask at each moment of the count that was: how many would it take for this project to be
    bought now, ahead of the one that was, or, at the end, to be bought at all?
    """

    def __init__(self, losers: Iterable[int], ranks: tuple[int, ...], one: Newcomer) -> None:
        self.least: dict[int, int | None] = dict.fromkeys(losers)
        self.ranks, self.one = ranks, one

    def look(self, moment: Moment) -> None:
        """Ask at this moment."""
        for project in self.least:
            more = self._now(moment, project)
            before = self.least[project]
            if more is not None and (before is None or more < before):
                self.least[project] = more

    def _now(self, moment: Moment, project: int) -> int | None:
        purses, deal = moment.purses, moment.deal
        if deal is None:
            return self._at_all(purses, project)
        terms = deal.price * purses.payers.worth(project)
        other = purses.payers.worth(deal.project)
        if not terms or not other:
            return None  # what was bought cost nothing: nobody comes ahead of it with a price
        return self._ahead(moment, project, terms / other)

    def _at_all(self, purses: Purses, project: int) -> int:
        missing = int(purses.payers.costs[project]) - held(purses, project)
        return max(ceil(missing / self.one.share), 1)

    def _ahead(self, moment: Moment, project: int, price: Fraction) -> int:
        """How many it takes for a price below this one, or equal to it where the project wins ties."""
        given, rich = covered(moment.purses, project, price)
        missing, each = int(moment.purses.payers.costs[project]) - given, self.one.gives(price)
        rich = rich or price * self.one.weight <= self.one.share
        ties = moment.deal is not None and self.ranks[project] < self.ranks[moment.deal.project]
        # Where nobody has all of this price, whatever covers the cost does so at a lower one.
        more = ceil(missing / each) if ties or not rich else floor(missing / each) + 1
        return max(more, 1)
