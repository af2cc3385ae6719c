"""Do the pages of the money show what is true, to whom they may?"""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from folkmoot.apps.places.actions import settle_partnership
from folkmoot.apps.places.models import Job, Organisation
from folkmoot.apps.spend import actions
from folkmoot.apps.spend.models import Upload
from folkmoot.apps.spend.panels import spend_panel_for
from folkmoot.core.access import Actor
from folkmoot.core.kernel.money import say_short
from rooms.spend.desk import APRIL, HEADINGS, MESSY, Room

State = Upload.State
FIGURE = re.compile(r'data-figure="([^"]*)"[^>]*>([^<]*)<')


def figures(page: HttpResponse) -> list[tuple[str, str]]:
    """Every figure of a page, by name."""
    assert page.status_code == 200
    return FIGURE.findall(page.content.decode())


def body(page: HttpResponse) -> str:
    """A page's text, streamed or not."""
    return (b"".join(page.streaming_content) if page.streaming else page.content).decode()


def rows_of(page: HttpResponse) -> list[list[str]]:
    """The lines of a download."""
    assert page["Content-Type"] == "text/csv; charset=utf-8"
    assert page["Content-Disposition"].startswith("attachment; ")
    return list(csv.reader(io.StringIO(body(page))))


def publish(room: Room) -> None:
    """The partnership is open to the public."""
    settle_partnership(room.town.convenor, published=True, purpose="", target=20)


def every_page(room: Room, upload: Upload) -> dict[str, set[int]]:
    """Each page of a file that was read, and what each role gets: convenor, member, outsider, nobody."""
    seen, kept = (200, 200, 404, 404), (200, 403, 404, 404)
    return {
        "payments/": seen,
        "payments.csv": seen,
        "payees/": seen,
        f"payments/{upload.part_id}/2/": seen,
        "files/": seen,
        f"files/{upload.id}/": seen,
        f"files/{upload.id}/set-aside/": seen,
        f"files/{upload.id}/set-aside.csv": seen,
        "files/new/": kept,
        f"files/{upload.id}/undo/": kept,
    }


def test_who_may_see_which_page(room: Room) -> None:
    upload = room.read(APRIL)
    publish(room)
    readers = (room.town.convenor, room.town.member, room.town.outsider, room.town.nobody)
    for rest, expected in every_page(room, upload).items():
        got = tuple(room.get(rest, by=reader).status_code for reader in readers)
        assert got == expected, rest


def test_the_public_sees_sums_and_no_way_to_a_payment(room: Room) -> None:
    room.read(APRIL)
    assert room.get("", by=room.town.nobody).status_code == 404
    publish(room)
    page = room.get("", by=room.town.nobody)
    assert figures(page) == figures(room.get("", by=room.town.member))
    assert "£1,180.25" in body(page)
    for closed in ("payments", "payees/", "files/", "Bay Bakers", "may.csv"):
        assert f"spend/{closed}" not in body(page)
        assert "Bay Bakers" not in body(page)


def test_a_neighbour_finds_nothing_under_swapped_ids(room: Room) -> None:
    upload = room.read(APRIL)
    client = room.client(room.town.neighbour)
    for rest in every_page(room, upload):
        if upload.id in rest or upload.part_id in rest:
            there = f"/{room.town.elsewhere.slug}/spend/{rest}"
            assert client.get(there).status_code == 404, rest
    for act in ("read", "discard", "undo"):
        assert client.post(f"/{room.town.elsewhere.slug}/spend/files/{upload.id}/{act}/").status_code == 404
    assert Upload.objects.get().state == State.READ


def send(client: Client, room: Room, text: str, name: str = "april.csv", **more: str) -> HttpResponse:
    """The upload form, filled in."""
    file = SimpleUploadedFile(name, text.encode())
    return client.post(room.address("files/new/"), {"anchor": room.council, "file": file} | more)


def test_a_convenor_brings_a_file_in_and_undoes_it(room: Room) -> None:
    room.read(MESSY, anchor=room.hospital)
    client = room.client(room.town.convenor)
    watched = ("", "payments/", "payees/")
    before = [figures(client.get(room.address(rest))) for rest in watched]
    page = client.get(send(client, room, APRIL).url)
    assert "Bay Bakers" in body(page)
    assert "£1,200.50" in body(page)
    upload = Upload.objects.get(state=State.LOOKED)
    with room.commit(execute=True):
        answer = client.post(room.address(f"files/{upload.id}/read/"))
    page = client.get(answer.url, follow=True)
    assert page.redirect_chain[-1][0] == room.address(f"files/{upload.id}/")
    assert dict(figures(page))["pence in"] == "£1,180.25"
    assert [figures(client.get(room.address(rest))) for rest in watched] != before
    assert "Undo this file" in body(client.get(room.address(f"files/{upload.id}/undo/")))
    page = client.post(room.address(f"files/{upload.id}/undo/"), follow=True)
    assert "upload it again" in body(page)
    assert [figures(client.get(room.address(rest))) for rest in watched] == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"anchor": ""}, "Choose the anchor."),
        ({"anchor": "another"}, "Name the anchor that published the file."),
        ({"new_anchor": "Port"}, "Name another anchor only where"),
        ({"file": ""}, "Choose a file."),
        ({"anchor": "of somebody else"}, "valid choice"),
    ],
)
def test_a_form_says_what_is_missing(room: Room, change: dict[str, str], words: str) -> None:
    page = send(room.client(room.town.convenor), room, APRIL, **change)
    assert words in body(page)
    assert "<title>Error: Upload a spending file" in body(page)
    assert not Upload.objects.exists()


def test_an_anchor_can_be_named_on_the_way_and_bytes_come_once(room: Room) -> None:
    client = room.client(room.town.convenor)
    assert send(client, room, APRIL, anchor="another", new_anchor="Marram Port").status_code == 302
    assert Organisation.objects.get(name="Marram Port").anchor
    with room.commit(execute=True):
        client.post(room.address(f"files/{Upload.objects.get().id}/read/"))
    page = send(client, room, APRIL, "again.csv")
    assert "This file was read in before. It was read on" in body(page)
    assert "as “april.csv” of Marram Port" in body(page)


def test_what_is_not_read_says_why_on_its_page(room: Room) -> None:
    client = room.client(room.town.convenor)
    page = client.get(send(client, room, "Just a letter.\nYours, A\n").url)
    assert "not a list of payments" in body(page)
    assert "Nothing of this file was read in." in body(page)
    assert "Not read" in body(room.get("files/"))


def test_changes_need_a_post_from_our_own_page(room: Room) -> None:
    upload = room.upload(APRIL)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(room.town.account(room.town.convenor))
    for act in ("read", "discard"):
        assert room.get(f"files/{upload.id}/{act}/").status_code == 405
    for rest in (
        f"files/{upload.id}/read/",
        f"files/{upload.id}/discard/",
        f"files/{upload.id}/undo/",
        "files/new/",
    ):
        assert strict.post(room.address(rest)).status_code == 403
    assert Upload.objects.get().state == State.LOOKED


def test_progress_leads_on_to_the_report(room: Room) -> None:
    upload = room.upload(APRIL)
    with room.commit():
        actions.read_upload(room.town.convenor, upload_id=upload.id)
    Job.objects.update(done=30, total=60)
    page = body(room.get(f"files/{upload.id}/progress/"))
    assert 'value="50"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    client, address = room.client(room.town.member), room.address(f"files/{upload.id}/progress/")
    piece = client.get(address, headers={"HX-Request": "true"})
    assert "<html" not in body(piece)
    Upload.objects.update(state=State.UNDONE)
    moved = client.get(address, headers={"HX-Request": "true"})
    assert moved["HX-Redirect"] == client.get(address).url == room.address(f"files/{upload.id}/")


def test_a_sum_opens_down_to_its_line(room: Room) -> None:
    upload = room.read(MESSY, "november.csv")
    page = body(room.get(""))
    href = re.search(r'href="([^"]*anchor=[^"]*year=2025-26)"', page)[1].replace("&amp;", "&")
    listed = room.client(room.town.member).get(href)
    assert dict(figures(listed))["sum found"] == "£2,099.99"
    line = body(room.get(f"payments/{upload.part_id}/3/", by=room.town.member))
    for words in ("Bay Bakers", "2,000.00", "30 November 2025", "line 3", "november.csv", upload.sha256):
        assert words in line
    for missing in (f"{upload.part_id}/4000", f"{upload.part_id}/5", f"{upload.part_id}/9{'9' * 30}", "x/3"):
        assert room.get(f"payments/{missing}/").status_code == 404


def test_payments_can_be_chosen_and_paged(room: Room) -> None:
    many = HEADINGS + "".join(f"2026-04-{n % 28 + 1:02d},Firm {n},Bread,{n}.01\n" for n in range(120))
    room.read(many)
    room.read(MESSY, anchor=room.hospital)
    for query, count in (
        ("", "122"),
        (f"?anchor={room.hospital}", "2"),
        ("?year=2026-27", "120"),
        ("?text=kelp", "1"),
        ("?payee=Firm+7", "1"),
        (f"?anchor={room.council}&year=2025-26", "0"),
        ("?anchor=';--&text=%25_%00&payee=\"&file=../x", "0"),
        ("?page=999", "122"),
        ("?page=-1", "122"),
        ("?page=abc", "122"),
    ):
        assert dict(figures(room.get(f"payments/{query}")))["payments found"] == count, query
        assert len(rows_of(room.get(f"payments.csv{query}"))) == int(count) + 1
    assert "Page 2 of 3" in body(room.get("payments/?page=2"))
    for rest in ("payments/?year=nonsense", "payments.csv?year=nonsense"):
        assert room.get(rest).status_code == 400


def test_a_download_runs_nothing_and_adds_up(room: Room) -> None:
    room.read(MESSY.replace("Kelp & Co", '"=HYPERLINK(""x"")"').replace("Rope", "-1+2"))
    heading, *rows = rows_of(room.get("payments.csv"))
    assert heading == [
        "anchor",
        "file",
        "line",
        "paid_on",
        "amount",
        "payee",
        "reference",
        "unit",
        "purpose",
        "category",
    ]
    assert sum(round(float(row[4]) * 100) for row in rows) == room.money().whole.pence
    assert rows[1][5] == '\'=HYPERLINK("x")'
    assert rows[1][8] == "'-1+2"
    _, *aside = rows_of(room.get(f"files/{Upload.objects.get().id}/set-aside.csv"))
    assert [row[1:3] for row in aside] == [
        ["5", "payee_blank"],
        ["6", "date_unreadable"],
        ["7", "blank"],
        ["8", "total_line"],
    ]
    assert aside[1][5] == '\'=HYPERLINK("x")'


def test_what_a_file_holds_is_shown_and_never_run(room: Room) -> None:
    nasty = "<script>alert(1)</script>"
    upload = room.upload(MESSY.replace("Kelp & Co", nasty).replace("Purpose", nasty), "<script>.csv")
    pages = [room.get(f"files/{upload.id}/check/")]
    with room.commit(execute=True):
        actions.read_upload(room.town.convenor, upload_id=upload.id)
    upload.refresh_from_db()
    rest = ["payments/", "payees/", "files/", f"files/{upload.id}/", f"files/{upload.id}/set-aside/"]
    pages += [room.get(one) for one in [*rest, f"payments/{upload.part_id}/4/", f"payments/?text={nasty}"]]
    for page in pages:
        assert page.status_code == 200
        assert nasty not in body(page)
        assert "&lt;script&gt;" in body(page)


# The session, the account, the partnership, the membership, and where else one belongs; then what the page
# itself asks.
QUERIES = {"": 7, "payments/": 6, "payees/": 5, "files/": 6, "file": 6, "reported": 6, "payment": 6}


@pytest.mark.parametrize("name", QUERIES)
def test_a_page_asks_as_often_for_three_files_as_for_one(
    room: Room, name: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = room.read(MESSY)
    of_first = {
        "file": f"files/{first.id}/",
        "reported": f"files/{first.id}/set-aside/",
        "payment": f"payments/{first.part_id}/3/",
    }
    client, address = room.client(room.town.member), room.address(of_first.get(name, name))
    with django_assert_num_queries(QUERIES[name]):
        assert client.get(address).status_code == 200
    room.read(APRIL, anchor=room.hospital)
    room.read(APRIL.replace("Bakers", "Butchers"), anchor=room.hospital)
    with django_assert_num_queries(QUERIES[name]):
        assert client.get(address).status_code == 200


def test_the_panel_is_the_same_for_every_reader(room: Room) -> None:
    publish(room)
    room.town.partnership.refresh_from_db()

    def panels() -> list[object]:
        readers: tuple[Actor, ...] = (
            room.town.convenor,
            room.town.member,
            room.town.outsider,
            room.town.nobody,
        )
        return [spend_panel_for(reader, room.town.partnership) for reader in readers]

    empty = panels()
    assert not empty[0].started
    assert "Nothing read in yet." in empty[0].sentence[0].text
    room.read(MESSY, "november.csv")
    first, *others = panels()
    assert others == [first] * 3
    words = "".join(piece.text for piece in first.sentence)
    assert words == (
        f"One anchor paid {say_short(209999)} to 2 payees between November and December 2025. "
        "Where it stays is not yet known."
    )
    assert all(piece.href for piece in first.sentence if piece.figure)
    assert first.newest.startswith("Marram Council’s November to December 2025 file was read on ")
    assert first.newest.endswith(": 6 rows, 4 set aside.")
    assert first.picture.table.rows == (("Marram Council", say_short(209999)),)


def test_empty_pages_teach(room: Room) -> None:
    assert "Upload a spending file" in body(room.get(""))
    assert "Upload a spending file" in body(room.get("files/"))
    for rest in ("", "files/", "payments/", "payees/"):
        page = room.get(rest, by=room.town.member)
        assert page.status_code == 200
        assert 'href="/marram/spend/files/new/"' not in body(page)
    Organisation.objects.all().delete()
    assert "The anchor that published it" in body(room.get("files/new/"))


def test_a_day_is_the_partnerships_day(room: Room, settings: Settings) -> None:
    settings.FOLKMOOT_CLOCK = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    upload = room.read(APRIL)
    assert "read on 2 July 2026" in room.money().newest
    for rest in (f"files/{upload.id}/", f"payments/{upload.part_id}/2/"):
        assert "2 July 2026" in body(room.get(rest))


def test_titles_say_where_one_is(room: Room) -> None:
    upload = room.read(APRIL)
    for rest, title in (("", "Money"), ("files/", "Files"), (f"files/{upload.id}/", "may.csv")):
        assert f"<title>{title} - Marram Bay Anchor Network - Folkmoot</title>" in body(room.get(rest))


def test_the_anchor_that_is_furthest_behind_is_named_with_its_day(room: Room) -> None:
    room.read(APRIL)
    assert room.money().behind == ()
    room.read(MESSY, anchor=room.hospital)
    assert room.money().behind == (("Royal Marram Hospitals", date(2025, 12, 31)),)
    step = spend_panel_for(room.town.member, room.town.partnership).step
    assert step
    assert step.title == "A newer file of Royal Marram Hospitals is due"
    assert "31 December 2025" in step.reason
