"""What does OpenAPI say beside the routes: problems, tokens, and whose partnership it is?"""

from typing import Any

from folkmoot.apps.places.problems import GUIDE, KINDS, MEDIA_TYPE

TOKEN = "token"  # noqa: S105 - the name of a way to come in, not a secret
PLACE = {
    "name": "partnership",
    "in": "path",
    "required": True,
    "description": "The partnership, as it stands in the addresses of its pages.",
    "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
}
PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "Why something cannot be done (RFC 9457), in the words that a page would use.",
    "required": ["type", "title", "status", "detail", "next_step"],
    "properties": {
        "type": {"type": "string", "description": f"The kind of problem: an address below {GUIDE}."},
        "title": {"type": "string", "description": "What cannot be done, in a sentence."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "The reason; empty where the sentence says it."},
        "next_step": {"type": "string", "description": "What to do next."},
        "field": {"type": "string", "description": "The field that it is about, where it is about one."},
        "errors": {
            "type": "array",
            "description": "Each place of what was sent that is wrong.",
            "items": {
                "type": "object",
                "required": ["where", "words"],
                "properties": {
                    "where": {"type": "string", "description": "A JSON pointer, or a parameter’s name."},
                    "words": {"type": "string"},
                },
            },
        },
    },
}
OF_EVERY_ROUTE = {401, 404, 405, 422, 500}
OF_EVERY_PLACE = {403}
OF_EVERY_BODY = {400, 413, 415}


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with what the rooms' own shapes do not say."""
    components = schema["components"]
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["responses"] = {str(status): _problem(status) for status in sorted({k.status for k in KINDS})}
    components["securitySchemes"] = {
        TOKEN: {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of a member: “Authorization: Bearer fm_…”. It acts for its holder, "
            "within the scopes that it was given, in one partnership.",
        }
    }
    for address, methods in schema["paths"].items():
        for operation in methods.values():
            _describe(operation, inside="{partnership}" in address)
        if "{partnership}" in address:
            methods["parameters"] = [PLACE]
    return schema


def _describe(operation: dict[str, Any], *, inside: bool) -> None:
    statuses = OF_EVERY_ROUTE | (OF_EVERY_PLACE if inside else set())
    statuses |= OF_EVERY_BODY if "requestBody" in operation else set()
    for status in sorted(statuses):
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/{status}"}
    operation["responses"] = {str(status): told for status, told in operation["responses"].items()}
    # What is public needs no token.
    may_be_public = operation.get("x-public-once-published", True)
    operation["security"] = [{TOKEN: []}, *([{}] if may_be_public else [])]
    if "requestBody" in operation and "multipart/form-data" in operation["requestBody"]["content"]:
        _only_named(operation["requestBody"]["content"]["multipart/form-data"]["schema"])


def _only_named(schema: dict[str, Any]) -> None:
    schema["additionalProperties"] = False


def _problem(status: int) -> dict[str, Any]:
    kinds = [kind for kind in KINDS if kind.status == status]
    words = " ".join(f"“{kind.name}”: {kind.sentence}" for kind in kinds)
    return {
        "description": words,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
