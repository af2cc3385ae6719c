"""Which thousand panels, each as likely as the next, give everybody their chance?"""

from collections import deque
from itertools import pairwise, product

import numpy as np

from folkmoot.core.decide.lottery.columns import Mix
from folkmoot.core.decide.lottery.panels import Panels
from folkmoot.core.decide.lottery.pool import Flags, Real, Types, Whole
from folkmoot.core.kernel.draw import Draw

MANY = 1000
TRIES = 2000  # exchanges of whole panels at most; far more than are ever needed
ATTEMPTS = 4  # from other beginnings
LOOKED_AT = 300  # pairs of types for one exchange
REPLACED = 30  # panels in place of which another is looked for
NEAR, BOUND = 0.02, 0.6  # what it is worth there to leave a type as it is, and where that must be so


def listed(panels: Panels, types: Types, mix: Mix, draw: Draw) -> tuple[tuple[int, ...], ...]:
    """A thousand panels in which everybody comes up as often as their chance says, within one in a thousand.

    A panel is the places of its members in the pool, ascending. Lottery rounding after Flanigan, Kehne and
    Procaccia, "Fair Sortition Made Transparent" (NeurIPS 2021). The draw only deals out people who are
    alike; it is not the public draw.
    """
    rows = _nearest(panels, types, mix)
    order = list(range(MANY))
    draw.shuffle(order)
    return _dealt(types, rows[order], draw)


def _nearest(panels: Panels, types: Types, mix: Mix) -> Whole:
    """A thousand panels in which every type comes up as often as it should; else the nearest found."""
    found: list[tuple[float, Whole]] = []
    for attempt in range(ATTEMPTS):
        rows = _repeated(types, mix, np.random.default_rng(attempt))
        repair = _Repair(panels, types.counts, rows, MANY * mix.expected)
        repair.run()
        found.append((float(repair.off(repair.total).sum()), rows))
        if not found[-1][0]:
            break
    return min(found, key=lambda one: one[0])[1]


def _repeated(types: Types, mix: Mix, noise: np.random.Generator) -> Whole:
    """A thousand panels of types, as near to the mix as whole numbers of panels come by themselves."""
    matrix = mix.panels
    weight = (1 + 0.5 * noise.random(len(types))) / types.counts.astype(np.float64) ** 2
    times = np.floor(MANY * mix.chances + 1e-9).astype(np.int64)
    short = times @ matrix - MANY * mix.expected
    while (left := MANY - int(times.sum())) != 0:
        sign = 1 if left > 0 else -1
        cost = ((short + sign * matrix) ** 2) @ weight
        cost[(times + sign) < 0] = np.inf
        at = int(cost.argmin())
        times[at] += sign
        short = short + sign * matrix[at]
    gram = (matrix * weight) @ matrix.T
    square = np.diag(gram)
    for _ in range(TRIES):
        lean = (matrix * weight) @ short
        # What it costs to have one panel of a row less and one of a column more.
        cost = 2 * (lean[None, :] - lean[:, None]) + square[None, :] + square[:, None] - 2 * gram
        cost[times == 0] = np.inf
        out, into = divmod(int(cost.argmin()), len(times))
        if cost[out, into] >= -1e-12:
            break
        times[out] -= 1
        times[into] += 1
        short = short + matrix[into] - matrix[out]
    return np.repeat(matrix, times, axis=0)


class _Repair:
    """Exchanges people on the panels, quotas kept, until each type comes up as often as it should.

    That is a range for each type: dealt out evenly, nobody is more than one panel from their chance.
    """

    def __init__(self, panels: Panels, counts: Whole, rows: Whole, target: Real) -> None:
        fair = target / counts
        self.panels, self.counts, self.rows = panels, counts, rows
        self.low = np.maximum(counts * np.ceil(fair - 1 - 1e-9), 0)
        self.high = counts * np.floor(fair + 1 + 1e-9)
        self.total = rows.sum(axis=0)
        self.held = np.rint(rows @ panels.matrix[:-1].T).astype(np.int64)
        self.noise = np.random.default_rng(0)

    def off(self, total: Whole | Real) -> Real:
        """How far each type is out of its range, for each of its people; squared."""
        short = np.maximum(self.low - total, 0) + np.maximum(total - self.high, 0)
        return np.asarray((short / self.counts) ** 2, dtype=np.float64)

    def run(self) -> None:
        """Plain exchanges first, then chains of them, then other panels, while one of these helps."""
        for _ in range(TRIES):
            if not self.off(self.total).any():
                return
            if not (self._exchanged() or self._chained() or self._replaced()):
                return

    def _exchanged(self) -> bool:
        """Whether one exchange on one panel was found and made."""
        now = self.off(self.total)
        leave, enter = self.off(self.total - 1) - now, self.off(self.total + 1) - now
        cost = leave[:, None] + enter[None, :]
        np.fill_diagonal(cost, 0)
        best = np.argsort(cost, axis=None, kind="stable")[:LOOKED_AT]
        for at in best[cost.flat[best] < -1e-12]:
            out, into = divmod(int(at), len(now))
            able = np.flatnonzero(self._able(out, into))
            if len(able):
                panel = self.rows[able[0]].copy()
                panel[out] -= 1
                panel[into] += 1
                self._put(int(able[0]), panel)
                return True
        return False

    def _chained(self) -> bool:
        """Whether a chain of exchanges on several panels was found from a type that comes up too often, or to
        one that comes up too seldom; the types between come up as often as before."""
        edges = np.zeros((len(self.total), len(self.total)), dtype=np.bool_)
        for row in np.unique(self.rows, axis=0):
            edges |= self.panels.exchanges(row)
        over, under = self.total > self.high, self.total < self.low
        room, spare = self.total + 1 <= self.high, self.total - 1 >= self.low
        if any(self._made(_path(edges, int(one), room | under)) for one in np.flatnonzero(over)):
            return True
        ways = (_path(edges.T, int(one), spare | over)[::-1] for one in np.flatnonzero(under))
        return any(self._made(way) for way in ways)

    def _made(self, path: list[int]) -> bool:
        """Whether the exchanges along this path could be made, each on some panel; all of them or none."""
        undo: list[tuple[int, Whole]] = []
        for out, into in pairwise(path):
            able = np.flatnonzero(self._able(out, into))
            if not len(able):
                for row, panel in reversed(undo):
                    self._put(row, panel)
                return False
            row = int(able[len(undo) % len(able)])
            undo.append((row, self.rows[row].copy()))
            panel = self.rows[row].copy()
            panel[out] -= 1
            panel[into] += 1
            self._put(row, panel)
        return bool(undo)

    def _replaced(self) -> bool:
        """Whether the integer programme found a panel near one of the list that does better there."""
        over, under = self.total > self.high, self.total < self.low
        full, bare = self.total + 1 > self.high, self.total - 1 < self.low
        wrong = (self.rows[:, over] > 0).any(axis=1)
        wrong |= (self.rows[:, under] < self.panels.caps[under]).any(axis=1)
        for row in self.noise.permutation(np.flatnonzero(wrong))[:REPLACED]:
            has = self.rows[row] > 0
            worth = np.where(has, np.where(bare, BOUND, NEAR), -np.where(full, BOUND, NEAR))
            panel = self.panels.best(np.where(over, -1.0, np.where(under, 1.0, worth)))
            if panel is None:
                continue
            total = self.total - self.rows[row] + panel
            if self.off(total).sum() < self.off(self.total).sum() - 1e-12:
                self._put(int(row), panel)
                return True
        return False

    def _put(self, row: int, panel: Whole) -> None:
        self.total = self.total - self.rows[row] + panel
        self.rows[row] = panel
        self.held[row] = np.rint(self.panels.matrix[:-1] @ panel).astype(np.int64)

    def _able(self, out: int, into: int) -> Flags:
        """On which of the panels one of a type may leave for one of another."""
        able = (self.rows[:, out] > 0) & (self.rows[:, into] < self.panels.caps[into])
        for leaves, enters in zip(self.panels.labels[:, out], self.panels.labels[:, into], strict=True):
            if leaves != enters:
                able &= self.held[:, leaves] > self.panels.low[leaves]
                able &= self.held[:, enters] < self.panels.high[enters]
        return np.asarray(able, dtype=np.bool_)


def _path(edges: Flags, start: int, ends: Flags) -> list[int]:
    """The shortest way along the edges from the start to one of the ends; empty where there is none."""
    before = {start: start}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if ends[here] and here != start:
            path = [here]
            while path[-1] != start:
                path.append(before[path[-1]])
            return path[::-1]
        for there in np.flatnonzero(edges[here]):
            if int(there) not in before:
                before[int(there)] = here
                queue.append(int(there))
    return []


def _dealt(types: Types, rows: Whole, draw: Draw) -> tuple[tuple[int, ...], ...]:
    """The people of each panel: of a type always those who came up least, in a drawn order."""
    several = {one: kind for kind in types.kinds for one in kind}
    panels: list[list[int]] = [[] for _ in rows]
    for one in range(len(types)):
        if one not in several:
            _deal([one], types, rows, panels, draw)
    for kind in types.kinds:
        _deal(list(kind), types, rows, panels, draw)
    return tuple(tuple(sorted(panel)) for panel in panels)


def _deal(kind: list[int], types: Types, rows: Whole, panels: list[list[int]], draw: Draw) -> None:
    homes = range(len(types.members[kind[0]]))
    came = {one: [0] * len(homes) for one in kind}
    order = list(homes)
    draw.shuffle(order)
    members = {(one, home): list(types.members[one][home]) for one, home in product(kind, homes)}
    for queue in members.values():
        draw.shuffle(queue)
    for number, panel in enumerate(panels):
        free = set(homes)
        for at in range(len(kind)):
            one = kind[(number + at) % len(kind)]
            wanted = int(rows[number, one])
            for home in sorted((home for home in order if home in free), key=came[one].__getitem__)[:wanted]:
                free.remove(home)
                came[one][home] += 1
                queue = members[one, home]
                queue.append(queue.pop(0))
                panel.append(queue[-1])
