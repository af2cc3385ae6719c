"""Do voters with equal shares buy what the rule says, in fast and in exact arithmetic, level by level?"""

import itertools
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.budgeting.small import IDS, Small, by_id, drawn, smalls
from folkmoot.core.decide.budgeting import (
    Ballots,
    Completion,
    Election,
    Project,
    Rule,
    Settings,
    Start,
    Ties,
    Utility,
    VoteType,
    count,
    utility_of,
)
from folkmoot.core.decide.budgeting.equal_shares import Compiled, Exact, equal_shares, levels_of
from folkmoot.core.decide.budgeting.exact_shares import Purses
from folkmoot.core.decide.budgeting.payers import payers_of
from folkmoot.core.kernel.draw import Draw
from folkmoot.core.kernel.errors import Refused

UTILITIES = st.sampled_from(list(Utility))


def bought(small: Small, kind: Utility, share: Fraction) -> list[int]:
    """The rule as it is written: pay ρ for each unit of utility, but no more than one has; least ρ first."""
    purses, told = [share] * len(small.ballots), []
    waiting = by_id(range(len(small.costs)))
    while True:
        offers = []
        for place in waiting:
            worth = [small.utility(kind, who, place) for who in range(len(purses))]
            backers = [who for who, each in enumerate(worth) if each]
            for poor in range(len(backers)):
                poorest = sorted(backers, key=lambda who: purses[who] / worth[who])
                rest = small.costs[place] - sum(purses[who] for who in poorest[:poor])
                rho = Fraction(rest) / sum(worth[who] for who in poorest[poor:])
                if purses[poorest[poor]] >= rho * worth[poorest[poor]]:
                    offers.append((rho, place, worth))
                    break
        if not offers:
            return told
        rho, place, worth = min(offers, key=lambda offer: offer[0])  # the first by id among equals
        purses = [max(held - rho * each, Fraction(0)) for held, each in zip(purses, worth, strict=True)]
        told.append(place)
        waiting.remove(place)


def add1(small: Small, kind: Utility, start: Start, early: bool) -> list[int]:
    """Level by level, as the two public descriptions have it."""
    voters, told = len(small.ballots), []
    if not voters:
        return []
    share = Fraction(small.budget, voters)
    rest = itertools.count(share // 1 if start is Start.INTEGER else share)
    next(rest)
    backed = [c for c in range(len(small.costs)) if any(small.utility(kind, v, c) for v in range(voters))]
    while True:
        now = bought(small, kind, share)
        left = small.budget - sum(small.costs[place] for place in now)
        if left < 0:
            return told
        fits = [place for place in backed if place not in now and small.costs[place] <= left]
        if set(now) == set(backed) or (early and not fits):
            return now
        told, share = now, Fraction(next(rest))


def both(election: Election, utility: Utility) -> tuple[Exact, Compiled]:
    """Counting in whole numbers, and the compiled count."""
    given = payers_of(election, utility), Ties().ranks(election), election.limit
    return Exact(*given), Compiled(*given)


@settings(max_examples=100, deadline=None)
@given(smalls(), UTILITIES, st.fractions(0, 6, max_denominator=6))
def test_equals_the_rule_as_it_is_written(small: Small, kind: Utility, share: Fraction) -> None:
    exact, fast = both(small.election(), kind)
    expected = bought(small, kind, share)
    assert exact.level(share) == expected
    assert fast.level(share) == expected
    assert both(small.grouped(), kind)[1].level(share) == expected


@pytest.mark.parametrize("kind", list(Utility))
def test_equals_the_rule_in_fuller_elections(kind: Utility) -> None:
    asked = 0
    for seed in range(120):
        small = drawn(seed)
        share = Fraction(small.budget, len(small.ballots))
        exact, fast = both(small.election(), kind)
        for each in (share, share + 1, 2 * share):
            assert exact.level(each) == fast.level(each) == bought(small, kind, each), small
        asked += fast.asked
    assert asked > 15, "ties among those who give all they have need exact arithmetic"


@pytest.mark.parametrize("kind", list(Utility))
@pytest.mark.parametrize("start", list(Start))
@pytest.mark.parametrize("early", [True, False])
def test_add1_equals_its_description(kind: Utility, start: Start, early: bool) -> None:
    completion = Completion.ADD1 if early else Completion.ADD1_OVERSPEND
    for seed in range(40):
        small = drawn(seed)
        told = equal_shares(small.election(), Settings(utility=kind, completion=completion, start=start))
        assert list(told.winners) == add1(small, kind, start, early), small
        assert sum(small.costs[place] for place in told.winners) <= small.budget


@settings(max_examples=60, deadline=None)
@given(smalls(free=True), UTILITIES, st.sampled_from(list(Completion)), st.sampled_from(list(Start)))
def test_laws_of_every_completion(small: Small, kind: Utility, completion: Completion, start: Start) -> None:
    election, chosen = small.election(), Settings(utility=kind, completion=completion, start=start)
    told = count(election, chosen)
    spent = sum(small.costs[place] for place in told.winners)
    assert spent <= small.budget
    assert len(set(told.winners)) == len(told.winners)
    if completion in (Completion.UTILITARIAN, Completion.ADD1_UTILITARIAN):
        left_over = set(range(len(small.costs))) - set(told.winners)
        assert all(small.costs[place] > small.budget - spent for place in left_over)
    assert count(small.grouped(), chosen).winners == told.winners
    dearer = replace(small, scale=Fraction(7, 3)).election()
    scaled = count(dearer, replace(chosen, step=Fraction(7, 3)))
    assert scaled.winners == told.winners
    assert scaled.share == (told.share and told.share * Fraction(7, 3))


@settings(max_examples=60, deadline=None)
@given(smalls(), UTILITIES, st.permutations(range(5)), st.randoms())
def test_no_voter_and_no_place_on_the_list_is_favoured(
    small: Small, kind: Utility, order: list[int], random: Random
) -> None:
    order = [place for place in order if place < len(small.costs)]
    chosen = Settings(utility=kind, completion=Completion.ADD1)
    plain = small.election()
    names = [plain.projects[place].id for place in count(plain, chosen).winners]
    turned = small.election(tuple(order))
    assert [turned.projects[place].id for place in count(turned, chosen).winners] == names
    rows = list(zip(small.ballots, small.points, strict=True))
    random.shuffle(rows)
    mixed = replace(small, ballots=tuple(r[0] for r in rows), points=tuple(r[1] for r in rows)).election()
    assert [mixed.projects[place].id for place in count(mixed, chosen).winners] == names


def near_ties(seed: int) -> tuple[Election, Fraction]:
    """Votes in which purses are spent down and costs lie a hair apart, far below what a float can tell."""
    draw = Draw(f"near {seed}")
    projects, unit = draw.between(4, 8), 10 ** draw.between(0, 9)
    rows = [sorted({draw.below(projects) for _ in range(draw.between(1, 4))}) for _ in range(12)]
    costs = [draw.between(2, 5) * unit + (draw.below(3) - 1) * draw.below(2) for _ in range(projects)]
    listed = tuple(Project(IDS[place], Fraction(cost)) for place, cost in enumerate(costs))
    counts = [draw.between(1, 3) for _ in rows]
    election = Election(listed, Fraction(sum(costs) * 2, 3), Ballots.gathered(rows, counts))
    return election, Fraction(election.limit, sum(counts))


@pytest.mark.parametrize("kind", [Utility.COST, Utility.CARDINALITY])
def test_what_a_float_cannot_tell_apart_is_decided_exactly(kind: Utility) -> None:
    for seed in range(150):
        election, share = near_ties(seed)
        exact, fast = both(election, kind)
        for more in range(3):
            assert fast.level(share + more) == exact.level(share + more), (seed, more)


def test_a_tie_goes_to_the_first_by_id() -> None:
    projects = tuple(Project(id, Fraction(cost)) for id, cost in (("c", 1), ("b", 2), ("a", 2)))
    election = Election(projects, Fraction(4), Ballots.gathered([[0, 1, 2], [1, 2]], [3, 1]))
    for counting in both(election, Utility.COST):
        assert counting.level(Fraction(1)) == [2, 1]  # four supporters each, and nothing is left for c
    for counting in both(election, Utility.CARDINALITY):
        assert counting.level(Fraction(1)) == [0, 2]  # a third each for c, then a half each for a


def test_costs_beyond_the_machines_whole_numbers_are_counted() -> None:
    projects = (Project("a", Fraction(10) ** 30), Project("b", Fraction(10) ** 30 + 1))
    election = Election(projects, Fraction(2 * 10**30), Ballots.gathered([[0], [1]], [2, 2]))
    assert count(election, Settings()).winners == (0,)
    assert count(election, Settings(completion=Completion.ADD1, step=Fraction(10) ** 28)).winners == (0,)


SHEET = {  # costs as a spreadsheet divides them, and costs and points beyond a float's whole numbers
    "thirds": (5000, ("1333.3333333333333", "571.4285714285714"), [[0, 1], [0]], [3, 4], None),
    "four": (
        10000,
        ("1666.6666666666667", "816.6666666666666", "166.66666666666666", "555.5555555555555"),
        [[], [1, 2], [0], [2], [1, 3]],
        [2, 1, 1, 1, 1],
        None,
    ),
    "large": (13510798882114488, ("9007199254740995", "13510798882111493"), [[0, 1], [1]], [2, 1], None),
    "alike": (18014398509482023, ("9007199254741011", "9007199254741012"), [[0, 1]], [2], None),
    "points": (
        17,
        ("5", "6", "6"),
        [[0, 1, 2], [0, 1, 2]],
        [1, 1],
        [
            [18014398509481987, 18014398509481993, 18014398509481985],
            [18014398509481992, 18014398509481986, 18014398509481986],
        ],
    ),
}


@pytest.mark.parametrize("name", SHEET)
def test_figures_beyond_what_a_float_holds_are_counted_exactly(name: str) -> None:
    budget, costs, rows, counts, points = SHEET[name]
    projects = tuple(Project(IDS[-place - 1], Fraction(cost)) for place, cost in enumerate(costs))
    kind = VoteType.SCORING if points else VoteType.APPROVAL
    election = Election(projects, Fraction(budget), Ballots.gathered(rows, counts, points), kind)
    for utility in (Utility.POINTS,) if points else (Utility.COST, Utility.CARDINALITY):
        chosen = Settings(utility=utility, completion=Completion.ADD1)
        exact = Exact(payers_of(election, utility), Ties().ranks(election), election.limit)
        winners, number = exact.climb(levels_of(election, chosen), True, lambda _: None)
        told = count(election, chosen)
        assert (list(told.winners), told.levels) == (winners, number + 1)


def many_rounds(seed: int) -> Election:
    """A vote in which purses are spent down over some thirty purchases."""
    draw = Draw(f"rounds {seed}")
    rows = [sorted({draw.below(30) for _ in range(draw.between(2, 12))}) for _ in range(80)]
    costs = [draw.between(100, 5000) for _ in range(30)]
    projects = tuple(Project(f"{place:02}", Fraction(cost)) for place, cost in enumerate(costs))
    counts = [draw.between(1, 9) for _ in rows]
    return Election(projects, Fraction(sum(costs), 2), Ballots.gathered(rows, counts))


@pytest.mark.parametrize("seed", range(6))
def test_every_purse_lies_within_its_bound(seed: int) -> None:
    election = many_rounds(seed)
    exact, fast = both(election, Utility.COST)
    share = Fraction(election.limit, election.ballots.voters) + 100
    winners, purses = fast.level(share), Purses(exact.payers, share)
    assert winners == exact.level(share)
    assert len(winners) > 15
    for place in winners:
        purses.buy(place)
    held = zip(fast.count.money, fast.count.fine, purses.money, strict=True)
    off = [abs(Fraction(high) + Fraction(low) - Fraction(whole, purses.parts)) for high, low, whole in held]
    assert max(off) <= Fraction(fast.count.errors[0])
    assert all(whole == 0 for high, whole in zip(fast.count.money, purses.money, strict=True) if high == 0)
    assert fast.count.errors[0] < 1e-20 * float(share), "the bound itself stays small"


@pytest.mark.parametrize("budget", [10**19, 10**25, Fraction(10**13 + 1, 10**6)])
def test_a_budget_larger_than_the_machines_numbers_is_counted(budget: Fraction) -> None:
    projects = (Project("a", Fraction(5000001, 10**6)), Project("b", Fraction(7)))
    election = Election(projects, Fraction(budget), Ballots.gathered([[0], [0, 1]], [2, 1]))
    assert set(count(election, Settings(completion=Completion.ADD1)).winners) == {0, 1}


def test_nothing_to_count_is_an_outcome_too() -> None:
    for projects, rows in (
        ((), []),
        ((Project("a", Fraction(1)),), []),
        ((Project("a", Fraction(1)),), [[]]),
    ):
        election = Election(projects, Fraction(1), Ballots.gathered(rows, [1] * len(rows)))
        for completion in (Completion.NONE, Completion.ADD1, Completion.ADD1_OVERSPEND):
            assert count(election, Settings(completion=completion)).winners == ()


def test_a_public_seed_decides_ties_and_nothing_else() -> None:
    projects = tuple(Project(id, Fraction(2)) for id in "abcd")
    election = Election(projects, Fraction(4), Ballots.gathered([[0], [1], [2], [3]], [2, 2, 2, 3]))
    chosen = [Settings(rule=Rule.GREEDY, ties=Ties(f"seed:{number}")) for number in range(20)]
    assert {count(election, each).winners for each in chosen} == {(3, 0), (3, 1), (3, 2)}
    assert [count(election, each) for each in chosen] == [count(election, each) for each in chosen]


def test_points_and_ranks_are_asked_only_of_ballots_that_have_them() -> None:
    election = Election((Project("a", Fraction(1)),), Fraction(1), Ballots.gathered([[0]], [1]))
    for kind in (Utility.POINTS, Utility.BORDA):
        with pytest.raises(Refused, match="ballots"):
            count(election, Settings(utility=kind))
    assert {kind: str(utility_of(kind)) for kind in VoteType} == {
        "approval": "cost",
        "choose-1": "cost",
        "cumulative": "points",
        "scoring": "points",
        "ordinal": "borda",
    }


def test_the_greedy_outcome_stands_where_more_prefer_it() -> None:
    projects = tuple(Project(id, Fraction(cost)) for id, cost in (("park", 90), ("pool", 50), ("pond", 40)))
    given = Ballots.gathered([[0], [1], [2]], [60, 20, 15])
    election = Election(projects, Fraction(100), given)
    assert count(election, Settings(completion=Completion.ADD1)).winners == (0,)
    split = replace(election, ballots=Ballots.gathered([[0], [1], [2]], [40, 39, 21]))
    assert count(split, Settings(compare=True)).notes[0].endswith("the greedy outcome stands in its place.")
