"""How are pairs counted and places joined to their nearest centre, in plain loops?

Everything here is compiled when it is first used and kept for the next time.
"""

import numpy as np
import numpy.typing as npt
from numba import njit

from folkmoot.core.decide.opinions.votes import Counts, Floats

Pairwise = npt.NDArray[np.int32]
Unsigned = npt.NDArray[np.uint32]
Octets = npt.NDArray[np.uint8]
LOW = 0xFFFF
STRETCH = 16_000  # people after whom the four packed counts of 16 bits are emptied


def _count_pairs(
    starts: Counts, seen: Unsigned, vote: Octets, both: Pairwise, product: Pairwise, first: Pairwise
) -> None:
    """Fills the tables of pairs (see pairs), statement by statement, so that what is written stays at hand.

    vote: the votes plus 1. For each pair j <= k of a person's statements 1, u, w and u times w are added in
    fields of 16 bits, where u and w are the two votes plus 1. A person adds at most 4 to a field, so that
    STRETCH people fit. Unsigned places are not looked at for being counted from the end.
    """
    wide = len(both)
    begins = np.zeros(wide + 1, np.int64)
    for statement in seen:
        begins[statement + np.uint32(1)] += 1
    begins = np.cumsum(begins)
    cells, ends, upto = np.empty(len(seen), np.uint64), np.empty(len(seen), np.uint64), begins[:-1].copy()
    for person in range(len(starts) - 1):
        for at in range(starts[person], starts[person + 1]):
            spot = upto[seen[at]]
            cells[spot], ends[spot] = np.uint64(at), np.uint64(starts[person + 1])
            upto[seen[at]] += 1
    row, adds = np.zeros(wide, np.int64), np.zeros(3, np.int64)
    for statement in range(wide):
        for spot in range(begins[statement], begins[statement + 1]):
            one = np.int64(vote[cells[spot]])
            for other in range(3):
                adds[other] = 1 + (one << 16) + (np.int64(other) << 32) + ((one * other) << 48)
            for at in range(cells[spot], ends[spot]):
                row[seen[at]] += adds[vote[at]]
            if (spot - begins[statement]) % STRETCH == STRETCH - 1:
                _empty(row, statement, both, product, first)
        _empty(row, statement, both, product, first)


def _empty_row(row: Counts, j: int, both: Pairwise, product: Pairwise, first: Pairwise) -> None:
    """Adds the fields of a row to the tables, on both sides of the diagonal, and empties it."""
    for k in range(j, len(row)):
        held = row[k]
        if held == 0:
            continue
        row[k] = 0
        count, one = held & LOW, (held >> 16) & LOW
        other, times = (held >> 32) & LOW, (held >> 48) & LOW
        both[j, k] += count
        product[j, k] += times - one - other + count
        first[j, k] += one - count
        if k > j:
            both[k, j] += count
            product[k, j] += times - one - other + count
            first[k, j] += other - count


def _nearest(places: Floats, centres: Floats, order: Counts, near: Counts) -> None:
    """Writes into `near` the nearest centre of each place; of equally near ones the lowest.

    order: the centres by their first coordinate. The search begins at the last answer and goes outwards
    until the first coordinate alone is further off.
    """
    count = len(centres)
    rank = np.empty(count, np.int64)
    for at in range(count):
        rank[order[at]] = at
    for place in range(len(places)):
        x, y = places[place, 0], places[place, 1]
        best = near[place]
        dx, dy = x - centres[best, 0], y - centres[best, 1]
        least = dx * dx + dy * dy
        begin = rank[best]
        for step in (-1, 1):
            at = begin + step
            while 0 <= at < count:
                other = order[at]
                dx = x - centres[other, 0]
                if dx * dx > least:
                    if (dx > 0) == (step < 0):
                        break
                    at += step
                    continue
                dy = y - centres[other, 1]
                far = dx * dx + dy * dy
                if far < least or (far == least and other < best):
                    least, best = far, other
                at += step
        near[place] = best


_empty = njit(cache=True)(_empty_row)
count_pairs = njit(cache=True)(_count_pairs)
nearest = njit(cache=True)(_nearest)
