"""Whose votes on which statements does the map count?"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from folkmoot.core.decide.opinions.conversation import IN, OUT, UNJUDGED, Conversation, Statement
from folkmoot.core.decide.opinions.polis.settings import Settings
from folkmoot.core.decide.opinions.votes import Marks, Votes, ascending

UNTOLD = Statement("")


@dataclass(frozen=True, eq=False)
class Columns:
    """What is known of each statement, in the order of the votes' statements.

    out: a vote on it counts as a pass, and everybody counts as having voted. shown: people may be asked.
    meta: about the people and not about the matter; it is out, and is asked before others.
    """

    out: Marks
    shown: Marks
    meta: Marks


def columns_of(conversation: Conversation, statements: tuple[str, ...], settings: Settings) -> Columns:
    """The marks of these statements.

    >>> from folkmoot.core.decide.opinions.votes import votes_of
    >>> talk = Conversation(votes_of([("ann", "1", 1)]), {"1": Statement("1", moderated=-1)})
    >>> columns_of(talk, ("1", "2"), Settings()).out.tolist()
    [True, False]
    """
    told = [conversation.statements.get(id_, UNTOLD) for id_ in statements]
    unjudged = conversation.strict and settings.unjudged_out
    return Columns(
        _marks(one.meta or one.moderated == OUT or (unjudged and one.moderated == UNJUDGED) for one in told),
        _marks(one.moderated == IN or (not conversation.strict and one.moderated != OUT) for one in told),
        _marks(one.meta for one in told),
    )


def _marks(each: Iterable[bool]) -> Marks:
    return np.fromiter(each, dtype=bool)


def tidy(votes: Votes, known: Iterable[str] = ()) -> Votes:
    """The same votes, without people who have none, with the statements that have votes or are known.

    >>> from folkmoot.core.decide.opinions.votes import votes_of
    >>> tidy(votes_of([("ann", "2", 1)]), ["10", "9"]).statements
    ('2', '9', '10')
    """
    kept = votes
    wanted = set(known)
    if not votes.by_person.all() or not (votes.by_statement.all() or wanted >= set(votes.statements)):
        used = votes.by_statement > 0
        named = _marks(id_ in wanted for id_ in votes.statements)
        kept = votes.among(votes.by_person > 0, used | named)
    new = wanted - set(kept.statements)
    if not new:
        return kept
    statements = tuple(sorted((*kept.statements, *new), key=ascending))
    place = {id_: number for number, id_ in enumerate(statements)}
    moved = np.array([place[id_] for id_ in kept.statements], dtype=np.int32)
    seen = moved[kept.seen] if len(kept) else kept.seen
    return Votes(kept.people, statements, kept.starts, seen, kept.value)
