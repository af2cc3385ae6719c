"""Which notes about people may this actor see?"""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from folkmoot.apps.people.models import Note, NoteVersion
from folkmoot.apps.places import clock
from folkmoot.apps.places.models import CircleOf, Partnership, Person
from folkmoot.apps.places.queries import HOME, PERSON, admitted, only
from folkmoot.core.access import Act, Actor
from folkmoot.core.network.keeping import STANDS_DAYS, review_day

NOTE = {**HOME, "circle": "circle"}
# A former text has a circle of its own: a note that was corrected into a wider one takes it along no further.
FORMER = {
    "partnership_id": "note__partnership_id",
    "published": "note__partnership__published",
    "person_id": "note__person_id",
    "circle": "circle",
}


@dataclass(frozen=True, slots=True)
class Former:
    """What a note said before it was corrected."""

    text: str
    source: str
    until: date


@dataclass(frozen=True, slots=True)
class NoteSeen:
    """A note as a page tells it."""

    id: str
    person_id: str
    name: str
    text: str
    source: str
    basis: str
    basis_words: str
    circle: str
    circle_words: str
    noted_on: date
    review_on: date
    due: bool
    reminded_on: date | None
    days_left: int  # days on which its reminder must still be seen before it goes by itself
    former: tuple[Former, ...]


@dataclass(frozen=True, slots=True)
class NotesPage:
    """A person and the notes about them that the reader may see."""

    person_id: str
    name: str
    circle: str
    circle_words: str
    notes: tuple[NoteSeen, ...]
    review_on: date  # when a note that is written today would be looked at again


def notes_for(actor: Actor, person_id: str, partnership_id: str = "") -> NotesPage:
    """The notes about somebody whom the actor may see, each within its circle, and so is what it said
    before; all to whom they are about."""
    people = Person.objects.select_related("partnership")
    people = people.filter(id=person_id, partnership_id=partnership_id or actor.partnership_id)
    person = only(admitted(Act.SEE_PERSON, actor, people, PERSON))
    zone = person.partnership.zone
    today = clock.today(zone)
    former = admitted(Act.SEE_NOTE, actor, NoteVersion.objects.all(), FORMER)
    rows = Note.objects.filter(person=person).select_related("person")
    rows = rows.prefetch_related(Prefetch("noteversion_set", queryset=former))
    return NotesPage(
        person.id,
        person.name,
        person.circle,
        kept_for(person.circle),
        tuple(note_seen(row, zone, today) for row in admitted(Act.SEE_NOTE, actor, rows, NOTE)),
        review_day(today, person.partnership.keep_months),
    )


def note_for(actor: Actor, note_id: str) -> NoteSeen:
    """One note, for whoever may correct it."""
    rows = Note.objects.filter(id=note_id).select_related("person").prefetch_related("noteversion_set")
    row = only(admitted(Act.RECORD_NOTE, actor, rows, NOTE))
    zone = only(Partnership.objects.filter(id=row.partnership_id)).zone
    return note_seen(row, zone, clock.today(zone))


def note_seen(row: Note, zone: str, today: date) -> NoteSeen:
    """A row as a page tells it."""
    return NoteSeen(
        id=row.id,
        person_id=row.person_id,
        name=row.person.name,
        text=row.text,
        source=row.source,
        basis=row.basis,
        basis_words=row.get_basis_display(),
        circle=row.circle,
        circle_words=kept_for(row.circle),
        noted_on=row.noted_on,
        review_on=row.review_on,
        due=row.review_on <= today,
        reminded_on=row.reminded_on,
        days_left=max(0, STANDS_DAYS - row.reminder_days),
        former=tuple(
            Former(each.text, each.source, each.corrected_at.astimezone(ZoneInfo(zone)).date())
            for each in row.noteversion_set.all()
        ),
    )


def kept_for(circle: str) -> str:
    """A circle as a page tells it."""
    label = CircleOf(circle).label
    return f"Kept for {label[:1].lower()}{label[1:]}"
