"""Does every page answer every role as the table of rules says?"""

from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from django.test import Client

from folkmoot.apps.places.models import Membership, Partnership, Person
from folkmoot.core.access import TABLE
from partnership import Town
from trust.doors import (
    INSIDERS,
    METHODS,
    ROLES,
    Page,
    behind_doors,
    client_of,
    leads_inside,
    open_pages,
    tables,
)

pytestmark = pytest.mark.slow
PAGES = list(behind_doors())
every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.address)


def wrong(page: Page, role: str, method: str, allowed: bool, answer: HttpResponse, missing: bytes) -> str:
    """What is wrong with an answer, or nothing."""
    status = answer.status_code
    if allowed and method not in page.answered:
        return "" if status == 405 else f"{status} instead of 405"
    if allowed:
        # What a visitor may not do within the page is still refused, but the convenor may do it all.
        fine = {200, 301, 302, 303} | ({400} if method == "POST" else set())
        fine |= {403} if method == "POST" and role != "convenor" else set()
        # The sample is the convenor's own: to everybody else it is not there.
        fine |= {404} if TABLE[page.act].own_account and role != "convenor" else set()
        return "" if status in fine and leads_inside(answer) else f"{status} instead of the page"
    if role in INSIDERS:
        told = TABLE[page.act].why_not.replace("'", "&#x27;").encode()
        return (
            ""
            if status == 403 and (told in answer.content or method == "HEAD")
            else f"{status}, not told why"
        )
    alike = status == 404 and (answer.content == missing or method == "HEAD")
    return "" if alike else f"{status} instead of the missing page"


@every_page
@pytest.mark.parametrize("published", [False, True], ids=["closed", "published"])
def test_01_05_10_every_role_gets_what_the_table_says(town: Town, page: Page, published: bool) -> None:
    Partnership.objects.filter(id=town.partnership.id).update(published=published)
    address, faults = page.at(town), []
    missing = Client().get("/no-such-place/at/all/").content
    for role in ROLES:
        client, allowed = client_of(town, role), page.opens_to(role, published)
        for method in METHODS:
            answer = client.generic(method, address, HTTP_ACCEPT="text/html")
            fault = wrong(page, role, method, allowed, answer, missing)
            faults += [f"{method} by {role}: {fault}"] if fault else []
    assert faults == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.own], ids=lambda page: page.address)
def test_01_people_may_open_what_is_about_themselves(town: Town, page: Page) -> None:
    address = page.at(town)
    member = Membership.objects.filter(account_id=town.member.account_id)
    assert client_of(town, "member").get(address).status_code == 403
    member.update(person=Person.objects.get(id=next(part for part in address.split("/") if len(part) == 36)))
    assert client_of(town, "member").get(address).status_code == 200


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "POST" in page.methods], ids=lambda page: page.address
)
def test_12_a_form_from_elsewhere_is_refused(town: Town, page: Page) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.account(town.convenor))
    address, before = page.at(town), tables()
    assert client.post(address, {}).status_code == 403
    assert tables() == before


@every_page
def test_11_looking_changes_nothing(town: Town, page: Page) -> None:
    address = page.at(town)
    client = client_of(town, "convenor")
    before = tables()
    for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE"):
        client.generic(method, address, HTTP_X_HTTP_METHOD_OVERRIDE="POST")
        client.generic(method, f"{address}?_method=POST", HTTP_X_METHOD_OVERRIDE="DELETE")
    assert tables() == before


def everything(town: Town) -> Iterator[tuple[str, HttpResponse]]:
    """Every page as the convenor gets it, the open ones too."""
    client = client_of(town, "convenor")
    for page in PAGES:
        if "GET" in page.methods:
            yield (address := page.at(town)), client.get(address)
    for address in open_pages():
        yield address, Client().get(address)


def test_30_every_page_keeps_a_strict_policy(town: Town) -> None:
    answers = dict(everything(town))
    assert {page.at(town) for page in PAGES if "GET" in page.methods} | set(open_pages()) == set(answers)
    for address, answer in answers.items():
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy, address
        assert "unsafe-" not in policy, address
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_40_what_is_personal_is_never_stored(town: Town) -> None:
    client = client_of(town, "convenor")
    # A partnership's stylesheet holds its colour and nothing else.
    for page in (page for page in PAGES if page.name != "places:colour"):
        address = page.at(town)
        for answer in (client.get(address), client_of(town, "member").get(address)):
            assert "no-store" in answer.headers["Cache-Control"], address
