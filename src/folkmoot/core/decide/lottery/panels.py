"""Which panels keep every quota, and which of them is worth most?"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from folkmoot.core.decide.lottery.pool import Flags, Pool, Real, Whole

SCALE = 1e5  # the solver stops within 1e-6 of the best, so weights are made large before it is asked
NOUGHT = 1e-9


@dataclass(frozen=True, eq=False)
class Panels:
    """All panels of a pool that keep its quotas, never listed: a panel says how many of each type are on it.

    Each type has one label in each category, and each label a least and a greatest number. Who lives with
    people of other types has a label more, for their kind of home.
    """

    labels: Whole  # categories x types: a label for each
    low: Whole  # for each label
    high: Whole
    caps: Whole  # for each type
    size: int

    @classmethod
    def of(cls, pool: Pool) -> "Panels":
        """The panels of this pool."""
        types = pool.types
        labels = [*types.answers.T]
        low, high = [q.low for q in pool.quotas], [q.high for q in pool.quotas]
        if types.kinds:
            homes = np.full(len(types), len(low), dtype=np.int64)
            low.append(0)
            high.append(pool.size)  # who shares a home with nobody of another type
            for kind in types.kinds:
                homes[list(kind)] = len(low)
                low.append(0)
                high.append(int(types.caps[kind[0]]))
            labels.append(homes)
        shaped = np.array(labels, dtype=np.int64).reshape(len(labels), len(types))
        return cls(shaped, np.array(low, np.int64), np.array(high, np.int64), types.caps, pool.size)

    @cached_property
    def matrix(self) -> Real:
        """How many of each label a panel has: labels x types; the last row is the panel's size."""
        told = np.zeros((len(self.low) + 1, self.labels.shape[1]))
        for labels in self.labels:
            told[labels, np.arange(len(labels))] = 1
        told[-1] = 1
        return told

    @cached_property
    def least(self) -> Real:
        """The least that each row of the matrix allows."""
        return np.append(self.low, self.size).astype(np.float64)

    @cached_property
    def most(self) -> Real:
        """The most that each row of the matrix allows."""
        return np.append(self.high, self.size).astype(np.float64)

    def holds(self, panel: Whole) -> bool:
        """Whether this panel keeps every quota."""
        told = self.matrix @ panel
        inside = (self.least <= told) & (told <= self.most)
        return bool(inside.all() and (panel >= 0).all() and (panel <= self.caps).all())

    def best(self, worth: Real, floor: Whole | None = None) -> Whole | None:
        """The panel of the greatest worth, proved by the integer programme; None where there is no panel.

        worth: of one person of each type. floor: how many of each type it has at least.
        """
        largest = float(np.abs(worth).max(initial=0)) or 1.0
        found = milp(
            -worth * (SCALE / largest),
            constraints=LinearConstraint(self.matrix, self.least, self.most),
            integrality=np.ones(len(self.caps)),
            bounds=Bounds(np.zeros(len(self.caps)) if floor is None else floor, self.caps),
            options={"mip_rel_gap": 0},
        )
        if found.x is None:
            return None
        panel = np.rint(found.x).astype(np.int64)
        return panel if self.holds(panel) else None

    def bound(self, worth: Real) -> float:
        """No panel is worth more than this: people may be divided here, so that it is quickly said."""
        return -float(
            linprog(
                -worth, *self.divided, bounds=np.c_[np.zeros(len(self.caps)), self.caps], method="highs"
            ).fun
        )

    @cached_property
    def divided(self) -> tuple[Real, Real]:
        """The rows as a linear programme has them: matrix and upper ends."""
        return np.vstack([self.matrix, -self.matrix]), np.concatenate([self.most, -self.least])

    def improved(self, panel: Whole, worth: Real) -> Whole:
        """The panel after every exchange of one person for another that is worth more, the best first."""
        panel = panel.copy()
        counts = np.rint(self.matrix[:-1] @ panel).astype(np.int64)
        while True:
            leave, enter = np.flatnonzero(panel), np.flatnonzero(panel < self.caps)
            gain = np.where(
                self._exchanges(counts, leave, enter), worth[enter][None, :] - worth[leave][:, None], 0
            )
            at = int(gain.argmax()) if gain.size else 0
            if not gain.size or gain.flat[at] <= NOUGHT:
                return panel
            out, into = leave[at // len(enter)], enter[at % len(enter)]
            panel[out] -= 1
            panel[into] += 1
            np.subtract.at(counts, self.labels[:, out], 1)
            np.add.at(counts, self.labels[:, into], 1)

    def _exchanges(self, counts: Whole, leave: Whole, enter: Whole) -> Flags:
        """Which exchanges keep the quotas: those who leave x those who enter."""
        spare, room = counts > self.low, counts < self.high
        kept = np.ones((len(leave), len(enter)), dtype=np.bool_)
        for labels in self.labels:
            out, into = labels[leave], labels[enter]
            kept &= (out[:, None] == into[None, :]) | (spare[out][:, None] & room[into][None, :])
        return kept

    def exchanges(self, panel: Whole) -> Flags:
        """Which exchanges on this panel keep the quotas: types that leave x types that enter."""
        counts = np.rint(self.matrix[:-1] @ panel).astype(np.int64)
        leave, enter = np.flatnonzero(panel), np.flatnonzero(panel < self.caps)
        told = np.zeros((len(panel), len(panel)), dtype=np.bool_)
        told[np.ix_(leave, enter)] = self._exchanges(counts, leave, enter)
        return told
