"""Does an id of another partnership open anything: on a page, in a download, in a piece of a page?"""

import pytest

from folkmoot.apps.places.models import Account, Partnership, Person
from partnership import Town
from trust.doors import Page, behind_doors, client_of, tables
from trust.samples import sample
from trust.straddling import straddling

WITH_IDS = [page for page in behind_doors() if page.ids]
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/"}


def with_their_ids(page: Page, town: Town) -> str:
    """The page's address in our partnership, with ids of things that the other partnership has."""
    return page.address_of(town, {name: str(sample(name, town.neighbour, page.name)) for name in page.ids})


def test_the_sweep_sees_pages_with_ids() -> None:
    assert len(WITH_IDS) >= 12


@pytest.mark.parametrize("page", WITH_IDS, ids=lambda page: page.address)
def test_01_04_an_id_from_elsewhere_opens_nothing(town: Town, page: Page) -> None:
    address = with_their_ids(page, town)
    for role in ("convenor", "member"):
        client = client_of(town, role)
        for method in page.answered:
            answer = client.generic(method, address, HTTP_ACCEPT="text/html")
            assert answer.status_code in (302, 403, 404), f"{method} by {role}: {answer.status_code}"
            assert answer.status_code != 302 or (role, method) == ("convenor", "POST")
            assert town.elsewhere.name not in answer.content.decode()


@pytest.mark.parametrize(
    "page", [page for page in WITH_IDS if "POST" in page.methods], ids=lambda page: page.address
)
def test_02_an_id_from_elsewhere_changes_nothing(town: Town, page: Page) -> None:
    address, client = with_their_ids(page, town), client_of(town, "convenor")
    before = tables()
    client.post(address, {"partnership": town.elsewhere.id})
    assert tables() == before
    assert straddling() == []


@pytest.mark.parametrize("page", list(behind_doors()), ids=lambda page: page.address)
def test_05_asking_for_a_piece_of_a_page_opens_no_more(town: Town, page: Page) -> None:
    address = page.at(town)
    for role in ("nobody", "outsider", "member", "core"):
        client = client_of(town, role)
        whole, piece = client.get(address), client.get(address, **HTMX)
        if whole.status_code in (403, 404, 405):
            assert piece.status_code == whole.status_code, role
            assert piece.content == whole.content or whole.status_code == 403, role


def test_01_an_outsider_with_an_id_learns_nothing_from_a_published_place(town: Town) -> None:
    Partnership.objects.filter(id=town.partnership.id).update(published=True)
    outsider = client_of(town, "outsider")
    assert Account.objects.filter(id=town.outsider.account_id).exists()
    for page in WITH_IDS:
        address = page.at(town)
        Person.objects.update(circle="core")
        answer = outsider.get(address)
        if answer.status_code == 200:
            assert "Ada Quill" not in answer.content.decode(), page.address
