"""Can anybody come in by an invitation that is not theirs, or that is over?"""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from folkmoot.apps.places import actions, clock
from folkmoot.apps.places.models import Account, DiaryDetail, Invitation, Membership
from folkmoot.site.logs import Line
from partnership import Town
from trust.doors import client_of, tables

ADA = "ada.quill@marram.example"
CODE = re.compile(r"^\s*([A-Z0-9]{3,6}-?[A-Z0-9]{3,6})\s*$", re.MULTILINE)


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    """Rate limits count from nothing in every test."""
    cache.clear()
    yield
    cache.clear()
    clock.stand_at(None)


@pytest.fixture
def link(town: Town) -> str:
    """The link in the letter to Ada, who is not known yet."""
    return invite(town)


def invite(town: Town, email: str = ADA, **more: str) -> str:
    """The convenor invites by the form; answers the link of the letter."""
    given = {"email": email, "name": "Ada Quill", "role": "core"} | more
    answer = client_of(town, "convenor").post("/marram/members/invite/", given)
    assert answer.status_code == 302
    return link_in(mail.outbox[-1].body)


def link_in(text: str) -> str:
    """The one link of a letter, as a path."""
    (found,) = re.findall(r"https?://\S+", text)
    return found.removeprefix("http://testserver")


def code() -> str:
    """The code in the newest letter."""
    return CODE.search(mail.outbox[-1].body)[1]


def come_in(link: str, client: Client) -> HttpResponse:
    """The button on the page, the code, and where that leads."""
    asked = client.post(link)
    assert asked.headers["Location"] == "/sign-in/code/?next=/invitation/"
    return client.post("/sign-in/code/", {"code": code(), "next": "/invitation/"})


def join(client: Client) -> HttpResponse:
    """The button on the page of what waits."""
    (waiting,) = re.findall(r'name="invitation" value="([^"]+)"', client.get("/invitation/").content.decode())
    return client.post("/invitation/", {"invitation": waiting})


def members() -> set[str]:
    """The addresses of those who belong to Marram Bay."""
    rows = Membership.objects.filter(partnership__slug="marram")
    return set(rows.values_list("account__email", flat=True))


def test_21_a_partner_joins_with_a_letter_and_a_code(town: Town, link: str, client: Client) -> None:
    page = client.get(link).content.decode()
    assert "Join Marram Bay Anchor Network" in page
    assert "a…@marram.example" in page
    assert ADA not in page
    assert come_in(link, client).headers["Location"] == "/invitation/"
    assert ADA not in members(), "a code is no membership"
    assert join(client).headers["Location"] == "/marram/"
    assert Membership.objects.get(account__email=ADA).role == "core"
    assert client.get("/marram/members/").status_code == 200


def test_21_opening_the_link_changes_nothing(town: Town, link: str) -> None:
    before = tables()
    for method in ("get", "head", "options"):
        getattr(Client(), method)(link)
    assert tables() == before
    assert len(mail.outbox) == 1


def test_21_a_link_that_is_over_looks_like_one_that_never_was(town: Town, link: str) -> None:
    client, pages = Client(), {}
    pages["unknown"] = client.get(f"/invitation/{'A' * 43}/")
    pages["nonsense"] = client.get("/invitation/%00'/")
    row = Invitation.objects.get()
    actions.send_invitation_again(town.convenor, invitation_id=row.id)
    pages["sent again"] = client.get(link)
    newest = invite(town, "ben@marram.example")
    clock.stand_at(clock.now() + timedelta(days=15))
    pages["run out"] = client.get(newest)
    clock.stand_at(None)
    actions.withdraw_invitation(
        town.convenor, invitation_id=Invitation.objects.get(email="ben@marram.example").id
    )
    pages["withdrawn"] = client.get(newest)
    fresh = invite(town, "cleo@marram.example")
    come_in(fresh, came := Client())
    join(came)
    pages["used"] = client.get(fresh)
    told = {(page.status_code, page.content, page.headers["Cache-Control"]) for page in pages.values()}
    assert len(told) == 1
    assert pages["used"].status_code == 404
    before = tables()
    for dead in (link, newest, fresh):
        assert client.post(dead).status_code == 404
    assert tables() == before


def test_21_a_code_serves_the_bound_address_alone(town: Town, link: str) -> None:
    thief = Client()
    assert thief.post(link, {"email": "thief@elsewhere.example"}).status_code == 302
    assert [letter.to for letter in mail.outbox] == [[ADA], [ADA]]
    assert ADA not in thief.get("/sign-in/code/?next=/invitation/").content.decode()
    for _ in range(3):
        thief.post("/sign-in/code/", {"code": "WRONGX", "next": "/invitation/"})
    thief.post("/sign-in/code/", {"code": code(), "next": "/invitation/"})
    assert "_auth_user_id" not in thief.session
    assert thief.post("/invitation/", {"invitation": Invitation.objects.get().id}).status_code == 200
    assert members().isdisjoint({ADA, "thief@elsewhere.example"})


def test_21_somebody_elses_invitation_is_not_ones_own(town: Town, link: str) -> None:
    client = client_of(town, "outsider")
    page = client.get(link).content.decode()
    assert "You are signed in as convenor@marram-fell.example" in page
    assert ADA not in page
    before = tables()
    client.post(link)
    client.post("/invitation/", {"invitation": Invitation.objects.get().id})
    assert tables() == before
    assert len(mail.outbox) == 1


def test_21_the_letter_serves_once(town: Town, link: str, client: Client) -> None:
    come_in(link, client)
    join(client)
    held = Membership.objects.get(account__email=ADA)
    actions.take_out_member(town.convenor, membership_id=held.id)
    assert client.get("/marram/members/").status_code == 404
    assert client.get(link).status_code == 404
    client.post("/invitation/", {"invitation": Invitation.objects.get().id})
    assert ADA not in members()


def test_21_whoever_belongs_already_is_told_and_keeps_their_role(town: Town) -> None:
    answer = client_of(town, "convenor").post(
        "/marram/members/invite/", {"email": "Member@marram.example", "role": "convenor"}
    )
    assert b"belongs already" in answer.content
    assert mail.outbox == []
    assert Membership.objects.get(account__email="member@marram.example").role == "member"


def test_21_codes_for_an_invitation_are_limited_like_all_others(town: Town, link: str) -> None:
    answers = [Client().post(link) for _ in range(12)]
    assert answers[-1].status_code == 429
    assert ADA.encode() not in answers[-1].content
    assert len(mail.outbox) <= 6
    assert Account.objects.filter(email=ADA).count() == 1


def test_21_the_secret_stands_in_the_letter_and_nowhere_else(
    town: Town, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    link = invite(town)
    secret = link.split("/")[2]
    page = client.get(link)
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert page.headers["Cache-Control"] == "private, no-store"
    assert secret not in page.content.decode()
    come_in(link, client)
    join(client)
    client.get(link)
    assert Client(enforce_csrf_checks=True).post(link).status_code == 403
    assert secret not in repr([*DiaryDetail.objects.values_list(), *Invitation.objects.values_list()])
    assert secret not in repr(dict(client.session))
    log = "\n".join(Line().format(record) for record in caplog.records)
    assert "/invitation/<str:secret>/" in log, "our log writes routes, or this test sees nothing"
    assert secret not in log


@pytest.mark.parametrize(
    "hostile", ["Ada\nBcc: all@evil.example", "Ada\r\nSubject: x", "\u2028Ada\u202e", "x" * 200]
)
def test_21_37_no_name_becomes_a_line_of_a_letters_head(town: Town, hostile: str) -> None:
    Account.objects.filter(id=town.convenor.account_id).update(name=hostile[:200])
    type(town.partnership).objects.filter(id=town.partnership.id).update(name=hostile[:200])
    assert invite(town, name=hostile)
    letter = mail.outbox[-1].message()
    assert letter["To"] == ADA
    assert letter["Bcc"] is None
    assert len(letter.get_all("Subject")) == 1
    assert "http" in mail.outbox[-1].body


def test_21_many_are_invited_and_what_cannot_be_is_told_by_line(town: Town) -> None:
    text = f"Ada Quill <{ADA}>\nnobody\nmember@marram.example\nben@marram.example\n{ADA}"
    given = {"addresses": text, "role": "member"}
    page = client_of(town, "convenor").post("/marram/members/invite/many/", given).content.decode()
    assert [letter.to[0] for letter in mail.outbox] == [ADA, "ben@marram.example"]
    for told in ("Line 2: nobody", "Line 3", "belongs already", "Line 5", "in a line above already"):
        assert told in page
    assert "2 letters are on their way" in page


def test_21_pages_of_members_ask_as_often_for_three_as_for_one(town: Town) -> None:
    counts = []
    for names in (("a",), ("b", "c", "d")):
        for name in names:
            actions.invite_member(town.convenor, email=f"{name}@x.example", role="member")
            given = {"email": f"{name}2@x.example", "name": name, "role": "member"}
            actions.admit_member(town.convenor, partnership_id=town.partnership.id, **given)
        with CaptureQueriesContext(connection) as asked:
            client_of(town, "convenor").get("/marram/members/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
