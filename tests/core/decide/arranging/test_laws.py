"""What holds for any texts, any groups that people made, and any order?"""

from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from core.decide.arranging.ideas import GERMAN, TOWN, all_places, sets
from folkmoot.core.decide.arranging import Held, Verdict, arrange
from folkmoot.core.decide.arranging.closeness import Closeness
from folkmoot.core.decide.arranging.grouping import grouped, modularity
from folkmoot.core.decide.arranging.placing import said

ANY = st.one_of(st.sampled_from([*TOWN, *GERMAN, "🙂", "", " "]), st.text(max_size=12))
TEXTS = st.lists(ANY, min_size=1, max_size=9)


@st.composite
def boards(draw: st.DrawFn) -> tuple[list[str], list[Held]]:
    """Texts, some of which people have placed in groups."""
    texts = draw(TEXTS)
    marks = draw(st.lists(st.integers(-1, 2), min_size=len(texts), max_size=len(texts)))
    groups = [tuple(at for at, mark in enumerate(marks) if mark == number) for number in range(3)]
    return texts, [Held(members, f"made {number}") for number, members in enumerate(groups) if members]


@settings(max_examples=60, deadline=None)
@given(boards())
def test_what_people_placed_is_kept_and_every_text_is_somewhere_once(
    board: tuple[list[str], list[Held]],
) -> None:
    texts, held = board
    found = arrange(texts, held)
    assert all_places(found) == list(range(len(texts)))
    kept = {group.held: group for group in found.groups if group.held is not None}
    assert sorted(kept) == list(range(len(held)))
    for number, made in enumerate(held):
        assert set(made.members) <= set(kept[number].members)
        assert kept[number].label == made.label
    placed = {place for made in held for place in made.members}
    assert not placed & set(found.apart)
    assert all(group.centre in group.members for group in found.groups)


@settings(max_examples=30, deadline=None)
@given(boards(), st.lists(ANY, min_size=1, max_size=4))
def test_new_ideas_move_nothing_once_an_arrangement_is_held(
    board: tuple[list[str], list[Held]], new: list[str]
) -> None:
    texts, held = board
    first = arrange(texts, held)
    settled = [Held(group.members, group.label) for group in first.groups]
    again = arrange(texts + new, settled)
    for group, made in zip(again.groups, settled, strict=False):
        assert set(group.members) & set(range(len(texts))) >= set(made.members)
        assert not set(group.members) & {p for other in settled if other != made for p in other.members}


@settings(max_examples=40, deadline=None)
@given(boards(), st.randoms(use_true_random=False), st.booleans())
def test_order_does_not_matter(board: tuple[list[str], list[Held]], random: Random, asked: bool) -> None:
    texts, held = board
    order = list(range(len(texts)))
    random.shuffle(order)
    seat = {old: new for new, old in enumerate(order)}
    moved = [Held(tuple(seat[place] for place in made.members), made.label) for made in held]
    count = len(held) if asked and held else None
    one, other = arrange(texts, held, count), arrange([texts[old] for old in order], moved, count)
    back = [tuple(sorted(order[place] for place in group.members)) for group in other.groups]
    assert [group.members for group in one.groups] == back
    assert one.verdict == other.verdict


@settings(max_examples=30, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=9), st.integers(1, 4))
def test_as_many_groups_as_asked_and_equal_texts_together(texts: list[str], count: int) -> None:
    different = {said(text) for place, text in enumerate(texts) if place not in arrange(texts).apart}
    if count > len(different):
        return
    found = arrange(texts, groups=count)
    assert len(found.groups) == count
    homes = [{said(texts[place]) for place in group.members} for group in found.groups]
    assert sum(map(len, homes)) == len(different)


def test_without_people_it_is_average_linkage() -> None:
    closeness = Closeness(sorted(map(said, TOWN)))
    free = np.full(len(TOWN), -1)
    for count in (2, 3, 5, 9):
        distance = np.clip(1 - closeness.within(count), 0, None)
        np.fill_diagonal(distance, 0)
        steps = linkage(squareform(distance, checks=False), "average")
        theirs = fcluster(steps, count, "maxclust")
        ours = grouped(closeness, count, free)
        assert len({*zip(ours.tolist(), theirs.tolist(), strict=True)}) == count == ours.max() + 1


def test_modularity_by_hand() -> None:
    """Two pairs, each joined by 1 and nothing else: 1 within, less 1.5 x (1/4 + 1/4)."""
    cosines = np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1.0]])
    assert modularity(cosines, np.array([0, 0, 1, 1])) == 1 - 1.5 / 2
    assert modularity(cosines, np.array([0, 0, 0, 0])) == 1 - 1.5


def test_the_order_of_a_whole_town_does_not_matter() -> None:
    first = arrange(TOWN)
    turned = TOWN[::-1]
    assert sets(first, TOWN) == sets(arrange(turned), turned)
    assert [one.label for one in first.groups] == [one.label for one in arrange(turned).groups]
    assert first.verdict is Verdict.TOO_FEW
