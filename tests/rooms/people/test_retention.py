"""Does the clock remind, and erase only what had its reminder for ninety days, whatever the clock does?"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from folkmoot.apps.network import actions as network
from folkmoot.apps.people import actions, queries
from folkmoot.apps.people.models import Note
from folkmoot.apps.places import actions as ground
from folkmoot.apps.places import clock
from folkmoot.apps.places.diary import verify_chain
from folkmoot.apps.places.models import DiaryLine, Person
from folkmoot.core.access import OPERATOR
from folkmoot.core.kernel.errors import NotAllowed
from folkmoot.core.network.keeping import STANDS_DAYS, months_after
from partnership import Town
from rooms.people.kept import known, noted

TODAY = date(2026, 11, 16)
SOON = TODAY + timedelta(days=1)


def at(day: date) -> None:
    """The clock stands at noon of a day."""
    clock.stand_at(datetime.combine(day, time(12), tzinfo=UTC))


def tick(day: date) -> int:
    """One round on a day."""
    at(day)
    return actions.look_after_records(OPERATOR)


def test_a_round_is_the_operators_alone(town: Town) -> None:
    for actor in (town.core, town.member, town.outsider, town.nobody, town.convenor):
        with pytest.raises(NotAllowed):
            actions.look_after_records(actor)
    assert actions.look_after_records(OPERATOR) == 0


def test_a_note_is_reminded_of_once_and_goes_after_ninety_days(town: Town) -> None:
    note = noted(town, known(town), review_on=SOON)
    assert tick(TODAY) == 0
    assert Note.objects.get().reminded_on is None
    for number in range(STANDS_DAYS):
        assert tick(SOON + timedelta(days=number)) == 0
        assert Note.objects.get().reminded_on == SOON
    assert tick(SOON + timedelta(days=STANDS_DAYS)) == 1
    assert not Note.objects.exists()
    line = DiaryLine.objects.filter(subject_id=note.id).order_by("-number").first()
    assert (line.act, line.account_id) == ("people.record note", "")
    assert verify_chain(town.partnership.id).whole


def test_a_clock_that_jumps_does_nothing_at_once(town: Town) -> None:
    noted(town, known(town), review_on=SOON)
    assert tick(date(2036, 1, 1)) == 0
    assert Note.objects.get().reminded_on == date(2036, 1, 1)
    assert tick(date(2046, 1, 1)) == 0
    assert Note.objects.get().reminder_days == 1


def test_looking_again_takes_the_reminder_away(town: Town) -> None:
    note = noted(town, known(town), review_on=SOON)
    tick(SOON)
    assert queries.due_for(town.convenor).total == queries.due_count_for(town.convenor) == 1
    assert queries.due_count_for(town.core) == 0
    with pytest.raises(NotAllowed):
        queries.due_for(town.core)
    actions.review_note(town.convenor, note_id=note.id)
    note.refresh_from_db()
    assert (note.reminded_on, note.reminder_seen_on, note.reminder_days) == (None, None, 0)
    assert note.review_on == date(2028, 11, 17)
    assert queries.due_for(town.convenor).total == 0


class Clocks(RuleBasedStateMachine):
    """A note near its end under a clock that stands still, jumps and goes back, and a model written anew."""

    town: Town

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        at(TODAY)
        self.note = noted(self.town, known(self.town), review_on=SOON)
        # As if its reminder had stood for most of its time already.
        self.day, self.stood = SOON, STANDS_DAYS - 3
        told = {"reminded_on": SOON, "reminder_seen_on": SOON, "reminder_days": self.stood}
        Note.objects.filter(id=self.note.id).update(**told)
        self.seen, self.review_on, self.there = SOON, SOON, True

    @rule(by=some.integers(-40, 40), rounds=some.integers(1, 2))
    def ticks(self, by: int, rounds: int) -> None:
        """The clock moves by some days, or not at all, and one or two rounds are run."""
        self.day += timedelta(days=by)
        for _ in range(rounds):
            if self.there and self.day >= self.review_on and self.day != self.seen:
                self.stood = self.stood + 1 if self.seen and self.day > self.seen else 0
                self.seen = self.day
                self.there = self.stood < STANDS_DAYS
            tick(self.day)

    @rule()
    def somebody_looks(self) -> None:
        """The convenor keeps the note."""
        at(self.day)
        if self.there:
            row = actions.review_note(self.town.convenor, note_id=self.note.id)
            self.review_on, self.seen, self.stood = row.review_on, None, 0

    @invariant()
    def is_as_the_model_says(self) -> None:
        """The note is there until its reminder was seen on ninety days in a row of days."""
        row = Note.objects.filter(id=self.note.id).first()
        assert (row is not None) == self.there
        assert row is None or (row.reminder_days, row.reminder_seen_on) == (self.stood, self.seen)

    def teardown(self) -> None:
        """What this run did is taken back."""
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


def test_no_clock_erases_a_note_too_soon(town: Town) -> None:
    Clocks.town = town
    how = settings(
        max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Clocks, settings=how)


def test_people_come_up_when_they_hold_no_post_and_nothing_was_heard(town: Town) -> None:
    held, left, quiet, spoke, member = (
        known(town, f"{name} Quill") for name in ("Ada", "Bea", "Cy", "Di", "Em")
    )
    ground.record_post(town.convenor, person_id=held.id, title="Clerk")
    ground.record_post(town.convenor, person_id=left.id, title="Clerk", ends_on=date(2027, 6, 30))
    ground.admit_member(
        OPERATOR, partnership_id=town.partnership.id, email="em@marram.example", name="Em", role="member",
        person_id=member.id,
    )  # fmt: skip
    tick(TODAY)
    later = months_after(TODAY, 24)
    at(later - timedelta(days=30))
    network.record_promise(town.convenor, person_id=spoke.id, text="Ask legal")
    tick(later)
    assert [person.name for person in queries.due_for(town.convenor).people] == ["Cy Quill"]
    at(months_after(date(2027, 6, 30), 24))
    assert [person.name for person in queries.due_for(town.convenor).people] == ["Bea Quill", "Cy Quill"]
    actions.keep_person(town.convenor, person_id=quiet.id)
    assert [person.name for person in queries.due_for(town.convenor).people] == ["Bea Quill"]


def test_people_are_never_erased_by_the_clock(town: Town) -> None:
    known(town)
    for year in range(2027, 2040):
        tick(date(year, 6, 1))
    assert Person.objects.count() == 1


def test_the_page_of_what_is_due_takes_as_many_questions_for_three_as_for_one(town: Town) -> None:
    ada, asked = known(town), []
    client = Client()
    client.force_login(town.account(town.convenor))
    for many in (1, 2):
        for number in range(many):
            at(TODAY)
            noted(town, ada, text=f"Line {many} {number}", review_on=SOON)
        at(SOON)
        with CaptureQueriesContext(connection) as questions:
            page = client.get(f"/{town.partnership.slug}/people/due/").content.decode()
        asked.append(len(questions))
    assert page.count("Still right and needed") == 3
    assert asked[0] == asked[1]


def test_the_convenors_week_says_what_is_due(town: Town) -> None:
    noted(town, known(town), review_on=SOON)
    client = Client()
    client.force_login(town.account(town.convenor))
    address = f"/{town.partnership.slug}/mine/"
    assert b"due to be looked at again" not in client.get(address).content
    at(SOON)
    assert b"1 note is due to be looked at again." in client.get(address).content


def test_what_is_due_is_told_page_by_page_and_nothing_is_left_out(town: Town) -> None:
    notes = [noted(town, known(town, f"Person {n}"), review_on=SOON) for n in range(5)]
    quiet = [known(town, f"Quiet {n}") for n in range(2)]
    at(SOON)
    Person.objects.filter(id__in=[one.id for one in quiet]).update(review_on=SOON)
    DiaryLine.objects.all().delete()  # so that nothing was heard of the quiet ones
    seen = [queries.due_for(town.convenor, page, 3) for page in (1, 2, 3)]
    assert [(len(one.notes), len(one.people)) for one in seen] == [(3, 0), (2, 1), (0, 1)]
    assert {note.id for one in seen for note in one.notes} == {note.id for note in notes}
    assert [who.name for one in seen for who in one.people] == ["Quiet 0", "Quiet 1"]
    assert {(one.total, one.pages.last) for one in seen} == {(7, 3)}
    assert queries.due_for(town.convenor, 9, 3) == seen[-1]
