"""Is what cannot be counted refused in words that name the line and the field?"""

import codecs

import pytest

from core.decide.budgeting.pabulib.marram import FILES, SMALL, small
from folkmoot.core.decide.budgeting.pabulib import check_pb, read_pb
from folkmoot.core.kernel.errors import Refused

STRUCTURE = [
    ("META\n", "", 1, "META"),
    ("PROJECTS\n", "", 8, "VOTES"),
    ("VOTES\n", "", 11, "VOTES"),
    ("VOTES\n", "PROJECTS\n", 9, "PROJECTS"),
    ("VOTES\nvoter_id;vote\n", "VOTES\n", 10, "voter_id"),
    ("PROJECTS\nproject_id;cost\npond;600\nbench;400\n", "PROJECTS\n", 5, "PROJECTS"),
    ("project_id;cost", "project_id;price", 6, "cost"),
    ("project_id;cost", "id;cost", 6, "project_id"),
    ("project_id;cost", "project_id;cost;Cost", 6, "cost"),
    ("voter_id;vote", "voter_id;votes", 10, "vote"),
    ("voter_id;vote", "id;vote", 10, "voter_id"),
    ("budget;900", "budget;900\nRESULTS", 4, "RESULTS"),
    ("budget;900", "budget;900\nBudget;901", 4, "Budget"),
    ("budget;900", "budget;9;00", 3, "budget"),
    ("pond;600", "pond", 7, "cost"),
    ("pond;600", "pond;600;Pond;with newts", 7, "cost"),
    ("pond;600", '"pond;600', 7, ""),
]
COUNTING = [
    ("budget;900", "budget;", 3, "budget"),
    ("budget;900\n", "", 1, "budget"),
    ("budget;900", "budget;0", 3, "budget"),
    ("budget;900", "budget;-900", 3, "budget"),
    ("budget;900", "budget;900,000", 3, "budget"),
    ("budget;900", "budget;9 000", 3, "budget"),
    ("budget;900", "budget;1e400", 3, "budget"),
    ("budget;900", "budget;" + "9" * 10_000, 3, "budget"),
    ("budget;900", "budget;nan", 3, "budget"),
    ("budget;900", "budget;٩٠٠", 3, "budget"),
    ("vote_type;approval", "vote_type;plurality", 4, "vote_type"),
    ("vote_type;approval\n", "", 1, "vote_type"),
    ("pond;600", "pond;", 7, "cost"),
    ("pond;600", "pond;-1", 7, "cost"),
    ("pond;600", "pond;1/2", 7, "cost"),
    ("bench;400", "pond;400", 8, "project_id"),
    ("bench;400", " pond ;400", 8, "project_id"),
    ("bench;400", ";400", 8, "project_id"),
    ("bench;400", "a,b;400", 8, "project_id"),
    ("1;pond\n", "1;pound\n", 11, "vote"),
    ("2;pond,bench", "2;pond,benches", 12, "vote"),
    ("1;pond\n", "\n\n1;pond,Bench\n", 13, "vote"),
    ("2;pond,bench", "2;pond, \u00a0benches\u2003", 12, "vote"),
    ("1;pond\n", "1\n", 11, "vote"),
    ("1;pond\n", "1;pond;bench\n", 11, "vote"),
    ("1;pond\n", '1;"pond\n', 11, ""),
    ("1;pond\n", "1;pond\nMETA\n", 12, "META"),
    ("approval", "cumulative", 10, "points"),
]
POINTS = [
    ("2,1;2.5,7.5", "2,1;2.5", 24, "points"),
    ("2,1;2.5,7.5", "2;2.5,7.5", 24, "points"),
    ("2,1;2.5,7.5", "2,1;", 24, "points"),
    ("2,1;2.5,7.5", "2,1;2.5,-7.5", 24, "points"),
    ("2,1;2.5,7.5", "2,1;2.5,", 24, "points"),
    ("2,1;2.5,7.5", "2,1;2.5,many", 24, "points"),
    ("2,1;2.5,7.5", "2,1;2.5,1e25", 24, "points"),
    ("2,1;2.5,7.5", "2,1;2.5,0." + "3" * 29, 24, "points"),
    ("2,1;2.5,7.5", "2,2;2.5,7.5", 24, "vote"),
    ("2,1;2.5,7.5", '"2;1";"2.5;7.5"', 24, "vote"),
    ("2,1;2.5,7.5", '2,1;"2.5;7.5"', 24, "points"),
    ("b;2,1;2.5,7.5;internet", "b;2,1", 24, "points"),
]
ENCODINGS = [
    (codecs.BOM_UTF16_LE + SMALL.encode("utf-16-le"), 1),
    (SMALL.encode("utf-32"), 1),
    (SMALL.replace("pond;600", "pönd;600").encode("cp1252"), 7),
    (SMALL.replace("pond;600", "pönd;600").encode("cp1252").replace(b"\n", b"\r\n"), 7),
    (SMALL.replace("1;pond", "1\0;pond").encode(), 11),
    (b"", 1),
    (b"\xef\xbb\xbf\n\n", 1),
]


def place_of(wrong: Refused) -> tuple[str, str]:
    return wrong.reason.split(":")[0], wrong.field


def place(line: int, field: str) -> tuple[str, str]:
    return f"Line {line}, {field}" if field else f"Line {line}", field


@pytest.mark.parametrize(("old", "new", "line", "field"), STRUCTURE)
def test_what_is_no_such_file(old: str, new: str, line: int, field: str) -> None:
    with pytest.raises(Refused) as wrong:
        small(old, new)
    assert place_of(wrong.value) == place(line, field)
    assert wrong.value.next_step


@pytest.mark.parametrize(("old", "new", "line", "field"), COUNTING)
def test_what_cannot_be_counted(old: str, new: str, line: int, field: str) -> None:
    file = small(old, new)
    with pytest.raises(Refused) as wrong:
        assert file.election
    assert place_of(wrong.value) == place(line, field)
    assert any(str(remark) == wrong.value.reason for remark in check_pb(file))


@pytest.mark.parametrize(("old", "new", "line", "field"), POINTS)
def test_points_that_do_not_fit(old: str, new: str, line: int, field: str) -> None:
    content = FILES["cumulative"].decode()
    assert old in content
    with pytest.raises(Refused) as wrong:
        assert read_pb(content.replace(old, new).encode()).election
    assert place_of(wrong.value) == place(line, field)


@pytest.mark.parametrize(("content", "line"), ENCODINGS)
def test_what_is_no_text(content: bytes, line: int) -> None:
    with pytest.raises(Refused) as wrong:
        read_pb(content)
    assert place_of(wrong.value) == place(line, "")


def test_an_error_repeats_little_of_the_file() -> None:
    with pytest.raises(Refused) as wrong:
        assert small("1;pond\n", "1;" + "p" * 100_000 + "\n").election
    assert len(str(wrong.value)) < 300


def test_the_line_is_right_after_texts_over_several_lines() -> None:
    content = FILES["approval"].replace(b"v7;9,10,L-02", b"v7;9,10,L-03")
    with pytest.raises(Refused, match=r"Line 34, vote: The ballot names project “L-03”"):
        assert read_pb(content).election
