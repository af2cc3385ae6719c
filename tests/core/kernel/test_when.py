"""Do days fall into the financial year that they belong to?"""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as some

from folkmoot.core.kernel.when import financial_year, financial_year_bounds, fixed, say_day

days = some.dates(date(1000, 4, 1), date(9998, 12, 31))


@given(days)
def test_a_day_lies_within_its_own_financial_year(day: date) -> None:
    first, last = financial_year_bounds(financial_year(day))
    assert first <= day <= last
    assert (first.month, first.day, last.month, last.day) == (4, 1, 3, 31)


@given(days)
def test_financial_years_follow_without_gap_or_overlap(day: date) -> None:
    first, last = financial_year_bounds(financial_year(day))
    assert financial_year_bounds(financial_year(last + timedelta(days=1)))[0] == last + timedelta(days=1)
    assert financial_year(first) == financial_year(last) != financial_year(first - timedelta(days=1))


@pytest.mark.parametrize("wrong", ["", "2025", "2025-27", "2025/26", "25-26", "2025-2026", "2025-26 "])
def test_what_is_no_label_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"not a financial year|invalid literal"):
        financial_year_bounds(wrong)


def test_a_fixed_clock_stands_still_in_utc() -> None:
    clock = fixed(datetime(2026, 11, 16, 9, tzinfo=timezone(timedelta(hours=1))))
    assert clock() == clock() == datetime(2026, 11, 16, 8, tzinfo=UTC)
    with pytest.raises(ValueError, match="zone"):
        fixed(datetime(2026, 11, 16, 9))


def test_a_day_is_written_as_people_write_it() -> None:
    assert say_day(date(2026, 1, 1)) == "1 January 2026"
