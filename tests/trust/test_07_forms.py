"""Can a form be made to write what it does not ask for, or to reach into another partnership?

The forms are found on the pages, sent as a browser would send them, and then once more with fields that they
do not have and with ids of another partnership.
"""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from folkmoot.apps.places.models import Account, Membership, Partnership
from folkmoot.core.access import Act
from partnership import Town, rows_where
from trust.doors import Page, behind_doors, client_of
from trust.forms import PageForm, forms_on
from trust.samples import IDS
from trust.straddling import belongs, keys_between_rows_of_partnerships, straddling
from trust.test_hostile import QUERIES

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
PAGES = [page for page in behind_doors() if "GET" in page.methods]
# Acts that are about what the sweep looks at: who belongs, and what the partnership says of itself.
MEANS_IT = {Act.ADMIT_MEMBER, Act.SETTLE_PARTNERSHIP, Act.LEAVE, Act.ERASE_PERSON}


def forms_of(town: Town) -> Iterator[tuple[Page, PageForm]]:
    """Every form that the convenor meets, once for each address that it goes to."""
    client, met = client_of(town, "convenor"), set()
    for name, make in IDS.items():  # so that there is something to choose from
        if name != "job_id":  # it would read the file that waits to be checked
            make(town.convenor)
    for page in PAGES:
        address = page.at(town)
        answer = client.get(address)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            for form in forms_on(address, answer.content.decode()):
                kind = ID.sub("ID", form.action)
                if kind not in met:
                    met.add(kind)
                    yield page, form


def standing(town: Town) -> dict[str, object]:
    """What no form may change by the way: who is who here, and all that the other partnership holds."""
    there = town.elsewhere
    theirs = {
        model._meta.label: sorted(map(repr, rows_where(model, "partnership_id", there.id)))
        for model in apps.get_models()
        if belongs(model)
    }
    here = Partnership.objects.filter(id=town.partnership.id).values_list("slug", "place_id", "published")
    members = Membership.objects.filter(partnership=town.partnership).values_list("account_id", "role")
    accounts = Account.objects.values_list("id", "email", "is_active")
    return theirs | {"here": list(here), "members": sorted(members), "accounts": sorted(accounts)}


def grasping(town: Town) -> dict[str, str]:
    """Fields that a form might be made to take: owner, role, partnership, identity."""
    return {
        "partnership": town.elsewhere.id, "partnership_id": town.elsewhere.id, "role": "convenor",
        "account": town.neighbour.account_id, "account_id": town.neighbour.account_id, "id": "0" * 36,
        "is_active": "0", "is_staff": "1", "published": "1", "slug": "taken", "state": "done",
        "place": town.elsewhere.place_id, "actor": "operator", "made_at": "1999-01-01", "_method": "DELETE",
    }  # fmt: skip


def send(client: Client, form: PageForm, fields: dict[str, str]) -> int:
    """Sends the form; whatever it did is looked at by the caller and then taken back."""
    return client.post(form.action, fields, HTTP_ACCEPT="text/html").status_code


def test_07_no_form_takes_what_it_does_not_ask_for(town: Town) -> None:
    client, sent = client_of(town, "convenor"), 0
    for page, form in list(forms_of(town)):
        extra = {name: value for name, value in grasping(town).items() if name not in form.fields}
        before = standing(town)
        with transaction.atomic():
            status = send(client, form, {**form.fields, **extra})
            assert status < 500, form.action
            sent += status == 302
            after = standing(town)
            transaction.set_rollback(True)
        if page.act in MEANS_IT:
            before, after = ({**one, "here": 0, "members": 0, "accounts": 0} for one in (before, after))
        assert after == before, form.action
        assert straddling() == [], form.action
    assert sent >= 8, f"{sent} forms: the forms are taken, or the sweep sees nothing"


def test_06_no_form_reaches_into_another_partnership(town: Town) -> None:
    client, swapped = client_of(town, "convenor"), 0
    theirs = {name: make(town.neighbour) for name, make in IDS.items() if name not in ("job_id",)}
    for _, form in list(forms_of(town)):
        for name, value in form.fields.items():
            if not (ID.fullmatch(value) or any(map(ID.fullmatch, form.choices.get(name, [])))):
                continue
            for their_id in theirs.values():
                swapped += 1
                before = standing(town)
                with transaction.atomic():
                    status = send(client, form, {**form.fields, name: their_id})
                    assert status < 500, (form.action, name)
                    assert straddling() == [], (form.action, name)
                    assert standing(town) == before, (form.action, name)
                    transaction.set_rollback(True)
    assert swapped >= 20, f"{swapped}: there are ids to swap, or the sweep sees nothing"


def test_no_row_leads_into_another_partnership_and_a_planted_one_is_seen(town: Town) -> None:
    assert len(list(keys_between_rows_of_partnerships())) >= 10
    mine, theirs = IDS["person_id"](town.convenor), IDS["organisation_id"](town.neighbour)
    assert straddling() == []
    post = apps.get_model("places.Post").objects.get(person_id=mine)
    type(post).objects.filter(id=post.id).update(organisation_id=theirs)
    assert straddling() == [f"places.Post {post.id} by organisation"]


@pytest.mark.parametrize("role", ["member", "core"])
def test_08_nobody_raises_themself(town: Town, role: str) -> None:
    client = client_of(town, role)
    before = standing(town)
    for _, form in list(forms_of(town)):
        status = send(client, form, {**form.fields, **grasping(town)})
        assert status < 500
        after = Membership.objects.get(
            account_id=getattr(town, role).account_id, partnership=town.partnership
        )
        assert after.role == role, form.action
    assert standing(town)["here"] == before["here"]


def test_38_no_text_in_a_form_breaks_a_page(town: Town) -> None:
    client, forms, faults = client_of(town, "convenor"), list(forms_of(town)), []
    for text, (_, form) in product(QUERIES, forms):
        with transaction.atomic():
            fields = form.fields | dict.fromkeys(typed_in(form), text)
            answer = client.post(form.action, fields, HTTP_ACCEPT="text/html", follow=True)
            if answer.status_code >= 500 or b"<script>alert(1)" in answer.getvalue():
                faults.append((answer.status_code, form.action, text[:60]))
            transaction.set_rollback(True)
    assert faults == []
    typed = sum(len(typed_in(form)) for _, form in forms)
    assert typed >= 25, f"{typed}: there are texts to type, or the sweep sees nothing"


def typed_in(form: PageForm) -> list[str]:
    """The fields that somebody types, rather than choosing them."""
    return [
        name
        for name, value in form.fields.items()
        if name != "csrfmiddlewaretoken" and name not in form.choices and not ID.fullmatch(value)
    ]
