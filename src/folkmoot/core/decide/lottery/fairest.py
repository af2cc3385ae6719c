"""Which chances raise the lowest as far as it goes, and then the next lowest?"""

import numpy as np
from scipy.optimize import linprog

from folkmoot.core.decide.lottery.columns import Columns, Mix, Told, silent, uncovered
from folkmoot.core.decide.lottery.panels import NOUGHT, Panels
from folkmoot.core.decide.lottery.pool import Flags, Real, Whole

PRICED = 1e-7  # a type whose price is above this cannot be raised further: the others pay for it


def divided_level(panels: Panels, floor: Real, rate: Real) -> tuple[float, Real, Real]:
    """The highest level at which everybody has floor + level x rate if people could be divided between
    panels: no lottery passes it. Also the prices, and how many of each type are drawn then."""
    matrix, most = panels.divided
    count = len(panels.caps)
    scale = 1 / np.maximum(np.where(rate > 0, rate, floor), NOUGHT)
    lift = np.hstack([-np.diag(scale), (rate * scale)[:, None]])
    found = linprog(
        np.r_[np.zeros(count), -1.0],
        np.vstack([np.hstack([matrix, np.zeros((len(matrix), 1))]), lift]),
        np.concatenate([most, -floor * scale]),
        bounds=[*((0, cap) for cap in panels.caps), (0, None)],
        method="highs",
    )
    return -float(found.fun), -found.ineqlin.marginals[-count:], found.x[:-1]


def divided_leximin(panels: Panels, counts: Whole, never: frozenset[int]) -> Real:
    """How many of each type would be drawn on average by leximin if people could be divided.

    All lotteries are among what is looked at here. So where a mix of panels comes to these numbers, it is
    leximin, and nothing else needs to be proved.
    """
    floor, open_ = np.zeros(len(counts)), _open(len(counts), never)
    while open_.any():
        level, prices, _ = divided_level(panels, floor, np.where(open_, counts, 0.0))
        shut = _shut(open_, prices)
        floor[shut] = level * counts[shut]
        open_ &= ~shut
    return floor


def maximin(panels: Panels, counts: Whole, first: Whole, told: Told = silent) -> Mix:
    """Raise the lowest chance as far as it goes (the default of most sortition bodies).

    panels: those that keep the quotas; counts: people of each type; first: any one panel. Types that can be
    on no panel have no chance, and the lowest is the lowest of the others.

    >>> from folkmoot.core.decide.lottery.pool import Person, Pool, Quota
    >>> people = tuple(Person(str(n), ("young" if n < 2 else "old",)) for n in range(10))
    >>> pool = Pool(people, 4, (Quota("age", "young", 1, 1), Quota("age", "old", 3, 3)))
    >>> panels = Panels.of(pool)
    >>> mix = maximin(panels, pool.types.counts, panels.best(np.ones(2)))
    >>> [round(float(one), 6) for one in mix.expected / pool.types.counts]
    [0.5, 0.375]
    """
    columns, never = begun(panels, counts, first, told)
    rate = np.where(_open(len(counts), never), counts, 0.0)
    bound, *_ = divided_level(panels, np.zeros(len(counts)), rate)
    return columns.raised(np.zeros(len(counts)), rate, bound).mix


def leximin(panels: Panels, counts: Whole, first: Whole, told: Told = silent) -> Mix:
    """Raise the lowest chance as far as it goes, then the next lowest, and so on to the highest.

    Flanigan, Gölz, Gupta, Hennig and Procaccia, "Fair algorithms for selecting citizens' assemblies", Nature
    596 (2021). They look for panels at every level; here the chances are found first as if people could be
    divided, and then a mix of whole panels that has just these chances. Where there is none, which is
    proved, the levels are gone through one by one as in the paper.
    """
    columns, never = begun(panels, counts, first, told)
    target = divided_leximin(panels, counts, never)
    whole = columns.raised(np.zeros(len(counts)), target, 1.0)
    if whole.level >= 1 - 2 * NOUGHT:
        return whole.mix
    return _level_by_level(columns, counts, never)


def _level_by_level(columns: Columns, counts: Whole, never: frozenset[int]) -> Mix:
    floor, open_ = np.zeros(len(counts)), _open(len(counts), never)
    while True:
        rate = np.where(open_, counts, 0.0)
        bound, *_ = divided_level(columns.panels, floor, rate)
        raised = columns.raised(floor, rate, bound)
        shut = _shut(open_, raised.prices)
        # A hair below, so that rounding never makes the next level impossible.
        floor[shut] = max(raised.level - NOUGHT, 0.0) * counts[shut]
        open_ &= ~shut
        if not open_.any():
            return raised.mix


def _shut(open_: Flags, prices: Real) -> Flags:
    """Which of the open types are at their highest now: those with a price, and where none has, all."""
    priced = open_ & (prices > PRICED)
    return priced if priced.any() else open_.copy()


def _open(count: int, never: frozenset[int]) -> Flags:
    told: Flags = np.ones(count, dtype=np.bool_)
    told[list(never)] = False
    return told


def begun(panels: Panels, counts: Whole, first: Whole, told: Told) -> tuple[Columns, frozenset[int]]:
    """Panels to begin with, near what would be fair if people could be divided; and who is on none."""
    columns = Columns(panels, told)
    columns.start(first, divided_leximin(panels, counts, frozenset()))
    return columns, uncovered(columns, range(len(counts)))
