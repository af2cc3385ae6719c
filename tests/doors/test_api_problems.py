"""Is a program told in clear words when something cannot be done?"""

import io
import json

import pytest
from django.test import Client

from folkmoot.apps.network import actions as network
from partnership import Town
from trust.programs import (
    Program,
    problem,
    token_of,
)
from trust.samples import organisation

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
