"""Does every picture stay whole, honest and readable, whatever is put into it?"""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.pictures import (
    Bar,
    DotKinds,
    DotRow,
    Frame,
    Mark,
    MatrixCell,
    MatrixRow,
    Picture,
    Stack,
    bands,
    bar,
    dots,
    matrix,
    stacked,
)
from folkmoot.core.pictures.svg import WIDTH, plain

NS = "{http://www.w3.org/2000/svg}"
FRAME = Frame("support", "Active supporters", "13 in 4 of 7 parts.", rows_are="Part", empty="nothing yet")
HOSTILE = "</text><script>alert('x')</script>&\"\x00\x1b\ud800\ufffe\u202e" + "long " * 200


def shapes(picture: Picture, tag: str, kind: str = "") -> list[ET.Element]:
    tree = ET.fromstring(picture.svg)
    return [e for e in tree.iter(NS + tag) if not kind or e.get("class") == kind]


def words(picture: Picture) -> list[str]:
    return [e.text or "" for e in shapes(picture, "text")]


def check(picture: Picture) -> None:
    """What holds of every picture."""
    tree = ET.fromstring(picture.svg)
    named = {e.get("id") for e in tree.iter() if e.get("id")}
    assert tree.get("role") == "img"
    assert set((tree.get("aria-labelledby") or "").split()) <= named
    assert {e.tag for e in tree.iter()} <= {
        NS + t
        for t in (
            "svg",
            "title",
            "desc",
            "defs",
            "pattern",
            "path",
            "rect",
            "circle",
            "polygon",
            "line",
            "text",
        )
    }
    attributes = {name for e in tree.iter() for name in e.attrib}
    assert not attributes & {"style", "href"}
    assert not any(name.startswith("on") for name in attributes)
    assert all(len(row) == len(picture.table.headings) for row in picture.table.rows)
    _, _, width, height = (float(n) for n in (tree.get("viewBox") or "").split())
    for box in tree.iter(NS + "rect"):
        x, y, w, h = (float(box.get(a) or 0) for a in ("x", "y", "width", "height"))
        assert -0.01 <= x <= x + w <= width + 0.01
        assert -0.01 <= y <= y + h <= height
    for circle in tree.iter(NS + "circle"):
        x, y, r = (float(circle.get(a) or 0) for a in ("cx", "cy", "r"))
        assert r <= x <= width - r
        assert r <= y <= height - r
    assert all(0 < float(text.get("y") or 0) <= height for text in tree.iter(NS + "text"))


texts = st.text(max_size=40) | st.sampled_from([HOSTILE, "", "Council", "住宅" * 20])
amounts = st.integers(-(10**17), 10**17)


@settings(max_examples=60)
@given(texts, st.lists(st.builds(Bar, texts, amounts, texts), max_size=6))
def test_bars(title: str, bars: list[Bar]) -> None:
    picture = bar(Frame("b", title, title), bars)
    check(picture)
    assert picture.table.rows == tuple((plain(b.label), plain(b.said)) for b in bars)
    drawn = [float(e.get("width") or 0) for e in shapes(picture, "rect")]
    span = max(0, *(b.value for b in bars), 0) - min(0, *(b.value for b in bars), 0)
    for width, value in zip(drawn, [b.value for b in bars if b.value], strict=True):
        assert width == pytest.approx(abs(value) * WIDTH / span, abs=0.02)


@settings(max_examples=60)
@given(st.lists(st.tuples(texts, st.lists(amounts, min_size=3, max_size=3)), max_size=5), st.booleans())
def test_stacks(rows: list[tuple[str, list[int]]], shared: bool) -> None:
    stacks = [Stack(name, tuple(values), tuple(map(str, values)), str(sum(values))) for name, values in rows]
    picture = stacked(FRAME, ("here", HOSTILE, "not known"), stacks, shared=shared)
    check(picture)
    assert picture.table.rows == tuple((plain(s.label), *s.said, s.whole) for s in stacks)


@given(st.lists(st.integers(0, 10**12), min_size=4, max_size=4).filter(any))
def test_the_widths_of_a_stack_sum_to_the_whole(values: list[int]) -> None:
    picture = stacked(FRAME, "abcd", [Stack("Council", tuple(values), tuple("abcd"))])
    drawn = [e for e in shapes(picture, "rect") if e.get("class") and e.get("height") == "16"]
    widths = [round(100 * float(e.get("width") or 0)) for e in drawn]
    assert sum(widths) == 100 * (WIDTH - 104)
    ends = [(float(e.get("x") or 0), float(e.get("width") or 0)) for e in drawn]
    assert all(x + w == pytest.approx(following) for (x, w), (following, _) in pairwise(ends))


@settings(max_examples=60)
@given(st.lists(st.builds(DotRow, texts, *[st.integers(0, 30)] * 3, texts), max_size=6))
def test_dots_are_one_for_one_or_told_in_numbers(rows: list[DotRow]) -> None:
    picture = dots(FRAME, rows)
    check(picture)
    total = sum(sum(row.counts) for row in rows)
    kinds = sum(1 for kind in range(3) if any(row.counts[kind] for row in rows))
    drawn = len(shapes(picture, "circle", "pic-ring")) + sum(
        e.get("r") == "5.5" for e in shapes(picture, "circle", "pic-1")
    )
    numbers = {str(count) for row in rows for count in row.counts if count}
    assert drawn == total + kinds or numbers <= set(words(picture))
    told = [cell for row in picture.table.rows for cell in row]
    assert numbers <= set(told)


@settings(max_examples=40)
@given(
    st.lists(texts, max_size=6).flatmap(
        lambda columns: st.tuples(
            st.just(columns),
            st.lists(
                st.tuples(
                    texts,
                    st.lists(
                        st.builds(MatrixCell, st.sampled_from(Mark), texts, texts),
                        min_size=len(columns),
                        max_size=len(columns),
                    ),
                ),
                max_size=4,
            ),
        )
    )
)
def test_matrices(shape: tuple[list[str], list[tuple[str, list[MatrixCell]]]]) -> None:
    columns, rows = shape
    picture = matrix(FRAME, columns, [MatrixRow(name, tuple(cells)) for name, cells in rows])
    check(picture)
    assert picture.table.rows == tuple(
        (plain(name), *(plain(cell.in_full) for cell in cells)) for name, cells in rows
    )


@settings(max_examples=40)
@given(st.lists(texts, min_size=1, max_size=4), st.lists(st.tuples(texts, st.integers(0, 3)), max_size=6))
def test_bands_are_told_in_words(scale: list[str], rows: list[tuple[str, int]]) -> None:
    rows = [(label, place % len(scale)) for label, place in rows]
    picture = bands(FRAME, scale, rows, measure="Active")
    check(picture)
    assert picture.table.rows == tuple((plain(label), plain(scale[place])) for label, place in rows)
    assert len(shapes(picture, "rect")) == sum(1 for _, place in rows if place)


def test_two_counts_of_one_band_look_alike() -> None:
    picture = bands(FRAME, ("none yet", "1 to 4", "5 or more"), [("A", 1), ("B", 1), ("C", 2), ("D", 0)])
    first, second, most = shapes(picture, "rect")
    assert (first.get("class"), most.get("class")) == ("pic-band", "pic-1")
    assert first.get("width") == second.get("width") != most.get("width")
    assert words(picture) == ["A", "1 to 4", "B", "1 to 4", "C", "5 or more", "D", "none yet"]
    assert not shapes(picture, "circle")


def test_the_elephants_dots() -> None:
    rows = [
        DotRow("Council", 4, 1, 1),
        DotRow("Business", 0, 0, 2, "none active yet"),
        DotRow("Housing", 0, words="nobody yet"),
    ]
    picture = dots(FRAME, rows, kinds=DotKinds("active", "long ago", "others"))
    assert picture.table.headings == ("Part", "active", "long ago", "others", "In words")
    assert picture.table.rows[2] == ("Housing", "0", "0", "0", "nobody yet")
    assert words(picture) == [
        "Council", "Business", "none active yet", "Housing", "nobody yet", "active", "long ago", "others"
    ]  # fmt: skip
    assert (
        len(shapes(picture, "circle", "pic-ring")) == 1 + 1 + 2 + 2
    )  # one ringed, three open, two in the legend


def test_rows_too_full_for_dots_tell_numbers() -> None:
    picture = dots(FRAME, [DotRow("Council", 120, 0, 7), DotRow("Health", 3)])
    assert [text for text in words(picture) if text.isdigit()] == ["120", "7", "3"]
    assert len(shapes(picture, "circle", "pic-1")) == 3  # one in each row and one in the legend
    assert len(shapes(dots(FRAME, [DotRow("Council", 28)]), "circle", "pic-1")) == 28 + 1


def test_a_long_name_is_shortened_in_the_picture_and_whole_in_the_table() -> None:
    name = "The Combined Authority of Every Town, Village and Hamlet between the River and the Sea"
    picture = bar(FRAME, [Bar(name, 1, "£1")])
    assert picture.table.rows == ((name, "£1"),)
    assert words(picture)[0].endswith("…")
    assert name.startswith(words(picture)[0][:-1])


def test_credits_go_left_of_nought_and_are_outlined() -> None:
    picture = bar(FRAME, [Bar("Council", 300, "£3"), Bar("College", -100, "−£1")])
    paid, credit = shapes(picture, "rect")
    assert (paid.get("class"), credit.get("class")) == ("pic-1", "pic-4")
    assert (paid.get("x"), paid.get("width")) == ("82.5", "247.50")
    assert (credit.get("x"), credit.get("width")) == ("0", "82.50")


def test_what_cannot_be_a_part_of_the_whole_is_said_in_words() -> None:
    picture = stacked(
        FRAME, ("here", "away"), [Stack("A", (5, -1), ("£5", "−£1")), Stack("B", (0, 0), ("£0", "£0"))]
    )
    assert "not drawn: away −£1" in words(picture)
    assert "nothing yet" in words(picture)


def test_kinds_are_told_apart_without_colour() -> None:
    picture = stacked(FRAME, "abcd", [Stack("A", (1, 1, 1, 1), tuple("1234"))])
    assert shapes(picture, "rect", "pic-4")[0].get("stroke-dasharray")
    assert shapes(picture, "pattern")[0].get("id") == "support-hatch"
    assert "url(#support-hatch)" in picture.svg


def test_nothing_to_show_is_said() -> None:
    for picture in (
        bar(FRAME, []),
        stacked(FRAME, ("a",), []),
        dots(FRAME, []),
        matrix(FRAME, [], []),
        bands(FRAME, "a", []),
    ):
        check(picture)
        assert words(picture) == ["nothing yet"]
        assert picture.table.rows == ()


def test_hostile_text_stays_text() -> None:
    picture = dots(Frame("x", HOSTILE, HOSTILE), [DotRow(HOSTILE, 1, words=HOSTILE)])
    check(picture)
    assert "<script" not in picture.svg
    assert not re.search("[\x00\x1b\ufffe\u202e]", picture.svg)
    assert "<script>alert('x')</script>" in picture.table.rows[0][0]


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 4"):
        stacked(FRAME, "abcde", [])
    with pytest.raises(ValueError, match="one value"):
        stacked(FRAME, "ab", [Stack("A", (1,), ("1",))])
    with pytest.raises(ValueError, match="below nought"):
        dots(FRAME, [DotRow("A", -1)])
    with pytest.raises(ValueError, match="one cell"):
        matrix(FRAME, ["a"], [MatrixRow("A", ())])
    with pytest.raises(ValueError, match="a place on the scale"):
        bands(FRAME, ("none", "some"), [("A", 2)])
    with pytest.raises(ValueError, match="not an id"):
        Frame('x" onload="alert(1)', "", "")
