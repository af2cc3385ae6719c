"""Are people and quotas read as they stand, and what cannot be read refused with its line?"""

import pytest

from folkmoot.core.decide.lottery.reading import read_census, read_pool, read_quotas
from folkmoot.core.kernel.errors import Refused

QUOTAS = b"category,name,min,max\nAge,young,1,1\nAge,old,1,2\n"


@pytest.mark.parametrize(
    "text",
    [
        "category,feature,min,max\nAge,young,1,1\nAge,old,1,2\n",
        "feature,value,min,max,min_flex,max_flex\nAge,young,1,1,0,9\n\nAge,old,1,2,0,9\n",
        "\ufeffCategory;Name;Min;Max\r\nAge; young ;1;1\r\nAge;old;1;2\r\n",
    ],
)
def test_each_way_to_write_quotas_is_read(text: str) -> None:
    assert read_quotas(text.encode()) == read_quotas(QUOTAS)


def test_people_have_ids_answers_and_homes() -> None:
    rows = b"ID,age,Street,No\na, Young,High St,1\nb,old,high  st,1\nc,old,,\nd,old,,\n"
    pool = read_pool(rows, read_quotas(QUOTAS), 2, household=["street", "no"])
    assert pool.ids == ("a", "b", "c", "d")
    assert [one.answers for one in pool.people] == [("young",), ("old",), ("old",), ("old",)]
    assert pool.people[0].household == pool.people[1].household != ""
    assert pool.people[2].household == pool.people[3].household == ""
    assert read_pool(b"age\nold\nyoung\n", read_quotas(QUOTAS), 2).ids == ("1", "2")
    named = read_pool(b"id,who,age\n1,x,old\n1,y,young\n", read_quotas(QUOTAS), 2, id_column="who")
    assert named.ids == ("x", "y")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (b"id,age\na,middle\n", "\u201cmiddle\u201d"),
        (b"id,age\na,\nb,old\n", "\u201c\u201d"),
        (b"id,age\na,old\na,old\n", "comes twice"),
        (b"id,sex\na,old\n", "no column Age"),
        (b"id,age\n,old\nb,old\n", "Line 2"),
        (b"id,age\na,old,more\n", "Line 2"),
        (b"id,age,age\na,old,old\n", "comes twice"),
        (b"id,age\na,\xff\n", "UTF-8"),
        (b"", "no column Age"),
    ],
)
def test_people_that_cannot_be_read_are_refused(rows: bytes, said: str) -> None:
    with pytest.raises(Refused) as caught:
        read_pool(rows, read_quotas(QUOTAS), 1)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (b"a,b\n1,2\n", "The columns are a, b."),
        (b"category,name,min\nAge,old,1\n", "no column max"),
        (b"category,name,min,max\nAge,old,one,2\n", "Line 2"),
        (b"category,name,min,max\nAge,old,3,2\n", "from 3 to 2"),
        (b"category,name,min,max\nAge,old,1," + b"9" * 20 + b"\n", "9 digits"),
        (b"category,name,min,max\nAge,old,1," + b"9" * 5000 + b"\n", "9 digits"),
        (b"category,name,min,max\nAge,,1,2\n", "Line 2"),
        (b"", "The columns are none."),
    ],
)
def test_quotas_that_cannot_be_read_are_refused(rows: bytes, said: str) -> None:
    with pytest.raises(Refused) as caught:
        read_quotas(rows)
    assert said in str(caught.value)


def test_capitals_and_empty_lines_make_no_difference() -> None:
    assert read_quotas(b"category,name,min,max\nAge,young,1,1\nage,old,1,2\n") == read_quotas(QUOTAS)
    assert read_quotas(b"\n\ncategory;name;min;max\nAge;young;1;1\nAge;old;1;2\n") == read_quotas(QUOTAS)
    twice = read_quotas(b"category,name,min,max\nAge,old,1,1\nage,OLD,1,2\n")
    with pytest.raises(Refused, match="two quotas"):
        read_pool(b"age\nold\n", twice, 1)


def test_a_census_is_read_in_people_or_per_cent() -> None:
    whole = read_census(b'feature,value,population\nAge,young,"2,510"\nAge,old,"7,490"\n', 20)
    parts = read_census(b"category,name,share\nAge,young,25.1%\nAge,old,74.9%\n", 20)
    assert whole == parts
    head = b"category,name,count\n"
    for rows in (
        head + b"Age,old,x\n",
        head + b"Age,old,0\n",
        head + b"Age,old,1\nAge,old,2\n",
        head + b"Age,old,1\nage,OLD,2\n",
        head + b"Age,old,1e999999999\nAge,young,1\n",
        b"category;name;share\nAge;young;12,5\nAge;old;87,25\n",
        b"category,name,min\nAge,old,1\n",
    ):
        with pytest.raises(Refused):
            read_census(rows, 3)
