"""Does a program get the same figures as a page, and as many of them as it may see?"""

import io
import json

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from folkmoot.apps.network import actions as network
from folkmoot.apps.people import actions as people
from folkmoot.apps.places import actions as places
from folkmoot.apps.places import clock
from folkmoot.apps.places.models import Partnership, Person
from folkmoot.apps.spend.models import Upload
from folkmoot.core.kernel.money import say
from partnership import Town
from trust.doors import client_of
from trust.programs import (
    Program,
    problem,
    said,
    token_of,
)
from trust.samples import OTHERS, organisation, upload


@pytest.mark.parametrize("published", [False, True])
def test_support_and_money_are_the_pages_own(known: Town, published: bool) -> None:
    Partnership.objects.filter(id=known.partnership.id).update(published=published)
    slug = known.partnership.slug
    for role in ("nobody", "member", "convenor"):
        program = Program() if role == "nobody" else Program(token_of(getattr(known, role)))
        support, money = program.get(f"{slug}/network/support"), program.get(f"{slug}/spend/money")
        page = client_of(known, role).get(f"/{slug}/network/")
        assert support.status_code == money.status_code == page.status_code
        if page.status_code == 200:
            text = page.content.decode()
            assert support.json()["total"] == "6"
            assert support.json()["total"] in text
            spent = client_of(known, role).get(f"/{slug}/spend/").content.decode()
            assert say(money.json()["whole"]["pence"]) in spent
            assert money.json()["whole"] == {"rows": 2, "pence": 20050}


def test_small_numbers_are_hidden_from_programs_too(town: Town) -> None:
    ask = network.make_ask(town.convenor, text="Buy from the town")
    part = places.name_part(town.convenor, name="Council")
    person = places.record_person(town.convenor, name="Ada Quill")
    places.record_post(town.convenor, person_id=person.id, part_id=part.id)
    told = {"stance": "active", "on": clock.today(), "evidence": "Said so."}
    network.record_stance(town.convenor, person_id=person.id, ask_id=ask.id, **told)
    address = f"{town.partnership.slug}/network/support"
    answers = {Program(token_of(holder)).get(address).content for holder in (town.member, town.convenor)}
    assert len(answers) == 1
    told = json.loads(answers.pop())
    assert (told["total"], {one["band"] for one in told["bands"]}) == ("fewer than 5", {"1 to 4", "none yet"})
    counted = Program(token_of(town.core)).get(f"{address}/counted").json()
    assert counted["active"] == 1


def names(answer: HttpResponse) -> set[str]:
    """The names in a list."""
    return {one["name"] for one in answer.json()["items"]}


def test_people_are_seen_within_their_circle(town: Town) -> None:
    slug = town.partnership.slug
    for circle in ("convenor", "core", "member", "public"):
        person = places.record_person(town.convenor, name=f"In {circle}")
        Person.objects.filter(id=person.id).update(circle=circle)
    address, roles = f"{slug}/network/people", ("member", "core", "convenor")
    seen = {role: names(Program(token_of(getattr(town, role))).get(address)) for role in roles}
    assert seen["member"] == {"In member", "In public"}
    assert seen["core"] == seen["member"] | {"In core"}
    assert seen["convenor"] == seen["core"] | {"In convenor"}
    Partnership.objects.filter(id=town.partnership.id).update(published=True)
    assert names(Program().get(address)) == {"In public"}


def test_a_note_is_seen_by_whom_it_is_for(town: Town) -> None:
    slug, person = town.partnership.slug, places.record_person(town.convenor, name="Ada Quill")
    people.keep_in_circle(town.convenor, person_id=person.id, circle="member")
    for circle in ("convenor", "core", "member"):
        told = {"text": f"For {circle}", "source": "Own words", "basis": "public task", "circle": circle}
        people.write_note(town.convenor, person_id=person.id, **told)
    for role, many in (("member", 1), ("core", 2), ("convenor", 3)):
        answer = Program(token_of(getattr(town, role))).get(f"{slug}/people/{person.id}/notes").json()
        assert len(answer["notes"]) == many
    assert Program().get(f"{slug}/people/{person.id}/notes").status_code == 404


def test_a_list_comes_in_pages_that_link_to_each_other(convenor: Program, known: Town) -> None:
    address = f"{known.partnership.slug}/network/people"
    met: list[str] = []
    for page in (1, 2, 3):
        answer = convenor.get(address, page=page, per_page=2, text="")
        told = answer.json()
        assert (told["total"], told["page"], told["last"]) == (6, page, 3)
        assert ('rel="next"' in answer.headers["Link"]) == (page < 3)
        assert ('rel="prev"' in answer.headers["Link"]) == (page > 1)
        met += [one["name"] for one in told["items"]]
    assert met == sorted(met)
    assert len(set(met)) == 6
    assert convenor.get(address, page=4, per_page=2).json()["items"] == []
    for asked in ({"per_page": 201}, {"per_page": 0}, {"page": 0}, {"page": "x"}, {"page": 10**30}):
        assert problem(convenor.get(address, **asked), 422)["field"] in ("page", "per_page")


LISTS = (
    "network/people", "network/standings", "network/promises", "network/asks", "spend/files",
    "places/organisations", "places/diary",
)  # fmt: skip


@pytest.mark.parametrize("noun", LISTS)
def test_a_longer_list_asks_the_database_no_more(town: Town, noun: str) -> None:
    program, address = Program(token_of(town.convenor)), f"{town.partnership.slug}/{noun}"
    upload(town.convenor)
    counts = []
    for number in (1, 3):
        for each in range(3 if number == 3 else 1):
            _one_more(town, f"{number}-{each}")
        program.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert program.get(address).json()["total"] >= number
        counts.append(len(asked))
    assert counts[0] == counts[1], noun


def _one_more(town: Town, mark: str) -> None:
    body = places.record_organisation(town.convenor, name=f"Body {mark}")
    person = places.record_person(town.convenor, name=f"Person {mark}")
    places.record_post(town.convenor, person_id=person.id, organisation_id=body.id, title="Chief")
    ask = network.make_ask(town.convenor, text=f"Ask {mark}")
    told = {"stance": "warm", "on": clock.today(), "evidence": "Said so."}
    network.record_stance(town.convenor, person_id=person.id, ask_id=ask.id, **told)
    network.record_promise(town.convenor, person_id=person.id, text="A room")
    given = {"file_name": "a.csv", "sha256": mark, "size": 1, "state": "refused", "uploaded_at": clock.now()}
    anchor = organisation(town.convenor)
    Upload.objects.create(partnership=town.partnership, anchor_id=anchor, **given)


def test_a_file_goes_the_whole_way(convenor: Program, known: Town) -> None:
    slug, anchor = known.partnership.slug, organisation(known.convenor)
    file = io.BytesIO(OTHERS)
    file.name = "others.csv"
    (arrived,) = convenor.post(f"{slug}/spend/files", anchor_id=anchor, file=file).json()
    address = f"{slug}/spend/files/{arrived['id']}"
    looked = convenor.get(address).json()
    assert (looked["state"], looked["part"], len(looked["look"]["rows"])) == ("looked", None, 3)
    recipe = convenor.get(f"{address}/recipe").json()["recipe"]
    assert convenor.post(f"{address}/recipe", recipe=recipe).json()["state"] == "looked"
    assert convenor.send("POST", f"{address}/read").json()["state"] == "reading"
    assert convenor.get(f"{address}/progress").json() == {"state": "reading", "percent": 0, "failed": False}
    assert convenor.send("POST", f"{address}/stop").json()["state"] == "looked"
    assert problem(convenor.post(f"{address}/recipe", recipe="kind = "), 422)["field"] == "recipe"
    assert convenor.send("POST", f"{address}/discard").status_code == 204
    assert convenor.get(address).status_code == 404
    (empty,) = convenor.post(f"{slug}/spend/files", anchor_id=anchor, file=io.BytesIO(b"")).json()
    assert (empty["state"], empty["part_id"]) == ("refused", "")


def test_payments_open_down_to_the_line_and_come_as_a_file(convenor: Program, known: Town) -> None:
    slug = known.partnership.slug
    listed = convenor.get(f"{slug}/spend/payments", text="bakers").json()
    assert (listed["total"], listed["pence"], listed["currency"]) == (1, 12050, "GBP")
    one = listed["items"][0]
    whole = convenor.get(f"{slug}/spend/payments/{one['part_id']}/{one['line']}").json()
    assert whole["payment"] == one
    assert [cell["text"] for cell in whole["cells"]] == ["2026-04-01", "Marram Bakers", "120.50"]
    csv = said(convenor.get(f"{slug}/spend/payments.csv"))
    assert csv == said(client_of(known, "convenor").get(f"/{slug}/spend/payments.csv"))
    aside = convenor.get(f"{slug}/spend/files/{whole['file_id']}/set-aside").json()
    assert [row["reason"] for row in aside["items"]] == ["date_unreadable"]
    assert problem(convenor.get(f"{slug}/spend/payments", year="2025"), 422)["title"].startswith("“2025”")
