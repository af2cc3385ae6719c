"""Which statements came of which, and what did people say to each wording?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

import numpy as np

from folkmoot.core.decide.opinions.conversation import Conversation, Statement
from folkmoot.core.decide.opinions.votes import AGREE, DISAGREE, PASS, Places, ascending
from folkmoot.core.kernel.errors import Refused


@dataclass(frozen=True)
class Wording:
    """One statement of a family with its own votes alone, and how many rewordings lie before it."""

    statement: Statement
    depth: int
    agree: int
    disagree: int
    passed: int


@dataclass(frozen=True)
class Together:
    """People who voted on any wording, each counted once, by what they said to all that they saw.

    differing: people who did not say the same to every wording that they voted on.
    """

    agree: int
    disagree: int
    passed: int
    differing: int


@dataclass(frozen=True)
class Family:
    """Statements that came of each other, older wordings first. Their votes are never added up here, as
    nobody has voted on words that they did not see."""

    wordings: tuple[Wording, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """Their ids, in the same order."""
        return tuple(one.statement.id for one in self.wordings)


def check_lineage(statements: Mapping[str, Statement]) -> tuple[str, ...]:
    """The ids, each after all that it came of (of several that may come next, the first by its id).

    Ids that are only named as an origin are among them. Raises Refused where a statement came of itself, by
    however many steps.

    >>> check_lineage({"1": Statement("1", came_of=("7",)), "7": Statement("7")})
    ('7', '1')
    """
    origins = {one: set(statement.came_of) for one, statement in statements.items()}
    order = TopologicalSorter(origins)
    try:
        order.prepare()
    except CycleError as error:
        chain = list(reversed(error.args[1]))
        raise Refused(
            "The lineage of these statements makes no sense.",
            f"{' came of '.join(chain)}.",
            "Take one of these steps out.",
            field="came_of",
        ) from error
    told: list[str] = []
    while order.is_active():
        ready = sorted(order.get_ready(), key=ascending)
        told.extend(ready)
        order.done(*ready)
    return tuple(told)


def family_of(conversation: Conversation, id_: str) -> Family:
    """The statement with all that it came of, all that came of it, and so on.

    Raises Refused where the lineage goes in a circle.
    """
    return _Kin(conversation).family(id_)


def families(conversation: Conversation) -> tuple[Family, ...]:
    """Every family of two or more, in the order of their oldest statements.

    Raises Refused where the lineage goes in a circle.
    """
    kin = _Kin(conversation)
    told: list[Family] = []
    seen: set[str] = set()
    for one in sorted(kin.kin, key=kin.order.__getitem__):
        if one not in seen:
            told.append(kin.family(one))
            seen.update(told[-1].ids)
    return tuple(told)


def together(conversation: Conversation, ids: Iterable[str]) -> Together:
    """What people said to any of these wordings, for those who ask for it: one person, one count.

    It is no result of a vote on any of them. Whoever said different things to different wordings is counted
    as differing and as nothing else.

    >>> from folkmoot.core.decide.opinions import votes_of
    >>> told = votes_of([("ann", "1", 1), ("ann", "2", 1), ("bob", "1", 1), ("bob", "2", 0)])
    >>> together(Conversation(told), ["1", "2"])
    Together(agree=1, disagree=0, passed=0, differing=1)
    """
    votes, wanted = conversation.votes, set(ids)
    cells = np.array([one in wanted for one in votes.statements], dtype=bool)[votes.seen]
    person: Places = votes.person[cells]
    value = votes.value[cells]
    counted = {
        vote: np.bincount(person[value == vote], minlength=len(votes.people)) > 0
        for vote in (AGREE, DISAGREE, PASS)
    }
    several = np.sum(list(counted.values()), axis=0)
    alone = {vote: int((marks & (several == 1)).sum()) for vote, marks in counted.items()}
    return Together(alone[AGREE], alone[DISAGREE], alone[PASS], int((several > 1).sum()))


class _Kin:
    """Who is next of kin to whom, how deep each lies, and what its votes are; worked out once."""

    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        self.order = {one: place for place, one in enumerate(check_lineage(conversation.statements))}
        self.kin: dict[str, set[str]] = {}
        self.depth: dict[str, int] = {}
        for one in self.order:
            origins = conversation.statement(one).came_of
            self.depth[one] = 1 + max(self.depth[origin] for origin in origins) if origins else 0
            for origin in origins:
                self.kin.setdefault(one, set()).add(origin)
                self.kin.setdefault(origin, set()).add(one)
        votes = conversation.votes
        counts = zip(
            votes.of(AGREE).tolist(), votes.of(DISAGREE).tolist(), votes.of(PASS).tolist(), strict=True
        )
        self.counts = dict(zip(votes.statements, counts, strict=True))

    def family(self, id_: str) -> Family:
        found, waiting = {id_}, [id_]
        while waiting:
            further = self.kin.get(waiting.pop(), set()) - found
            found |= further
            waiting.extend(further)
        return Family(
            tuple(self._wording(one) for one in sorted(found, key=lambda one: self.order.get(one, 0)))
        )

    def _wording(self, one: str) -> Wording:
        agree, disagree, passed = self.counts.get(one, (0, 0, 0))
        return Wording(self.conversation.statement(one), self.depth.get(one, 0), agree, disagree, passed)
