"""Does each question decide by itself?"""

from dataclasses import replace

import numpy as np
import pytest

from core.decide.opinions.careful.crowds import planted
from folkmoot.core.decide.opinions import Conversation
from folkmoot.core.decide.opinions.careful import Settings, Verdict, reading
from folkmoot.core.decide.opinions.careful.chance import Chance

QUICK = Settings(shuffles=19, bootstraps=9)


def drawn(mean: float, spread: float) -> np.ndarray:
    return mean + spread * np.random.default_rng(1).standard_normal((39, 1))


@pytest.mark.parametrize(
    ("even", "lopsided", "gaps"),
    [
        (drawn(0.4, 0.02), drawn(0.4, 0.02), True),
        (drawn(0.4, 0.02), drawn(0.6, 0.02), False),  # one of the spreads does as well
        (drawn(0.6, 0.02), drawn(0.4, 0.02), False),
        (drawn(0.4, 0.3), drawn(0.4, 0.3), False),  # ahead in the mean, and not rarely behind
        (drawn(0.57, 0.005), drawn(0.4, 0.02), False),  # never behind, and hardly ahead
    ],
)
def test_gaps_stand_out_from_both_spreads_surely_and_by_a_margin(
    even: np.ndarray, lopsided: np.ndarray, gaps: bool
) -> None:
    assert Chance(np.array([0.6]), drawn(0.3, 0.01), even, lopsided).gaps(0.05) is gaps


def test_groups_that_chance_makes_too_are_not_reliable() -> None:
    votes = Conversation(planted((45, 30), 40, 2))
    found, strict = (reading(votes, replace(QUICK, alpha=alpha)) for alpha in (0.05, 0.04))
    assert found.chances
    assert strict.chances
    assert found.chances.p_dealt == strict.chances.p_dealt == 0.05  # one of twenty is itself
    assert (found.verdict, strict.verdict) == (Verdict.RELIABLE, Verdict.NO_GROUPS)
    assert "dealt out at random" in strict.sentence
    assert (strict.chances.p_spread, strict.groups) == (None, ())


def test_what_is_told_is_what_stands_out() -> None:
    """Two are tried: the first stands out from votes dealt anew, the second from spreads."""
    found, dealt = np.array([0.6, 0.5]), np.hstack([drawn(0.3, 0.02), drawn(0.4, 0.02)])
    apart = np.hstack([drawn(0.55, 0.02), drawn(0.2, 0.02)])
    assert Chance(found, dealt, apart, apart).chosen(0.05) == 1
    none = np.hstack([drawn(0.6, 0.02), drawn(0.5, 0.02)])
    assert Chance(found, dealt, none, none).chosen(0.05) == 0
