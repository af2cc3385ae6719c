"""Do the answers for everybody and for the convenor say the same, where both say something?"""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings

from core.learn.representation.places import TOWN, circle_of, places_and_circles
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.learn.representation import (
    Circle,
    Dimension,
    Person,
    Place,
    Position,
    Verdict,
    full,
    published,
)
from folkmoot.core.learn.representation.judging import exactly, rounded, voice_of

BOLD = (Verdict.MISSING, Verdict.FEWER, Verdict.MORE)


def test_a_town_without_its_young() -> None:
    told = full(TOWN, [circle_of((1, 129, 70), (80, 120))]).circles[0]
    age, home = told.dimensions
    assert [one.verdict for one in age.values] == [Verdict.FEWER, Verdict.TOO_FEW, Verdict.MORE]
    assert (age.told, age.verdict, round(age.d or 0, 3)) == (200, Position.DIFFERS, 0.115)
    assert age.values[0].needed == 27  # 28 of 227 are 12.3 in 100, 27 of 226 are 11.9
    assert age.values[0].index == pytest.approx(100 * 0.005 / 0.12)
    assert (home.verdict, home.p, home.d) == (Position.LIKE, pytest.approx(1), 0)
    assert age.sentence.startswith("A fair draw of the same size would differ by as much in fewer than 1 of")


def test_a_small_circle_is_told_how_many_it_would_take() -> None:
    home = full(TOWN, [circle_of((2, 10, 3), (4, 11))]).circles[0].dimensions[1]
    assert home.verdict is Position.TOO_FEW
    assert {one.verdict for one in home.values} == {Verdict.TOO_FEW}
    assert home.values[0].enough == 271
    assert f"about {home.enough:,} people to show a gap of 10 points" in home.sentence


@settings(max_examples=12, deadline=None)
@given(places_and_circles())
def test_what_is_published_is_part_of_the_full_answer(made: tuple[Place, tuple[Circle, ...]]) -> None:
    place, circles = made
    everything, told = full(place, circles, 100), published(place, circles, 100)
    coarse = published(place, circles, 100, round_to_five=True)
    for one, shown, near in zip(everything.circles, told.circles, coarse.circles, strict=True):
        for whole, part, five in zip(one.dimensions, shown.dimensions, near.dimensions, strict=True):
            for value, seen, rough in zip(whole.values, part.values, five.values, strict=True):
                assert seen == value or seen.verdict is Verdict.HIDDEN
                assert (rough.n is None) == (seen.n is None)
                assert rough.n is None or (rough.n % 5 == 0 and rough.verdict in (value.verdict, *FAIR))
                assert value.low is None or value.low <= (value.share or 0) <= (value.high or 0)
            if part.d is not None:
                assert part.d <= (whole.d or 0) + 1e-9  # values taken together hide distance, never add it


FAIR = (Verdict.ABOUT, Verdict.TOO_FEW)


def test_a_rounded_verdict_holds_for_all_that_it_may_stand_for() -> None:
    share, questions = Fraction(1, 4), 6
    for n in (0, *range(5, 60)):
        near, whole = rounded(n), rounded(103)
        said = voice_of("", share, near, whole, questions)
        exact = {
            voice_of("", share, exactly(k), exactly(of), questions).verdict
            for k in range(near.least, near.most + 1)
            for of in range(whole.least, whole.most + 1)
        }
        assert said.verdict not in BOLD or exact <= {Verdict.MISSING, said.verdict}
        assert (said.low or 0) <= n / 103 <= (said.high or 0)


@pytest.mark.parametrize("rounding", [False, True])
def test_weighting_tells_nothing_but_of_what_is_shown(rounding: bool) -> None:
    """How many are young and rent stands nowhere, so nothing may follow it; nor, rounded, the last digit."""
    strains = set()
    for both in range(16):
        cells = {("16-24", "rents"): both, ("16-24", "owns"): 15 - both}
        cells |= {("25-64", "rents"): 15 - both, ("25-64", "owns"): 5 + both}
        people = [Person(f"{key}{at}", key) for key, n in cells.items() for at in range(n)]
        strains.add(published(TOWN, [Circle("here", tuple(people))], 100, 10, rounding).circles[0].strain)
    assert len(strains) == 1
    near = [published(TOWN, [circle_of((n, 50, 30), (40, 60))], 100, 10, True) for n in (18, 22)]
    assert near[0].circles[0].strain == near[1].circles[0].strain


def test_one_dimension_is_weighted_as_in_the_full_answer() -> None:
    home = Place(TOWN.dimensions[1:])
    circle = circle_of((20, 90), place=home)
    one, all_ = published(home, [circle]).circles[0].strain, full(home, [circle]).circles[0].strain
    assert one is not None
    assert all_ is not None
    assert one.efficiency == round(all_.efficiency, 2)
    assert one.effective == pytest.approx(all_.effective, abs=0.01 * 110)


def test_a_counted_place_is_not_drawn_twice() -> None:
    village = Place((Dimension("home", ("rents", "owns"), (Fraction(40), Fraction(60))),), counted=True)
    circle = circle_of((40, 50), place=village)
    once = full(village, [circle]).circles[0].dimensions[0]
    often = full(replace(village, counted=False), [circle]).circles[0].dimensions[0]
    assert (once.p or 1) < 0.02 < 0.3 < (often.p or 0)
    with pytest.raises(Refused, match="more people than the 100"):
        full(village, [circle_of((50, 60), place=village)])
    with pytest.raises(Refused, match="not whole"):
        Place((Dimension("home", ("rents", "owns"), (Fraction(1, 2), Fraction(1, 2))),), counted=True)


def test_nobody_and_two_of_one_name_are_refused() -> None:
    with pytest.raises(Refused, match="no people"):
        full(TOWN, [Circle("here", ())])
    with pytest.raises(Refused, match="Two have one name"):
        full(TOWN, [circle_of((1, 1, 1), (1, 2))] * 2)


def test_who_told_nothing_is_compared_with_nothing() -> None:
    told = full(TOWN, [circle_of((0, 0, 0), (3, 4))]).circles[0]
    age = told.dimensions[0]
    assert (age.told, age.not_compared, age.d, age.sentence) == (0, 7, None, "Nobody told.")
    assert {one.verdict for one in age.values} == {Verdict.TOO_FEW}
    assert (told.people, told.told) == (7, 7)


@pytest.mark.parametrize("counts", [(0, 0), (-1, 3)])
def test_a_place_without_people_is_refused(counts: tuple[int, int]) -> None:
    with pytest.raises(Refused, match="nothing, or one is below nought"):
        Dimension("age", ("young", "old"), tuple(map(Fraction, counts)))


def test_a_total_among_the_values_is_refused() -> None:
    with pytest.raises(Refused, match="is the sum of the others"):
        Dimension("age", ("young", "old", "All ages"), (Fraction(1), Fraction(2), Fraction(3)))
