"""What does a careful reading of votes say, and how sure is it?"""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from folkmoot.core.decide.opinions.careful.compiled import Floats, Marks
from folkmoot.core.decide.opinions.careful.numbering import HeldOut
from folkmoot.core.kernel.disclosure import SMALLEST_SHOWN
from folkmoot.core.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Settings:
    """How careful. groups: so many are looked for (2 to 12), rather than 2 to `most_groups`. shuffles: deals
    of the votes, and as many even spreads; bootstraps: crowds drawn again. A group needs p at most `alpha`
    beside both, and a median adjusted Rand index of `least_ari`. Who cast fewer than `least_votes` (or, of
    fewer statements, not all) is placed, but groups are not formed from them. threshold: fewer people than
    this are never told apart. seed: words that change all draws. Raises Refused where a value cannot be
    used."""

    groups: int | None = None
    shuffles: int = 99
    bootstraps: int = 60
    alpha: float = 0.05
    least_ari: float = 0.6
    most_groups: int = 5
    least_votes: int = 7
    threshold: int = SMALLEST_SHOWN
    seed: str = ""

    def __post_init__(self) -> None:
        for field_, low, high in (
            ("groups", 2, 12),
            ("most_groups", 2, 12),
            ("threshold", SMALLEST_SHOWN, 100),
        ):
            value = getattr(self, field_)
            if value is not None and not low <= value <= high:
                raise Refused(f"{field_} cannot be {value}.", f"It is {low} to {high}.", field=field_)
        for field_ in ("shuffles", "bootstraps", "least_votes"):
            if getattr(self, field_) < 1:
                raise Refused(
                    f"{field_} cannot be {getattr(self, field_)}.", "It is at least 1.", field=field_
                )
        for field_ in ("alpha", "least_ari"):
            if not 0.0 < getattr(self, field_) < 1.0:
                raise Refused(f"{field_} lies between 0 and 1.", field=field_)


class Verdict(StrEnum):
    """Are there groups of opinion?"""

    RELIABLE = "reliable"
    NO_GROUPS = "no reliable groups"
    TOO_FEW = "too few to tell"


@dataclass(frozen=True, slots=True)
class Count:
    """How some people voted on a statement, and between which bounds (95 %, Clopper and Pearson 1934)
    agreement would lie among many like them."""

    agree: int
    disagree: int
    passed: int
    lower: float
    upper: float

    @property
    def voted(self) -> int:
        """All who voted, passes too."""
        return self.agree + self.disagree + self.passed

    @property
    def share(self) -> float:
        """The share who agreed."""
        return self.agree / self.voted if self.voted else 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """What is known of one statement. parts: of each group (or end), None where too few of it voted to be
    told apart.

    lowest, lowest_against: agreement (disagreement) is at least so high in every part, with 95 % confidence;
    None where too few of a part voted. unites: 1 where a majority of every part agrees, -1 where it
    disagrees, 0 otherwise. more, less: the parts that clearly agree more (less) than the others; gap: from
    the lowest to the highest part.
    """

    id: str
    everybody: Count
    parts: tuple[Count | None, ...]
    lowest: float | None
    lowest_against: float | None
    unites: int
    more: tuple[int, ...]
    less: tuple[int, ...]
    gap: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Part:
    """A group, or one end of the spread: who is in it, and the statements that set it apart, the clearest
    first."""

    name: str
    members: tuple[str, ...]
    agrees_more: tuple[str, ...]
    agrees_less: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many people."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class Habit:
    """Whether a way of voting goes with the first factor (Spearman's rho, -1 to 1) or with a group (the
    chance that one of the group has more of it than another, 0 to 1, so that .5 is none)."""

    of: str  # "agreeing" or "voting"
    about: str  # "first factor" or the name of the group
    strength: float
    p: float
    clear: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Chances:
    """The silhouette found (clumps along so many axes), beside votes dealt out anew and beside a spread of
    people (None where votes dealt out anew do as well). margin: over the mean of the better spread. gaps:
    whether the clumps stand apart by more than a spread would show."""

    axes: int
    clumps: int
    silhouette: float
    dealt_median: float
    dealt_most: float
    p_dealt: float
    spread_median: float | None
    spread_most: float | None
    p_spread: float | None
    margin: float | None
    gaps: bool


@dataclass(frozen=True, slots=True)
class Stability:
    """How alike the groups of people drawn again are to those found (adjusted Rand index): the median, and
    the value that nine in ten are above."""

    median: float
    tenth: float


@dataclass(frozen=True, eq=False)
class Reading:
    """What unites, what divides, and how sure that is. People and statements stand in the order of the
    votes.

    places: people x 2 or more, in steps of a vote; loadings: statements x the same; leans: of people;
    intercepts: of statements, what they get beside the mean once sides are set aside. Only the first
    `factors` axes are told by held-out votes. marks: the group of each, -1 for none; membership: people x
    groups, the chance to be in each. enough: who cast enough votes. apart: people with enough votes whom no
    group holds. asked: people with enough votes. sampled: people drawn for the tests where there are too
    many, otherwise None. groups are there only where they are reliable; otherwise `ends`.
    """

    verdict: Verdict
    sentence: str
    people: tuple[str, ...]
    statements: tuple[str, ...]
    factors: int
    held_out: tuple[HeldOut, ...]
    places: Floats
    leans: Floats
    intercepts: Floats
    loadings: Floats
    chances: Chances | None
    stability: Stability | None
    groups: tuple[Part, ...]
    ends: tuple[Part, ...]
    marks: Marks
    membership: Floats
    enough: npt.NDArray[np.bool_]
    apart: int
    asked: int
    sampled: int | None
    lines: tuple[Line, ...]
    consensus: tuple[str, ...]
    dividing: tuple[str, ...]
    habits: tuple[Habit, ...]
    settings: Settings = field(default_factory=Settings)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What each line's parts are of: the groups, or the two ends, or nothing."""
        return self.groups or self.ends

    @property
    def gaps(self) -> bool:
        """Whether groups are camps with gaps between them; else they are sides of a spread."""
        return bool(self.groups) and self.chances is not None and self.chances.gaps

    @property
    def silhouette(self) -> float | None:
        """Of what was found, whether or not it is reliable."""
        return self.chances.silhouette if self.chances else None
