"""What does the partnership say of itself, and what follows from changing it?

Every change is a line of the diary that says what was changed, from what and to what.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from folkmoot.apps.places import clock
from folkmoot.apps.places.admitting import whole_of
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.models import Partnership
from folkmoot.apps.places.turns import in_turn
from folkmoot.core.access import Act, Actor, require
from folkmoot.core.kernel.colour import PAPER, as_colour, contrast, darkened, fits_paper
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.network import Level

LONGEST_WORD = 30  # letters of what a level is called: it heads a column
NUMBERS = {
    "target": (1, 10_000, "The number of supporters you want"),
    "window_days": (7, 1_830, "The window"),
    "keep_months": (1, 120, "The time after which a record is looked at again"),
}
# ISO 4217, those with two digits after the point: ledgers count in hundredths.
CURRENCIES = {
    "GBP": "Pound sterling", "EUR": "Euro", "USD": "US dollar", "AUD": "Australian dollar",
    "BRL": "Brazilian real", "CAD": "Canadian dollar", "CHF": "Swiss franc", "CZK": "Czech koruna",
    "DKK": "Danish krone", "GHS": "Ghanaian cedi", "HUF": "Hungarian forint", "INR": "Indian rupee",
    "JMD": "Jamaican dollar", "KES": "Kenyan shilling", "MXN": "Mexican peso", "NGN": "Nigerian naira",
    "NOK": "Norwegian krone", "NZD": "New Zealand dollar", "PHP": "Philippine peso", "PLN": "Polish zloty",
    "RON": "Romanian leu", "SEK": "Swedish krona", "SGD": "Singapore dollar", "TRY": "Turkish lira",
    "UAH": "Ukrainian hryvnia", "ZAR": "South African rand",
}  # fmt: skip
Keeps = Callable[[Actor], bool]
_keeping_the_currency: list[Keeps] = []


def keep_currency_while(holds: Keeps) -> None:
    """The currency cannot change while this says yes; rooms that hold money are asked so, never imported."""
    if holds not in _keeping_the_currency:
        _keeping_the_currency.append(holds)


@in_turn
def settle_partnership(
    actor: Actor,
    *,
    published: bool | None = None,
    purpose: str | None = None,
    target: int | None = None,
    name: str | None = None,
    colour: str | None = None,
    level_words: Mapping[str, str] | None = None,
    window_days: int | None = None,
    zone: str | None = None,
    currency: str | None = None,
    keep_months: int | None = None,
) -> Partnership:
    """What is given is changed, all of it or nothing; what is None stays as it is."""
    require(Act.SETTLE_PARTNERSHIP, actor, whole_of(actor))
    numbers = {"target": target, "window_days": window_days, "keep_months": keep_months}
    asked = {
        "published": published,
        "purpose": None if purpose is None else purpose.strip(),
        "name": None if name is None else _a_name(name),
        "colour": None if colour is None else _a_colour(colour),
        "level_words": None if level_words is None else _words(level_words),
        "zone": None if zone is None else _a_zone(zone),
        "currency": None if currency is None else _a_currency(currency),
        **{field: None if value is None else _a_number(field, value) for field, value in numbers.items()},
    }
    partnership = Partnership.objects.get(id=actor.partnership_id)
    changes = {
        field: value
        for field, value in asked.items()
        if value is not None and getattr(partnership, field) != value
    }
    if "currency" in changes:
        _may_change_currency(actor)
    for field, value in changes.items():
        before = getattr(partnership, field)
        setattr(partnership, field, value)
        told = {"changed": field, "before": _said(before), "after": _said(value)}
        write_line(actor, Act.SETTLE_PARTNERSHIP, partnership.id, partnership.id, **told)
    partnership.save(update_fields=list(changes))
    return partnership


def level_word(partnership: Partnership, level: str) -> str:
    """What this partnership calls a level; a level without a word of its own keeps its name."""
    return str(partnership.level_words.get(level) or level)


@cache
def zones() -> tuple[str, ...]:
    """The time zones by place, such as Europe/London."""
    areas = (
        "Africa/",
        "America/",
        "Antarctica/",
        "Asia/",
        "Atlantic/",
        "Australia/",
        "Europe/",
        "Indian/",
        "Pacific/",
    )
    return tuple(sorted(zone for zone in available_timezones() if zone.startswith(areas)))


def time_in(zone: str) -> datetime:
    """The time there now, so that a person sees whether it is the right zone."""
    return clock.now().astimezone(ZoneInfo(zone))


def _a_name(text: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise Refused("A partnership has a name.", "", "Write down what it is called.", field="name")
    return said


def _a_colour(text: str) -> str:
    if not text.strip():
        return ""
    colour = as_colour(text)
    if not colour:
        raise Refused("This is no colour.", "", "Write it like #0b5c5e.", field="colour")
    if not fits_paper(colour):
        raise Refused(
            f"Words in {colour} are hard to read.",
            f"It stands out {_tenths(contrast(colour, PAPER))} to 1 from the page; words need 4.5 to 1.",
            f"The nearest darker one that can be read is {darkened(colour)}.",
            field="colour",
        )
    return colour


def _tenths(ratio: float) -> str:
    return f"{int(ratio * 10) / 10}"  # cut, not rounded: 4.49 is not 4.5


def _words(given: Mapping[str, str]) -> dict[str, str]:
    unknown = set(given) - set(map(str, Level))
    if unknown:
        raise Refused("There is no such level.", "", "There are five.", field="level_words")
    said = {level: " ".join(str(given.get(level, "")).split()) for level in map(str, Level)}
    if long := [word for word in said.values() if len(word) > LONGEST_WORD]:
        raise Refused(
            f"“{long[0]}” is too long to head a column.",
            f"{LONGEST_WORD} letters have room.",
            field="level_words",
        )
    called = [(word or level).casefold() for level, word in said.items()]
    if len(set(called)) < len(called):
        raise Refused(
            "Two levels would be called the same.", "", "Give each its own word.", field="level_words"
        )
    return {level: word for level, word in said.items() if word and word != level}


def _a_zone(zone: str) -> str:
    if zone not in zones():
        raise Refused("There is no such time zone.", "", "Choose one such as Europe/London.", field="zone")
    return zone


def _a_currency(text: str) -> str:
    currency = text.strip().upper()
    if currency not in CURRENCIES:
        raise Refused("This currency is not known here.", "", "Choose one such as GBP.", field="currency")
    return currency


def _a_number(field: str, number: int) -> int:
    least, most, what = NUMBERS[field]
    if not least <= number <= most:
        raise Refused(
            f"{what} is from {least} to {most:,}.", "", "Choose a number between them.", field=field
        )
    return number


def _may_change_currency(actor: Actor) -> None:
    if any(holds(actor) for holds in _keeping_the_currency):
        raise Refused(
            "The currency stays.",
            "The ledger holds payments, and a payment in one currency is not one in another.",
            "Undo every file that was read in, then change it.",
            field="currency",
        )


def _said(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{level}: {word}" for level, word in value.items())
    return str(value)
