"""What does the command say of a map by the mathematics of Polis?"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from folkmoot.cli.opinions import Asked
from folkmoot.cli.progress import Progress
from folkmoot.core.decide.opinions import Conversation, Votes
from folkmoot.core.decide.opinions.map_against_chance import AgainstChance, against_chance
from folkmoot.core.decide.opinions.map_told import map_effect, own_group_on
from folkmoot.core.decide.opinions.polis import Group, Map, Settings, Telling, mapped
from folkmoot.core.decide.opinions.portraits import dividing, polis_pictures, words_of
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.pictures import Picture

MOST_DRAWN_AGAIN = 100_000  # votes; beyond, drawing the map a hundred and sixty times takes minutes


@dataclass(frozen=True, eq=False)
class Mapped:
    """A map, and what chance would have made of the same votes (None where that was not tried).

    sign: what agreement is in the centre and the components, as others who read this kind of file have it.
    """

    conversation: Conversation
    sign: int
    map: Map
    chance: AgainstChance | None


def found(conversation: Conversation, sign: int, asked: Asked, progress: Progress) -> Mapped:
    """The map, its groups counted, published or found."""
    if asked.published and not conversation.group_of:
        raise Refused(
            "There is no map by published groups.",
            "No groups stand in the files.",
            "Leave --published out.",
            field="published",
        )
    settings = Settings(groups=asked.groups, membership=conversation.group_of if asked.published else None)
    progress.step("Drawing the map")
    drawn = mapped(conversation, settings)
    tried = not asked.published and len(drawn.groups) > 1 and len(conversation.votes) <= MOST_DRAWN_AGAIN
    chance = against_chance(conversation, drawn, settings, told=progress.step) if tried else None
    return Mapped(conversation, sign, drawn, chance)


def answer(held: Mapped) -> dict[str, Any]:
    """The contract's JSON. Centre and components have the sign that `agree_is` names."""
    drawn = held.map
    own = drawn.in_sign(held.sign)
    statements = drawn.votes.statements
    asked = [at for at, seen in enumerate(drawn.everybody_votes.seen) if seen]
    return {
        "mode": "polis",
        "participants": len(drawn.votes.people),
        "in_conversation": int(drawn.inside.sum()),
        "votes": len(drawn.votes),
        "statements": [statements[at] for at in asked],
        "not_voted_on": [one for at, one in enumerate(statements) if not drawn.everybody_votes.seen[at]],
        "agree_is": held.sign,
        "centre": own.centre[asked].tolist(),
        "components": own.components[:, asked].tolist(),
        "groups": [_group(drawn, group) for group in drawn.groups],
        "representative": {
            group.name: [_telling(held, one) for one in told]
            for group, told in zip(drawn.groups, drawn.representative, strict=True)
        },
        "consensus": [_telling(held, one) for one in (*drawn.agreed, *drawn.disagreed)],
        "dividing": _dividing(held),
        "group_votes": {group.name: _votes(drawn, at) for at, group in enumerate(drawn.groups)},
        "group_aware_consensus": dict(zip(statements, drawn.group_aware.tolist(), strict=True)),
        "extremity": dict(zip(statements, drawn.extremity.tolist(), strict=True)),
        "priorities": dict(zip(statements, drawn.priorities.tolist(), strict=True)),
        "silhouettes": {str(count): one for count, one in drawn.silhouettes.items()},
        "reliability": reliability(held),
    }


def reliability(held: Mapped) -> dict[str, Any]:
    """What is known of how sure the groups are; None where it was not tried."""
    chance = held.chance
    silhouette = max(held.map.silhouettes.values(), default=None)
    if chance is None:
        return {"silhouette": silhouette, "null": None, "p": None, "bootstrap_ari": None, "verdict": None}
    return {
        "silhouette": chance.silhouette,
        "null": {"median": chance.null[0], "max": chance.null[1]},
        "p": chance.p,
        "bootstrap_ari": chance.agreement[0],
        "bootstrap_ari_p10": chance.agreement[1],
        "verdict": chance.verdict,
    }


def _dividing(held: Mapped) -> list[dict[str, Any]]:
    names = [group.name for group in held.map.groups]
    return [
        {
            "statement": one.statement,
            "text": held.conversation.statement(one.statement).text,
            "shares": dict(zip(names, one.shares, strict=True)),
            "difference": one.difference,
        }
        for one in dividing(held.map)
    ]


def told(held: Mapped) -> Iterator[str]:
    """The same in words."""
    drawn = held.map
    yield (
        f"{len(drawn.votes):,} votes of {len(drawn.votes.people):,} people on "
        f"{len(drawn.votes.statements):,} statements; {int(drawn.inside.sum()):,} people are "
        "grouped, by the mathematics of Polis."
    )
    yield _sentence(held)
    for group, telling in zip(drawn.groups, drawn.representative, strict=True):
        yield ""
        yield f"Group {group.name}, {len(group.members):,} people; what stands for them:"
        for one in telling:
            way = "agrees" if one.way == 1 else "disagrees"
            yield f"- {way} ({one.successes} of {one.seen}): {_said(held, one)}"
    for words, listed in (("agree", drawn.agreed), ("disagree", drawn.disagreed)):
        if listed:
            yield ""
            yield f"Most of those who saw it {words}, all groups together:"
            yield from (f"- {one.successes} of {one.seen}: {_said(held, one)}" for one in listed)
    apart = _dividing(held)
    if apart:
        yield ""
        yield "What divides the groups most:"
        for row in apart:
            shares = ", ".join(f"{name} {share:.0%}" for name, share in row["shares"].items())
            yield f"- {shares}: {words_of(held.conversation, row['statement'])}"


def effects(before: Mapped, after: Mapped) -> dict[str, Any]:
    """What is otherwise after people were set aside or time went by."""
    changed = map_effect(before.map, after.map)
    return {**asdict(changed), "sentences": list(changed.sentences)}


def moment(votes: Votes, held: Mapped) -> dict[str, Any]:
    """One moment on the way to now."""
    drawn = held.map
    return {
        "votes": len(votes),
        "participants": len(drawn.votes.people),
        "statements": len(drawn.votes.statements),
        "verdict": held.chance.verdict if held.chance else None,
        "groups": [len(group.members) for group in drawn.groups],
        "consensus": [one.statement for one in (*drawn.agreed, *drawn.disagreed)],
        "dividing": [one.statement for one in dividing(drawn)],
    }


def own(held: Mapped, person: str) -> dict[str, Any]:
    """What this person is told first of their own group."""
    return {"id": person, **asdict(own_group_on(held.map, held.chance, person))}


def pictures(held: Mapped) -> dict[str, Picture]:
    """Pictures by the name of their file."""
    return polis_pictures(held.conversation, held.map, _sentence(held))


def _sentence(held: Mapped) -> str:
    count, chance = len(held.map.groups), held.chance
    if chance is None:
        return (
            f"{count} groups. How sure they are was not tried; mode careful does."
            if count > 1
            else ("One group." if count else "No group.")
        )
    p10, median = chance.agreement[1], chance.agreement[0]
    return (
        f"{count} groups, {chance.verdict}: their silhouette is {chance.silhouette:.2f}, that of votes dealt "
        f"anew {chance.null[0]:.2f} (at most {chance.null[1]:.2f}); with people drawn anew the groups agree "
        f"to {median:.2f} (in one of ten draws under {p10:.2f}). Whether they are groups or the "
        "ends of a spread, mode careful tells."
    )


def _group(drawn: Map, group: Group) -> dict[str, Any]:
    members = [drawn.votes.people[at] for at in group.members]
    return {"id": group.name, "size": len(members), "centre": list(group.centre), "members": members}


def _votes(drawn: Map, group: int) -> dict[str, dict[str, int]]:
    counts = drawn.group_votes
    return {
        statement: {
            "agree": int(counts.agree[group, at]),
            "disagree": int(counts.disagree[group, at]),
            "seen": int(counts.seen[group, at]),
        }
        for at, statement in enumerate(drawn.votes.statements)
    }


def _telling(held: Mapped, one: Telling) -> dict[str, Any]:
    told = {
        "statement": one.statement,
        "text": held.conversation.statement(one.statement).text,
        "agrees": one.way == 1,
        "successes": one.successes,
        "seen": one.seen,
        "share": one.share,
        "test": one.test,
    }
    return {**told, "ratio": one.ratio, "ratio_test": one.ratio_test} if one.ratio else told


def _said(held: Mapped, one: Telling) -> str:
    return words_of(held.conversation, one.statement)
