"""Does the search find what one may see, and nothing else?"""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from folkmoot.apps.places import actions
from folkmoot.apps.places.models import Account, Partnership, Person
from folkmoot.core.access import Actor, Circle
from partnership import Town
from trust.samples import upload

KINDS = {"People", "Organisations", "Suppliers", "Pieces of work"}


def search(town: Town, actor: Actor, text: str) -> str:
    """The page of hits as the actor gets it."""
    client = Client()
    if actor.account_id:
        client.force_login(Account.objects.get(id=actor.account_id))
    answer = client.get(f"/{town.partnership.slug}/search/", {"text": text})
    return answer.content.decode() if answer.status_code == 200 else ""


def kinds(page: str) -> set[str]:
    """Under which headings something was found."""
    return {" ".join(found.split()) for found in re.findall(r'<h2 id="kind-\d">(.*?)<span', page, re.DOTALL)}


@pytest.fixture
def bakers(town: Town) -> Town:
    """Bakers of every kind, and somebody called so in each circle; the same in the other partnership."""
    for convenor in (town.convenor, town.neighbour):
        upload(convenor)  # its first payee is Marram Bakers
        actions.record_organisation(convenor, name="The Bakers' Guild")
        actions.start_initiative(convenor, name="Bakers first", purpose="Bread from here")
        for circle in Circle:
            person = actions.record_person(convenor, name=f"Bakers {circle} of {convenor.account_id}")
            Person.objects.filter(id=person.id).update(circle=circle)
    return town


def test_everybody_finds_what_they_may_see(bakers: Town) -> None:
    found = {role: search(bakers, getattr(bakers, role), "bakers") for role in ("convenor", "core", "member")}
    assert [kinds(page) for page in found.values()] == [KINDS] * 3
    named = {role: re.findall(r"Bakers (\w+) of", page) for role, page in found.items()}
    assert {role: sorted(set(names)) for role, names in named.items()} == {
        "convenor": ["convenor", "core", "member", "public"],
        "core": ["core", "member", "public"],
        "member": ["member", "public"],
    }
    assert not any(bakers.neighbour.account_id in page for page in found.values())


def test_outsiders_find_what_is_public_once_it_is_published(bakers: Town) -> None:
    assert search(bakers, bakers.nobody, "bakers") == ""
    Partnership.objects.filter(id=bakers.partnership.id).update(published=True)
    for actor in (bakers.nobody, bakers.outsider):
        page = search(bakers, actor, "bakers")
        assert kinds(page) == {"People"}
        assert set(re.findall(r"Bakers (\w+) of", page)) == {"public"}
        assert bakers.neighbour.account_id not in page


def test_every_word_counts_and_nothing_is_told_kindly(bakers: Town) -> None:
    page = search(bakers, bakers.convenor, "guild bakers")
    assert kinds(page) == {"Organisations"}
    assert "Nothing that you may see is called" in search(bakers, bakers.convenor, "blacksmiths")
    assert kinds(search(bakers, bakers.convenor, "")) == set()


def test_a_search_asks_the_database_no_more_for_more_people(bakers: Town) -> None:
    def asked() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as caught:
            page = search(bakers, bakers.convenor, "bakers")
        return len(caught), page

    few, _ = asked()
    for number in range(30):
        actions.record_person(bakers.convenor, name=f"Bakers {number}")
    many, page = asked()
    assert many == few
    assert "See all people with" in page
