"""What did my share of the budget pay for?"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from folkmoot.core.decide.budgeting.election import Election
from folkmoot.core.decide.budgeting.outcome import Outcome
from folkmoot.core.decide.budgeting.settings import Rule, Settings
from folkmoot.core.decide.budgeting.why.replay import Deal, moments
from folkmoot.core.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Payment:
    """What one voter paid for a funded project that they chose; nothing, where their share was spent, or
    where a completion added it by votes."""

    project: int  # its place in the election's projects
    paid: Fraction  # in currency


@dataclass(frozen=True, slots=True)
class Share:
    """One voter's share, in currency: what they had, paid and have left, and what was not funded."""

    had: Fraction
    payments: tuple[Payment, ...]  # the funded projects that they chose, in the order of funding
    left: Fraction
    not_funded: tuple[int, ...]  # in the order of their ballot


@dataclass(frozen=True, eq=False, slots=True)
class SharesPaid:
    """What each group of equal ballots paid; `of` tells it for one group."""

    election: Election
    outcome: Outcome
    deals: dict[int, Deal]

    def of(self, group: int) -> Share:
        """The share of each voter of a group of equal ballots.

        Of a voter of a `.pb` file it is `shares.of(file.voter_group[file.voter(voter_id)])`.
        """
        ballots = self.election.ballots
        chosen = [int(place) for place in ballots.choices[ballots.starts[group] : ballots.starts[group + 1]]]
        funded = [place for place in self.outcome.winners if place in chosen]
        payments = tuple(Payment(place, self._paid(place, group)) for place in funded)
        had = self.outcome.share or Fraction(0)
        left = had - sum(one.paid for one in payments)
        return Share(had, payments, left, tuple(place for place in chosen if place not in funded))

    def _paid(self, project: int, group: int) -> Fraction:
        deal = self.deals.get(project)
        if deal is None:
            return Fraction(0)
        at = int(np.searchsorted(deal.groups, group))
        if at == len(deal.groups) or deal.groups[at] != group:
            return Fraction(0)  # it is on the ballot, with no points
        return Fraction(int(deal.paid[at]), deal.parts * self.election.unit)


def shares_paid(election: Election, settings: Settings, outcome: Outcome) -> SharesPaid:
    """What the share of every voter paid for, at the share of the outcome (under Add1 the last level).

    Raises Refused where the outcome is not one of equal shares: only there has each voter money to spend.

    >>> from folkmoot.core.decide.budgeting.counting import count
    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> park, hall = Project("park", Fraction(15)), Project("hall", Fraction(40))
    >>> vote = Election((park, hall), Fraction(100), Ballots.gathered([[0, 1], [1]], [3, 7]))
    >>> share = shares_paid(vote, Settings(), count(vote, Settings())).of(0)
    >>> share.payments[0].paid, share.payments[1].paid, share.left
    (Fraction(4, 1), Fraction(5, 1), Fraction(1, 1))
    """
    if settings.rule is not Rule.EQUAL_SHARES or outcome.share is None:
        raise Refused(
            "Nobody paid from a share of their own.",
            "Only under equal shares does each voter have money to spend.",
            "Count by equal shares.",
            field="rule",
        )
    deals = [moment.deal for moment in moments(election, settings, outcome)]
    return SharesPaid(election, outcome, {deal.project: deal for deal in deals if deal})
