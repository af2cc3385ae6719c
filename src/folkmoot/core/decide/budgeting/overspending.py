"""Which projects win if voters share the budget equally, and may overspend their share a little?"""

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from folkmoot.core.decide.budgeting.comparing import ineligible
from folkmoot.core.decide.budgeting.election import Election, Indices
from folkmoot.core.decide.budgeting.outcome import Outcome, Purchase
from folkmoot.core.decide.budgeting.payers import payers_of
from folkmoot.core.decide.budgeting.phragmen import HALF_BIT
from folkmoot.core.decide.budgeting.settings import Settings, Utility

LONGEST = 4096  # bits of the common denominator of all payments, beyond which a payment is rounded
TINY = 1e-290  # of the budget; below it floats decide nothing
INFINITE = float("inf")

Floats = NDArray[np.float64]
Whole = NDArray[np.object_]  # Python's whole numbers: exact at any length


def overspending(election: Election, settings: Settings, *, longest: int = LONGEST) -> Outcome:
    """Buy with equal shares and bounded overspending (BOS): at the best terms, even a little on credit.

    Each voter starts with an equal part of the budget. Take a project, a rate r per unit of utility, and the
    part a of its cost that its supporters cover if each pays r x a x utility, or all they have:
    sum of min(money, r x a x utility) = a x cost, with 0 < a <= 1. The project and the pair with the least
    r / a win. The project is bought whole, if it fits into what is left of the budget, and each supporter's
    money falls by r x utility, but not below nothing. So a project whose supporters can cover nine tenths
    of it is bought at terms a little worse than if they could cover all of it. The count ends when
    nothing fits, or nobody with money left chose anything that does; something may still fit then.

    Of two pairs of one project with the same r / a the one with the smaller r is taken; equal projects go by
    the settings' ties. What costs nothing and was chosen by anybody is bought first, at no price. The price
    of a purchase is what was asked of each voter (of each point, where utility goes by points), in currency;
    whoever has less gives all of it.

    Exact as long as the common denominator of all payments has at most `longest` bits: in small elections
    always, but each purchase on credit doubles it. From there on a payment is rounded up, to a multiple of
    a part of the currency below 2**(1 - longest / 2), and all else is exact.

    Raises Refused for points or ranks that the ballots have not.

    Source: Papasotiropoulos, Pishbin, Skibski, Skowron and Wąs, "Method of Equal Shares with Bounded
    Overspending" (2024), arXiv 2409.15005; the definition, and which of two equal pairs is taken, as two
    public implementations have them that agree.

    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> park, hall = Project("park", Fraction(100)), Project("hall", Fraction(30))
    >>> vote = Election((park, hall), Fraction(100), Ballots.gathered([[0], [1]], [7, 3]))
    >>> [(one.project, str(one.price)) for one in overspending(vote, Settings()).purchases]
    [(0, '100/7')]
    """
    out = ineligible(election, settings.eligible_at)
    market = _Market(election, settings, set(out), longest)
    bought = tuple(market.purchases())
    return Outcome(tuple(one.project for one in bought), bought, left_out=out)


@dataclass(frozen=True, eq=False, slots=True)
class _Offer:
    """A project, and beside each other the groups that chose it, their people, amounts and products."""

    place: int
    cost: int
    factor: int  # an amount x this is utility
    groups: Indices
    people: Whole
    amounts: Whole
    heads: Whole


@dataclass(frozen=True, eq=False, slots=True)
class _Survey:
    """The supporters who have money, by the rate that takes all of it, and how good the terms can be."""

    order: NDArray[np.intp]  # places in the offer's groups
    rates: Floats  # in parts of the budget
    lows: Floats  # a lower bound of r / a where the rate is just theirs
    full_low: float  # and where the whole cost is covered


@dataclass(frozen=True, slots=True)
class _Terms:
    """At which rate, in money per amount, which part of the cost is covered."""

    rate: Fraction
    part: Fraction

    @property
    def key(self) -> tuple[Fraction, Fraction]:
        return (self.rate / self.part**2, self.rate)


class _Market:
    """What everybody has left, and which project is bought next.

    Money is whole, in units of 1 / `scale` of the election's unit. The part that is covered grows with the
    rate in straight pieces that get flatter, so that within a piece rate / part**2 is least at an end: where
    one supporter's money is just used up, or where the whole cost is covered. Each offer waits at a lower
    bound of that, worked out in float64; as money only falls the bound stays true, and is worked out again
    when it comes up. All that could be least is then decided in whole numbers.
    """

    def __init__(self, election: Election, settings: Settings, out: set[int], longest: int) -> None:
        self.longest, self.election, self.ranks = longest, election, settings.ties.ranks(election)
        self.payers, self.by_cost = payers_of(election, settings.utility), settings.utility is Utility.COST
        self.limit, self.left = max(election.limit, 1), election.limit
        self.in_one = election.ballots.point_unit if settings.utility is Utility.POINTS else 1
        self.scale = max(election.ballots.voters, 1)
        self.money = np.full(len(election.ballots), election.limit, dtype=object)
        self.floats = np.full(len(election.ballots), self._in_parts(election.limit))
        self.error = 8 * (len(election.ballots) + 8) * HALF_BIT
        entered = [
            place for place, cost in enumerate(election.costs) if place not in out and cost <= self.left
        ]
        self.free = sorted(
            (place for place in entered if not election.costs[place] and election.votes[place]),
            key=self.ranks.__getitem__,
        )
        self.offers = self._offers([place for place in entered if election.costs[place]])
        self.waiting = [(0.0, place) for place in self.offers]
        self.surveys: dict[int, _Survey] = {}  # those of this round

    def purchases(self) -> Iterator[Purchase]:
        for place in self.free:
            yield Purchase(place, Fraction(0))
        while found := self._best():
            yield self._buy(*found)

    def _offers(self, places: Sequence[int]) -> dict[int, _Offer]:
        offers = {}
        for place in places:
            groups, weights = self.payers.of(place)
            people, amounts = self.payers.counts[groups].astype(object), weights.astype(object)
            factor, cost = self.payers.worth(place), self.election.costs[place]
            offers[place] = _Offer(place, cost, factor, groups, people, amounts, people * amounts)
        return offers

    def _best(self) -> tuple[_Offer, _Terms] | None:
        """The offer with the least r / a, and its terms; it leaves the queue."""
        seen: list[tuple[float, int]] = []
        best: tuple[Fraction, int, int, _Terms] | None = None
        bar = INFINITE
        while self.waiting and self.waiting[0][0] <= bar:
            bound, place = heapq.heappop(self.waiting)
            offer = self.offers[place]
            if offer.cost > self.left:
                continue  # it will never fit again
            if place not in self.surveys:
                self._look_again(offer)
                continue
            seen.append((bound, place))
            terms = self._terms(offer, self.surveys[place])
            ratio = terms.key[0] / offer.factor
            if best is None or (ratio, self.ranks[place]) < best[:2]:
                best = (ratio, self.ranks[place], place, terms)
                bar = _above(ratio / self.scale / (1 if self.by_cost else self.limit))
        for one in seen:
            if best and one[1] != best[2]:
                heapq.heappush(self.waiting, one)
        return (self.offers[best[2]], best[3]) if best else None

    def _look_again(self, offer: _Offer) -> None:
        survey = self._survey(offer)
        if len(survey.order):
            self.surveys[offer.place] = survey
            low = min(float(survey.lows.min()), survey.full_low)
            part = offer.cost / self.limit
            bound = low if not self.by_cost else low / part * (1 - 4 * HALF_BIT) if part > TINY else 0.0
            heapq.heappush(self.waiting, (bound, offer.place))

    def _survey(self, offer: _Offer) -> _Survey:
        have, amounts = self.floats[offer.groups], offer.amounts.astype(np.float64)
        order = np.argsort(have / amounts, kind="stable")
        order = order[have[order] > 0]
        rates, heads = (have / amounts)[order], offer.heads.astype(np.float64)[order]
        if not len(order) or float(heads.sum()) >= 2**53 or rates[0] < TINY:
            return _Survey(order, rates, np.zeros(len(order)), 0.0)
        poor = np.cumsum(offer.people.astype(np.float64)[order] * have[order])
        rich = heads.sum() - np.cumsum(heads)  # whole numbers, so exact
        covered, cost, error = poor + rates * rich, offer.cost / self.limit, self.error
        part = np.minimum(1.0, covered * (1 + error) / cost) if cost > TINY else np.ones(len(order))
        enough = np.flatnonzero(covered * (1 + error) >= cost * (1 - error))
        full_low = INFINITE
        if len(enough):
            # From this piece on the line through it is never below what is covered.
            at = int(enough[0])
            before = poor[at - 1] if at else 0.0
            full_low = max(
                0.0, (cost * (1 - error) - before * (1 + error)) / ((rich[at] + heads[at]) * (1 + error))
            )
        return _Survey(order, rates, rates * (1 - error) / part**2, full_low)

    def _terms(self, offer: _Offer, survey: _Survey) -> _Terms:
        """The terms with the least r / a, and of such the least rate."""
        unit = self.scale * self.limit
        whole, bar = offer.cost * self.scale, INFINITE
        best: _Terms | None = None
        tried: set[tuple[int, int]] = set()
        if survey.full_low <= float(survey.lows.min()) and (full := self._full(offer, survey)):
            best, bar = full, _above(full.key[0] / unit)
        for at in np.argsort(survey.lows, kind="stable").tolist():
            if survey.lows[at] > bar:
                break
            seat = survey.order[at]
            end = (self.money[offer.groups[seat]], offer.amounts[seat])
            if end in tried:
                continue
            tried.add(end)
            rate = Fraction(*end)
            poor, rich = self._split(offer, survey, rate)
            covered = poor + rate * rich
            found = _Terms(rate, covered / whole) if covered < whole else self._full(offer, survey)
            if found and (best is None or found.key < best.key):
                best, bar = found, _above(found.key[0] / unit)
        if survey.full_low <= bar and (full := self._full(offer, survey)):
            best = full if best is None else min(best, full, key=lambda terms: terms.key)
        assert best is not None, "whoever has money covers a part"
        return best

    def _full(self, offer: _Offer, survey: _Survey) -> _Terms | None:
        """The least rate at which the whole cost is covered, if the supporters have so much."""
        if survey.full_low == INFINITE:
            return None
        rate = Fraction(survey.full_low) * self.scale * self.limit
        whole, last = offer.cost * self.scale, -1
        while True:
            poor, rich = self._split(offer, survey, rate)
            if not rich:
                return None
            if rich == last:
                return _Terms(rate, Fraction(1))
            rate, last = Fraction(whole - poor, rich), rich

    def _split(self, offer: _Offer, survey: _Survey, rate: Fraction) -> tuple[int, int]:
        """The money of those who have less than the rate asks, and people x amounts of the others."""
        about = _float(rate / (self.scale * self.limit))
        sure = int(np.searchsorted(survey.rates, about * (1 - 8 * HALF_BIT) - TINY))
        maybe = int(np.searchsorted(survey.rates, about * (1 + 8 * HALF_BIT) + TINY, side="right"))
        close = [
            seat
            for seat in survey.order[sure:maybe]
            if self.money[offer.groups[seat]] * rate.denominator < rate.numerator * offer.amounts[seat]
        ]
        poor = np.concatenate([survey.order[:sure], np.array(close, dtype=np.intp)])
        held = int((self.money[offer.groups[poor]] * offer.people[poor]).sum())
        return held, int(offer.heads[survey.order].sum()) - int(offer.heads[poor].sum())

    def _buy(self, offer: _Offer, terms: _Terms) -> Purchase:
        rate = terms.rate / terms.part
        if (self.scale * rate.denominator).bit_length() > self.longest:
            finer = 1 << max(0, self.longest // 2 - self.scale.bit_length())
            asked = math.ceil(rate * finer)
        else:
            finer, asked = rate.denominator, rate.numerator
        if finer > 1:
            self.scale *= finer
            self.money *= finer
        self.money[offer.groups] = np.maximum(0, self.money[offer.groups] - asked * offer.amounts)
        self.floats[offer.groups] = [self._in_parts(money) for money in self.money[offer.groups]]
        self.left -= offer.cost
        self.surveys.clear()
        return Purchase(offer.place, Fraction(asked * self.in_one, self.scale * self.election.unit))

    def _in_parts(self, money: int) -> float:
        return max(TINY / 2, money / (self.scale * self.limit)) if money else 0.0


def _above(exact: Fraction) -> float:
    return _float(exact) * (1 + 4 * HALF_BIT)


def _float(exact: Fraction) -> float:
    try:
        return float(exact)
    except OverflowError:
        return INFINITE
