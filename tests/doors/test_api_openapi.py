"""Is what OpenAPI says of the routes true, whole and readable?"""

import inspect
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.test import Client
from ninja import Schema

from folkmoot.api import left_out
from folkmoot.api.gathered import ROOMS, every_route
from folkmoot.api.left_out import LEFT_OUT, uncovered
from folkmoot.api.pages import schema
from folkmoot.apps.places.problems import KINDS
from folkmoot.apps.places.tokens import SCOPES

TYPES = {"string", "integer", "number", "boolean", "object", "array", "null"}
OPERATIONS = [
    pytest.param(address, method, told, id=told["operationId"])
    for address, methods in schema()["paths"].items()
    for method, told in methods.items()
    if method != "parameters"
]


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of the text, at any depth."""
    if isinstance(value, dict):
        yield value
        for held in value.values():
            yield from nodes(held)
    elif isinstance(value, list):
        for held in value:
            yield from nodes(held)


def test_it_is_openapi_that_leads_nowhere_else() -> None:
    text = json.loads(json.dumps(schema()))
    assert text["openapi"].startswith("3.1")
    assert set(text["info"]) >= {"title", "version", "description"}
    for node in nodes(text):
        if isinstance(pointed := node.get("$ref"), str):
            held: Any = text
            for step in pointed.removeprefix("#/").split("/"):
                held = held[step]
        if isinstance(kind := node.get("type"), str) and "title" in node:
            assert kind in TYPES


def test_every_operation_has_a_name_of_its_own() -> None:
    names = Counter(told["operationId"] for _, _, told in (one.values for one in OPERATIONS))
    assert [name for name, times in names.items() if times > 1] == []
    assert len(names) == len(list(every_route())) + 1


@pytest.mark.parametrize(("address", "method", "told"), OPERATIONS)
def test_each_route_is_told_whole(address: str, method: str, told: dict[str, Any]) -> None:
    assert told["summary"]
    assert told["tags"]
    shared = schema()["paths"][address].get("parameters", [])
    named = {one["name"]: one for one in [*shared, *told["parameters"]] if one["in"] == "path"}
    assert set(named) == set(re.findall(r"{(\w+)}", address))
    assert all(one["required"] for one in named.values())
    assert sum(status.startswith("2") for status in told["responses"]) == 1
    assert {"401", "404", "422", "500"} <= set(told["responses"])
    assert set(told.get("x-scopes", [])) <= set(SCOPES)
    if "{partnership}" in address:
        assert told["x-scopes"]
        assert "Open to: " in told["description"]
    if method == "get":
        assert "requestBody" not in told


def test_what_is_sent_is_held_to_its_shape() -> None:
    for _, _, told in (one.values for one in OPERATIONS):
        for body in told.get("requestBody", {}).get("content", {}).values():
            shape = body["schema"]
            name = shape.get("$ref", "").rsplit("/", 1)[-1]
            whole = schema()["components"]["schemas"][name] if name else shape
            assert whole["additionalProperties"] is False, told["operationId"]


def shapes() -> Iterator[type[Schema]]:
    """Every shape of a room."""
    for place in ("network.shapes", "people.shapes", "spend.shapes", "places.shapes", "places.place_shapes"):
        module = import_module(f"folkmoot.apps.{place}")
        for held in vars(module).values():
            if inspect.isclass(held) and issubclass(held, Schema) and held.__module__ == module.__name__:
                yield held


def test_no_two_shapes_have_one_name() -> None:
    # The text keeps them by name alone: one would be told in place of the other.
    names = Counter(shape.__name__ for shape in shapes())
    assert len(names) > 50
    assert [name for name, times in names.items() if times > 1] == []


def test_every_query_and_action_has_a_route_or_a_reason() -> None:
    assert uncovered() == []


def test_a_planted_action_without_a_route_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "spend.mend_uploads"
    monkeypatch.setattr(left_out, "LEFT_OUT", {k: v for k, v in LEFT_OUT.items() if k != name})
    assert uncovered() == [name]
    monkeypatch.setattr(left_out, "LEFT_OUT", {**LEFT_OUT, "spend.no_such": "none"})
    assert uncovered() == ["spend.no_such has a reason but needs none"]


@pytest.mark.django_db
def test_the_text_and_the_page_are_open_and_say_nothing_of_anybody(client: Client) -> None:
    text, page = client.get("/api/openapi.json"), client.get("/api/docs")
    assert json.loads(text.content) == json.loads(json.dumps(schema()))
    assert text.headers["Cache-Control"] == "public, max-age=300"
    said = page.content.decode()
    for route in every_route():
        assert f'id="{route.name}"' in said
    for room in ROOMS:
        assert f'id="{room.room}"' in said
    assert all(kind.name in said for kind in KINDS)
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert client.get("/api/").headers["Location"] == "/api/docs"


def test_library_commands_do_not_wait_for_it() -> None:
    script = (
        "import sys; from click.testing import CliRunner; from folkmoot.cli import main; "
        "assert CliRunner().invoke(main, ['network', 'support', '--help']).exit_code == 0; "
        "print([name for name in ('ninja', 'pydantic', 'django') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
