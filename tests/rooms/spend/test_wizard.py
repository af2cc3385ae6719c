"""Can a person put a wrong guess right, and is it remembered?"""

import pytest
from django.http import HttpResponse

from folkmoot.apps.spend import actions
from folkmoot.apps.spend.models import Upload
from folkmoot.core.kernel.errors import Refused
from rooms.spend.desk import CONTRACTS, HEADINGS, Room
from rooms.spend.packed import month, workbook

State = Upload.State
# “Company” names payees as a rule; here it is the publisher's own, and the guess is wrong.
WRONG = "Date,Company,Paid party,Purpose,Amount\n" + "".join(
    f"{day:02d}/04/2026,Marram Homes Ltd,Firm {day} Ltd,Repairs,{day}.50\n" for day in range(1, 29)
)
OPEN = HEADINGS + "04/05/2026,Bay Bakers,Bread,10.00\n05/06/2026,Kelp & Co,Rope,2.00\n"
FOREIGN = "Wann,Wem,Wofür,Wieviel\n" + "".join(
    f'0{n}.04.2026,Firma {n},Brot,"1.00{n},50"\n' for n in (1, 2, 3)
)


def form_of(page: HttpResponse) -> dict[str, str]:
    """The fields of the page that checks a file, as they stand."""
    form = page.context["form"]
    return {name: str(form.get_initial_for_field(field, name) or "") for name, field in form.fields.items()}


def post(room: Room, upload: Upload, to: str, **changes: str) -> HttpResponse:
    """The page that checks a file, sent with these changes; keys with two underscores are columns."""
    page = room.get(f"files/{upload.id}/check/")
    fields = form_of(page) | {name.replace("__", "-"): value for name, value in changes.items()}
    client = room.client(room.town.convenor)
    with room.commit(execute=True):
        return client.post(room.address(f"files/{upload.id}/{to}/"), fields, follow=True)


def text(page: HttpResponse) -> str:
    """What a page says."""
    assert page.status_code == 200
    return page.content.decode()


PUT_RIGHT = {"column__1": "", "column__2": "payee"}


def test_a_wrong_column_is_put_right_and_next_month_it_is_remembered(room: Room) -> None:
    upload = room.upload(WRONG)
    assert '<th role="rowheader" scope="row">Marram Homes Ltd' in text(room.get(f"files/{upload.id}/check/"))
    page = post(room, upload, "check", **PUT_RIGHT)
    assert ">Firm 1 Ltd</th>" in text(page)
    assert Upload.objects.get().state == State.LOOKED
    post(room, upload, "read")
    assert room.ledger().payees(1)[0].keys["payee"] == "Firm 28 Ltd"
    later = room.read(WRONG.replace("/04/", "/05/"), "june.csv")
    assert (later.state, later.recipe) == (State.READ, {})
    assert room.ledger().payees(1)[0].rows == 2
    assert (
        "Firm 1 Ltd"
        not in text(room.get(f"files/{room.upload(WRONG + '1,x', anchor=room.hospital).id}/check/"))[:9000]
    )


def test_what_is_on_the_form_is_what_is_read(room: Room) -> None:
    upload = room.upload(WRONG)
    post(room, upload, "read", **PUT_RIGHT)
    assert len(room.ledger().totals("payee")) == 28
    assert Upload.objects.get().recipe["told_by"] == "person"


def test_a_correction_is_tried_on_the_files_that_wait_beside_it(room: Room) -> None:
    upload, other = room.upload(WRONG), room.upload(WRONG.replace("/04/", "/05/"), "june.csv")
    elsewhere = room.upload(WRONG.replace("/04/", "/06/"), "july.csv", room.hospital)
    post(room, upload, "read", **PUT_RIGHT)
    assert ">Firm 1 Ltd</th>" in text(room.get(f"files/{other.id}/check/"))
    assert ">Firm 1 Ltd</th>" not in text(room.get(f"files/{elsewhere.id}/check/"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"column__2": "payee"}, "Column 2 is “Who was paid” already."),
        ({"column__0": ""}, "No column is the date of payment."),
        ({"column__1": "", "column__4": ""}, "No column is the amount."),
        ({"column__1": "no such role"}, "Select a valid choice."),
        ({"heading_row": ""}, "Say on which line"),
        ({"heading_row": "-1"}, "greater than or equal to 0"),
        ({"heading_row": "99999999"}, "less than or equal to"),
        ({"decimal_mark": "x"}, "Select a valid choice."),
        ({"date_order": ""}, "This field is required."),
    ],
)
def test_a_form_that_cannot_be_right_says_where(room: Room, changes: dict[str, str], words: str) -> None:
    upload = room.upload(WRONG)
    page = post(room, upload, "read" if "column__2" in changes else "check", **changes)
    assert words in text(page)
    assert "<title>Error: Check" in text(page)
    again = Upload.objects.get()
    assert (again.state, again.recipe) == (State.LOOKED, {})


def test_an_open_question_is_answered_before_anything_is_read(room: Room) -> None:
    upload = room.upload(OPEN)
    assert "Does “04/05/2026” mean 4 May 2026 or 5 April 2026?" in text(room.get(f"files/{upload.id}/check/"))
    page = post(room, upload, "read")
    assert "Answer first: Does “04/05/2026” mean" in text(page)
    assert room.client(room.town.convenor).post(room.address(f"files/{upload.id}/read/")).status_code == 400
    assert not room.money().files
    page = post(room, upload, "check", question__0="mdy")
    assert "5\u00a0April\u00a02026" in text(page)
    assert "you said so" in text(page).lower()
    assert "Does “04/05/2026” mean" not in text(page)
    post(room, upload, "read")
    assert [line.paid_on.month for line in room.ledger().payments()[0]] == [5, 4]


def test_an_answer_about_the_decimal_mark_or_the_currency_is_taken(room: Room) -> None:
    rows = [f"1{n}/04/2026,Firm {n},Bread,{n}.23{n}\n" for n in range(1, 7)]
    upload = room.upload(HEADINGS + "".join(rows))
    assert "Does “1.231” mean" in text(room.get(f"files/{upload.id}/check/"))
    post(room, upload, "read", question__0=",")
    assert room.ledger().totals()[0].pence == sum(100 * (1000 * n + 230 + n) for n in range(1, 7))
    foreign = [row.replace(".23", ".2").replace("Bread,", "Bread,€") for row in rows]
    euros = room.upload(HEADINGS + "".join(foreign), anchor=room.hospital)
    assert "Are the amounts in EUR?" in text(room.get(f"files/{euros.id}/check/"))
    post(room, euros, "check", question__0="EUR")
    assert Upload.objects.get(id=euros.id).recipe["currency"] == "EUR"


def test_a_question_stays_open_while_something_else_is_tried(room: Room) -> None:
    upload = room.upload(OPEN)
    page = post(room, upload, "check", column__2="category")
    assert "Does “04/05/2026” mean" in text(page)
    assert Upload.objects.get().recipe["columns"]["category"] == 2


def test_a_list_in_other_words_is_read_once_its_columns_are_named(room: Room) -> None:
    upload = room.upload(FOREIGN)
    assert upload.state == State.LOOKED
    assert "Which columns hold the date of payment" in text(room.get(f"files/{upload.id}/check/"))
    told = {"column__0": "paid_on", "column__1": "payee", "column__3": "amount", "decimal_mark": ","}
    post(room, upload, "read", **told)
    assert (Upload.objects.get().state, room.money().whole.pence) == (State.READ, 300_000 + 600 + 150)


def test_another_sheet_or_line_of_headings_is_guessed_anew(room: Room) -> None:
    notes = [("Spend", "by", "the council"), ("of 2026", "", "")]
    upload = room.upload(workbook(Notes=notes, April=[*notes, *month(4)]), "book.xls")
    assert (upload.sheet, upload.title, upload.within) == ("April", "book.xls", "sheet “April”")
    page = post(room, upload, "read", sheet="Notes")
    assert "looked at anew" in text(page)
    assert not room.money().files
    assert Upload.objects.get().sheet == "Notes"
    assert "10.50" in text(post(room, upload, "check", sheet="April"))
    page = post(room, upload, "check", heading_row="4")
    assert "No column" not in text(page)
    assert 'value="4"' in text(page)


def test_a_very_wide_file_makes_a_small_page(room: Room) -> None:
    many = ",".join(f"Extra {n}" for n in range(1000))
    upload = room.upload(
        f"Payment Date,Supplier,Amount,{many}\n03/04/2026,Bay Bakers,1.50\n14/04/2026,Kelp,2\n"
    )
    page = text(room.get(f"files/{upload.id}/check/"))
    assert len(page) < 120_000
    assert "There are 943 more columns." in page
    assert room.get(f"files/{upload.id}/recipe/").status_code == 200
    post(room, upload, "read", column__2="gross")
    assert room.ledger().parts()[0].recipe["amount_basis"] == "gross"


def test_a_recipe_is_seen_edited_used_and_taken_away(room: Room) -> None:
    upload = room.upload(WRONG)
    client, address = room.client(room.town.convenor), room.address(f"files/{upload.id}/recipe/")
    written = client.get(room.address(f"files/{upload.id}/recipe.toml"))
    assert written["Content-Disposition"] == 'attachment; filename="recipe.toml"'
    told = written.content.decode()
    assert 'payee = "Company"' in told
    for wrong, words in (
        (told.replace("paid_on", "when"), "no such role"),
        ("x = = 1", "no TOML"),
        (told.replace('"Company"', '"Firm"'), "does not fit"),
        ("", "Write the recipe"),
    ):
        page = client.post(address, {"recipe": wrong})
        assert words in text(page), wrong
    page = client.post(
        address, {"recipe": told.replace('payee = "Company"', 'payee = "Paid party"')}, follow=True
    )
    assert ">Firm 1 Ltd</th>" in text(page)
    post(room, upload, "read")
    assert "Paid party" in text(room.get(f"files/{upload.id}/recipe/", by=room.town.member))
    assert client.post(address, {"recipe": told}).status_code == 200, "what is read is not told otherwise"
    member = room.client(room.town.member)
    assert member.post(address, {"recipe": told}).status_code == 403


def test_a_file_that_was_read_is_opened_again_and_read_otherwise(room: Room) -> None:
    upload = room.read(WRONG)
    before = room.ledger().parts()
    assert before
    client = room.client(room.town.convenor)
    page = client.post(room.address(f"files/{upload.id}/again/"), follow=True)
    assert "Is this how to read it?" in text(page)
    assert room.ledger().parts() == []
    client.post(room.address(f"files/{upload.id}/again/"))
    post(room, upload, "read", **PUT_RIGHT)
    assert room.ledger().parts()[0].pence_accepted == before[0].pence_accepted
    assert len(room.ledger().totals("payee")) == 28
    shelf = room.data / "originals" / upload.partnership_id / upload.sha256
    shelf.unlink()
    assert client.post(room.address(f"files/{upload.id}/again/")).status_code == 400
    assert len(room.ledger().parts()) == 1, "what cannot be read again is not undone"


def test_another_published_list_cannot_be_told_to_be_payments(room: Room) -> None:
    upload = room.upload(CONTRACTS)
    assert upload.state == State.REFUSED
    for to in ("check", "recipe"):
        assert room.get(f"files/{upload.id}/{to}/").status_code in (302, 404)
    with pytest.raises(Refused):
        actions.read_upload(room.town.convenor, upload_id=upload.id)


@pytest.mark.parametrize(
    ("row", "name"), [("0", "a.csv"), ("9999", "a.csv"), ("2", "a.xls"), ("9999", "a.xls")]
)
def test_any_line_may_be_called_the_headings(room: Room, row: str, name: str) -> None:
    upload = room.upload(WRONG if name == "a.csv" else workbook(April=month(4)), name)
    page = post(room, upload, "check", heading_row=row)
    assert page.status_code == 200
    told = Upload.objects.get()
    if told.recipe:
        assert text(room.get(f"files/{upload.id}/check/"))
        assert post(room, upload, "read").status_code == 200
