"""Is the answer the same through every door: page, list, search, API, export, feed and command?

A person and a note about them lie in each circle. For each role, each door is asked for each of them; what is
found is held against the one table of rules.
"""

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client

from folkmoot.apps.people import actions as people
from folkmoot.apps.places import actions
from folkmoot.apps.places.models import Account, Partnership, Person
from folkmoot.apps.places.tokens import SCOPES
from folkmoot.core.access import OPERATOR, Act, Actor, Circle, Subject, answer
from folkmoot.site.carrying.exporting import export_partnership
from partnership import Town

ROLES = ("nobody", "outsider", "member", "core", "convenor")
SECRET = "Prefers the telephone, said"


@pytest.fixture
def known(town: Town) -> dict[Circle, Person]:
    """Somebody in each circle, with a note in the same."""
    found = {}
    for circle in Circle:
        person = actions.record_person(town.convenor, name=f"Known to {circle}")
        people.keep_in_circle(town.convenor, person_id=person.id, circle=circle)
        people.write_note(
            town.convenor, person_id=person.id, text=f"{SECRET} {circle}.", source="Own words",
            basis="public task", circle=circle,
        )  # fmt: skip
        found[circle] = person
    return found


def browser(actor: Actor) -> Client:
    """Somebody's browser."""
    client = Client()
    if actor.account_id:
        client.force_login(Account.objects.get(id=actor.account_id))
    return client


def program(town: Town, actor: Actor) -> Callable[[str], str]:
    """Somebody's program, with every scope; without a token for whoever has none."""
    headers = {}
    if actor.partnership_id:
        made = actions.make_token(actor, name="A program", scopes=list(SCOPES))
        headers = {"HTTP_AUTHORIZATION": f"Bearer {made.secret}"}
    return lambda path: Client().get(f"/api/{town.partnership.slug}/{path}", **headers).content.decode()


def doors(town: Town, actor: Actor, person: Person) -> dict[str, str]:
    """What each door says about one person."""
    client, ask, at = browser(actor), program(town, actor), f"/{town.partnership.slug}/"
    page = {
        "page": f"network/people/{person.id}/",
        "list": "network/people/",
        "search": f"search/?text={person.name.replace(' ', '+')}",
        "notes": f"people/{person.id}/notes/",
    }
    said = {door: client.get(at + path) for door, path in page.items()}
    return {door: one.content.decode() if one.status_code == 200 else "" for door, one in said.items()} | {
        "api list": ask("network/people?per_page=200"),
        "api page": ask(f"network/people/{person.id}"),
        "api notes": ask(f"people/{person.id}/notes"),
    }


@pytest.mark.parametrize("published", [False, True], ids=["closed", "published"])
@pytest.mark.parametrize("role", ROLES)
def test_every_door_gives_the_same_answer(
    town: Town, known: dict[Circle, Person], role: str, published: bool
) -> None:
    Partnership.objects.filter(id=town.partnership.id).update(published=published)
    actor = getattr(town, role)
    for circle, person in known.items():
        about = Subject(town.partnership.id, published, person.id, circle=circle)
        for door, said in doors(town, actor, person).items():
            act = Act.SEE_NOTE if "notes" in door else Act.SEE_PERSON
            wanted = f"{SECRET} {circle}." if "notes" in door else person.name
            # A search repeats what was asked; what it finds is a link.
            found = f"{person.id}/" in said if door == "search" else wanted in said
            assert found == answer(act, actor, about).allowed, f"{circle} by {role} through {door}"


def test_the_feed_names_nobody_and_the_export_everybody(
    town: Town, known: dict[Circle, Person], tmp_path: pytest.TempPathFactory
) -> None:
    Partnership.objects.filter(id=town.partnership.id).update(published=True)
    for role in ROLES:
        feed = browser(getattr(town, role)).get(f"/{town.partnership.slug}/changes.atom").content.decode()
        assert not any(person.name in feed for person in known.values())
    # The command acts for the operator, who may do what the table says of them.
    file = tmp_path / "place.zip"
    export_partnership(OPERATOR, town.partnership.slug, file)
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as held:
        rows = json.loads(held.read("tables/places_person.json"))
    assert {row["name"] for row in rows} >= {person.name for person in known.values()}
    for act in Act:
        allowed = answer(act, OPERATOR, Subject(town.partnership.id)).allowed
        assert allowed or act in (Act.LEAVE, Act.HOLD_TOKEN), act
