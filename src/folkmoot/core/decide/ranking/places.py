"""Who stands in which place, and who has a seat?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from folkmoot.core.decide.ranking.ballots import Tiers


def tiers_of(scores: Sequence[int] | Sequence[Fraction] | Sequence[tuple[Fraction, ...]]) -> Tiers:
    """The places by a score, highest first; equal scores stand together.

    >>> tiers_of([2, 5, 2])
    ((1,), (0, 2))
    """
    found: dict[Any, list[int]] = {}
    for place, score in enumerate(scores):
        found.setdefault(score, []).append(place)
    return tuple(tuple(found[score]) for score in sorted(found, reverse=True))


def levels(length: int, beaten_by: Sequence[Iterable[int]]) -> Tiers:
    """A partial order in levels: first who is beaten by nobody, then by nobody of the rest, and so on.

    beaten_by: for each who beats it; there is no circle in it.

    >>> levels(3, [[1], [], [0]])
    ((1,), (0,), (2,))
    """
    left, told = list(range(length)), []
    above = [set(one) for one in beaten_by]
    while left:
        here = set(left)
        tier = tuple(one for one in left if not above[one] & here)
        told.append(tier)
        left = [one for one in left if one not in tier]
    return tuple(told)


def broken(order: Tiers, ranks: Sequence[int] | None) -> Tiers:
    """The order with its ties broken by rank; as it is where there are no ranks.

    >>> broken(((1,), (0, 2)), (2, 1, 0))
    ((1,), (2,), (0,))
    """
    if ranks is None:
        return order
    return tuple((one,) for tier in order for one in sorted(tier, key=ranks.__getitem__))


@dataclass(frozen=True, slots=True)
class Seated:
    """Who has a seat whatever happens to ties, and who are equal for the seats that are left."""

    elected: tuple[int, ...]
    tied: tuple[int, ...] = ()

    def open(self, seats: int) -> int:
        """For how many seats the tied are equal."""
        return seats - len(self.elected)


def seated(order: Tiers, seats: int) -> Seated:
    """The first of an order, as far as there are seats.

    >>> seated(((1,), (0, 2), (3,)), 2)
    Seated(elected=(1,), tied=(0, 2))
    >>> seated(((1,), (0, 2), (3,)), 3)
    Seated(elected=(1, 0, 2), tied=())
    """
    elected: list[int] = []
    for tier in order:
        if len(elected) + len(tier) > seats:
            return Seated(tuple(elected), tier if len(elected) < seats else ())
        elected += tier
    return Seated(tuple(elected))
