"""Which counts of which circles are shown, for one dimension?"""

from collections.abc import Iterator, Mapping, Sequence
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
    held, numbers = [circles[at] for at in order], [tallies[at] for at in order]
    for kept in range(len(order), 0, -1):
        large = sum(n == 0 or n >= least for one in numbers[:kept] for n in one.counts)
        if best and large <= most:  # fewer circles can show no more
            break
        found = _side_by_side(dimension, held, numbers, kept, least)
        if not found and kept == 1:  # the widest by itself, whatever else is known
            found = _side_by_side(dimension, held[:1], numbers[:1], 1, least)
        shown = sum(len(dimension.values) - len(one) for one in found.values())
        if found and (shown > most or not best):
            best, most = found, shown
    return best


def _side_by_side(
    dimension: Dimension, circles: Sequence[Circle], tallies: Sequence[Tally], kept: int, least: int
) -> Covered:
    """The hidden values of so many of these circles, shown together; of the others, those that have to do
    with them are known to be there. Their names and order make no difference."""
    ids = [circle.ids for circle in circles]
    near = {at for family in nested_in(ids) for at in family}
    there = [at for at in range(len(circles)) if at < kept or at in near]
    circles, tallies = [circles[at] for at in there], [tallies[at] for at in there]
    shares = dimension.shares
    rows = sorted(range(len(shares)), key=lambda at: (shares[at], dimension.values[at]))
    counts = tuple(tuple(one.counts[row] for one in tallies) for row in rows)
    nested = nested_in([circle.ids for circle in circles])
    empty = _empty(counts, [shares[row] for row in rows], [one.told for one in tallies], nested, least)
    closed = frozenset(range(kept, len(circles)))
    found = hidden(Side(counts, empty, nested, closed), least)
    if found is None:
        return {}
    return {
        circle.name: frozenset(rows[row] for row, column in found if column == at)
        for at, circle in enumerate(circles[:kept])
    }


def _empty(
    counts: Sequence[Sequence[int]],
    shares: Sequence[Fraction],
    told: Sequence[int],
    nested: Sequence[tuple[int, ...]],
    least: int,
) -> frozenset[tuple[int, int]]:
    """Where nobody is though the threshold or more would be expected; and so in what is a part of that."""
    found = {
        (row, column)
        for row, line in enumerate(counts)
        for column, count in enumerate(line)
        if count == 0 and told[column] * shares[row] >= least
    }
    parts = {
        (row, inner) for outer, *all_ in nested for row, column in found if column == outer for inner in all_
    }
    return frozenset(found | {(row, column) for row, column in parts if counts[row][column] == 0})


def nested_in(ids: Sequence[frozenset[str]]) -> tuple[tuple[int, ...], ...]:
    """Which circle is a part of which, by the ids; then, of each, as many parts as have nobody in common,
    since what they leave over can be worked out as well.

    >>> nested_in([frozenset("abc"), frozenset("a"), frozenset("b")])
    ((0, 1), (0, 2), (0, 1, 2))
    """
    parts = [
        [at for at, one in enumerate(ids) if one < whole or (one == whole and at > outer)]
        for outer, whole in enumerate(ids)
    ]
    pairs = [(outer, inner) for outer, all_ in enumerate(parts) for inner in all_]
    apart = [{at for at, other in enumerate(ids) if not one & other} for one in ids]
    together = [
        (outer, *family)
        for outer, all_ in enumerate(parts)
        for family in _families((), set(all_), set(), apart)
        if len(family) > 1
    ]
    return (*pairs, *together)


def _families(
    held: tuple[int, ...], free: set[int], tried: set[int], apart: Sequence[set[int]]
) -> Iterator[tuple[int, ...]]:
    """All that cannot be made larger (Bron and Kerbosch 1973)."""
    if not free and not tried:
        yield held
    for one in sorted(free):
        yield from _families((*held, one), free & apart[one], tried & apart[one], apart)
        free, tried = free - {one}, tried | {one}
