"""Do ideas that speak of one thing lie together, and is it said when none do?"""

import pytest

from core.decide.arranging.ideas import BUSES, GERMAN, LIBRARY, TOWN, TREES, sets
from folkmoot.core.decide.arranging import MOST_TEXTS, Arrangement, Held, Verdict, arrange
from folkmoot.core.decide.arranging.grouping import beyond_chance
from folkmoot.core.kernel.draw import Draw
from folkmoot.core.kernel.errors import Refused

THREE = {frozenset(TREES), frozenset(BUSES), frozenset(LIBRARY)}


def labels(found: Arrangement) -> list[str]:
    return [group.label for group in found.groups]


def test_three_topics_are_found_and_named_by_their_own_words() -> None:
    found = arrange(TOWN, groups=3)
    assert (found.verdict, sets(found, TOWN)) == (Verdict.TOO_FEW, THREE)
    assert sorted(label.split(", ")[0] for label in labels(found)) == ["bus", "library", "trees"]


def test_german_falls_apart_the_same_way() -> None:
    found = arrange(GERMAN, groups=2)
    assert sets(found, GERMAN) == {frozenset(GERMAN[:4]), frozenset(GERMAN[4:])}
    assert sorted(label.split(", ")[0] for label in labels(found)) == ["Freibad", "Radwege"]


def test_words_dealt_out_at_random_do_not_fall_into_groups() -> None:
    words = " ".join(TOWN).split()
    fell = 0
    for seed in range(20):
        Draw(f"deal {seed}").shuffle(words)
        fell += beyond_chance([" ".join(words[at : at + 5]) for at in range(0, len(words) - 5, 5)], None)
    assert fell <= 4  # one in twenty is expected; five or more of twenty come once in some 400 times


def test_where_there_are_no_groups_all_lie_in_one_and_it_says_so() -> None:
    words = " ".join([*TOWN, *TOWN]).split()
    Draw("no groups").shuffle(words)
    found = arrange([" ".join(words[at : at + 5]) for at in range(0, len(words) - 5, 5)])
    assert (found.verdict, len(found.groups)) == (Verdict.NO_GROUPS, 1)
    assert "do not fall into groups" in found.sentence


def test_equal_texts_lie_together_and_wordless_ones_apart() -> None:
    texts = ["Mehr Bäume!", "", "🙂", "  mehr  BÄUME! ", "—", "Ein Bus", "木を植える", "\u200d❤️"]
    found = arrange(texts, groups=3)
    assert found.apart == (1, 2, 4, 7)
    assert (0, 3) in [group.members for group in found.groups]
    assert found.verdict is Verdict.TOO_FEW


def test_nothing_and_one_text() -> None:
    assert arrange([]) == Arrangement((), (), Verdict.TOO_FEW, None)
    assert [group.label for group in arrange(["Trees"]).groups] == ["Trees"]
    assert arrange(["🙂"]).apart == (0,)


def test_new_ideas_join_the_nearest_group_or_make_their_own() -> None:
    texts = [*TREES[:2], *BUSES[:2], *LIBRARY, TREES[2], BUSES[2]]
    found = arrange(texts, [Held((0, 1), "Green"), Held((2, 3))], groups=3)
    green, buses, other = found.groups
    assert (green.label, green.members, green.held) == ("Green", (0, 1, 9), 0)
    assert (buses.members, buses.held) == ((2, 3, 10), 1)
    assert (other.members, other.held) == ((4, 5, 6, 7, 8), None)
    assert found.verdict is Verdict.BY_PEOPLE


def test_what_people_put_asunder_stays_asunder_though_it_is_equal() -> None:
    texts = ["A bus", "A bus", "A bus", "Trees"]
    found = arrange(texts, [Held((1,), "mine"), Held((2, 3), "yours")])
    assert [group.members for group in found.groups] == [(0, 1), (2, 3)]


@pytest.mark.parametrize(
    ("texts", "held", "groups", "field"),
    [
        (["a"] * (MOST_TEXTS + 1), [], None, "texts"),
        (["a", "b"], [Held((0,)), Held((0, 1))], None, "held"),
        (["a", "b"], [Held((2,))], None, "held"),
        (["a", "b"], [Held(())], None, "held"),
        (["a", "b"], [], 0, "groups"),
        (["a", "A "], [], 2, "groups"),
        (["a", "b", "c"], [Held((0,)), Held((1,))], 1, "groups"),
        (["a", "b", "c"], [Held((0, 1))], 3, "groups"),
        (["A bus", "Trees", "a bus"], [Held((0,))], 3, "groups"),  # the copy goes where the first was put
    ],
)
def test_what_cannot_be_is_refused(
    texts: list[str], held: list[Held], groups: int | None, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        arrange(texts, held, groups)
    assert refused.value.field == field
    assert refused.value.next_step
