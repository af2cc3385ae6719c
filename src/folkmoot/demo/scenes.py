"""Which scenes make up the story, each an act of somebody on a day?"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from folkmoot.apps.network import actions as network
from folkmoot.apps.network.models import Ask, Promise
from folkmoot.apps.people import actions as people
from folkmoot.apps.people.models import Note
from folkmoot.apps.places import actions as places
from folkmoot.apps.places.models import Account, Organisation, Part, Partnership, Person
from folkmoot.apps.places.queries import actor_for
from folkmoot.apps.spend import actions as spend
from folkmoot.core.access import OPERATOR, Actor
from folkmoot.demo import cast, notes, sheets
from folkmoot.demo.anchors import ANCHORS, COLLEGE, COUNCIL, UNIVERSITY, Anchor
from folkmoot.demo.payments import REGISTER
from folkmoot.demo.shapes import Account as CastAccount
from folkmoot.demo.shapes import AskTold, NoteTold, PromiseTold, StanceTold

PARTNERSHIPS = cast.PARTNERSHIPS
Scene = tuple[date, Callable[[], object]]
# Left for whoever tries the demonstration to upload.
HELD_BACK = "housing-2026-08.csv"


def all_of(files: Path) -> Iterator[Scene]:
    """Every scene with its day, in no order across the kinds."""
    yield from _founding()
    yield from _asking()
    yield from _promising()
    yield from _noting()
    yield from _publishing(files)


def _founding() -> Iterator[Scene]:
    for each in PARTNERSHIPS:
        founding = partial(
            places.found_partnership,
            OPERATOR,
            place=each.place,
            name=each.name,
            slug=each.slug,
            purpose=each.purpose,
            published=each is cast.MARRAM,
            founded_on=each.founded_on,
        )
        yield each.founded_on, founding
        for account in (one for one in cast.ACCOUNTS if one.partnership == each.slug):
            yield each.founded_on, partial(_admit, account)
    day = cast.MARRAM.founded_on
    yield day, _lay_out
    yield (
        day,
        lambda: people.import_contacts(_convenor(), content=sheets.contacts_csv(), file_name="contacts.csv"),
    )
    yield day, _know_accounts
    yield (
        day + timedelta(days=100),
        lambda: places.start_initiative(
            _convenor(), name="Catering in lots", purpose="Contracts that a small kitchen can carry."
        ),
    )


def _asking() -> Iterator[Scene]:
    for ask in cast.ASKS:
        yield ask.made_on, partial(_ask, ask)
    for told in cast.STANCES:
        yield told.on, partial(_stand, told)


def _promising() -> Iterator[Scene]:
    for told in cast.PROMISES:
        yield told.made_on, partial(_promise, told)
        if told.settled_on:
            yield told.settled_on, partial(_settle, told)
        if told.thanked_on:
            yield told.thanked_on, partial(_thank, told)


def _noting() -> Iterator[Scene]:
    day = cast.MARRAM.founded_on
    for circle, keys in (("public", notes.PUBLIC), ("member", notes.OPEN_TO_MEMBERS)):
        for key in keys:
            yield day, partial(_keep_in, key, circle)
    for told in notes.NOTES:
        yield told.on, partial(_note, told)
    yield notes.CORRECTED[0], _correct


def _publishing(files: Path) -> Iterator[Scene]:
    for place, anchor in enumerate(ANCHORS):
        for path in sorted(files.glob(f"{anchor.key}-*.csv")):
            if path.name in (HELD_BACK, REGISTER):
                continue
            yield _published_on(path) + timedelta(days=place), partial(_read_in, anchor, path)
    # One slip and its undo: the college's file under the university's name.
    slip = files / f"{COLLEGE.key}-2025-08.csv"
    yield _published_on(slip), partial(_slip, slip)
    yield date(2026, 11, 12), partial(_look_at, COUNCIL, files / REGISTER)


def _published_on(path: Path) -> date:
    """The fifth of the month after the quarter that a file's name begins with."""
    year, month = int(path.stem[-7:-3]), int(path.stem[-2:])
    return date(year + (month + 2) // 12, (month + 2) % 12 + 1, 5)


def _admit(account: CastAccount, person_id: str = "") -> None:
    places.admit_member(
        OPERATOR,
        partnership_id=Partnership.objects.get(slug=account.partnership).id,
        email=account.email,
        name=account.name,
        role=account.role,
        person_id=person_id,
    )


def _convenor() -> Actor:
    return actor_for(Account.objects.get(email=cast.CONVENOR.email), cast.MARRAM.slug)[1]


def _lay_out() -> None:
    """The parts in the partnership's own order, and the organisations."""
    parts: dict[str, Part] = {name: places.name_part(_convenor(), name=name) for name in cast.MARRAM.parts}
    for body in cast.BODIES:
        places.record_organisation(
            _convenor(),
            name=body.name,
            part_id=parts[body.part].id,
            sector=body.sector,
            size=body.size,
            anchor=body.anchor,
        )


def _know_accounts() -> None:
    """Accounts of people who are known are joined to them, so that they may read what is kept about them."""
    for account in cast.ACCOUNTS:
        if account.person:
            _admit(account, _person(account.person).id)


def _ask(told: AskTold) -> None:
    network.make_ask(_convenor(), text=told.text, made_on=told.made_on)


def _person(key: str) -> Person:
    name = next(person.name for person in cast.PEOPLE if person.key == key)
    return Person.objects.get(partnership__slug=cast.MARRAM.slug, name=name)


def _stand(told: StanceTold) -> None:
    text = next(ask.text for ask in cast.ASKS if ask.key == told.ask)
    network.record_stance(
        _convenor(),
        person_id=_person(told.person).id,
        ask_id=Ask.objects.get(partnership__slug=cast.MARRAM.slug, text=text).id,
        stance=told.stance,
        on=told.on,
        evidence=told.evidence,
        source=told.source,
        expires_on=told.expires,
    )


def _promise(told: PromiseTold) -> None:
    network.record_promise(
        _convenor(),
        person_id=_person(told.person).id,
        text=told.text,
        ours=told.ours,
        made_on=told.made_on,
        due_on=told.due_on,
    )


def _promised(told: PromiseTold) -> Promise:
    return Promise.objects.get(partnership__slug=cast.MARRAM.slug, text=told.text)


def _settle(told: PromiseTold) -> None:
    network.settle_promise(
        _convenor(), promise_id=_promised(told).id, kept=bool(told.kept), on=told.settled_on
    )


def _thank(told: PromiseTold) -> None:
    network.thank_for_promise(_convenor(), promise_id=_promised(told).id, on=told.thanked_on)


def _keep_in(key: str, circle: str) -> None:
    people.keep_in_circle(_convenor(), person_id=_person(key).id, circle=circle)


def _note(told: NoteTold) -> None:
    people.write_note(
        _convenor(),
        person_id=_person(told.person).id,
        text=told.text,
        source=told.source,
        basis=told.basis,
        circle=told.circle,
        review_on=told.review_on,
    )


def _correct() -> None:
    _, person, on, text = notes.CORRECTED
    note = Note.objects.get(person=_person(person), noted_on=on)
    kept = {"source": note.source, "basis": note.basis, "circle": note.circle}
    people.correct_note(_convenor(), note_id=note.id, text=text, **kept)


def _look_at(anchor: Anchor, path: Path) -> str:
    body = Organisation.objects.get(partnership__slug=cast.MARRAM.slug, name=anchor.name)
    with path.open("rb") as file:
        return spend.upload_file(_convenor(), anchor_id=body.id, file=file, file_name=path.name).id


def _read_in(anchor: Anchor, path: Path) -> str:
    upload_id = _look_at(anchor, path)
    spend.read_upload(_convenor(), upload_id=upload_id)
    return upload_id


def _slip(path: Path) -> None:
    spend.undo_upload(_convenor(), upload_id=_read_in(UNIVERSITY, path))
