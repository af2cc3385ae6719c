"""What is ranked, and how did people say what they prefer?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from folkmoot.core.kernel.errors import Refused

Tiers = tuple[tuple[int, ...], ...]  # places in the candidates, best first; who stand together are equal
Matrix = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of those that are ranked: an idea, a proposal, a person."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One way of ranking, and how many people ranked so. Who is not named comes below all who are."""

    tiers: Tiers
    count: int = 1
    line: int = 0  # of the file, where it first stands; 0 where there is no file


@dataclass(frozen=True)
class Rankings:
    """Ballots that rank, equal ones once; in a file for STV also the seats, a title and who withdrew."""

    candidates: tuple[Candidate, ...]
    ballots: tuple[Ranked, ...]
    seats: int | None = None
    title: str = ""
    withdrawn: frozenset[int] = frozenset()

    @classmethod
    def gathered(cls, candidates: Iterable[Candidate], ballots: Iterable[Ranked]) -> "Rankings":
        """Equal ballots put together, whatever the order in which they were cast.

        >>> a, b = Candidate("a"), Candidate("b")
        >>> [one.count for one in Rankings.gathered([a, b], [Ranked(((0,),)), Ranked(((0,),), 2)]).ballots]
        [3]
        """
        found: dict[Tiers, Ranked] = {}
        for ballot in ballots:
            tiers = tuple(tuple(sorted(tier)) for tier in ballot.tiers if tier)
            first = found.get(tiers, Ranked(tiers, 0, ballot.line))
            found[tiers] = replace(first, count=first.count + ballot.count)
        return cls(tuple(candidates), tuple(found[tiers] for tiers in sorted(found)))

    @property
    def voters(self) -> int:
        """How many people voted, those with an empty ballot included."""
        return sum(one.count for one in self.ballots)

    @property
    def running(self) -> "Rankings":
        """The same without those who withdrew; whoever stood below them moves up."""
        if not self.withdrawn:
            return self
        kept = [place for place in range(len(self.candidates)) if place not in self.withdrawn]
        seat = {place: new for new, place in enumerate(kept)}
        told = Rankings.gathered(
            (self.candidates[place] for place in kept),
            (
                replace(one, tiers=tuple(tuple(seat[at] for at in tier if at in seat) for tier in one.tiers))
                for one in self.ballots
            ),
        )
        return replace(told, seats=self.seats, title=self.title)

    @cached_property
    def prefers(self) -> Matrix:
        """How many people rank the one of the row above the one of the column."""
        length = len(self.candidates)
        places = np.full((len(self.ballots), length), length, dtype=np.int64)
        for row, ballot in enumerate(self.ballots):
            for place, tier in enumerate(ballot.tiers):
                places[row, list(tier)] = place
        counts = np.array([one.count for one in self.ballots], dtype=np.int64)
        rows = [counts @ (places[:, [one]] < places).astype(np.int64) for one in range(length)]
        return np.array(rows, dtype=np.int64).reshape(length, length)

    @cached_property
    def lines(self) -> tuple[tuple[tuple[int, ...], int], ...]:
        """Each ballot as a plain order with its count, empty ones left out.

        Raises Refused where a ballot puts two in one place: a run-off moves a whole vote at a time.
        """
        for ballot in self.ballots:
            if shared := next((tier for tier in ballot.tiers if len(tier) > 1), None):
                names = " and ".join(f"“{self.candidates[at].id}”" for at in shared)
                where = f" on line {ballot.line}" if ballot.line else ""
                raise Refused(
                    "These ballots were not counted.",
                    f"A ballot{where} puts {names} in one place.",
                    "Count by Borda or Schulze, or ask for one at a time in each place.",
                    field="ballots",
                )
        return tuple((tuple(tier[0] for tier in one.tiers), one.count) for one in self.ballots if one.tiers)


@dataclass(frozen=True)
class Approvals:
    """Ballots that approve or not, equal ones once: which candidates, and by how many people."""

    candidates: tuple[Candidate, ...]
    ballots: tuple[tuple[frozenset[int], int], ...]
    seats: int | None = None

    @classmethod
    def gathered(
        cls, candidates: Iterable[Candidate], ballots: Iterable[tuple[Iterable[int], int]]
    ) -> "Approvals":
        """Equal ballots put together, whatever the order in which they were cast."""
        found: dict[tuple[int, ...], int] = {}
        for chosen, count in ballots:
            key = tuple(sorted(set(chosen)))
            found[key] = found.get(key, 0) + count
        return cls(tuple(candidates), tuple((frozenset(key), found[key]) for key in sorted(found)))

    @property
    def voters(self) -> int:
        """How many people voted, those with an empty ballot included."""
        return sum(count for _, count in self.ballots)

    @cached_property
    def votes(self) -> tuple[int, ...]:
        """How many people approve of each candidate."""
        told = [0] * len(self.candidates)
        for chosen, count in self.ballots:
            for place in chosen:
                told[place] += count
        return tuple(told)


@dataclass(frozen=True)
class Pairs:
    """Answers to “which of these two?”: how often the one of the row was chosen over that of the column."""

    candidates: tuple[Candidate, ...]
    wins: Matrix

    @classmethod
    def gathered(cls, candidates: Sequence[Candidate], wins: Iterable[tuple[int, int, int]]) -> "Pairs":
        """From (winner, loser, how often) by places in the candidates."""
        told = np.zeros((len(candidates), len(candidates)), dtype=np.int64)
        for winner, loser, count in wins:
            told[winner, loser] += count
        return cls(tuple(candidates), told)

    @property
    def voters(self) -> int:
        """How many answers there are."""
        return int(self.wins.sum())


@dataclass(frozen=True)
class Scores:
    """One row a way of scoring: the score of each candidate, None where it has none; and how many people."""

    candidates: tuple[Candidate, ...]
    ballots: tuple[tuple[tuple[Fraction | None, ...], int], ...]

    @classmethod
    def gathered(
        cls, candidates: Iterable[Candidate], ballots: Iterable[tuple[Sequence[Fraction | None], int]]
    ) -> "Scores":
        """Equal ballots put together; they stand in an order that does not hang on who voted first."""
        found: dict[tuple[Fraction | None, ...], int] = {}
        for row, count in ballots:
            found[tuple(row)] = found.get(tuple(row), 0) + count
        order = sorted(found, key=lambda row: [(one is not None, one or Fraction(0)) for one in row])
        return cls(tuple(candidates), tuple((row, found[row]) for row in order))

    @property
    def voters(self) -> int:
        """How many people voted."""
        return sum(count for _, count in self.ballots)


@dataclass(frozen=True, slots=True)
class Marker:
    """Who marks in OPERA, mostly a pair: what they marked, and which ideas are their own."""

    name: str
    marked: frozenset[int]
    own: frozenset[int] = frozenset()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Marks:
    """OPERA's marks: all ideas on the board, and who marked which."""

    candidates: tuple[Candidate, ...]
    markers: tuple[Marker, ...]

    @property
    def voters(self) -> int:
        """How many pairs (or people) marked."""
        return len(self.markers)


Ballots = Rankings | Approvals | Pairs | Scores | Marks
