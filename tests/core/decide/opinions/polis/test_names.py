"""Neither the order of votes nor any name matters."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.decide.opinions.polis.conversations import camps, figures, talk, talks
from folkmoot.core.decide.opinions import Statement
from folkmoot.core.decide.opinions.polis import mapped
from folkmoot.core.decide.opinions.polis.mapping import paired
from folkmoot.core.decide.opinions.polis.ordering import _alike, _alone


def renamed(map_, people, statements):
    """What is on a map by name, with names turned back."""
    axes, votes = map_.axes, map_.votes
    told = [
        [
            (people[name], tuple(place))
            for name, place in zip(votes.people, axes.projections.tolist(), strict=True)
        ],
        [
            (statements[name], *numbers)
            for name, *numbers in zip(
                votes.statements,
                axes.centre.tolist(),
                *axes.components.tolist(),
                axes.extremity.tolist(),
                map_.group_aware.tolist(),
                map_.priorities.tolist(),
                strict=True,
            )
        ],
        [(people[name], group) for name, group in map_.group_of().items()],
    ]
    listed = [
        [(statements[one.statement], one.way, one.test) for one in told_]
        for told_ in (*map_.representative, map_.agreed, map_.disagreed)
    ]
    return [sorted(one) for one in told], listed, map_.silhouettes


def told_apart(map_):
    """Whether the counts of statements alone tell all of them apart, so that no order by name is left."""
    pairs = paired(map_.votes)
    alone = (pairs.both.diagonal(), pairs.product.diagonal(), pairs.first.diagonal(), map_.columns)
    return not len(_alike(_alone(*alone)))


@settings(max_examples=40, deadline=None)
@given(talks(), st.randoms(use_true_random=False))
def test_order_of_votes(cast_and_told, chance):
    cast, told = cast_and_told
    last = list({(person, statement): vote for person, statement, vote in cast}.items())
    once = [(*cell, vote) for cell, vote in last]
    chance.shuffle(once)
    assert figures(mapped(talk(once, told))) == figures(mapped(talk(cast, told)))


@settings(max_examples=60, deadline=None)
@given(talks(), st.permutations(range(9)))
def test_names_of_people(cast_and_told, others):
    cast, told = cast_and_told
    new = {str(old): f"{other}" for old, other in enumerate(others)}
    back = {name: old for old, name in new.items()}
    same = {str(one): str(one) for one in range(7)}
    first = mapped(talk(cast, told))
    second = mapped(talk([(new[person], statement, vote) for person, statement, vote in cast], told))
    assert renamed(second, back, same) == renamed(first, {one: one for one in new}, same)


@settings(max_examples=60, deadline=None)
@given(talks(people=12), st.permutations(range(7)))
def test_names_of_statements(cast_and_told, others):
    cast, told = cast_and_told
    new = {str(old): str(other) for old, other in enumerate(others)}
    back = {name: old for old, name in new.items()}
    same = {str(one): str(one) for one in range(12)}
    first = mapped(talk(cast, told))
    assume(told_apart(first))
    moved = {
        new[id_]: Statement(new[id_], moderated=one.moderated, meta=one.meta) for id_, one in told.items()
    }
    second = mapped(talk([(person, new[statement], vote) for person, statement, vote in cast], moved))
    assert renamed(second, same, back) == renamed(first, same, {one: one for one in new})


def test_statements_alike_in_counts_are_told_apart_by_who_voted_on_what():
    """Forty people, sixty statements with much the same counts; all names are turned round."""
    cast = camps((25, 15), statements=60, missing=0.0)
    first = mapped(talk(cast))
    assert not told_apart(first)
    new = {str(one): str(59 - one) for one in range(60)}
    second = mapped(
        talk([(f"x{person}", new[statement], vote) for person, statement, vote in reversed(cast)])
    )
    people = {name: name for name in first.votes.people}
    back = {f"x{name}": name for name in people}
    assert renamed(second, back, {name: old for old, name in new.items()}) == renamed(
        first, people, {one: one for one in new}
    )


@pytest.mark.parametrize("most", [0, 2_500])
def test_bit_for_bit_with_and_without_a_table_of_pairs(most, monkeypatch):
    """All names are turned round; every number of a person or a statement is the very same."""
    monkeypatch.setattr("folkmoot.core.decide.opinions.polis.mapping.MOST_STATEMENTS", most)
    cast = camps((40, 30), statements=110, missing=0.4)
    new = {str(one): str(109 - one) for one in range(110)}
    first = mapped(talk(cast))
    turned = [(f"{-hash_of(person)}{person}", new[statement], vote) for person, statement, vote in cast]
    second = mapped(talk(turned))
    people = {name: name for name in first.votes.people}
    back = {f"{-hash_of(name)}{name}": name for name in people}
    assert renamed(second, back, {name: old for old, name in new.items()}) == renamed(
        first, people, {one: one for one in new}
    )


def hash_of(name):
    """A number that puts names in another order."""
    return sum(ord(letter) * 7**place for place, letter in enumerate(name)) % 97
