"""What did a program send, once it is read strictly?

JSON in UTF-8, of one reading alone: a name that stands twice, a number that is none, brackets within
brackets without end are refused, because another program would read them otherwise or break over them.
"""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from folkmoot.apps.places import problems
from folkmoot.apps.places.problems import Problem, Wrong

LARGEST_JSON = 1 << 20  # bytes; files come as multipart
LARGEST_SHEET = 2_000_000  # bytes, as on the page
DEEPEST = 32  # lists and objects within one another
MOST_DIGITS = 18
FORM = "multipart/form-data"
NOTHING = (b"", b"{}")


def read_body(request: HttpRequest, models: Mapping[str, Any]) -> None:
    """Reads the body that a route takes, so that nothing behind it meets a stranger one.

    `models` are the route's own, by where they read from: body, form or file.
    """
    if request.method in ("GET", "HEAD"):
        return
    if "file" in models or "form" in models:
        _read_form(request, models)
    elif "body" in models:
        request.sent_json = _json(request)
    elif _body(request).strip() not in NOTHING:
        raise Problem(problems.SHAPE, "This address takes no body.", wrong=[Wrong("/", "It takes none.")])


def content_of(file: UploadedFile, most: int = LARGEST_SHEET) -> bytes:
    """The whole of a file that is small enough to be read at once."""
    if file.size is None or file.size > most:
        raise Problem(problems.TOO_LARGE, f"At most {most // 1_000_000} megabytes of it are taken.")
    return bytes(file.read())


def _read_form(request: HttpRequest, models: Mapping[str, Any]) -> None:
    if request.content_type != FORM:
        raise Problem(problems.CONTENT_TYPE, f"This address takes {FORM}.")
    try:
        given = [*request.POST, *request.FILES]
    except RequestDataTooBig:
        raise Problem(problems.TOO_LARGE) from None
    except (MultiPartParserError, SuspiciousOperation, BadRequest, LookupError, UnicodeError):
        raise Problem(problems.UNREADABLE, "The form could not be taken apart.") from None
    known = set(models["file"].model_fields if "file" in models else ())
    known |= set(getattr(models.get("form"), "__ninja_flatten_map__", {}))
    if unknown := sorted(set(given) - known):
        wrong = [Wrong(f"form: {name[:60]}", "There is no such field here.") for name in unknown[:20]]
        raise Problem(problems.SHAPE, wrong=wrong)


def _body(request: HttpRequest) -> bytes:
    given = request.META.get("CONTENT_LENGTH") or ""
    try:
        if (given.isdecimal() and int(given) > LARGEST_JSON) or len(request.body) > LARGEST_JSON:
            raise Problem(problems.TOO_LARGE, "At most a megabyte of JSON is taken.")
    except RequestDataTooBig:
        raise Problem(problems.TOO_LARGE, "At most a megabyte of JSON is taken.") from None
    return request.body


def _json(request: HttpRequest) -> Any:
    content = _body(request)
    if not content:
        return None  # what is missing is told by its shape
    charset = request.content_params.get("charset", "utf-8").lower()
    if request.content_type != "application/json" or charset not in ("utf-8", "utf8"):
        raise Problem(problems.CONTENT_TYPE, "This address takes application/json in UTF-8.")
    try:
        text = content.decode("utf-8")
        if _depth(text) > DEEPEST:
            raise ValueError
        return json.loads(
            text, object_pairs_hook=_once, parse_constant=_none, parse_int=_int, parse_float=_float
        )
    except (ValueError, RecursionError):
        raise Problem(
            problems.UNREADABLE,
            "It is no JSON in UTF-8, or it names a field twice, or holds a number that nobody counts to.",
        ) from None


def _depth(text: str) -> int:
    """At most how deep it lies; brackets in texts count too, and no text of ours holds so many."""
    deep = deepest = 0
    quoted = escaped = False
    for letter in text:
        if escaped:
            escaped = False
        elif quoted:
            escaped, quoted = letter == "\\", letter != '"'
        elif letter == '"':
            quoted = True
        elif letter in "[{":
            deep += 1
            deepest = max(deep, deepest)
        elif letter in "]}":
            deep -= 1
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _none(name: str) -> NoReturn:
    raise ValueError("no number")


def _int(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError("too many digits")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError("too large")
    return number
