"""What was funded, in which order, at which price?"""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Purchase:
    """One project as its supporters bought it."""

    project: int  # its place in the election's projects
    price: Fraction  # the most that one weight paid (a voter, or a point of theirs), in currency


@dataclass(frozen=True, slots=True)
class Outcome:
    """The winners in the order in which they were funded (places in the election's projects)."""

    winners: tuple[int, ...]
    purchases: tuple[Purchase, ...] = ()  # Phragmén, BOS; for equal shares they are worked out on demand
    share: Fraction | None = None  # equal shares: the money of each voter, at the end of Add1; in currency
    levels: int = 0  # equal shares: how many levels of Add1 were counted
    completed: tuple[int, ...] = ()  # those of the winners that a completion added
    left_out: tuple[int, ...] = ()  # projects that a threshold or the eligibility rule shut out
    greedy_instead: bool = False  # these are the greedy rule's: more voters prefer them to the rule's own
    notes: tuple[str, ...] = ()  # what was odd, in words
