"""How does a program hear that something cannot be done?

As a problem (RFC 9457): the same sentence, reason and next step that a page tells a person, with a kind
that a program can go by. It says nothing of who asks, of what lies behind, or of the text that was sent.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from folkmoot.core.kernel.errors import FolkmootError, NotAllowed, NotFound, Refused

MEDIA_TYPE = "application/problem+json"
BEFORE = "/api/"  # addresses that programs ask for begin so
GUIDE = "/guide/look-up/errors/"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem: its name, its status, and what it says where nobody says more."""

    name: str
    status: int
    sentence: str
    reason: str = ""
    next_step: str = ""


UNREADABLE = Kind(
    "unreadable", 400, "This request could not be read.", "It is no request.", "Send JSON as the guide says."
)
UNKNOWN_TOKEN = Kind(
    "unknown-token",
    401,
    "This token opens nothing.",
    "It is not known here, or it was ended, or its last day or its holder’s membership is over.",
    "Send “Authorization: Bearer” with a token that holds, or no such header to see what is public.",
)
NOT_ALLOWED = Kind("not-allowed", 403, "This is not open to you.", "", "Ask your convenor if you need it.")
NOT_FOUND = Kind("not-found", 404, "There is no such thing here.", "Or none that is open to you.")
METHOD = Kind("method", 405, "This address does not answer that method.", "", "Use one that Allow names.")
TOO_LARGE = Kind("too-large", 413, "What was sent is too large.", "", "Send it in several pieces.")
CONTENT_TYPE = Kind(
    "content-type",
    415,
    "What was sent is of another kind than this address takes.",
    "",
    "Look at Content-Type.",
)
SHAPE = Kind(
    "shape", 422, "What was sent has not the shape that is asked for.", "", "Mend what “errors” names."
)
REFUSED = Kind("refused", 422, "This cannot be used as it is.", "Nothing was changed.")
TOO_MANY = Kind("too-many", 429, "That was too often.", "", "Wait, and ask more slowly.")
BROKEN = Kind(
    "broken", 500, "Something broke on our side.", "It was written down; your data is as it was.",
    "Try again. Tell whoever runs this server if it happens again.",
)  # fmt: skip
KINDS = (
    UNREADABLE, UNKNOWN_TOKEN, NOT_ALLOWED, NOT_FOUND, METHOD, TOO_LARGE, CONTENT_TYPE, SHAPE, REFUSED,
    TOO_MANY, BROKEN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wrong:
    """One place of what was sent that is wrong: a JSON pointer or a parameter’s name, and why."""

    where: str
    words: str

    @property
    def field(self) -> str:
        """The field or parameter alone."""
        return self.where.replace(" ", "/").rsplit("/", 1)[-1]


class Problem(FolkmootError):
    """The request itself cannot be used, before anybody looked at what it means."""

    def __init__(
        self, kind: Kind, reason: str = "", next_step: str = "", *, wrong: Sequence[Wrong] = ()
    ) -> None:
        super().__init__(kind.sentence, reason or kind.reason, next_step or kind.next_step)
        self.kind = kind
        self.wrong = tuple(wrong)


def is_for_programs(request: HttpRequest) -> bool:
    """Whether a program asks, going by the address alone: pages and programs have different ones."""
    return request.path_info.startswith(BEFORE) or request.path_info == BEFORE.rstrip("/")


def told_to_program(error: FolkmootError) -> HttpResponse:
    """The problem that an error of the family is."""
    kind = kind_of(error)
    told: dict[str, object] = {
        "type": f"{GUIDE}#{kind.name}",
        "title": error.sentence,
        "status": kind.status,
        "detail": error.reason,
        "next_step": error.next_step,
    }
    wrong = getattr(error, "wrong", ())
    if field := getattr(error, "field", "") or (wrong[0].field if wrong else ""):
        told["field"] = field
    if wrong:
        told["errors"] = [{"where": one.where, "words": one.words} for one in wrong]
    response = HttpResponse(json.dumps(told), status=kind.status, content_type=MEDIA_TYPE)
    if kind is UNKNOWN_TOKEN:
        response.headers["WWW-Authenticate"] = 'Bearer realm="Folkmoot", error="invalid_token"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def kind_of(error: FolkmootError) -> Kind:
    """Which kind of problem an error is."""
    if isinstance(error, Problem):
        return error.kind
    if isinstance(error, NotAllowed):
        return NOT_ALLOWED
    if isinstance(error, NotFound):
        return NOT_FOUND
    return REFUSED if isinstance(error, Refused) else UNREADABLE
