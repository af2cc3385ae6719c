"""Do the pictures of people and of their shares show all and no more than was put into them?"""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.pictures.test_pictures import FRAME, HOSTILE, check, shapes, words
from folkmoot.core.pictures.scatter import Kind, Spot, scatter
from folkmoot.core.pictures.shares import Share, ShareRow, shares
from folkmoot.core.pictures.svg import lines_of, plain, width_of

KINDS = [Kind(name, "some people") for name in "ABCDE"]
NOBODY = Kind("of no group", "few people")
PLACES = st.floats(-1e6, 1e6)
SPOTS = st.lists(st.builds(Spot, PLACES, PLACES, st.sampled_from([None, 0, 1, 2, 3, 4])), max_size=40)


@settings(max_examples=60)
@given(SPOTS)
def test_everybody_stands_inside_and_nobody_in_the_table(spots: list[Spot]) -> None:
    drawn = scatter(FRAME, KINDS, spots, none=NOBODY)
    check(drawn)
    assert [row[0] for row in drawn.table.rows] == ["A", "B", "C", "D", "E", "of no group"]
    _, _, wide, high = map(float, ET.fromstring(drawn.svg).attrib["viewBox"].split())
    for one in shapes(drawn, "circle"):
        assert -8 <= float(one.attrib["cx"]) <= wide + 8
        assert -8 <= float(one.attrib["cy"]) <= high
    assert ("nothing yet" in words(drawn)) == (not spots)


def test_kinds_differ_in_shape_and_a_crowd_is_one_larger_mark() -> None:
    apart = scatter(FRAME, KINDS, [Spot(place, 1, place) for place in range(5)], none=NOBODY)
    legend = 1  # each kind stands once more beside its name
    assert len(shapes(apart, "circle", "pic-1")) == len(shapes(apart, "circle", "pic-ring")) == 1 + legend
    assert len(shapes(apart, "rect", "pic-2")) == 1 + legend
    assert [len(shapes(apart, "polygon", kind)) for kind in ("pic-3", "pic-4")] == [2, 2]
    crowd = scatter(FRAME, KINDS[:1], [*[Spot(1, 1, 0)] * 9, Spot(-1, -1, 0)])
    large, small, _ = sorted((float(e.attrib["r"]) for e in shapes(crowd, "circle")), reverse=True)
    assert large > small


def test_a_kind_that_is_not_there_is_refused() -> None:
    for kinds, spots in ((KINDS[:1], [Spot(0, 0, 1)]), ([*KINDS, NOBODY], [])):
        with pytest.raises(ValueError, match="kinds"):
            scatter(FRAME, kinds, spots)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.text(max_size=400), st.floats(0, 100), st.floats(0, 100)), max_size=5))
def test_each_share_has_its_bar_and_its_words(rows: list[tuple[str, float, float]]) -> None:
    told = [
        ShareRow(
            text,
            (Share((low + high) / 2, min(low, high), max(low, high), "so much"), Share(None, said="few")),
        )
        for text, low, high in rows
    ]
    drawn = shares(FRAME, ["A", "B"], told)
    check(drawn)
    assert [row[1:] for row in drawn.table.rows] == [("so much", "few")] * len(rows)
    assert len(shapes(drawn, "rect", "pic-reach")) == len(rows)


def test_a_row_has_a_share_for_each_group() -> None:
    with pytest.raises(ValueError, match="share for each"):
        shares(FRAME, ["A", "B"], [ShareRow("x", (Share(1),))])
    check(shares(FRAME, [HOSTILE], [ShareRow(HOSTILE, (Share(0, 0, 0, HOSTILE),))]))


@given(st.text(max_size=200), st.floats(40, 300), st.integers(1, 4))
def test_lines_keep_to_their_room(text: str, room: float, most: int) -> None:
    lines = lines_of(text, room, most)
    assert 1 <= len(lines) <= most
    assert all(width_of(line) <= room for line in lines)
    if not lines[-1].endswith("…") and not any("…" in line for line in lines):
        assert " ".join(lines).split() == plain(text).split()
