"""Which chances have the greatest product?"""

import numpy as np

from folkmoot.core.decide.lottery.columns import Mix, Told, silent, solved
from folkmoot.core.decide.lottery.fairest import begun
from folkmoot.core.decide.lottery.panels import Panels
from folkmoot.core.decide.lottery.pool import Real, Whole

PRECISIONS = (
    1e-3,
    1e-5,
    1e-8,
    1e-10,
)  # how far from the best, as a part of the whole; coarse while panels are few
NEARLY, NEAREST = 1e-3, 1e-6  # of the barrier: near enough to its best prices to lower it, and at the end
QUADRATIC = 0.05  # of the barrier: here whole steps are sure to do, and heights too near to tell apart
STEPS = 60  # of Newton at one height of the barrier, more than are ever needed


def nash(panels: Panels, counts: Whole, first: Whole, told: Told = silent) -> Mix:
    """Make the product of everybody's chances as large as it goes (Nash welfare).

    A mix has the greatest product just where prices of one person of each type (the people of the type
    divided by how many are drawn on average) make no panel worth more than the number of people. Prices come
    from the panels found so far, panels from the prices, until the integer programme proves that none is
    worth more. Types that can be on no panel are left aside.

    >>> from folkmoot.core.decide.lottery.pool import Person, Pool, Quota
    >>> people = tuple(Person(str(n), ("young" if n < 2 else "old",)) for n in range(10))
    >>> pool = Pool(people, 4, (Quota("age", "young", 0, 1), Quota("age", "old", 0, 4)))
    >>> panels = Panels.of(pool)
    >>> mix = nash(panels, pool.types.counts, panels.best(np.ones(2)))
    >>> [round(float(one), 6) for one in mix.expected / pool.types.counts]
    [0.4, 0.4]
    """
    columns, never = begun(panels, counts, first, told)
    kept = np.array([one for one in range(len(counts)) if one not in never], dtype=np.int64)
    whole = float(counts[kept].sum())
    for precision in PRECISIONS:
        while True:
            matrix = columns.matrix()
            prices = _prices(matrix[:, kept], counts[kept].astype(np.float64), precision / 10)
            told(f"{len(matrix):,} panels weighed up for the greatest product")
            worth = np.zeros(len(counts))
            worth[kept] = prices
            columns.keep(worth, 6 * len(counts) + 100)
            if not columns.price(worth, whole * (1 + precision)):
                break
    # The prices say how many of each type are drawn; the linear programme says by which mix, more exactly
    # than the barrier would.
    target = np.zeros(len(counts))
    target[kept] = counts[kept] / prices
    return solved(matrix, np.zeros(len(counts)), target)[0].mix


def _prices(matrix: Whole, counts: Real, precision: float) -> Real:
    """The best prices for these panels, by Newton's method with a barrier.

    The greatest sum of counts x log(price) with no panel worth more than all people: the dual of the
    greatest product (Koenker and Mizera 2014 solve mixtures in the same way).
    """
    rows, whole = matrix.astype(np.float64), float(counts.sum())
    prices = np.full(len(counts), 0.5 * whole / rows.sum(axis=1).max())
    barrier = whole / len(rows)
    last = precision * whole / len(rows)
    while True:
        prices = _centred(rows, counts, prices, barrier, NEAREST if barrier <= last else NEARLY)
        if barrier <= last:
            return prices
        barrier = max(barrier * 0.15, last)


def _centred(rows: Real, counts: Real, prices: Real, barrier: float, nearly: float) -> Real:
    """The prices at which the sum with this barrier is greatest."""
    whole = float(counts.sum())
    for _ in range(STEPS):
        slack = whole - rows @ prices
        slope = -counts / prices + barrier * (rows.T @ (1 / slack))
        curve = (rows.T * (barrier / slack**2)) @ rows
        curve[np.diag_indices_from(curve)] += counts / prices**2
        step = np.asarray(-np.linalg.solve(curve, slope), dtype=np.float64)
        decrement = float(-slope @ step)
        if decrement < nearly * barrier:
            break
        size = _inside(prices, step, slack, np.asarray(rows @ step, dtype=np.float64))
        here = _height(counts, prices, slack, barrier)
        while decrement > QUADRATIC * barrier and size > 1e-9:
            tried = prices + size * step
            if _height(counts, tried, whole - rows @ tried, barrier) <= here - 0.1 * size * decrement:
                break
            size *= 0.5
        prices = np.asarray(prices + size * step, dtype=np.float64)
    return prices


def _inside(prices: Real, step: Real, slack: Real, use: Real) -> float:
    """How far the step may go with every price above nought and every panel below its worth."""
    ends = [1.0]
    if (step < 0).any():
        ends.append(0.99 * float((prices[step < 0] / -step[step < 0]).min()))
    if (use > 0).any():
        ends.append(0.99 * float((slack[use > 0] / use[use > 0]).min()))
    return min(ends)


def _height(counts: Real, prices: Real, slack: Real, barrier: float) -> float:
    return float(-(counts @ np.log(prices)) - barrier * np.log(slack).sum())
