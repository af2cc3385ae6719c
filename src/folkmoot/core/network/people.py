"""Who is known here, in which posts, and where do they stand?"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """How near to decisions or to daily life a post is, in the order people are shown."""

    ELECTED = "elected"
    CHIEF = "chief"
    MIDDLE = "middle"
    FRONT_LINE = "front line"
    NEXT_GENERATION = "next generation"


class Stance(StrEnum):
    """The ladder of support, lowest rung first; the two highest are active support."""

    NOT_NOW = "not now"
    WARY = "wary"
    WATCHING = "watching"
    WARM = "warm"
    ACTIVE = "active"
    CHAMPION = "champion"

    @property
    def rung(self) -> int:
        """0 for not now, up to 5 for champion."""
        return _RUNGS[self]

    @property
    def counts(self) -> bool:
        """Whether this is active support."""
        return self in (Stance.ACTIVE, Stance.CHAMPION)


_RUNGS = {stance: rung for rung, stance in enumerate(Stance)}


@dataclass(frozen=True, slots=True)
class PostSpell:
    """One person's time in one post; both days are included, None means open."""

    part: str = ""
    level: Level | None = None
    organisation: str = ""
    post: str = ""
    sector: str = ""
    size: str = ""
    start: date | None = None
    end: date | None = None

    def current(self, day: date) -> bool:
        """Whether the post is held on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Contact:
    """A person who is known, with every post that they hold, held or will hold."""

    id: str
    name: str = ""
    email: str = ""
    posts: tuple[PostSpell, ...] = ()

    def present(self, day: date) -> bool:
        """Whether they are in any post that day; somebody of whom no post is known counts as present."""
        return not self.posts or any(spell.current(day) for spell in self.posts)


@dataclass(frozen=True, slots=True)
class StanceRecord:
    """Where a person stood on a day towards an ask; a blank ask is the partnership as a whole."""

    person: str
    on: date
    stance: Stance
    evidence: str = ""
    ask: str = ""
    expires: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it was said by that day and has not expired; the day of expiry is its last."""
        return self.on <= day and (self.expires is None or day <= self.expires)


def level_of(text: str) -> Level | None:
    """The level that a cell names, forgiving case, dashes and spaces; None for any other word.

    A job title is no level: "chief executive" is not "chief", since people order posts differently.

    >>> level_of("Front-line"), level_of("NEXT GEN"), level_of("chief executive")
    (<Level.FRONT_LINE: 'front line'>, <Level.NEXT_GENERATION: 'next generation'>, None)
    """
    return _LEVELS.get(_letters(text))


def stance_of(text: str) -> Stance | None:
    """The stance that a cell names, forgiving case, dashes and spaces; None for any other word.

    >>> stance_of(" Not-now "), stance_of("keen")
    (<Stance.NOT_NOW: 'not now'>, None)
    """
    return _STANCES.get(_letters(text))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


_LEVELS = {_letters(level): level for level in Level} | {"nextgen": Level.NEXT_GENERATION}
_STANCES = {_letters(stance): stance for stance in Stance}
