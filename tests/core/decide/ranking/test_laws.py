"""Which laws does each method keep, on ballots full of ties?"""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.ranking.small import Line, approved, approving, lines, ranked
from folkmoot.core.decide.ranking import Method, Result, Settings, count
from folkmoot.core.decide.ranking.places import tiers_of
from folkmoot.core.decide.ranking.runoff import run_off
from folkmoot.core.decide.ranking.schulze import schulze
from folkmoot.core.decide.ranking.scoring import borda
from folkmoot.core.decide.ranking.settings import Transfer
from folkmoot.core.decide.ranking.transfers import stv

RANKED = (Method.BORDA, Method.SCHULZE, Method.IRV, Method.STV)
CHOSEN = (Method.APPROVAL, Method.MES, Method.PHRAGMEN, Method.PAV, Method.SEQPAV, Method.CC, Method.SEQCC)


def said(result: Result, ids: tuple[int, ...] | None = None) -> object:
    """Who is where, in ids that can be changed about."""
    names = ids or tuple(range(len(result.candidates)))
    sets = (result.winners, result.elected, result.tied)
    return (
        [{names[one] for one in tier} for tier in result.order],
        [{names[one] for one in places} for places in sets],
    )


@pytest.mark.parametrize("method", RANKED)
@given(votes=lines(), random=st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_who_votes_first_and_who_stands_where_on_the_list_change_nothing(method, votes, random) -> None:
    length, cast = votes
    chosen = Settings(method, 2 if method is Method.STV else 1)
    first = said(count(ranked(length, cast), chosen))
    random.shuffle(cast)
    assert said(count(ranked(length, cast), chosen)) == first
    to = list(range(length))
    random.shuffle(to)
    back = tuple(to.index(one) for one in range(length))
    moved = ranked(length, [tuple(to[one] for one in line) for line in cast])
    assert said(count(moved, chosen), back) == first


@pytest.mark.parametrize("method", CHOSEN)
@given(votes=approved(), random=st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_approvals_have_no_first_either(method, votes, random) -> None:
    length, seats, cast = votes
    chosen = Settings(method, seats)
    first = said(count(approving(length, cast), chosen))
    random.shuffle(cast)
    to = list(range(length))
    random.shuffle(to)
    back = tuple(to.index(one) for one in range(length))
    moved = approving(length, [[to[one] for one in ballot] for ballot in cast])
    assert said(count(moved, chosen), back) == first


@pytest.mark.parametrize("method", [*RANKED, *CHOSEN])
@given(votes=lines(), taken=approved(), seed=st.text(min_size=1, max_size=3))
@settings(max_examples=15, deadline=None)
def test_an_order_of_ties_leaves_none_and_takes_one_of_the_ways(method, votes, taken, seed) -> None:
    from folkmoot.core.decide.ranking import Ties

    if method in RANKED:
        ballots, seats = ranked(*votes), min(2, votes[0]) if method is Method.STV else 1
    else:
        ballots, seats = approving(taken[0], taken[2]), taken[1]
    open_ = count(ballots, Settings(method, seats))
    told = count(ballots, Settings(method, seats, Ties(f"seed:{seed}")))
    assert told.tied == ()
    assert len(told.elected) == seats
    assert set(open_.elected) <= set(told.elected) <= set(open_.elected) | set(open_.tied)
    assert told == count(ballots, Settings(method, seats, Ties(f"seed:{seed}"))) or method is Method.SCHULZE


@given(lines(full=True), st.data())
@settings(max_examples=80, deadline=None)
def test_being_raised_never_hurts_in_borda_and_schulze(votes, data) -> None:
    length, cast = votes
    for winners in (lambda one: tiers_of(borda(one))[0], lambda one: schulze(one).winners):
        winner = data.draw(st.sampled_from(winners(ranked(length, cast))))
        which = data.draw(st.integers(0, len(cast) - 1))
        line = list(cast[which])
        at = line.index(winner)
        line.insert(max(at - 1, 0), line.pop(at))
        assert winner in winners(ranked(length, [*cast[:which], tuple(line), *cast[which + 1 :]]))


@given(lines())
@settings(max_examples=80, deadline=None)
def test_who_beats_all_wins_schulze_and_a_majority_wins_all_but_borda(votes) -> None:
    length, cast = votes
    found = schulze(ranked(length, cast))
    for one in range(length):
        if all(wins(cast, one, other) > wins(cast, other, one) for other in range(length) if other != one):
            assert found.winners == found.order[0] == (one,)
            assert found.condorcet == one
        if 2 * sum(line[:1] == (one,) for line in cast) > len(cast):
            assert found.winners == run_off(ranked(length, cast)).winners == (one,)
            assert stv(ranked(length, cast), 1).elected == (one,)


def wins(cast: list[Line], one: int, other: int) -> int:
    """How many rank one above other."""
    return sum(one in line and (other not in line or line.index(one) < line.index(other)) for line in cast)


@pytest.mark.parametrize("transfer", Transfer)
@given(votes=lines(most=9), data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_group_that_fills_quotas_has_as_many_seats(transfer, votes, data) -> None:
    """Droop proportionality for solid coalitions, however ties fall."""
    length, cast = votes
    seats = data.draw(st.integers(1, length))
    found = stv(ranked(length, cast), seats, transfer=transfer)
    for size in range(1, length + 1):
        for group in combinations(range(length), size):
            solid = sum(set(line[:size]) == set(group) for line in cast)
            due = min(solid // found.quota, size)
            for outcome in found.outcomes:
                spare = max(0, seats - len(outcome.elected) - len(outcome.equal - set(group)))
                assert len(outcome.elected & set(group)) + spare >= due


@given(lines(most=9), st.data())
@settings(max_examples=60, deadline=None)
def test_no_vote_is_lost_or_made_in_any_stage(votes, data) -> None:
    length, cast = votes
    transfer = data.draw(st.sampled_from(Transfer))
    found = stv(ranked(length, cast), data.draw(st.integers(1, length)), range(length), transfer)
    assert len(found.elected) == found.seats
    for stage in found.stages:
        assert sum(votes for _, votes in stage.votes) + stage.exhausted == found.valid


@given(approved())
@settings(max_examples=80, deadline=None)
def test_groups_that_agree_are_served_by_equal_shares_and_pav(votes) -> None:
    """Extended justified representation: somebody in the group has as many as the group is due."""
    length, seats, cast = votes
    for method in (Method.MES, Method.PAV):
        committees = count(approving(length, cast), Settings(method, seats)).detail.all
        for due in range(1, seats + 1):
            for common in combinations(range(length), due):
                for committee in committees:
                    poor = [
                        ballot
                        for ballot in cast
                        if set(common) <= set(ballot) and len(set(ballot) & set(committee)) < due
                    ]
                    assert len(poor) * seats < due * len(cast), (method, committee, common)
