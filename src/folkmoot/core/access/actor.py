"""Who is asking?"""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to one partnership. The operator holds the machine and founds partnerships."""

    PUBLIC = "public"
    PARTICIPANT = "participant"
    MEMBER = "member"
    CORE = "core"
    CONVENOR = "convenor"
    OPERATOR = "operator"


class Circle(StrEnum):
    """How far something that is kept about a person is seen, from the closest circle to the widest."""

    CONVENOR = "convenor"
    CORE = "core"
    MEMBER = "member"
    PUBLIC = "public"


# Who stands in each circle; once a partnership is published, everybody stands in the widest.
CIRCLES = {
    Circle.CONVENOR: frozenset({Role.CONVENOR}),
    Circle.CORE: frozenset({Role.CORE, Role.CONVENOR}),
    Circle.MEMBER: frozenset({Role.MEMBER, Role.CORE, Role.CONVENOR}),
    Circle.PUBLIC: frozenset({Role.MEMBER, Role.CORE, Role.CONVENOR}),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody (or nobody) in one partnership, as a door saw them. Empty text means there is none.

    Whoever comes with a token carries the scopes that it was given; None is everything they may do.
    """

    role: Role = Role.PUBLIC
    partnership_id: str = ""
    account_id: str = ""
    person_id: str = ""
    scopes: frozenset[str] | None = None


NOBODY = Actor()
OPERATOR = Actor(role=Role.OPERATOR)
