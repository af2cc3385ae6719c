"""Can anybody come in as somebody whom they are not?"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client

from folkmoot.apps.places.models import Account, Membership
from partnership import Town

ASK, CODE, OUT = "/sign-in/", "/sign-in/code/", "/sign-out/"


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    """Rate limits count from nothing in every test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def address(town: Town) -> str:
    """The address of the convenor's account."""
    return town.account(town.convenor).email


def code_sent(to: str) -> str:
    """The code in the newest mail to an address."""
    newest = [letter for letter in mail.outbox if letter.to == [to]][-1]
    return re.search(r"\b[A-Z0-9]{3,6}-?[A-Z0-9]{3,6}\b", newest.body)[0]


def ask(client: Client, address: str, **more: str) -> HttpResponse:
    """Somebody asks for a code."""
    return client.post(ASK, {"email": address, **more})


def signed_in(client: Client) -> bool:
    """Whether this browser is somebody's."""
    return "_auth_user_id" in client.session


def test_16_the_right_code_signs_in_and_gives_a_new_session(client: Client, address: str) -> None:
    client.get(ASK)
    ask(client, address)
    before = client.session.session_key
    answer = client.post(CODE, {"code": code_sent(address)})
    assert answer.status_code == 302
    assert signed_in(client)
    assert client.session.session_key != before
    assert client.session["_auth_user_id"] == Account.objects.get(email=address).pk


def test_16_capitals_in_an_address_are_the_same_address(client: Client, address: str) -> None:
    ask(client, address.upper())
    client.post(CODE, {"code": code_sent(mail.outbox[-1].to[0])})
    assert signed_in(client)


def test_18_the_third_wrong_code_ends_the_attempt(client: Client, address: str) -> None:
    ask(client, address)
    right = code_sent(address)
    for _ in range(3):
        client.post(CODE, {"code": "WRONGX"})
    client.post(CODE, {"code": right})
    assert not signed_in(client)


def test_18_tries_sent_side_by_side_are_all_counted(
    client: Client, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(client, address)
    right, beside, met = code_sent(address), Client(), []
    beside.cookies = client.cookies.copy()

    def three_others_meanwhile(request: HttpRequest) -> None:
        if not met:
            met.append(dict(request.session))  # read before the others, as it is when they come at once
            for _ in range(3):
                beside.post(CODE, {"code": "WRONGX"})

    monkeypatch.setattr("folkmoot.site.errors.too_large", three_others_meanwhile)
    client.post(CODE, {"code": right})
    assert met
    assert not signed_in(client)


def test_18_a_code_serves_one_browser_once(client: Client, address: str) -> None:
    ask(client, address)
    right, thief = code_sent(address), Client()
    thief.post(CODE, {"code": right})
    ask(thief, address)
    thief.post(CODE, {"code": right})
    assert not signed_in(thief)
    client.post(CODE, {"code": right})
    client.post(OUT)
    client.post(CODE, {"code": right})
    assert not signed_in(client)


def test_18_a_code_goes_stale(client: Client, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(client, address)
    later = datetime.now().timestamp() + timedelta(minutes=11).total_seconds()
    monkeypatch.setattr("time.time", lambda: later)
    client.post(CODE, {"code": code_sent(address)})
    assert not signed_in(client)


def test_19_codes_are_not_mailed_without_end(address: str) -> None:
    answers = [ask(Client(), address) for _ in range(30)]
    assert 1 <= len(mail.outbox) <= 5
    assert all(answer.status_code in (200, 302, 429) for answer in answers)
    assert answers[-1].status_code in (200, 429)  # told at the form, or refused outright


def test_20_an_unknown_address_is_answered_alike_and_gets_no_mail(address: str) -> None:
    answers = []
    for asked in (address, "nobody@elsewhere.example"):
        client = Client()
        first = ask(client, asked)
        second = client.get(CODE)
        text = re.sub(r'value="[^"]*"', "", second.content.decode()).replace(asked, "")
        answers.append((first.status_code, first.headers["Location"], second.status_code, text))
    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] == [[address]]


def test_20_nobody_signs_up(client: Client, town: Town) -> None:
    before = Account.objects.count()
    for path in ("/sign-up/", "/accounts/signup/", "/signup/"):
        assert client.post(path, {"email": "new@elsewhere.example"}).status_code == 404
    ask(client, "new@elsewhere.example")
    assert Account.objects.count() == before


def test_13_a_wrong_host_is_refused_and_never_mailed(client: Client, address: str) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert client.post(ASK, {"email": address}, headers={"host": "evil.example"}).status_code == 400
    ask(client, address)
    assert all("evil.example" not in letter.body for letter in mail.outbox)


def test_14_a_forwarded_host_is_not_believed(client: Client, address: str) -> None:
    answer = client.get(
        "/sign-in/", headers={"x-forwarded-host": "evil.example", "x-forwarded-proto": "https"}
    )
    assert b"evil.example" not in answer.content
    assert answer.wsgi_request.get_host() == "testserver"
    assert not answer.wsgi_request.is_secure()


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"]
)
def test_15_next_never_leads_away(client: Client, address: str, next_page: str) -> None:
    client.get(ASK, {"next": next_page})
    ask(client, address, next=next_page)
    answer = client.post(f"{CODE}?next={next_page}", {"code": code_sent(address), "next": next_page})
    assert signed_in(client)
    assert answer.headers["Location"] in ("/", "")


def test_15_next_leads_to_a_page_of_ours(client: Client, address: str, town: Town) -> None:
    inside = f"/{town.partnership.slug}/mine/"
    ask(client, address, next=inside)
    answer = client.post(CODE, {"code": code_sent(address), "next": inside})
    assert answer.headers["Location"] == inside


def test_17_signing_out_ends_the_session_everywhere_it_was_copied(client: Client, town: Town) -> None:
    client.force_login(town.account(town.convenor))
    page = f"/{town.partnership.slug}/mine/"
    copied = Client()
    copied.cookies = client.cookies.copy()
    assert client.get(page).status_code == copied.get(page).status_code == 200
    assert client.get(OUT).status_code == 200  # only asks
    assert signed_in(client)
    client.post(OUT)
    assert client.get(page).status_code == copied.get(page).status_code == 404


def test_09_whoever_is_taken_out_loses_the_page_at_once(client: Client, town: Town) -> None:
    client.force_login(town.account(town.convenor))
    page = f"/{town.partnership.slug}/mine/"
    assert client.get(page).status_code == 200
    Membership.objects.filter(account_id=town.convenor.account_id).delete()
    assert client.get(page).status_code == 404


def test_09_an_account_that_was_closed_is_signed_in_no_more(client: Client, town: Town) -> None:
    account = town.account(town.convenor)
    client.force_login(account)
    Account.objects.filter(id=account.id).update(is_active=False)
    assert client.get(f"/{town.partnership.slug}/mine/").status_code == 404


def test_12_signing_in_and_out_need_a_form_of_ours(address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(ASK, {"email": address}).status_code == 403
    client.force_login(Account.objects.get(email=address))
    assert client.post(OUT).status_code == 403
    assert signed_in(client)


def test_40_cookies_are_kept_from_scripts(client: Client, address: str) -> None:
    client.get(ASK)
    ask(client, address)
    client.post(CODE, {"code": code_sent(address)})
    assert set(client.cookies) <= {"sessionid", "csrftoken"}
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


@pytest.mark.parametrize("typed", ["", "no address"])
def test_what_is_no_address_is_told_in_a_sentence(client: Client, typed: str) -> None:
    page = client.post(ASK, {"email": typed}).content.decode()
    assert page.count("Type your e-mail address, such as name@example.org.") == 2, "summary and field"
    assert "<title>Error: " in page
