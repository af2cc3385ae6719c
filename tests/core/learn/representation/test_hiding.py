"""Can anybody work out a small count from all that is shown?"""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from core.learn.representation.places import TOWN, circle_of, places_and_circles
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.learn.representation import Circle, Person, Place, Verdict, full, published
from folkmoot.core.learn.representation.answer import CircleVoices
from folkmoot.core.learn.representation.hiding import Side, hidden

LEAST = 10
CELLS = st.sampled_from([0, 0, 1, 3, 9, 10, 12, 20, 45, 300])
SETTINGS = settings(max_examples=20, deadline=None)


def widths(counts: np.ndarray, shown: np.ndarray, least: int, rows: bool, parts: bool = False) -> list[float]:
    """The interval of each hidden cell for whoever knows what is shown, column sums, and large row sums.

    parts: and that the second column is a part of the first.
    """
    at = np.argwhere(~shown)
    sums = [[float(cell[1] == c) for cell in at] for c in range(counts.shape[1])]
    known = [float(counts[:, c][~shown[:, c]].sum()) for c in range(counts.shape[1])]
    for r in np.nonzero(counts.sum(axis=1) > least)[0] if rows else ():
        sums.append([float(cell[0] == r) for cell in at])
        known.append(float(counts[r][~shown[r]].sum()))
    below, room = None, None
    if parts and len(at):
        below = [[float(cell[0] == r) * (-1, 1)[cell[1]] for cell in at] for r in range(len(counts))]
        room = [counts[r, 0] * shown[r, 0] - counts[r, 1] * shown[r, 1] for r in range(len(counts))]
    found = []
    for cell in range(len(at)):
        goal = np.eye(len(at))[cell]
        low, high = (linprog(s * goal, below, room, sums, known, bounds=(0, None)) for s in (1, -1))
        assert low.status == high.status == 0
        found.append(-high.fun - low.fun)
    return found


@SETTINGS
@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6), st.integers(1, 3), st.integers(5, 12)
)
def test_no_hidden_count_can_be_narrowed_down(rows: list[tuple[int, ...]], columns: int, least: int) -> None:
    counts = np.array([row[:columns] for row in rows])
    found = hidden(Side(tuple(tuple(map(int, row)) for row in counts)), least)
    if found is None:
        return
    shown = np.ones(counts.shape, dtype=bool)
    for cell in found:
        shown[cell] = False
    assert counts[shown].min(initial=least) >= least
    for axis in (0, 1) if columns > 1 else (0,):
        assert 1 not in (~shown).sum(axis=axis)
    assert all(width > least for width in widths(counts, shown, least, rows=columns > 1))


@SETTINGS
@given(places_and_circles())
def test_nothing_published_gives_a_small_count_away(made: tuple[Place, tuple[Circle, ...]]) -> None:
    place, circles = made
    told, true = published(place, circles, 100, LEAST), full(place, circles, 100)
    for at in range(len(place.dimensions)):
        kept = [n for n, one in enumerate(told.circles) if one.dimensions[at].told is not None]
        if not kept:
            continue
        counts = np.array([[v.n for v in true.circles[n].dimensions[at].values] for n in kept]).T
        seen = [[v.n for v in told.circles[n].dimensions[at].values] for n in kept]
        shown = np.array([[n is not None for n in one] for one in seen]).T
        for n, place_, empty in zip(counts[shown], *_shares(told, at, kept, shown), strict=True):
            assert n >= LEAST or (n == 0 and place_ * empty >= LEAST)
        assert all(width > LEAST for width in widths(counts, shown, LEAST, rows=False, parts=len(kept) > 1))
        if len(kept) > 1:
            assert 1 not in (~shown).sum(axis=1)
            left = (counts[:, 0] - counts[:, 1])[shown.all(axis=1)]
            assert all(n == 0 or n >= LEAST for n in left)
        for number in kept:
            _nothing_left_over(told.circles[number], len(circles[0].people))


def _shares(told: object, at: int, kept: list[int], shown: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    circles = [told.circles[n].dimensions[at] for n in kept]
    places = np.array([[value.place for value in one.values] for one in circles]).T
    sizes = np.array([[one.told] * len(one.values) for one in circles]).T
    return places[shown], sizes[shown]


def _nothing_left_over(circle: CircleVoices, most: int) -> None:
    """Neither those who told nothing, nor the values taken together, are a small number by subtraction."""
    for one in circle.dimensions:
        if circle.people is not None and one.told is not None:
            assert circle.people - one.told == 0 or LEAST <= circle.people - one.told <= most
        if one.together:
            assert one.together.n > LEAST
            assert one.together.n == one.told - sum(value.n or 0 for value in one.values)


def test_where_nobody_took_part_it_is_said_only_if_many_would_be_expected() -> None:
    told = published(TOWN, [circle_of((0, 70, 30), (40, 60))])
    young = told.circles[0].dimensions[0].values[0]
    assert (young.n, young.verdict, young.needed) == (0, Verdict.MISSING, 14)
    few = published(TOWN, [circle_of((0, 35, 15), (20, 30))])  # 6 would be expected
    assert [value.n for value in few.circles[0].dimensions[0].values] == [None, 35, None]


def test_a_circle_that_is_part_of_another_tells_not_who_left() -> None:
    invited = circle_of((15, 60, 30), (50, 55))
    came = Circle("came", tuple(one for one in invited.people if one.id not in {"0", "40", "41"}))
    told = published(TOWN, [invited, came])
    sizes = {one.name: one.dimensions[0].told for one in told.circles}
    assert sizes == {"here": 105, "came": None}  # one of the young left, and two others: a small number each


def test_what_several_parts_leave_over_is_not_told_either() -> None:
    everybody = circle_of((66, 72, 73), (100, 111), name="all")
    here = {
        value: [one for one in everybody.people if one.answers[0] == value]
        for value in TOWN.dimensions[0].values
    }
    parts = {"east": (30, 40, 30), "west": (35, 30, 40)}  # and 1, 2 and 3 people elsewhere
    held = [
        Circle(name, tuple(here[v].pop() for v, n in zip(here, parts[name], strict=True) for _ in range(n)))
        for name in parts
    ]
    age = {one.name: one.dimensions[0] for one in published(TOWN, [everybody, *held]).circles}
    for at in range(3):
        counts = [age[name].values[at].n for name in ("all", "east", "west")]
        left = None if None in counts else counts[0] - counts[1] - counts[2]
        assert left is None or left == 0 or left >= LEAST


def test_a_part_stays_a_part_though_somebody_answered_otherwise() -> None:
    invited = circle_of((50, 60, 40), (70, 80))
    came = [one for one in invited.people if one.id not in {"0", "1", "2"}]
    came[-1] = Person(came[-1].id, ("25-64", "owns"))  # at first, 65+
    ages = [
        one.dimensions[0].values for one in published(TOWN, [invited, Circle("came", tuple(came))]).circles
    ]
    for one, other in zip(*ages, strict=True):
        assert None in (one.n, other.n) or one.n == other.n or abs(one.n - other.n) >= LEAST


def test_that_one_circle_is_part_of_another_narrows_what_is_hidden() -> None:
    counts = ((20, 16), (14, 14), (30, 15))
    assert hidden(Side(counts)) == frozenset()
    # Four would do, but for what is known: that no value has more in the part than in the whole.
    assert len(hidden(Side(counts, nested=((0, 1),))) or ()) == 6


def test_those_who_left_are_as_a_circle_of_their_own() -> None:
    counts = (
        (5, 3),
        (53, 26),
        (14, 9),
    )  # 2 and 5 left of two values that are not shown one by one: 7 together
    found = hidden(Side(counts, nested=((0, 1),)))
    assert found is None or {row for row, _ in found} == {0, 1, 2}


def test_a_circle_that_is_left_out_is_not_found_by_subtraction() -> None:
    everybody = circle_of((11, 53, 32), (40, 56), name="all")
    parts = {"east": range(5, 96, 2), "west": (*range(5), *range(6, 96, 2))}
    held = [Circle(name, tuple(everybody.people[at] for at in parts[name])) for name in parts]
    age = {one.name: one.dimensions[0].values for one in published(TOWN, [everybody, *held]).circles}
    sizes = {name: len(at) for name, at in parts.items()}
    for one, other in (("east", "west"), ("west", "east")):
        if age[one][0].n is None and age[other][0].n is not None:
            assert age["all"][0].n is None or age["all"][0].n - age[other][0].n > LEAST
        rest = [n for n in range(3) if age[one][n].n is None and age[other][n].n is None]
        known = sum(age["all"][n].n - age[other][n].n for n in range(3) if n not in rest and age[other][n].n)
        assert not rest or sizes[one] - known > LEAST or known == 0


def test_of_equal_counts_the_same_is_hidden_in_whatever_order() -> None:
    for names in (("16-24", "25-64", "65+"), ("65+", "25-64", "16-24"), ("25-64", "16-24", "65+")):
        age = TOWN.dimensions[0]
        counts = tuple(age.counts[age.values.index(name)] for name in names)
        place = Place((type(age)("age", names, counts),))
        numbers = [{"16-24": 3, "25-64": 40, "65+": 40}[name] for name in names]
        told = published(place, [circle_of(numbers, place=place)]).circles[0].dimensions[0]
        assert {one.name for one in told.values if one.n is None} == {"16-24", "65+"}


def test_few_people_are_not_shown_at_all() -> None:
    told = published(TOWN, [circle_of((3, 3, 3), (4, 5))]).circles[0]
    assert (told.people, told.told, told.strain, told.suppressed) == (None, None, None, 5)
    assert all(value.n is None for one in told.dimensions for value in one.values)


def test_those_who_told_nothing_are_not_a_small_number_either() -> None:
    told = published(TOWN, [circle_of((20, 60, 30), (50, 60), not_told=4)]).circles[0]
    assert (told.people, told.told) == (None, 110)
    assert [one.not_compared for one in told.dimensions] == [None, None]
    many = published(TOWN, [circle_of((20, 60, 30), (50, 60), not_told=12)]).circles[0]
    assert (many.people, many.told, many.dimensions[0].not_compared) == (122, 110, 12)


def test_a_threshold_below_five_is_refused() -> None:
    with pytest.raises(Refused, match="people can be picked out"):
        published(TOWN, [circle_of((20, 60, 30), (50, 60))], least=4)


@SETTINGS
@given(places_and_circles(), st.permutations(range(5)), st.randoms())
def test_names_and_order_tell_nothing(
    made: tuple[Place, tuple[Circle, ...]], order: list[int], lot: object
) -> None:
    place, circles = made
    shuffled = []
    for circle in circles:
        people = [Person(f"x{one.id}", one.answers) for one in circle.people]
        lot.shuffle(people)
        shuffled.append(Circle(circle.name, tuple(people)))
    values = [[at for at in order if at < len(one.values)] for one in place.dimensions]
    turned = Place(
        tuple(
            type(one)(
                one.name, tuple(one.values[at] for at in held), tuple(one.counts[at] * 7 for at in held)
            )
            for one, held in zip(place.dimensions, values, strict=True)
        )
    )
    for said in (full, published):
        one, other = said(place, circles, 100), said(turned, shuffled[::-1], 100)
        assert (one.questions, _bare(one)) == (other.questions, _bare(other))


def _bare(answer: object) -> list[tuple[object, ...]]:
    return [
        (
            circle.name,
            circle.people,
            one.name,
            one.told,
            round(one.d or 0, 9),
            one.p,
            one.verdict,
            Counter(one.values),
        )
        for circle in answer.circles
        for one in circle.dimensions
    ]
