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
    HIDDEN = "not told"


def banded(counts: Mapping[str, int]) -> dict[str, Band]:
    """Each count as a band that, even beside the sum of all, gives no small count away.

    How much is told depends only on what is told anyway: first on the total, then on how many counts
    are empty. So nobody who knows this method learns a small count from the choice itself (the attack by
    minimality: Wong, Fu, Wang and Pei 2007). "1 to 4" and "5 or more" become "some" where, for this total
    over so many counts, a split into the two could give one away; all become "not told" where the people
    are so few that each count could be a single person. Raises ValueError for a negative count.

    >>> banded({"Council": 6, "Health": 3, "Housing": 0})["Housing"].value
    'none yet'
    >>> banded({"Council": 5, "Health": 1, "Housing": 0})["Health"].value
    'some'
    >>> banded({"Council": 1, "Health": 1, "Housing": 1, "Business": 0})["Business"].value
    'not told'
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count is never negative")
    total, filled = sum(counts.values()), sum(1 for count in counts.values() if count)
    if total and _may_be_one_each(total, len(counts)):
        return dict.fromkeys(counts, Band.HIDDEN)
    bands = {name: _band(count) for name, count in counts.items()}
    if _a_split_gives_away(total, filled):
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


def _may_be_one_each(total: int, cells: int) -> bool:
    # Of a total under 5 outsiders know only that, so that it may be as much as 4.
    return max(total, SMALLEST_SHOWN - 1) <= cells


def _a_split_gives_away(total: int, filled: int) -> bool:
    if total < SMALLEST_SHOWN:
        return False
    # The few hold at least one each, and leave at least 5 to each of the many.
    least_for_few = any(total == few + SMALLEST_SHOWN * (filled - few) for few in range(1, filled + 1))
    return least_for_few or total == (SMALLEST_SHOWN - 1) * filled
