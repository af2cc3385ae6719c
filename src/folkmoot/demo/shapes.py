"""In which plain shapes is a fictional town told?"""

from dataclasses import dataclass
from datetime import date

from folkmoot.core.access import Role
from folkmoot.core.network import Level, Stance


@dataclass(frozen=True, slots=True)
class Partnership:
    """A partnership on the install; parts in the order that it lists them itself."""

    slug: str
    place: str
    name: str
    purpose: str
    founded_on: date
    parts: tuple[str, ...]
    target: int = 20
    window_days: int = 180


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation. Size is what people say: staff, members or income."""

    key: str
    name: str
    part: str
    sector: str
    size: str
    anchor: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is known. The address is blank where none was given."""

    key: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class PostTold:
    """A person's time in one post of one body, both days included; until None is open."""

    person: str
    body: str
    title: str
    level: Level
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who signs in, in one role of one partnership, perhaps as a known person."""

    email: str
    name: str
    partnership: str
    role: Role
    person: str = ""


@dataclass(frozen=True, slots=True)
class AskTold:
    """Something that the partnership asks of people."""

    key: str
    text: str
    made_on: date


@dataclass(frozen=True, slots=True)
class StanceTold:
    """Where a person stood towards an ask on a day, in words that the person may read."""

    person: str
    ask: str
    on: date
    stance: Stance
    evidence: str
    source: str
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class PromiseTold:
    """A promise, ours to the person or theirs to us; kept is None while it is open."""

    key: str
    person: str
    ours: bool
    text: str
    made_on: date
    due_on: date
    kept: bool | None = None
    settled_on: date | None = None
    thanked_on: date | None = None


@dataclass(frozen=True, slots=True)
class NoteTold:
    """A line about a person that they may read: where it is from, why and for whom it is kept."""

    person: str
    on: date
    text: str
    source: str
    basis: str
    circle: str = "convenor"
    review_on: date | None = None
