"""When are records looked at again, and which words make somebody stop and think?"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from folkmoot.core.network.guarded import WORDS, Guarded, speaks_of
from folkmoot.core.network.keeping import STANDS_DAYS, Reminder, look, months_after, review_day

DAYS = some.dates(date(2000, 1, 1), date(2090, 1, 1))


@given(DAYS, some.integers(0, 120))
def test_months_are_those_of_a_calendar(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(DAYS, some.integers(0, 32767))
def test_nothing_is_kept_longer_than_two_years_without_being_looked_at(day: date, months: int) -> None:
    assert day < review_day(day, months) <= months_after(day, 24)


@given(some.lists(DAYS, max_size=300), DAYS)
def test_a_reminder_counts_days_that_were_seen_and_a_clock_put_back_begins_anew(
    days: list[date], review_on: date
) -> None:
    stands, seen = Reminder(), set()
    for today in days:
        before, stands = stands, look(review_on, stands, today)
        assert look(review_on, stands, today) == stands  # twice is once
        assert stands.days <= before.days + 1
        if stands != before:
            seen = {today} if stands.days == 0 else seen | {today}
            assert today >= review_on
    assert stands.days == max(0, len(seen) - 1)


def test_a_reminder_has_stood_after_ninety_days_seen_one_by_one() -> None:
    start = date(2026, 1, 1)
    stands = look(start, Reminder(), start)
    for number in range(1, STANDS_DAYS + 1):
        assert not stands.has_stood
        stands = look(start, stands, start + timedelta(days=number))
    assert stands.has_stood


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Was on sick-leave in May.", {Guarded.HEALTH}),
        ("DÉPRESSED since spring", {Guarded.HEALTH}),
        ("A Catholic, and votes for nobody", {Guarded.BELIEF, Guarded.POLITICS}),
        ("Joined Unite the Union", {Guarded.UNION}),
        ("Came as a refugee; is gay.", {Guarded.ORIGIN, Guarded.SEX_LIFE}),
        ("Runs the skills board and the Illminster credit union.", set()),
        ("Will ask legal whether lots can be let by Friday.", set()),
        ("", set()),
    ],
)
def test_words_of_what_the_law_guards_are_found(text: str, kinds: set[Guarded]) -> None:
    assert {each.kind for each in speaks_of(text)} == kinds


def test_each_word_of_the_list_is_found_within_a_sentence() -> None:
    for kind, words in WORDS.items():
        for word in words:
            found = speaks_of(f"They said: {word.removesuffix('-').upper()}, last week.")
            assert kind in {each.kind for each in found}, word


@given(some.text(max_size=60))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert all(each.word for each in speaks_of(text))
