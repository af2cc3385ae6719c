"""Whose votes look unusual, and what is left without some people?"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from folkmoot.core.decide.opinions.conversation import Conversation
from folkmoot.core.decide.opinions.history import Casts
from folkmoot.core.decide.opinions.votes import AGREE, DISAGREE, PASS, Counts, Floats, Votes, ascending

ENOUGH = 20  # votes below which a habit is no sign of anything
WORDS_A_SECOND = 10.0  # more than twice the pace at which people read with care
QUICKEST = 0.5  # seconds, for a statement whose words are not known, or has few
MOST_BY_CHANCE = 0.001  # ballots like this one that a conversation would hold by chance
SAID = {AGREE: "agree", DISAGREE: "disagree", PASS: "pass"}


class Sign(StrEnum):
    """Why somebody is looked at."""

    ALWAYS_THE_SAME = "always the same"
    FASTER_THAN_READING = "faster than reading"
    A_COPY = "a copy"


@dataclass(frozen=True)
class Unusual:
    """Somebody to look at. It is a proposal: honest people have such ballots too."""

    person: str
    sign: Sign
    sentence: str


def unusual(conversation: Conversation, casts: Casts | None = None) -> tuple[Unusual, ...]:
    """People whose votes show one of three signs; nobody is set aside by it. People by id, signs in order.

    Always the same: at least 20 votes, all of them agree, or disagree, or pass. Faster than reading (only
    with casts and their times): of at least 20 casts more than half came sooner after the one before than
    their words can be skimmed (ten words a second, at least half a second). A copy: at least 20 votes that
    are, on the same statements, those of somebody else, where chance makes fewer than .001 such ballots
    (each vote taken as drawn from what all people said to its statement).
    """
    votes = conversation.votes
    told = [*_always(votes), *_copies(votes)]
    if casts is not None and casts.at is not None:
        told.extend(_fast(conversation, casts, casts.at))
    order = list(Sign)
    return tuple(sorted(told, key=lambda one: (ascending(one.person), order.index(one.sign))))


def without(conversation: Conversation, people: Iterable[str]) -> Conversation:
    """The conversation as if these people had not voted; every statement stays, also one with no vote left.

    >>> from folkmoot.core.decide.opinions import votes_of
    >>> without(Conversation(votes_of([("ann", "1", 1), ("bob", "2", 1)])), ["bob"]).votes.people
    ('ann',)
    """
    left = set(people)
    kept = np.array([one not in left for one in conversation.votes.people], dtype=bool)
    groups = {one: group for one, group in conversation.group_of.items() if one not in left}
    return replace(conversation, votes=conversation.votes.among(people=kept), group_of=groups)


def _always(votes: Votes) -> list[Unusual]:
    told: list[Unusual] = []
    for vote, word in SAID.items():
        counts = np.bincount(votes.person[votes.value == vote], minlength=len(votes.people))
        for one in np.flatnonzero((counts == votes.by_person) & (counts >= ENOUGH)):
            sentence = f"All of {counts[one]:,} votes are “{word}”."
            told.append(Unusual(votes.people[one], Sign.ALWAYS_THE_SAME, sentence))
    return told


def _copies(votes: Votes) -> list[Unusual]:
    """Equal long ballots, all-the-same ones left out: they have a sign of their own."""
    alike: dict[bytes, list[int]] = defaultdict(list)
    for one in np.flatnonzero(votes.by_person >= ENOUGH).tolist():
        cells = slice(votes.starts[one], votes.starts[one + 1])
        if len(np.unique(votes.value[cells])) > 1:
            alike[votes.seen[cells].tobytes() + b"|" + votes.value[cells].tobytes()].append(one)
    chance = _log_shares(votes)
    told: list[Unusual] = []
    for same in alike.values():
        cells = slice(votes.starts[same[0]], votes.starts[same[0] + 1])
        expected = np.log(len(votes.people)) + chance[cells].sum()
        if len(same) < 2 or expected > np.log(MOST_BY_CHANCE):
            continue
        others = "one other person" if len(same) == 2 else f"{len(same) - 1} other people"
        count = int(votes.by_person[same[0]])
        sentence = f"All {count:,} votes, on the same statements, are those of {others}."
        told.extend(Unusual(votes.people[one], Sign.A_COPY, sentence) for one in same)
    return told


def _log_shares(votes: Votes) -> Floats:
    """The logarithm of the share of voters on its statement who voted as each vote does."""
    shares = np.zeros(len(votes))
    for vote in (AGREE, PASS, DISAGREE):
        here = votes.value == vote
        statement = votes.seen[here]
        shares[here] = votes.of(vote)[statement] / votes.by_statement[statement]
    return np.log(shares)


def _fast(conversation: Conversation, casts: Casts, at: Counts) -> list[Unusual]:
    words = [len(conversation.statement(one).text.split()) for one in casts.statements]
    needed = np.maximum(np.array(words, dtype=np.float64) / WORDS_A_SECOND, QUICKEST) * 1000
    order = np.argsort(casts.person, kind="stable")
    person = casts.person[order]
    following = np.flatnonzero(person[1:] == person[:-1]) + 1
    gaps = at[order[following]] - at[order[following - 1]]
    quick = gaps < needed[casts.statement[order[following]]]
    total = np.bincount(person, minlength=len(casts.people))
    sooner = np.bincount(person[following][quick], minlength=len(casts.people))
    told: list[Unusual] = []
    for one in np.flatnonzero((total >= ENOUGH) & (2 * sooner > total)):
        sentence = f"{sooner[one]:,} of {total[one]:,} votes came sooner than their words can be read."
        told.append(Unusual(casts.people[one], Sign.FASTER_THAN_READING, sentence))
    return told
