"""What is on the map of conversations made here, and at the extremes."""

import numpy as np
import pytest

from core.decide.opinions.polis.conversations import camps, talk
from folkmoot.core.decide.opinions import Conversation, Statement, Votes, votes_of
from folkmoot.core.decide.opinions.polis import Settings, mapped
from folkmoot.core.decide.opinions.polis.axes import axes_of
from folkmoot.core.decide.opinions.polis.columns import columns_of, tidy
from folkmoot.core.decide.opinions.polis.nearness import nearest
from folkmoot.core.decide.opinions.polis.pairs import multiplied, packed, pairs_of


def by_hand(votes):
    """Centre and components as the reference finds them: missing votes become the mean of their column."""
    table = np.full((len(votes.people), len(votes.statements)), np.nan)
    table[votes.person, votes.seen] = votes.value
    centre = np.nanmean(table, axis=0)
    filled = np.where(np.isnan(table), centre, table) - centre
    return centre, np.linalg.svd(filled)[2][:2]


@pytest.mark.parametrize("statements", [12, 140])
def test_centre_and_components_are_those_of_the_table_filled_with_means(statements):
    votes = votes_of(camps((20, 12), statements=statements))
    axes = axes_of(votes, columns_of(Conversation(votes), votes.statements, Settings()), pairs_of(votes))
    centre, components = by_hand(votes)
    assert axes.centre == pytest.approx(centre, abs=1e-14)
    assert np.abs((axes.components * components).sum(axis=1)) == pytest.approx([1, 1], abs=1e-12)


def test_without_a_table_of_pairs_the_components_are_the_same():
    votes = votes_of(camps((40, 30), statements=130))
    columns = columns_of(Conversation(votes), votes.statements, Settings())
    one, other = (axes_of(votes, columns, pairs) for pairs in (pairs_of(votes), None))
    turns = np.sign((one.components * other.components).sum(axis=1))
    assert other.components * turns[:, None] == pytest.approx(one.components, abs=1e-9)
    assert other.projections * turns == pytest.approx(one.projections, abs=1e-8)


def test_both_ways_of_counting_pairs_are_equal():
    votes = votes_of(camps((30, 20), statements=25))
    for one in ("both", "product", "first"):
        assert np.array_equal(getattr(multiplied(votes), one), getattr(packed(votes), one))


def test_packed_counts_do_not_run_over():
    """More people than fit into 16 bits, all with the largest entries."""
    count = 40_000
    votes = Votes(
        tuple(map(str, range(count))),
        ("1", "2"),
        np.arange(0, 2 * count + 1, 2),
        np.tile(np.array([0, 1], np.int32), count),
        np.ones(2 * count, np.int8),
    )
    pairs = packed(votes)
    assert pairs.both.tolist() == pairs.product.tolist() == pairs.first.tolist() == [[count] * 2] * 2


def test_the_search_for_the_nearest_finds_what_a_table_of_distances_finds(monkeypatch):
    drawn = np.random.default_rng(1)
    places, centres = drawn.integers(0, 9, (500, 2)) / 4, drawn.integers(0, 9, (30, 2)) / 4
    table = nearest(places, centres, np.zeros(500, np.int64))
    monkeypatch.setattr("folkmoot.core.decide.opinions.polis.nearness.MANY", 0)
    for last in (np.zeros(500, np.int64), drawn.integers(0, 30, 500)):
        assert np.array_equal(nearest(places, centres, last), table)


def test_two_camps_are_found_and_the_larger_is_first():
    found = mapped(talk(camps((40, 25), statements=20))).group_of()
    assert {name.split("-")[0] + group for name, group in found.items()} == {"00", "11"}


@pytest.mark.parametrize("count", [1, 2, 4])
def test_the_number_of_groups_can_be_given(count):
    assert len(mapped(talk(camps((40, 25), statements=20)), Settings(groups=count)).groups) == count


def test_moderated_out_is_nought_for_everybody_and_counts_as_seen():
    """Ann voted on one of two statements; with the other one out she has seen both."""
    cast = [("ann", "1", 1), ("bob", "1", -1), ("bob", "2", 1), ("eve", "2", -1)]
    told = mapped(talk(cast, {"2": Statement("2", moderated=-1)}))
    assert told.centre.tolist() == [0, 0]
    assert told.projections[0].tolist() == [1, 0]  # 1 x 1 x sqrt(2 / 2)
    assert told.everybody_votes.seen.tolist() == [2, 2]


def test_unjudged_statements_of_a_strict_conversation():
    cast = camps((5, 5), statements=4)
    told = {id_: Statement(id_, moderated=1) for id_ in "012"}
    strict = talk(cast, told, strict=True)
    assert mapped(strict).columns.out.tolist() == [False] * 4
    assert mapped(strict).columns.shown.tolist() == [True, True, True, False]
    assert mapped(strict, Settings(unjudged_out=True)).columns.out.tolist() == [False, False, False, True]


EXTREMES = {
    "nobody": [],
    "one person": [("ann", str(one), 1) for one in range(9)],
    "one vote": [("ann", "1", -1)],
    "one statement": [(str(one), "1", one % 3 - 1) for one in range(30)],
    "all agree": [(str(one), str(other), 1) for one in range(20) for other in range(8)],
    "all pass": [(str(one), str(other), 0) for one in range(20) for other in range(8)],
    "one vote each": [(str(one), str(one), 1) for one in range(30)],
    "two who differ": [("ann", "1", 1), ("bob", "1", -1), ("ann", "2", -1), ("bob", "2", 1)],
}


@pytest.mark.parametrize("name", EXTREMES)
def test_extremes(name):
    told = mapped(talk(EXTREMES[name]))
    people, statements = len(told.votes.people), len(told.votes.statements)
    assert told.projections.shape == (people, 2)
    assert told.components.shape == (2, statements)
    for numbers in (told.centre, told.components, told.projections, told.extremity, told.priorities):
        assert np.isfinite(numbers).all()
    assert sum(len(group.members) for group in told.groups) == told.inside.sum()
    expected = {"nobody": 0, "one statement": 3, "two who differ": 2}.get(name, 1)
    assert len(told.groups) == expected if name != "one statement" else len(told.groups) in (2, 3)


def test_more_than_a_hundred_people_are_in_at_most_a_hundred_clusters():
    told = mapped(talk(camps((150, 90), statements=20)))
    assert len(told.clusters.centres) <= 100
    assert told.clusters.sizes().sum() == told.inside.sum() > 200
    for group in told.groups:
        assert set(told.clusters.of[group.members]) == set(group.clusters.tolist())


def test_who_voted_little_is_placed_and_not_grouped():
    told = mapped(talk([*camps((20, 20), statements=20), ("late", "1", 1)]))
    late = told.votes.people.index("late")
    assert not told.inside[late]
    assert "late" not in told.group_of()
    assert np.hypot(*told.projections[late]) > 0


def test_known_statements_without_votes_are_on_the_map_and_move_nobody():
    cast = camps((9, 8), statements=6)
    one, other = mapped(talk(cast)), mapped(talk(cast, {"new": Statement("new")}))
    assert (one.projections == other.projections).all()
    assert other.priorities[-1] == pytest.approx((0.5 * 0.5 * 9) ** 2)


def test_votes_of_people_without_votes_are_left_out():
    votes = votes_of([("ann", "1", 1), ("bob", "2", 1)])
    assert tidy(votes.among(None, np.array([True, False]))).people == ("ann",)


@pytest.mark.parametrize("people", [3, 40])
def test_wide_tables_with_little_in_them(people):
    """130 statements: of three people only two directions, then two halves that vary exactly alike."""
    if people == 3:
        cast = camps((1, 1, 1), statements=130)
    else:
        sides = [(half, one) for half in (0, 1) for one in range(people // 2)]
        cast = [
            (f"{half}-{one}", str(65 * half + at), (-1) ** one) for half, one in sides for at in range(65)
        ]
    votes = votes_of(cast)
    told = mapped(Conversation(votes))
    table = np.zeros((len(votes.people), len(votes.statements)))
    table[votes.person, votes.seen] = votes.value - told.centre[votes.seen]
    sizes = np.linalg.svd(table)[1]
    assert told.axes.variances == pytest.approx(sizes[:2] ** 2, rel=1e-9)
    assert told.components @ told.components.T == pytest.approx(np.eye(2), abs=1e-12)
    assert (table @ told.components.T).std(axis=0).min() > 0


@pytest.mark.parametrize("seed", range(8))
def test_the_largest_entry_of_a_component_is_above_nought(seed):
    for component in mapped(talk(camps((9, 7, 5), seed=seed))).components:
        assert component[np.argmax(np.abs(component))] > 0
