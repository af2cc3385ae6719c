"""What is voted on, with how much money, and how did people vote?"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int32]
Counts = NDArray[np.int64]


class VoteType(StrEnum):
    """How people voted: the five kinds of the `.pb` format."""

    APPROVAL = "approval"
    CHOOSE_1 = "choose-1"
    CUMULATIVE = "cumulative"
    SCORING = "scoring"
    ORDINAL = "ordinal"

    @property
    def has_points(self) -> bool:
        """Whether each choice comes with points."""
        return self in (VoteType.CUMULATIVE, VoteType.SCORING)


@dataclass(frozen=True, slots=True)
class Project:
    """One proposal on the ballot."""

    id: str
    cost: Fraction
    name: str = ""
    categories: tuple[str, ...] = ()
    neighbourhood: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Ballots:
    """All ballots, equal ones once: group g chose `choices[starts[g]:starts[g + 1]]`, in their order.

    `counts` says how many people cast the ballot of each group (1 or more); `points`, where the vote has
    them, stands beside `choices` in whole units of 1 / `point_unit`. An empty ballot is a group like any
    other: its voters have a share of the money. No ballot names a project twice.
    """

    starts: Counts  # groups + 1, ascending from 0
    choices: Indices  # places in the election's projects
    counts: Counts
    points: Counts | None = None
    point_unit: int = 1

    @classmethod
    def gathered(
        cls,
        ballots: Iterable[Sequence[int]],
        counts: Iterable[int],
        points: Iterable[Sequence[int]] | None = None,
    ) -> "Ballots":
        """Ballots from plain lists: each a sequence of places in the projects, cast `counts` times."""
        rows = [list(ballot) for ballot in ballots]
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in rows], out=starts[1:])
        flat = np.array([place for row in rows for place in row], dtype=np.int32)
        told = None if points is None else np.array([one for row in points for one in row], dtype=np.int64)
        return cls(starts, flat, np.array(list(counts), dtype=np.int64), told)

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def voters(self) -> int:
        """How many people voted, those with an empty ballot included."""
        return int(self.counts.sum())

    @property
    def groups(self) -> Indices:
        """The group of every choice, beside `choices`."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))


@dataclass(frozen=True, eq=False)
class Election:
    """A budget, the projects in the order of the list, and the ballots."""

    projects: tuple[Project, ...]
    budget: Fraction
    ballots: Ballots
    vote_type: VoteType = VoteType.APPROVAL

    @cached_property
    def unit(self) -> int:
        """Every cost and the budget are whole in units of 1 / `unit` of the currency."""
        return math.lcm(self.budget.denominator, *(project.cost.denominator for project in self.projects))

    @cached_property
    def costs(self) -> tuple[int, ...]:
        """Each project's cost in whole units of 1 / `unit`."""
        return tuple(int(project.cost * self.unit) for project in self.projects)

    @cached_property
    def limit(self) -> int:
        """The budget in whole units of 1 / `unit`."""
        return int(self.budget * self.unit)

    @cached_property
    def votes(self) -> tuple[int, ...]:
        """How many people chose each project."""
        ballots = self.ballots
        weights = np.repeat(ballots.counts, np.diff(ballots.starts))
        return tuple(_sums(ballots.choices, weights, len(self.projects)))

    @cached_property
    def points(self) -> tuple[int, ...]:
        """The points of each project, in units of 1 / `ballots.point_unit`; without points, its votes."""
        ballots = self.ballots
        if ballots.points is None:
            return self.votes
        weights = np.repeat(ballots.counts, np.diff(ballots.starts))
        return tuple(_sums(ballots.choices, weights * ballots.points, len(self.projects)))


def _sums(places: Indices, weights: Counts, length: int) -> list[int]:
    told = np.zeros(length, dtype=np.int64)
    np.add.at(told, places, weights)
    return [int(one) for one in told]
