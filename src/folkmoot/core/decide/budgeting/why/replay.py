"""Who had how much money when each project was bought with equal shares?"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import numpy as np

from folkmoot.core.decide.budgeting.election import Counts, Election, Indices
from folkmoot.core.decide.budgeting.exact_shares import Purses, Whole
from folkmoot.core.decide.budgeting.outcome import Outcome
from folkmoot.core.decide.budgeting.payers import payers_of
from folkmoot.core.decide.budgeting.settings import Settings


@dataclass(frozen=True, eq=False, slots=True)
class Deal:
    """One purchase: the most that one weight paid, and who paid it; money in units of the election."""

    project: int
    price: Fraction
    in_full: int  # people who paid the price (times their weight)
    gave_all: int  # people who had less, and gave all of it
    given: Fraction  # what these gave between them
    groups: Indices  # of the supporters
    paid: Whole  # by one voter of each of these groups, in `parts` of a unit
    parts: int


@dataclass(frozen=True, eq=False, slots=True)
class Moment:
    """What voters hold just before a purchase; the last moment has none, and says what is left."""

    purses: Purses
    deal: Deal | None


def moments(election: Election, settings: Settings, outcome: Outcome) -> Iterator[Moment]:
    """The count of equal shares at the share of the outcome (under Add1 the last level), step by step.

    Projects that a completion added by votes were not bought, and come in no moment. The purses change as
    the moments pass. Raises ValueError where the outcome has no share, or its winners cannot be bought.
    """
    if outcome.share is None:
        raise ValueError("an outcome without shares cannot be replayed")
    payers = payers_of(election, settings.utility)
    purses = Purses(payers, outcome.share * election.unit)
    added = set(outcome.completed)
    for project in outcome.winners:
        if project not in added:
            deal = _deal(purses, project)
            yield Moment(purses, deal)
            purses.pay(project, deal.price)
    yield Moment(purses, None)


def _deal(purses: Purses, project: int) -> Deal:
    price = purses.price(project)
    if price is None:
        raise ValueError(f"project {project} cannot be bought")
    groups, weights = purses.payers.of(project)
    counts: Counts = purses.payers.counts[groups]
    # In parts of a unit that the price, too, is whole in.
    more = price.denominator // gcd(price.denominator, purses.parts)
    parts = purses.parts * more
    money = purses.money[groups] * more
    asked = weights.astype(object) * (price.numerator * (parts // price.denominator))
    rich = (money >= asked).astype(np.bool_)
    full, poor = int(counts[rich].sum()), int(counts[~rich].sum())
    given = Fraction(int((money[~rich] * counts[~rich]).sum()), parts)
    return Deal(project, price, full, poor, given, groups, np.minimum(money, asked), parts)


def held(purses: Purses, project: int) -> Fraction:
    """What the supporters of a project have between them, in units of the election."""
    groups, _ = purses.payers.of(project)
    total = int((purses.money[groups] * purses.payers.counts[groups]).sum()) if len(groups) else 0
    return Fraction(total, purses.parts)


def covered(purses: Purses, project: int, price: Fraction) -> tuple[Fraction, bool]:
    """What the supporters cover if each pays at most that price a weight, in units of the election; and
    whether any of them has all of the price."""
    groups, weights = purses.payers.of(project)
    if not len(groups):
        return Fraction(0), False
    counts, money = purses.payers.counts[groups], purses.money[groups]
    asked = price.numerator * purses.parts  # a weight, in parts of a unit times the price's denominator
    if (weights == weights[0]).all():
        poor = (money < -(-asked * int(weights[0]) // price.denominator)).astype(np.bool_)
    else:
        poor = (money * price.denominator < weights.astype(object) * asked).astype(np.bool_)
    given = int((money[poor] * counts[poor]).sum())
    rich = int((weights[~poor] * counts[~poor]).sum())
    return Fraction(given * price.denominator + rich * asked, price.denominator * purses.parts), rich > 0
