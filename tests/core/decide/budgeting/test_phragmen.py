"""Does sequential Phragmén buy in the order of the moments, exactly, and stop when something does not fit?"""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.budgeting.small import Small, by_id, drawn, smalls
from folkmoot.core.decide.budgeting.election import Ballots, Election, Project
from folkmoot.core.decide.budgeting.phragmen import phragmen
from folkmoot.core.decide.budgeting.settings import Settings


def oracle(small: Small) -> list[tuple[int, Fraction]]:
    """Let time pass to the next moment, again and again, counting each voter's money."""
    money = [Fraction(0)] * len(small.ballots)
    waiting = [place for place in by_id(range(len(small.costs))) if small.costs[place] <= small.budget]
    bought: list[tuple[int, Fraction]] = []
    now, left = Fraction(0), small.budget
    while any(small.votes(place) for place in waiting):
        backers = {c: [who for who, row in enumerate(small.ballots) if c in row] for c in waiting}
        lacks = {
            c: (small.costs[c] - sum(money[v] for v in who)) / len(who) for c, who in backers.items() if who
        }
        first = [place for place in lacks if lacks[place] == min(lacks.values())]
        if any(small.costs[place] > left for place in first):
            return bought
        now += lacks[first[0]]
        money = [
            Fraction(0) if who in backers[first[0]] else held + lacks[first[0]]
            for who, held in enumerate(money)
        ]
        bought.append((first[0], now))
        waiting.remove(first[0])
        left -= small.costs[first[0]]
    while waiting and all(small.costs[place] <= left for place in waiting):
        left -= small.costs[waiting[0]]
        bought.append((waiting.pop(0), Fraction(0)))
    return bought


@settings(max_examples=150, deadline=None)
@given(smalls(free=True))
def test_equals_the_passing_of_time(small: Small) -> None:
    told = phragmen(small.election(), Settings())
    assert [(one.project, one.price) for one in told.purchases] == oracle(small)
    assert told.winners == tuple(one.project for one in told.purchases)
    assert phragmen(small.grouped(), Settings()) == told
    assert sum(small.costs[place] for place in told.winners) <= small.budget


def test_equals_the_passing_of_time_in_fuller_elections() -> None:
    for seed in range(150):
        small = drawn(seed)
        told = phragmen(small.election(), Settings())
        assert [(one.project, one.price) for one in told.purchases] == oracle(small), small


@settings(max_examples=50, deadline=None)
@given(smalls(), st.permutations(range(5)))
def test_order_of_the_list_and_currency_change_nothing(small: Small, order: list[int]) -> None:
    places = tuple(place for place in order if place < len(small.costs))
    winners = phragmen(small.election(), Settings()).winners
    assert tuple(places[at] for at in phragmen(small.election(places), Settings()).winners) == winners
    dear = Small(small.costs, small.budget, small.ballots, small.points, Fraction(10**400, 7))
    assert phragmen(dear.election(), Settings()).winners == winners  # longer than any float


def test_a_hair_decides() -> None:
    costs, hair = (
        {"a": Fraction(10**17 + 1), "b": Fraction(10**17)},
        {"a": Fraction(10**17), "b": Fraction(10**17)},
    )
    ballots = Ballots.gathered([[0], [1]], [3, 3])
    for told, first in ((costs, 1), (hair, 0)):
        projects = tuple(Project(id, cost) for id, cost in told.items())
        assert phragmen(Election(projects, Fraction(3 * 10**17), ballots), Settings()).winners[0] == first


def test_what_is_not_eligible_is_never_bought() -> None:
    projects = (Project("a", Fraction(90)), Project("b", Fraction(20)))
    vote = Election(projects, Fraction(110), Ballots.gathered([[0, 1], [1]], [2, 8]))
    told = phragmen(vote, Settings(eligible_at=Fraction(1, 3)))
    assert (told.winners, told.left_out) == ((1,), (0,))
    assert phragmen(vote, Settings()).winners == (1, 0)


def test_no_projects_and_no_ballots() -> None:
    assert phragmen(Election((), Fraction(1), Ballots.gathered([], [])), Settings()).winners == ()
    assert phragmen(Election((), Fraction(0), Ballots.gathered([[]], [3])), Settings()).winners == ()
