"""A map kept up to date is bit for bit the map from scratch."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.opinions.polis.conversations import camps, figures, talk, talks
from folkmoot.core.decide.opinions import Statement
from folkmoot.core.decide.opinions.polis import Running, mapped, running
from folkmoot.core.decide.opinions.polis.mapping import paired

STEP = st.tuples(st.integers(0, 7).map(str), st.integers(0, 6).map(str), st.sampled_from([-1, 0, 1, None]))


def same_pairs(kept, fresh):
    return all(
        np.array_equal(getattr(kept, one), getattr(fresh, one)) for one in ("both", "product", "first")
    )


@settings(max_examples=60, deadline=None)
@given(talks(), st.lists(STEP, max_size=25), st.integers(0, 24))
def test_any_votes_in_any_order(cast_and_told, steps, looks):
    cast, told = cast_and_told
    kept = Running(talk(cast, told))
    held = {(person, statement): vote for person, statement, vote in cast}
    for number, (person, statement, vote) in enumerate(steps):
        if vote is None:
            kept.withdraw(person, statement)
            held.pop((person, statement), None)
        else:
            kept.cast(person, statement, vote)
            held[person, statement] = vote
        if number == looks:
            kept.map()  # to have looked in between changes nothing
    fresh = talk([(*cell, vote) for cell, vote in held.items()], told)
    assert figures(kept.map()) == figures(mapped(fresh))
    assert same_pairs(kept._pairs, paired(kept.conversation.votes))


def test_a_larger_conversation_with_every_kind_of_change():
    cast = camps((70, 50), statements=120, missing=0.6)
    kept, drawn = Running(talk(cast)), np.random.default_rng(5)
    held = {(person, statement): vote for person, statement, vote in cast}
    for number in range(60):
        person, statement = f"{number % 2}-{drawn.integers(80)}", str(drawn.integers(125))
        if number % 4:
            held[person, statement] = vote = int(drawn.integers(-1, 2))
            kept.cast(person, statement, vote)
        else:
            held.pop((person, statement), None)
            kept.withdraw(person, statement)
    assert figures(kept.map()) == figures(mapped(talk([(*cell, vote) for cell, vote in held.items()])))


def test_a_moderators_word_is_followed():
    cast = camps((8, 6), statements=8)
    kept = Running(talk(cast))
    kept.map()
    told = {"3": Statement("3", moderated=-1), "new": Statement("new")}
    for one in told.values():
        kept.judge(one)
    assert figures(kept.map()) == figures(mapped(talk(cast, told)))
    assert kept.map().components[:, kept.map().votes.statements.index("3")].tolist() == [0, 0]


def test_the_last_vote_of_a_person_and_of_a_statement_goes_with_them():
    kept = Running(talk([("ann", "1", 1), ("bob", "1", -1), ("bob", "2", 1)]))
    kept.withdraw("bob", "2")
    kept.withdraw("ann", "1")
    kept.withdraw("ann", "1")
    kept.withdraw("nobody", "7")
    assert (kept.map().votes.people, kept.map().votes.statements) == (("bob",), ("1",))


def test_too_wide_for_pairs_and_back(monkeypatch):
    monkeypatch.setattr("folkmoot.core.decide.opinions.polis.mapping.MOST_STATEMENTS", 4)
    monkeypatch.setattr(running, "MOST_STATEMENTS", 4)
    cast = camps((6, 5), statements=4)
    kept = Running(talk(cast))
    kept.cast("0-0", "9", 1)
    assert kept._pairs is None
    assert figures(kept.map()) == figures(mapped(talk([*cast, ("0-0", "9", 1)])))
    kept.withdraw("0-0", "9")
    assert figures(kept.map()) == figures(mapped(talk(cast)))
    assert kept._pairs is not None


def test_a_vote_is_one_of_three():
    with pytest.raises(ValueError, match="a vote is 1, 0 or -1"):
        Running(talk([])).cast("ann", "1", 2)
