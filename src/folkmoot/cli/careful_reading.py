"""What does the command say of a careful reading of opinions?"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from folkmoot.cli.opinions import Asked
from folkmoot.cli.progress import Progress
from folkmoot.core.decide.opinions import Conversation, Votes
from folkmoot.core.decide.opinions.careful import (
    Chances,
    Count,
    Line,
    Part,
    Reading,
    Settings,
    effect,
    own_group,
    reading,
)
from folkmoot.core.decide.opinions.portraits import careful_pictures, words_of
from folkmoot.core.pictures import Picture

MOST_TOLD = 8  # statements of a kind in words; JSON has all


@dataclass(frozen=True, eq=False)
class Careful:
    """A reading; sign: what agreement is in the centre and the components."""

    conversation: Conversation
    sign: int
    reading: Reading


def found(conversation: Conversation, sign: int, asked: Asked, progress: Progress) -> Careful:
    """The careful reading."""
    progress.step("Reading the votes")
    return Careful(conversation, sign, reading(conversation, Settings(groups=asked.groups), progress.step))


def answer(held: Careful) -> dict[str, Any]:
    """The contract's JSON. Centre and components have the sign that `agree_is` names."""
    one = held.reading
    votes = held.conversation.votes
    at = {statement: place for place, statement in enumerate(votes.statements)}
    kept = [at[statement] for statement in one.statements]
    mean = (votes.of(1) - votes.of(-1)) / np.maximum(votes.by_statement, 1)
    return {
        "mode": "careful",
        "participants": len(one.people),
        "in_conversation": one.asked,
        "votes": len(votes),
        "verdict": one.verdict.value,
        "sentence": one.sentence,
        "statements": list(one.statements),
        "agree_is": held.sign,
        "centre": (held.sign * mean[kept]).tolist(),
        "components": (held.sign * one.loadings[:, : one.factors].T).tolist(),
        "factors": one.factors,
        "held_out": [asdict(row) for row in one.held_out],
        "groups": [_group(one, number) for number in range(len(one.groups))],
        "ends": [_part(end) for end in one.ends],
        "between": _between(one),
        "in_no_group": one.apart,
        "representative": {part.name: _sets_apart(held, number) for number, part in enumerate(one.parts)},
        "consensus": [_line(held, line) for line in _lines(one, one.consensus)],
        "dividing": [_line(held, line) for line in _lines(one, one.dividing)],
        "lines": [_line(held, line) for line in one.lines],
        "habits": [asdict(habit) for habit in one.habits],
        "reliability": reliability(one),
        "settings": asdict(one.settings),
    }


def reliability(one: Reading) -> dict[str, Any]:
    """How sure the groups are, or that there are none; None for what was not tried."""
    chances, stability = one.chances, one.stability
    return {
        "silhouette": one.silhouette,
        "null": {"median": chances.dealt_median, "max": chances.dealt_most} if chances else None,
        "p": chances.p_dealt if chances else None,
        "bootstrap_ari": stability.median if stability else None,
        "bootstrap_ari_p10": stability.tenth if stability else None,
        "verdict": one.verdict.value,
        "gaps": one.gaps,
        "spread": _spread(chances) if chances else None,
        "sampled": one.sampled,
    }


def _spread(chances: Chances) -> dict[str, float | None]:
    """Beside people spread without gaps: the better of two such spreads."""
    median, most = chances.spread_median, chances.spread_most
    return {"median": median, "max": most, "p": chances.p_spread, "margin": chances.margin}


def told(held: Careful) -> Iterator[str]:
    """The same in words."""
    one = held.reading
    yield (
        f"{len(held.conversation.votes):,} votes of {len(one.people):,} people on {len(one.statements):,} "
        f"statements; {one.asked:,} people voted enough to be looked at for groups."
    )
    yield one.sentence
    for number, part in enumerate(one.parts):
        yield ""
        yield from _portrait(held, number, part)
    if one.apart:
        yield ""
        yield f"{_few(one.apart)} with enough votes fit no group."
    whole = "every part" if one.parts else "everybody"
    yield from _listed(f"What unites: a majority of {whole}", held, one.consensus)
    yield from _listed("What divides: parts that clearly differ", held, one.dividing)
    habits = [habit.sentence for habit in one.habits if habit.clear]
    if habits:
        yield ""
        yield "Habits that go with where people stand:"
        yield from (f"- {sentence}" for sentence in habits)


def effects(before: Careful, after: Careful) -> dict[str, Any]:
    """What is otherwise after people were set aside or time went by."""
    found = asdict(effect(before.reading, after.reading))
    return {**found, "sentences": list(found["sentences"])}


def moment(votes: Votes, held: Careful) -> dict[str, Any]:
    """One moment on the way to now."""
    one = held.reading
    return {
        "votes": len(votes),
        "participants": len(one.people),
        "statements": len(one.statements),
        "verdict": one.verdict.value,
        "groups": [part.size for part in one.groups],
        "consensus": list(one.consensus),
        "dividing": list(one.dividing),
    }


def own(held: Careful, person: str) -> dict[str, Any]:
    """What this person is told first of their own group."""
    one = own_group(held.reading, person)
    return {"id": person, "group": None if one.group is None else held.reading.groups[one.group].name,
            "sentence": one.sentence}  # fmt: skip


def pictures(held: Careful) -> dict[str, Picture]:
    """Pictures by the name of their file."""
    return careful_pictures(held.conversation, held.reading)


def _portrait(held: Careful, number: int, part: Part) -> Iterator[str]:
    shown = f"{part.name[:1].upper()}{part.name[1:]}, {part.size:,} people"
    lines = {line.id: line for line in held.reading.lines}
    yield f"{shown}:"
    rows = [("agree more", one) for one in part.agrees_more] + [
        ("agree less", one) for one in part.agrees_less
    ]
    for way, statement in rows[:MOST_TOLD]:
        yield f"- {way} ({_share(lines[statement].parts[number])}): {words_of(held.conversation, statement)}"
    if not rows:
        yield "- no statement sets them apart for sure"


def _listed(heading: str, held: Careful, ids: tuple[str, ...]) -> Iterator[str]:
    if not ids:
        return
    yield ""
    yield f"{heading}:" if len(ids) <= MOST_TOLD else f"{heading} ({MOST_TOLD} of {len(ids):,}):"
    for line in _lines(held.reading, ids)[:MOST_TOLD]:
        yield f"- {words_of(held.conversation, line.id)}"
        yield f"  {line.sentence}"


def _lines(one: Reading, ids: tuple[str, ...]) -> list[Line]:
    known = {line.id: line for line in one.lines}
    return [known[statement] for statement in ids]


def _line(held: Careful, line: Line) -> dict[str, Any]:
    names, fewest = [part.name for part in held.reading.parts], held.reading.settings.threshold
    return {
        "statement": line.id,
        "text": held.conversation.statement(line.id).text,
        "everybody": _count(line.everybody if line.everybody.voted >= fewest else None),
        "parts": {name: _count(count) for name, count in zip(names, line.parts, strict=True)},
        "lowest": line.lowest,
        "lowest_against": line.lowest_against,
        "unites": line.unites,
        "more": [names[number] for number in line.more],
        "less": [names[number] for number in line.less],
        "gap": line.gap,
        "sentence": line.sentence,
    }


def _count(count: Count | None) -> dict[str, Any] | None:
    """None where too few voted to be told apart."""
    return {**asdict(count), "voted": count.voted, "share": count.share} if count else None


def _group(one: Reading, number: int) -> dict[str, Any]:
    part = one.groups[number]
    member = dict(zip(one.people, one.membership[:, number].tolist(), strict=True))
    return {**_part(part), "membership": {person: round(member[person], 6) for person in part.members}}


def _part(part: Part) -> dict[str, Any]:
    return {"id": part.name, "size": part.size, "members": list(part.members)}


def _between(one: Reading) -> list[str]:
    """Those with enough votes, which fit no group for sure: told that they stand between."""
    if not one.groups:
        return []
    asked = [person for person, is_asked in zip(one.people, one.enough, strict=True) if is_asked]
    return [person for person in asked if own_group(one, person).group is None]


def _sets_apart(held: Careful, number: int) -> list[dict[str, Any]]:
    part = held.reading.parts[number]
    ways = [(True, one) for one in part.agrees_more] + [(False, one) for one in part.agrees_less]
    return [
        {"statement": one, "text": held.conversation.statement(one).text, "agrees": more}
        for more, one in ways
    ]


def _share(count: Count | None) -> str:
    return f"{count.share:.0%} of {count.voted:,}" if count else "not counted here"


def _few(count: int) -> str:
    return f"{count:,} people" if count >= 5 else "Fewer than 5 people"
