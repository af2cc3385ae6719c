"""What do the voters buy when each has an equal share of the budget?

The method of equal shares (Peters, Pierczyński, Skowron 2021, arXiv 2008.13276; equalshares.net). The count
runs in compiled arithmetic that says when it is not sure; what it asks is answered in whole numbers.
"""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import count, islice
from math import lcm
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from folkmoot.core.decide.budgeting.election import Election
from folkmoot.core.decide.budgeting.exact_shares import Purses, buy_exactly, decided
from folkmoot.core.decide.budgeting.outcome import Outcome
from folkmoot.core.decide.budgeting.payers import Payers, equal_share, payers_of
from folkmoot.core.decide.budgeting.settings import Completion, Settings, Start

Watch = Callable[[int], None]
STRETCH = 256  # levels of Add1 that are handed over at once
LARGEST_FLOAT = 2**53  # up to it every whole number is a float, exactly: the compiled count relies on it
LARGEST_WHOLE = 2**62  # beyond it the compiled count's whole numbers would not hold
SMALL = 2_000  # choices times levels under which exact arithmetic is quicker than loading the compiler


def levels_of(election: Election, settings: Settings) -> Iterator[Fraction]:
    """The money of each voter, level by level of Add1, in units of the election: first the equal share, then
    one step more each time; with an integer start from the equal share rounded down to whole steps."""
    first, step = equal_share(election), settings.step * election.unit
    yield first
    base = first // step * step if settings.start is Start.INTEGER else first
    parts = lcm(base.denominator, step.denominator)
    start, more = int(base * parts), int(step * parts)
    for number in count(1):
        yield Fraction(start + number * more, parts)


def equal_shares(
    election: Election, settings: Settings, out: tuple[int, ...] = (), watch: Watch | None = None
) -> Outcome:
    """What the voters buy; those projects that are `out` are not for sale. `watch` is told now and then how
    many levels of Add1 were counted.

    With Add1 everybody is given one step of money more and all is counted anew, until nothing supported fits
    in what is left of the budget (ADD1), or to the last level before the outcome overspends (ADD1_OVERSPEND).
    """
    payers = payers_of(election, settings.utility, out)
    ranks = settings.ties.ranks(election)
    counting = _counting(payers, ranks, election.limit, settings.completion)
    levels = levels_of(election, settings)
    if settings.completion in (Completion.NONE, Completion.UTILITARIAN) or not payers.supported:
        share = next(levels)
        return Outcome(tuple(counting.level(share)), share=share / election.unit, levels=1)
    early = settings.completion is not Completion.ADD1_OVERSPEND
    winners, number = counting.climb(levels, early, watch or _nobody)
    return Outcome(
        tuple(winners), share=_level(election, settings, number) / election.unit, levels=number + 1
    )


def _nobody(_levels: int) -> None:
    """Nobody watches."""


def _level(election: Election, settings: Settings, number: int) -> Fraction:
    return next(islice(levels_of(election, settings), number, None))


def _two_floats(above: int, below: int) -> tuple[float, float]:
    """A fraction as a float and the rest of it, each correctly rounded."""
    high = above / below
    told, parts = high.as_integer_ratio()
    return high, (above * parts - told * below) / (below * parts)


class Exact:
    """Level by level, in whole numbers throughout."""

    def __init__(self, payers: Payers, ranks: Sequence[int], limit: int) -> None:
        self.payers, self.ranks, self.limit = payers, ranks, limit

    def level(self, share: Fraction) -> list[int]:
        """What is bought when each voter has `share`."""
        return [one.project for one in buy_exactly(self.payers, share, self.ranks)]

    def climb(self, levels: Iterator[Fraction], early: bool, watch: Watch) -> tuple[list[int], int]:
        """The outcome of Add1, and the number of its level."""
        before: list[int] = []
        for number in count():
            watch(number)
            winners = self.level(next(levels))
            left = self.limit - sum(int(self.payers.costs[place]) for place in winners)
            if left < 0:
                return before, number - 1
            missing = set(self.payers.supported) - set(winners)
            fits = any(self.payers.costs[place] <= left for place in missing)
            if not missing or (early and not fits):
                return winners, number
            before = winners
        raise AssertionError("levels never end")


class Compiled:
    """The same in compiled arithmetic, which asks where it cannot prove its answer."""

    def __init__(self, payers: Payers, ranks: Sequence[int], limit: int) -> None:
        from folkmoot.core.decide.budgeting import compiled  # noqa: PLC0415 - loads the compiler

        self.compiled: ModuleType = compiled
        self.payers, self.ranks, self.limit = payers, ranks, limit
        projects, groups = len(payers.costs), len(payers.counts)
        self.votes = compiled.Votes(
            payers.starts,
            payers.groups,
            payers.weights,
            payers.counts,
            payers.costs,
            np.array(ranks, dtype=np.int64),
            payers.by_cost,
        )
        self.count = compiled.Count(
            *(np.zeros(groups), np.zeros(groups), np.zeros(1), np.zeros(projects, dtype=np.int8)),
            *(np.zeros(projects), np.zeros(projects, dtype=np.int64), np.zeros(projects, dtype=np.bool_)),
            *(np.zeros(length, dtype=np.int64) for length in (projects, projects, 3)),
        )
        self.asked = 0  # how many questions exact arithmetic had to answer

    def level(self, share: Fraction) -> list[int]:
        """What is bought when each voter has `share`."""
        self._stretch([share], early=False)
        return self._listed(self.count.bought, self.compiled.NUMBER)

    def climb(self, levels: Iterator[Fraction], early: bool, watch: Watch) -> tuple[list[int], int]:
        """The outcome of Add1, and the number of its level."""
        names, held = self.compiled, self.count
        held.marks[:] = 0
        for done in count(0, STRETCH):
            watch(done)
            ended = self._stretch(list(islice(levels, STRETCH)), early)
            number = done + int(held.marks[names.LEVEL])
            if ended == names.OVERSPENT:
                return self._listed(held.before, names.BEFORE), number - 1
            if ended != names.DONE:
                return self._listed(held.bought, names.NUMBER), number
        raise AssertionError("levels never end")

    def _listed(self, places: NDArray[np.int64], mark: int) -> list[int]:
        return [int(place) for place in places[: self.count.marks[mark]]]

    def _stretch(self, levels: list[Fraction], early: bool) -> int:
        names, again = self.compiled, False
        pairs = [_two_floats(share.numerator, share.denominator) for share in levels]
        shares, rests = (np.array(side) for side in zip(*pairs, strict=True))
        self.count.marks[names.LEVEL] = 0
        while True:
            ended = int(names.climb(self.votes, self.count, shares, rests, self.limit, early, again))
            if ended != names.ASKS:
                return ended
            self._answer(levels[self.count.marks[names.LEVEL]])
            again = True

    def _answer(self, share: Fraction) -> None:
        """The question is decided exactly, and the purses are what they are, correctly rounded."""
        names, held = self.compiled, self.count
        number = int(held.marks[names.NUMBER])
        self.asked += 1
        purses = Purses(self.payers, share)
        for place in held.bought[:number]:
            purses.buy(int(place))
        among = [int(place) for place in np.flatnonzero(held.flags)]
        best, gone = decided(purses, among, self.ranks)
        held.state[list(gone)] = names.OUT
        if best is not None:
            purses.pay(best.project, best.price)
            held.state[best.project] = names.BOUGHT
            held.bought[number] = best.project
            held.marks[names.NUMBER] = number + 1
        held.money[:], held.fine[:] = purses.as_floats()
        held.errors[0] = names.FINE * float(share)


def _counting(payers: Payers, ranks: Sequence[int], limit: int, completion: Completion) -> Exact | Compiled:
    many = len(payers.groups) > SMALL or completion not in (Completion.NONE, Completion.UTILITARIAN)
    return (Compiled if many and _compilable(payers, limit) else Exact)(payers, ranks, limit)


def _compilable(payers: Payers, limit: int) -> bool:
    """Whether every figure that the compiled count meets is a float exactly, and no product too long."""
    if payers.costs.dtype == object or limit >= LARGEST_WHOLE:
        return False
    if (payers.costs == 0).any():  # what costs nothing has no price to compare
        return False
    # In floats, so that the sum itself cannot run over; its rounding is far below the half that is kept free.
    weights = float(payers.weights.astype(np.float64) @ payers.counts[payers.groups].astype(np.float64))
    cost = int(payers.costs.max(initial=0))
    return 2 * max(cost, weights) < LARGEST_FLOAT and 2 * cost * max(weights, 1) < LARGEST_WHOLE
