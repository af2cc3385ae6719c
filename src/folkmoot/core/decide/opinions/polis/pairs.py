"""How did those vote on one statement who voted on another?

Whole numbers for each pair of statements, so that one vote more or less changes them exactly, and whoever
counts them anew comes to the same. All that the components need is in them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from folkmoot.core.decide.opinions.votes import Places, Votes

Pairwise = npt.NDArray[np.int32]
MOST_STATEMENTS = 2_500  # with more, a table of pairs is larger than the votes
SMALL = 5 * 10**8  # people times pairs under which multiplying whole tables beats loading the compiler
BLOCK = 4_096  # people whose votes are laid out at once


@dataclass(eq=False)
class Pairs:
    """For statements j and k, over the people who voted on both.

    both: how many they are. product: the sum of their votes' products. first: the sum of their votes on j.
    Each is int32, statements by statements; on the diagonal stand the counts of one statement.
    """

    both: Pairwise
    product: Pairwise
    first: Pairwise

    def change(self, place: int, others: Places, votes: npt.NDArray[np.int32], by: int, seen: int) -> None:
        """One person's vote on the statement at `place` moves up by `by`; `seen` is 1 where it is new, -1
        where it is gone, 0 where it was changed. others, votes: that person's other votes."""
        self.both[place, others] += seen
        self.both[others, place] += seen
        self.product[place, others] += by * votes
        self.product[others, place] += by * votes
        self.first[place, others] += by
        self.first[others, place] += seen * votes

    def alone(self, place: int, before: int | None, after: int | None) -> None:
        """The diagonal, where a vote `before` (None: none) becomes `after`."""
        for vote, sign in ((before, -1), (after, 1)):
            if vote is not None:
                self.both[place, place] += sign
                self.product[place, place] += sign * vote * vote
                self.first[place, place] += sign * vote

    def widen(self, place: int) -> None:
        """A new statement without votes at `place`."""
        self._each(lambda table: np.insert(np.insert(table, place, 0, axis=0), place, 0, axis=1))

    def drop(self, place: int) -> None:
        """The statement at `place` is gone."""
        self._each(lambda table: np.delete(np.delete(table, place, axis=0), place, axis=1))

    def _each(self, work: Callable[[Pairwise], Pairwise]) -> None:
        self.both, self.product, self.first = (
            np.ascontiguousarray(work(table)) for table in (self.both, self.product, self.first)
        )


def pairs_of(votes: Votes) -> Pairs:
    """Count all pairs.

    >>> from folkmoot.core.decide.opinions.votes import votes_of
    >>> pairs_of(votes_of([("ann", "1", 1), ("ann", "2", -1), ("bob", "2", -1)])).first.tolist()
    [[1, 1], [-1, -2]]
    """
    work = len(votes.people) * len(votes.statements) ** 2
    return multiplied(votes) if work < SMALL else packed(votes)


def multiplied(votes: Votes) -> Pairs:
    """By multiplying tables of floats, which hold these whole numbers exactly (sums stay under 2**24)."""
    wide = len(votes.statements)
    both, product, first = (np.zeros((wide, wide), np.int32) for _ in range(3))
    for begin in range(0, len(votes.people), BLOCK):
        end = min(begin + BLOCK, len(votes.people))
        cells = slice(votes.starts[begin], votes.starts[end])
        where = votes.person[cells] - begin, votes.seen[cells]
        seen, value = (np.zeros((end - begin, wide), np.float32) for _ in range(2))
        seen[where], value[where] = 1, votes.value[cells]
        both += (seen.T @ seen).astype(np.int32)
        product += (value.T @ value).astype(np.int32)
        first += (value.T @ seen).astype(np.int32)
    return Pairs(both, product, first)


def packed(votes: Votes) -> Pairs:
    """By going through everybody's pairs once, in compiled loops."""
    from folkmoot.core.decide.opinions.polis import compiled  # noqa: PLC0415 - loads the compiler

    wide = len(votes.statements)
    both, product, first = (np.zeros((wide, wide), np.int32) for _ in range(3))
    seen, vote = votes.seen.view(np.uint32), (votes.value + 1).astype(np.uint8)
    compiled.count_pairs(votes.starts, seen, vote, both, product, first)
    return Pairs(both, product, first)
