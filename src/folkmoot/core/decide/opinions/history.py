"""Who voted how and when, and what did the votes come to at each moment?"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from folkmoot.core.decide.opinions.conversation import Conversation
from folkmoot.core.decide.opinions.votes import (
    AGREE,
    DISAGREE,
    PASS,
    Bytes,
    Counts,
    Marks,
    Places,
    Votes,
    ascending,
    placed,
    settled,
)
from folkmoot.core.kernel.errors import Refused

TAKEN_BACK = 2  # stands where a vote would stand: this person has taken the vote back


@dataclass(frozen=True, eq=False)
class Casts:
    """Everything that was cast, in order: a person's last word on a statement is what counts.

    Whoever takes a vote back leaves the statement as one that they have not seen. The vote before it does not
    come back to life: they had left that one too. The log keeps it, so that each moment can be shown again.

    people, statements: ids, ascending. person, statement: int32, places in them; value: int8, a vote or
    TAKEN_BACK; at: int64, milliseconds since 1970, never falling; None where times are not known.
    """

    people: tuple[str, ...]
    statements: tuple[str, ...]
    person: Places
    statement: Places
    value: Bytes
    at: Counts | None = None

    def __len__(self) -> int:
        return len(self.value)

    @cached_property
    def votes(self) -> Votes:
        """What counts at the end. Everybody in the log is kept, also those with no vote left."""
        last = self._in_cells[self._ends]
        live = last[self.value[last] != TAKEN_BACK]
        return settled(
            self.people, self.statements, self.person[live], self.statement[live], self.value[live]
        )

    @cached_property
    def changed(self) -> Marks:
        """Of each cast, whether it put another vote in the place of one.

        >>> casts_of([("ann", "1", 1, 10), ("ann", "1", 1, 20), ("ann", "1", -1, 30)]).changed.tolist()
        [False, False, True]
        """
        order = self._in_cells
        before, after = self.value[order[:-1]], self.value[order[1:]]
        told = (before != after) & (before != TAKEN_BACK) & (after != TAKEN_BACK) & ~self._ends[:-1]
        marks = np.zeros(len(self), bool)
        marks[order[1:][told]] = True
        return marks

    @cached_property
    def withdrawn(self) -> Marks:
        """Of each cast, whether it took a vote back."""
        return np.equal(self.value, TAKEN_BACK)

    def until(self, at: int) -> "Casts":
        """The log as it stood at this moment (milliseconds since 1970), with what was cast in it.

        People and statements that came later are left out. Raises Refused where no times are known.
        """
        return self.first(int(np.searchsorted(self._times, at, side="right")))

    def first(self, count: int) -> "Casts":
        """The first casts, with the people and the statements that they name."""
        return self._only(np.arange(len(self)) < count)

    def without(self, people: Iterable[str]) -> "Casts":
        """The log as if these people had never come; every statement stays."""
        left = set(people)
        kept = np.array([one not in left for one in self.people], dtype=bool)
        casts = kept[self.person]
        return Casts(
            tuple(one for one, is_kept in zip(self.people, kept, strict=True) if is_kept),
            self.statements,
            (np.cumsum(kept) - 1)[self.person[casts]].astype(np.int32),
            self.statement[casts],
            self.value[casts],
            None if self.at is None else self.at[casts],
        )

    def steps(self, count: int, *, by_time: bool = False) -> Iterator["Step"]:
        """This many moments on the way to now, equally many casts apart or equally long apart.

        What was cast in the same millisecond is never parted, so that two moments may be the same one; the
        last holds everything. Raises Refused where no times are known.

        >>> log = casts_of([("ann", "1", 1, 10), ("bob", "1", -1, 20), ("ann", "1", 0, 90)])
        >>> [(step.at, len(step.casts)) for step in log.steps(2)]
        [(20, 2), (90, 3)]
        >>> [(step.at, len(step.casts)) for step in log.steps(2, by_time=True)]
        [(50, 2), (90, 3)]
        """
        if count < 1:
            raise Refused("There is no timelapse of fewer than one step.", next_step="Ask for one or more.")
        times = self._times
        for number in range(1, count + 1):
            if not len(times):
                return
            if by_time:
                start, end = int(times[0]), int(times[-1])
                moment = start + (end - start) * number // count
            else:
                moment = int(times[-(-len(times) * number // count) - 1])
            yield Step(moment, self.until(moment))

    def and_then(self, person: str, statement: str, value: int, at: int) -> "Casts":
        """The log with one more cast at its end (TAKEN_BACK takes a vote back).

        Raises Refused for a cast that is older than the last one, ValueError for what is no vote.

        >>> log = casts_of([("ann", "1", AGREE, 10)]).and_then("ann", "1", TAKEN_BACK, 20)
        >>> log.votes.people, len(log.votes), len(log.until(10).votes)
        (('ann',), 0, 1)
        """
        if value not in (AGREE, PASS, DISAGREE, TAKEN_BACK):
            raise ValueError("a cast is 1, 0, -1 or TAKEN_BACK")
        times = np.zeros(0, np.int64) if not len(self) else self._times
        if len(times) and at < times[-1]:
            raise Refused(
                "The vote was not kept.", "It is older than the last one.", "Read the whole log anew."
            )
        people, persons, who = _with(self.people, self.person, person)
        statements, asked, what = _with(self.statements, self.statement, statement)
        return Casts(
            people,
            statements,
            np.append(persons, np.int32(who)),
            np.append(asked, np.int32(what)),
            np.append(self.value, np.int8(value)),
            np.append(times, np.int64(at)),
        )

    def rows(self) -> Iterator[tuple[str, str, int, int | None]]:
        """Each cast: person, statement, vote or TAKEN_BACK, time."""
        times: Sequence[int | None] = [None] * len(self) if self.at is None else self.at.tolist()
        cells = zip(self.person.tolist(), self.statement.tolist(), self.value.tolist(), times, strict=True)
        for person, statement, value, at in cells:
            yield self.people[person], self.statements[statement], value, at

    @property
    def _times(self) -> Counts:
        if self.at is None:
            raise Refused(
                "There is no timelapse.",
                "The file does not say when votes were cast.",
                "Read a file with times: votes.csv of a Polis export, or a column “at”.",
            )
        return self.at

    @cached_property
    def _in_cells(self) -> Counts:
        """The places of casts, those of one person on one statement next to each other and in order."""
        cells = self.person.astype(np.int64) * max(len(self.statements), 1) + self.statement
        return np.argsort(cells, kind="stable")

    @cached_property
    def _ends(self) -> Marks:
        """Of each cast in that order, whether it is the last of its cell."""
        order = self._in_cells
        if not len(order):
            return np.zeros(0, bool)
        person, statement = self.person[order], self.statement[order]
        return np.append((person[1:] != person[:-1]) | (statement[1:] != statement[:-1]), True)

    def _only(self, casts: Marks) -> "Casts":
        person, statement = self.person[casts], self.statement[casts]
        here, asked = np.unique(person), np.unique(statement)
        return Casts(
            tuple(self.people[one] for one in here),
            tuple(self.statements[one] for one in asked),
            np.searchsorted(here, person).astype(np.int32),
            np.searchsorted(asked, statement).astype(np.int32),
            self.value[casts],
            None if self.at is None else self.at[casts],
        )


@dataclass(frozen=True, eq=False)
class Step:
    """A moment of a timelapse (milliseconds since 1970), and all that was cast until then."""

    at: int
    casts: Casts

    @property
    def votes(self) -> Votes:
        """What counted at that moment."""
        return self.casts.votes


def casts_of(rows: Iterable[tuple[str, str, int, int | None]]) -> Casts:
    """The log of rows of person, statement, vote (or TAKEN_BACK) and time; equal times keep their order.

    Raises ValueError where some rows have a time and others have none.

    >>> casts_of([("ann", "1", 1, 20), ("ann", "1", -1, 10)]).votes.value.tolist()
    [1]
    """
    told = list(rows)
    people, person = placed([row[0] for row in told])
    statements, statement = placed([row[1] for row in told])
    times = [row[3] for row in told if row[3] is not None]
    if times and len(times) < len(told):
        raise ValueError("either all casts have a time or none")
    at = np.array(times, dtype=np.int64) if times else None
    return log_of(people, statements, person, statement, np.array([row[2] for row in told], np.int8), at)


def log_of(
    people: tuple[str, ...],
    statements: tuple[str, ...],
    person: Places,
    statement: Places,
    value: Bytes,
    at: Counts | None,
) -> Casts:
    """The log of cells in the order in which they stand in a file: by time, where times are known; of one
    person on one statement in the same millisecond, the one that stands later in the file is the later.

    Raises ValueError where a value is neither a vote nor TAKEN_BACK.
    """
    if len(value) and not np.isin(value, (AGREE, PASS, DISAGREE, TAKEN_BACK)).all():
        raise ValueError("a cast is 1, 0, -1 or TAKEN_BACK")
    if at is not None:
        # Different cells of one millisecond are put by their ids, so that the order of rows means nothing.
        cells = person.astype(np.int64) * max(len(statements), 1) + statement
        order = np.argsort(cells, kind="stable")
        order = order[np.argsort(at[order], kind="stable")]
        person, statement, value, at = person[order], statement[order], value[order], at[order]
    return Casts(people, statements, person, statement, value, at)


def casts_from(votes: Votes) -> Casts:
    """A log without times that comes to these votes."""
    return Casts(votes.people, votes.statements, votes.person, votes.seen, votes.value)


def _with(ids: tuple[str, ...], places: Places, one: str) -> tuple[tuple[str, ...], Places, int]:
    """The ids with this one among them, where the old ones are now, and the place of this one."""
    at = bisect_left(ids, ascending(one), key=ascending)
    if at < len(ids) and ids[at] == one:
        return ids, places, at
    return (*ids[:at], one, *ids[at:]), (places + (places >= at)).astype(np.int32), at


def as_of(conversation: Conversation, casts: Casts) -> Conversation:
    """The conversation with the votes that this log comes to; what is known of its statements stays."""
    return replace(conversation, votes=casts.votes)
