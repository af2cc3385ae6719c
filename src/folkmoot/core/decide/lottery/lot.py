"""What are everybody's chances, and from which thousand panels is one drawn?"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from folkmoot.core.decide.lottery.columns import Mix, Told, silent
from folkmoot.core.decide.lottery.drawing import hash_of
from folkmoot.core.decide.lottery.fairest import leximin, maximin
from folkmoot.core.decide.lottery.feasibility import Infeasible, least_relaxations, reasons_against
from folkmoot.core.decide.lottery.greedy import greedy
from folkmoot.core.decide.lottery.nash import nash
from folkmoot.core.decide.lottery.panels import Panels
from folkmoot.core.decide.lottery.pool import Flags, Pool, Real, Whole
from folkmoot.core.decide.lottery.rounding import MANY, listed
from folkmoot.core.kernel.draw import Draw


class Method(StrEnum):
    """How chances are shared out."""

    MAXIMIN = "maximin"
    LEXIMIN = "leximin"
    NASH = "nash"
    GREEDY = "greedy"


FAIR: dict[Method, Callable[[Panels, Whole, Whole, Told], Mix]] = {
    Method.MAXIMIN: maximin,
    Method.LEXIMIN: leximin,
    Method.NASH: nash,
}


@dataclass(frozen=True, eq=False)
class Lottery:
    """A lottery as it is published before it is drawn."""

    pool: Pool
    method: Method
    chances: Real  # of each person of the pool; they sum to the size of the panel
    panels: tuple[tuple[int, ...], ...]  # a thousand, as places in the pool; each as likely as the next

    @cached_property
    def appearances(self) -> Whole:
        """On how many of the panels each person is: this, in a thousand, is the chance in the public draw."""
        flat = np.array([one for panel in self.panels for one in panel], dtype=np.int64)
        return np.bincount(flat, minlength=len(self.pool.people))

    @cached_property
    def reachable(self) -> Flags:
        """Who is on some panel that keeps all quotas; somebody else has no chance in any lottery."""
        panels, types = Panels.of(self.pool), self.pool.types
        told = np.asarray(self.chances > 0)
        for one, homes in enumerate(types.members):
            members = [person for home in homes for person in home]
            if not told[members].all():
                found = panels.best(np.zeros(len(types)), np.eye(len(types), dtype=np.int64)[one])
                told[members] = found is not None
        return told

    @cached_property
    def hash(self) -> str:
        """What the list of panels is published under."""
        return hash_of(self.pool.ids, self.panels)

    @property
    def furthest_off(self) -> float:
        """By how much somebody's chance in the public draw differs most from their chance."""
        return float(np.abs(self.appearances / len(self.panels) - self.chances).max())

    @property
    def lowest(self) -> float:
        """The lowest chance of all."""
        return float(self.chances.min())

    @property
    def gini(self) -> float:
        """How unequal the chances are: 0 where all are equal."""
        return gini(self.chances)

    def sentence(self, person: int) -> str:
        """Somebody's own chance, told to them."""
        came = int(self.appearances[person])
        if not self.reachable[person]:
            return "You could not be drawn: there is no panel with you on it that keeps all quotas."
        even = self.pool.size / len(self.pool.people)
        return (
            f"Your chance was {self.chances[person]:.1%}: you are on {came:,} of the {len(self.panels):,} "
            f"panels of which one was drawn. If quotas played no part it would be {even:.1%} for everybody."
        )


def lottery(pool: Pool, method: Method = Method.MAXIMIN, told: Told = silent) -> Lottery:
    """Work out everybody's chance and a thousand panels that give it.

    `told` is called with a word on how far it is. Raises Infeasible, with reasons and the least relaxations,
    where no panel keeps the quotas.

    >>> from folkmoot.core.decide.lottery.pool import Person, Quota
    >>> people = tuple(Person(f"p{n}", ("young" if n < 2 else "old",)) for n in range(10))
    >>> found = lottery(Pool(people, 4, (Quota("age", "young", 1, 1), Quota("age", "old", 3, 3))))
    >>> round(found.lowest, 6), len(found.panels), found.appearances.tolist()
    (0.375, 1000, [500, 500, 375, 375, 375, 375, 375, 375, 375, 375])
    """
    panels, types = Panels.of(pool), pool.types
    first = panels.best(np.zeros(len(types)))
    if first is None:
        raise Infeasible(reasons_against(pool), least_relaxations(pool))
    draw = Draw(f"a thousand panels {pool.fingerprint}")
    if method is Method.GREEDY:
        drawn = greedy(pool, MANY, draw)
        flat = np.array([one for panel in drawn for one in panel], dtype=np.int64)
        return Lottery(pool, method, np.bincount(flat, minlength=len(pool.people)) / MANY, drawn)
    mix = FAIR[method](panels, types.counts, first, told)
    told("Writing down a thousand panels")
    chances = types.each(mix.expected / types.counts, len(pool.people))
    return Lottery(pool, method, chances, listed(panels, types, mix, draw))


def gini(chances: Real) -> float:
    """Gini's measure: half the mean difference of two people's chances, as a part of the mean chance.

    >>> gini(np.array([0.0, 1.0])), gini(np.array([0.5, 0.5]))
    (0.5, 0.0)
    """
    ordered = np.sort(chances)
    count, total = len(ordered), float(ordered.sum())
    if total <= 0:
        return 0.0
    ranks = 2 * np.arange(1, count + 1) - count - 1
    return float((ranks * ordered).sum() / (count * total))
