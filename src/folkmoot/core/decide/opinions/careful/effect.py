"""What is different after people were set aside, votes changed or time went by?"""

from dataclasses import dataclass

import numpy as np

from folkmoot.core.decide.opinions.careful.bootstrap import adjusted_rand
from folkmoot.core.decide.opinions.careful.result import Reading, Verdict


@dataclass(frozen=True, slots=True)
class Effect:
    """rand: how alike the groups of people who have one in both readings are (adjusted Rand index), None
    where either has none. Statements by id, in the order of the reading that has them."""

    people_gone: int
    people_new: int
    verdict_before: Verdict
    verdict_after: Verdict
    rand: float | None
    consensus_gained: tuple[str, ...]
    consensus_lost: tuple[str, ...]
    dividing_gained: tuple[str, ...]
    dividing_lost: tuple[str, ...]
    sentences: tuple[str, ...]


def effect(before: Reading, after: Reading) -> Effect:
    """What a second reading of (nearly) the same conversation says otherwise than the first."""
    rand = _rand(before, after)
    consensus = _moved(before.consensus, after.consensus)
    dividing = _moved(before.dividing, after.dividing)
    gone = len(set(before.people) - set(after.people))
    new = len(set(after.people) - set(before.people))
    sentences = [_verdicts(before.verdict, after.verdict)]
    if rand is not None:
        sentences.append(f"Of those in a group before and after, groups agree by {rand:.2f} of 1.")
    sentences += _told("unites a majority of every part", *consensus)
    sentences += _told("clearly divides", *dividing)
    return Effect(gone, new, before.verdict, after.verdict, rand, *consensus, *dividing, tuple(sentences))


def _rand(before: Reading, after: Reading) -> float | None:
    if not before.groups or not after.groups:
        return None
    then = dict(zip(before.people, before.marks.tolist(), strict=True))
    pairs = [
        (then[person], mark)
        for person, mark in zip(after.people, after.marks.tolist(), strict=True)
        if mark >= 0 and then.get(person, -1) >= 0
    ]
    if not pairs:
        return None
    one, other = np.array(pairs, dtype=np.int64).T
    return adjusted_rand(one, other)


def _moved(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    then, now = set(before), set(after)
    return tuple(one for one in after if one not in then), tuple(one for one in before if one not in now)


def _verdicts(before: Verdict, after: Verdict) -> str:
    if before is after:
        return f"The verdict stays: {after.value}."
    return f"The verdict changes from {before.value} to {after.value}."


def _told(what: str, gained: tuple[str, ...], lost: tuple[str, ...]) -> list[str]:
    named = ((f"What {what} only after", gained), (f"What {what} only before", lost))
    return [f"{words}: {', '.join(ids)}." for words, ids in named if ids]
