"""Which records are due to be looked at again, and what does the clock do by itself?

The clock reminds, and after a long while erases a note that nobody looked at again. It never erases a
person. Every part of it may run late, twice, or under a clock that was put wrong: see core.network.keeping.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import DateField, DateTimeField, Max, Model, Q, QuerySet
from django.db.models.functions import Lower

from folkmoot.apps.people.models import Note
from folkmoot.apps.people.notes import erase_note
from folkmoot.apps.people.notes_seen import NoteSeen, note_seen
from folkmoot.apps.places import clock
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.models import DiaryLine, Partnership, Person, Post
from folkmoot.apps.places.paging import A_PAGE, Pages, page_of
from folkmoot.apps.places.queries import PERSON, admitted, only, whole_of
from folkmoot.apps.places.turns import hold, in_turn
from folkmoot.core.access import Act, Actor, Subject, answer, require
from folkmoot.core.network.keeping import Reminder, look, months_after, review_day

# Days that are set for later, not days on which something happened.
FOR_LATER = {"review_on", "due_on", "expires_on", "expires_at", "reminded_on", "reminder_seen_on"}


@dataclass(frozen=True, slots=True)
class QuietPerson:
    """Somebody in no post now, of whom nothing was heard for a long while."""

    id: str
    name: str
    heard_on: date | None
    review_on: date


@dataclass(frozen=True, slots=True)
class Due:
    """What is due to be looked at again: one page of it, and how much waits in all."""

    notes: tuple[NoteSeen, ...]
    people: tuple[QuietPerson, ...]
    keep_months: int
    total: int
    pages: Pages


def due_for(actor: Actor, page: int = 1, size: int = A_PAGE) -> Due:
    """Notes past their review day, those that wait the longest first; then people in no post of whom
    nothing was heard."""
    require(Act.SEE_DUE, actor, whole_of(actor))
    partnership = only(Partnership.objects.filter(id=actor.partnership_id))
    today = clock.today(partnership.zone)
    notes = Note.objects.filter(partnership=partnership, review_on__lte=today)
    rows = notes.select_related("person").prefetch_related("noteversion_set").order_by("review_on", "id")
    number, quiet = notes.count(), _quiet_people(partnership, today)
    pages = page_of(number + len(quiet), page, size=size)
    first, end = pages.rows.start, pages.rows.stop
    return Due(
        tuple(note_seen(row, partnership.zone, today) for row in rows[first:end]),
        quiet[max(first - number, 0) : max(end - number, 0)],
        partnership.keep_months,
        number + len(quiet),
        pages,
    )


def due_count_for(actor: Actor) -> int:
    """How many notes are due; none for who may not see which."""
    if not answer(Act.SEE_DUE, actor, whole_of(actor)).allowed:
        return 0
    partnership = only(Partnership.objects.filter(id=actor.partnership_id))
    today = clock.today(partnership.zone)
    return Note.objects.filter(partnership=partnership, review_on__lte=today).count()


@in_turn
def keep_person(actor: Actor, *, person_id: str) -> Person:
    """The person is still known for a reason: their record is looked at again later."""
    require(Act.RECORD_PERSON, actor, whole_of(actor))
    rows = Person.objects.select_related("partnership").filter(id=person_id)
    person = only(admitted(Act.RECORD_PERSON, actor, rows, PERSON))
    today = clock.today(person.partnership.zone)
    person.review_on = review_day(today, person.partnership.keep_months)
    person.save(update_fields=["review_on"])
    told = {"reviewed": True, "review_on": str(person.review_on)}
    write_line(actor, Act.RECORD_PERSON, person.partnership_id, person.id, **told)
    return person


def look_after_records(actor: Actor) -> int:
    """One round of the clock: people get a day to be looked at, due notes a reminder, and a note whose
    reminder has stood for long goes. Answers how many notes went. Safe to run at any time, and twice."""
    require(Act.RECORD_NOTE, actor, Subject())
    gone = 0
    for partnership in Partnership.objects.all():
        today = clock.today(partnership.zone)
        _set_review_days(partnership, today)
        due = Note.objects.filter(partnership=partnership, review_on__lte=today)
        for note_id in due.exclude(reminder_seen_on=today).values_list("id", flat=True):
            gone += _remind(actor, partnership.id, note_id, today)
    return gone


def _remind(actor: Actor, partnership_id: str, note_id: str, today: date) -> bool:
    """Whether the note went, after its reminder was seen to stand today."""
    with transaction.atomic():
        hold(partnership_id)  # before the note, as every action does
        note = Note.objects.select_for_update().filter(id=note_id, review_on__lte=today).first()
        if note is None:
            return False
        stands = Reminder(note.reminded_on, note.reminder_seen_on, note.reminder_days)
        after = look(note.review_on, stands, today)
        if after.has_stood:
            erase_note(actor, note_id=note.id)
            return True
        note.reminded_on, note.reminder_seen_on, note.reminder_days = after.since, after.seen, after.days
        note.save(update_fields=["reminded_on", "reminder_seen_on", "reminder_days"])
        return False


def _set_review_days(partnership: Partnership, today: date) -> None:
    """Whoever has no day yet gets one, counted from when something was last heard of them, or from today."""
    rows = list(Person.objects.filter(partnership=partnership, review_on=None))
    if not rows:
        return
    heard = _heard_on(partnership, today)
    for person in rows:
        person.review_on = months_after(heard.get(person.id, today), partnership.keep_months)
    Person.objects.bulk_update(rows, ["review_on"], batch_size=200)


def _quiet_people(partnership: Partnership, today: date) -> tuple[QuietPerson, ...]:
    """In no post, their day has come, and nothing was heard for as long as the partnership says."""
    held = Post.objects.filter(Q(starts_on=None) | Q(starts_on__lte=today), partnership=partnership)
    held = held.filter(Q(ends_on=None) | Q(ends_on__gte=today))
    waiting = Person.objects.filter(partnership=partnership, review_on__lte=today, membership=None)
    waiting = waiting.exclude(id__in=held.values("person_id")).order_by("review_on", Lower("name"), "id")
    heard = _heard_on(partnership, today) if waiting else {}
    quiet = []
    for person in waiting:
        last = heard.get(person.id)
        if person.review_on and (last is None or months_after(last, partnership.keep_months) <= today):
            quiet.append(QuietPerson(person.id, person.name, last, person.review_on))
    return tuple(quiet)


def _heard_on(partnership: Partnership, today: date) -> dict[str, date]:
    """The last day of anything that is written down about each person: in any table, of any room."""
    heard: dict[str, date] = {}
    for model, key, field in _dated_rows():
        moment = isinstance(field, DateTimeField)
        until = {f"{field.name}__{'date__' if moment else ''}lte": today}
        rows = model._base_manager.filter(**{f"{key}__partnership": partnership}, **until)
        _note(heard, rows.order_by().values_list(key).annotate(last=Max(field.name)), partnership.zone)
    lines = DiaryLine.objects.filter(partnership_id=partnership.id, act=str(Act.RECORD_PERSON))
    recorded = lines.filter(at__date__lte=today).order_by().values_list("subject_id").annotate(last=Max("at"))
    _note(heard, recorded, partnership.zone)
    return heard


def _note(heard: dict[str, date], rows: QuerySet, zone: str) -> None:
    for person_id, last in rows:
        if person_id and last:
            day = last.astimezone(ZoneInfo(zone)).date() if isinstance(last, datetime) else last
            heard[person_id] = max(day, heard.get(person_id, day))


def _dated_rows() -> Iterator[tuple[type[Model], str, DateField]]:
    """Every day, of every table with a key to a person, on which something happened."""
    for relation in Person._meta.related_objects:
        for field in relation.related_model._meta.concrete_fields:
            if isinstance(field, DateField) and field.name not in FOR_LATER:
                yield relation.related_model, relation.field.name, field
