"""Which day does this cell name?"""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: [\d:]+)?")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?[ -](\d{4}|\d{2})")
_YEARS = range(1900, 2200)


def read_day(cell: str) -> date | None:
    """The day that a cell names: 2026-11-03, 3/11/2026 (day first), 3 November 2026; None if none.

    A year of two digits belongs to this century: contacts are living people's posts.

    >>> read_day("3/11/26") == read_day("2026-11-03T09:00:00") == read_day("3rd Nov 2026")
    True
    >>> read_day("31/02/2026") is None
    True
    """
    text = " ".join(cell.split()).casefold()
    for pattern, order in ((_ISO, "ymd"), (_NUMBERS, "dmy"), (_WORDS, "dmy")):
        if found := pattern.fullmatch(text.upper() if pattern is _ISO else text):
            cells = dict(zip(order, found.groups(), strict=True))
            return _day(cells["y"], cells["m"], cells["d"])
    return None


def _day(year: str, month: str, day: str) -> date | None:
    whole_year = int(year) + (2000 if len(year) == 2 else 0)
    if whole_year not in _YEARS:
        return None
    try:
        return date(whole_year, _month(month), int(day))
    except ValueError:
        return None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    return _MONTHS.index(text[:3]) + 1
