"""By which method are ballots counted, and what happens where two are equal?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from folkmoot.core.decide.ties import order_of, ranks_of


class Method(StrEnum):
    """The methods on offer."""

    BORDA = "borda"
    SCHULZE = "schulze"
    IRV = "irv"
    STV = "stv"
    BRADLEY_TERRY = "bradley-terry"
    APPROVAL = "approval"
    GRADIENTS = "gradients"
    SCORE = "score"
    OPERA = "opera"
    MES = "mes"
    PHRAGMEN = "phragmen"
    PAV = "pav"
    SEQPAV = "seqpav"
    CC = "cc"
    SEQCC = "seqcc"


class Transfer(StrEnum):
    """Which papers pass on a surplus in STV."""

    WIG = "wig"  # all of them, each in the part that is surplus (weighted inclusive Gregory)
    GREGORY = "gregory"  # those that came last (last parcel), as far as they can go anywhere


class Completion(StrEnum):
    """How equal shares fill the seats that the shares leave empty."""

    PHRAGMEN = "phragmen"
    VOTES = "votes"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Ties:
    """Who comes first of two equals: nobody (`none`), by `id`, or by `seed:` and a public seed."""

    order: str = "none"

    def ranks(self, ids: Sequence[str]) -> tuple[int, ...] | None:
        """The rank of each among equals, 0 first; None where ties stay ties.

        >>> Ties("id").ranks(("9", "10", "2"))
        (2, 0, 1)
        >>> Ties().ranks(("a", "b")) is None
        True
        """
        return None if self.order == "none" else ranks_of(order_of(ids, self.order, ("none",)))


@dataclass(frozen=True, slots=True)
class Settings:
    """All that decides a ranking beside the ballots themselves."""

    method: Method = Method.BORDA
    seats: int | None = None
    ties: Ties = field(default_factory=Ties)
    transfer: Transfer = Transfer.WIG  # STV
    completion: Completion = Completion.PHRAGMEN  # equal shares
    prior: float = 0.0  # Bradley-Terry: wins and losses of each against an imaginary one
