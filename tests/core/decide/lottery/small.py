"""Pools so small that every panel can be listed."""

from itertools import combinations

import numpy as np
from hypothesis import strategies as st
from scipy.optimize import linprog

from folkmoot.core.decide.lottery import Person, Pool, Quota


@st.composite
def pools(draw: st.DrawFn, homes: bool = True) -> Pool:
    """Up to nine people, two or three categories, quotas around a panel that is there, sometimes tight."""
    count = draw(st.integers(3, 9))
    size = draw(st.integers(1, min(4, count)))
    widths = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    answers = [[f"v{draw(st.integers(0, width - 1))}" for width in widths] for _ in range(count)]
    shared = draw(st.booleans()) if homes else False
    house = [f"h{draw(st.integers(0, 2))}" if shared and draw(st.booleans()) else "" for _ in range(count)]
    people = tuple(Person(f"p{at}", tuple(answers[at]), house[at]) for at in range(count))
    quotas = []
    for place, width in enumerate(widths):
        for value in range(width):
            there = sum(1 for one in answers[:size] if one[place] == f"v{value}")
            low = max(there - draw(st.integers(0, 1)), 0)
            quotas.append(Quota(f"c{place}", f"v{value}", low, there + draw(st.integers(0, 1))))
    return Pool(people, size, tuple(quotas))


def keeps(pool: Pool, panel: tuple[int, ...], quotas: tuple[Quota, ...] | None = None) -> bool:
    """Whether a panel has its size, keeps the quotas, and has nobody twice or from one household."""
    people = [pool.people[one] for one in panel]
    homes = [one.household for one in people if one.household]
    if len(set(panel)) != pool.size or len(set(homes)) < len(homes):
        return False
    for quota in pool.quotas if quotas is None else quotas:
        at = pool.categories.index(quota.category)
        if not quota.low <= sum(1 for one in people if one.answers[at] == quota.value) <= quota.high:
            return False
    return True


def all_panels(pool: Pool) -> list[tuple[int, ...]]:
    """Every panel there is."""
    return [panel for panel in combinations(range(len(pool.people)), pool.size) if keeps(pool, panel)]


def table(pool: Pool) -> np.ndarray:
    """Panels x people: who is on which."""
    told = np.zeros((len(panels := all_panels(pool)), len(pool.people)))
    for row, panel in enumerate(panels):
        told[row, list(panel)] = 1
    return told


def highest(rows: np.ndarray, floors: np.ndarray, open_: np.ndarray) -> float:
    """The highest lowest chance of the open people, the others having their floors: over all panels."""
    found = linprog(
        np.r_[np.zeros(len(rows)), -1.0],
        np.hstack([-rows.T, open_[:, None].astype(float)]),
        -np.where(open_, 0.0, floors - 1e-9),
        np.r_[np.ones(len(rows)), 0.0][None, :],
        [1.0],
        method="highs",
    )
    return -float(found.fun)


def leximin_over_all(rows: np.ndarray) -> np.ndarray:
    """Leximin with every panel listed: of each level those are shut who can rise no further, one by one."""
    open_ = rows.any(axis=0)
    floors = np.zeros(rows.shape[1])
    while open_.any():
        level = highest(rows, floors, open_)
        fixed = np.where(open_, level, floors)
        shut = np.array([open_[one] and _tops_out(rows, fixed, one, level) for one in range(len(floors))])
        floors[shut] = level
        open_ &= ~shut
    return floors


def _tops_out(rows: np.ndarray, fixed: np.ndarray, one: int, level: float) -> bool:
    only = np.zeros(len(fixed), dtype=bool)
    only[one] = True
    return highest(rows, fixed, only) <= level + 1e-6
