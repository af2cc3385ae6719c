"""Is it told truly whether groups had their due, and who has nothing?"""

import os
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.budgeting.small import Small, drawn, smalls
from folkmoot.core.decide.budgeting.counting import count
from folkmoot.core.decide.budgeting.election import Ballots, Election, Project
from folkmoot.core.decide.budgeting.outcome import Outcome
from folkmoot.core.decide.budgeting.pabulib import read_pb
from folkmoot.core.decide.budgeting.settings import Completion, Rule, Settings, Utility
from folkmoot.core.decide.budgeting.why.ejr import neglected
from folkmoot.core.decide.budgeting.why.fairness import fairness
from folkmoot.core.decide.budgeting.why.parts import ELSEWHERE, Homes, by_category, by_neighbourhood

UTILITIES = [Utility.COST, Utility.CARDINALITY]


def neglects(small: Small, winners: Iterable[int], utility: Utility) -> bool:
    """Whether any group at all is neglected, by the definition, group by group."""
    won, voters = set(winners), range(len(small.ballots))
    worth = small.costs if utility is Utility.COST else [1] * len(small.costs)
    have = [sum(worth[place] for place in set(ballot) & won) for ballot in small.ballots]
    for place in set(range(len(small.costs))) - won:
        backers = [voter for voter in voters if place in small.ballots[voter]]
        for size in range(1, len(backers) + 1):
            due = Fraction(worth[place] * size * small.budget, small.costs[place] * len(small.ballots))
            for group in combinations(backers, size):
                if all(have[voter] + worth[place] <= due for voter in group):
                    return True
    return False


@given(smalls(), st.sampled_from(UTILITIES), st.data())
@settings(max_examples=80, deadline=None)
def test_the_quick_check_agrees_with_every_group(small: Small, utility: Utility, data: st.DataObject) -> None:
    winners = data.draw(st.sets(st.integers(0, len(small.costs) - 1)))
    for election in (small.election(), small.grouped()):
        told = neglected(election, winners, utility)
        assert (told is not None) == neglects(small, winners, utility)


@pytest.mark.parametrize("utility", UTILITIES)
def test_every_group_has_its_due_under_equal_shares(utility: Utility) -> None:
    for seed in range(25):
        small = drawn(seed)
        election = small.election()
        for completion in (Completion.NONE, Completion.ADD1, Completion.UTILITARIAN):
            outcome = count(election, Settings(utility=utility, completion=completion))
            assert neglected(election, outcome.winners, utility) is None


@given(smalls(), st.sampled_from(UTILITIES))
@settings(max_examples=60, deadline=None)
def test_equal_shares_neglect_nobody(small: Small, utility: Utility) -> None:
    outcome = count(small.election(), Settings(utility=utility))
    assert neglected(small.election(), outcome.winners, utility) is None


def two_towns() -> Election:
    """Six in ten choose three projects, four in ten another: greedy gives these nothing."""
    projects = (
        Project("park", Fraction(40), categories=("green",), neighbourhood="North"),
        Project("pond", Fraction(40), categories=("green", "play"), neighbourhood="North"),
        Project("hall", Fraction(40), categories=("culture",), neighbourhood="South"),
    )
    return Election(projects, Fraction(100), Ballots.gathered([[0, 1], [2]], [6, 4]))


def test_greedy_neglects_the_smaller_town_and_equal_shares_do_not() -> None:
    vote = two_towns()
    greedy = fairness(vote, count(vote, Settings(rule=Rule.GREEDY)))
    assert greedy.ejr_plus_up_to_one is False
    assert greedy.neglected
    assert greedy.neglected.project == 2
    assert greedy.voters_with_nothing == 4
    assert greedy.share_with_nothing == Fraction(2, 5)
    fair = fairness(vote, count(vote, Settings()))
    assert fair.ejr_plus_up_to_one is True
    assert fair.voters_with_nothing == 0
    told = greedy.as_json(vote)
    assert told["share_with_nothing"] == 0.4
    assert told["average_funded_choices"] == 1.2
    assert told["neglected_project"] == "hall"
    assert told["neglected_people"] is None
    assert fairness(vote, Outcome(()), Utility.POINTS).ejr_plus_up_to_one is None


def test_parts_make_up_the_whole() -> None:
    vote = two_towns()
    categories = {part.name: part for part in by_category(vote, [0, 1])}
    assert categories["play"].votes_share == Fraction(3, 16)
    assert categories["play"].spend_share == Fraction(1, 4)
    towns = by_neighbourhood(vote, [0, 2])
    assert [(part.name, part.spend_share) for part in towns] == [
        ("North", Fraction(1, 2)),
        ("South", Fraction(1, 2)),
    ]
    for parts in (categories.values(), towns):
        assert sum(part.votes_share for part in parts) == sum(part.spend_share for part in parts) == 1


def test_few_neighbours_are_told_together_and_never_alone() -> None:
    bare = tuple(replace(project, neighbourhood="") for project in two_towns().projects)
    vote = Election(bare, Fraction(100), Ballots.gathered([[0], [2]], [20, 10]))
    names = ["Hill"] * 18 + ["Isle"] * 2 + ["Quay"] * 9 + ["Isle"]
    homes = Homes(names, np.array([0] * 20 + [1] * 10))
    told = by_neighbourhood(vote, [0, 2], homes)
    assert [part.name for part in told] == ["Hill", ELSEWHERE]  # Isle with Quay
    assert told[0].votes_share == Fraction(18, 30)
    assert told[0].spend_share == Fraction(18, 20) / 2
    assert sum(part.spend_share for part in told) == 1
    assert by_neighbourhood(vote, [0, 2]) == ()


@pytest.mark.skipif(not os.environ.get("FOLKMOOT_OPEN_DATA"), reason="FOLKMOOT_OPEN_DATA is not set")
def test_wieliczka_is_fair_by_equal_shares_and_not_by_greedy() -> None:
    path = Path(os.environ["FOLKMOOT_OPEN_DATA"]) / "vote/pb/Poland_Wieliczka_2023_Green_Budget.pb"
    vote = read_pb(path.read_bytes()).election
    shares = fairness(vote, count(vote, Settings(completion=Completion.ADD1_OVERSPEND)))
    greedy = fairness(vote, count(vote, Settings(rule=Rule.GREEDY)))
    assert shares.ejr_plus_up_to_one is True
    assert greedy.ejr_plus_up_to_one is False
    assert (shares.voters_with_nothing, greedy.voters_with_nothing) == (1172, 1820)
