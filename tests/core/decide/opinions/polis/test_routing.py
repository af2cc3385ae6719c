"""The next statement is drawn by its weight, exactly, and each is seen in time."""

from collections import Counter

import numpy as np
import pytest

from core.decide.opinions.polis.conversations import camps, talk
from folkmoot.core.decide.opinions import Statement
from folkmoot.core.decide.opinions.polis import Settings, mapped, next_statement, weights_for
from folkmoot.core.kernel.draw import Draw

TALK = talk(
    camps((12, 9), statements=10),
    {"new": Statement("new"), "0": Statement("0", moderated=-1), "1": Statement("1", moderated=1, meta=True)},
)


def test_only_what_was_not_seen_and_may_be_shown():
    told = mapped(TALK)
    weights = weights_for(told, TALK.votes, "0-0")
    row = told.votes.people.index("0-0")
    seen = {told.votes.statements[at] for at in told.votes.table().toarray()[row].nonzero()[0]}
    assert "0" not in weights
    assert not seen & set(weights)
    assert set(weights_for(told, TALK.votes, "newcomer")) == set(told.votes.statements) - {"0"}


def test_weights_are_the_priorities_and_none_is_below_a_tenth_of_the_mean():
    told = mapped(TALK)
    weights = weights_for(told, TALK.votes, "newcomer")
    least = sum(round(told.priorities[told.votes.statements.index(one)] * 2**40) for one in weights) // (
        10 * len(weights)
    )
    for id_, weight in weights.items():
        own = round(told.priorities[told.votes.statements.index(id_)] * 2**40)
        assert weight == max(own, least)
    assert min(weights.values()) * 11 * len(weights) >= sum(weights.values())


def test_draws_follow_the_weights():
    told = mapped(TALK)
    weights = weights_for(told, TALK.votes, "newcomer")
    draw, count = Draw("a public seed"), 4000
    drawn = Counter(next_statement(told, TALK.votes, "newcomer", draw) for _ in range(count))
    whole = sum(weights.values())
    off = sum(
        (drawn[id_] - count * weight / whole) ** 2 / (count * weight / whole)
        for id_, weight in weights.items()
    )
    assert off < 30  # chi-square with ten degrees of freedom: one in a thousand


def test_with_the_fault_all_are_equally_likely():
    weights = weights_for(mapped(TALK, Settings(flat_routing=True)), TALK.votes, "newcomer")
    assert set(weights.values()) == {49 * 2**40}


def test_in_a_strict_conversation_only_what_a_moderator_let_in():
    strict = talk(camps((5, 5), statements=4), {"2": Statement("2", moderated=1)}, strict=True)
    assert list(weights_for(mapped(strict), strict.votes, "newcomer")) == ["2"]


def test_who_has_seen_all_is_asked_nothing():
    told = talk([("ann", "1", 1), ("ann", "2", 0), ("bob", "1", 1)])
    assert next_statement(mapped(told), told.votes, "ann", Draw("x")) is None
    assert next_statement(mapped(told), told.votes, "bob", Draw("x")) == "2"


def test_the_map_may_be_older_than_the_votes():
    old = mapped(talk([("ann", "1", 1), ("ann", "2", 0), ("bob", "1", 1)]))
    new = talk([("ann", "1", 1), ("ann", "2", 0), ("bob", "1", 1), ("bob", "2", 1)]).votes
    assert next_statement(old, new, "bob", Draw("x")) is None


def test_priorities_favour_what_is_new_and_what_divides():
    told = mapped(talk([*camps((30, 30), statements=6, missing=0), *(("0-0", "late", 1),)]))
    assert np.argmax(told.priorities) == told.votes.statements.index("late")


@pytest.mark.parametrize("seed", ["a", "b"])
def test_a_draw_can_be_made_again(seed):
    told = mapped(TALK)
    again = [next_statement(told, TALK.votes, "newcomer", Draw(seed)) for _ in range(2)]
    assert again[0] == again[1]
