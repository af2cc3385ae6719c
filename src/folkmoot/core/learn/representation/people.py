"""Who is here, who lives in the place, and how many of each are there?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from folkmoot.core.kernel.errors import Refused

# Answers that tell nothing, in small letters. Rows of the place by these names are left out as well: shares
# are those among the people who told, on both sides.
NOT_TOLD = frozenset(
    {
        *("", "-", "?", "n/a", "na", "none given", "not told", "not stated", "not answered", "not known"),
        *("not disclosed", "prefer not to say", "prefer not to answer", "prefer not to tell"),
        *("rather not say", "i prefer not to say", "declined to say", "no answer", "refused", "unknown"),
        *("missing",),
    }
)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way in which people differ, such as age: its values, and how many people of the place have each.

    The counts may be people or shares of any whole: only their proportions count. Raises Refused for counts
    below nought or that sum to nothing, for a value that comes twice, and for one that is the sum of all.

    >>> Dimension("age", ("young", "old"), (Fraction(1), Fraction(3))).shares
    (Fraction(1, 4), Fraction(3, 4))
    """

    name: str
    values: tuple[str, ...]
    counts: tuple[Fraction, ...]

    def __post_init__(self) -> None:
        if len(self.values) != len(self.counts):
            raise ValueError("each value has one count")
        keys = [alike(value) for value in self.values]
        if len(set(keys)) < len(keys):
            twice = next(v for v, key in zip(self.values, keys, strict=True) if keys.count(key) > 1)
            raise self._refused(f"“{twice}” comes twice.")
        if min(self.counts, default=Fraction(0)) < 0 or sum(self.counts) <= 0:
            raise self._refused("Its counts sum to nothing, or one is below nought.")
        for key, value, count in zip(keys, self.values, self.counts, strict=True):
            if key.split(" ")[0] in ("all", "total", "everybody") and len(keys) > 2 and self._is_sum(count):
                raise self._refused(f"“{value}” is the sum of the others: leave it out.")

    def _is_sum(self, count: Fraction) -> bool:
        return 2 * count == sum(self.counts)

    def _refused(self, why: str) -> Refused:
        return Refused(f"The place's {self.name} was not understood.", why, "Correct it.", field="place")

    @property
    def shares(self) -> tuple[Fraction, ...]:
        """Each value's exact share of the place."""
        whole = sum(self.counts, Fraction(0))
        return tuple(count / whole for count in self.counts)


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of the place's people.

    counted: the counts are people, each of them, so that a fair draw takes nobody twice; for small places.
    Raises Refused where a counted place has parts of people.
    """

    dimensions: tuple[Dimension, ...]
    counted: bool = False

    def __post_init__(self) -> None:
        whole = all(count.denominator == 1 for one in self.dimensions for count in one.counts)
        if self.counted and not whole:
            raise Refused(
                "The place's people cannot be drawn one by one.",
                "Some of its counts are not whole.",
                "Give counts of people, or leave out that it is counted.",
                field="place",
            )


@dataclass(frozen=True, slots=True)
class Person:
    """One person: an id, and the answer to each of the place's dimensions in their order ("" for none)."""

    id: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Circle:
    """People who were in something together: the invited, the participants, the deciders, the speakers."""

    name: str
    people: tuple[Person, ...]

    @property
    def ids(self) -> frozenset[str]:
        """Who they are."""
        return frozenset(person.id for person in self.people)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people of a circle gave each value of a dimension, and how many gave none of them.

    unlisted: answers that the place's list does not have; they are compared with nothing.
    """

    counts: tuple[int, ...]
    not_told: int
    unlisted: int

    @property
    def told(self) -> int:
        """How many gave one of the values."""
        return sum(self.counts)


def alike(text: str) -> str:
    """Values that differ in this alone are the same: case, spaces, and the dash in “16–24”.

    >>> alike(" 16 – 24 ") == alike("16-24"), alike("North  West") == alike("north west")
    (True, True)
    """
    plain = " ".join(text.replace("–", "-").replace("—", "-").replace("’", "'").casefold().split())
    return plain.replace(" - ", "-")


def tally(dimension: Dimension, answers: Sequence[str]) -> Tally:
    """How many of the answers are each value of the dimension.

    >>> tally(Dimension("age", ("young", "old"), (Fraction(1), Fraction(3))), ["old", "Young", "", "older"])
    Tally(counts=(1, 1), not_told=1, unlisted=1)
    """
    counted = Counter(alike(answer) for answer in answers)
    listed = [alike(value) for value in dimension.values]
    not_told = sum(number for key, number in counted.items() if key in NOT_TOLD and key not in listed)
    counts = tuple(counted[key] for key in listed)
    return Tally(counts, not_told, len(answers) - not_told - sum(counts))
