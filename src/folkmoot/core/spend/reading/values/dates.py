"""Which day does this cell say?"""

import re
from datetime import date, timedelta

DAY_FIRST, MONTH_FIRST = "dmy", "mdy"

_TIME = r"(?:[T ,]\s*[\d:.]+\s*(?:[AP]M|Z)?(?:[+-][\d:]+)?)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.ASCII).fullmatch
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII).fullmatch
_NUMBERS = re.compile(rf"(\d{{1,2}}) ?[-/.] ?(\d{{1,2}}) ?[-/.] ?(\d{{4}}|\d\d){_TIME}", re.ASCII).fullmatch
_WEEKDAY = r"(?:(?:MON|TUE|WED|THU|FRI|SAT|SUN)[A-Z]*,?\s+)?"
_DAY_MONTH = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:ST|ND|RD|TH)?[\s\-/.,]*([A-Z]{{3,9}})[\s\-/.,]*(\d{{4}}|\d\d){_TIME}", re.ASCII
).fullmatch
_MONTH_DAY = re.compile(
    rf"{_WEEKDAY}([A-Z]{{3,9}})[\s\-/.]+(\d{{1,2}})(?:ST|ND|RD|TH)?,?[\s\-/]+(\d{{4}}){_TIME}", re.ASCII
).fullmatch
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?", re.ASCII).fullmatch
_MONTHS = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
]
_SERIAL_ORIGIN = date(1899, 12, 30)  # day 0 of a spreadsheet, allowing for its 29 February 1900


def read_day(text: str, order: str = DAY_FIRST) -> date | None:
    """The day that a published cell says, or None. `order` settles numbers such as 04/05/2020.

    Reads year-first dates, day and month numbers, month names and spreadsheet day numbers, each with or
    without a time of day. Two-digit years lie between 1970 and 2069.

    >>> read_day("2020-04-30"), read_day("4/30/20", "mdy"), read_day("05-Apr-20")
    (datetime.date(2020, 4, 30), datetime.date(2020, 4, 30), datetime.date(2020, 4, 5))
    >>> read_day("31/04/2020"), read_day("00:00:00"), read_day("Thursday, 30 April 2020").isoformat()
    (None, None, '2020-04-30')
    """
    text = text.strip().upper()
    if found := _ISO(text) or _COMPACT(text):
        return _day(*found.groups())
    if found := _NUMBERS(text):
        first, second, year = found.groups()
        return _day(year, first, second) if order == MONTH_FIRST else _day(year, second, first)
    if found := _DAY_MONTH(text):
        day, month, year = found.groups()
        return _day(year, _month(month), day)
    if found := _MONTH_DAY(text):
        month, day, year = found.groups()
        return _day(year, _month(month), day)
    if _SERIAL(text):
        return _SERIAL_ORIGIN + timedelta(days=int(text[:5]))
    return None


def order_evidence(text: str) -> str:
    """The order that this one date proves: a number above 12 is no month. Empty when it proves none.

    >>> order_evidence("30/04/2020"), order_evidence("4/30/2020"), order_evidence("04/05/2020")
    ('dmy', 'mdy', '')
    """
    found = _NUMBERS(text.strip().upper())
    if not found:
        return ""
    first, second = int(found.group(1)), int(found.group(2))
    if first > 12 >= second:
        return DAY_FIRST
    return MONTH_FIRST if second > 12 >= first else ""


def needs_order(text: str) -> bool:
    """Whether the cell is a date in numbers whose order the file must settle.

    >>> needs_order("04/05/2020"), needs_order("2020-05-04")
    (True, False)
    """
    return _NUMBERS(text.strip().upper()) is not None


def _month(name: str) -> str:
    for number, full in enumerate(_MONTHS, 1):
        if full.startswith(name) or (name == "SEPT" and number == 9):
            return str(number)
    return "0"


def _day(year: str, month: str, day: str) -> date | None:
    whole = int(year)
    if len(year) == 2:
        whole += 1900 if whole >= 70 else 2000
    try:
        return date(whole, int(month), int(day))
    except ValueError:
        return None
