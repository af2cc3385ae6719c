"""Which counts of which circles are shown, for one dimension?"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from folkmoot.core.learn.representation.hiding import Side, hidden
from folkmoot.core.learn.representation.people import Circle, Dimension, Tally

Covered = Mapping[str, frozenset[int]]  # the hidden values of each circle that is shown


def covered(dimension: Dimension, circles: Sequence[Circle], tallies: Sequence[Tally], least: int) -> Covered:
    """For each circle that may be shown, the values that are not; other circles are not in the answer.

    A circle in which fewer than the threshold told is never shown. Small circles beside large ones can make
    most of a table hidden: as many of the widest circles are shown as leave the most counts to see.
    """
    order = sorted(range(len(circles)), key=lambda at: (-tallies[at].told, circles[at].name))
    order = [at for at in order if tallies[at].told >= least]
    best: Covered = {}
    most = 0
    for kept in range(len(order), 0, -1):
        columns = order[:kept]
        found = _side_by_side(
            dimension, [circles[at] for at in columns], [tallies[at] for at in columns], least
        )
        shown = sum(len(dimension.values) - len(one) for one in found.values())
        if found and (shown > most or not best):
            best, most = found, shown
    return best


def _side_by_side(
    dimension: Dimension, circles: Sequence[Circle], tallies: Sequence[Tally], least: int
) -> Covered:
    """The hidden values of these circles, shown together; their names and order make no difference."""
    shares = dimension.shares
    rows = sorted(range(len(shares)), key=lambda at: (shares[at], dimension.values[at]))
    counts = tuple(tuple(one.counts[row] for one in tallies) for row in rows)
    nested = _nested(circles, counts)
    empty = _empty(counts, [shares[row] for row in rows], [one.told for one in tallies], nested, least)
    found = hidden(Side(counts, empty, nested), least)
    if found is None:
        return {}
    return {
        circle.name: frozenset(rows[row] for row, column in found if column == at)
        for at, circle in enumerate(circles)
    }


def _empty(
    counts: Sequence[Sequence[int]],
    shares: Sequence[Fraction],
    told: Sequence[int],
    nested: Sequence[tuple[int, int]],
    least: int,
) -> frozenset[tuple[int, int]]:
    """Where nobody is though the threshold or more would be expected; and so in what is a part of that."""
    found = {
        (row, column)
        for row, line in enumerate(counts)
        for column, count in enumerate(line)
        if count == 0 and told[column] * shares[row] >= least
    }
    return frozenset(
        found | {(row, inner) for outer, inner in nested for row, column in found if column == outer}
    )


def _nested(circles: Sequence[Circle], counts: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    """Which circle is a part of which, by the ids, and by the answers as well."""
    ids = [circle.ids for circle in circles]
    return tuple(
        (outer, inner)
        for outer in range(len(ids))
        for inner in range(len(ids))
        if outer < inner and ids[inner] <= ids[outer] and all(line[inner] <= line[outer] for line in counts)
    )
