"""Does the last word count, and can each moment be shown again?"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.opinions.files.talks import same, same_casts, talk
from folkmoot.core.decide.opinions import AGREE, DISAGREE, PASS, Conversation, votes_of
from folkmoot.core.decide.opinions.history import TAKEN_BACK, as_of, casts_from, casts_of
from folkmoot.core.kernel.errors import Refused

ROWS = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(("1", "2", "10")),
        st.sampled_from((AGREE, PASS, DISAGREE, TAKEN_BACK)),
    ),
    max_size=15,
)


def by_hand(rows):
    """What counts, by a dictionary."""
    cells = {}
    for person, statement, value, _ in sorted(rows, key=lambda row: row[3]):
        cells[person, statement] = value
    return {cell: value for cell, value in cells.items() if value != TAKEN_BACK}


def cells_of(votes):
    return {
        (votes.people[person], votes.statements[statement]): value
        for person, statement, value in zip(votes.person, votes.seen, votes.value.tolist(), strict=True)
    }


@given(ROWS, st.randoms(use_true_random=False))
@settings(max_examples=80)
def test_the_last_word_counts_in_whatever_order_rows_stand(rows, random):
    timed = [(*row, at) for at, row in enumerate(rows)]
    casts = casts_of(timed)
    assert cells_of(casts.votes) == by_hand(timed)
    random.shuffle(timed)
    assert same_casts(casts_of(timed), casts)


@given(ROWS, st.integers(-1, 16))
@settings(max_examples=60)
def test_a_moment_is_what_was_cast_until_then(rows, moment):
    timed = [(*row, at // 2) for at, row in enumerate(rows)]
    if timed:
        casts = casts_of(timed)
        then = casts_of(row for row in timed if row[3] <= moment)
        assert cells_of(casts.until(moment).votes) == cells_of(then.votes)
        assert casts.until(moment).people == then.people
        assert casts.until(moment).statements == then.statements


@given(ROWS)
@settings(max_examples=40)
def test_one_more_cast_is_as_if_it_had_been_read(rows):
    timed = [(*row, at) for at, row in enumerate(rows)]
    grown = casts_of([])
    for row in timed:
        grown = grown.and_then(*row)
    if timed:
        assert same_casts(grown, casts_of(timed))
        assert same(grown.votes, casts_of(timed).votes)


def test_taking_back_leaves_it_unseen_and_later_votes_count():
    casts = casts_of([("a", "1", 1, 1), ("a", "1", -1, 2), ("a", "1", TAKEN_BACK, 3)])
    assert (casts.changed.tolist(), casts.withdrawn.tolist()) == ([False, True, False], [False, False, True])
    assert len(casts.votes) == 0
    assert casts.votes.people == ("a",)
    assert casts.until(2).votes.value.tolist() == [-1]
    again = casts.and_then("a", "1", 0, 3)
    assert again.votes.value.tolist() == [0]
    assert not again.changed[3]


def test_an_older_cast_is_refused_and_no_vote_is_none():
    casts = casts_of([("a", "1", 1, 5)])
    with pytest.raises(Refused, match="older"):
        casts.and_then("a", "1", 1, 4)
    with pytest.raises(ValueError, match="TAKEN_BACK"):
        casts.and_then("a", "1", 7, 6)
    with pytest.raises(ValueError, match="TAKEN_BACK"):
        casts_of([("a", "1", 7, 6)])
    with pytest.raises(ValueError, match="either all"):
        casts_of([("a", "1", 1, 6), ("a", "1", 1, None)])


def test_steps_end_with_everything():
    casts = talk().casts
    for by_time in (False, True):
        steps = list(casts.steps(7, by_time=by_time))
        assert len(steps) == 7
        assert same(steps[-1].votes, casts.votes)
        sizes = [len(step.casts) for step in steps]
        assert sizes == sorted(sizes)
        if not by_time:
            assert max(np.diff([0, *sizes])) - min(np.diff([0, *sizes])) <= 1
        else:
            gaps = np.diff([step.at for step in steps])
            assert max(gaps) - min(gaps) <= 1


def test_no_times_no_timelapse():
    casts = casts_from(votes_of([("a", "1", 1)]))
    for ask in (lambda: casts.until(1), lambda: list(casts.steps(2))):
        with pytest.raises(Refused, match="does not say when"):
            ask()
    with pytest.raises(Refused, match="fewer than one"):
        list(talk().casts.steps(0))
    assert list(casts_of([]).first(0).rows()) == []


def test_a_conversation_as_of_a_moment():
    casts = casts_of([("a", "1", 1, 1), ("b", "2", -1, 2)])
    now = Conversation(casts.votes, topic="Green")
    then = as_of(now, casts.until(1))
    assert (then.topic, then.votes.people) == ("Green", ("a",))
    assert casts.without(["a"]).votes.statements == ("1", "2")
    assert same(casts_from(casts.votes).votes, casts.votes)
