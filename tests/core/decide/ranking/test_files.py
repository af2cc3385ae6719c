"""Are ballots read from BLT and tables as they stand, and is what is wrong told with its line?"""

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.ranking.small import lines, ranked
from folkmoot.core.decide.ranking import Ballots, Method, Rankings, Settings, count
from folkmoot.core.decide.ranking.blt import read_blt, write_blt
from folkmoot.core.decide.ranking.files import read_ballots
from folkmoot.core.kernel.errors import Refused

BLT = """\
# Treasurer and secretary
4 2
-3
(first) 3 1 3 2 0
2 2=4 1 0  # two in one place
1 4 - 1 0
3 1 3 2 0
1 0
0
"Anna \\"Nan\\" Lee"
"Ben"
"Cy"
"Di"
"Officers"
"""


def read(text: str, method: Method) -> Ballots:
    return read_ballots(text.encode(), method)


def cast(rankings: Rankings) -> dict[str, int]:
    """Each ballot as text, and how many cast it."""
    ids = [one.id for one in rankings.candidates]
    return {
        ">".join("=".join(ids[one] for one in tier) for tier in one.tiers): one.count
        for one in rankings.ballots
    }


def test_blt_with_all_that_it_can_say() -> None:
    held = read_blt(BLT)
    assert (held.seats, held.title, held.withdrawn, held.voters) == (2, "Officers", {2}, 10)
    assert held.candidates[0].name == 'Anna "Nan" Lee'
    assert cast(held) == {"1>3>2": 6, "2=4>1": 2, "4>1": 1, "": 1}
    assert cast(held.running) == {"1>2": 6, "2=4>1": 2, "4>1": 1, "": 1}
    assert read_blt(write_blt(held)) == read_blt(write_blt(read_blt(write_blt(held))))
    assert cast(read_blt(write_blt(held))) == cast(held)


def test_ballots_that_nobody_cast_do_not_end_a_blt_file() -> None:
    held = read("count,ranking\n0,a>b\n3,b>a\n", Method.BORDA)
    assert cast(read_blt(write_blt(held, 2))) == {"2>1": 3}
    assert read_blt(write_blt(read_blt(BLT), 3)).seats == 3


def test_ideas_that_are_called_by_numbers_are_no_places() -> None:
    held = read("voter,101,102,103\n1,2,1,3\n", Method.BORDA)
    assert cast(held) == {"102>101>103": 1}
    for heading in ("1,2,4", "1,first choice,2", "1,2," + "9" * 5000):
        with pytest.raises(Refused, match="places"):
            read(f"{heading}\na,b,c\n", Method.BORDA)


def test_somebody_may_answer_about_many_pairs() -> None:
    held = read("voter,winner,loser\n1,a,b\n1,b,c\n2,c,a\n", Method.BRADLEY_TERRY)
    assert held.voters == 3


@given(lines(), st.text(max_size=8), st.integers(1, 3))
@settings(max_examples=80, deadline=None)
def test_what_is_written_as_blt_is_read_again(votes, title, seats) -> None:
    from dataclasses import replace

    rankings = replace(ranked(*votes), title=" ".join(title.split()))
    again = read_blt(write_blt(rankings, seats))
    assert (again.seats, again.title) == (seats, rankings.title)
    assert [one.tiers for one in again.ballots] == [one.tiers for one in rankings.ballots]
    assert [one.count for one in again.ballots] == [one.count for one in rankings.ballots]
    assert [one.name for one in again.candidates] == [one.id for one in rankings.candidates]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "It is empty"),
        ("three 1", "how many candidates"),
        ("2 0\n0", "at least one"),
        ("2 1\n1 1 3 0\n0", "Line 2: “3” is no candidate"),
        ("2 1\n1 1 1 0\n0", "Line 2: Candidate 1 stands twice"),
        ("2 1\n1 1 2\n0\n", "Line 3: The file ends where a ballot"),
        ("2 1\n1.5 1 0\n0", "Line 2: “1.5” stands where how many people"),
        ('2 1\n1 1 2\n"Anna"', "not ended by a 0"),
        ('2 1\n1 1 0\n0\n"Anna', "Line 4: A quotation mark"),
        ('2 1\n1 1 0\n0\n"Anna"', "There are 1 names"),
        ("2 1\n1 1 0\n0\nAnna Ben", "Line 4: “Anna” stands where a name"),
        ("999999999 1\n0", "more than 1,000"),
        ("2 1\n9999999999 1 0\n0", "how many people"),
        ("2 1\n1 ² 0\n0", "Line 2: “²” is no candidate"),
    ],
)
def test_what_is_wrong_in_blt_is_told_with_its_line(text: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        read_blt(text)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "voter,ranking\n1,a>b=c\n2,a > b = c\n3,c\n4,\n",
        "voter;ranking\r\n1;a>b=c\r\n2;a>c=b\r\n3;c\r\n4;\r\n",
        "count,1,2\n2,a,b=c\n1,c,\n1,,\n",
        "First choice\tSecond choice\na\tb=c\na\tc=b\nc\t\n\n",
        "\ufeffa,b,c\n1,2,2\n1,5,5\n,,3\n",
    ],
)
def test_rankings_in_three_shapes(text: str) -> None:
    told = cast(read(text, Method.SCHULZE))
    told.pop("", None)
    assert told == {"a>b=c": 2, "c": 1}


def test_a_table_with_tabs_is_no_blt() -> None:
    assert cast(read("1\t2\t3\na\tb\tc\n", Method.BORDA)) == {"a>b>c": 1}


def test_approvals_scores_grades_pairs_and_marks() -> None:
    lists = read('voter,approved\n1,"a, b"\n2,b; c\n3,\n', Method.MES)
    ticks = read("voter,a,b,c\n1,x,1,\n2,0,yes,Y\n3,,no,-\n", Method.PAV)
    assert lists == ticks
    assert lists.votes == (1, 2, 1)
    scores = read("a,b,count\n5,-1.5,2\n,3,1\n", Method.SCORE)
    assert scores.ballots == (((None, Fraction(3)), 1), ((Fraction(5), Fraction("-1.5")), 2))
    grades = read("a,b\n1,Veto\n3,don’t like but will support\n", Method.GRADIENTS)
    assert [row for row, _ in grades.ballots] == [(1, 8), (3, 6)]
    pairs = read("winner,loser,count\na,b,3\nb,a,1\na,b,1\n", Method.BRADLEY_TERRY)
    assert pairs.wins.tolist() == [[0, 4], [1, 0]]
    marks = read("pair,marks,own\nP,a;c,a;b\nQ,a,c;d\n", Method.OPERA)
    whole = read("pair,a,b,c,d\nP,own x,own,x,\nQ,x,,own,own\n", Method.OPERA)
    assert marks == whole
    assert len(marks.candidates) == 4


def test_blt_can_hold_approvals_but_no_pairs() -> None:
    approvals = read(BLT, Method.PAV)
    assert (approvals.seats, approvals.votes) == (2, (9, 8, 3))
    assert len(count(approvals, Settings(Method.PAV)).elected) == 2
    with pytest.raises(Refused, match="bradley-terry counts something else"):
        read(BLT, Method.BRADLEY_TERRY)


@pytest.mark.parametrize(
    ("method", "text", "reason"),
    [
        (Method.BORDA, "", "It is empty"),
        (Method.BORDA, "a,,b\n1,2,3\n", "Column 2 has no name"),
        (Method.BORDA, "a,A\n1,2\n", "Two columns are called “a”"),
        (Method.BORDA, "a,b\n1,2,3\n", "Line 2: It has 3 cells"),
        (Method.BORDA, "a,b\n1,2\nx,1\n", "Line 3: a: “x” is no whole number"),
        (Method.BORDA, "1,2\na,b\nb,b\n", "Line 3: 2: “b” stands twice"),
        (Method.BORDA, "1,2,comment\na,b,c\n", "Column “comment” is not known"),
        (Method.BORDA, "voter,ranking\nv,a\nw,b\nv,c\n", "Line 4: voter “v” stands on line 2"),
        (Method.BORDA, "ranking,count\na>b,-1\n", "Line 2: count: “-1” is no whole number"),
        (Method.PAV, "a,b\n1,maybe\n", "Line 2: b: “maybe” is neither yes"),
        (Method.PAV, "voter,approved\n1,a;a\n", "Line 2: approved: “a” stands twice"),
        (Method.SCORE, "a,b\n1,1e3\n", "Line 2: b: “1e3” is no number"),
        (Method.GRADIENTS, "a\n9\n", "Line 2: a: “9” is no grade"),
        (Method.BRADLEY_TERRY, "a,b\n1,2\n", "“winner” and “loser”"),
        (Method.BRADLEY_TERRY, "winner,loser\na,a\n", "Line 2: loser: “a” is the winner too"),
        (Method.BRADLEY_TERRY, "winner,loser\na,b\n\na,\n", "Line 4: loser: It is empty"),
        (Method.OPERA, "marks,own\na,b\n", "a column “pair”"),
        (Method.OPERA, "pair,marks,own\nP,z,a;b\n", "Line 2: marks: “z” is among nobody's own"),
        (Method.OPERA, "pair,marks,own\nP,b;b,a;b\n", "Line 2: marks: “b” stands twice"),
        (Method.OPERA, "pair,a\nP,perhaps\n", "Line 2: a: “perhaps” is neither x nor own"),
        (Method.OPERA, "pair,a,count\nP,x,2\n", "Line 2: Marks are one row a pair"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_with_line_and_field(method, text, reason) -> None:
    with pytest.raises(Refused) as refused:
        count(read(text, method), Settings(method))
    assert reason in str(refused.value)


def test_not_utf_8_is_told_with_its_line() -> None:
    with pytest.raises(Refused, match="Line 2: It is not text in UTF-8"):
        read_ballots("ranking\nPré > Bois\n".encode("latin-1"), Method.BORDA)


MARKS = st.text('abc0123,;\t\n>=x-" \u00b2', max_size=40)
HEADS = (
    "",
    "2 1\n",
    "3 2\n1 1 ",
    "ranking\n",
    "1,2\n",
    "a,b\n",
    "winner,loser\n",
    "pair,a,b\n",
    "approved\n",
)


@given(
    st.binary(max_size=20) | st.builds(str.__add__, st.sampled_from(HEADS), MARKS), st.sampled_from(Method)
)
@settings(max_examples=200, deadline=None)
def test_anything_is_counted_or_refused(content: bytes | str, method: Method) -> None:
    held = content.encode() if isinstance(content, str) else content
    with suppress(Refused):
        told = count(read_ballots(held, method), Settings(method, 1))
        assert len(told.elected) <= 1
        assert set(told.elected) | set(told.tied) <= set(range(len(told.candidates)))
