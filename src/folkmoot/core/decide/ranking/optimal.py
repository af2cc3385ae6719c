"""Which committee is worth most to all voters together (PAV, Chamberlin-Courant)?"""

import math
from collections.abc import Sequence
from fractions import Fraction
from heapq import nlargest

import numpy as np
from numpy.typing import NDArray

from folkmoot.core.decide.ranking.ballots import Approvals
from folkmoot.core.decide.ranking.committees import Committee, Committees, by_gain, too_many_ties
from folkmoot.core.kernel.errors import Refused

MOST_NODES = 200_000  # partial committees looked at before the search gives up
MOST_SEATS = 200  # the search goes as deep as there are seats
MOST_COMMITTEES = 5_000  # equally good ones kept


def harmonic(seats: int) -> tuple[Fraction, ...]:
    """PAV's weights: 1, 1/2, 1/3, ..."""
    return tuple(Fraction(1, number) for number in range(1, max(seats, 1) + 1))


def first_only(seats: int) -> tuple[Fraction, ...]:
    """Chamberlin-Courant's weights: 1, 0, 0, ..."""
    return (Fraction(1), *(Fraction(0),) * (max(seats, 1) - 1))


def optimal(
    approvals: Approvals, seats: int, weights: Sequence[Fraction], ranks: Sequence[int] | None = None
) -> Committees:
    """All committees of the highest worth: a voter's nth one in it is worth weights[n - 1], never rising.

    With `harmonic` this is proportional approval voting (PAV), with `first_only` Chamberlin-Courant's rule
    for approvals. Exact: partial committees are left only when even their best cannot reach what was found.
    With ranks the one whose members come first is chosen.

    Raises Refused where the search would take too long, and where too many committees are equal.

    Sources: Thiele (1895); Chamberlin and Courant (1983); Lackner and Skowron, "Multi-Winner Voting with
    Approval Preferences", Springer 2023.

    >>> from folkmoot.core.decide.ranking.ballots import Candidate
    >>> votes = Approvals.gathered(map(Candidate, "abc"), [([0, 1], 4), ([2], 2)])
    >>> optimal(votes, 2, harmonic(2)).all, optimal(votes, 2, first_only(2)).all
    (((0, 1), (0, 2), (1, 2)), ((0, 2), (1, 2)))
    """
    if min(seats, len(approvals.candidates)) > MOST_SEATS:
        raise _too_large()
    search = _Search(approvals, min(seats, len(approvals.candidates)), weights, ranks)
    search.look((), 0, 0, search.nobody)
    return Committees(tuple(sorted(search.found)))


class _Search:
    """Take or leave the candidates one after the other, as long as the best can still be reached."""

    def __init__(
        self, approvals: Approvals, seats: int, weights: Sequence[Fraction], ranks: Sequence[int] | None
    ) -> None:
        self.seats, self.only_first = seats, ranks is not None
        length = len(approvals.candidates)
        self.candidates = sorted(range(length), key=(ranks or approvals.votes).__getitem__)
        if ranks is None:
            self.candidates.reverse()  # who has most votes first: a good committee is found early
        scale = math.lcm(*(one.denominator for one in weights))
        # Whole numbers of any length where 64 bits might not hold them.
        kind = np.int64 if scale * approvals.voters * max(length, 1) < 2**62 else np.object_
        self.worth = np.array([int(one * scale) for one in weights[:seats]] + [0], dtype=kind)
        counts = np.array([count for _, count in approvals.ballots], dtype=kind)
        inside = [[int(one in chosen) for one in self.candidates] for chosen, _ in approvals.ballots]
        self.approves = np.array(inside, dtype=np.int64).reshape(len(counts), length)
        self.weighed = np.multiply(self.approves.astype(kind), counts[:, None])
        self.nobody = np.zeros(len(counts), dtype=np.int64)
        self.found: list[Committee] = []
        self.best, self.nodes = self._floor(approvals, weights), 0

    def look(self, taken: Committee, start: int, total: int, satisfied: NDArray[np.int64]) -> None:
        """Look through all that can be made of those taken and of the candidates from `start` on."""
        missing = self.seats - len(taken)
        if not missing:
            self._keep(taken, total)
            return
        gains = (self.worth[satisfied] @ self.weighed[:, start:]).tolist()
        for at in range(start, len(self.candidates) - missing + 1):
            self.nodes += 1
            if self.nodes > MOST_NODES:
                raise _too_large()
            # Nobody adds more later than now, so that the largest gains of now are as much as there can be.
            most = total + sum(nlargest(missing, gains[at - start :]))
            if most < self.best or (self.only_first and self.found and most == self.best):
                return
            more = total + gains[at - start]
            self.look((*taken, at), at + 1, more, satisfied + self.approves[:, at])

    def _keep(self, taken: Committee, total: int) -> None:
        if total < self.best or (self.only_first and self.found and total == self.best):
            return
        if total > self.best:
            self.best, self.found = total, []
        self.found.append(tuple(sorted(self.candidates[at] for at in taken)))
        if len(self.found) > MOST_COMMITTEES:
            raise too_many_ties()

    def _floor(self, approvals: Approvals, weights: Sequence[Fraction]) -> int:
        """What a good committee is worth: the best is at least that."""
        good = by_gain(approvals, self.seats, weights, range(len(approvals.candidates))).all[0]
        chosen = [self.candidates.index(one) for one in good]
        satisfied, total = self.nobody, 0
        for at in chosen:
            total += int(self.worth[satisfied] @ self.weighed[:, at])
            satisfied = satisfied + self.approves[:, at]
        return total


def _too_large() -> Refused:
    return Refused(
        "These ballots were not counted.",
        "There are too many committees to prove which is best.",
        "Count by the sequential variant (seqpav, seqcc), or ask for fewer seats.",
        field="method",
    )
