"""How does a program with a token ask, and which routes are there, by the routes themselves?"""

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.test import Client

from folkmoot.api.gathered import every_route
from folkmoot.api.pages import schema
from folkmoot.apps.places import actions
from folkmoot.apps.places.problems import KINDS
from folkmoot.apps.places.routes import Route
from folkmoot.apps.places.tokens import SCOPES
from folkmoot.core.access import TABLE, Actor
from folkmoot.core.spend import Recipe
from partnership import Town
from trust.doors import INSIDERS
from trust.samples import CONTACTS, PAYMENTS, STANCES, sample

ROUTES = list(every_route())
FILES = {
    "spend_upload_files": PAYMENTS.replace(b"Bakers", b"Weavers"),
    "network_import_stances": STANCES,
    "people_take_contacts": CONTACTS,
}


def token_of(holder: Actor, *scopes: str) -> str:
    """The secret of a token with these scopes, or with all."""
    return actions.make_token(holder, name="A script", scopes=scopes or SCOPES).secret


class Program:
    """A program with a token, or without one."""

    def __init__(self, secret: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def get(self, address: str, **asked: Any) -> HttpResponse:
        """Asks."""
        return self.client.get(f"/api/{address}", asked, headers=self.headers)

    def post(self, address: str, **body: Any) -> HttpResponse:
        """Acts; a file goes as a form."""
        if any(hasattr(value, "read") for value in body.values()):
            return self.client.post(f"/api/{address}", body, headers=self.headers)
        return self.send("POST", address, json.dumps(body))

    def send(
        self, method: str, address: str, text: str | bytes = b"", kind: str = "application/json"
    ) -> HttpResponse:
        """Sends exactly this."""
        return self.client.generic(method, f"/api/{address}", text, content_type=kind, headers=self.headers)


@dataclass(frozen=True)
class Prepared:
    """A request of a route with a sample of all that it needs, to be made by one program or another."""

    method: str
    address: str
    body: Mapping[str, Any]

    def by(self, program: Program) -> HttpResponse:
        """The answer; a file is sent from its beginning each time."""
        for file in self.body.values():
            if hasattr(file, "seek"):
                file.seek(0)
        if self.method == "GET":
            return program.get(self.address)
        return program.post(self.address, **self.body)


def prepared(route: Route, town: Town, ids: Mapping[str, str] | None = None) -> Prepared:
    """A request of the route; `ids` stand in place of samples."""
    return Prepared(route.method, address_of(route, town, ids or {}), body_of(route, town, ids or {}))


def said(answer: HttpResponse) -> bytes:
    """What an answer says, also when it comes piece by piece."""
    return answer.getvalue() if answer.streaming else answer.content


def address_of(route: Route, town: Town, ids: Mapping[str, str]) -> str:
    """The address of a route with a sample in each of its places."""
    below = f"{town.partnership.slug}/{route.room}{route.path}"
    for name in places_of(route):
        value = ids.get(name) or str(sample(name, town.convenor, label(route)))
        below = below.replace(f"{{{name}}}", value).replace(f"{{int:{name}}}", value)
    return below


def places_of(route: Route) -> list[str]:
    """The names in its address."""
    pieces = [piece[1:-1] for piece in route.path.split("/") if piece.startswith("{")]
    return [piece.split(":")[-1] for piece in pieces]


def body_of(route: Route, town: Town, ids: Mapping[str, str], *, whole: bool = False) -> dict[str, Any]:
    """A sample of each field that it needs, or of all."""
    fields, needed = fields_of(route)
    chosen = [name for name in fields if whole or name in needed or name in ids]
    return {name: ids.get(name) or _plain(name, town, route) for name in chosen}


def _plain(name: str, town: Town, route: Route) -> Any:
    if fields_of(route)[0][name].get("format") == "binary":
        file = io.BytesIO(FILES[route.name])
        file.name = "sample.csv"
        return file
    value = sample(name, town.convenor, label(route))
    if isinstance(value, date):
        return value.isoformat()
    return value.as_toml() if isinstance(value, Recipe) else value


def fields_of(route: Route) -> tuple[dict[str, Any], list[str]]:
    """The fields of its body, and those that it needs."""
    for media in operation_of(route).get("requestBody", {}).get("content", {}).values():
        shape = resolved(media["schema"])
        return shape.get("properties", {}), shape.get("required", [])
    return {}, []


def operation_of(route: Route) -> dict[str, Any]:
    """What OpenAPI says of it."""
    methods = schema()["paths"][f"/api/{{partnership}}/{route.room}{route.path.replace('int:', '')}"]
    return methods[route.method.lower()]


def resolved(shape: dict[str, Any]) -> dict[str, Any]:
    """The shape that is pointed to."""
    pointed = shape.get("$ref")
    return schema()["components"]["schemas"][pointed.rsplit("/", 1)[-1]] if pointed else shape


def label(route: Route) -> str:
    """As the samples call it: a page's name, or that of an action."""
    return f"{route.room}{':' if route.method == 'GET' else '.'}{route.name.removeprefix(route.room + '_')}"


def opens_to(route: Route, role: str, published: bool) -> bool:
    """Whether the table of rules lets this role in, as somebody whom the route is not about."""
    rules = [TABLE[act] for act in route.acts]
    return all(
        (rule.own_account and role in INSIDERS)
        or INSIDERS.get(role) in rule.roles
        or (published and rule.when_published)
        for rule in rules
    )


def ids_of(route: Route) -> Iterator[str]:
    """Every id that it takes, in its address or its body."""
    names = [*places_of(route), *fields_of(route)[0]]
    yield from (name for name in names if name.endswith("_id"))


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
