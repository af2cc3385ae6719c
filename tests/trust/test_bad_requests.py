"""Does a request that nobody's browser sends break anything?"""

import io
from pathlib import Path

import pytest
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import Client, RequestFactory

from folkmoot.apps.places import actions as places
from folkmoot.apps.spend import actions as spend
from folkmoot.core.access import OPERATOR
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend import look, open_source
from folkmoot.core.spend.cells import safe_cell
from folkmoot.core.spend.reading.guessing import columns
from folkmoot.site.errors import LARGEST_FROM_NOBODY, too_large
from partnership import Town
from trust.doors import client_of

FORM = "application/x-www-form-urlencoded"


def test_38_a_search_of_a_thousand_words_is_answered(town: Town) -> None:
    client = client_of(town, "core")
    assert client.get(f"/{town.partnership.slug}/network/people/", {"text": "ab " * 60}).status_code == 200


@pytest.mark.django_db
def test_40_a_page_with_an_endless_name_is_missing(client: Client) -> None:
    client.raise_request_exception = False
    assert client.get(f"/guide/{'a' * 300}/").status_code == 404
    assert client.get(f"/guide/{'a/' * 3000}").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kind", [f"{FORM}; charset=utf-7", "multipart/form-data", "multipart/form-data; boundary=x; charset=no"]
)
def test_40_a_form_in_letters_that_nobody_knows_is_refused_in_words(kind: str) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/sign-in/")
    answer = client.generic("POST", "/sign-in/", b"email=%ff", content_type=kind)
    assert answer.status_code in (400, 403)
    assert b"<h1>" in answer.content
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_34_nobody_fills_the_disk(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", lambda *a, **k: written.append("a file"))
    large = io.BytesIO(b"z" * (3 * LARGEST_FROM_NOBODY))
    answer = client.post("/sign-in/", {"email": "x@y.example", "file": large})
    assert answer.status_code == 413
    assert b"too large" in answer.content
    assert written == []


@pytest.mark.parametrize("given", ["", "0", "-1", "no number", str(LARGEST_FROM_NOBODY)])
def test_34_a_small_body_is_let_in(given: str) -> None:
    assert too_large(RequestFactory().generic("POST", "/", b"", CONTENT_LENGTH=given)) is None


def test_34_a_member_may_send_a_file_as_large_as_the_settings_say(town: Town) -> None:
    request = RequestFactory().generic("POST", "/", b"", CONTENT_LENGTH=str(100 << 20))
    request.user = town.account(town.convenor)
    assert too_large(request) is None
    request.META["CONTENT_LENGTH"] = str(1 << 40)
    assert too_large(request).status_code == 413


@pytest.mark.parametrize("cell", ["＝1+1", "＋1+1", "－1+1", "＠SUM(A1)", "\n=1+1", "\t=1+1", "\r=1+1"])
def test_31_signs_that_a_spreadsheet_takes_for_a_formula(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


def test_35_a_row_of_fifty_thousand_headings_is_told_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(columns, "name_score", lambda *of: asked.append(of) or 0)
    path = tmp_path / "wide.csv"
    path.write_text(",".join(f"c{at}" for at in range(20_000)) + "\n" + "1," * 20_000 + "\n")
    assert look(open_source(path)).refusal("wide.csv")
    assert len(asked) < 100_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    "slug", ["", "a/b", "A B", "../x", "é", "-a", "a-", "a" * 61, "a\n", "guide", "Demo"]
)
def test_38_a_partnership_cannot_have_a_name_that_no_address_holds(slug: str) -> None:
    with pytest.raises(Refused):
        places.found_partnership(OPERATOR, place="Bay", name="Bay", slug=slug)


def test_34_a_file_is_kept_where_nobody_else_on_the_machine_reads_it(town: Town) -> None:
    file = io.BytesIO(b"Date,Supplier,Amount\n2026-04-01,Bakers,1\n")
    anchor = places.name_anchor(town.convenor, name="Council")
    found = spend.upload_file(town.convenor, anchor_id=anchor.id, file=file, file_name="a.csv")
    kept = spend.shelves.original(town.partnership.id, found.sha256)
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0
