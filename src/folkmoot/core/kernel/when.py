"""What time is it, by the clock that was handed in?"""

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], datetime]


def fixed(moment: datetime) -> Clock:
    """A clock that stands still, for stories and tests. The moment must name its zone.

    >>> fixed(datetime(2026, 11, 16, 9, tzinfo=UTC))().hour
    9
    """
    if moment.tzinfo is None:
        raise ValueError("a moment must name its zone")
    return lambda: moment.astimezone(UTC)


def financial_year(day: date) -> str:
    """The British public financial year that a day falls in: April to March.

    >>> financial_year(date(2026, 3, 31)), financial_year(date(2026, 4, 1))
    ('2025-26', '2026-27')
    """
    start = day.year if day.month >= 4 else day.year - 1
    return f"{start}-{(start + 1) % 100:02d}"


def financial_year_bounds(label: str) -> tuple[date, date]:
    """First and last day of a financial year by its label. ValueError for what is no label.

    >>> financial_year_bounds("2025-26")[1]
    datetime.date(2026, 3, 31)
    """
    start = int(label[:4])
    if label != f"{start:04d}-{(start + 1) % 100:02d}":
        raise ValueError(f"not a financial year: {label!r}")
    return date(start, 4, 1), date(start + 1, 3, 31)


def say_day(day: date) -> str:
    """A date as people write it.

    >>> say_day(date(2026, 11, 3))
    '3 November 2026'
    """
    return f"{day.day} {day:%B %Y}"
