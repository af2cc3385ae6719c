"""Does every route answer every role as the table of rules says, and nobody beyond their partnership?"""

import pytest
from django.test import Client

from folkmoot.apps.places.models import Membership, Partnership, Person, Token
from folkmoot.apps.places.routes import Route
from folkmoot.apps.places.tokens import SCOPES
from folkmoot.core.access import TABLE
from partnership import Town
from trust.doors import INSIDERS, ROLES, actor_of, client_of, tables
from trust.programs import (
    ROUTES,
    Program,
    address_of,
    ids_of,
    label,
    opens_to,
    places_of,
    prepared,
    said,
    token_of,
)
from trust.samples import sample

every_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.address}")
WITH_IDS = [
    pytest.param(route, name, id=f"{label(route)}-{name}") for route in ROUTES for name in ids_of(route)
]


ALIKE = {"into_id": "part_id"}  # another of the same kind


def programs(town: Town) -> dict[str, Program]:
    """A program in each role, with all scopes."""
    tokens = {role: token_of(actor_of(town, role)) for role in INSIDERS}
    return {"nobody": Program(), "outsider": Program(token_of(town.neighbour)), **map_of(tokens)}


def map_of(tokens: dict[str, str]) -> dict[str, Program]:
    """A program for each token."""
    return {role: Program(secret) for role, secret in tokens.items()}


def kept() -> dict[str, str]:
    """What the tables hold, but for when a token was last used."""
    return {name: digest for name, digest in tables().items() if name != Token._meta.db_table}


def fault(route: Route, role: str, allowed: bool, status: int) -> str:
    """What is wrong with a status, or nothing."""
    if not allowed:
        right = {403} if role in INSIDERS else {404}
    elif route.method == "GET":
        # Somebody may be kept in a closer circle than the one in which this reader stands.
        right = {200} | ({404} if "person_id" in places_of(route) and role != "convenor" else set())
    else:
        # What somebody may not do within the route is still refused, but the convenor may do it all.
        right = {200, 201, 204} | (set() if role == "convenor" else {403, 404, 422})
    return "" if status in right else f"{route.method} by {role}: {status}"


@every_route
@pytest.mark.parametrize("published", [False, True], ids=["closed", "published"])
def test_03_every_role_gets_what_the_table_says(town: Town, route: Route, published: bool) -> None:
    Partnership.objects.filter(id=town.partnership.id).update(published=published)
    asked, callers = prepared(route, town), programs(town)
    missing, faults = Program().get("no-such-place/network/support").content, []
    for role in ROLES:
        allowed, before = opens_to(route, role, published), kept()
        answer = asked.by(callers[role])
        faults.append(fault(route, role, allowed, answer.status_code))
        if not allowed:
            assert kept() == before, role
            assert role in INSIDERS or answer.content == missing
            told = [TABLE[act].why_not for act in route.acts]
            assert role not in INSIDERS or answer.json()["detail"] in told
        assert "no-store" in answer.headers["Cache-Control"]
    assert not any(faults), faults


@every_route
def test_03_a_token_does_no_more_than_it_was_given(town: Town, route: Route) -> None:
    asked = prepared(route, town)
    for lacking in route.scopes:
        answer = asked.by(Program(token_of(town.convenor, *(set(SCOPES) - {lacking}))))
        assert answer.status_code == 403
        assert answer.json()["detail"] == f"The token was not given “{lacking}”."
    enough = Program(token_of(town.convenor, *route.scopes))
    assert asked.by(enough).status_code in (200, 201, 204)


@pytest.mark.parametrize(("route", "name"), WITH_IDS)
def test_03_an_id_of_another_partnership_is_refused(town: Town, route: Route, name: str) -> None:
    program = Program(token_of(town.convenor))
    theirs = str(sample(ALIKE.get(name, name), town.neighbour, label(route)))
    asked = prepared(route, town, {name: theirs})
    before = kept()
    answer = asked.by(program)
    assert answer.status_code in (404, 422)
    assert theirs not in answer.content.decode()
    assert kept() == before


@every_route
def test_cookies_open_nothing(town: Town, route: Route) -> None:
    browser = client_of(town, "convenor")
    address = f"/api/{address_of(route, town, {})}"
    for method in ("GET", "POST"):
        assert browser.generic(method, address, "{}", content_type="application/json").status_code in (
            404,
            405,
        )


@every_route
def test_11_a_route_answers_its_own_methods_alone(town: Town, route: Route) -> None:
    program, address = Program(token_of(town.convenor)), address_of(route, town, {})
    before = kept()
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "QUERY"):
        answer = program.send(method, address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (405, "application/problem+json")
        assert route.method in answer.headers["Allow"]
    options = program.send("OPTIONS", address)
    assert (options.status_code, options.content) == (204, b"")
    override = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "DELETE", **program.headers}
    Client().get(f"/api/{address}?_method=POST", headers=override)
    assert said(program.send("HEAD", address)) == b"" or route.method == "POST"
    assert kept() == before


@pytest.mark.parametrize("route", [route for route in ROUTES if route.own], ids=lambda route: route.name)
def test_01_people_may_ask_about_themselves(town: Town, route: Route) -> None:
    asked, program = prepared(route, town), Program(token_of(town.member))
    person = Person.objects.get(partnership=town.partnership, name="Ada Quill")
    Person.objects.filter(id=person.id).update(circle="convenor")
    assert asked.by(program).status_code in (403, 404)
    Membership.objects.filter(account_id=town.member.account_id).update(person=person)
    assert asked.by(program).status_code == 200
    assert asked.by(Program(token_of(town.core))).status_code in (403, 404)
    few = Program(token_of(town.member, *route.scopes[:1])) if len(route.scopes) > 1 else Program()
    assert asked.by(few).status_code in (403, 404)


def test_09_a_token_dies_with_its_membership(town: Town) -> None:
    address = f"{town.partnership.slug}/network/people"
    program = Program(token_of(town.member))
    assert program.get(address).status_code == 200
    held = Membership.objects.get(account_id=town.member.account_id)
    convenor = Program(token_of(town.convenor))
    out = f"{town.partnership.slug}/places/members/{held.id}/take-out"
    assert convenor.send("POST", out).status_code == 204
    answer = program.get(address)
    assert (answer.status_code, answer.json()["title"]) == (401, "This token opens nothing.")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_09_a_role_that_was_lowered_lowers_the_token(town: Town) -> None:
    program = Program(token_of(town.core))
    address = f"{town.partnership.slug}/network/support/counted"
    assert program.get(address).status_code == 200
    Membership.objects.filter(account_id=town.core.account_id).update(role="member")
    assert program.get(address).status_code == 403


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer fm_x", "Basic eDp5", "fm_" + "a" * 43, "Bearer fm_" + "a" * 43],
)
def test_a_wrong_token_is_told_wherever_it_comes(town: Town, header: str) -> None:
    Partnership.objects.filter(id=town.partnership.id).update(published=True)
    said = set()
    for place in (
        f"{town.partnership.slug}/network/support",
        "no-such-place/network/support",
        "partnerships",
    ):
        answer = Client().get(f"/api/{place}", headers={"Authorization": header})
        said.add((answer.status_code, answer.content))
    assert {status for status, _ in said} == {401}
    assert len(said) == 1


def test_10_closed_and_missing_are_one_answer(town: Town) -> None:
    seen = set()
    for program in (Program(), Program(token_of(town.neighbour))):
        for place in (town.partnership.slug, "no-such-place"):
            for below in ("network/support", "spend/files/x", "network/people/x", "places/members"):
                answer = program.get(f"{place}/{below}")
                seen.add((answer.status_code, answer.content, str(sorted(answer.headers.items()))))
            answer = program.post(f"{place}/network/asks", text="x")
            seen.add((answer.status_code, answer.content, str(sorted(answer.headers.items()))))
    assert len(seen) == 1


def test_partnerships_tell_what_is_published_and_the_tokens_own(town: Town) -> None:
    def slugs(program: Program) -> list[str]:
        return [one["slug"] for one in program.get("partnerships").json()["items"]]

    assert slugs(Program()) == []
    assert slugs(Program(token_of(town.member))) == [town.partnership.slug]
    Partnership.objects.filter(id=town.elsewhere.id).update(published=True)
    assert slugs(Program()) == [town.elsewhere.slug]
    assert slugs(Program(token_of(town.member))) == [town.partnership.slug, town.elsewhere.slug]
