"""Does a file of contacts come out whole, whichever program wrote it, and a hostile one not at all?"""

import io
import struct
import zipfile
from datetime import date

import pytest
import vobject
import xlwt
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.network.books import ods, xlsx
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.network import read_people
from folkmoot.core.network.files.opening import grids_in
from folkmoot.core.network.reading import look_at_people
from folkmoot.core.network.sheet import Told

ROWS = [
    ["Contacts of the place", "", "", ""],
    ["Full name", "Organisation", "From", "E-mail"],
    ["Zoë Ård", "Town Hall", date(2024, 5, 2), "zoe@hall.example"],
    ["Bo Ek", "Trust", 1200, "#N/A"],
]


def xls(rows: list[list[object]], name: str = "People") -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet(name)
    style = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            sheet.write(y, x, cell, *([style] if isinstance(cell, date) else []))
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("write", [xlsx, ods, xls])
def test_workbooks_are_read(write) -> None:
    read = read_people(write(ROWS))
    zoe, bo = read.people
    assert (zoe.name, zoe.email, zoe.posts[0].start) == ("Zoë Ård", "zoe@hall.example", date(2024, 5, 2))
    assert (bo.name, bo.email, read.rows_in, read.rows[0][0]) == ("Bo Ek", "", 2, 3)


def test_sheet_headings_and_columns_are_those_that_were_told() -> None:
    book = xlsx(ROWS, [["Who", "Where"], ["Cy Marsh", "Trust"]])
    looked = look_at_people(book)
    assert (looked.name, looked.sheets, looked.headings.line) == ("Sheet1", ("Sheet1", "Sheet2"), 2)
    told = Told("Sheet2", 1, {"name": 0, "organisation": 1})
    (cy,) = read_people(book, told).people
    assert (cy.name, cy.posts[0].organisation) == ("Cy Marsh", "Trust")
    for wrong in (
        Told("Sheet9"),
        Told("Sheet2", 99),
        Told("Sheet2", 1, {"name": 0, "post": 0}),
        Told("Sheet2", 1, {}),
    ):
        with pytest.raises(Refused):
            read_people(book, wrong)


CARDS = b"""BEGIN:VCARD\r
VERSION:2.1\r
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=85rd;Zo=C3=AB;;Dr;\r
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Caf=C3=A9 of a name so long that=\r
 it goes on;Kitchen\r
TEL;WORK;VOICE:01234\r
EMAIL;INTERNET:home@z.example\r
EMAIL;PREF;INTERNET:work@z.example\r
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD\r
 2wBDAAoHBwgHBgoICAgLCgoLDhgQDg0NDh0V\r
\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:3.0\r
FN:Ann Lee\\, OBE\\; JP\r
item1.EMAIL;type=INTERNET;type=pref:ann@hall.example\r
item1.X-ABLabel:_$!<Work>!$_\r
ORG:Town\\; Hall;Ro\r
 ads\r
TITLE:Clerk\\nand more\r
END:VCARD\r
begin:vcard\r
VERSION:4.0\r
EMAIL;PREF=2:second@b.example\r
EMAIL;PREF=1;TYPE="work,x:y":first@b.example\r
FN:Bo Ek\r
END:VCARD\r
BEGIN:VCARD\r
FN:Never Closed\r
"""


def test_cards_of_every_version_are_read_and_an_open_one_is_told() -> None:
    read = read_people(CARDS)
    assert [(p.name, p.email, p.posts[0].organisation, p.posts[0].post) for p in read.people] == [
        ("Dr Zoë Ård", "work@z.example", "Café of a name so long that it goes on", ""),
        ("Ann Lee, OBE; JP", "ann@hall.example", "Town; Hall", "Clerk and more"),
        ("Bo Ek", "first@b.example", "", ""),
    ]
    assert [(note.line, note.reason) for note in read.reported] == [(28, "The card is never closed.")]
    assert any("photos" in note.reason for note in read.noted)
    assert read.rows_in == 4


def test_a_card_that_says_nothing_is_told_like_any_other() -> None:
    read = read_people(b"BEGIN:VCARD\n" * 3 + b"END:VCARD\nBEGIN:VCARD\nTEL:1\nEND:VCARD\n")
    assert (read.rows_in, len(read.reported)) == (4, 4)


words = st.text("abcdeÅé'; ,\\ :=-ñ", min_size=1, max_size=30).map(
    lambda text: " ".join(("N" + text).split()).rstrip("\\ ")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(words, words, words), min_size=1, max_size=4))
def test_cards_that_another_program_wrote_are_read_back(people) -> None:
    written = []
    for name, body, post in people:
        card = vobject.vCard()
        card.add("fn").value, card.add("org").value, card.add("title").value = name, [body], post
        card.add("n").value = vobject.vcard.Name(family=name)
        written.append(card.serialize())
    (grid,) = grids_in("".join(written).encode(), "people")
    assert [record.cells[:3] for record in grid.records[1:]] == people


def packed(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for name, body in members.items():
            held.writestr(name.replace("__", "/") + ".xml", body)
    return out.getvalue()


FAR = b'<worksheet><sheetData><row r="1"><c r="A1"/><c r="XFD1048576"/></row></sheetData></worksheet>'
ENTITY = b'<!DOCTYPE x [<!ENTITY a "b">]><office:document-content><table:table/></office:document-content>'


@pytest.mark.parametrize(
    "content",
    [
        packed(xl__workbook=b" " * 90_000_000),
        packed(xl__worksheets__sheet1=FAR, xl__workbook=b"<workbook/>"),
        packed(**{f"xl__a{number}": b"" for number in range(1200)}),
        packed(content=ENTITY),
        packed(content=ENTITY.partition(b">]>")[2]),
        packed(other=b"x"),
        b"PK\x03\x04" + b"\x00" * 40,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        b"%PDF-1.7",
        b"BEGIN:VCARD-ish",
    ],
)  # fmt: skip
def test_what_is_hostile_or_no_list_is_refused(content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        read_people(content)
    assert refusal.value.reason


def test_an_old_workbook_whose_cells_are_spread_too_far_is_refused() -> None:
    far = xls([["name"], ["Ann Lee"]])
    one = struct.pack("<HHHH", 0x00FD, 10, 1, 0)
    assert far.count(one) == 1
    with pytest.raises(Refused, match="spread too far"):
        grids_in(far.replace(one, struct.pack("<HHHH", 0x00FD, 10, 65535, 255)), "people")


def test_repeated_cells_of_an_open_document_do_not_fill_the_memory() -> None:
    cell = '<table:table-cell table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    with pytest.raises(Refused, match="50,000 rows"):
        grids_in(ods([["name"]], beyond=row), "people")
    end = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'
    assert len(grids_in(ods([["name"], ["Ann"]], beyond=end), "people")[0].records) == 2


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([0, 1, 2, 3]), st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=12)
)
@example(2, [(512, 0)])
def test_a_damaged_file_is_read_or_refused(which: int, harm: list[tuple[int, int]]) -> None:
    whole = bytearray([WHOLE[0], WHOLE[1], WHOLE[2], CARDS][which])
    for at, byte in harm:
        whole[at % len(whole)] = byte
    try:
        read = read_people(bytes(whole))
    except Refused:
        return
    assert read.rows_in == len(read.rows) + len(read.reported)


WHOLE = [xlsx(ROWS), ods(ROWS), xls(ROWS)]
