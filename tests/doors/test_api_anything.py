"""Does anything that a program may send break a route, and does each answer keep to its shape?"""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.apps.places.routes import Route
from partnership import Town
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
    token_of,
)
from trust.test_hostile import QUERIES

GETS = [route for route in ROUTES if route.method == "GET"]
WITH_JSON = [
    route
    for route in ROUTES
    if "application/json" in operation_of(route).get("requestBody", {}).get("content", {})
]
named = {"ids": lambda route: f"{route.method} {route.address}"}


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
