"""When is what is kept about people looked at again, and when does it go by itself?

A note that nobody looks at again goes by itself, but only after its reminder has been there to be seen for
a long time. Days are counted as they are seen, one by one: a machine that was off, or a clock that jumped,
gives nobody a chance to read a reminder, so neither brings the end any nearer.
"""

import calendar
from dataclasses import dataclass, replace
from datetime import date

MOST_MONTHS = 24  # nothing about a person is kept longer without being looked at (research: retention clocks)
STANDS_DAYS = 90  # days on which a reminder must have been there to be seen


@dataclass(frozen=True, slots=True)
class Reminder:
    """Since which day a reminder stands, the last day on which it was seen to stand, and on how many days."""

    since: date | None = None
    seen: date | None = None
    days: int = 0

    @property
    def has_stood(self) -> bool:
        """Whether it was there to be seen for as long as it must.

        >>> Reminder(date(2026, 1, 1), date(2026, 6, 1), 89).has_stood
        False
        """
        return self.days >= STANDS_DAYS


def months_after(day: date, months: int) -> date:
    """The same day so many months on, or the last day of a month that is too short for it.

    >>> months_after(date(2026, 11, 16), 24), months_after(date(2026, 8, 31), 6)
    (datetime.date(2028, 11, 16), datetime.date(2027, 2, 28))
    """
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def review_day(today: date, keep_months: int) -> date:
    """When something written today is looked at again: after so many months, 24 at most.

    >>> review_day(date(2026, 11, 16), 6), review_day(date(2026, 11, 16), 60)
    (datetime.date(2027, 5, 16), datetime.date(2028, 11, 16))
    """
    return months_after(today, max(1, min(keep_months, MOST_MONTHS)))


def look(review_on: date, reminder: Reminder, today: date) -> Reminder:
    """The reminder after somebody looked at the clock today; the same as before where nothing is new.

    Before the review day nothing happens. On it or later the reminder begins to stand; each later day on
    which somebody looks counts once, however many days lie between. A day before the last one seen means
    that the clock was put back: then the counting begins anew.

    >>> first = look(date(2026, 11, 1), Reminder(), date(2026, 11, 16))
    >>> first
    Reminder(since=datetime.date(2026, 11, 16), seen=datetime.date(2026, 11, 16), days=0)
    >>> look(date(2026, 11, 1), first, date(2036, 11, 16)).days
    1
    """
    if today < review_on or today == reminder.seen:
        return reminder
    if reminder.since is None or reminder.seen is None or today < reminder.seen:
        return Reminder(today, today)
    return replace(reminder, seen=today, days=reminder.days + 1)
