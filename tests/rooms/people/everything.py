"""Who is somebody that every table keeps something about, and where is anything of them left?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.db import connection
from django.test import Client

from folkmoot.apps.network import actions as network
from folkmoot.apps.people import actions
from folkmoot.apps.people.models import ContactsImport, Distinct, Merge
from folkmoot.apps.places import actions as ground
from folkmoot.apps.places import clock
from folkmoot.apps.places.models import Account, Invitation, Person
from folkmoot.apps.places.queries import actor_for
from folkmoot.core.access import Actor, Role
from partnership import Town
from rooms.people.kept import known, noted

NAME, FORMER = "Grace Okonjo", "Gracie Adeyemi"
ADDRESS, OLD_ADDRESS = "grace.okonjo@marram.example", "gracie@old.example"
TOWNSMAN = "Ben Oakes"


@dataclass(frozen=True)
class Everything:
    """Somebody, with what every table keeps about them, and somebody else who is to stay as they are."""

    person: Person
    account: Account
    other: Person
    client: Client  # in which she is signed in

    @property
    def words(self) -> tuple[str, ...]:
        """Her names and addresses."""
        return (NAME, FORMER, ADDRESS, OLD_ADDRESS, "Okonjo, Grace")

    @property
    def needles(self) -> tuple[str, ...]:
        """All by which she could be found again."""
        return (*self.words, self.person.id, self.account.id, self.gone_id)

    gone_id: str = "0f3fbb5e-0000-4000-8000-00000000c0de"


def everything(town: Town) -> Everything:
    """Told through actions where there are some, and through rows where another room makes them."""
    grace, ben = known(town, NAME, ADDRESS), known(town, TOWNSMAN)
    body = ground.record_organisation(town.convenor, name="The Infirmary")
    for person in (grace, ben):
        ground.record_post(town.convenor, person_id=person.id, organisation_id=body.id, title="Lead")
    account = _belongs(town, grace)
    _is_recorded(town, grace, ben)
    _is_named_elsewhere(town, grace, ben, account)
    _rows_of_other_makers(town, grace, ben)
    client = Client()
    client.force_login(account)
    somebody = Client()
    somebody.post("/sign-in/", {"email": ADDRESS})
    return Everything(grace, account, ben, client)


def _belongs(town: Town, grace: Person) -> Account:
    told = {"partnership_id": town.partnership.id, "email": ADDRESS, "name": NAME, "role": Role.CORE}
    account = ground.admit_member(town.convenor, **told, person_id=grace.id).account
    herself = actor_for(account, town.partnership.slug)[1]
    ground.make_token(herself, name="Her calendar", scopes=["network.read"])
    Invitation.objects.create(
        partnership=town.partnership, email=ADDRESS.upper(), name=NAME, role="core", secret_hash="x" * 64,
        account_id=town.convenor.account_id, made_at=clock.now(), expires_at=clock.now() + timedelta(days=14),
    )  # fmt: skip
    return account


def _is_recorded(town: Town, grace: Person, ben: Person) -> None:
    ask = network.make_ask(town.convenor, text="Buy in lots")
    said = {"ask_id": ask.id, "stance": "active", "on": clock.today()}
    network.record_stance(town.convenor, person_id=grace.id, evidence="Said so at the board.", **said)
    network.record_stance(town.convenor, person_id=ben.id, evidence=f"Told {NAME} and others.", **said)
    network.record_promise(town.convenor, person_id=grace.id, text="Ask legal")
    note = noted(town, grace)
    kept = {"basis": note.basis, "circle": note.circle}
    actions.correct_note(town.convenor, note_id=note.id, text="Writes letters.", source=ADDRESS, **kept)
    noted(
        town, ben, text=f"Shares an office with {NAME}’s team; ask grace OKONJO.", source=f"Mail of {ADDRESS}"
    )


def _is_named_elsewhere(town: Town, grace: Person, ben: Person, account: Account) -> None:
    """Her own acts, about others; and a letter in a file."""
    herself = actor_for(account, town.partnership.slug)[1]
    promoted = Actor(Role.CONVENOR, herself.partnership_id, herself.account_id, grace.id)
    noted(Town(**{**vars_of(town), "convenor": promoted}), ben, text="Plays the tuba.")
    ground.start_initiative(town.convenor, name="Catering", purpose=f"Led by {NAME}.")
    letter = EmailMessage("Your code", f"Dear {NAME}", to=[ADDRESS])
    EmailBackend(file_path=settings.EMAIL_FILE_PATH).send_messages([letter])


def vars_of(town: Town) -> dict[str, object]:
    """The town's own parts."""
    return {name: getattr(town, name) for name in Town.__dataclass_fields__}


def _rows_of_other_makers(town: Town, grace: Person, ben: Person) -> None:
    gone = {"name": FORMER, "email": OLD_ADDRESS}
    Merge.objects.create(
        partnership=town.partnership, kept=grace, gone_id=Everything.gone_id, gone=gone, was={"name": NAME},
        moved={"network.Stance": [ben.id]}, merged_at=clock.now(),
    )  # fmt: skip
    first, second = sorted([grace, ben], key=lambda person: person.id)
    Distinct.objects.create(partnership=town.partnership, one=first, other=second, said_at=clock.now())
    made = {
        "people": [
            {"id": grace.id, "name": NAME, "was": {"email": OLD_ADDRESS}},
            {"id": ben.id, "name": TOWNSMAN},
        ]
    }
    for state, content in (("done", None), ("looked", f"name\n{NAME}\n".encode())):
        ContactsImport.objects.create(
            partnership=town.partnership, file_name=f"{NAME}.csv", sha256="0" * 64, state=state,
            content=content, changes=[made, grace.id], uploaded_at=clock.now(),
            report={"set_aside": [[2, "“Okonjo, Grace” has no post", ["Okonjo"]], [3, "A blank row", []]]},
        )  # fmt: skip


def remains(*needles: str) -> list[str]:
    """Every table and column, and every file of the data folder, in which one of these can be found."""
    found = [place for place, text in _cells() for needle in needles if needle.casefold() in text.casefold()]
    for session in Session.objects.all():
        text = repr(session.get_decoded()).casefold()
        found += [f"session {needle}" for needle in needles if needle.casefold() in text]
    for path in Path(settings.FOLKMOOT_DATA).rglob("*"):
        # The database's own file has a test of its own: in it, ids stay in the diary's lines.
        if path.is_file() and not {"ledgers", "static"} & set(path.parts) and ".sqlite3" not in path.name:
            held = path.read_bytes().decode(errors="replace").casefold()
            found += [f"{path.name} {needle}" for needle in needles if needle.casefold() in held]
    return sorted(set(found))


def _cells() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, value in zip(names, row, strict=True):
                    text = (
                        bytes(value).decode(errors="replace")
                        if isinstance(value, bytes | memoryview)
                        else str(value)
                    )
                    yield f"{table}.{name}", text


def every_model() -> list[type]:
    """Every table that there is."""
    return list(apps.get_models(include_auto_created=True))
