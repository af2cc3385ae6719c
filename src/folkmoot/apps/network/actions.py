"""What can be done about asks, stances and promises?"""

from dataclasses import dataclass
from datetime import date

from folkmoot.apps.network.models import Ask, Promise, Stance
from folkmoot.apps.network.queries import stances_read_for
from folkmoot.apps.places import clock
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.models import Partnership, Person
from folkmoot.apps.places.queries import admitted, only, whole_of
from folkmoot.apps.places.turns import in_turn
from folkmoot.core.access import Act, Actor, require
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.kernel.when import say_day
from folkmoot.core.network import Stance as Rung
from folkmoot.core.network import StanceRecord
from folkmoot.core.network.contacts.records import key
from folkmoot.core.network.files.grid import RowNote

EARLIEST = date(1990, 1, 1)  # a day before it is a slip of the pen
WHOLE = "The partnership as a whole"  # the ask of a stance that names none
LONGEST_TEXT, LONGEST_EVIDENCE, LONGEST_SOURCE = 300, 500, 200  # characters, as in the tables


@dataclass(frozen=True, slots=True)
class StancesImported:
    """How many stances were added, how many were known already, and the rows that were set aside."""

    rows_in: int
    added: int
    known: int
    set_aside: tuple[RowNote, ...]


@in_turn
def make_ask(actor: Actor, *, text: str, made_on: date | None = None) -> Ask:
    """Something that the partnership asks of people."""
    require(Act.RECORD_STANCE, actor, whole_of(actor))
    words = _words(text, "text", "Say what you ask of people.", LONGEST_TEXT)
    if Ask.objects.filter(partnership_id=actor.partnership_id, text__iexact=words).exists():
        raise Refused("This ask is there already.", field="text")
    day = _past_day(actor, made_on, "made_on")
    ask = Ask.objects.create(partnership_id=actor.partnership_id, text=words, made_on=day)
    write_line(actor, Act.RECORD_STANCE, actor.partnership_id, ask.id, ask=words)
    return ask


@in_turn
def record_stance(
    actor: Actor,
    *,
    person_id: str,
    ask_id: str,
    stance: str,
    on: date,
    evidence: str,
    source: str = "",
    expires_on: date | None = None,
) -> Stance:
    """Where somebody stood towards an ask on a day; the same told twice is recorded once."""
    require(Act.RECORD_STANCE, actor, whole_of(actor))
    person = _person(actor, person_id)
    ask = _ask(actor, ask_id)
    if stance not in list(Rung):
        raise Refused("Choose one of the six stances.", field="stance")
    said = {
        "stance": stance,
        "on": _past_day(actor, on, "on"),
        "evidence": _words(evidence, "evidence", "Say how you know.", LONGEST_EVIDENCE),
        "source": _words(source, "source", "", LONGEST_SOURCE),
        "expires_on": expires_on,
    }
    if expires_on and expires_on < on:
        raise Refused("This would expire before it was said.", field="expires_on")
    told = Stance.objects.filter(person=person, ask=ask, withdrawn_at=None, **said).first()
    if told:
        return told
    row = Stance.objects.create(
        partnership_id=actor.partnership_id, person=person, ask=ask, recorded_at=clock.now(), **said
    )
    write_line(
        actor, Act.RECORD_STANCE, actor.partnership_id, row.id, person=person.id, stance=stance, on=str(on)
    )
    return row


@in_turn
def withdraw_stance(actor: Actor, *, stance_id: str) -> Stance:
    """A stance counts no more, as if it had not been recorded; that it was stays in the diary."""
    require(Act.RECORD_STANCE, actor, whole_of(actor))
    row = only(admitted(Act.RECORD_STANCE, actor, Stance.objects.filter(id=stance_id)))
    if row.withdrawn_at:
        raise Refused("This stance was taken back already.")
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    write_line(actor, Act.RECORD_STANCE, actor.partnership_id, row.id, withdrawn=True)
    return row


@in_turn
def record_promise(
    actor: Actor,
    *,
    person_id: str,
    text: str,
    ours: bool = False,
    made_on: date | None = None,
    due_on: date | None = None,
) -> Promise:
    """What somebody promised us, or (ours) what we promised them."""
    require(Act.RECORD_PROMISE, actor, whole_of(actor))
    person = _person(actor, person_id)
    words = _words(text, "text", "Say what was promised.", LONGEST_TEXT)
    day = _past_day(actor, made_on, "made_on")
    if due_on and due_on < day:
        raise Refused("This would be due before it was promised.", field="due_on")
    row = Promise.objects.create(
        partnership_id=actor.partnership_id, person=person, ours=ours, text=words, made_on=day, due_on=due_on
    )
    write_line(actor, Act.RECORD_PROMISE, actor.partnership_id, row.id, person=person.id, ours=ours)
    return row


@in_turn
def settle_promise(actor: Actor, *, promise_id: str, kept: bool, on: date | None = None) -> Promise:
    """A promise was kept, or it was not."""
    require(Act.RECORD_PROMISE, actor, whole_of(actor))
    row = _promise(actor, promise_id)
    if row.state != Promise.State.OPEN:
        raise Refused("How this promise ended is recorded already.", "", "Open it again first.")
    day = _past_day(actor, on, "on")
    if day < row.made_on:
        raise Refused("This would be before the promise was made.", field="on")
    row.state = Promise.State.KEPT if kept else Promise.State.BROKEN
    row.settled_on = day
    row.save(update_fields=["state", "settled_on"])
    write_line(actor, Act.RECORD_PROMISE, actor.partnership_id, row.id, state=str(row.state))
    return row


@in_turn
def reopen_promise(actor: Actor, *, promise_id: str) -> Promise:
    """Takes back how a promise ended, where nobody has been thanked for it."""
    require(Act.RECORD_PROMISE, actor, whole_of(actor))
    row = _promise(actor, promise_id)
    if row.state == Promise.State.OPEN:
        raise Refused("This promise is open.")
    if row.thanked_on:
        raise Refused("They have been thanked for this promise, so it stays kept.")
    row.state, row.settled_on = Promise.State.OPEN, None
    row.save(update_fields=["state", "settled_on"])
    write_line(actor, Act.RECORD_PROMISE, actor.partnership_id, row.id, state=str(row.state))
    return row


@in_turn
def thank_for_promise(actor: Actor, *, promise_id: str, on: date | None = None) -> Promise:
    """Somebody kept their promise, and has been thanked."""
    require(Act.RECORD_PROMISE, actor, whole_of(actor))
    row = _promise(actor, promise_id)
    if row.ours:
        raise Refused("This was our own promise.", "Thanks go to people for what they did.")
    if row.state != Promise.State.KEPT:
        raise Refused("Thanks are for a promise that was kept.", "", "Record first that it was.")
    if row.thanked_on:
        raise Refused(f"They were thanked on {say_day(row.thanked_on)}.")
    row.thanked_on = _past_day(actor, on, "on")
    row.save(update_fields=["thanked_on"])
    write_line(actor, Act.RECORD_PROMISE, actor.partnership_id, row.id, thanked=True)
    return row


@in_turn
def import_stances(actor: Actor, *, content: bytes, file_name: str = "") -> StancesImported:
    """Adds the stances of a sheet about people who are recorded; the same sheet again adds nothing."""
    require(Act.RECORD_STANCE, actor, whole_of(actor))
    read = stances_read_for(actor, content)
    set_aside = list(read.reported)
    asks = {key(ask.text): ask for ask in Ask.objects.filter(partnership_id=actor.partnership_id)}
    known = set(
        Stance.objects.filter(partnership_id=actor.partnership_id, withdrawn_at=None).values_list(
            "person_id", "ask_id", "on", "stance"
        )
    )
    today, added = _today(actor), 0
    for record in read.stances:
        if reason := _not_recordable(record, today):
            set_aside.append(RowNote(0, reason))
            continue
        words = record.ask or WHOLE
        ask = asks.get(key(words)) or make_ask(actor, text=words, made_on=record.on)
        asks[key(words)] = ask
        told = (record.person, ask.id, record.on, str(record.stance))
        if told not in known:
            known.add(told)
            added += 1
            record_stance(
                actor,
                person_id=record.person,
                ask_id=ask.id,
                stance=str(record.stance),
                on=record.on,
                evidence=record.evidence,
                source=file_name[:LONGEST_SOURCE],
                expires_on=record.expires,
            )
    return StancesImported(read.rows_in, added, read.rows_in - added - len(set_aside), tuple(set_aside))


def _not_recordable(record: StanceRecord, today: date) -> str:
    """Why a stance that could be read cannot be recorded, or nothing."""
    about = f"The stance “{record.stance}” of {say_day(record.on)}"
    if not record.evidence:
        return f"{about} was left out: there is no evidence."
    if len(record.evidence) > LONGEST_EVIDENCE or len(record.ask) > LONGEST_TEXT:
        return f"{about} was left out: a cell is too long."
    if not EARLIEST <= record.on <= today:
        return f"{about} was left out: that day cannot be right."
    return ""


def _person(actor: Actor, person_id: str) -> Person:
    row = Person.objects.filter(id=person_id, partnership_id=actor.partnership_id).first()
    if row is None:
        raise Refused("This person is not known here.", field="person")
    return row


def _ask(actor: Actor, ask_id: str) -> Ask:
    row = Ask.objects.filter(id=ask_id, partnership_id=actor.partnership_id).first()
    if row is None:
        raise Refused("Choose the ask that this is about.", field="ask")
    return row


def _promise(actor: Actor, promise_id: str) -> Promise:
    rows = Promise.objects.filter(id=promise_id)
    return only(admitted(Act.RECORD_PROMISE, actor, rows))


def _today(actor: Actor) -> date:
    return clock.today(Partnership.objects.get(id=actor.partnership_id).zone)


def _past_day(actor: Actor, day: date | None, field: str) -> date:
    """The day, or today; neither in the future nor absurdly long ago."""
    today = _today(actor)
    if day is None:
        return today
    if day > today:
        raise Refused("This day has not come yet.", "", "Give today or an earlier day.", field=field)
    if day < EARLIEST:
        raise Refused("This day is too long ago.", "", "Look at the year again.", field=field)
    return day


def _words(text: str, field: str, needed: str, most: int) -> str:
    words = " ".join(text.split())
    if needed and not words:
        raise Refused(needed, field=field)
    if len(words) > most:
        raise Refused(f"This is longer than {most} characters.", "", "Say it shorter.", field=field)
    return words
