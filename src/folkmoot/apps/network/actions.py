"""What can be done about asks, stances, promises and contacts?"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from folkmoot.apps.network.contacts import ContactsPlan, PlannedPerson, PlannedPost, Remark, key
from folkmoot.apps.network.models import Ask, Promise, Stance
from folkmoot.apps.network.queries import contacts_plan_for, stances_read_for
from folkmoot.apps.places import clock
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.models import Organisation, Part, Partnership, Person, Post
from folkmoot.apps.places.queries import admitted, only, whole_of
from folkmoot.core.access import Act, Actor, require
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.kernel.when import say_day
from folkmoot.core.network import Stance as Rung
from folkmoot.core.network import StanceRecord

EARLIEST = date(1990, 1, 1)  # a day before it is a slip of the pen
WHOLE = "The partnership as a whole"  # the ask of a stance that names none
LONGEST_TEXT, LONGEST_EVIDENCE, LONGEST_SOURCE = 300, 500, 200  # characters, as in the tables


@dataclass(frozen=True, slots=True)
class StancesImported:
    """How many stances were added, how many were known already, and the rows that were set aside."""

    rows_in: int
    added: int
    known: int
    set_aside: tuple[Remark, ...]


@transaction.atomic
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


@transaction.atomic
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


@transaction.atomic
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


@transaction.atomic
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


@transaction.atomic
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


@transaction.atomic
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


@transaction.atomic
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


@transaction.atomic
def import_contacts(actor: Actor, *, content: bytes, file_name: str = "") -> ContactsPlan:
    """Adds the people of a contacts sheet; the same sheet again changes nothing. Answers with what it did."""
    require(Act.IMPORT_CONTACTS, actor, whole_of(actor))
    # Two imports at once would each think the same people new.
    Partnership.objects.select_for_update().get(id=actor.partnership_id)
    plan = contacts_plan_for(actor, content)
    if not plan.changes:
        return plan
    parts = _save_parts(actor, plan)
    bodies = _save_bodies(actor, plan, parts)
    _save_people(actor, (*plan.added, *plan.updated), bodies, parts)
    write_line(
        actor,
        Act.IMPORT_CONTACTS,
        actor.partnership_id,
        actor.partnership_id,
        file=file_name[:200],
        added=len(plan.added),
        updated=len(plan.updated),
        set_aside=len(plan.set_aside),
    )
    return plan


@transaction.atomic
def import_stances(actor: Actor, *, content: bytes, file_name: str = "") -> StancesImported:
    """Adds the stances of a sheet about people who are recorded; the same sheet again adds nothing."""
    require(Act.RECORD_STANCE, actor, whole_of(actor))
    Partnership.objects.select_for_update().get(id=actor.partnership_id)
    read = stances_read_for(actor, content)
    set_aside = [Remark(note.line, note.reason) for note in read.reported]
    asks = {key(ask.text): ask for ask in Ask.objects.filter(partnership_id=actor.partnership_id)}
    known = set(
        Stance.objects.filter(partnership_id=actor.partnership_id, withdrawn_at=None).values_list(
            "person_id", "ask_id", "on", "stance"
        )
    )
    today, added = _today(actor), 0
    for record in read.stances:
        if reason := _not_recordable(record, today):
            set_aside.append(Remark(0, reason))
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


def _save_parts(actor: Actor, plan: ContactsPlan) -> dict[str, Part]:
    held = list(Part.objects.filter(partnership_id=actor.partnership_id))
    first = max((part.position for part in held), default=-1) + 1
    new = [
        Part(partnership_id=actor.partnership_id, name=name, position=place)
        for place, name in enumerate(plan.new_parts, start=first)
    ]
    Part.objects.bulk_create(new)
    return {key(part.name): part for part in (*held, *new)}


def _save_bodies(actor: Actor, plan: ContactsPlan, parts: dict[str, Part]) -> dict[str, Organisation]:
    held = {body.id: body for body in Organisation.objects.filter(partnership_id=actor.partnership_id)}
    new, changed = [], []
    for planned in plan.bodies:
        body = held.get(planned.id) or Organisation(partnership_id=actor.partnership_id, name=planned.name)
        body.part, body.sector, body.size = parts.get(key(planned.part)), planned.sector, planned.size
        (changed if planned.id else new).append(body)
    Organisation.objects.bulk_create(new)
    Organisation.objects.bulk_update(changed, ["part", "sector", "size"])
    return {key(body.name): body for body in (*held.values(), *new)}


def _save_people(
    actor: Actor,
    planned: tuple[PlannedPerson, ...],
    bodies: dict[str, Organisation],
    parts: dict[str, Part],
) -> None:
    rows: dict[bool, list[Person]] = {True: [], False: []}
    posts: dict[bool, list[Post]] = {True: [], False: []}
    for one in planned:
        person = Person(partnership_id=actor.partnership_id, name=one.name, email=one.email)
        person.id = one.id or person.id
        rows[bool(one.id)].append(person)
        for post in one.posts:
            if post.changed:
                posts[bool(post.id)].append(_post(person, post, bodies, parts))
    Person.objects.bulk_create(rows[False])
    Person.objects.bulk_update(rows[True], ["email"], batch_size=500)
    Post.objects.bulk_create(posts[False])
    Post.objects.bulk_update(posts[True], ["level", "part", "starts_on", "ends_on"], batch_size=200)


def _post(
    person: Person, planned: PlannedPost, bodies: dict[str, Organisation], parts: dict[str, Part]
) -> Post:
    post = Post(
        partnership_id=person.partnership_id,
        person=person,
        organisation=bodies.get(key(planned.organisation)),
        title=planned.title,
        level=planned.level,
        part=parts.get(key(planned.part)),
        starts_on=planned.starts_on,
        ends_on=planned.ends_on,
    )
    post.id = planned.id or post.id
    return post


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
    rows = Promise.objects.select_for_update().filter(id=promise_id)
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
