"""Do weights meet what they can, stay within their caps, and say what they cost?"""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.learn.representation import Margin, raked, reweighted
from folkmoot.core.learn.representation.raking import effective_number

HALF = (Fraction(1, 2), Fraction(1, 2))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 12), min_size=6, max_size=6), st.integers(20, 80), st.integers(20, 80))
def test_margins_are_met_where_they_can_be(cells: list[int], first: int, second: int) -> None:
    # A full table of two by three values can be fitted to any margins (Deming and Stephan 1940).
    people = [(row, column) for at, n in enumerate(cells) for row, column in [divmod(at, 3)] * n]
    a = (Fraction(first, 100), Fraction(100 - first, 100))
    b = (Fraction(second, 200), Fraction(100, 200), Fraction(100 - second, 200))
    margins = [
        Margin(tuple(codes), shares) for codes, shares in zip(zip(*people, strict=True), (a, b), strict=True)
    ]
    found = raked(margins, 0, 1e9)
    assert found.strain.furthest_off < 1e-6
    weights = np.array(found.weights)
    for margin in margins:
        told = np.bincount(margin.codes, weights) / weights.sum()
        assert told == pytest.approx([float(share) for share in margin.shares], abs=1e-6)
    odds = weights / weights.sum()
    table = np.zeros((2, 3))
    for (row, column), weight in zip(people, odds, strict=True):
        table[row, column] = weight  # alike for all of a cell: raking keeps the odds ratios of the counts
    given = table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0])
    assert given == pytest.approx(1, rel=1e-4)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(-1, 2), min_size=3, max_size=60), st.lists(st.integers(0, 9), min_size=3, max_size=3)
)
def test_weights_keep_their_caps_and_average(codes: list[int], held: list[int]) -> None:
    shares = tuple(Fraction(one + 1, sum(held) + 3) for one in held)
    found = raked([Margin(tuple(codes), shares)])
    assert all(0.3 - 1e-9 <= weight <= 3 + 1e-9 for weight in found.weights)
    strain = found.strain
    assert 1 - 1e-9 <= strain.effective <= len(codes) + 1e-9
    assert strain.design_effect == pytest.approx(1 / strain.efficiency)
    assert sum(found.weights) == pytest.approx(len(codes))
    if not strain.capped:
        assert strain.furthest_off < 1e-6


def test_a_weight_beyond_the_caps_is_held_and_told() -> None:
    found = raked([Margin((0,) * 19 + (1,), HALF)])
    assert found.strain.capped
    assert max(found.weights) == pytest.approx(3)
    assert found.weights[0] == pytest.approx(17 / 19)
    assert found.strain.furthest_off == pytest.approx(0.35)
    assert found.strain.warning == ""
    loose = raked([Margin((0,) * 19 + (1,), HALF)], 0, 100)
    assert loose.strain.effective == pytest.approx(20**2 / (19 * (10 / 19) ** 2 + 10**2))
    assert "rely on no weighted figure" in loose.strain.warning


def test_nobody_can_stand_for_those_who_are_absent() -> None:
    found = raked([Margin((0, 0, 1, -1), (Fraction(1, 4), Fraction(1, 4), Fraction(1, 2)))])
    assert found.strain.absent == 1
    assert found.weights == pytest.approx((0.75, 0.75, 1.5, 1.0))
    with pytest.raises(ValueError, match="the same people"):
        raked([Margin((0,), HALF), Margin((0, 1), HALF)])


def test_a_consensus_moves_with_the_weights() -> None:
    found = raked([Margin((0, 0, 0, 1), HALF)])
    moved = reweighted([True, True, True, False], found.weights)
    assert (moved.plain, moved.weighted) == (0.75, pytest.approx(0.5))
    assert reweighted([None], [1.0]).plain is None
    assert effective_number([2, 2, 2]) == 3
