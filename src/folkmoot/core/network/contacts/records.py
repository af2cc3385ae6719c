"""What is on record of people and bodies, and what is it to become?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post as it will be; without an id it is new. Its part is blank where the body's own part holds."""

    id: str = ""
    organisation: str = ""
    title: str = ""
    level: str = ""
    part: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """A person as they will be; without an id they are new.

    `also`: names and addresses of merged records; `numbers`: the ids that files of their own gave them;
    `lines`: of the file from which they were read.
    """

    id: str
    name: str
    email: str = ""
    changed: bool = False
    posts: tuple[PlannedPost, ...] = ()
    also: tuple[tuple[str, str], ...] = ()
    numbers: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedBody:
    """An organisation as it will be; without an id it is new."""

    id: str
    name: str
    part: str = ""
    sector: str = ""
    size: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Records:
    """What is recorded now."""

    people: Sequence[PlannedPerson] = ()
    bodies: Sequence[PlannedBody] = ()
    parts: Sequence[str] = ()


def key(text: str) -> str:
    """The text as it is compared: case and spaces do not matter.

    >>> key(" Town  HALL ")
    'town hall'
    """
    return " ".join(text.split()).casefold()
