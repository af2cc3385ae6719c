"""Do counts equal the same method written out plainly, in a few exact lines?"""

from fractions import Fraction
from itertools import combinations, pairwise, permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.ranking.small import Line, approved, approving, lines, ranked
from folkmoot.core.decide.ranking.committees import by_gain, equal_shares, phragmen
from folkmoot.core.decide.ranking.optimal import first_only, harmonic, optimal
from folkmoot.core.decide.ranking.runoff import run_off
from folkmoot.core.decide.ranking.schulze import schulze
from folkmoot.core.decide.ranking.scoring import borda
from folkmoot.core.decide.ranking.transfers import stv


def last_ways(left: frozenset[int], cast: list[Line]) -> set[Line]:
    """All orders, winner first, in which a run-off can end."""
    if not left:
        return {()}
    firsts = [next((one for one in line if one in left), None) for line in cast]
    fewest = min(firsts.count(one) for one in left)
    return {
        (*order, one)
        for one in left
        if firsts.count(one) == fewest
        for order in last_ways(left - {one}, cast)
    }


@given(lines(most=9))
@settings(max_examples=80, deadline=None)
def test_run_off(votes) -> None:
    length, cast = votes
    ways = last_ways(frozenset(range(length)), cast)
    found = run_off(ranked(length, cast))
    assert set(found.winners) == {order[0] for order in ways}
    for one in range(length):
        places = {order.index(one) + 1 for order in ways}
        assert found.places[one] == (min(places), max(places))


def before(line: tuple[int | None, ...], x: int, y: int) -> bool:
    """Whether x stands before y, and before the None after which nobody was named."""
    return line.index(x) < min(line.index(y), line.index(None))


@given(lines())
@settings(max_examples=80, deadline=None)
def test_borda_and_schulze(votes) -> None:
    length, cast = votes
    filled = [(*line, None, *(set(range(length)) - set(line))) for line in cast]
    above = [[sum(before(line, x, y) for line in filled) for y in range(length)] for x in range(length)]
    half = Fraction(len(cast), 2)
    others = [[y for y in range(length) if y != x] for x in range(length)]
    assert borda(ranked(length, cast)) == tuple(
        sum((half + Fraction(above[x][y] - above[y][x], 2) for y in others[x]), Fraction(0))
        for x in range(length)
    )

    def strongest(x: int, y: int) -> int:
        paths = [
            (x, *middle, y)
            for size in range(length - 1)
            for middle in permutations(set(range(length)) - {x, y}, size)
        ]
        return max(
            min(above[a][b] * (above[a][b] > above[b][a]) for a, b in pairwise(path)) for path in paths
        )

    found = schulze(ranked(length, cast))
    unbeaten = [
        x for x in range(length) if all(strongest(x, y) >= strongest(y, x) for y in range(length) if y != x)
    ]
    assert found.winners == tuple(unbeaten)


Held = tuple[
    tuple[Line, Fraction], ...
]  # each ballot: who is still to come, whoever holds it first; its value


def stv_ways(cast: Held, hopeful: frozenset[int], done: frozenset[int], seats: int, quota: int):
    """All sets that weighted inclusive Gregory can elect; the first of each ballot is who holds it."""
    piles = {one: sum((v for line, v in cast if line[:1] == (one,)), Fraction(0)) for one in hopeful | done}
    new = {one for one in hopeful if piles[one] >= quota}
    hopeful, done = hopeful - new, done | new
    if len(done) == seats or len(hopeful) + len(done) <= seats:
        return {done if len(done) == seats else done | hopeful}
    over = {one: piles[one] for one in done if piles[one] > quota}
    if over:
        moved = {one: (over[one] - quota) / over[one] for one in over if over[one] == max(over.values())}
    else:
        moved = {one: Fraction(1) for one in hopeful if piles[one] == min(piles[two] for two in hopeful)}
    ways = set()
    for one, part in moved.items():
        left = hopeful - {one}
        after = [(line, v * (1 - part) if line[:1] == (one,) else v) for line, v in cast]
        for line, v in cast:
            rest = tuple(two for at, two in enumerate(line) if at and two in left)
            if line[:1] == (one,) and rest:
                after.append((rest, v * part))
        ways |= stv_ways(tuple(after), left, done, seats, quota)
    return ways


@given(lines(most=9), st.data())
@settings(max_examples=80, deadline=None)
def test_single_transferable_vote(votes, data) -> None:
    length, cast = votes
    seats = data.draw(st.integers(1, length))
    quota = sum(bool(line) for line in cast) // (seats + 1) + 1
    held = tuple((line, Fraction(1)) for line in cast)
    plain = stv_ways(held, frozenset(range(length)), frozenset(), seats, quota)
    found = stv(ranked(length, cast), seats)
    ours = {
        one.elected | set(extra)
        for one in found.outcomes
        for extra in combinations(one.equal, seats - len(one.elected))
    }
    assert ours == plain
    assert set(found.elected) == frozenset.intersection(*plain)
    assert set(found.tied) == frozenset.union(*plain) - frozenset.intersection(*plain)


@given(approved())
@settings(max_examples=60, deadline=None)
def test_the_best_committees(votes) -> None:
    length, seats, cast = votes
    for weights in (harmonic(seats), first_only(seats)):
        worth = {
            one: sum(sum(weights[: len(set(one) & set(ballot))]) for ballot in cast)
            for one in combinations(range(length), seats)
        }
        best = max(worth.values())
        found = optimal(approving(length, cast), seats, weights).all
        assert set(found) == {one for one in worth if worth[one] == best}
        assert optimal(approving(length, cast), seats, weights, range(length)).all == (min(found),)
        step = by_gain(approving(length, cast), seats, weights).all
        assert set(step) == gains_ways((), length, seats, cast, weights)


def gains_ways(taken, length, seats, cast, weights):
    """All committees that taking the best each time can lead to."""
    if len(taken) == seats:
        return {tuple(sorted(taken))}
    left = [one for one in range(length) if one not in taken]
    gain = {
        one: sum(weights[len(set(taken) & set(ballot))] for ballot in cast if one in ballot) for one in left
    }
    return set().union(
        *(
            gains_ways((*taken, one), length, seats, cast, weights)
            for one in left
            if gain[one] == max(gain.values())
        )
    )


def earned_ways(taken, money, length, seats, cast, shares):
    """All committees of Phragmén (shares False), or of equal shares going on by Phragmén; a purse a voter."""
    if len(taken) == seats:
        return {tuple(sorted(taken))}
    left = [one for one in range(length) if one not in taken]
    held = {one: [money[at] for at, ballot in enumerate(cast) if one in ballot] for one in left}
    rich = [one for one in left if sum(held[one]) >= 1] if shares else []
    if rich:
        prices = {one: price(sorted(held[one])) for one in rich}
        wait, pay = Fraction(0), min(prices.values())
        chosen = [one for one in rich if prices[one] == pay]
    else:
        waits = {one: (1 - sum(held[one])) / len(held[one]) for one in left if held[one]}
        wait, pay = min(waits.values(), default=Fraction(0)), None
        chosen = [one for one in left if not waits or waits.get(one) == wait]
    ways = set()
    for one in chosen:
        after = [
            (max(have - pay, Fraction(0)) if pay is not None else Fraction(0))
            if one in ballot
            else have + wait
            for have, ballot in zip(money, cast, strict=True)
        ]
        ways |= earned_ways((*taken, one), after, length, seats, cast, bool(rich))
    return ways


def price(purses: list[Fraction]) -> Fraction:
    """The least amount with which the purses, the lightest first, hold 1."""
    empty = sum(1 for at, one in enumerate(purses) if sum(purses[:at]) + one * (len(purses) - at) < 1)
    return (1 - sum(purses[:empty])) / (len(purses) - empty)


@given(approved())
@settings(max_examples=80, deadline=None)
def test_phragmen_and_equal_shares(votes) -> None:
    length, seats, cast = votes
    found = approving(length, cast)
    none = [Fraction(0)] * len(cast)
    share = [Fraction(seats, len(cast))] * len(cast)
    assert set(phragmen(found, seats).all) == earned_ways((), none, length, seats, cast, False)
    assert set(equal_shares(found, seats).all) == earned_ways((), share, length, seats, cast, True)
