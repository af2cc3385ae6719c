"""What do the voters buy with equal shares, in whole numbers throughout?

Slow and sure: it decides whatever fast arithmetic cannot prove, and it says what everybody paid.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

from folkmoot.core.decide.budgeting.payers import Payers

Whole = NDArray[Any]  # whole numbers of any size


@dataclass(frozen=True, slots=True)
class Bought:
    """A project, and the most that one weight paid for it, in units of the election."""

    project: int
    price: Fraction


class Purses:
    """What each voter still has: for group g `money[g] / parts` units of the election."""

    def __init__(self, payers: Payers, share: Fraction) -> None:
        self.payers = payers
        self.parts = share.denominator
        self.money: Whole = np.full(len(payers.counts), share.numerator, dtype=object)

    def price(self, project: int) -> Fraction | None:
        """The lowest p at which the supporters, each paying at most p a weight and no more than they have,
        cover the cost; None where all that they have does not."""
        groups, weights = self.payers.of(project)
        purses, counts = self.money[groups], self.payers.counts[groups].astype(object)
        cost = int(self.payers.costs[project]) * self.parts
        if not len(groups) or int((purses * counts).sum()) < cost:
            return None
        weights = weights.astype(object)
        rich, left = int((weights * counts).sum()), cost
        while True:  # whoever has less than p a weight gives all, and p rises for the others
            poor = purses * rich < weights * left
            if not poor.any():
                return Fraction(left, rich * self.parts)
            left -= int((purses[poor] * counts[poor]).sum())
            rich -= int((weights[poor] * counts[poor]).sum())
            stay = ~poor
            purses, weights, counts = purses[stay], weights[stay], counts[stay]

    def pay(self, project: int, price: Fraction) -> None:
        """Every supporter pays the price a weight, or all that they have."""
        groups, weights = self.payers.of(project)
        more = price.denominator // gcd(self.parts, price.denominator)
        if more > 1:
            self.money = self.money * more
            self.parts *= more
        paid = weights.astype(object) * (price.numerator * (self.parts // price.denominator))
        self.money[groups] = np.maximum(self.money[groups] - paid, 0)

    def buy(self, project: int) -> Bought:
        """The supporters buy it at its price. Raises ValueError where they cannot."""
        price = self.price(project)
        if price is None:
            raise ValueError(f"project {project} cannot be bought")
        self.pay(project, price)
        return Bought(project, price)

    def as_floats(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The money of each group as two floats: correctly rounded, and the rest of it."""
        known: dict[int, tuple[float, float]] = {}
        pairs = [known.get(held) or known.setdefault(held, self._pair(held)) for held in self.money]
        both = np.array(pairs).reshape(-1, 2)
        return both[:, 0], both[:, 1]

    def _pair(self, held: int) -> tuple[float, float]:
        high = held / self.parts
        return high, float(Fraction(held, self.parts) - Fraction(high))


def buy_exactly(payers: Payers, share: Fraction, ranks: Sequence[int]) -> list[Bought]:
    """What is bought in which order, each voter beginning with `share`: each time the project with the lowest
    price for its utility, of equals the one of the lowest rank, until nobody can buy anything.

    Source: Peters, Pierczyński, Skowron 2021, Proportional participatory budgeting with additive utilities.
    """
    purses, bought = Purses(payers, share), []
    floors = {place: Fraction(0) for place in payers.supported}  # prices only rise
    while (best := _cheapest(purses, floors, ranks)) is not None:
        bought.append(best)
        purses.pay(best.project, best.price)
        del floors[best.project]
    return bought


def _cheapest(purses: Purses, floors: dict[int, Fraction], ranks: Sequence[int]) -> Bought | None:
    """The project to buy next; what cannot be bought any more leaves the floors."""
    best: tuple[Fraction, int, Bought] | None = None
    for place in sorted(floors, key=lambda place: (floors[place], ranks[place])):
        if best and best[:2] < (floors[place], ranks[place]):
            break
        price = purses.price(place)
        if price is None:
            del floors[place]
            continue
        floors[place] = _for_utility(purses.payers, place, price)
        here = (floors[place], ranks[place], Bought(place, price))
        best = min(best, here, key=lambda one: one[:2]) if best else here
    return best[2] if best else None


def _for_utility(payers: Payers, project: int, price: Fraction) -> Fraction:
    cost = int(payers.costs[project])
    return price / cost if payers.by_cost and cost else price


def decided(
    purses: Purses, among: Iterable[int], ranks: Sequence[int]
) -> tuple[Bought | None, tuple[int, ...]]:
    """Which of these projects is bought next, if any, and which of them cannot be bought any more."""
    floors = {place: Fraction(0) for place in among}
    all_of_them = set(floors)
    for place in sorted(floors):  # each is looked at, whatever its floor
        if purses.price(place) is None:
            del floors[place]
    gone = tuple(sorted(all_of_them - set(floors)))
    return (_cheapest(purses, floors, ranks) if floors else None), gone
