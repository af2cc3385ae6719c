"""Does a picture of ranges stay whole and say in words and numbers what it shows?"""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.pictures import Frame
from folkmoot.core.pictures.ranges import Range, RangeNames, ranges
from folkmoot.core.pictures.svg import WIDTH

NS = "{http://www.w3.org/2000/svg}"
FRAME = Frame("voices", "Here beside the place", "Under their share: the young.", rows_are="Value")
NAMES = RangeNames("share here", "share of the place")
HOSTILE = "</text><script>alert('x')</script>&\"\x00\x1b" + "long " * 100
SHARES = st.floats(0, 1)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.lists(SHARES, min_size=3, max_size=3).map(sorted), SHARES), max_size=9))
def test_every_shape_lies_inside(rows: list[tuple[list[float], float]]) -> None:
    made = [Range(HOSTILE, mark, "x", at, low, high, group=HOSTILE) for (low, at, high), mark in rows]
    picture = ranges(FRAME, NAMES, made)
    tree = ET.fromstring(picture.svg)
    _, _, width, height = (float(n) for n in (tree.get("viewBox") or "").split())
    assert width == WIDTH
    for one in tree.iter(NS + "rect"):
        x, y, w, h = (float(one.get(a) or 0) for a in ("x", "y", "width", "height"))
        assert -0.01 <= x <= x + w <= width + 0.01
        assert 0 <= y <= y + h <= height
    for one in tree.iter(NS + "circle"):
        assert 5 <= float(one.get("cx") or 0) <= width - 5
    for one in tree.iter(NS + "text"):
        assert 0 < float(one.get("y") or 0) <= height
    assert not list(tree.iter(NS + "script"))
    assert len(picture.table.rows) == len(rows)


def test_dot_and_mark_stand_on_one_scale() -> None:
    rows = [
        Range("young", 0.25, "nobody", 0.0, 0.0, 0.1, "missing", "age"),
        Range("old", 0.5, "not shown", words="not shown", group="age"),
    ]
    picture = ranges(FRAME, NAMES, rows)
    tree = ET.fromstring(picture.svg)
    dots = [float(one.get("cx") or 0) for one in tree.iter(NS + "circle")]
    marks = [float(one.get("x") or 0) + 2 for one in tree.iter(NS + "rect") if one.get("class") == "pic-3"]
    whole = WIDTH - 12
    assert dots == [6, 6]  # nobody, and the legend's
    assert marks[:2] == [6 + whole / 2, 6 + whole]  # the scale ends at a half
    assert picture.table.headings == (
        "Value",
        "share here",
        "at least",
        "at most",
        "share of the place",
        "In words",
    )
    assert picture.table.rows == (
        ("age: young", "nobody", "0.0 %", "10.0 %", "25.0 %", "missing"),
        ("age: old", "not shown", "", "", "50.0 %", "not shown"),
    )


@pytest.mark.parametrize(
    "row", [Range("a", 1.2, ""), Range("a", 0.5, "", 0.6, 0.1, 0.5), Range("a", -0.1, "")]
)
def test_what_is_no_share_is_not_drawn(row: Range) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        ranges(FRAME, NAMES, [row])
