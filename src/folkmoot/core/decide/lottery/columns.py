"""By which mix of panels is the lowest chance raised as far as it goes?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from folkmoot.core.decide.lottery.panels import NOUGHT, Panels
from folkmoot.core.decide.lottery.pool import Flags, Real, Whole

BATCH = 20  # panels from which a better one is looked for in the first round; in later ones, up to 3 times
FEW = 3  # new panels in a round, below which the integer programme is asked

Told = Callable[[str], None]


def silent(_: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True, eq=False)
class Mix:
    """Panels (panels x types: how many of each type) and the chance that each is given; chances sum to 1."""

    panels: Whole
    chances: Real

    @property
    def expected(self) -> Real:
        """How many of each type are drawn on average."""
        return np.asarray(self.chances @ self.panels, dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Raised:
    """How far the lowest was raised, by which mix, and for each type what it costs the others (its dual)."""

    level: float
    mix: Mix
    prices: Real


class Columns:
    """The panels found so far, and the search for more: exchanges first, the integer programme as proof."""

    def __init__(self, panels: Panels, told: Told = silent) -> None:
        self.panels = panels
        self.found: dict[bytes, Whole] = {}
        self.told = told
        self.round = 0
        self.noise = np.random.default_rng(0)  # only where to look next; no outcome hangs on it

    def add(self, panel: Whole) -> bool:
        """Whether it is new."""
        key = panel.tobytes()
        new = key not in self.found
        self.found[key] = panel
        return new

    def matrix(self) -> Whole:
        """All of them: panels x types."""
        return np.array(list(self.found.values()), dtype=np.int64)

    def start(self, first: Whole, target: Real) -> None:
        """Panels, as many as there are types, that together come near the target: each makes up for what
        those before it left out."""
        worth = np.divide(1.0, target, out=np.zeros_like(target), where=target > NOUGHT)
        panel, total = first, np.zeros(len(target))
        for number in range(1, len(target) + 1):
            lag = (number * target - total) * worth + 0.01 * self.noise.random(len(target))
            panel = self.panels.improved(panel, lag)
            self.add(panel)
            total += panel

    def price(self, worth: Real, level: float) -> bool:
        """Look for panels worth more than this level; False where it is proved that there is none."""
        matrix = self.matrix()
        largest = float(np.abs(worth).max(initial=0)) or 1.0
        self.round += 1
        order = np.argsort(-(matrix @ worth), kind="stable")[: BATCH * min(self.round, 3)]
        new = 0
        for start in (matrix[at] for at in order):
            shaken = [self.panels.improved(start, self._shaken(worth)) for _ in range(min(self.round, 3))]
            for panel in (start, *shaken):
                better = self.panels.improved(panel, worth)
                if better @ worth > level + NOUGHT * max(largest, abs(level)):
                    new += self.add(better)
        if new >= FEW:
            return True
        proof = self.panels.best(worth)
        if proof is not None and proof @ worth > level + 10 * NOUGHT * max(1.0, abs(level)):
            return self.add(proof) or new > 0
        return new > 0

    def _shaken(self, worth: Real) -> Real:
        """The worth with some noise, so that the search comes to other panels."""
        largest = float(np.abs(worth).max(initial=0))
        spread = 1 + 0.3 * self.noise.standard_normal(len(worth))
        return np.asarray(worth * spread + 0.02 * largest * self.noise.random(len(worth)), dtype=np.float64)

    def keep(self, worth: Real, most: int) -> None:
        """Forget the panels that are worth least, where there are more than this many."""
        if len(self.found) > most:
            matrix = self.matrix()
            kept = np.sort(np.argsort(-(matrix @ worth), kind="stable")[: most * 3 // 4])
            self.found = {matrix[at].tobytes(): matrix[at] for at in kept}

    def raised(self, floor: Real, rate: Real, bound: float = np.inf) -> Raised:
        """The highest level z at which a mix has floor + z x rate of every type, on average.

        bound: a level that is known never to be passed; where it is reached nothing more needs a proof.
        """
        while True:
            matrix = self.matrix()
            raised, worth, level = solved(matrix, floor, rate)
            self.told(f"{len(matrix):,} panels weighed up, the lowest at {raised.level:.4f}")
            if raised.level >= bound - NOUGHT * max(1.0, bound):
                return raised
            self.keep(worth, 4 * matrix.shape[1] + 4 * BATCH)
            if not self.price(worth, level):
                return raised


def solved(matrix: Whole, floor: Real, rate: Real) -> tuple[Raised, Real, float]:
    """The mix of these panels that raises the level highest; the worth of each type, and the level that a
    new panel would have to pass."""
    rows = np.flatnonzero((rate > 0) | (floor > 0))
    scale = 1 / np.maximum(np.where(rate > 0, rate, floor), NOUGHT)[rows]
    count = len(matrix)
    found = linprog(
        np.r_[np.zeros(count), -1.0],
        np.hstack([-(matrix[:, rows] * scale).T, (rate[rows] * scale)[:, None]]),
        -floor[rows] * scale,
        np.r_[np.ones(count), 0.0][None, :],
        [1.0],
        bounds=(0, None),
        method="highs",
    )
    prices = np.zeros(len(rate))
    prices[rows] = -found.ineqlin.marginals
    worth = np.zeros(len(rate))
    worth[rows] = prices[rows] * scale
    chances = np.maximum(found.x[:-1], 0)
    used = chances > 1e-12
    mix = Mix(matrix[used], chances[used] / chances[used].sum())
    return Raised(-float(found.fun), mix, prices), worth, -float(found.eqlin.marginals[0])


def uncovered(columns: Columns, types: Iterable[int]) -> frozenset[int]:
    """The types that are on no panel at all; for each of the others a panel is added."""
    never = set()
    seen: Flags = np.asarray(columns.matrix().any(axis=0), dtype=np.bool_)
    for one in types:
        if seen[one]:
            continue
        worth = np.zeros(len(seen))
        worth[one] = 1
        panel = columns.panels.best(worth)
        if panel is None or not panel[one]:
            never.add(one)
            continue
        columns.add(panel)
        seen = seen | (panel > 0)
    return frozenset(never)
