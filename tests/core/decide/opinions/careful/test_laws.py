"""Does the order of votes, or the name of a person or a statement, ever matter?"""

from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.opinions.careful.crowds import planted, renamed, votes_of_table
from folkmoot.core.decide.opinions import Conversation, Votes
from folkmoot.core.decide.opinions.careful import Reading, Settings, reading
from folkmoot.core.decide.opinions.careful.canonical import canonical

FEW = Settings(shuffles=3, bootstraps=2, most_groups=3)
SEEDS = st.integers(0, 10**6)


@cache
def town() -> tuple[Votes, Reading]:
    votes = planted((14, 11), 18, 5)
    return votes, reading(Conversation(votes), FEW)


@st.composite
def small(draw: st.DrawFn) -> Votes:
    """A few people and statements, with many that are quite alike."""
    rows = draw(st.lists(st.tuples(*[st.sampled_from((-1, 0, 1, None))] * 4), min_size=1, max_size=6))
    table = np.array([[9 if one is None else one for one in row] for row in rows])
    return votes_of_table(np.where(table == 9, 0, table), table != 9)


@settings(max_examples=120, deadline=None)
@given(small(), SEEDS)
def test_votes_have_an_order_of_their_own(votes: Votes, seed: int) -> None:
    one, other = canonical(votes), canonical(renamed(votes, seed)[0])
    assert one.seed == other.seed
    for name in ("starts", "seen", "value", "columns", "voters"):
        assert np.array_equal(getattr(one.cells, name), getattr(other.cells, name))


def rings() -> np.ndarray:
    """Everybody saw three statements and every statement three people, in two rings of 6 and one of 12:
    colours alone cannot tell them apart."""
    seen = np.zeros((24, 24), bool)
    for begin, size in ((0, 6), (6, 12), (18, 6)):
        for at, step in product(range(size), range(3)):
            seen[begin + at, begin + (at + step) % size] = True
    return seen


@pytest.mark.parametrize("seen", [rings(), np.eye(80, dtype=bool)])
@pytest.mark.parametrize("seed", range(3))
def test_people_whom_colours_cannot_part_have_an_order_of_their_own(seen: np.ndarray, seed: int) -> None:
    votes = votes_of_table(np.ones(seen.shape, int), seen)
    assert canonical(votes).seed == canonical(renamed(votes, seed)[0]).seed


def test_the_order_is_one_of_the_same_votes() -> None:
    votes = town()[0]
    own = canonical(votes)
    assert np.array_equal(
        own.cells.value,
        votes.table().toarray()[own.people][:, own.statements][own.cells.person, own.cells.seen],
    )
    assert canonical(votes, "other words").seed != own.seed


@settings(max_examples=8, deadline=None)
@given(SEEDS)
def test_names_and_order_never_matter(seed: int) -> None:
    votes, one = town()
    assert one.chances
    moved, people, statements = renamed(votes, seed)
    other = reading(Conversation(moved), FEW)
    assert (other.verdict, other.sentence, other.chances, other.stability) == (
        one.verdict,
        one.sentence,
        one.chances,
        one.stability,
    )
    assert np.array_equal(other.places, one.places[people])
    assert np.array_equal(other.loadings, one.loadings[statements])
    assert np.array_equal(other.marks, one.marks[people])
    told = [one.lines[place] for place in statements]
    assert [(a.parts, a.sentence, a.gap) for a in other.lines] == [(a.parts, a.sentence, a.gap) for a in told]
    name = dict(zip((votes.statements[at] for at in statements), moved.statements, strict=True))
    assert {name[id_] for id_ in one.dividing} == set(other.dividing)
    assert {name[id_] for id_ in one.consensus} == set(other.consensus)


@settings(max_examples=15, deadline=None)
@given(small())
def test_every_file_has_a_reading(votes: Votes) -> None:
    found = reading(Conversation(votes), FEW)
    assert len(found.lines) == np.count_nonzero(votes.by_statement)
    assert found.places.shape == (len(votes.people), 2)
    assert found.sentence


def test_a_statement_without_votes_changes_nothing() -> None:
    votes, one = town()
    more = (*votes.statements, "zz")
    seen_by_nobody = Votes(votes.people, more, votes.starts, votes.seen, votes.value)
    other = reading(Conversation(seen_by_nobody), FEW)
    assert (other.statements, other.sentence, other.lines) == (one.statements, one.sentence, one.lines)


def test_read_twice_it_is_the_same() -> None:
    votes, one = town()
    again = reading(Conversation(votes), FEW)
    assert np.array_equal(again.places, one.places)
    assert again.lines == one.lines
