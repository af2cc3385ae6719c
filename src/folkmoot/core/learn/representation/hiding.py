"""Which counts may be shown side by side, so that no small one can be worked out from the rest?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from folkmoot.core.kernel.disclosure import SMALLEST_SHOWN
from folkmoot.core.kernel.errors import Refused

LEAST = 10  # the least count shown, if nothing else is asked for (UK LLC's rule)
Cell = tuple[int, int]
Goal = tuple[int, ...]  # row and column; or row, outer and inner columns: what is left over
Cells = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Side:
    """Counts of values (rows) by circles (columns) that would be published side by side.

    shown_empty: cells of nobody that are the message itself, and so are shown: "nobody took part", of a value
    that is large in the place. nested: columns (outer, inner, and perhaps further inner ones): all of the
    inner are of the outer, and nobody is of two inner ones. closed: columns of which no count is shown, and
    no more is known than their sum.
    """

    counts: tuple[tuple[int, ...], ...]
    shown_empty: frozenset[Cell] = frozenset()
    nested: tuple[tuple[int, ...], ...] = ()
    closed: frozenset[int] = frozenset()


def check_least(least: int) -> int:
    """The threshold, if it is one. Raises Refused below 5.

    >>> check_least(10)
    10
    """
    if least < SMALLEST_SHOWN:
        raise Refused(
            f"Counts from {least} are not published.",
            f"Below {SMALLEST_SHOWN}, people can be picked out.",
            f"Ask for {SMALLEST_SHOWN} or more; {LEAST} is usual.",
            field="least",
        )
    return least


def hidden(side: Side, least: int = LEAST) -> frozenset[Cell] | None:
    """The cells that are not shown; None where nothing can be shown.

    Hidden are counts below the threshold, nought among them, and the least of the inner circles' where they
    leave fewer of the outer over. Then further counts, the smallest first, until at least two are
    hidden, or none, in each row and column, and whoever knows all that is shown, the sum of each column, the
    sum of each row above the threshold, and which circle is part of which, can narrow no hidden count down to
    an interval of the threshold or less: each interval is found by linear programming. No row is summed where
    one circle is part of another: such a sum counts people twice, and nobody has it. What inner circles leave
    over of an outer one is held to the same, as the counts of a circle of its own. (Complementary
    suppression with an audit: Fischetti and Salazar 2000; Willenborg and de Waal 2001, chapter 5.)

    >>> sorted(hidden(Side(((3,), (40,), (20,)))))
    [(0, 0), (2, 0)]
    """
    counts = np.array(side.counts, dtype=np.int64)
    covered = _small(side, counts, check_least(least))
    wide: set[Goal] = set()  # hiding more never narrows an interval
    while (narrow := _first_narrow(side, counts, covered, wide, least)) is not None:
        more = _next_to_hide(counts, covered, narrow)
        if more is None:
            return None
        covered[more] = True
    return frozenset(_cells(covered))


def _small(side: Side, counts: NDArray[np.int64], least: int) -> Cells:
    covered: Cells = counts < least
    for cell in side.shown_empty:
        covered[cell] = False
    covered[:, list(side.closed)] = True
    for outer, *inner in _shown(side):
        left = np.abs(counts[:, outer] - counts[:, inner].sum(axis=1))
        for row in np.flatnonzero((left > 0) & (left < least)):
            covered[row, min(inner, key=lambda one: (counts[row, one] == 0, counts[row, one], one))] = True
    return covered


def _shown(side: Side) -> list[tuple[int, ...]]:
    """The nested circles of which something is shown."""
    families = [family for family in side.nested if family[0] not in side.closed]
    kept = [tuple(one for one in family if one not in side.closed) for family in families]
    return [family for family in dict.fromkeys(kept) if len(family) > 1]


def _cells(covered: Cells) -> list[Cell]:
    return [(int(row), int(column)) for row, column in zip(*np.nonzero(covered), strict=True)]


def _first_narrow(
    side: Side, counts: NDArray[np.int64], covered: Cells, wide: set[Goal], least: int
) -> Cell | None:
    """The first hidden cell that could be narrowed down too far, or through which what is left over could;
    those that could not are noted."""
    for goal in _goals(side, counts, covered, least):
        if goal in wide:
            continue
        cell = (goal[0], goal[-1])
        if _alone(covered, cell) or width(side, counts, covered, goal, least) <= least:
            return cell
        wide.add(goal)
    return None


def _goals(side: Side, counts: NDArray[np.int64], covered: Cells, least: int) -> Iterator[Goal]:
    """Each hidden cell, and what is left over of each row that is not known, unless it is nobody at all."""
    for row, column in _cells(covered):
        known = (row, column) in side.shown_empty or counts[:, column].sum() <= least
        if column not in side.closed or not known:
            yield row, column
    for family in _shown(side):
        outer, *inner = family
        rows = np.flatnonzero(covered[:, family].any(axis=1))
        left = (counts[:, outer] - counts[:, inner].sum(axis=1))[rows]
        if left.any():
            yield from ((int(row), *family) for row in rows)


def _alone(covered: Cells, cell: Cell) -> bool:
    """Whether it is the only hidden cell of its row, where there are several circles."""
    return covered.shape[1] > 1 and int(covered[cell[0]].sum()) == 1


def _next_to_hide(counts: NDArray[np.int64], covered: Cells, near: Cell) -> Cell | None:
    """The smallest count that is still shown: of the same column, else of the same row, else anywhere.

    For a cell that is alone in its row, of the same row. A shown nought goes last: it makes nothing harder to
    find, and it is the message.
    """
    row, column = near
    alone = _alone(covered, near)
    shown = [cell for cell in _cells(~covered) if cell[0] == row or not alone]
    if not shown:
        return None
    return min(
        shown,
        key=lambda cell: (counts[cell] == 0, cell[1] != column, cell[0] != row, int(counts[cell]), cell),
    )


def width(side: Side, counts: NDArray[np.int64], covered: Cells, goal: Goal, least: int) -> float:
    """How wide an interval is left for a hidden count, to whoever knows the rest (in people); or for what
    inner circles leave over."""
    if counts.shape[1] == 1:  # the sum of the column is all that there is to know
        return float(counts[covered].sum()) if covered.sum() > 1 else 0.0
    cells = _cells(covered)
    summed = [] if side.nested else [row for row in range(len(counts)) if counts[row].sum() > least]
    equal = np.array(list(_sums(cells, summed)), dtype=float)
    held = np.array([counts[one] for one in cells], dtype=float)
    above, room = _within(side.nested, counts, covered, cells)
    row, *columns = goal
    aim = np.zeros(len(cells))
    for column in columns:
        if covered[row, column]:
            aim[cells.index((row, column))] = 1 if column == columns[0] else -1
    ends = []
    for sign in (1, -1):
        found = linprog(sign * aim, A_ub=above, b_ub=room, A_eq=equal, b_eq=equal @ held, bounds=(0, None))
        ends.append(found.fun if found.status == 0 else 0.0)
    return round(-ends[0] - ends[1], 6)


def _sums(cells: Sequence[Cell], summed: Sequence[int]) -> Iterator[list[int]]:
    """Which hidden cells each known sum covers: of every column, and of these rows."""
    for column in sorted({column for _, column in cells}):
        yield [int(cell[1] == column) for cell in cells]
    for row in sorted({row for row, _ in cells} & set(summed)):
        yield [int(cell[0] == row) for cell in cells]


def _within(
    nested: Sequence[tuple[int, ...]], counts: NDArray[np.int64], covered: Cells, cells: Sequence[Cell]
) -> tuple[NDArray[np.float64] | None, NDArray[np.float64] | None]:
    """The inner circles together never have more of a value than the outer, but where somebody has given
    another answer in each."""
    rows, room = [], []
    for outer, *inner in nested:
        for value in range(len(counts)):
            row = np.zeros(len(cells))
            free = 0.0
            if counts[value, inner].sum() > counts[value, outer]:
                continue
            for circle, sign in ((outer, -1), *((one, 1) for one in inner)):
                if covered[value, circle]:
                    row[cells.index((value, circle))] = sign
                else:
                    free -= sign * float(counts[value, circle])
            if row.any():
                rows.append(row)
                room.append(free)
    return (np.array(rows), np.array(room)) if rows else (None, None)
