"""Is a fair draw left in peace, and is its distance from the place the true one?"""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.learn.representation.places import TOWN
from folkmoot.core.learn.representation import Verdict
from folkmoot.core.learn.representation.differing import _drawn, dissimilarity, fair_draw
from folkmoot.core.learn.representation.judging import Position, exactly, judged, questions_in, voice_of

FAIR = (Verdict.ABOUT, Verdict.TOO_FEW)
THIRDS = (Fraction(1, 3),) * 3


@pytest.mark.parametrize(("size", "population"), [(30, None), (150, None), (60, 200)])
def test_at_most_one_fair_draw_in_twenty_gets_a_verdict(size: int, population: int | None) -> None:
    lot = np.random.Generator(np.random.PCG64(6))
    shares = [dimension.shares for dimension in TOWN.dimensions]
    questions = questions_in(TOWN.dimensions, 1)
    rounds, said = 1_500, 0
    for _ in range(rounds):
        verdicts = []
        for held in shares:
            if population is None:
                counts = lot.multinomial(size, [float(share) for share in held])
            else:
                counts = lot.multivariate_hypergeometric([int(share * population) for share in held], size)
            for share, n in zip(held, counts, strict=True):
                drawn = None if population is None else (population, int(share * population))
                one = voice_of("", share, exactly(int(n)), exactly(size), questions, drawn)
                verdicts.append(one.verdict)
        said += any(one not in FAIR for one in verdicts)
    assert said / rounds <= 0.05 + 3 * (0.05 * 0.95 / rounds) ** 0.5


def test_a_voice_that_is_halved_is_heard_to_be_missing() -> None:
    lot = np.random.Generator(np.random.PCG64(7))
    heard = [
        voice_of("", Fraction(1, 4), exactly(int(n)), exactly(300), 5).verdict is Verdict.FEWER
        for n in lot.binomial(300, 1 / 8, size=300)
    ]
    assert sum(heard) > 270


def test_at_most_one_fair_draw_in_twenty_differs_in_any_dimension() -> None:
    lot = np.random.Generator(np.random.PCG64(8))
    rounds, said = 600, 0
    for _ in range(rounds):
        found = [
            judged(
                [exactly(int(n)) for n in lot.multinomial(80, [float(share) for share in one.shares])],
                exactly(80),
                one.shares,
                2,
                2_000,
            ).verdict
            for one in TOWN.dimensions
        ]
        said += Position.DIFFERS in found
    assert said / rounds <= 0.05 + 3 * (0.05 * 0.95 / rounds) ** 0.5


@pytest.mark.parametrize("population", [None, 60])
def test_reckoned_and_drawn_agree(population: int | None) -> None:
    fair = fair_draw(18, THIRDS, population=population)
    assert fair.exact
    assert fair.chances.sum() == pytest.approx(1)
    drawn = np.abs(_drawn(18, THIRDS, 40_000, population) / 18 - 1 / 3).sum(axis=1) / 2
    for d in (0.0, 1 / 18, 2 / 18, 4 / 18, 8 / 18):
        assert fair.as_far(d) == pytest.approx((drawn >= d - 1e-9).mean(), abs=0.01)


def test_the_whole_place_differs_from_itself_in_nothing() -> None:
    fair = fair_draw(30, THIRDS, population=30)
    assert (fair.quantile(1.0), fair.as_far(0.0), fair.exact) == (0.0, pytest.approx(1.0), True)
    assert fair.as_far(0.01) == pytest.approx(0)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 50), min_size=2, max_size=7), st.integers(1, 400), st.randoms())
def test_order_and_scale_make_no_difference(counts: list[int], size: int, lot: object) -> None:
    shares = [Fraction(n, sum(counts)) for n in counts]
    shuffled = sorted(shares, key=lambda _: lot.random())
    one, other = fair_draw(size, shares, 500), fair_draw(size, shuffled, 500)
    assert one is other  # the very same: the question is the same
    assert 0 <= one.quantile(0.5) <= one.quantile(0.95) <= 1
    assert one.as_far(0) == pytest.approx(1)


def test_the_distance_is_half_the_gaps() -> None:
    assert dissimilarity([0, 10], [Fraction(1, 2), Fraction(1, 2)]) == 0.5
    assert dissimilarity([1, 2, 1], [Fraction(1, 4), Fraction(1, 2), Fraction(1, 4)]) == 0


def test_nobody_is_no_draw() -> None:
    with pytest.raises(ValueError, match="of somebody"):
        fair_draw(0, THIRDS)
    with pytest.raises(ValueError, match="no more than there are"):
        fair_draw(31, THIRDS, population=30)
