"""Does a people sheet come out whole, however people keep it?"""

import csv
import io
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from folkmoot.core.kernel.errors import FolkmootError, Refused
from folkmoot.core.network import Contact, Level, PostSpell, read_people, read_stances
from folkmoot.core.network.days import read_day

CONTRACT = (
    "id,name,organisation,part,level,sector,post,from,to,size\n"
    "p1,Ann Lee,Town Hall,Council,elected,public,Leader,2024-05-02,,1200\n"
    "p1,Ann Lee,Fire Board,Safety,Chief,public,Chair,1/6/2025,30/06/2026,\n"
    "p2,Bo Ek,,Health,Front-line,,,,,\n"
)


def test_the_contracts_file_is_read() -> None:
    read = read_people(CONTRACT.encode())
    ann, bo = read.people
    assert ann.posts[0] == PostSpell(
        "Council", Level.ELECTED, "Town Hall", "Leader", "public", "1200", date(2024, 5, 2)
    )
    assert ann.posts[1].end == date(2026, 6, 30)
    assert bo == Contact("p2", "Bo Ek", "", (PostSpell("Health", Level.FRONT_LINE),))
    assert (read.rows_in, read.reported, read.noted) == (3, (), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_contacts_sheet_in_any_dress(encoding: str, delimiter: str) -> None:
    rows = [
        "Contacts of the network",
        "",
        "Full name,Organization,Job title,E-mail",
        "Zoë Ård,Café,Cook,z@c.example",
    ]
    text = "\r\n".join(rows).replace(",", delimiter)
    (zoe,) = read_people(text.encode(encoding)).people
    assert (zoe.id, zoe.name, zoe.email) == ("zoë-ård.café", "Zoë Ård", "z@c.example")
    assert (zoe.posts[0].organisation, zoe.posts[0].post) == ("Café", "Cook")


def test_made_ids_are_the_same_whatever_the_order() -> None:
    ids = [{p.id for p in read_people(("Name,Org\n" + rows).encode()).people}
           for rows in ("Ann Lee,Hall\nBo Ek,\n", "Bo  EK,\nann lee,HALL\n")]  # fmt: skip
    assert ids[0] == ids[1] == {"ann-lee.hall", "bo-ek"}


def test_names_in_two_columns_are_joined() -> None:
    (ann,) = read_people(b"First name,Surname\nAnn,Lee\n").people
    assert ann.name == "Ann Lee"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("p1,Bo Ek,Council,,", "The id “p1” already belongs to Ann Lee."),
        ("p1,Ann Lee,Council,,", "The same person in the same post stands on an earlier row."),
        (",,Council,,", "There is neither an id nor a name."),
        ("p2,Bo,Council,2026-05-01,2026-04-30", "The post ends before it begins."),
        ("id,name,part,from,to", "These are the headings again."),
        ('p2,"Bo Ek,Council,,', "A quotation mark in this row is never closed."),
        ("p2," + "x" * 200_000 + ",,,", "A cell is longer than 5,000 characters."),
        ("p2," + "x" * 6_000 + ",,,", "A cell is longer than 5,000 characters."),
    ],
)
def test_a_bad_row_is_told_and_the_rest_is_read(row: str, reason: str) -> None:
    text = f"id,name,part,from,to\np1,Ann Lee,Council,,\n\n{row}\np9,Cy,Health,,\n"
    read = read_people(text.encode())
    assert [(note.line, note.reason) for note in read.reported] == [(4, reason)]
    assert [person.id for person in read.people] == ["p1", "p9"]
    assert read.rows_in == 3


def test_a_column_that_is_not_known_is_told() -> None:
    read = read_people(b"Our contacts\nName,Notes,Part,\nAnn Lee,keen,Health,x\n")
    assert [(note.line, note.reason) for note in read.noted] == [
        (2, "The column “Notes” is not known, and nothing was read from it.")
    ]
    assert read.people[0].posts[0].part == "Health"


def test_an_unknown_level_or_date_is_noted_and_left_open() -> None:
    read = read_people(b"id,level,to\np1,chief executive,TBC\n")
    assert read.people[0].posts == (PostSpell(),)
    assert [note.reason for note in read.noted] == [
        "“chief executive” is none of the five levels, so the level is left open.",
        "“TBC” is no date that can be read, so that end of the post is left open.",
    ]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"PK\x03\x04zip", b"a,b\n1,2\n", b"\x00\x01" * 50])
def test_what_cannot_be_understood_is_refused_with_a_next_step(content: bytes) -> None:
    with pytest.raises(Refused) as refusal:
        read_people(content)
    assert refusal.value.sentence
    assert refusal.value.reason
    assert refusal.value.next_step


@pytest.mark.parametrize(
    "cell", ["2026-04-05", "5/4/2026", "05.04.26", "5 April 2026", "05-Apr-26", "5th Apr 2026"]
)
def test_days_as_people_write_them(cell: str) -> None:
    assert read_day(cell) == date(2026, 4, 5)


@pytest.mark.parametrize(
    "cell", ["", "TBC", "2026-13-01", "31/02/2026", "5 Foo 2026", "1900-01-00", "٣/٤/٢٠٢٦x"]
)
def test_what_is_no_day(cell: str) -> None:
    assert read_day(cell) is None


names = st.text("abcÅ é'-", min_size=1, max_size=8).map(lambda t: "N" + " ".join(t.split()))
days = st.none() | st.dates(date(2000, 1, 1), date(2050, 1, 1))


@given(st.lists(st.tuples(names, names, st.sampled_from([None, *Level]), days), max_size=12))
def test_what_is_written_is_read_back(rows: list[tuple[str, str, Level | None, date | None]]) -> None:
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(["id", "name", "part", "level", "from"])
    for number, (name, part, level, start) in enumerate(rows):
        sheet.writerow([f"p{number}", name, part, level or "", start or ""])
    read = read_people(out.getvalue().encode())
    assert read.people == tuple(
        Contact(f"p{number}", name, "", (PostSpell(part, level, start=start),))
        for number, (name, part, level, start) in enumerate(rows)
    )


@settings(max_examples=200)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@example(b'id,name\n"\n"')
@example(b"\xff\xfeid")
def test_no_bytes_ever_crash_the_reader(content: bytes) -> None:
    for head, reader in (
        (b"", read_people),
        (b"id,from,to,level\n", read_people),
        (b"person,on,stance\n", read_stances),
    ):
        try:
            read = reader(head + content)
        except FolkmootError:
            continue
        held = read.stances if hasattr(read, "stances") else [s for p in read.people for s in p.posts]
        assert read.rows_in == len(held) + len(read.reported)
