"""How much money is this, to the penny, and how is it said?"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
LARGEST_MINOR = 10**17  # a thousand million million pounds: larger is a misread cell, not money


def to_minor(amount: Decimal | int | float | str) -> int:
    """Whole minor units (pence) of an amount in major units (pounds), half away from zero.

    A float goes through its repr, so that 2.675 is the 2.675 that was typed.
    Raises ValueError for what is no finite amount, or larger than any real one.

    >>> to_minor("10.005"), to_minor(-2.675), to_minor(3)
    (1001, -268, 300)
    """
    try:
        value = Decimal(repr(amount)) if isinstance(amount, float) else Decimal(amount)
    except InvalidOperation as error:
        raise ValueError(f"not an amount: {amount!r}") from error
    if not value.is_finite() or abs(value) > LARGEST_MINOR // 100:
        raise ValueError(f"not an amount: {amount!r}")
    return int((value * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def say(minor: int, currency: str = "GBP") -> str:
    """The amount in full, to the penny.

    >>> say(123456789), say(-5)
    ('£1,234,567.89', '−£0.05')
    """
    whole, pennies = divmod(abs(minor), 100)
    return f"{_sign(minor)}{SIGNS.get(currency, currency + ' ')}{whole:,}.{pennies:02d}"


def say_short(minor: int, currency: str = "GBP") -> str:
    """The amount as people say it: pounds, thousands or millions, half away from zero.

    >>> say_short(94_999), say_short(31_049_900), say_short(15_649_000_000), say_short(99_960_000)
    ('£950', '£310k', '£156m', '£1.0m')
    """
    pounds = to_minor(Decimal(abs(minor)) / 10000)
    unit, letter = (1, "") if pounds < 1000 else (1000, "k")
    if letter and _over(pounds, 1000) >= 1000:
        unit, letter = 1_000_000, "m"
    places = 1 if letter == "m" and pounds < 100 * unit else 0
    figure = Decimal(pounds) / unit
    step = Decimal(1).scaleb(-places)
    return (
        f"{_sign(minor)}{SIGNS.get(currency, currency + ' ')}{figure.quantize(step, ROUND_HALF_UP):,}{letter}"
    )


def _over(pounds: int, unit: int) -> int:
    return int((Decimal(pounds) / unit).quantize(Decimal(1), ROUND_HALF_UP))


def _sign(minor: int) -> str:
    return "−" if minor < 0 else ""
