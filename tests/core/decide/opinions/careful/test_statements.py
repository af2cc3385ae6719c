"""Is a majority of everybody told as such, and is nobody passed over or picked out?"""

import numpy as np
import pytest

from core.decide.opinions.careful.crowds import planted, spectrum, votes_of_table
from folkmoot.core.decide.opinions import Conversation, votes_of
from folkmoot.core.decide.opinions.careful import Settings, reading
from folkmoot.core.decide.opinions.careful.statements import (
    bounds,
    count_of,
    discoveries,
    findings,
    tally,
    told_apart,
)
from folkmoot.core.decide.opinions.careful.wording import line_sentence


def counted(*statements: list[tuple[int, int, int]]) -> np.ndarray:
    return np.array(statements)


def found(parts: np.ndarray, threshold: int = 5):
    return findings(parts.sum(axis=1, keepdims=True), parts, parts, 0.05, threshold)


def test_bounds_as_in_the_tables() -> None:
    """8 of 10 lie between .4439 and .9748, 0 of 10 below .3085 (Clopper and Pearson 1934)."""
    lower, upper = bounds(np.array([8, 0, 10]), np.array([10, 10, 10]))
    assert lower == pytest.approx([0.4439, 0.0, 0.6915], abs=1e-4)
    assert upper == pytest.approx([0.9748, 0.3085, 1.0], abs=1e-4)


def test_false_discoveries_by_hand() -> None:
    """Benjamini and Hochberg's own fifteen: the four smallest are kept at .05."""
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.324,
        0.4262,
        0.5719,
        0.6528,
        0.759,
        1,
    ]
    assert discoveries(np.array(p), 0.05).tolist() == [True] * 4 + [False] * 11
    assert not discoveries(np.array([]), 0.05).size


def test_a_majority_of_all_is_no_consensus_where_a_small_group_rejects() -> None:
    """92 % of 120 agree, and 10 of the 12 in the small group do not."""
    said = found(counted([(60, 0, 0), (48, 0, 0), (2, 10, 0)], [(55, 5, 0), (45, 3, 0), (12, 0, 0)]))
    assert said.unites.tolist() == [0, 1]
    assert said.less[0].tolist() == [False, False, True]
    assert said.lowest[0] < 0.1 < 0.7 < said.lowest[1]
    parts = tuple(
        (f"group {name}", count_of(votes)) for name, votes in zip("ABC", said.parts[0], strict=True)
    )
    words = line_sentence(count_of(said.everybody[0]), parts, float(said.lowest[0]), 0, (2,), (0, 1), 5)
    assert "92% of 120 agree." in words
    assert "Fewer in group C: 17% of 12." in words


def test_what_too_few_of_a_part_voted_on_is_not_called_common() -> None:
    said = found(counted([(60, 0, 0), (4, 0, 0)]))
    assert said.unites.tolist() == [0]
    assert np.isnan(said.lowest[0])


def test_disagreeing_together_unites_too() -> None:
    assert found(counted([(1, 30, 2), (0, 20, 1)])).unites.tolist() == [-1]


@pytest.mark.parametrize(
    ("voted", "everybody", "shown"),
    [
        ((30, 9, 3), 42, [True, False, False]),  # 42 - 30 - 9 would tell of the three
        ((30, 9, 3), 60, [True, True, False]),
        ((30, 9), 39, [True, True]),
        ((4, 3), 7, [False, False]),
        ((30, 0), 30, [True, False]),
    ],
)
def test_few_are_not_found_by_taking_away(voted: tuple[int, ...], everybody: int, shown: list[bool]) -> None:
    assert told_apart(np.array(voted), everybody, 5) == shown


def test_tally_by_hand() -> None:
    counts = tally(np.array([0, 0, 1, 1], np.int32), np.array([1.0, -1, 0, 1]), np.array([0, 1, 1, -1]), 2, 2)
    assert counts.tolist() == [[[1, 0, 0], [0, 1, 0]], [[0, 0, 0], [0, 0, 1]]]


def test_people_grouped_by_their_votes_do_not_divide_on_noise() -> None:
    """Eight of 32 statements are tossed for. Ends that were made of all votes would differ on some of the
    eight by construction."""
    votes, drawn = spectrum(150, 24, 4), np.random.default_rng(1)
    tossed = votes_of_table(drawn.choice([-1, 1], (150, 8)))
    cast = [
        (votes.people[p], votes.statements[s], v)
        for p, s, v in zip(votes.person, votes.seen, votes.value, strict=True)
    ]
    cast += [
        (tossed.people[p], f"toss {s}", v)
        for p, s, v in zip(tossed.person, tossed.seen, tossed.value, strict=True)
    ]
    told = reading(Conversation(votes_of(cast)), Settings(shuffles=3, bootstraps=1))
    assert len(told.ends) == 2
    assert len([id_ for id_ in told.dividing if not id_.startswith("toss")]) >= 8
    assert len([id_ for id_ in told.dividing if id_.startswith("toss")]) <= 1


def test_a_part_that_agrees_less_is_named_though_its_count_is_not_told() -> None:
    """The 9 cannot be counted, as 42 - 30 - 9 would tell of 3."""
    said = found(counted([(30, 0, 0), (0, 9, 0), (3, 0, 0)]))
    assert said.shown[0].tolist() == [True, False, False]
    assert said.less[0].tolist() == [False, True, False]
    assert said.gap[0] == 0.0  # between shown parts: else it tells the share of the others
    parts = (("group A", count_of(said.parts[0, 0])), ("group B", None), ("group C", None))
    words = line_sentence(count_of(said.everybody[0]), parts, None, 0, (1,), (0,), 5)
    assert words == "79% of 42 agree. Fewer in group B. Not counted here, as so few voted: group B, group C."


def test_nothing_is_said_of_a_part_of_which_few_voted() -> None:
    parts, apart = counted([(60, 0, 0), (0, 4, 0)]), counted([(60, 0, 0), (0, 5, 0)])
    said = findings(parts.sum(axis=1, keepdims=True), parts, apart, 0.05, 5)
    assert not said.less.any()
    assert not said.more[0, 1]


def test_what_nobody_voted_on_is_told_so() -> None:
    assert line_sentence(count_of(np.zeros(3, int)), (), None, 0, (), (), 5) == "Nobody has voted on it."


@pytest.mark.parametrize("least_ari", [0.6, 0.999])
def test_few_in_no_part_are_not_found_by_taking_parts_from_everybody(least_ari: float) -> None:
    """Four people fit no group, and three cast few votes."""
    votes = planted((45, 40, 4), 30, 1, strength=3.0)
    cast = [
        (votes.people[p], votes.statements[s], v)
        for p, s, v in zip(votes.person, votes.seen, votes.value, strict=True)
    ]
    cast += [(name, str(number), 1) for name, number in (("x", 0), ("y", 0), ("y", 1), ("z", 2))]
    told = reading(
        Conversation(votes_of(cast)), Settings(groups=3, shuffles=39, bootstraps=5, least_ari=least_ari)
    )
    assert told.parts
    for line in told.lines:
        assert not 0 < line.everybody.voted - sum(part.voted for part in line.parts if part) < 5
