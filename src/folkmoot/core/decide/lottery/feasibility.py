"""Why does no panel keep these quotas, and what is the least that would have to give way?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from folkmoot.core.decide.lottery.panels import Panels
from folkmoot.core.decide.lottery.pool import Pool, Quota
from folkmoot.core.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A quota, and as what it would have to be read."""

    quota: Quota
    low: int
    high: int

    @property
    def change(self) -> int:
        """By how many people it gives way."""
        return self.quota.low - self.low + self.high - self.quota.high

    def __str__(self) -> str:
        was = f"{self.quota.low} to {self.quota.high}"
        return f"{self.quota.category}: {self.quota.value} from {self.low} to {self.high} in place of {was}"


class Infeasible(Refused):
    """No panel keeps the quotas: the reasons, and the least that would have to give way."""

    def __init__(self, reasons: Sequence[str], relaxations: Sequence[Relaxation]) -> None:
        change = sum(one.change for one in relaxations)
        least = "; ".join(map(str, relaxations))
        step = f"The least change that would do, {change} in all: {least}." if relaxations else ""
        super().__init__("No panel keeps these quotas.", " ".join(reasons), step, field="quotas")
        self.reasons = tuple(reasons)
        self.relaxations = tuple(relaxations)


def reasons_against(pool: Pool) -> tuple[str, ...]:
    """Why no panel keeps the quotas, in sentences; none where some panel does.

    >>> from folkmoot.core.decide.lottery.pool import Person
    >>> people = tuple(Person(str(n), ("old",)) for n in range(5))
    >>> reasons_against(Pool(people, 3, (Quota("age", "young", 1, 1), Quota("age", "old", 2, 3))))
    ('At least 1 with age: young is asked for, and there is nobody.',)
    """
    if feasible(pool):
        return ()
    homes = len({one.household or place for place, one in enumerate(pool.people)})
    if homes < pool.size:
        return (f"A panel of {pool.size} is asked for from {homes} households, with one of each at most.",)
    return tuple(_alone(pool)) or (_together(pool),)


def feasible(pool: Pool) -> bool:
    """Whether some panel keeps all quotas."""
    return Panels.of(pool).best(np.zeros(len(pool.types))) is not None


def _alone(pool: Pool) -> Iterator[str]:
    """Quotas that nobody could keep whatever the others are."""
    for place, category in enumerate(pool.categories):
        quotas = [quota for quota in pool.quotas if quota.category == category]
        low, high = sum(quota.low for quota in quotas), sum(quota.high for quota in quotas)
        if low > pool.size:
            yield f"The least numbers for {category} sum to {low}, more than the {pool.size} of a panel."
        if high < pool.size:
            yield f"The greatest numbers for {category} sum to {high}, fewer than the {pool.size} of a panel."
        there: Counter[str] = Counter()
        homes: dict[str, set[object]] = {}
        for at, person in enumerate(pool.people):
            homes.setdefault(person.answers[place], set()).add(person.household or at)
        there.update({value: len(found) for value, found in homes.items()})
        for quota in quotas:
            if there[quota.value] < quota.low:
                verb = "is" if quota.low == 1 else "are"
                asked = f"At least {quota.low} with {category}: {quota.value} {verb} asked for"
                people = sum(person.answers[place] == quota.value for person in pool.people)
                yield f"{asked}, and {_found(people, there[quota.value])}."


def _found(people: int, homes: int) -> str:
    """How many there are, and in how many households where that is fewer."""
    said = "there is nobody" if not people else "there is 1" if people == 1 else f"there are {people}"
    return said if homes == people else f"{said}, in {homes} household{'s' if homes > 1 else ''}"


def _together(pool: Pool) -> str:
    """Quotas that clash with one another, none of them to spare: without any one the others could hold."""
    kept = list(pool.quotas)
    for quota in pool.quotas:
        loose = [_loose(one, pool.size) if one is quota or one not in kept else one for one in pool.quotas]
        if not feasible(replace(pool, quotas=tuple(loose))):
            kept.remove(quota)
    clash = ", ".join(f"{one.category}: {one.value} ({one.low} to {one.high})" for one in kept)
    homes = " and one of each household at most" if any(one.household for one in pool.people) else ""
    return (
        f"No quota is at fault alone. With the people there are, these cannot hold together{homes}: {clash}."
    )


def _loose(quota: Quota, size: int) -> Quota:
    return replace(quota, low=0, high=max(size, quota.high))


def least_relaxations(pool: Pool) -> tuple[Relaxation, ...]:
    """The quotas that have to give way so that some panel keeps all, by the fewest people in all; none where
    none has to. Where several ways are as small, one of them. The size and the households stay.

    >>> from folkmoot.core.decide.lottery.pool import Person
    >>> people = tuple(Person(str(n), ("old",)) for n in range(5))
    >>> pool = Pool(people, 3, (Quota("age", "young", 1, 1), Quota("age", "old", 2, 2)))
    >>> [str(one) for one in least_relaxations(pool)]
    ['age: young from 0 to 1 in place of 1 to 1', 'age: old from 2 to 3 in place of 2 to 2']
    """
    panels = Panels.of(pool)
    types, rows, quotas = len(panels.caps), len(panels.matrix), len(pool.quotas)
    lows = np.array([quota.low for quota in pool.quotas], dtype=np.float64)
    give = np.zeros((rows, quotas))
    give[:quotas] = np.eye(quotas)
    found = milp(
        np.r_[np.zeros(types), np.ones(2 * quotas)],
        constraints=LinearConstraint(np.hstack([panels.matrix, give, -give]), panels.least, panels.most),
        integrality=np.ones(types + 2 * quotas),
        bounds=Bounds(0, np.r_[panels.caps, lows, np.full(quotas, pool.size)]),
        options={"mip_rel_gap": 0},
    )
    if found.x is None:
        return ()
    down, up = np.rint(found.x[types:]).astype(int).reshape(2, quotas)
    return tuple(
        Relaxation(quota, quota.low - int(less), quota.high + int(more))
        for quota, less, more in zip(pool.quotas, down, up, strict=True)
        if less or more
    )
