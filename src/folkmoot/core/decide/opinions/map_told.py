"""What is a participant told of their group on a map, and what is different on a second map?"""

from dataclasses import dataclass

from sklearn.metrics import adjusted_rand_score

from folkmoot.core.decide.opinions.map_against_chance import AgainstChance
from folkmoot.core.decide.opinions.pictured import FEWEST
from folkmoot.core.decide.opinions.polis import Map
from folkmoot.core.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class OwnGroup:
    """The name of a person's group, or None where none is told, and a sentence."""

    group: str | None
    sentence: str


def own_group_on(found: Map, chance: AgainstChance | None, person: str) -> OwnGroup:
    """The group of a person, told only where groups were tried against chance and are reliable, and where it
    has five people or more. Raises NotFound for one who has not voted.

    >>> from folkmoot.core.decide.opinions import Conversation, votes_of
    >>> from folkmoot.core.decide.opinions.polis import mapped
    >>> own_group_on(mapped(Conversation(votes_of([("ann", "1", 1)]))), None, "ann").group is None
    True
    """
    if person not in found.votes.people:
        raise NotFound("This person has not voted here.", "", "Vote on some statements first.")
    if chance is None or chance.verdict != "reliable":
        return OwnGroup(
            None, "We cannot say that there are groups of opinion here, so nobody is told a group."
        )
    group = found.group_of().get(person)
    if group is None:
        return OwnGroup(None, "You have voted on too few statements to stand in a group.")
    size = next(len(one.members) for one in found.groups if one.name == group)
    if size < FEWEST:
        return OwnGroup(None, "Few vote like you, too few to be told as a group.")
    return OwnGroup(group, f"You vote most like group {group}, {size:,} people.")


@dataclass(frozen=True, slots=True)
class MapEffect:
    """rand: how alike the groups of people who have one on both maps are (adjusted Rand index, Hubert and
    Arabie 1985); None where nobody has."""

    people_gone: int
    groups_before: int
    groups_after: int
    rand: float | None
    sentences: tuple[str, ...]


def map_effect(before: Map, after: Map) -> MapEffect:
    """What a second map of (nearly) the same conversation says otherwise than the first.

    >>> from folkmoot.core.decide.opinions import Conversation, votes_of
    >>> from folkmoot.core.decide.opinions.polis import mapped
    >>> told = mapped(Conversation(votes_of([("a", "1", 1), ("b", "1", 1), ("c", "1", -1), ("d", "1", -1)])))
    >>> map_effect(told, told).rand
    1.0
    """
    then, now = before.group_of(), after.group_of()
    both = sorted(set(then) & set(now))
    rand = (
        float(adjusted_rand_score([then[one] for one in both], [now[one] for one in both])) if both else None
    )
    sentences = [f"{len(before.groups)} groups before, {len(after.groups)} after."]
    if rand is not None:
        sentences.append(f"Of those in a group before and after, groups agree by {rand:.2f} of 1.")
    gone = len(before.votes.people) - len(after.votes.people)
    return MapEffect(gone, len(before.groups), len(after.groups), rand, tuple(sentences))
