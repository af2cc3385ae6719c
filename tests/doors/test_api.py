"""Does a program get the same figures as a page, and a clear word when something cannot be done?"""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.apps.network import actions as network
from folkmoot.apps.people import actions as people
from folkmoot.apps.places import actions as places
from folkmoot.apps.places import clock
from folkmoot.apps.places.models import Partnership, Person
from folkmoot.apps.places.problems import KINDS
from folkmoot.apps.places.routes import Route
from folkmoot.apps.spend.models import Upload
from folkmoot.core.kernel.money import say
from partnership import Town
from trust.doors import client_of
from trust.programs import (
    ROUTES,
    Program,
    address_of,
    body_of,
    fields_of,
    operation_of,
    places_of,
    prepared,
    resolved,
    said,
    token_of,
)
from trust.samples import OTHERS, organisation, upload
from trust.test_hostile import QUERIES

GETS = [route for route in ROUTES if route.method == "GET"]
WITH_JSON = [
    route
    for route in ROUTES
    if "application/json" in operation_of(route).get("requestBody", {}).get("content", {})
]
named = {"ids": lambda route: f"{route.method} {route.address}"}


@pytest.fixture
def known(town: Town) -> Town:
    """A partnership that has people, stances and payments."""
    upload(town.convenor)
    part = places.name_part(town.convenor, name="Council")
    ask = network.make_ask(town.convenor, text="Buy from the town")
    for name in ("Ada Quill", "Ben Oakes", "Cy Marsh", "Di Fell", "Ed Moor", "Flo Wath"):
        person = places.record_person(town.convenor, name=name)
        places.record_post(town.convenor, person_id=person.id, title="Chief", part_id=part.id)
        told = {"stance": "active", "on": clock.today(), "evidence": "Said so."}
        network.record_stance(town.convenor, person_id=person.id, ask_id=ask.id, **told)
    return town


@pytest.fixture
def convenor(known: Town) -> Program:
    """A program that acts for the convenor."""
    return Program(token_of(known.convenor))


def problem(answer: HttpResponse, status: int) -> dict[str, Any]:
    """The problem, which has its form and tells nothing that it should not."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "private, no-store"
    told = answer.json()
    assert told["status"] == status
    assert {"type", "title", "detail", "next_step"} <= set(told)
    assert told["type"].rsplit("#")[-1] in {kind.name for kind in KINDS if kind.status == status}
    assert "Traceback" not in str(told)
    return told


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


UNREADABLE = [
    b'{"text": "a", "text": "b"}', b'{"text": NaN}', b"[Infinity]", b"[" * 100_000, b'{"a":' * 9_000,
    b"1" * 5_000, b"-1e999", b"\xff\xfe{}", b"\xef\xbb\xbf{}", b"{", b"'a'", b'{"text": "\x01"}',
]  # fmt: skip
MISSHAPEN = [
    b"", b"[]", b"null", b'"a"', b"1", b"{}", b'{"text": null}', b'{"text": 1}', b'{"text": ["a"]}',
    b'{"text": {}}', b'{"text": "a", "role": "convenor"}', b'{"text": "a", "partnership_id": "b"}',
    b'{"text": "\\ud800"}', b'{"text": "\\u0000"}', b'{"text": "a", "made_on": 20260101}',
    b'{"text": "a", "made_on": "2026-02-30"}', b'{"text": "a", "made_on": "tomorrow"}',
    b'{"text": "a", "made_on": true}', b'{"made_on": "2026-01-01"}',
]  # fmt: skip
OTHER_KINDS = [
    "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
    "application/json; charset=utf-16", "application/json; charset=no",
]  # fmt: skip


@pytest.mark.parametrize("body", UNREADABLE, ids=lambda body: body[:12].decode("latin-1"))
def test_40_what_is_no_json_is_unreadable(town: Town, body: bytes) -> None:
    answer = Program(token_of(town.convenor)).send("POST", f"{town.partnership.slug}/network/asks", body)
    assert problem(answer, 400)["type"].endswith("#unreadable")


@pytest.mark.parametrize("body", MISSHAPEN, ids=lambda body: body.decode())
def test_07_what_has_another_shape_is_refused_by_its_place(town: Town, body: bytes) -> None:
    answer = Program(token_of(town.convenor)).send("POST", f"{town.partnership.slug}/network/asks", body)
    told = problem(answer, 422)
    assert told["type"].endswith("#shape")
    assert all(one["where"].startswith("/") and one["words"] for one in told["errors"])


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_40_another_kind_of_body_is_told_so(town: Town, kind: str) -> None:
    program, slug = Program(token_of(town.convenor)), town.partnership.slug
    problem(program.send("POST", f"{slug}/network/asks", b'{"text": "a"}', kind), 415)
    problem(program.send("POST", f"{slug}/spend/files", b"{}"), 415)


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
def test_40_a_form_that_is_none(town: Town, kind: str) -> None:
    program = Program(token_of(town.convenor))
    answer = program.send("POST", f"{town.partnership.slug}/spend/files", b"--x\r\nnonsense", kind)
    problem(answer, answer.status_code)
    assert answer.status_code in (400, 422)


def test_34_too_much_is_too_large(town: Town) -> None:
    program, slug = Program(token_of(town.convenor)), town.partnership.slug
    text = json.dumps({"text": "a" * (1 << 20)})
    problem(program.send("POST", f"{slug}/network/asks", text), 413)
    problem(Program().send("POST", f"{slug}/network/asks", text), 413)
    problem(Program("fm_x").send("POST", f"{slug}/network/asks", text), 401)
    large = io.BytesIO(b"Date,Supplier,Amount\n" + b"2026-04-01,Bakers,1\n" * 80_000)
    large.name = "large.csv"
    anchor = organisation(town.convenor)
    assert program.post(f"{slug}/spend/files", anchor_id=anchor, file=large).status_code == 201
    large.seek(0)
    problem(program.post(f"{slug}/network/stances/sheet", sheet=large, extra="1"), 422)


def test_38_what_means_nothing_is_never_passed_over(convenor: Program, known: Town) -> None:
    slug = known.partnership.slug
    told = problem(convenor.get(f"{slug}/spend/payments", yera="2025-26"), 422)
    assert told["errors"] == [{"where": "query: yera", "words": "There is no such parameter here."}]
    for lookup in ("partnership_id", "partnership__published", "order_by", "ordering", "_method", "limit"):
        problem(convenor.get(f"{slug}/network/people", **{lookup: "1"}), 422)
    stance = network.Stance.objects.first()
    problem(convenor.post(f"{slug}/network/stances/{stance.id}/withdraw", role="convenor"), 422)


def test_meaning_is_refused_in_the_pages_words(convenor: Program, known: Town) -> None:
    slug = known.partnership.slug
    told = problem(convenor.post(f"{slug}/network/asks", text="Buy from the town"), 422)
    assert (told["title"], told["field"]) == ("This ask is there already.", "text")
    told = problem(convenor.get(f"{slug}/network/people/nobody"), 404)
    assert told["title"] == "There is no such thing here."


def test_40_what_breaks_tells_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("the secret of Ada Quill")

    monkeypatch.setattr("folkmoot.apps.network.queries.what_next_for", breaks)
    answer = Program(token_of(town.convenor)).get(f"{town.partnership.slug}/network/next")
    assert b"Ada" not in answer.content
    assert problem(answer, 500)["title"] == "Something broke on our side."


@pytest.mark.parametrize(
    "place", ["nothing", "a/b/c", "a/network/support/", "../x", "%00", "a" * 3000, "docs/", "openapi.json/"]
)
def test_what_is_not_here_is_a_problem_too(db: None, place: str) -> None:
    for method in ("GET", "POST", "PUT", "DELETE"):
        problem(Program().send(method, place), 404)


@pytest.mark.parametrize("place", ["", "docs", "openapi.json", "partnerships"])
def test_what_everybody_may_read_nobody_writes(db: None, place: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(f"/api/{place}", {})
    assert problem(answer, 405)
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_wrong_host_is_a_problem_too(db: None) -> None:
    problem(Client().get("/api/partnerships", headers={"Host": "evil.example"}), 400)


@pytest.mark.parametrize("route", GETS, **named)
def test_38_no_parameter_breaks_a_route(town: Town, route: Route) -> None:
    program, address = Program(token_of(town.convenor)), address_of(route, town, {})
    parameters = [one["name"] for one in operation_of(route)["parameters"] if one["in"] == "query"]
    for query in QUERIES if parameters else ():
        answer = program.get(address, **dict.fromkeys(parameters, query))
        assert answer.status_code in (200, 404, 422), query
        assert "nosniff" in answer.headers["X-Content-Type-Options"]
    pieces = address.split("/")
    for place in range(len(pieces)) if places_of(route) else ():
        for query in ("%00", "'", "%F0%9F%92%A9", "0", "-1", "9" * 20, "%E2%80%AE", "a" * 2000, "%2e%2e"):
            answer = program.get("/".join([*pieces[:place], query, *pieces[place + 1 :]]))
            assert answer.status_code in (404, 422), query


HOSTILE = [
    *QUERIES, None, 0, -1, 10**15, 1.5, True, [], {}, [None], {"a": {"b": 1}}, "", " ", "9999-12-31",
]  # fmt: skip


@pytest.mark.parametrize("route", WITH_JSON, **named)
def test_38_no_field_breaks_an_action(town: Town, route: Route) -> None:
    program, address = Program(token_of(town.convenor)), address_of(route, town, {})
    whole = body_of(route, town, {})
    for name in fields_of(route)[0]:
        for value in HOSTILE:
            answer = program.post(address, **{**whole, name: value})
            assert answer.status_code in (200, 201, 204, 403, 404, 422), (name, value)


def values(shape: dict[str, Any]) -> st.SearchStrategy[Any]:
    """What the shape lets in, and a little of what it does not."""
    if "anyOf" in shape:
        return st.one_of([values(one) for one in shape["anyOf"]])
    plain: dict[str, st.SearchStrategy[Any]] = {
        "string": st.dates().map(str) if shape.get("format") == "date" else st.text(max_size=30),
        "integer": st.integers(-5, 5_000),
        "boolean": st.booleans(),
        "null": st.none(),
        "array": st.lists(st.text(max_size=5), max_size=3),
        "object": st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3),
    }
    return st.one_of(plain[shape["type"]], st.none()) if "maxLength" in shape else plain[shape["type"]]


def bodies(route: Route) -> st.SearchStrategy[dict[str, Any]]:
    """Bodies of a route, of a shape or nearly."""
    fields, needed = fields_of(route)
    drawn = {name: values(shape) for name, shape in fields.items()}
    more = {name: one for name, one in drawn.items() if name not in needed}
    return st.fixed_dictionaries({name: drawn[name] for name in needed}, optional=more)


def test_38_whatever_fits_the_shape_is_answered(town: Town) -> None:
    program = Program(token_of(town.convenor))
    addresses = {route.name: address_of(route, town, {}) for route in WITH_JSON}

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def answered(data: st.DataObject) -> None:
        route = data.draw(st.sampled_from(WITH_JSON))
        answer = program.post(addresses[route.name], **data.draw(bodies(route)))
        assert answer.status_code in (200, 201, 204, 404, 422), (route.name, answer.content)

    answered()


def test_answers_keep_to_their_own_shape(known: Town) -> None:
    """Each answer holds the fields that are written out, and no others."""
    program = Program(token_of(known.convenor))
    for route in GETS:
        answer = prepared(route, known).by(program)
        content = operation_of(route)["responses"]["200"].get("content", {})
        if "application/json" in content:
            assert list(misfits(answer.json(), content["application/json"]["schema"])) == [], route.name


def misfits(value: Any, shape: dict[str, Any], place: str = "") -> Iterator[str]:
    """The places of a value that are not as the shape says."""
    shape = resolved(shape)
    if "anyOf" in shape:
        if all(list(misfits(value, one)) for one in shape["anyOf"]):
            yield place
    elif shape.get("type") == "object" and "properties" in shape:
        if not isinstance(value, dict) or set(value) != set(shape["properties"]):
            yield f"{place}: {sorted(value) if isinstance(value, dict) else value}"
        else:
            for name, field in shape["properties"].items():
                yield from misfits(value[name], field, f"{place}/{name}")
    elif shape.get("type") == "array":
        for at, each in enumerate(value if isinstance(value, list) else [None]):
            yield from misfits(each, shape["items"], f"{place}/{at}")
    elif not isinstance(value, KINDS_OF[shape["type"]]):
        yield f"{place}: {value!r}"


KINDS_OF = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None),
            "object": dict}  # fmt: skip
