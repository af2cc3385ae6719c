"""Does adding just the supporters that a project lacked make it win, and one fewer not?"""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.budgeting.small import Small, drawn, smalls
from folkmoot.core.decide.budgeting.counting import count
from folkmoot.core.decide.budgeting.election import Ballots, Election, Project, VoteType
from folkmoot.core.decide.budgeting.greedy import fund_by_score
from folkmoot.core.decide.budgeting.settings import Completion, Rule, Settings, Utility
from folkmoot.core.decide.budgeting.why.reasons import Kind, Lack, Reason, Unit, reasons

PLAIN = Settings()
SHARES = [
    Settings(utility=utility, completion=completion)
    for utility in (Utility.COST, Utility.CARDINALITY, Utility.POINTS)
    for completion in (Completion.NONE, Completion.UTILITARIAN)
]
GREEDY = [
    Settings(rule=Rule.GREEDY),
    Settings(rule=Rule.GREEDY, utility=Utility.CARDINALITY),
    Settings(rule=Rule.GREEDY_NO_SKIP),
    Settings(rule=Rule.GREEDY_THRESHOLD, threshold=Fraction(3)),
    Settings(rule=Rule.GREEDY_EXCLUSIVE, rivals=(frozenset("zy"), frozenset("yx"))),
]


def approvals(seed: int) -> Election:
    """A small election full of ties, of approvals."""
    told = drawn(seed).election()
    return replace(told, ballots=replace(told.ballots, points=None), vote_type=VoteType.APPROVAL)


def with_more(election: Election, project: int, more: int, kept: Fraction | None = None) -> Election:
    """So many further voters for this project alone; with a share to be kept, the budget grows by theirs."""
    old = election.ballots
    most = 0 if old.points is None else int(old.points.max(initial=0))
    rows = [list(map(int, old.choices[a:b])) for a, b in zip(old.starts, old.starts[1:], strict=False)]
    points = None
    if old.points is not None:
        told = [list(map(int, old.points[a:b])) for a, b in zip(old.starts, old.starts[1:], strict=False)]
        points = [*told, [most]] if more else told
    counts = [*map(int, old.counts), more] if more else list(map(int, old.counts))
    ballots = Ballots.gathered([*rows, [project]] if more else rows, counts, points)
    budget = election.budget if kept is None else kept * ballots.voters
    return replace(election, ballots=ballots, budget=budget)


def lost(election: Election, how: Settings) -> list[Reason]:
    return [one for one in reasons(election, how, count(election, how)) if not one.won]


@pytest.mark.parametrize("how", SHARES, ids=lambda how: f"{how.utility}-{how.completion}")
def test_with_as_many_more_supporters_equal_shares_fund_it_and_with_fewer_not(how: Settings) -> None:
    for seed in range(25):
        election = drawn(seed).election() if how.utility is Utility.POINTS else approvals(seed)
        share = count(election, how).share
        for one in lost(election, how):
            assert one.unit is Unit.SUPPORTERS
            if not isinstance(one.needed, int) or not one.needed:
                continue
            for more, wins in ((one.needed, True), (one.needed - 1, False)):
                larger = with_more(election, one.project, more, share)
                told = count(larger, replace(how, completion=Completion.NONE)).winners
                if how.completion is Completion.UTILITARIAN and one.project not in told:
                    told += filled(larger, told, election.limit * larger.unit // election.unit, how)
                assert (one.project in told) == wins, (seed, one, more)


def filled(election: Election, bought: tuple[int, ...], limit: int, how: Settings) -> tuple[int, ...]:
    """What a completion by votes adds within the budget as it was."""
    left = limit - sum(election.costs[place] for place in bought)
    ranks = how.ties.ranks(election)
    waiting = [place for place in range(len(ranks)) if place not in bought]
    added = fund_by_score(
        [election.costs[place] for place in waiting],
        [election.votes[place] for place in waiting],
        left,
        [ranks[place] for place in waiting],
    )
    return tuple(waiting[place] for place in added)


def test_a_completion_by_votes_counts_too() -> None:
    costs = {"a": 40, "b": 40, "c": 70}
    projects = tuple(Project(id, Fraction(cost)) for id, cost in costs.items())
    vote = Election(projects, Fraction(100), Ballots.gathered([[0], [1], [2]], [5, 3, 2]))
    how = Settings(completion=Completion.UTILITARIAN)
    told = reasons(vote, how, count(vote, how))
    assert told[1].completed
    assert told[1].price is None
    assert told[2].lack is Lack.SUPPORTERS_MONEY
    assert told[2].needed == 5
    assert reasons(vote, PLAIN, count(vote, PLAIN))[1].needed == 1  # 40 = 4 x 10


@pytest.mark.parametrize("how", GREEDY, ids=lambda how: f"{how.rule}-{how.utility}")
def test_with_as_many_more_votes_greedy_funds_it_and_with_fewer_not(how: Settings) -> None:
    tried = 0
    for seed in range(60):
        election = approvals(seed)
        for one in lost(election, how):
            if one.needed is None:
                assert one.cost > election.budget or one.lack in (Lack.TURN, Lack.STOPPED, Lack.RIVAL)
                continue
            more, tried = int(one.needed), tried + 1
            assert more >= 1
            assert one.lack
            assert one.project in count(with_more(election, one.project, more), how).winners
            assert one.project not in count(with_more(election, one.project, more - 1), how).winners
    assert tried > 15


def test_points_that_are_lacking_under_greedy_are_points() -> None:
    for seed in range(40):
        election = replace(drawn(seed).election(), vote_type=VoteType.SCORING)
        for one in lost(election, Settings(rule=Rule.GREEDY)):
            if one.needed is None:
                continue
            assert one.unit is Unit.POINTS
            assert one.effective_support is None
            for points, wins in ((one.needed, True), (one.needed - 1, False)):
                ballots = with_one(election.ballots, one.project, int(points))
                told = count(replace(election, ballots=ballots), Settings(rule=Rule.GREEDY))
                assert (one.project in told.winners) == wins


def with_one(old: Ballots, project: int, points: int) -> Ballots:
    rows = [list(map(int, old.choices[a:b])) for a, b in zip(old.starts, old.starts[1:], strict=False)]
    assert old.points is not None
    told = [list(map(int, old.points[a:b])) for a, b in zip(old.starts, old.starts[1:], strict=False)]
    return Ballots.gathered([*rows, [project]], [*map(int, old.counts), 1], [*told, [points]])


@given(smalls(), st.sampled_from([Utility.COST, Utility.CARDINALITY, Utility.POINTS, Utility.BORDA]))
@settings(max_examples=60, deadline=None)
def test_prices_payers_and_payments_make_up_the_cost(small: Small, utility: Utility) -> None:
    election = small.election()
    how = Settings(utility=utility)
    outcome = count(election, how)
    for one in reasons(election, how, outcome):
        assert one.won == (one.project in outcome.winners)
        assert one.supporters == small.votes(one.project)
        if one.won and one.price is not None and one.paid_in_full is not None and one.given is not None:
            assert outcome.winners[(one.round or 0) - 1] == one.project
            if utility in (Utility.COST, Utility.CARDINALITY):
                assert one.price * one.paid_in_full + one.given == one.cost
                assert one.paid_in_full + (one.gave_all or 0) == one.supporters
        if not one.won and one.lack is Lack.SUPPORTERS_MONEY:
            assert one.money is not None
            assert one.money < one.cost


def test_each_way_to_be_shut_out_has_its_name_and_what_it_takes_to_enter() -> None:
    projects = tuple(Project(id, Fraction(cost)) for id, cost in (("a", 40), ("b", 30), ("c", 90)))
    vote = Election(projects, Fraction(100), Ballots.gathered([[0], [1], [2]], [6, 2, 2]))
    low = lost(vote, Settings(rule=Rule.GREEDY_THRESHOLD, threshold=Fraction(3)))
    assert [(one.lack, one.needed) for one in low] == [(Lack.THRESHOLD, 1), (Lack.THRESHOLD, 5)]
    rival = lost(vote, Settings(rule=Rule.GREEDY_EXCLUSIVE, rivals=(frozenset("ab"),)))
    assert (rival[0].lack, rival[0].rival, rival[0].needed) == (Lack.RIVAL, 0, 5)
    bare = lost(vote, Settings(eligible_at=Fraction(1, 2)))[-1]
    assert bare.lack is Lack.INELIGIBLE
    assert bare.lack.kind is Kind.SHUT_OUT
    assert bare.needed == 7
    dear = replace(vote, budget=Fraction(80))
    assert lost(dear, PLAIN)[-1].lack is Lack.TOO_DEAR
    assert lost(dear, PLAIN)[-1].needed is None


def test_an_outcome_that_a_comparison_replaced_is_explained_as_greedy() -> None:
    projects = tuple(Project(id, Fraction(60)) for id in ("a", "b", "c"))
    vote = Election(projects, Fraction(100), Ballots.gathered([[0], [1], [2]], [4, 3, 3]))
    how = Settings(compare=True)
    told = reasons(vote, how, count(vote, how))
    assert told[0].won
    assert told[1].lack is Lack.TURN
    assert told[1].needed == 2


@pytest.mark.parametrize("rule", [Rule.PHRAGMEN, Rule.OVERSPENDING])
def test_the_other_rules_tell_prices_and_what_was_left(rule: Rule) -> None:
    election = approvals(3)
    for one in reasons(election, Settings(rule=rule), count(election, Settings(rule=rule))):
        assert (one.price is not None) == one.won
        assert one.needed is None
        assert one.won or one.lack is not None


def test_under_add1_the_money_is_that_of_the_last_level() -> None:
    projects = tuple(Project(id, Fraction(60)) for id in ("a", "b", "c"))
    vote = Election(projects, Fraction(120), Ballots.gathered([[0, 1], [2], [0]], [4, 4, 2]))
    how = Settings(completion=Completion.ADD1)
    outcome, one = count(vote, how), lost(vote, how)[0]
    assert outcome.share == 15
    assert one.project == 1
    assert one.money == 4 * (15 - 10)
    assert one.needed == 3  # 40 is missing, and three newcomers have 45
    assert one.effective_support == 7


@pytest.mark.parametrize(("id", "needed"), [("b", 4), ("d", 5)])
def test_a_level_price_is_enough_only_for_a_project_that_wins_ties(id: str, needed: int) -> None:
    """Four who have 2 left and four newcomers, who give 9 of their 10, make up its 44: level with c."""
    projects = tuple(Project(*one) for one in (("a", Fraction(160)), ("c", Fraction(44)), (id, Fraction(44))))
    vote = Election(projects, Fraction(240), Ballots.gathered([[0], [0, 1, 2], [1]], [16, 4, 4]))
    one = lost(vote, PLAIN)[0]
    assert one.project == 2
    assert one.needed == needed
    larger = with_more(vote, 2, needed - 1, Fraction(10))
    assert 2 not in count(larger, PLAIN).winners
    assert 2 in count(with_more(vote, 2, needed, Fraction(10)), PLAIN).winners
