"""Does bounded overspending find the best terms, exactly, for every utility?"""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.budgeting.small import Small, by_id, drawn, smalls
from folkmoot.core.decide.budgeting.election import Ballots, Election, Project
from folkmoot.core.decide.budgeting.overspending import overspending
from folkmoot.core.decide.budgeting.settings import Settings, Utility
from folkmoot.core.kernel.draw import Draw


def offers(money: list[Fraction], worths: list[int], cost: int) -> list[tuple[Fraction, Fraction, Fraction]]:
    """All (r / a, r, a) that can be best: somebody just has enough, or the cost is just covered."""
    backers = [who for who, worth in enumerate(worths) if worth and money[who]]
    ends = {money[who] / worths[who] for who in backers}
    for end in list(ends):
        poor = [who for who in backers if money[who] < end * worths[who]]
        rest = sum(worths[who] for who in backers if who not in poor)
        ends.add((cost - sum(money[who] for who in poor)) / Fraction(rest))
    found = []
    for pay in ends:
        part = sum(min(money[who], pay * worths[who]) for who in backers) / cost
        if 0 < part <= 1:
            found.append((pay / part / part, pay / part, part))
    return found


def oracle(small: Small, kind: Utility) -> list[tuple[int, Fraction]]:
    voters = range(len(small.ballots))
    money, left, bought = [Fraction(small.budget, max(1, len(voters)))] * len(voters), small.budget, []
    waiting = by_id(range(len(small.costs)))
    while True:
        worths = {c: [small.utility(kind, who, c) for who in voters] for c in waiting}
        best = [(*min(told), place) for place in waiting if small.costs[place] <= left
                and (told := offers(money, worths[place], small.costs[place]))]  # fmt: skip
        if not best:
            return bought
        _, rate, _, place = min(best, key=lambda one: one[0])
        money = [max(Fraction(0), money[who] - rate * worths[place][who]) for who in voters]
        bought.append((place, rate * (small.costs[place] if kind is Utility.COST else 1)))
        waiting.remove(place)
        left -= small.costs[place]


@settings(max_examples=150, deadline=None)
@given(smalls(), st.sampled_from(list(Utility)))
def test_equals_trying_all_terms(small: Small, kind: Utility) -> None:
    told = overspending(small.election(), Settings(utility=kind))
    assert [(one.project, one.price) for one in told.purchases] == oracle(small, kind)
    assert overspending(small.grouped(), Settings(utility=kind)) == told
    assert sum(small.costs[place] for place in told.winners) <= small.budget


@pytest.mark.parametrize("kind", list(Utility))
def test_equals_trying_all_terms_in_fuller_elections(kind: Utility) -> None:
    for seed in range(60):
        small = drawn(seed)
        told = overspending(small.election(), Settings(utility=kind))
        assert [(one.project, one.price) for one in told.purchases] == oracle(small, kind), small


@settings(max_examples=50, deadline=None)
@given(smalls(free=True), st.sampled_from(list(Utility)), st.permutations(range(5)))
def test_order_of_the_list_and_currency_change_nothing(small: Small, kind: Utility, order: list[int]) -> None:
    places, chosen = tuple(place for place in order if place < len(small.costs)), Settings(utility=kind)
    winners = overspending(small.election(), chosen).winners
    assert tuple(places[at] for at in overspending(small.election(places), chosen).winners) == winners
    dear = Small(small.costs, small.budget, small.ballots, small.points, Fraction(10**400, 7))
    assert overspending(dear.election(), chosen).winners == winners  # longer than any float


@pytest.mark.parametrize(("backers", "first"), [((4, 6), 0), ((3, 7), 1)])
def test_a_big_project_is_bought_on_credit_if_enough_is_covered(backers: tuple[int, int], first: int) -> None:
    projects = (Project("small", Fraction(30)), Project("big", Fraction(100)))
    vote = Election(projects, Fraction(100), Ballots.gathered([[0], [1]], backers))
    assert overspending(vote, Settings()).winners == (first,)


@pytest.mark.parametrize("seed", ["56", "82", "16"])
def test_payments_grow_long_and_may_then_be_rounded(seed: str) -> None:
    draw = Draw(seed)
    rows = tuple(tuple(place for place in range(26) if draw.below(5) == 0) for _ in range(150))
    points = tuple((1,) * len(row) for row in rows)
    small = Small(tuple(draw.between(20, 60) for _ in range(26)), 900, rows, points)
    exact = overspending(small.election(), Settings()).purchases
    assert max(one.price.denominator.bit_length() for one in exact) > 128
    near = overspending(small.election(), Settings(), longest=128).purchases
    assert max(one.price.denominator.bit_length() for one in near) <= 128
    assert [one.project for one in near] == [one.project for one in exact]
    assert all(abs(one.price - two.price) < Fraction(1, 2**50) for one, two in zip(near, exact, strict=True))


def test_what_is_not_eligible_is_never_bought() -> None:
    projects = (Project("a", Fraction(90)), Project("b", Fraction(20)))
    vote = Election(projects, Fraction(110), Ballots.gathered([[0, 1], [1]], [2, 8]))
    told = overspending(vote, Settings(eligible_at=Fraction(1, 3)))
    assert (told.winners, told.left_out) == ((1,), (0,))


def test_no_projects_and_no_ballots() -> None:
    assert overspending(Election((), Fraction(1), Ballots.gathered([], [])), Settings()).winners == ()
    assert overspending(Election((), Fraction(0), Ballots.gathered([[]], [3])), Settings()).winners == ()
