"""Which pictures tell a reading of opinions: the map, what unites, what divides, and what each group says?"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import beta

from folkmoot.core.decide.opinions.careful import Count, Reading
from folkmoot.core.decide.opinions.careful.wording import the
from folkmoot.core.decide.opinions.conversation import Conversation
from folkmoot.core.decide.opinions.pictured import Said, opinion_map, said_to
from folkmoot.core.decide.opinions.polis import Map
from folkmoot.core.decide.opinions.polis.representing import share_of
from folkmoot.core.pictures import Picture

MOST_SHOWN = 8  # statements in a picture
MOST_DIVIDING = 5


def careful_pictures(conversation: Conversation, found: Reading) -> dict[str, Picture]:
    """Pictures of a careful reading, by a short name: map, unites, divides, and one of each group, or of the
    two ends where groups are not reliable.

    >>> from folkmoot.core.decide.opinions import votes_of
    >>> from folkmoot.core.decide.opinions.careful import reading
    >>> few = Conversation(votes_of([("ann", "1", 1), ("bob", "1", 1), ("cat", "1", -1)]))
    >>> list(careful_pictures(few, reading(few)))
    ['map', 'unites', 'divides']
    """
    names = [part.name for part in found.groups]
    drawn = {"map": opinion_map(found.places, found.marks, names, found.sentence)}
    drawn["unites"] = _of_lines(conversation, found, "What unites", found.consensus, "unites")
    drawn["divides"] = _of_lines(conversation, found, "What divides", found.dividing, "divides")
    for part in found.parts:
        ids, name = (*part.agrees_more, *part.agrees_less), part.name.replace(" ", "-")
        drawn[name] = _of_lines(conversation, found, f"What sets {the(part.name)} apart", ids, name)
    return drawn


def polis_pictures(conversation: Conversation, found: Map, sentence: str) -> dict[str, Picture]:
    """The same of a map by the mathematics of Polis; the sentence says how sure its groups are.

    >>> from folkmoot.core.decide.opinions import votes_of
    >>> from folkmoot.core.decide.opinions.polis import mapped
    >>> told = Conversation(votes_of([(name, "1", vote) for name, vote in zip("abcde", (1, 1, 1, -1, -1))]))
    >>> list(polis_pictures(told, mapped(told), "Not tried."))
    ['map', 'unites', 'divides', 'group-0', 'group-1']
    """
    group = np.full(len(found.votes.people), -1)
    for number, one in enumerate(found.groups):
        group[one.members] = number
    names = [f"Group {one.name}" for one in found.groups]
    drawn = {"map": opinion_map(found.projections, group, names, sentence)}
    both = [one.statement for one in (*found.agreed, *found.disagreed)]
    drawn["unites"] = _of_map(conversation, found, "What unites", both, sentence, "unites")
    apart = [one.statement for one in dividing(found)]
    drawn["divides"] = _of_map(conversation, found, "What divides", apart, sentence, "divides")
    for one, telling in zip(found.groups, found.representative, strict=True):
        ids, name = [row.statement for row in telling], f"group-{one.name}"
        drawn[name] = _of_map(conversation, found, f"What group {one.name} says", ids, sentence, name)
    return drawn


@dataclass(frozen=True, slots=True)
class Dividing:
    """A statement, each group's share of agreement, (A + 1) / (S + 2), in the order of groups, and how far
    apart the lowest and the highest lie."""

    statement: str
    shares: tuple[float, ...]
    difference: float


def dividing(found: Map) -> list[Dividing]:
    """The statements on which the groups' shares of agreement lie furthest apart. It chooses what to show and
    proves nothing: mode careful says what is sure."""
    if len(found.groups) < 2:
        return []
    share = share_of(found.group_votes.agree, found.group_votes.seen)
    apart = np.where(found.columns.out, -1.0, share.max(axis=0) - share.min(axis=0))
    order = np.argsort(-apart, kind="stable")[:MOST_DIVIDING]
    return [
        Dividing(found.votes.statements[at], tuple(share[:, at].tolist()), float(apart[at]))
        for at in order
        if apart[at] > 0
    ]


def words_of(conversation: Conversation, statement: str) -> str:
    """The statement's words on one line, or its id."""
    return " ".join(conversation.statement(statement).text.split()) or f"statement {statement}"


def _of_lines(
    conversation: Conversation, found: Reading, title: str, ids: tuple[str, ...], name: str
) -> Picture:
    """Agreement of every part, or of everybody where there is none, with each of these statements."""
    lines = {line.id: line for line in found.lines}
    parts = [part.name for part in found.parts] or ["everybody"]
    rows = [
        (
            words_of(conversation, one),
            [_said(count) for count in (lines[one].parts or (lines[one].everybody,))],
        )
        for one in ids[:MOST_SHOWN]
    ]
    return said_to(title, found.sentence, parts, rows, id_=name)


def _said(count: Count | None) -> Said | None:
    return Said(count.agree, count.voted, count.lower, count.upper) if count else None


def _of_map(
    conversation: Conversation, found: Map, title: str, ids: list[str], sentence: str, name: str
) -> Picture:
    at = {statement: place for place, statement in enumerate(found.votes.statements)}
    held = found.group_votes
    rows = [
        (
            words_of(conversation, one),
            [
                _share(int(agreed), int(seen))
                for agreed, seen in zip(held.agree[:, at[one]], held.seen[:, at[one]], strict=True)
            ],
        )
        for one in ids[:MOST_SHOWN]
    ]
    groups = [f"Group {one.name}" for one in found.groups]
    return said_to(title, sentence, groups, rows, id_=name)


def _share(agreed: int, seen: int) -> Said:
    """With the interval of Clopper and Pearson (1934), as in mode careful."""
    low = float(beta.ppf(0.025, agreed, seen - agreed + 1)) if agreed else 0.0
    high = float(beta.ppf(0.975, agreed + 1, seen - agreed)) if agreed < seen else 1.0
    return Said(agreed, seen, low, high)
