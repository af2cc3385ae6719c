"""Does the page of a file lead to each thing it counts, and a payment to all that is known of it?"""

import re

import pytest
from django.http import HttpResponse

from rooms.spend.desk import MESSY, Room

HEADINGS = "Payment Date,Supplier Name,Supplier ID,Company Number,Postcode,Purpose,Amount\n"
FLAGGED = (
    HEADINGS + "02/06/2026,REDACTED PERSONAL DATA,,,,Care,100.00\n03/06/2026,Mr J Smith,S12,,,Care,50.00\n"
    "04/06/2026,Kelp Ltd,S13,01234567,MB1 2AB,Rope,75.00\n"
    "05/06/2026,Kelp Ltd,S13,01234567,MB1 2AB,Rope,-75.00\n"
    "13/06/2026,Royal Marram Hospitals,S14,,,Grant,20.00\nTotal,,,,,,999.00\n"
)
COUNTED = re.compile(r'data-figure="(flagged|set aside): (\w+)" href="([^"]+)">([^<]+)<')
FOUND = re.compile(r'data-figure="(?:payments found|rows set aside)"[^>]*>([^<]+)<')


def text(page: HttpResponse) -> str:
    """What a page says."""
    assert page.status_code == 200
    return page.content.decode()


def test_every_count_opens_as_many_payments_or_rows(room: Room) -> None:
    room.read(MESSY, "other.csv", room.hospital)
    upload = room.read(FLAGGED)
    page, client = text(room.get(f"files/{upload.id}/")), room.client(room.town.member)
    counted = COUNTED.findall(page)
    assert {(what, code): count for what, code, _, count in counted} == {
        ("set aside", "total_line"): "1",
        ("flagged", "redacted"): "1",
        ("flagged", "individual"): "1",
        ("flagged", "reversed"): "2",
        ("flagged", "to_anchor"): "1",
    }
    for _, code, href, count in counted:
        listed = text(client.get(href.replace("&amp;", "&")))
        assert FOUND.findall(listed)[0] == count, code
    assert "A total printed in this file is not the sum of its rows." in page


def test_a_file_whose_total_is_right_is_not_marked(room: Room) -> None:
    upload = room.read(FLAGGED.replace("999.00", "170.00"))
    assert "A total printed in this file" not in text(room.get(f"files/{upload.id}/"))


def test_a_payment_shows_what_is_known_of_it(room: Room) -> None:
    upload = room.read(FLAGGED)
    page = text(room.get(f"payments/{upload.part_id}/4/", by=room.town.member))
    for words in (
        "01234567",
        "MB1 2AB",
        "S13",
        "Cancelled by an equal and opposite line",
        f"{upload.part_id}/5/",
    ):
        assert words in page
    withheld = text(room.get(f"payments/{upload.part_id}/2/"))
    assert "The name is withheld" in withheld
    assert "Nobody has compared them" not in withheld


def test_rows_set_aside_can_be_asked_for_by_reason(room: Room) -> None:
    upload = room.read(MESSY)
    for reason, count in (("", "4"), ("total_line", "1"), ("payee_blank", "1")):
        page = text(room.get(f"files/{upload.id}/set-aside/?reason={reason}"))
        assert FOUND.findall(page)[0] == count
        rows = room.get(f"files/{upload.id}/set-aside.csv?reason={reason}")
        assert len(b"".join(rows.streaming_content).splitlines()) == int(count) + 1
    assert "No row of" in text(room.get(f"files/{upload.id}/set-aside/?reason=outside_period"))


@pytest.mark.parametrize("rest", ["payments/?flag=x", "payments.csv?flag=x"])
def test_what_is_no_flag_is_refused(room: Room, rest: str) -> None:
    assert room.get(rest).status_code == 400


@pytest.mark.parametrize("rest", ["set-aside/?reason=x", "set-aside.csv?reason=x"])
def test_what_is_no_reason_is_refused(room: Room, rest: str) -> None:
    assert room.get(f"files/{room.read(MESSY).id}/{rest}").status_code == 400
