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


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody (or nobody) in one partnership, as a door saw them. Empty text means there is none."""

    role: Role = Role.PUBLIC
    partnership_id: str = ""
    account_id: str = ""
    person_id: str = ""


NOBODY = Actor()
OPERATOR = Actor(role=Role.OPERATOR)
