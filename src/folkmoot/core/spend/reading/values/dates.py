"""Which day does this cell say?"""

import re
from datetime import date, timedelta

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "dmy", "mdy", "ymd"
ORDERS = (DAY_FIRST, MONTH_FIRST, YEAR_FIRST)

_TIME = r"(?:[T ,]\s*[\d:.]+\s*(?:[AP]M|Z)?(?:[+-][\d:]+)?)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.ASCII).fullmatch
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII).fullmatch
_RUN_ON = re.compile(r"(\d{1,2})(\d\d)((?:19|20)\d\d)", re.ASCII).fullmatch
_NUMBERS = re.compile(rf"(\d{{1,2}}) ?[-/.] ?(\d{{1,2}}) ?[-/.] ?(\d{{4}}|\d\d){_TIME}", re.ASCII).fullmatch
_WEEKDAY = r"(?:(?:MON|TUE|WED|THU|FRI|SAT|SUN)[A-Z]*,?\s+)?"
_DAY_MONTH = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:ST|ND|RD|TH)?[\s\-/.,]*([A-Z]{{3,10}})[\s\-/.,]*(\d{{4}}|\d\d){_TIME}",
    re.ASCII,
).fullmatch
_MONTH_DAY = re.compile(
    rf"{_WEEKDAY}([A-Z]{{3,10}})[\s\-/.]+(\d{{1,2}})(?:ST|ND|RD|TH)?,?[\s\-/]+(\d{{4}}){_TIME}", re.ASCII
).fullmatch
_YEAR_MONTH_DAY = re.compile(
    rf"(\d{{4}})[\s\-/.]*([A-Z]{{3,10}})[\s\-/.]*(\d{{1,2}}){_TIME}", re.ASCII
).fullmatch
# As programs print a moment: "Thu Apr 01 00:00:00 BST 2021".
_MOMENT = re.compile(
    r"[A-Z]{3}\s+([A-Z]{3})\s+(\d{1,2})\s+[\d:.]+\s+(?:[A-Z]{2,5}\s+)?(\d{4})", re.ASCII
).fullmatch
_IN_WORDS = ((_DAY_MONTH, "dmy"), (_MONTH_DAY, "mdy"), (_MOMENT, "mdy"), (_YEAR_MONTH_DAY, "ymd"))
# A month and a year without a day: "Apr-20", "April 2020", "2020-04", "04/2020".
_MONTH_ONLY = re.compile(r"([A-Z]{3,10})[\s\-/.']+(\d{4}|\d\d)", re.ASCII).fullmatch
_YEAR_AND_MONTH = re.compile(r"((?:19|20)\d\d)[-/](\d{1,2})", re.ASCII).fullmatch
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})[-/]((?:19|20)\d\d)", re.ASCII).fullmatch
_YEAR_MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_. ]?(\d\d)(?!\d)", re.ASCII).findall
_NAMED_MONTH = re.compile(r"(?<![A-Z])([A-Z]{3,10})[\s\-_.,']*((?:19|20)\d\d|\d\d)(?!\d)", re.ASCII).findall
_SHORTEST_MONTH = 3
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
_WELSH_MONTHS = (
    "IONAWR", "CHWEFROR", "MAWRTH", "EBRILL", "MAI", "MEHEFIN", "GORFFENNAF", "AWST", "MEDI", "HYDREF",
    "TACHWEDD", "RHAGFYR",
)  # fmt: skip
_BLANKS = re.compile(r"\s").sub
_SERIAL_ORIGIN = date(1899, 12, 30)  # day 0 of a spreadsheet, allowing for its 29 February 1900


def read_day(text: str, order: str = DAY_FIRST) -> date | None:
    """The day that a published cell says, or None. `order` settles numbers such as 04/05/2020.

    Reads year-first dates, day and month numbers, month names (English and Welsh) and spreadsheet day
    numbers, each with or without a time of day; a month without a day is its first day. Two-digit years lie
    between 1970 and 2069.

    >>> read_day("2020-04-30"), read_day("4/30/20", "mdy"), read_day("05-Apr-20")
    (datetime.date(2020, 4, 30), datetime.date(2020, 4, 30), datetime.date(2020, 4, 5))
    >>> read_day("31/04/2020"), read_day("00:00:00"), read_day("Thursday, 30 April 2020").isoformat()
    (None, None, '2020-04-30')
    """
    text = _plain(text)
    if found := _ISO(text):
        return _day(*found.groups())
    if (found := _COMPACT(text)) and (day_found := _day(*found.groups())):
        return day_found
    if found := _numbers(text):
        first, second, year = found.groups()
        return _day(year, first, second) if order == MONTH_FIRST else _day(year, second, first)
    for in_words, parts in _IN_WORDS:
        if found := in_words(text):
            said = dict(zip(parts, found.groups(), strict=True))
            return _day(said["y"], _month(said["m"]), said["d"])
    if _SERIAL(text):
        return _SERIAL_ORIGIN + timedelta(days=int(text[:5]))
    return _first_of_month(text)


def is_month_only(text: str) -> bool:
    """Whether the cell says a month and no day.

    >>> is_month_only("Apr-20"), is_month_only("05-Apr-20")
    (True, False)
    """
    return _first_of_month(_plain(text)) is not None


def _plain(text: str) -> str:
    """Capital letters, no blank but the plain one, and no apostrophe that made a spreadsheet keep a text."""
    if not text.isascii():
        text = _BLANKS(" ", text)
    return text.strip().removeprefix("'").upper()


def _numbers(text: str) -> re.Match[str] | None:
    return _NUMBERS(text) or (None if (found := _COMPACT(text)) and _day(*found.groups()) else _RUN_ON(text))


def _first_of_month(text: str) -> date | None:
    if found := _MONTH_ONLY(text):
        month, year = found.groups()
        return _day(year, _month(month), "1")
    if found := _YEAR_AND_MONTH(text):
        year, month = found.groups()
        return _day(year, month, "1")
    if found := _MONTH_AND_YEAR(text):
        month, year = found.groups()
        return _day(year, month, "1")
    return None


def named_months(text: str) -> set[tuple[int, int]]:
    """Years and months that a title or a file's name speaks of.

    >>> sorted(named_months("Spend over £500, April 2020")), sorted(named_months("payments_2021-04.csv"))
    ([(2020, 4)], [(2021, 4)])
    """
    found = {(int(year), int(month)) for year, month in _YEAR_MONTH(text) if 1 <= int(month) <= 12}
    for name, year in _NAMED_MONTH(text.upper()):
        if (month := int(_month(name))) and len(name) >= _SHORTEST_MONTH:
            found.add((int(year) + (2000 if len(year) == 2 else 0), month))
    return found


def order_evidence(text: str) -> str:
    """The order that this one date proves: a number above 12 is no month. Empty when it proves none.

    >>> order_evidence("30/04/2020"), order_evidence("4/30/2020"), order_evidence("04/05/2020")
    ('dmy', 'mdy', '')
    """
    found = _numbers(_plain(text))
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
    return _numbers(_plain(text)) is not None


def _month(name: str) -> str:
    for months in (_MONTHS, _WELSH_MONTHS):
        for number, full in enumerate(months, 1):
            if full.startswith(name):
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
