"""Who may be drawn, how many, and who of them are the same to the quotas?"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from folkmoot.core.kernel.errors import Refused

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Quota:
    """How many people with this answer a panel has: from `low` to `high`, both included."""

    category: str
    value: str
    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise Refused(
                f"The quota for {self.category}: {self.value} was not read.",
                f"It goes from {self.low} to {self.high}.",
                "Give a least number from 0, and a greatest that is not below it.",
                field="quotas",
            )


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who put their name down: their answers in the order of the categories.

    household: the same word for all who live together; empty for somebody who is not known to share a home.
    """

    id: str
    answers: tuple[str, ...]
    household: str = ""


@dataclass(frozen=True)
class Pool:
    """All who may be drawn, the size of a panel, and its quotas.

    Raises Refused where an id comes twice, somebody has an answer that no quota names, or nobody is to be
    drawn.
    """

    people: tuple[Person, ...]
    size: int
    quotas: tuple[Quota, ...]

    def __post_init__(self) -> None:
        _check(self)

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The categories in the order of the quotas."""
        return tuple(dict.fromkeys(quota.category for quota in self.quotas))

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Everybody's id, in the order of the file."""
        return tuple(person.id for person in self.people)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of all that the lottery hangs on: ids, answers, who lives together, size and quotas."""
        homes = {
            home: place for place, home in enumerate(dict.fromkeys(one.household for one in self.people))
        }
        told = [
            self.size,
            [[one.category, one.value, one.low, one.high] for one in self.quotas],
            [[one.id, one.answers, homes[one.household] if one.household else None] for one in self.people],
        ]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

    @cached_property
    def types(self) -> "Types":
        """The people in types."""
        return Types.of(self)

    def answer_places(self) -> Whole:
        """For each person and category the place of their answer in the quotas: people x categories."""
        place = {(quota.category, quota.value): at for at, quota in enumerate(self.quotas)}
        rows = [
            [place[pair] for pair in zip(self.categories, one.answers, strict=True)] for one in self.people
        ]
        return np.array(rows, dtype=np.int64).reshape(len(self.people), len(self.categories))


@dataclass(frozen=True, eq=False)
class Types:
    """The people in types: two of one type are alike in every answer that a quota asks for, and live in
    households that are alike too, so that a fair lottery must treat them alike.

    A home is whom at most one may be drawn of. Homes with the same answers among their members are of one
    kind. `members[t]` are the members of type t, home by home: a tuple for each home of its kind.
    """

    members: tuple[tuple[tuple[int, ...], ...], ...]
    kinds: tuple[tuple[int, ...], ...]  # of homes: the types that live in one kind, where they are several
    answers: Whole  # types x categories: the place of the answer in the quotas

    @classmethod
    def of(cls, pool: Pool) -> "Types":
        """The types of this pool, by their answers: whoever stands first in the file changes nothing."""
        answers = pool.answer_places()
        kinds: dict[tuple[tuple[int, ...], ...], list[list[int]]] = defaultdict(list)
        for home in _homes(pool.people):
            kinds[tuple(sorted(tuple(map(int, answers[one])) for one in home))].append(home)
        members: list[tuple[tuple[int, ...], ...]] = []
        several, told = [], []
        for kind, homes in sorted(kinds.items()):
            first = len(members)
            for answer in dict.fromkeys(kind):
                told.append(answer)
                members.append(
                    tuple(tuple(one for one in home if tuple(answers[one]) == answer) for home in homes)
                )
            if len(members) > first + 1:
                several.append(tuple(range(first, len(members))))
        return cls(tuple(members), tuple(several), np.array(told, dtype=np.int64).reshape(len(members), -1))

    def __len__(self) -> int:
        return len(self.members)

    @cached_property
    def counts(self) -> Whole:
        """How many people each type has."""
        return np.array([sum(map(len, homes)) for homes in self.members], dtype=np.int64)

    @cached_property
    def caps(self) -> Whole:
        """How many of each type may be on one panel: one of each home."""
        return np.array([len(homes) for homes in self.members], dtype=np.int64)

    def each(self, shares: Real, people: int) -> Real:
        """What stands for the types, for each person of the pool."""
        told = np.zeros(people)
        for share, homes in zip(shares, self.members, strict=True):
            for home in homes:
                told[list(home)] = share
        return told


def _homes(people: Iterable[Person]) -> Iterable[list[int]]:
    homes: dict[object, list[int]] = defaultdict(list)
    for place, person in enumerate(people):
        homes[person.household or place].append(place)
    return homes.values()


def _check(pool: Pool) -> None:
    if pool.size < 1 or pool.size > len(pool.people):
        raise Refused(
            f"A panel of {pool.size:,} cannot be drawn.",
            f"There are {len(pool.people):,} people to draw from.",
            "Ask for at least one and at most all.",
            field="size",
        )
    pairs = [(quota.category, quota.value) for quota in pool.quotas]
    if len(set(pairs)) < len(pairs):
        again = next(pair for at, pair in enumerate(pairs) if pair in pairs[:at])
        raise Refused(
            f"{': '.join(again)} has two quotas.", "One is enough.", "Leave one out.", field="quotas"
        )
    known, seen = set(pairs), set()
    for person in pool.people:
        if person.id in seen:
            raise Refused(
                f"The id {person.id} comes twice.",
                "Two people cannot be told apart by it.",
                "Give everybody an id of their own.",
                field="people",
            )
        seen.add(person.id)
        for category, answer in zip(pool.categories, person.answers, strict=True):
            if (category, answer) not in known:
                raise Refused(
                    f"{person.id} cannot be drawn.",
                    f"No quota names their answer to {category}: “{answer}”.",
                    "Correct the answer, add a quota for it, or leave the person out.",
                    field="people",
                )
