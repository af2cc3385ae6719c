"""Are points, grades and marks added up rightly, and held to their limits?"""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.ranking.small import named
from folkmoot.core.decide.ranking import Marks, Method, Scores, Settings, count
from folkmoot.core.decide.ranking.ballots import Marker
from folkmoot.core.decide.ranking.scoring import gradients, quota
from folkmoot.core.kernel.errors import Refused


def graded(*rows: tuple[int | None, ...]) -> Scores:
    told = [[None if one is None else Fraction(one) for one in row] for row in rows]
    return Scores.gathered(named(len(rows[0])), [(row, 1) for row in told])


def grade_lists(people: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(1, 8), min_size=people, max_size=people)


def board(*markers: Marker, ideas: int = 8) -> Marks:
    return Marks(named(ideas), markers)


def test_scores_are_summed_and_a_blank_is_nought_and_said() -> None:
    told = count(graded((5, None), (Fraction("0.5"), 4), (1, 3)), Settings(Method.SCORE))
    assert told.scores == (Fraction(13, 2), Fraction(7))
    assert told.order == ((1,), (0,))
    assert told.notes


def taken_out(grades: list[int]) -> list[int]:
    """The middle grades one after the other, as majority judgement has it: of two the worse first."""
    left, told = sorted(-one for one in grades), []
    while left:
        told.append(left.pop((len(left) - 1) // 2))
    return told


@given(st.integers(1, 7).flatmap(lambda people: st.tuples(*[grade_lists(people)] * 2)))
@settings(max_examples=300, deadline=None)
def test_the_order_of_grades_takes_out_middles_one_by_one(spreads: tuple[list[int], list[int]]) -> None:
    one, other = spreads
    found = gradients(graded(*zip(one, other, strict=True)))
    first, second = taken_out(one), taken_out(other)
    assert found.order == (((0, 1),) if first == second else ((0,), (1,)) if first > second else ((1,), (0,)))
    # As many again who grade alike change nothing, and as often for one of them alone neither.
    many = Scores.gathered(
        named(2), [((Fraction(one), None), 3) for one in one] + [((None, Fraction(one)), 1) for one in other]
    )
    assert gradients(many).order == found.order


def test_three_vetoes_are_not_better_than_one_and_millions_take_no_time() -> None:
    assert gradients(graded((8, 8), (8, None), (8, None))).order == ((0, 1),)
    rows = [((Fraction(1), Fraction(2)), 999_999_999), ((Fraction(8), Fraction(3)), 999_999_998)]
    assert gradients(Scores.gathered(named(2), rows)).order == ((0,), (1,))


def test_grades_side_by_side() -> None:
    found = gradients(graded((1, 4, 2), (1, 4, None), (8, 5, 3), (8, 5, None)))
    assert found.counts[0] == (2, 0, 0, 0, 0, 0, 0, 2)
    assert found.medians == (8, 5, 3)  # of two in the middle the worse
    assert (found.vetoes(0), found.divided(0), found.divided(1)) == (2, True, False)
    assert found.order == ((2,), (1,), (0,))
    nobody = gradients(graded((None, 3)))
    assert (nobody.medians, nobody.order) == ((None, 3), ((1,), (0,)))


def test_equal_middles_are_told_apart_by_the_next_and_equal_spreads_are_not() -> None:
    found = gradients(graded((2, 2, 1), (2, 2, 2), (3, 5, 5)))
    assert found.medians == (2, 2, 2)
    assert found.order == ((0,), (2,), (1,))
    assert gradients(graded((1, 2), (2, 1))).order == ((0, 1),)


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), min_size=1, max_size=7), st.data())
@settings(max_examples=50, deadline=None)
def test_a_better_grade_never_hurts(rows, data) -> None:
    def place(one: int, grades) -> int:
        return next(at for at, tier in enumerate(gradients(graded(*grades)).order) if one in tier)

    which = data.draw(st.integers(0, len(rows) - 1))
    better = (data.draw(st.integers(1, rows[which][0])), rows[which][1])
    assert place(0, [*rows[:which], better, *rows[which + 1 :]]) <= place(0, rows)


def test_no_grade_beyond_the_eight() -> None:
    for wrong in (0, 9, Fraction(3, 2)):
        with pytest.raises(Refused, match="no grade"):
            gradients(graded((1, wrong)))


def test_marks_within_the_quota_and_one_of_ones_own() -> None:
    first = Marker("Ann and Bo", frozenset({0, 4}), frozenset({0, 1, 2, 3}), 2)
    second = Marker("Cy and Di", frozenset({4, 1}), frozenset({4, 5, 6, 7}), 3)
    told = count(board(first, second), Settings(Method.OPERA))
    assert told.scores == (1, 1, 0, 0, 2, 0, 0, 0)
    assert told.order == ((4,), (0, 1), (2, 3, 5, 6, 7))
    assert "c, d, f, g, h" in told.notes[1]
    three = Marker("Cy and Di", frozenset({4, 1, 2}), frozenset(), 3)
    with pytest.raises(Refused, match="“Cy and Di” on line 3 has 3 marks and may have 2"):
        count(board(first, three), Settings(Method.OPERA))
    own = Marker("Cy and Di", frozenset({4, 5}), frozenset({4, 5, 6, 7}), 3)
    with pytest.raises(Refused, match="marked 2 of its own and may mark one"):
        count(board(first, own), Settings(Method.OPERA))


@given(st.integers(1, 500))
def test_the_quota_is_the_least_number_not_below_a_quarter(ideas) -> None:
    assert 4 * quota(ideas) >= ideas > 4 * (quota(ideas) - 1)
