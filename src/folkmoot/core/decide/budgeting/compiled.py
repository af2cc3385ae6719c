"""What do the voters buy with equal shares, in fast arithmetic that decides only what it can prove?

Every comparison comes with a bound on its error. What plain floating point cannot tell apart is looked at
with twice as many digits (see twofold), in which purses are kept and prices paid. What these cannot tell
apart either, as in a tie, is a question: the count stops, exact arithmetic answers (see equal_shares), and it
goes on from there. A tie between projects that every supporter can pay in full needs no question, since their
prices are fractions of whole numbers.

Everything here is compiled when it is first used and kept for the next time: plain loops over arrays.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from folkmoot.core.decide.budgeting.election import Counts, Indices
from folkmoot.core.decide.budgeting.twofold import FINE, add, over, times

Floats = NDArray[np.float64]
EPS = 2.0**-51  # four times the rounding error of one step, so that bounds need no rounding of their own
LARGEST_ERROR = 1e-13  # of a voter's share: beyond it the purses are counted anew, exactly
MOST_PASSES = 200  # over the supporters of one project; each makes more of them poor, so few are needed
WAITING, BOUGHT, OUT = 0, 1, 2  # a project's states
PRICE, NEVER, UNSURE = 0, 1, 2  # what is known of a price: it lies in bounds, there is none, or neither
DONE, ASKS, FULL, OVERSPENT, ALL_BOUGHT = 0, 1, 2, 3, 4  # how a stretch of levels ended
LEVEL, NUMBER, BEFORE = 0, 1, 2  # places in `marks`: the level, how many were bought, and at the level before
NOBODY, ASK, AGAIN = -1, -2, -3  # instead of the next project


class Votes(NamedTuple):
    """Who pays for what (see payers), and which of equals comes first."""

    starts: Counts
    groups: Indices
    weights: Counts
    counts: Counts
    costs: Counts
    ranks: Counts
    by_cost: bool  # whether utility is what a project costs; otherwise a weight is worth one


class Count(NamedTuple):
    """Where the count stands."""

    money: Floats  # by group: the purse, rounded; 0 only where it is surely empty
    fine: Floats  # and the rest of it
    errors: Floats  # one: how far any purse may be off
    state: NDArray[np.int8]  # by project
    lows: Floats  # by project: a price that it has at least
    whole: Counts  # by project: all its weights, where everybody can surely pay in full; otherwise 0
    flags: NDArray[np.bool_]  # the projects in question
    bought: Counts  # in order
    before: Counts  # the same at the level before
    marks: Counts


@njit(cache=True)
def _price(
    votes: Votes, count: Count, place: int, error: float, enough: float
) -> tuple[int, float, float, float]:
    """A price in plain floating point: what is known of it, it, and how far it may be off down and up.

    Source of the passes: whoever cannot pay the price that all others would have to pay gives all they have,
    and the price rises; the set of the poor only grows.
    """
    first, end, cost = votes.starts[place], votes.starts[place + 1], float(votes.costs[place])
    price, poor_before, settled = count.lows[place], -1, False
    held, rich, poor, unsure = 0.0, np.int64(0), 0, 0.0
    for _ in range(MOST_PASSES):
        held, rich, poor, unsure = 0.0, np.int64(0), 0, 0.0
        for at in range(first, end):
            group = votes.groups[at]
            purse = count.money[group]
            if purse < votes.weights[at] * price:
                poor += 1
                if purse > 0.0:
                    held += votes.counts[group] * purse
                    unsure += votes.counts[group]
            else:
                rich += votes.counts[group] * votes.weights[at]
        if rich == 0 or poor == poor_before:
            settled = True
            break
        poor_before = poor
        price = max(price, (cost - held) / rich)
    rounding = EPS * (end - first + 8.0) * (held + cost)
    if rich == 0 and held + unsure * error + rounding < cost:
        return NEVER, 0.0, 0.0, 0.0
    if rich == 0 or not settled:
        return UNSURE, count.lows[place], 0.0, np.inf
    down = (unsure * error + rounding) / rich
    if price - down > enough:
        return PRICE, price, down, np.inf
    up, near = _upwards(votes, count, place, price, error, int(rich), unsure, rounding)
    if up < np.inf and poor == 0 and near == 0.0:
        count.whole[place] = rich  # everybody can surely pay in full
    return (PRICE if up < np.inf else UNSURE), price, down, up


@njit(cache=True)
def _upwards(
    votes: Votes,
    count: Count,
    place: int,
    price: float,
    error: float,
    rich: int,
    unsure: float,
    rounding: float,
) -> tuple[float, float]:
    """How far the price may lie above, where whoever has about the price may be poor as well; and how many
    of these there are."""
    up = (unsure * error + rounding) / rich
    for _ in range(3):
        margin, near, near_rich = 2.0 * up, 0.0, np.int64(0)
        for at in range(votes.starts[place], votes.starts[place + 1]):
            group = votes.groups[at]
            purse, full = count.money[group], votes.weights[at] * price
            if purse >= full and purse - error <= full + votes.weights[at] * margin:
                near += votes.counts[group]
                near_rich += votes.counts[group] * votes.weights[at]
        if near_rich == rich:
            return np.inf, near
        up = ((unsure + near) * error + rounding) / (rich - near_rich)
        if up <= margin:
            return up, near
    return np.inf, 0.0


@njit(cache=True)
def _full(weight: int, high: float, low: float) -> tuple[float, float]:
    """What somebody of this weight pays in full; most votes have no other weight than one."""
    return (high, low) if weight == 1 else times(float(weight), high, low)


@njit(cache=True)
def _fine_price(votes: Votes, count: Count, place: int) -> tuple[int, float, float, float]:
    """The same with twice as many digits: what is known of the price, its two parts, how far it is off."""
    first, end, cost = votes.starts[place], votes.starts[place + 1], float(votes.costs[place])
    high, low, poor_before, settled = count.lows[place], 0.0, -1, False
    held, held_low, rich, unsure = 0.0, 0.0, np.int64(0), 0.0
    for _ in range(MOST_PASSES):
        held, held_low, rich, poor, unsure = 0.0, 0.0, np.int64(0), 0, 0.0
        for at in range(first, end):
            group = votes.groups[at]
            purse, rest = count.money[group], count.fine[group]
            full, full_low = _full(votes.weights[at], high, low)
            if purse < full or (purse == full and rest < full_low):
                poor += 1
                if purse > 0.0:
                    more, more_low = times(float(votes.counts[group]), purse, rest)
                    held, held_low = add(held, held_low, more, more_low)
                    unsure += votes.counts[group]
            else:
                rich += votes.counts[group] * votes.weights[at]
        if rich == 0 or poor == poor_before:
            settled = True
            break
        poor_before = poor
        left, left_low = add(cost, 0.0, -held, -held_low)
        left, left_low = over(left, left_low, float(rich))
        if left > high or (left == high and left_low > low):
            high, low = left, left_low
    rounding = FINE * (end - first + 8.0) * (held + cost)
    slack = unsure * count.errors[0] + rounding
    if rich == 0:
        left, left_low = add(cost, 0.0, -held, -held_low)
        return (NEVER if left + left_low > slack else UNSURE), count.lows[place], 0.0, np.inf
    if not settled:
        return UNSURE, count.lows[place], 0.0, np.inf
    return _fine_bounds(votes, count, place, high, low, int(rich), unsure, rounding)


@njit(cache=True)
def _fine_bounds(
    votes: Votes, count: Count, place: int, high: float, low: float, rich: int, unsure: float, rounding: float
) -> tuple[int, float, float, float]:
    error = count.errors[0]
    slack = (unsure * error + rounding) / rich
    for _ in range(3):
        margin, near, near_rich = 2.0 * slack, 0.0, np.int64(0)
        for at in range(votes.starts[place], votes.starts[place + 1]):
            group = votes.groups[at]
            full, full_low = _full(votes.weights[at], high, low)
            above, above_low = add(count.money[group], count.fine[group], -full, -full_low)
            over_it = above + above_low
            if over_it >= 0.0 and over_it - error - FINE * full <= votes.weights[at] * margin:
                near += votes.counts[group]
                near_rich += votes.counts[group] * votes.weights[at]
        if near_rich == rich:
            return UNSURE, high, low, np.inf
        slack = ((unsure + near) * error + rounding) / (rich - near_rich)
        if slack <= margin:
            return PRICE, high, low, slack
    return UNSURE, high, low, np.inf


@njit(cache=True)
def _pay(votes: Votes, count: Count, place: int, price: float, price_low: float, slack: float) -> None:
    """Takes the price from every supporter's purse."""
    largest, error = np.int64(0), count.errors[0]
    for at in range(votes.starts[place], votes.starts[place + 1]):
        group, weight = votes.groups[at], votes.weights[at]
        largest = max(largest, weight)
        purse = count.money[group]
        if purse == 0.0:
            continue
        full, full_low = _full(weight, price, price_low)
        left, left_low = add(purse, count.fine[group], -full, -full_low)
        margin = error + weight * slack + FINE * purse
        if left + left_low < -margin:
            count.money[group], count.fine[group] = 0.0, 0.0  # surely spent, exactly
        elif left + left_low <= margin:
            count.money[group], count.fine[group] = max(left, 1e-290), 0.0  # not surely nothing
        else:
            count.money[group], count.fine[group] = left, left_low
    count.errors[0] = error + largest * slack


@njit(cache=True)
def _first(votes: Votes, count: Count, a: int, b: int) -> bool:
    """Whether a goes before b, where every supporter of both pays in full: exact, in whole numbers."""
    if votes.by_cost:  # utility for money is then the number of supporters
        left, right = count.whole[b], count.whole[a]
    else:
        left, right = votes.costs[a] * count.whole[b], votes.costs[b] * count.whole[a]
    return bool(left < right or (left == right and votes.ranks[a] < votes.ranks[b]))


@njit(cache=True)
def _choose(votes: Votes, count: Count, rough: float) -> tuple[int, float, float, float]:
    """The next project to buy, its price in two parts and how far that may be off; or NOBODY, or ASK with
    the `flags` of those between which to decide, or AGAIN. `rough` is how far a rounded purse may be off."""
    projects = len(votes.costs)
    keys = np.full(projects, np.inf)  # no key of theirs is lower
    seen = np.zeros(projects, dtype=np.bool_)
    best = np.inf
    while True:
        place, key = -1, np.inf
        for other in range(projects):
            if count.state[other] == WAITING and not seen[other]:
                here = count.lows[other] / votes.costs[other] if votes.by_cost else count.lows[other]
                if here < key:
                    place, key = other, here
        if place < 0 or key * (1.0 - EPS) > best:
            break
        seen[place] = True
        scale = float(votes.costs[place]) if votes.by_cost else 1.0
        count.whole[place] = 0
        kind, price, down, up = _price(votes, count, place, rough, best * scale * (1.0 + EPS))
        if kind == NEVER:
            count.state[place] = OUT
            continue
        count.lows[place] = max(count.lows[place], (price - down) * (1.0 - EPS))
        keys[place] = count.lows[place] / scale * (1.0 - EPS)
        best = min(best, (price + up) / scale * (1.0 + 4.0 * EPS))
    contenders = 0
    for place in range(projects):
        count.flags[place] = seen[place] and count.state[place] == WAITING and keys[place] <= best
        contenders += count.flags[place]
    if contenders == 0:
        return NOBODY, 0.0, 0.0, 0.0
    return _settle(votes, count)


@njit(cache=True)
def _settle(votes: Votes, count: Count) -> tuple[int, float, float, float]:
    """The choice among the flagged, with twice as many digits; only those that these do not tell apart stay
    flagged."""
    projects, best = len(votes.costs), -1
    keys, key_lows, doubts = np.zeros(projects), np.zeros(projects), np.full(projects, np.inf)
    prices, price_lows, slacks = np.zeros(projects), np.zeros(projects), np.zeros(projects)
    for place in range(projects):
        if not count.flags[place]:
            continue
        kind, prices[place], price_lows[place], slacks[place] = _fine_price(votes, count, place)
        if kind == NEVER:
            count.state[place], count.flags[place] = OUT, False
        elif kind == PRICE:
            scale = float(votes.costs[place]) if votes.by_cost else 1.0
            keys[place], key_lows[place] = over(prices[place], price_lows[place], scale)
            doubts[place] = slacks[place] / scale * (1.0 + EPS) + FINE * keys[place]
            below = best >= 0 and keys[best] + key_lows[best] <= keys[place] + key_lows[place]
            best = best if below else place
    if best < 0:
        return (ASK if count.flags.any() else AGAIN), 0.0, 0.0, 0.0
    alone, sure = True, count.whole[best] > 0
    for place in range(projects):
        if count.flags[place] and place != best:
            apart, rest = add(keys[place], key_lows[place], -keys[best], -key_lows[best])
            count.flags[place] = apart + rest <= doubts[place] + doubts[best]
        if count.flags[place] and place != best:
            alone, sure = False, sure and count.whole[place] > 0
    if not alone and not sure:
        return ASK, 0.0, 0.0, 0.0
    for place in range(projects):
        if count.flags[place] and place != best and _first(votes, count, place, best):
            best = place
    return best, prices[best], price_lows[best], slacks[best]


@njit(cache=True)
def _count_level(votes: Votes, count: Count, share: float) -> int:
    """Buys until nothing can be bought: DONE; or ASKS, with the projects in question in `flags`; with no
    flag it asks for the purses to be counted anew."""
    while True:
        if count.errors[0] > LARGEST_ERROR * share:
            count.flags[:] = False
            return ASKS
        place, price, price_low, slack = _choose(votes, count, count.errors[0] + EPS * share)
        if place == AGAIN:
            continue
        if place < 0:
            return ASKS if place == ASK else DONE
        _pay(votes, count, place, price, price_low, slack)
        count.errors[0] += FINE * share
        count.state[place] = BOUGHT
        count.bought[count.marks[NUMBER]] = place
        count.marks[NUMBER] += 1


@njit(cache=True)
def _begin_level(votes: Votes, count: Count, share: float, share_low: float) -> None:
    """Everybody has a full share again, and nothing is bought."""
    count.money[:], count.fine[:] = share, share_low
    count.errors[0] = FINE * share
    count.marks[NUMBER] = 0
    for place in range(len(votes.costs)):
        rich = np.int64(0)
        for at in range(votes.starts[place], votes.starts[place + 1]):
            rich += votes.counts[votes.groups[at]] * votes.weights[at]
        count.state[place] = WAITING if rich else OUT
        count.lows[place] = votes.costs[place] / rich * (1.0 - 2.0 * EPS) if rich else 0.0


@njit(cache=True)
def climb(
    votes: Votes, count: Count, shares: Floats, rests: Floats, limit: int, early: bool, again: bool
) -> int:
    """Add1: level by level until the outcome costs more than the limit (OVERSPENT; the level before stands
    in `before`), nothing supported fits any more and `early` is set (FULL), everything is bought
    (ALL_BOUGHT), the levels at hand are over (DONE), or a question comes up (ASKS; then `again`)."""
    marks = count.marks
    while marks[LEVEL] < len(shares):
        share = shares[marks[LEVEL]]
        if not again:
            _begin_level(votes, count, share, rests[marks[LEVEL]])
        again = False
        if _count_level(votes, count, share) == ASKS:
            return ASKS
        left = np.int64(limit)
        for at in range(marks[NUMBER]):
            left -= votes.costs[count.bought[at]]
        if left < 0:
            return OVERSPENT
        fits, missing = False, False
        for place in range(len(votes.costs)):
            if count.state[place] != BOUGHT and votes.starts[place + 1] > votes.starts[place]:
                missing = True
                fits = fits or votes.costs[place] <= left
        if not missing:
            return ALL_BOUGHT
        if early and not fits:
            return FULL
        count.before[: marks[NUMBER]] = count.bought[: marks[NUMBER]]
        marks[BEFORE] = marks[NUMBER]
        marks[LEVEL] += 1
    return DONE
