"""Which places, circles and tables do these tests try?"""

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import strategies as st

from folkmoot.core.learn.representation import Circle, Dimension, Person, Place

TOWN = Place(
    (
        Dimension("age", ("16-24", "25-64", "65+"), (Fraction(120), Fraction(640), Fraction(240))),
        Dimension("home", ("rents", "owns"), (Fraction(2), Fraction(3))),
    )
)


def circle_of(*counts: Sequence[int], place: Place = TOWN, name: str = "here", not_told: int = 0) -> Circle:
    """A circle with so many people of each value of each dimension; not_told: rows without any answer."""
    columns = [
        [value for value, n in zip(one.values, numbers, strict=True) for _ in range(n)]
        for one, numbers in zip(place.dimensions, counts, strict=True)
    ]
    longest = max(map(len, columns))
    rows = zip(*([*column, *[""] * (longest - len(column) + not_told)] for column in columns), strict=True)
    return Circle(name, tuple(Person(str(at), row) for at, row in enumerate(rows)))


@st.composite
def places_and_circles(draw: st.DrawFn) -> tuple[Place, tuple[Circle, ...]]:
    """A place of one or two dimensions and one or two circles, the second part of the first or apart."""
    sizes = draw(st.lists(st.integers(2, 5), min_size=1, max_size=2))
    dimensions = tuple(
        Dimension(
            f"d{at}",
            tuple(f"v{value}" for value in range(size)),
            tuple(Fraction(draw(st.integers(1, 60))) for _ in range(size)),
        )
        for at, size in enumerate(sizes)
    )
    people = draw(st.integers(5, 120))
    lot = draw(st.randoms(use_true_random=False))
    weights = [[lot.choice((0, 1, 1, 4, 20)) for _ in one.values] for one in dimensions]
    rows = tuple(
        Person(
            str(at),
            tuple(
                lot.choices((*one.values, ""), (*held, 1))[0]
                for one, held in zip(dimensions, weights, strict=True)
            ),
        )
        for at in range(people)
    )
    circles = [Circle("wide", rows)]
    if draw(st.booleans()):
        part = tuple(one for one in rows if lot.random() < 0.6)
        circles.append(Circle("part", part))
    return Place(dimensions), tuple(circles)
