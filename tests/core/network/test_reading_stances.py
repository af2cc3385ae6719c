"""Does every row of a stances file mean one person, one day and one stance?"""

from datetime import date

import pytest

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.network import Contact, Stance, StanceRecord, read_stances

PEOPLE = (Contact("p1", "Ann Lee"), Contact("p2", "Bo Ek"), Contact("p3", "Bo Ek"))


def test_the_contracts_file_is_read() -> None:
    read = read_stances(
        b"person,on,stance,evidence,ask,expires\n"
        b"p1,2026-05-01,Champion,She chaired the launch,Buy local,2027-05-01\n"
        b"Ann Lee,3/6/2026,not-now,,,\n",
        PEOPLE,
    )
    assert read.stances == (
        StanceRecord(
            "p1", date(2026, 5, 1), Stance.CHAMPION, "She chaired the launch", "Buy local", date(2027, 5, 1)
        ),
        StanceRecord("p1", date(2026, 6, 3), Stance.NOT_NOW),
    )
    assert read.rows_in == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("p9,2026-05-01,warm,", "Nobody in the people file has the id or the name “p9”."),
        ("Bo Ek,2026-05-01,warm,", "2 people bear the name “Bo Ek”; give the id."),
        (",2026-05-01,warm,", "No person is named."),
        ("p1,soon,warm,", "“soon” is no date that can be read."),
        ("p1,2026-05-01,warm,later", "“later” is no date that can be read."),
        ("p1,2026-05-01,warm,2026-04-01", "The stance expires before it was said."),
        ("p1,2026-05-01,keen,", "“keen” is no stance: not now, wary, watching, warm, active or champion."),
    ],
)
def test_a_bad_row_is_told_and_the_rest_is_read(row: str, reason: str) -> None:
    read = read_stances(f"person,on,stance,expires\n{row}\np2,2026-05-01,warm,\n".encode(), PEOPLE)
    assert [(note.line, note.reason) for note in read.reported] == [(2, reason)]
    assert [record.person for record in read.stances] == ["p2"]


def test_without_the_people_any_id_is_taken() -> None:
    assert read_stances(b"person,on,stance\np9,2026-05-01,warm\n").stances[0].person == "p9"


def test_a_file_without_a_needed_column_is_refused() -> None:
    with pytest.raises(Refused, match="“on” and “stance”"):
        read_stances(b"person,evidence\np1,x\n")
