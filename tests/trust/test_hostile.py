"""Does hostile text do anything but stand there as text?"""

import io

import pytest
from django.http import HttpResponse

from folkmoot.apps.network import actions as network
from folkmoot.apps.places import actions as places
from folkmoot.apps.places import clock
from folkmoot.apps.places.models import Job
from folkmoot.apps.spend import actions as spend
from folkmoot.core.access import OPERATOR
from partnership import Town
from trust.doors import Page, behind_doors, client_of

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
QUERIES = [
    "' OR 1=1 --", "\x00", "%", "_", "(a+)+$", "\u202e", "-1", "99999999999999999999", "1e309", "NaN", "٣",
    "../../etc/passwd", "{{7*7}}", "partnership__published", "=1+1", "a" * 5000, SCRIPT,
]  # fmt: skip
NAMES = (
    "text",
    "page",
    "anchor",
    "year",
    "file",
    "payee",
    "order",
    "q",
    "next",
    "projector",
    "partnership_id",
)
LOOKED_AT = [page for page in behind_doors() if "GET" in page.methods]


def body(answer: HttpResponse) -> bytes:
    """What an answer says, also when it comes piece by piece."""
    return answer.getvalue() if answer.streaming else answer.content


@pytest.fixture
def hostile(town: Town) -> Town:
    """A partnership in which every text that can be written is hostile."""
    convenor = town.convenor
    places.settle_partnership(convenor, published=True, purpose=SCRIPT, target=20)
    part, body_ = places.name_part(convenor, name=SCRIPT), places.name_anchor(convenor, name=SCRIPT)
    person = places.record_person(convenor, name=SCRIPT)
    places.record_post(convenor, person_id=person.id, organisation_id=body_.id, title=SCRIPT, part_id=part.id)
    ask = network.make_ask(convenor, text=SCRIPT)
    told = {"stance": "active", "on": clock.today(), "evidence": SCRIPT, "source": SCRIPT}
    network.record_stance(convenor, person_id=person.id, ask_id=ask.id, **told)
    network.record_promise(convenor, person_id=person.id, text=SCRIPT)
    rows = f'Date,Supplier,Amount\n2026-04-01,"{SCRIPT.replace(chr(34), chr(34) * 2)}",1\n2026-04-02,=1+1,2\n'
    file = io.BytesIO(rows.encode())
    upload = spend.upload_file(convenor, anchor_id=body_.id, file=file, file_name=f"{SCRIPT}.csv")
    spend.read_upload(convenor, upload_id=upload.id)
    spend.carry_out(OPERATOR, job_id=Job.objects.get(subject_id=upload.id).id)
    return town


def test_28_what_people_write_stays_text(hostile: Town) -> None:
    client, met = client_of(hostile, "convenor"), 0
    for page in LOOKED_AT:
        answer = client.get(page.at(hostile))
        if answer.headers["Content-Type"].startswith("text/html"):
            said = body(answer)
            met += b"&lt;script&gt;alert(1)" in said
            assert b"<script>alert(1)" not in said, page.address
            assert b"<img src=x" not in said, page.address
    assert met >= 5, "the hostile text is shown somewhere, or this test sees nothing"


def test_31_a_cell_that_looks_like_a_formula_is_kept_as_text(hostile: Town) -> None:
    said = body(
        client_of(hostile, "convenor").get(f"/{hostile.partnership.slug}/spend/payments.csv")
    ).decode()
    assert "'=1+1" in said
    assert ",=1+1" not in said


@pytest.mark.parametrize("page", LOOKED_AT, ids=lambda page: page.address)
def test_38_no_query_breaks_a_page(town: Town, page: Page) -> None:
    address, client = page.at(town), client_of(town, "convenor")
    for query in QUERIES:
        answer = client.get(address, dict.fromkeys(NAMES, query))
        assert answer.status_code < 500, query
        assert b"<script>alert(1)" not in body(answer)


@pytest.mark.parametrize("page", LOOKED_AT, ids=lambda page: page.address)
def test_38_no_part_of_an_address_breaks_a_page(town: Town, page: Page) -> None:
    pieces, client = page.at(town).split("/"), client_of(town, "convenor")
    for place in range(2, len(pieces) - 1):
        for query in ("%00", "'", "%F0%9F%92%A9", "0", "-1", "99999999999999999999", "%E2%80%AE"):
            answer = client.get("/".join([*pieces[:place], query, *pieces[place + 1 :]]))
            assert answer.status_code < 500, query
