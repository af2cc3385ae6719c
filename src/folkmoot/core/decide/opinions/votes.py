"""Who agreed, disagreed or passed on what?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Bytes = npt.NDArray[np.int8]
Places = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]

AGREE, PASS, DISAGREE = 1, 0, -1
MOST_PEOPLE, MOST_STATEMENTS = 100_000, 10_000


@dataclass(frozen=True, eq=False)
class Votes:
    """One vote of each person on each statement that they saw: agree 1, pass 0, disagree -1. What a person
    has not seen is not kept, so that memory grows with votes alone.

    people: ids, ascending; statements: ids, ascending (whole numbers by their value, before words).
    starts: int64, people + 1; the votes of person p are those from starts[p] to starts[p + 1].
    seen: int32, the places of statements, ascending within a person; value: int8, one for each.
    """

    people: tuple[str, ...]
    statements: tuple[str, ...]
    starts: Counts
    seen: Places
    value: Bytes

    def __len__(self) -> int:
        return len(self.seen)

    @cached_property
    def person(self) -> Places:
        """The place of the person of each vote."""
        return np.repeat(np.arange(len(self.people), dtype=np.int32), np.diff(self.starts))

    @cached_property
    def by_person(self) -> Counts:
        """How many votes each person cast."""
        return np.diff(self.starts)

    def of(self, vote: int) -> Counts:
        """How often each statement had this vote.

        >>> votes_of([("ann", "1", 1), ("bob", "1", 1), ("bob", "2", -1)]).of(AGREE).tolist()
        [2, 0]
        """
        return np.bincount(self.seen[self.value == vote], minlength=len(self.statements))

    @cached_property
    def by_statement(self) -> Counts:
        """How many people voted on each statement."""
        return np.bincount(self.seen, minlength=len(self.statements))

    def table(self, values: Floats | None = None) -> csr_array:
        """People by statements as floats, or other values in the same cells. Passes are kept as cells."""
        cells = self.value.astype(np.float64) if values is None else values
        return csr_array((cells, self.seen, self.starts), shape=(len(self.people), len(self.statements)))

    def among(self, people: Marks | None = None, statements: Marks | None = None) -> "Votes":
        """The votes of these people on these statements; others are left out altogether."""
        persons = np.ones(len(self.people), bool) if people is None else people
        kept = np.ones(len(self.statements), bool) if statements is None else statements
        cells = persons[self.person] & kept[self.seen]
        places = np.cumsum(kept) - 1
        counted = np.bincount(self.person[cells], minlength=len(self.people))[persons]
        return Votes(
            tuple(one for one, is_kept in zip(self.people, persons, strict=True) if is_kept),
            tuple(one for one, is_kept in zip(self.statements, kept, strict=True) if is_kept),
            np.concatenate([[0], np.cumsum(counted)]).astype(np.int64),
            places[self.seen[cells]].astype(np.int32),
            self.value[cells],
        )


def votes_of(cast: Iterable[tuple[str, str, int]]) -> Votes:
    """Votes in the order in which they were cast: the last of a person on a statement counts.

    >>> votes_of([("ann", "10", 1), ("ann", "9", 0), ("ann", "10", -1)]).statements
    ('9', '10')
    """
    rows = list(cast)
    people, person = placed([row[0] for row in rows])
    statements, statement = placed([row[1] for row in rows])
    return settled(people, statements, person, statement, np.array([row[2] for row in rows], dtype=np.int8))


def settled(
    people: tuple[str, ...], statements: tuple[str, ...], person: Places, statement: Places, value: Bytes
) -> Votes:
    """Votes from cells in the order in which they were cast (the last one of a cell counts).

    person, statement: places in the two tuples. Raises ValueError where a value is not -1, 0 or 1.
    """
    if len(value) and not np.isin(value, (AGREE, PASS, DISAGREE)).all():
        raise ValueError("a vote is 1, 0 or -1")
    cells = person.astype(np.int64) * max(len(statements), 1) + statement
    order = np.argsort(cells, kind="stable")
    ordered = cells[order]
    last = order[np.append(ordered[1:] != ordered[:-1], True)] if len(order) else order
    counted = np.bincount(person[last], minlength=len(people))
    starts = np.concatenate([[0], np.cumsum(counted)]).astype(np.int64)
    return Votes(people, statements, starts, statement[last].astype(np.int32), value[last].astype(np.int8))


def placed(ids: Sequence[str]) -> tuple[tuple[str, ...], Places]:
    """The different ids in ascending order, and the place of each.

    >>> placed(["b", "10", "9", "b"])[0]
    ('9', '10', 'b')
    """
    different = tuple(sorted(set(ids), key=ascending))
    place = {one: number for number, one in enumerate(different)}
    return different, np.fromiter((place[one] for one in ids), dtype=np.int32, count=len(ids))


def ascending(id_: str) -> tuple[int, int, str]:
    """The order of ids: whole numbers by their value, then words."""
    return (0, int(id_), id_) if id_.isascii() and id_.isdigit() else (1, 0, id_)
