"""Are both files read as they are found, and refused with the line where they cannot be?"""

from fractions import Fraction

import pytest

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.learn.representation import published
from folkmoot.core.learn.representation.people import tally
from folkmoot.core.learn.representation.reading import beside, read_people, read_place

PLACE = b"category,name,count\nage,16\xe2\x80\x9324,120\nage,25+,880\nhome,rents,2\nhome,owns,3\n"


@pytest.mark.parametrize(
    "content",
    [
        b'dimension,value,people\nage,young,"1,000"\nage,old,"3,000"\n',
        b"feature;value;share\r\nage;young;25%\r\nage;old;75 %\r\n",
        b"\xef\xbb\xbfCategory\tName\tShare\nage\tyoung\t.25\nAge\told\t0.75\n\n",
        b"category,feature,count,note\nage,young,1,x\nage,old,3,\nage,Not stated,9,\nage,,4,\n",
    ],
)
def test_a_place_is_read_by_any_of_its_names(content: bytes) -> None:
    (age,) = read_place(content).dimensions
    assert (age.name, age.values, age.shares) == ("age", ("young", "old"), (Fraction(1, 4), Fraction(3, 4)))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"category,name\nage,young\n", "no column with a count"),
        (b"name,count\nyoung,1\n", "no column with a category"),
        (b"category,name,count\nage,young,-1\n", "Line 2: .*is not a number"),
        (b"category,name,count\nage,young,1\nage,old,1e99999999\n", "Line 3: .*is not a number"),
        (b"category,name,count\nage,young,1\nage,Young ,2\n", "Line 3: age: Young comes twice"),
        (b"category,name,count\n,young,1\n", "Line 2: It names no category"),
        (b"category,name,count\n", "There are no rows"),
        (b"category,name,count\nage,young,1,9\n", "4 cells under 3 headings"),
        (b"category,name,count,Name\n", "column name comes twice"),
        (b"category,name,count\nage,na\xefve,1\n", "not in UTF-8: byte 27"),
        (b"a\x00b", "not text"),
    ],
)
def test_a_place_that_cannot_be_read_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_place(content)


def test_answers_are_alike_but_for_case_spaces_and_dashes() -> None:
    place = read_place(PLACE)
    people = (
        b"ID, Age ,Home,shoes\n1,16-24,RENTS,9\n2, 25+ ,Prefer not to say,9\n3,16 \xe2\x80\x93 24,houseboat\n"
    )
    read = read_people(people, place)
    assert read.remarks == ()
    answers = [[one.answers[at] for one in read.circles[0].people] for at in (0, 1)]
    found = [tally(one, told) for one, told in zip(place.dimensions, answers, strict=True)]
    assert [one.counts for one in found] == [(2, 1), (1, 0)]
    assert (found[1].not_told, found[1].unlisted) == (1, 1)


def test_what_was_not_asked_is_left_out_and_told() -> None:
    read = read_people(b"age\n25+\n\n25+\n", read_place(PLACE))
    assert read.remarks == ("nobody was asked about home; left out",)
    assert [one.name for one in read.place.dimensions] == ["age"]
    assert len(read.circles[0].people) == 2


def test_circles_stand_in_a_column_or_in_files() -> None:
    place = read_place(PLACE)
    column = b"id,age,circle\n1,25+,Invited; took part\n2,25+,invited\n3,16-24,took part\n"
    circles = read_people(column, place).circles
    assert {one.name: sorted(one.ids) for one in circles} == {"invited": ["1", "2"], "took part": ["1", "3"]}
    files = [
        read_people(text, place, name)
        for name, text in (("a", b"age,home\n25+,owns\n"), ("b", b"home\nowns\n"))
    ]
    together = beside(files[0], files[1:])
    assert [one.name for one in together.place.dimensions] == ["home"]
    assert [(one.name, one.people[0].answers) for one in together.circles] == [
        ("a", ("owns",)),
        ("b", ("owns",)),
    ]
    assert not together.circles[0].ids & together.circles[1].ids  # rows of two files are two people
    with pytest.raises(Refused, match="No category is in all of the files"):
        beside(read_people(b"age\n25+\n", place), [read_people(b"home\nowns\n", place, "b")])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (
            b"id,shoes\n1,9\n",
            "There is no column that the place has: it has age, home; the people have id, shoes",
        ),
        (b"id,age\n1,25+\n1,25+\n", "Line 3: The id 1 comes twice"),
        (b"id,age\n,25+\n", "Line 2: There is nothing in id"),
        (b"age,circle\n25+,\n", "Line 2: There is nothing in circle"),
        (b"id,age\n", "There is nobody"),
    ],
)
def test_people_who_cannot_be_read_are_refused(content: bytes, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read_people(content, read_place(PLACE))


def test_answers_that_the_place_does_not_list_are_not_published() -> None:
    rows = ["25+,owns"] * 60 + ["25+,rents"] * 40 + ["16-24,a boat"] * 15
    read = read_people(("age,home\n" + "\n".join(rows)).encode(), read_place(PLACE))
    home = published(read.place, read.circles).circles[0].dimensions[1]
    assert (home.told, home.not_compared, home.unlisted) == (100, 15, None)
    assert "boat" not in repr(home)
