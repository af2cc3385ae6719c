"""How is a workbook's cell written as text?

Percentages keep the number that is stored (20% is 0.2), a formula its last saved value, a cell of a merged
area the value that it holds itself (as a rule only the top left one holds any), and an error its sign
(#REF!). The apostrophe that makes a number a text is not stored in the cell and so is not read.
"""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from folkmoot.core.spend.reading.files.decoding import shown

DAY = 86_400  # seconds
DATE, ELAPSED, NUMBER = "date", "elapsed", ""

_FIRST, _FIRST_1904 = date(1899, 12, 30), date(1904, 1, 1)
_BUILT_IN = {
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), DATE),
    46: ELAPSED,
}
_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].')
_HOURS = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LENGTH = re.compile(r"(-?)P(?:(\d{1,7})D)?T?(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,]\d+)?S)?")
_SPLIT_PAIR = re.compile("[\ud800-\udfff]")


def number_text(number: float) -> str:
    """The shortest decimal that is this number; whole numbers without a point, no exponent from 1e-9 to 1e21.

    >>> [number_text(one) for one in (12.0, 1234.56, 1e-05, -0.0, 1e15, 0.1 + 0.2)]
    ['12', '1234.56', '0.00001', '0', '1000000000000000', '0.30000000000000004']
    """
    text = repr(number)
    if "e" in text and 1e-9 <= abs(number) < 1e21:
        text = format(Decimal(text), "f")
    return (text[:-2] if text.endswith(".0") else text) if number else "0"


def decimal_text(written: str) -> str:
    """A number as a workbook writes it, as number_text would; whole numbers keep all their digits.

    >>> [decimal_text(one) for one in ("12", "12.50", "1.2E-3", "12345678901234567890", "x")]
    ['12', '12.5', '0.0012', '12345678901234567890', 'x']
    """
    if written.isdecimal() and written.isascii() and written[0] != "0":
        return written
    try:
        return number_text(float(written))
    except ValueError:
        return written


def moment_of(written: str) -> str:
    """A date, with or without time, as XML writes it; what is none stays as it is.

    >>> moment_of("2020-04-30"), moment_of("2020-04-30T12:05:00.000"), moment_of("soon")
    ('2020-04-30', '2020-04-30 12:05:00', 'soon')
    """
    try:
        return moment_text(datetime.fromisoformat(written))
    except ValueError:
        return written


def length_of(written: str) -> str:
    """A length of time as XML writes it (PT26H30M0S) as hours; what is none stays as it is.

    >>> length_of("PT26H30M00S"), length_of("PT07H08M09.5S"), length_of("soon")
    ('26:30:00', '07:08:09', 'soon')
    """
    found = _LENGTH.fullmatch(written)
    if not found or not any(found.groups()):
        return written
    sign, days, hours, minutes, seconds = found.groups()
    whole = int(days or 0) * DAY + int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return f"{sign}{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def moment_text(moment: datetime | date | time | timedelta) -> str:
    """A date as ISO day, with its time unless that is midnight; a time or a length of time as hours.

    >>> moment_text(datetime(2020, 4, 30)), moment_text(datetime(2020, 4, 30, 12, 5))
    ('2020-04-30', '2020-04-30 12:05:00')
    >>> moment_text(time(7, 8, 9)), moment_text(timedelta(hours=26, minutes=30))
    ('07:08:09', '26:30:00')
    """
    if isinstance(moment, datetime):
        return moment.isoformat(" ", "seconds").removesuffix(" 00:00:00")
    if isinstance(moment, timedelta):
        seconds = round(moment.total_seconds())
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return moment.isoformat() if isinstance(moment, date) else moment.isoformat("seconds")


def serial_text(serial: float, shown_as: str, is_1904: bool) -> str:
    """A number that its format shows as a date (days since the end of 1899, or 1904) or as elapsed time.

    Excel holds 1900 for a leap year, so that days before 1 March 1900 count one off. What is no day of the
    years 1900 to 9999 stays a number.

    >>> serial_text(43951.0, DATE, False), serial_text(43951.5, DATE, False), serial_text(0.25, DATE, False)
    ('2020-04-30', '2020-04-30 12:00:00', '06:00:00')
    >>> serial_text(42489.0, DATE, True), serial_text(59.0, DATE, False), serial_text(1.5, ELAPSED, False)
    ('2020-04-30', '1900-02-28', '36:00:00')
    """
    if shown_as == ELAPSED and abs(serial) < 1e7:
        return moment_text(timedelta(days=serial))
    if not 0 <= serial < 2_958_466:
        return number_text(serial)
    days, seconds = divmod(round(serial * DAY), DAY)
    if serial < 1 and not is_1904:
        return moment_text(timedelta(seconds=seconds, days=days))
    first = _FIRST_1904 if is_1904 else _FIRST
    try:
        day = first + timedelta(days=days + (not is_1904 and days < 60))
    except OverflowError:
        return number_text(serial)
    return moment_text(datetime.combine(day, time()) + timedelta(seconds=seconds))


def shown_as(format_id: int, code: str = "") -> str:
    """Whether a number format shows a DATE, ELAPSED time or a NUMBER; `code` is the format as written.

    A format with a place for digits (# or ?) is a number whatever letters stand in it, so that no amount
    turns into a date.

    >>> [shown_as(164, code) for code in ("dd/mm/yyyy", "[Red]#,##0.00", "[h]:mm", '0 "days"', "General")]
    ['date', '', 'elapsed', '', '']
    >>> shown_as(14), shown_as(4)
    ('date', '')
    """
    if not code:
        return _BUILT_IN.get(format_id, NUMBER)
    section = _LITERAL.sub("", code).split(";")[0]
    letters = _BRACKETS.sub("", section).lower().replace("general", "")
    if _HOURS.search(section):
        return ELAPSED
    if "#" in letters or "?" in letters or not re.search("[dmyhs]", letters):
        return NUMBER
    return DATE if "0" not in letters or re.search(r"s[.,]?0", letters) else NUMBER


def plain_text(text: str) -> str:
    r"""A string of a workbook, its _xHHHH_ escapes undone and what no file can hold made visible.

    >>> plain_text("a_x000D_b"), plain_text("_x005F_x000D_"), plain_text("a_x0000_")
    ('a\rb', '_x000D_', 'a␀')
    """
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        if _SPLIT_PAIR.search(text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return shown(text)
