"""Does a line of the log tell what went wrong, and nothing of what somebody typed?"""

import logging
import sys
from types import SimpleNamespace

import pytest

from folkmoot.site.logs import Line

TYPED = "ada@marram.example"


def line(name: str, words: str, *fill: object, **more: object) -> str:
    """A record as it is written down."""
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, words, fill, more.pop("exc_info", None))
    vars(record).update(more)
    return Line().format(record)


def test_our_own_words_stand_whole_with_time_level_and_process() -> None:
    written = line("folkmoot.site.tick", "this minute's round failed")
    assert written.endswith(f"ERROR folkmoot[{_pid()}] folkmoot.site.tick: this minute's round failed")
    assert written[:4].isdigit()
    assert written[23] == "Z"


def _pid() -> int:
    return logging.LogRecord("", 0, "", 0, "", (), None).process or 0


@pytest.mark.parametrize(
    ("name", "words", "fill"),
    [
        ("django.request", "Not Found: %s", (f"/{TYPED}/",)),
        ("django.security.DisallowedHost", f"Invalid HTTP_HOST header: {TYPED}", ()),
        ("allauth", f"no account for {TYPED}", ()),
        ("django", "template %s has no " + "place", (TYPED,)),
    ],
)
def test_what_others_fill_in_is_left_out(name: str, words: str, fill: tuple[object, ...]) -> None:
    assert TYPED not in line(name, words, *fill)


def test_a_request_is_named_by_its_route() -> None:
    match = SimpleNamespace(route="<slug:partnership>/mine/")
    request = SimpleNamespace(method="GET", path=f"/{TYPED}/mine/", resolver_match=match)
    written = line("django.request", "%s", TYPED, request=request, status_code=500)
    assert "500 GET /<slug:partnership>/mine/" in written
    assert TYPED not in written
    nowhere = SimpleNamespace(method="GET", path=f"/{TYPED}/", resolver_match=None)
    assert "404 GET an address that leads nowhere" in line("x", "", request=nowhere, status_code=404)


def test_an_error_is_told_by_its_class_and_its_way() -> None:
    try:
        try:
            raise ValueError(TYPED)
        except ValueError as first:
            raise RuntimeError(f"again {TYPED}\nand a line that looks like one of ours") from first
    except RuntimeError:
        written = line("folkmoot.x", "it failed", exc_info=sys.exc_info())
    assert TYPED not in written
    assert "looks like" not in written
    assert "builtins.ValueError\nwhich led to\n" in written
    assert written.endswith("builtins.RuntimeError")
    assert "in test_an_error_is_told_by_its_class_and_its_way" in written


def test_what_is_filled_in_cannot_make_a_line_of_its_own() -> None:
    assert "\n" not in line("folkmoot.x", "found %s", "a\n2026-01-01 ERROR nothing")


def test_a_refusal_is_one_line() -> None:
    try:
        raise ValueError(TYPED)
    except ValueError:
        told = line("django.security.DisallowedHost", TYPED, exc_info=sys.exc_info())
        also = line("django.request", "%s", TYPED, status_code=400, exc_info=sys.exc_info())
    assert "\n" not in told + also
