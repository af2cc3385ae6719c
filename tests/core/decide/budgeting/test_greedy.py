"""Does the greedy family take the best first, exactly, and stop where its rule says?"""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.budgeting.small import IDS, Small, by_id, drawn, smalls
from folkmoot.core.decide.budgeting.comparing import compared
from folkmoot.core.decide.budgeting.election import Ballots, Election, Project, VoteType
from folkmoot.core.decide.budgeting.greedy import fund_by_score, greedy, greedy_by_score
from folkmoot.core.decide.budgeting.overspending import overspending
from folkmoot.core.decide.budgeting.settings import Rule, Settings, Ties, Utility
from folkmoot.core.kernel.errors import Refused

RULES = st.sampled_from([Rule.GREEDY, Rule.GREEDY_NO_SKIP, Rule.GREEDY_THRESHOLD, Rule.GREEDY_EXCLUSIVE])
UTILITIES = st.sampled_from(list(Utility))


def oracle(
    small: Small, rule: Rule, kind: Utility, least: int = 0, rivals: tuple[set[int], ...] = ()
) -> list[int]:
    """Look through all projects for the best, again and again."""
    winners: list[int] = []
    waiting = [place for place in by_id(range(len(small.costs))) if small.votes(place) >= least]

    def density(place: int) -> Fraction:
        return Fraction(
            sum(small.utility(kind, who, place) for who in range(len(small.ballots))), small.costs[place]
        )

    while waiting:
        best = max(waiting, key=density)
        waiting.remove(best)
        if sum(small.costs[place] for place in [*winners, best]) > small.budget:
            if rule is Rule.GREEDY_NO_SKIP:
                break
        elif not any(best in group and group & set(winners) for group in rivals):
            winners.append(best)
    return winners


@settings(max_examples=90, deadline=None)
@given(smalls(), RULES, UTILITIES)
def test_equals_the_plain_rule(small: Small, rule: Rule, kind: Utility) -> None:
    chosen = Settings(rule=rule, utility=kind)
    assert list(greedy(small.election(), chosen).winners) == oracle(small, rule, kind)
    assert greedy(small.grouped(), chosen).winners == greedy(small.election(), chosen).winners


@pytest.mark.parametrize("kind", list(Utility))
def test_equals_the_plain_rule_in_fuller_elections(kind: Utility) -> None:
    for seed in range(60):
        chosen = Settings(rule=(Rule.GREEDY, Rule.GREEDY_NO_SKIP)[seed % 2], utility=kind)
        assert list(greedy(drawn(seed).election(), chosen).winners) == oracle(drawn(seed), chosen.rule, kind)


@settings(max_examples=60, deadline=None)
@given(
    smalls(),
    st.integers(0, 3),
    st.sets(st.integers(0, 4), max_size=3),
    st.sets(st.integers(0, 4), max_size=3),
)
def test_threshold_and_rivals(small: Small, least: int, one: set[int], two: set[int]) -> None:
    rivals = tuple({place for place in group if place < len(small.costs)} for group in (one, two))
    names = tuple(frozenset(IDS[place] for place in group) for group in rivals)
    plain = Small(small.costs, small.budget, small.ballots, tuple((1,) * len(row) for row in small.ballots))
    chosen = Settings(rule=Rule.GREEDY_EXCLUSIVE, threshold=Fraction(least), rivals=names)
    assert list(greedy(plain.election(), chosen).winners) == oracle(
        plain, chosen.rule, Utility.COST, least, rivals
    )


@settings(max_examples=60, deadline=None)
@given(smalls(free=True), UTILITIES, RULES, st.permutations(range(5)))
def test_budget_neutrality_and_scale(small: Small, kind: Utility, rule: Rule, order: list[int]) -> None:
    chosen, places = Settings(rule=rule, utility=kind), tuple(p for p in order if p < len(small.costs))
    winners = greedy(small.election(), chosen).winners
    spent = sum(small.costs[place] for place in winners)
    assert spent <= small.budget
    if rule is not Rule.GREEDY_NO_SKIP:
        assert all(spent + cost > small.budget for at, cost in enumerate(small.costs) if at not in winners)
    assert tuple(places[at] for at in greedy(small.election(places), chosen).winners) == winners
    dear = Small(small.costs, small.budget, small.ballots, small.points, Fraction(10**12, 7))
    assert greedy(dear.election(), chosen).winners == winners


def test_close_quotients_are_told_apart_and_equal_ones_tie() -> None:
    big = 10**15  # 3 / (3 big) = 1 / big, and 2 / (2 big + 1) is a hair less: no float sees that
    costs = {"a": 2 * big + 1, "b": 3 * big, "c": big}
    projects = tuple(Project(id, Fraction(cost)) for id, cost in costs.items())
    ballots = Ballots.gathered([[0, 1], [1], [2]], [2, 1, 1])
    vote = Election(projects, Fraction(7 * big), ballots)
    assert greedy(vote, Settings(utility=Utility.CARDINALITY)).winners == (1, 2, 0)
    assert greedy(vote, Settings(utility=Utility.CARDINALITY, ties=Ties("cost-votes-id"))).winners == (
        2,
        1,
        0,
    )


def test_points_go_per_cost_or_as_they_are() -> None:
    projects = (Project("a", Fraction(90)), Project("b", Fraction(20)))
    ballots = Ballots.gathered([[0, 1]], [1], [[7, 3]])
    vote = Election(projects, Fraction(100), ballots)
    assert greedy(vote, Settings(utility=Utility.POINTS)).winners == (1,)
    assert greedy_by_score(vote, Settings(utility=Utility.POINTS)).winners == (0,)


def test_ranks_count_from_the_longest_ballot() -> None:
    projects = tuple(Project(id, Fraction(1)) for id in "abc")
    ballots = Ballots.gathered([[0, 1, 2], [1, 2], [2]], [1, 2, 2])  # a 3, b 2 + 6, c 1 + 4 + 6
    vote = Election(projects, Fraction(3), ballots, VoteType.ORDINAL)
    assert greedy_by_score(vote, Settings()).winners == (2, 1, 0)
    assert greedy_by_score(vote, Settings(threshold=Fraction(9))).winners == (2,)


def test_what_is_left_out_is_said() -> None:
    projects = (Project("a", Fraction(90)), Project("b", Fraction(20)))
    vote = Election(projects, Fraction(100), Ballots.gathered([[0], [1]], [2, 8]))
    assert greedy(vote, Settings(eligible_at=Fraction(1, 3))).left_out == (0,)
    assert greedy(vote, Settings(threshold=Fraction(9))).left_out == (0, 1)
    assert greedy(vote, Settings(rule=Rule.GREEDY_THRESHOLD)).notes
    assert greedy(vote, Settings(rule=Rule.GREEDY_EXCLUSIVE)).notes
    assert not greedy(vote, Settings(rule=Rule.GREEDY)).notes


def test_a_rival_that_is_not_on_the_list_is_refused() -> None:
    vote = Election((Project("a", Fraction(1)),), Fraction(1), Ballots.gathered([], []))
    with pytest.raises(Refused) as found:
        greedy(vote, Settings(rivals=(frozenset({"a", "z"}),)))
    assert found.value.field == "rivals"
    assert "“z”" in str(found.value)


@pytest.mark.parametrize("rule", [greedy, overspending])
@pytest.mark.parametrize("kind", [Utility.POINTS, Utility.BORDA])
def test_points_or_ranks_that_are_not_there_are_refused(rule: Callable[..., object], kind: Utility) -> None:
    vote = Election((Project("a", Fraction(1)),), Fraction(1), Ballots.gathered([[0]], [1]))
    with pytest.raises(Refused):
        rule(vote, Settings(utility=kind))
    with pytest.raises(Refused):
        compared(vote, [0], [], kind)


def test_by_score_directly() -> None:
    assert fund_by_score([5, 5, 5], [1, 3, 3], 10, [0, 2, 1]) == (2, 1)
    assert fund_by_score([5, 5, 0], [1, 3, 3], 5, range(3), threshold=2) == (1, 2)
    assert fund_by_score([3, 4, 2], [9, 8, 7], 6, range(3), skip=False) == (0,)
    assert fund_by_score([3, 4, 2], [9, 8, 7], 9, range(3), rivals=[{0, 1}, {1, 2}]) == (0, 2)
