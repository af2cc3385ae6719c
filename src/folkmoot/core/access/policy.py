"""What is a rule, and what does it answer about an actor and a subject?"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from folkmoot.core.access.actor import CIRCLES, Actor, Circle, Role


class Act(StrEnum):
    """Everything that can be asked of Folkmoot, named room by room."""

    FOUND_PARTNERSHIP = "places.found partnership"
    SEE_WHOLE = "places.see the whole"
    SEE_MINE = "places.see mine"
    SEE_ORGANISATIONS = "places.see organisations"
    RECORD_ORGANISATION = "places.record organisation"
    SEE_PEOPLE = "places.see people"
    SEE_PERSON = "places.see person"
    RECORD_PERSON = "places.record person"
    SEE_MEMBERS = "places.see members"
    ADMIT_MEMBER = "places.admit member"
    LEAVE = "places.leave"
    HOLD_TOKEN = "places.hold token"  # noqa: S105 - the name of an act, no secret
    SETTLE_PARTNERSHIP = "places.settle partnership"
    SEE_DIARY = "places.see diary"
    CARRY_AWAY = "places.carry away"
    SEE_SUPPORT = "network.see support"
    COUNT_SUPPORT = "network.count support"
    SEE_STANCE = "network.see stance"
    RECORD_STANCE = "network.record stance"
    SEE_PROMISE = "network.see promise"
    RECORD_PROMISE = "network.record promise"
    IMPORT_CONTACTS = "people.import contacts"
    MERGE_PEOPLE = "people.merge people"
    SEE_NOTE = "people.see note"
    RECORD_NOTE = "people.record note"
    SEE_RECORD = "people.see record"
    SEE_DUE = "people.see due"
    ERASE_PERSON = "people.erase person"
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
    account_id: str = ""
    circle: str = ""


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
    partnership is published; with `own` people may where they themselves are the subject, with
    `own_account` where it belongs to the account they signed in with. With `by_circle` all but `own`
    hold only for what lies in a circle that the actor stands in. `writes` says that the act changes
    something: a token needs the room's scope for it.
    """

    act: Act
    words: str
    roles: frozenset[Role]
    why_not: str
    when_published: bool = False
    own: bool = False
    own_account: bool = False
    by_circle: bool = False
    writes: bool = False

    @property
    def scope(self) -> str:
        """What a token must have been given for this act: the room, and whether it reads or writes.

        >>> Rule(Act.SEE_MONEY, "", frozenset(), "").scope
        'spend.read'
        """
        return f"{self.act.split('.')[0]}.{'write' if self.writes else 'read'}"

    def answer(self, actor: Actor, subject: Subject) -> Answer:
        """Allowed or why not, for one actor and one subject."""
        if actor.scopes is not None and self.scope not in actor.scopes:
            return Answer(False, f"The token was not given “{self.scope}”.")
        if actor.role is Role.OPERATOR:
            allowed = Role.OPERATOR in self.roles
        else:
            at_home = bool(subject.partnership_id) and actor.partnership_id == subject.partnership_id
            is_self = at_home and bool(actor.person_id) and actor.person_id == subject.person_id
            is_theirs = at_home and bool(actor.account_id) and actor.account_id == subject.account_id
            allowed = (
                (at_home and actor.role in self.roles and self._reaches(actor, subject))
                or (self.when_published and subject.published and self._is_for_all(subject))
                or (self.own and is_self)
                or (self.own_account and is_theirs)
            )
        return Answer(True) if allowed else Answer(False, self.why_not)

    def _reaches(self, actor: Actor, subject: Subject) -> bool:
        return not self.by_circle or subject.circle in _circles_of(actor.role)

    def _is_for_all(self, subject: Subject) -> bool:
        return not self.by_circle or subject.circle == Circle.PUBLIC

    def criterion(self, actor: Actor) -> Criterion:
        """The same rule as a criterion over subjects, so that a database can filter by it."""
        if actor.scopes is not None and self.scope not in actor.scopes:
            return Criterion()
        if actor.role is Role.OPERATOR:
            return Criterion(({},)) if Role.OPERATOR in self.roles else Criterion()
        ways: list[Mapping[str, str | bool]] = []
        home: dict[str, str | bool] = {"partnership_id": actor.partnership_id}
        if actor.partnership_id and actor.role in self.roles:
            circles = [{"circle": str(circle)} for circle in _circles_of(actor.role)]
            ways += [{**home, **within} for within in (circles if self.by_circle else [{}])]
        if self.when_published:
            ways.append({"published": True} | ({"circle": str(Circle.PUBLIC)} if self.by_circle else {}))
        if self.own and actor.partnership_id and actor.person_id:
            ways.append({**home, "person_id": actor.person_id})
        if self.own_account and actor.partnership_id and actor.account_id:
            ways.append({**home, "account_id": actor.account_id})
        return Criterion(tuple(ways))


def _circles_of(role: Role) -> tuple[Circle, ...]:
    return tuple(circle for circle, within in CIRCLES.items() if role in within)
