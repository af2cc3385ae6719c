"""Would chance have made such groups on a map of Polis too, and would other people have made the same?

Polis says nothing of this: its silhouette of noise is about that of many real conversations. So the map is
drawn again from votes that are dealt anew among those who voted on each statement (as many agree and
disagree, but nobody has an opinion of their own), and from people drawn again out of those who took part.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sklearn.metrics import adjusted_rand_score

from folkmoot.core.decide.opinions.careful.canonical import canonical
from folkmoot.core.decide.opinions.conversation import Conversation
from folkmoot.core.decide.opinions.polis import Map, Settings, mapped
from folkmoot.core.decide.opinions.votes import Bytes, Counts, Votes, settled

Order = npt.NDArray[np.integer]

SHUFFLES, BOOTSTRAPS = 99, 60
MOST_P, LEAST_ARI = 0.05, 0.6
FEWEST = 20  # people in the conversation below whom nothing is said


@dataclass(frozen=True)
class AgainstChance:
    """silhouette: of the groups that were found; 0 for one group. null: the median and the greatest when
    votes are dealt anew. p: how often chance does as well, the true votes counted in. agreement: the adjusted
    Rand index of people's groups with those found when people are drawn anew: median and tenth percentile.
    people: how many are in the conversation.
    """

    silhouette: float
    null: tuple[float, float]
    p: float
    agreement: tuple[float, float]
    people: int

    @property
    def verdict(self) -> str:
        """In the words of the careful mode, by the same limits."""
        if self.people < FEWEST:
            return "too few to tell"
        sure = self.p <= MOST_P and self.agreement[0] >= LEAST_ARI
        return "reliable" if sure else "no reliable groups"


def against_chance(
    conversation: Conversation,
    found: Map,
    settings: Settings,
    shuffles: int = SHUFFLES,
    bootstraps: int = BOOTSTRAPS,
    told: Callable[[str], None] = lambda _: None,
) -> AgainstChance:
    """The groups of a map against chance, and against other people from the same place.

    Neither the order of votes nor any name matters: draws are seeded by the votes in an order of their own.
    Sources: Barnard 1963 (Monte Carlo tests); Hubert and Arabie 1985 (the index); Efron 1979 (drawing again).
    """
    order = canonical(found.votes)
    renamed, own = _renamed(conversation, found, order.people, order.statements)
    draws = np.random.default_rng(order.seed)
    chance, again = [], []
    for number in range(shuffles):
        told(f"Dealing votes anew: {number + 1} of {shuffles}")
        chance.append(_silhouette(mapped(_dealt(renamed, draws), settings)))
    for number in range(bootstraps):
        told(f"Drawing people anew: {number + 1} of {bootstraps}")
        again.append(_agreement(renamed, own, settings, draws))
    silhouette = _silhouette(found)
    as_good = sum(one >= silhouette - 1e-12 for one in chance)
    return AgainstChance(
        silhouette,
        (float(np.median(chance)), float(max(chance))),
        (1 + as_good) / (1 + shuffles),
        (float(np.median(again)), float(np.quantile(again, 0.1))),
        int(found.inside.sum()),
    )


def _silhouette(found: Map) -> float:
    return max(found.silhouettes.values(), default=0.0)


def _renamed(
    conversation: Conversation, found: Map, people: Order, statements: Order
) -> tuple[Conversation, Counts]:
    """The conversation in its own order, numbered; and the group of each person of it, -1 for none."""
    votes = found.votes
    person, statement = np.argsort(people), np.argsort(statements)
    own = np.full(len(people), -1, np.int64)
    for number, group in enumerate(found.groups):
        own[person[group.members]] = number
    known = {
        str(at): replace(conversation.statement(votes.statements[old]), id=str(at), came_of=())
        for at, old in enumerate(statements)
    }
    again = _cells(len(people), tuple(known), person[votes.person], statement[votes.seen], votes.value)
    return Conversation(again, known, strict=conversation.strict), own


def _cells(people: int, statements: tuple[str, ...], person: Order, statement: Order, value: Bytes) -> Votes:
    names = tuple(str(at) for at in range(people))
    return settled(names, statements, person.astype(np.int32), statement.astype(np.int32), value)


def _dealt(conversation: Conversation, draws: np.random.Generator) -> Conversation:
    """On each statement the same votes, each to somebody drawn from those who voted on it."""
    votes = conversation.votes
    drawn = np.lexsort((draws.random(len(votes)), votes.seen))
    value = np.empty_like(votes.value)
    value[np.argsort(votes.seen, kind="stable")] = votes.value[drawn]
    return replace(conversation, votes=replace(votes, value=value))


def _agreement(
    conversation: Conversation, own: Counts, settings: Settings, draws: np.random.Generator
) -> float:
    """How far the groups of people drawn with replacement are those that these people had."""
    votes = conversation.votes
    drawn = draws.integers(0, len(own), len(own))
    counts = votes.by_person[drawn]
    person = np.repeat(np.arange(len(drawn)), counts)
    cells = np.arange(counts.sum()) + np.repeat(
        votes.starts[drawn] - np.append(0, np.cumsum(counts)[:-1]), counts
    )
    copied = _cells(len(drawn), votes.statements, person, votes.seen[cells], votes.value[cells])
    found = mapped(replace(conversation, votes=copied), settings)
    place = {name: at for at, name in enumerate(copied.people)}
    group = np.full(len(drawn), -1, np.int64)
    for number, one in enumerate(found.groups):
        group[[place[found.votes.people[member]] for member in one.members]] = number
    once = np.unique(drawn, return_index=True)[1]
    both = once[(group[once] >= 0) & (own[drawn[once]] >= 0)]
    return float(adjusted_rand_score(own[drawn[both]], group[both]))
