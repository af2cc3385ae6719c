"""What can be done with notes about people, and with the circles that they are kept in?"""

from datetime import date

from django.db.models import QuerySet

from folkmoot.apps.people.models import Basis, Note, NoteVersion
from folkmoot.apps.places import clock
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.models import CircleOf, Partnership, Person
from folkmoot.apps.places.queries import PERSON, admitted, only, whole_of
from folkmoot.apps.places.turns import in_turn
from folkmoot.core.access import Act, Actor, Circle, require
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.kernel.when import say_day
from folkmoot.core.network.guarded import speaks_of
from folkmoot.core.network.keeping import MOST_MONTHS, months_after, review_day

EARLIEST = date(1990, 1, 1)  # a day before it is a slip of the pen
LONGEST = {"text": 1000, "source": 200}  # characters, as in the tables
WIDTH = {str(circle): width for width, circle in enumerate(Circle)}  # from the closest to the widest


@in_turn
def write_note(
    actor: Actor,
    *,
    person_id: str,
    text: str,
    source: str,
    basis: str,
    circle: str = CircleOf.CONVENOR,
    noted_on: date | None = None,
    review_on: date | None = None,
    knowingly: bool = False,
) -> Note:
    """A line about a person, fit to be read by them; `knowingly` where it speaks of what the law guards."""
    require(Act.RECORD_NOTE, actor, whole_of(actor))
    person = only(admitted(Act.RECORD_NOTE, actor, _people().filter(id=person_id), PERSON))
    partnership = person.partnership
    today = clock.today(partnership.zone)
    day = noted_on or today
    if not EARLIEST <= day <= today:
        raise Refused("This day cannot be right.", "It is to come, or too long ago.", field="noted_on")
    note = Note.objects.create(
        partnership=partnership,
        person=person,
        **_said(text, source, knowingly),
        basis=_basis(basis),
        circle=_within(circle, person),
        noted_on=day,
        review_on=_review_on(review_on, partnership),
        account_id=actor.account_id,
        recorded_at=clock.now(),
    )
    _tell(actor, note, person=person.id, circle=note.circle, **_minded(note, knowingly))
    return note


@in_turn
def correct_note(
    actor: Actor,
    *,
    note_id: str,
    text: str,
    source: str,
    basis: str,
    circle: str,
    knowingly: bool = False,
) -> Note:
    """What the note said before is kept beside it; the same said again changes nothing."""
    require(Act.RECORD_NOTE, actor, whole_of(actor))
    note = _note(actor, note_id)
    said = _said(text, source, knowingly or text.strip() == note.text)
    kept = {"basis": _basis(basis), "circle": _within(circle, note.person)}
    if all(getattr(note, field) == value for field, value in (said | kept).items()):
        return note
    if any(getattr(note, field) != value for field, value in said.items()):
        NoteVersion.objects.create(
            note=note,
            text=note.text,
            source=note.source,
            circle=note.circle,
            corrected_at=clock.now(),
            account_id=actor.account_id,
        )
    for field, value in (said | kept).items():
        setattr(note, field, value)
    note.save(update_fields=[*said, *kept])
    _tell(actor, note, corrected=True, circle=note.circle, **_minded(note, knowingly))
    return note


@in_turn
def review_note(actor: Actor, *, note_id: str, review_on: date | None = None) -> Note:
    """The note is still right and still needed: it has a new review day, and its reminder is gone."""
    require(Act.RECORD_NOTE, actor, whole_of(actor))
    note = _note(actor, note_id)
    note.review_on = _review_on(review_on, note.partnership)
    note.reminded_on = note.reminder_seen_on = None
    note.reminder_days = 0
    note.save(update_fields=["review_on", "reminded_on", "reminder_seen_on", "reminder_days"])
    _tell(actor, note, reviewed=True, review_on=str(note.review_on))
    return note


@in_turn
def erase_note(actor: Actor, *, note_id: str) -> str:
    """The note goes, and all that it said before; answers whose note it was."""
    require(Act.RECORD_NOTE, actor, whole_of(actor))
    note = _note(actor, note_id)
    person_id = note.person_id
    _tell(actor, note, erased=True)
    note.delete()
    return person_id


@in_turn
def keep_in_circle(actor: Actor, *, person_id: str, circle: str) -> Person:
    """Who may see that this person is known, and their posts; their notes reach no further than that."""
    require(Act.RECORD_PERSON, actor, whole_of(actor))
    person = only(admitted(Act.RECORD_PERSON, actor, _people().filter(id=person_id), PERSON))
    before, person.circle = person.circle, _circle(circle)
    if person.circle == before:
        return person
    person.save(update_fields=["circle"])
    wider = [name for name, width in WIDTH.items() if width > WIDTH[person.circle]]
    Note.objects.filter(person=person, circle__in=wider).update(circle=person.circle)
    told = {"circle": person.circle, "before": before}
    write_line(actor, Act.RECORD_PERSON, person.partnership_id, person.id, **told)
    return person


def _tell(actor: Actor, note: Note, **detail: str | bool) -> None:
    # The words of a note never stand in the diary: ids and the circle are enough to see what was done.
    write_line(actor, Act.RECORD_NOTE, note.partnership_id, note.id, **detail)


def _minded(note: Note, knowingly: bool) -> dict[str, bool]:
    """Said in the diary only where there was something to think about."""
    return {"knowingly": True} if knowingly and speaks_of(f"{note.text} {note.source}") else {}


def _people() -> QuerySet[Person]:
    return Person.objects.select_related("partnership")


def _note(actor: Actor, note_id: str) -> Note:
    rows = Note.objects.select_related("person", "partnership").filter(id=note_id)
    return only(admitted(Act.RECORD_NOTE, actor, rows))


def _said(text: str, source: str, knowingly: bool) -> dict[str, str]:
    said = {
        "text": _words(text, "text", "Write what there is to keep."),
        "source": _words(source, "source", "Say where this is from."),
    }
    if not knowingly and (spoken := speaks_of(f"{said['text']} {said['source']}")):
        found = " and ".join(f"“{each.word}” may speak of {each.kind}" for each in spoken)
        raise Refused(
            f"Stop and think: {found}.",
            "The law guards this most, and the note is fit to be read by whom it is about.",
            "Write it without, or say here that it may be kept.",
            field="knowingly",
        )
    return said


def _words(text: str, field: str, empty: str) -> str:
    words = "\n".join(" ".join(line.split()) for line in text.replace("\x00", " ").strip().splitlines())
    if not words:
        raise Refused(empty, field=field)
    if len(words) > LONGEST[field]:
        raise Refused(
            f"This is longer than {LONGEST[field]} characters.", "", "Make it shorter.", field=field
        )
    return words


def _basis(basis: str) -> str:
    if basis not in Basis.values:
        raise Refused("Choose why this may be kept.", field="basis")
    return basis


def _circle(circle: str) -> str:
    if circle not in WIDTH:
        raise Refused("Choose who may see this.", field="circle")
    return circle


def _within(circle: str, person: Person) -> str:
    if WIDTH[_circle(circle)] > WIDTH[person.circle]:
        raise Refused(
            "This note would be seen by people who may not see the person.",
            f"{person.name} is kept in this circle: {CircleOf(person.circle).label.lower()}.",
            "Choose a closer circle for the note, or a wider one for the person.",
            field="circle",
        )
    return circle


def _review_on(asked: date | None, partnership: Partnership) -> date:
    today = clock.today(partnership.zone)
    last = months_after(today, MOST_MONTHS)
    day = asked or review_day(today, partnership.keep_months)
    if not today < day <= last:
        raise Refused(
            "This day cannot be the one on which the note is looked at again.",
            f"It is after today and no later than {say_day(last)}.",
            field="review_on",
        )
    return day
