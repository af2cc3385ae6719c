"""Is money exact to the penny, however it was written?"""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from folkmoot.core.kernel.money import LARGEST_MINOR, say, say_short, to_minor

pence = some.integers(-LARGEST_MINOR, LARGEST_MINOR)


@given(pence)
def test_what_is_said_reads_back_to_the_penny(minor: int) -> None:
    said = say(minor)
    bare = said.replace("£", "").replace(",", "").replace("−", "-")
    assert to_minor(bare) == minor
    assert said.startswith("−") == (minor < 0)


@given(pence)
def test_a_decimal_of_pounds_is_its_pence(minor: int) -> None:
    assert to_minor(Decimal(minor) / 100) == to_minor(f"{Decimal(minor) / 100:f}") == minor


@given(some.decimals(-10_000, 10_000, places=4))
@example(Decimal("0.005"))
@example(Decimal("-2.675"))
def test_half_a_penny_goes_away_from_zero(amount: Decimal) -> None:
    hundredths = abs(amount) * 100
    whole = int(hundredths) + (1 if hundredths - int(hundredths) >= Decimal("0.5") else 0)
    assert to_minor(amount) == (whole if amount >= 0 else -whole)
    assert to_minor(-amount) == -to_minor(amount)


@given(some.integers(-(10**12), 10**12))
def test_a_float_is_the_amount_that_was_typed(minor: int) -> None:
    assert to_minor(minor / 100) == minor


@pytest.mark.parametrize("wrong", ["", "ten", "NaN", "Infinity", float("nan"), float("inf"), "1e30", 10**16])
def test_what_is_no_amount_is_refused(wrong: str | float) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        to_minor(wrong)


@given(some.integers(0, 10**14))
@example(99_949)
@example(99_950)
@example(99_950_000)
@example(99_949_999)
def test_the_short_form_is_near_and_never_runs_over_its_unit(minor: int) -> None:
    said = say_short(minor).removeprefix("£").replace(",", "")
    letter = said[-1] if said[-1] in "km" else ""
    figure = Decimal(said.removesuffix(letter))
    unit = {"": 100, "k": 100_000, "m": 100_000_000}[letter]
    step = Decimal("0.1") if "." in said else Decimal(1)
    assert abs(figure * unit - minor) <= step * unit / 2 + 50  # half a step, and whole pounds first
    assert figure < 1000 or letter == "m"
    assert say_short(-minor) == ("−" if minor else "") + say_short(minor)
