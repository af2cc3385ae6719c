"""What is said of whose voice is missing?"""

from dataclasses import dataclass
from enum import StrEnum

EFFICIENT = 0.7  # efficiency below which weighting is warned of: a rule of thumb, no standard


class Verdict(StrEnum):
    """What can be said of one value."""

    MISSING = "missing"
    FEWER = "fewer than their share"
    ABOUT = "about their share"
    MORE = "more than their share"
    TOO_FEW = "too few to tell"
    HIDDEN = "not shown"


class Position(StrEnum):
    """Where a circle stands among fair draws of its size."""

    DIFFERS = "differs more than a fair draw would"
    LIKE = "like a fair draw"
    TOO_FEW = "too few to tell"
    HIDDEN = "not shown"


@dataclass(frozen=True, slots=True)
class ValueVoice:
    """One value: how many there are, and how that stands to its share of the place.

    n: people; share, low, high: of those who told, with the 95 % Jeffreys interval; place: the place's share;
    index: 100 where both shares are the same; needed: how many more of this value, and of no other, would
    bring it to the place's share; enough: about how many people in all would show a gap that matters;
    p: how often a fair draw is as far off. All but the name, the place's share and the verdict may be None.
    """

    name: str
    place: float
    verdict: Verdict
    n: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    index: float | None = None
    needed: int | None = None
    enough: int | None = None
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """The values that are not shown one by one: how many values, people, and what share of each whole."""

    values: int
    n: int
    share: float
    place: float


@dataclass(frozen=True, slots=True)
class DimensionVoices:
    """One dimension: how far the circle is from the place, and each of the values.

    told: who gave a value of the place's list; not_compared: who gave none, or, unlisted, another;
    d: the index of dissimilarity, beside that of fair draws (fair_median, fair_p95), of whom a part p differs
    by as much; exact: whether fair draws were reckoned or drawn. What may not be shown is None.
    """

    name: str
    verdict: Position
    sentence: str
    values: tuple[ValueVoice, ...] = ()
    told: int | None = None
    not_compared: int | None = None
    unlisted: int | None = None
    d: float | None = None
    fair_median: float | None = None
    fair_p95: float | None = None
    p: float | None = None
    enough: int | None = None
    exact: bool | None = None
    together: Together | None = None


@dataclass(frozen=True, slots=True)
class Strain:
    """What it would cost to weight a circle until it is like the place: a check, never the headline.

    effective: as many people as the weighted circle is worth (Kish); design_effect: people / effective;
    efficiency: effective / people; furthest_off: the largest gap that is left, as a share; capped: whether
    weights had to be held between 0.3 and 3; absent: values of which there is nobody to weight.
    """

    effective: float
    design_effect: float
    efficiency: float
    furthest_off: float
    capped: bool
    absent: int

    @property
    def warning(self) -> str:
        """What to beware of, where there is anything."""
        if self.efficiency >= EFFICIENT:
            return ""
        worth = f"Weighted, these people are worth {self.effective:,.0f}, {self.efficiency:.0%} of them"
        return f"{worth}: rely on no weighted figure."


@dataclass(frozen=True, slots=True)
class CircleVoices:
    """One circle: its people, those who told something, each dimension, and how many counts are not shown."""

    name: str
    people: int | None
    told: int | None
    dimensions: tuple[DimensionVoices, ...]
    suppressed: int
    strain: Strain | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Every circle, the widest first. questions: how many values were looked at, all circles together."""

    circles: tuple[CircleVoices, ...]
    questions: int
    least: int
    published: bool
    rounded: bool
    draws: int
