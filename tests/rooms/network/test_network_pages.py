"""Do the pages of this room open to whom they should, and do what their forms say?"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from folkmoot.apps.network import actions
from folkmoot.apps.network.models import Promise, Stance
from folkmoot.apps.people.actions import import_contacts
from folkmoot.apps.places.actions import admit_member, settle_partnership
from folkmoot.apps.places.models import Person
from folkmoot.core.access import Actor, Circle, Role
from partnership import Town
from rooms.network.recording import ask_of, known, stands

AT = "/marram/network/"


@pytest.fixture(autouse=True)
def plain_static(settings: object) -> None:
    """Static files by their plain names: collecting them is another test's matter."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def browser(town: Town, actor: Actor) -> Client:
    """Somebody's browser, signed in where they have an account."""
    client = Client()
    if actor.account_id:
        client.force_login(town.account(actor), backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def figures(page: str) -> dict[str, str]:
    """Every figure of a page by its name."""
    return dict(re.findall(r'data-figure="([^"]+)"[^>]*>([^<]*)<', page))


def test_who_may_open_what(town: Town) -> None:
    ada = known(town, "Ada Quill")
    stance = stands(town, ada)
    opened = {
        "": ("convenor", "core", "member"),
        "people/": ("convenor", "core", "member"),
        f"people/{ada.id}/": ("convenor", "core"),
        "standings/": ("convenor",),
        "promises/": ("convenor",),
        "asks/": ("convenor",),
        "stances/new/": ("convenor",),
        f"people/{ada.id}/stance/": ("convenor",),
        f"people/{ada.id}/promise/": ("convenor",),
        f"stances/{stance.id}/withdraw/": ("convenor",),
    }
    for role in ("convenor", "core", "member", "outsider", "nobody"):
        client = browser(town, getattr(town, role))
        closed = 404 if role in ("outsider", "nobody") else 403
        for address, roles in opened.items():
            status = client.get(AT + address).status_code
            # Somebody whom one may not see is not there.
            expected = 200 if role in roles else 404 if address == f"people/{ada.id}/" else closed
            assert status == expected, (role, address)


def test_the_list_holds_those_whom_one_may_see(town: Town) -> None:
    for circle in Circle:
        person = known(town, f"Kept for {circle}")
        Person.objects.filter(id=person.id).update(circle=circle)
    seen = {
        role: browser(town, getattr(town, role)).get(f"{AT}people/").content.decode().count("Kept for")
        for role in ("convenor", "core", "member", "outsider")
    }
    assert seen == {"convenor": 4, "core": 3, "member": 2, "outsider": 0}
    settle_partnership(town.convenor, published=True, purpose="", target=20)
    public = browser(town, town.nobody).get(f"{AT}people/").content.decode()
    assert public.count("Kept for") == 1
    assert "Kept for public" in public


def test_a_member_sees_bands_and_no_name(town: Town) -> None:
    for each in range(6):
        stands(town, known(town, f"Person {each}"))
    stands(town, known(town, "Ada Quill", "Council"))
    page = browser(town, town.member).get(AT).content.decode()
    assert figures(page) == {"active supporters": "7 of the 20", "parts with support": "2 of 3"}
    assert "Quill" not in page
    assert f"/network/people/{Person.objects.first().id}" not in page
    settle_partnership(town.convenor, published=True, purpose="", target=20)
    public = browser(town, town.nobody).get(AT)
    assert figures(public.content.decode()) == figures(page)


def test_the_core_team_sees_counts_and_no_evidence(town: Town) -> None:
    ada = known(town, "Ada Quill")
    stands(town, ada)
    client = browser(town, town.core)
    page = client.get(AT).content.decode()
    assert figures(page)["active supporters"] == "1 of the 20"
    assert "Nobody" not in page.split("Where nobody is with us yet")[0]
    told = client.get(f"{AT}people/{ada.id}/").content.decode()
    assert "Ada Quill" in told
    assert "Said so at the board." not in told


def test_people_open_their_own_page_and_no_other(town: Town) -> None:
    ada, ben = known(town, "Ada Quill"), known(town, "Ben Oke")
    stands(town, ada)
    membership = admit_member(
        town.convenor, partnership_id=town.partnership.id, email="ada@m.example", name="Ada",
        role=Role.MEMBER, person_id=ada.id,
    )  # fmt: skip
    client = browser(town, Actor(account_id=membership.account_id))
    page = client.get(f"{AT}people/{ada.id}/")
    assert page.status_code == 200
    assert "Said so at the board." in page.content.decode()
    assert "Take back" not in page.content.decode()
    assert client.get(f"{AT}people/{ben.id}/").status_code == 404
    listed = client.get(f"{AT}people/").content.decode()
    assert "Ada Quill" in listed
    assert "Ben Oke" not in listed


def test_a_stance_is_recorded_and_taken_back(town: Town) -> None:
    ada, ask = known(town, "Ada Quill"), ask_of(town)
    client = browser(town, town.convenor)
    before = figures(client.get(AT).content.decode())
    said = {"person": ada.id, "ask": ask.id, "stance": "active", "on": "2026-11-16", "evidence": "Said so."}
    wrong = client.post(f"{AT}people/{ada.id}/stance/", said | {"on": "2026-11-17"})
    assert "This day has not come yet." in wrong.content.decode()
    assert "<title>Error: " in wrong.content.decode()
    assert client.post(f"{AT}people/{ada.id}/stance/", said).status_code == 302
    assert figures(client.get(AT).content.decode())["active supporters"] == "1 of the 20"
    row = Stance.objects.get()
    assert client.get(f"{AT}stances/{row.id}/withdraw/").status_code == 200
    assert client.post(f"{AT}stances/{row.id}/withdraw/").status_code == 302
    assert figures(client.get(AT).content.decode()) == before
    assert "Taken back on 16 November 2026" in client.get(f"{AT}people/{ada.id}/").content.decode()


def test_a_promise_is_recorded_kept_and_thanked(town: Town) -> None:
    ada = known(town, "Ada Quill")
    client = browser(town, town.convenor)
    said = {"text": "Ask legal", "made_on": "2026-11-16", "ours": "theirs"}
    assert client.post(f"{AT}people/{ada.id}/promise/", said).status_code == 302
    row = Promise.objects.get()
    assert not row.ours
    for step in ("kept", "thanks"):
        assert client.get(f"{AT}promises/{row.id}/{step}/").status_code == 405
        assert client.post(f"{AT}promises/{row.id}/{step}/").status_code == 302
    refused = client.post(f"{AT}promises/{row.id}/reopen/")
    assert refused.status_code == 400
    assert "They have been thanked" in refused.content.decode()


def test_people_are_found_and_pages_turned(town: Town) -> None:
    rows = "\n".join(f"Person {each},{('Bay Trust', 'Quay')[each % 7 == 3]}" for each in range(120)).encode()
    import_contacts(town.convenor, content=b"name,organisation\n" + rows)
    client = browser(town, town.core)
    assert "Page 3 of 3" in client.get(f"{AT}people/?page=999").content.decode()
    found = client.get(f"{AT}people/", {"text": "person QUAY"}).content.decode()
    assert figures(found)["people"] == "17"
    assert "Nobody is found" in client.get(f"{AT}people/", {"text": "no\x00body"}).content.decode()


def test_pages_ask_the_database_as_often_for_three_as_for_one(town: Town) -> None:
    client = browser(town, town.convenor)

    def counts(name: str) -> dict[str, int]:
        person = known(town, name)
        stands(town, person)
        actions.record_promise(town.convenor, person_id=person.id, text="Ask legal")
        found = {}
        for address in ("", "people/", "standings/", "promises/", "stances/new/"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(AT + address).status_code == 200
            found[address] = len(asked)
        return found

    first = counts("Ada Quill")
    counts("Ben Oke")
    assert counts("Cy Marsh") == first
