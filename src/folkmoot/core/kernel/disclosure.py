"""What may be shown of a small number, so that nobody is picked out?"""

from collections.abc import Mapping
from enum import StrEnum

SMALLEST_SHOWN = 5  # the least cell shown outside the core team (research: a minimum cell of 5)


class Band(StrEnum):
    """How much of a count is told outside the core team."""

    NONE = "none yet"
    SOME = "some"
    FEW = "1 to 4"
    MANY = "5 or more"


def banded(counts: Mapping[str, int]) -> dict[str, Band]:
    """Each count as a band that, even beside the sum of all, gives no small count away.

    Bands tell "1 to 4" from "5 or more" only while at least two values remain possible for
    every small count, given the total; otherwise both become "some".
    Raises ValueError for a negative count.

    >>> banded({"Council": 6, "Health": 3, "Housing": 0})["Housing"].value
    'none yet'
    >>> banded({"Council": 5, "Health": 1})["Health"].value
    'some'
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count is never negative")
    bands = {name: _band(count) for name, count in counts.items()}
    if _gives_away(bands, sum(counts.values())):
        return {name: band if band is Band.NONE else Band.SOME for name, band in bands.items()}
    return bands


def total_in_words(total: int) -> str:
    """A total for outside the core team.

    >>> total_in_words(13), total_in_words(3), total_in_words(0)
    ('13', 'fewer than 5', 'none')
    """
    if total == 0:
        return "none"
    return str(total) if total >= SMALLEST_SHOWN else f"fewer than {SMALLEST_SHOWN}"


def _band(count: int) -> Band:
    if count == 0:
        return Band.NONE
    return Band.FEW if count < SMALLEST_SHOWN else Band.MANY


def _gives_away(bands: Mapping[str, Band], total: int) -> bool:
    few = sum(1 for band in bands.values() if band is Band.FEW)
    many = sum(1 for band in bands.values() if band is Band.MANY)
    if few == 0:
        return False
    # The few cells together hold between few and 4 * few, and leave at least 5 to each of the many.
    most = min(total - SMALLEST_SHOWN * many, (SMALLEST_SHOWN - 1) * few)
    least = few if many else total
    return most == least == few or least == (SMALLEST_SHOWN - 1) * few
