"""How is a route told to a person: who may, with which scope, what to send, and what comes back?

All of it is read from the OpenAPI text, so that the page, the guide and the tools say the same.
"""

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from folkmoot.apps.places.routes import who_may
from folkmoot.core.access import Act

HOST = "https://folkmoot.example"
SAMPLES: dict[str, Any] = {
    "partnership": "marram-bay", "slug": "marram-bay", "name": "Marram Council",
    "email": "ada@marram.example", "stance": "warm", "evidence": "Said so at the board.", "role": "member",
    "level": "chief", "year": "2025-26", "currency": "GBP", "place": "Marram Bay", "zone": "Europe/London",
    "scopes": ["spend.read"], "band": "1 to 4", "act": "spend.read file", "line": 2,
}  # fmt: skip
AN_ID = "6b1f8f8e-3c4c-4f3a-9a44-0d8c3c1b2a10"
BY_FORMAT = {"date": "2026-11-03", "date-time": "2026-11-03T09:30:00Z"}
FILES = {"file": "payments.csv", "sheet": "stances.csv"}
BY_TYPE: dict[str, Any] = {"integer": 1, "number": 1.0, "boolean": True, "string": "…", "null": None}
WORDS = {
    "string": "text", "integer": "whole number", "boolean": "true or false", "array": "list",
    "object": "object", "null": "null",
}  # fmt: skip
DEEPEST = 6
Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that is sent: its name, where it stands, what it is, and what it means."""

    name: str
    where: str
    what: str
    needed: bool
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """A route as a person reads it."""

    id: str
    method: str
    address: str
    words: str
    more: str
    who: str
    scopes: tuple[str, ...]
    given: tuple[Given, ...]
    asked: str
    answer: str
    statuses: tuple[str, ...]


def rooms(schema: Schema) -> dict[str, list[Told]]:
    """The routes of each room, in the order in which they are written."""
    told: dict[str, list[Told]] = {}
    for address, methods in schema["paths"].items():
        for method, operation in methods.items():
            if method != "parameters":
                told.setdefault(operation["tags"][0], []).append(_told(schema, address, method, operation))
    return told


def _told(schema: Schema, address: str, method: str, operation: Schema) -> Told:
    success = next(status for status in operation["responses"] if status.startswith("2"))
    content = operation["responses"][success].get("content", {})
    *more, _ = operation.get("description", "").split("\n\n")  # the last says who may, which is said apart
    return Told(
        id=operation["operationId"],
        method=method.upper(),
        address=address,
        words=operation["summary"],
        more=" ".join(more),
        who=who_may(Act(operation["x-act"])) if "x-act" in operation else "anybody",
        scopes=tuple(operation.get("x-scopes", ())),
        given=tuple(_given(schema, operation)),
        asked=_curl(schema, address, method, operation),
        answer=_answer(schema, success, content),
        statuses=tuple(sorted(operation["responses"])),
    )


def _given(schema: Schema, operation: Schema) -> Iterator[Given]:
    for one in operation.get("parameters", []):
        where = "address" if one["in"] == "path" else "query"
        yield Given(one["name"], where, kind_of(one["schema"]), one["required"], one.get("description", ""))
    for media, body in operation.get("requestBody", {}).get("content", {}).items():
        shape = _resolved(schema, body["schema"])
        for name, field in shape.get("properties", {}).items():
            needed = name in shape.get("required", [])
            where = "form" if media == "multipart/form-data" else "JSON"
            yield Given(name, where, kind_of(field), needed, field.get("description", ""))


def kind_of(field: Schema) -> str:
    """What a field holds, in words.

    >>> kind_of({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]})
    'day or null'
    """
    if "anyOf" in field:
        return " or ".join(kind_of(one) for one in field["anyOf"])
    if field.get("format") in ("date", "binary"):
        return {"date": "day", "binary": "file"}[field["format"]]
    most = f", at most {field['maxLength']:,} characters" if "maxLength" in field else ""
    return WORDS.get(field.get("type", ""), "") + most


def _curl(schema: Schema, address: str, method: str, operation: Schema) -> str:
    pieces = ["curl", '-H "Authorization: Bearer $TOKEN"']
    body = operation.get("requestBody", {}).get("content", {})
    if shape := body.get("application/json"):
        sample = json.dumps(_sample(schema, shape["schema"], short=True), ensure_ascii=False)
        pieces += ['-H "Content-Type: application/json"', f"-d {shlex.quote(sample)}"]
    elif shape := body.get("multipart/form-data"):
        fields = _resolved(schema, shape["schema"])["properties"]
        pieces += [f"-F {name}={_form_sample(name, field)}" for name, field in fields.items()]
    elif method == "post":
        pieces.append("-X POST")
    where = address.replace("{partnership}", SAMPLES["partnership"]).replace("{line}", "2")
    for one in operation.get("parameters", []):
        where = where.replace("{" + one["name"] + "}", AN_ID)
    return " \\\n  ".join([*pieces, HOST + where])


def _form_sample(name: str, field: Schema) -> str:
    return f"@{FILES.get(name, name)}" if field.get("format") == "binary" else AN_ID


def _answer(schema: Schema, status: str, content: Schema) -> str:
    if "application/json" not in content:
        return f"{status}: a file, line by line" if content else f"{status}: nothing"
    return json.dumps(_sample(schema, content["application/json"]["schema"]), indent=2, ensure_ascii=False)


def _resolved(schema: Schema, field: Schema) -> Schema:
    """The shape itself where the field only points to it."""
    if "$ref" in field:
        return schema["components"]["schemas"][field["$ref"].rsplit("/", 1)[-1]]
    return field


def _sample(schema: Schema, field: Schema, name: str = "", *, short: bool = False, deep: int = 0) -> Any:
    """A value of the shape, made up alike each time."""
    shape = _resolved(schema, field)
    if "anyOf" in shape:
        shape = _resolved(schema, shape["anyOf"][0])
    within = {"short": short, "deep": deep + 1}
    if deep > DEEPEST:
        return None
    if shape.get("type") == "object":
        fields, needed = shape.get("properties", {}), shape.get("required", [])
        chosen = [one for one in fields if one in needed or not short] or list(fields)[:1]
        return {one: _sample(schema, fields[one], one, **within) for one in chosen}
    if shape.get("type") == "array":
        return SAMPLES.get(name) or [_sample(schema, shape["items"], name, **within)]
    return _plain(shape, name)


def _plain(shape: Schema, name: str) -> Any:
    kind, fitting = str(shape.get("type")), SAMPLES.get(name)
    if shape.get("format") in BY_FORMAT:
        return BY_FORMAT[shape["format"]]
    if kind == "string" and (name == "id" or name.endswith("_id")):
        return AN_ID
    same = isinstance(fitting, str) if kind == "string" else kind == "integer" and isinstance(fitting, int)
    return fitting if same else BY_TYPE.get(kind)
