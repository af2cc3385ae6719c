"""Are intervals, chances and needs those of the literature, and exact where they say so?"""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, binom, hypergeom

from folkmoot.core.learn.representation.intervals import (
    LEVEL,
    as_far,
    enough_to_show,
    jeffreys,
    more_needed,
)

SHARES = st.fractions(0, 1, max_denominator=400)


# Brown, Cai and DasGupta 2001, table 5: limits of the 95 % Jeffreys interval.
@pytest.mark.parametrize(
    ("n", "whole", "limits"),
    [(0, 7, (0, 0.292)), (1, 7, (0.016, 0.501)), (0, 10, (0, 0.217)), (5, 10, (0.224, 0.776))],
)
def test_the_limits_are_those_published(n: int, whole: int, limits: tuple[float, float]) -> None:
    assert jeffreys(n, whole) == pytest.approx(limits, abs=0.0006)


@given(st.integers(1, 2_000).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_an_interval_holds_its_estimate_and_mirrors(counts: tuple[int, int]) -> None:
    n, whole = counts
    low, high = jeffreys(n, whole)
    assert 0 <= low <= n / whole <= high <= 1
    assert (low == 0) == (n == 0)
    assert (high == 1) == (n == whole)
    mirrored = jeffreys(whole - n, whole)
    assert (low, high) == pytest.approx((1 - mirrored[1], 1 - mirrored[0]))
    if 0 < n < whole:
        assert beta.cdf((low, high), n + 0.5, whole - n + 0.5) == pytest.approx([0.025, 0.975])


@given(st.integers(0, 300), st.integers(1, 300), SHARES)
def test_the_need_is_the_least_that_reaches_the_share(n: int, whole: int, target: Fraction) -> None:
    n = min(n, whole)
    found = more_needed(n, whole, target)
    if found is None:
        assert target == 1
        assert n < whole
        return
    assert Fraction(n + found, whole + found) >= target
    assert found == 0 or Fraction(n + found - 1, whole + found - 1) < target


@given(st.integers(1, 60), st.integers(0, 60), st.fractions(0, 1, max_denominator=40))
def test_the_chance_is_that_of_the_textbook(whole: int, n: int, share: Fraction) -> None:
    n = min(n, whole)
    drawn = binom(whole, float(share))
    assert as_far(n, whole, share) == pytest.approx(min(1, 2 * min(drawn.cdf(n), drawn.sf(n - 1))), abs=1e-9)
    everybody, of_this = 80, int(80 * share)
    few = hypergeom(everybody, of_this, whole)
    found = as_far(n, whole, Fraction(of_this, everybody), (everybody, of_this))
    assert found == pytest.approx(min(1, 2 * min(few.cdf(n), few.sf(n - 1))), abs=1e-9)


@settings(max_examples=40)
@given(st.integers(1, 99), st.sampled_from([1, 5, 20]))
def test_so_many_people_show_a_gap_that_matters(hundredths: int, questions: int) -> None:
    share = Fraction(hundredths, 100)
    enough = enough_to_show(share, questions)
    assert enough is not None
    gap = min(0.1, float(share) / 2, float(1 - share) / 2)
    said = [n for n in range(enough + 1) if as_far(n, enough, share) * questions <= LEVEL]
    for there in (float(share) - gap, float(share) + gap):
        assert binom.pmf(said, enough, there).sum() > 0.7  # exact power; the formula aims at 0.8


def test_the_need_is_exact_however_many_there_are() -> None:
    assert more_needed(1, 10**17, Fraction(1, 2)) == 10**17 - 2


def test_where_there_can_be_no_gap_nothing_is_needed() -> None:
    assert enough_to_show(Fraction(0), 3) is enough_to_show(Fraction(1), 3) is None
    assert jeffreys(0, 0) == (0, 1)
    with pytest.raises(ValueError, match="from 0 to the whole"):
        jeffreys(3, 2)
