"""What do votes become by one vote, one person or one statement more or less?"""

from bisect import bisect_left
from dataclasses import replace

import numpy as np

from folkmoot.core.decide.opinions.votes import Votes, ascending


def place_of(ids: tuple[str, ...], id_: str) -> tuple[int, bool]:
    """Where an id stands among ascending ids, or would stand; and whether it is there.

    >>> place_of(("2", "10", "b"), "10"), place_of(("2", "10", "b"), "9")
    ((1, True), (1, False))
    """
    at = bisect_left(ids, ascending(id_), key=ascending)
    return at, at < len(ids) and ids[at] == id_


def vote_at(votes: Votes, person: int, statement: int) -> tuple[int, int | None]:
    """The cell of a vote, or where it would be; and the vote, or None."""
    begin, end = int(votes.starts[person]), int(votes.starts[person + 1])
    at = begin + int(np.searchsorted(votes.seen[begin:end], statement))
    there = at < end and votes.seen[at] == statement
    return at, int(votes.value[at]) if there else None


def with_vote(votes: Votes, person: int, statement: int, vote: int | None) -> Votes:
    """With this vote in the place of what was there; None takes it away."""
    at, before = vote_at(votes, person, statement)
    if vote == before:
        return votes
    if vote is not None and before is not None:
        value = votes.value.copy()
        value[at] = vote
        return replace(votes, value=value)
    starts = votes.starts.copy()
    starts[person + 1 :] += 1 if before is None else -1
    if vote is None:
        return replace(votes, starts=starts, seen=np.delete(votes.seen, at), value=np.delete(votes.value, at))
    seen = np.insert(votes.seen, at, np.int32(statement))
    return replace(votes, starts=starts, seen=seen, value=np.insert(votes.value, at, np.int8(vote)))


def with_person(votes: Votes, at: int, id_: str) -> Votes:
    """With a person at this place who has not voted yet."""
    starts = np.insert(votes.starts, at, votes.starts[at])
    return replace(votes, people=(*votes.people[:at], id_, *votes.people[at:]), starts=starts)


def without_person(votes: Votes, at: int) -> Votes:
    """Without the person at this place, who has no votes."""
    people = votes.people[:at] + votes.people[at + 1 :]
    return replace(votes, people=people, starts=np.delete(votes.starts, at))


def with_statement(votes: Votes, at: int, id_: str) -> Votes:
    """With a statement at this place that nobody has voted on."""
    statements = (*votes.statements[:at], id_, *votes.statements[at:])
    return replace(votes, statements=statements, seen=votes.seen + (votes.seen >= at).astype(np.int32))


def without_statement(votes: Votes, at: int) -> Votes:
    """Without the statement at this place, which nobody has voted on."""
    statements = votes.statements[:at] + votes.statements[at + 1 :]
    return replace(votes, statements=statements, seen=votes.seen - (votes.seen > at).astype(np.int32))
