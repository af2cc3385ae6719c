"""Does everybody's share add up, and does a change of the count tell what changed?"""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.budgeting.small import Small, drawn, smalls
from folkmoot.core.decide.budgeting.counting import count
from folkmoot.core.decide.budgeting.election import Election
from folkmoot.core.decide.budgeting.pabulib import read_pb
from folkmoot.core.decide.budgeting.settings import Completion, Rule, Settings, Utility
from folkmoot.core.decide.budgeting.why.against import against
from folkmoot.core.decide.budgeting.why.shares_paid import shares_paid
from folkmoot.core.decide.budgeting.why.what_if import what_if
from folkmoot.core.kernel.errors import Refused

FILE = (
    b"META\nkey;value\nbudget;120\nvote_type;approval\ncurrency;GBP\n"
    b"PROJECTS\nproject_id;cost\npark;60\npool;60\npond;60\n"
    b"VOTES\nvoter_id;vote\nann;park,pool\nbob;pond\ncyd;park,pool\ndee;pond\neve;park,pool\n"
)


@given(smalls(), st.sampled_from(list(Utility)), st.sampled_from([Completion.NONE, Completion.UTILITARIAN]))
@settings(max_examples=60, deadline=None)
def test_what_all_paid_is_what_was_bought(small: Small, utility: Utility, completion: Completion) -> None:
    election, how = small.election(), Settings(utility=utility, completion=completion)
    outcome = count(election, how)
    told = shares_paid(election, how, outcome)
    paid = dict.fromkeys(outcome.winners, Fraction(0))
    for group, people in enumerate(election.ballots.counts):
        share = told.of(group)
        assert share.left >= 0
        assert share.left + sum(one.paid for one in share.payments) == outcome.share
        assert {one.project for one in share.payments} | set(share.not_funded) == set(small.ballots[group])
        for one in share.payments:
            paid[one.project] += one.paid * int(people)
    for place, sum_paid in paid.items():
        assert sum_paid == (0 if place in outcome.completed else election.projects[place].cost)


def test_a_voter_of_a_file_finds_their_share() -> None:
    file, how = read_pb(FILE), Settings()
    told = shares_paid(file.election, how, count(file.election, how))
    ann, bob = (told.of(int(file.voter_group[file.voter(name)])) for name in ("ann", "bob"))
    assert ann.had == 24
    assert [(one.project, one.paid) for one in ann.payments] == [(0, 20)]
    assert ann.left == 4
    assert ann.not_funded == (1,)
    assert bob.payments == ()
    assert bob.left == 24
    assert bob.not_funded == (2,)
    with pytest.raises(Refused, match="share of their own"):
        shares_paid(file.election, Settings(rule=Rule.GREEDY), count(file.election, how))


def test_two_rules_side_by_side() -> None:
    vote = read_pb(FILE).election
    shares = count(vote, Settings(completion=Completion.ADD1))
    told = against(vote, shares, count(vote, Settings(rule=Rule.GREEDY)))
    assert told.both == (0,)
    assert set(told.first_only) | set(told.second_only) == {1, 2}
    assert told.by_cost.first + told.by_cost.second + told.by_cost.alike == 5


def without_by_hand(small: Small, gone: int) -> Election:
    """The election of those who never saw the project."""
    place = [at - (at > gone) for at in range(len(small.costs))]
    ballots = tuple(tuple(place[at] for at in ballot if at != gone) for ballot in small.ballots)
    points = tuple(
        tuple(one for at, one in zip(ballot, row, strict=True) if at != gone)
        for ballot, row in zip(small.ballots, small.points, strict=True)
    )
    costs = small.costs[:gone] + small.costs[gone + 1 :]
    election = replace(small, costs=costs, ballots=ballots, points=points).election()
    kept = [project for at, project in enumerate(small.election().projects) if at != gone]
    return replace(election, projects=tuple(kept))


@pytest.mark.parametrize("rule", list(Rule))
def test_without_a_project_it_is_as_if_nobody_had_seen_it(rule: Rule) -> None:
    for seed in range(12):
        small, how = drawn(seed), Settings(rule=rule, rivals=(frozenset("zy"),))
        election, gone = small.election(), seed % len(small.costs)
        fewer = replace(how, rivals=()) if gone < 2 else how
        by_hand = count(without_by_hand(small, gone), fewer)
        told = what_if(election, how, without=[election.projects[gone].id])
        assert told.outcome.winners == tuple(place + (place >= gone) for place in by_hand.winners)
        assert told.first == count(election, how)
        assert gone not in told.outcome.winners
        assert set(told.comes_in) == set(told.outcome.winners) - set(told.first.winners)


def test_another_budget_and_another_rule() -> None:
    vote = read_pb(FILE).election
    more = what_if(vote, Settings(), budget=Fraction(150))
    assert more.comes_in == (2,)
    assert more.goes_out == ()
    assert (more.cost_before, more.cost) == (60, 120)
    assert more.outcome.share == 30
    assert more.changed
    other = what_if(vote, Settings(), settings_instead=Settings(rule=Rule.GREEDY))
    assert other.outcome == count(vote, Settings(rule=Rule.GREEDY))
    assert not what_if(vote, Settings(), first=count(vote, Settings())).changed
    for wrong in ({"budget": Fraction(0)}, {"without": ["lake"]}):
        with pytest.raises(Refused):
            what_if(vote, Settings(), **wrong)
