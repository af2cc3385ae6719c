"""What is a rule, and what does it answer about an actor and a subject?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from folkmoot.core.access.actor import Actor, Role


class Act(StrEnum):
    """Everything that can be asked of Folkmoot, named room by room."""

    FOUND_PARTNERSHIP = "places.found partnership"
    SEE_WHOLE = "places.see the whole"
    SEE_MINE = "places.see mine"
    SEE_ORGANISATIONS = "places.see organisations"
    RECORD_ORGANISATION = "places.record organisation"
    SEE_PERSON = "places.see person"
    RECORD_PERSON = "places.record person"
    ADMIT_MEMBER = "places.admit member"
    SETTLE_PARTNERSHIP = "places.settle partnership"
    SEE_DIARY = "places.see diary"
    SEE_SUPPORT = "network.see support"
    COUNT_SUPPORT = "network.count support"
    SEE_STANCE = "network.see stance"
    RECORD_STANCE = "network.record stance"
    SEE_PROMISE = "network.see promise"
    RECORD_PROMISE = "network.record promise"
    IMPORT_CONTACTS = "network.import contacts"
    SEE_MONEY = "spend.see money"
    SEE_PAYMENTS = "spend.see payments"
    SEE_FILES = "spend.see files"
    READ_FILE = "spend.read file"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about, as far as the rules look at it."""

    partnership_id: str = ""
    published: bool = False
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Allowed, or a sentence why not."""

    allowed: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Criterion:
    """Which subjects are open to an actor: any of these, each a set of fields and their values.

    It names fields of a Subject and knows no database; no alternatives at all means nothing is open.

    >>> Criterion(({"partnership_id": "p"},)).admits(Subject("p"))
    True
    >>> Criterion().admits(Subject("p"))
    False
    """

    any_of: tuple[Mapping[str, str | bool], ...] = ()

    def admits(self, subject: Subject) -> bool:
        """Whether one of the alternatives holds for the subject."""
        return any(
            all(getattr(subject, field) == value for field, value in fields.items()) for fields in self.any_of
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may do one act.

    `roles` may do it within their own partnership; with `when_published` anybody may, once the
    partnership is published; with `own` people may where they themselves are the subject.
    """

    act: Act
    words: str
    roles: frozenset[Role]
    why_not: str
    when_published: bool = False
    own: bool = False

    def answer(self, actor: Actor, subject: Subject) -> Answer:
        """Allowed or why not, for one actor and one subject."""
        if actor.role is Role.OPERATOR:
            allowed = Role.OPERATOR in self.roles
        else:
            at_home = bool(subject.partnership_id) and actor.partnership_id == subject.partnership_id
            is_self = at_home and bool(actor.person_id) and actor.person_id == subject.person_id
            allowed = (
                (at_home and actor.role in self.roles)
                or (self.when_published and subject.published)
                or (self.own and is_self)
            )
        return Answer(True) if allowed else Answer(False, self.why_not)

    def criterion(self, actor: Actor) -> Criterion:
        """The same rule as a criterion over subjects, so that a database can filter by it."""
        if actor.role is Role.OPERATOR:
            return Criterion(({},)) if Role.OPERATOR in self.roles else Criterion()
        ways: list[Mapping[str, str | bool]] = []
        if actor.partnership_id and actor.role in self.roles:
            ways.append({"partnership_id": actor.partnership_id})
        if self.when_published:
            ways.append({"published": True})
        if self.own and actor.partnership_id and actor.person_id:
            ways.append({"partnership_id": actor.partnership_id, "person_id": actor.person_id})
        return Criterion(tuple(ways))
