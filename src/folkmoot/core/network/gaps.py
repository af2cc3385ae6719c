"""Where is nobody with us yet, and what could be done about it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from folkmoot.core.network.people import Level
from folkmoot.core.network.tally import Tally


class GapKind(StrEnum):
    """What is missing."""

    NOBODY = "nobody"
    NONE_ACTIVE = "none active"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Gap:
    """A part or a level without fresh active support, in a sentence, with one act. It names no person."""

    part: str
    level: Level | None
    kind: GapKind
    sentence: str
    act: str


_AMONG = {
    Level.ELECTED: "among elected people",
    Level.CHIEF: "among chiefs",
    Level.MIDDLE: "in the middle of organisations",
    Level.FRONT_LINE: "on the front line",
    Level.NEXT_GENERATION: "in the next generation",
}


def find_gaps(by_part: Iterable[Tally], by_level: Iterable[Tally], window: int) -> tuple[Gap, ...]:
    """The gaps among parts, then among levels, each in the order handed in.

    nobody: of no person there was a stance ever told; none active: people have told theirs, and
    no active one holds; stale: all the active support there is older than the window (days).

    >>> find_gaps([Tally("Housing", None, 0, 0, 0, 0)], [], 180)[0].sentence
    'We know nobody in Housing yet.'
    """
    told = ((tally, _kind(tally)) for tally in (*by_part, *by_level))
    return tuple(
        Gap(tally.part, tally.level, kind, _sentence(tally, kind, window), _act(tally, kind))
        for tally, kind in told
        if kind
    )


def _kind(tally: Tally) -> GapKind | None:
    if tally.active_fresh:
        return None
    if tally.active:
        return GapKind.STALE
    return GapKind.NONE_ACTIVE if tally.met else GapKind.NOBODY


def _where(tally: Tally) -> str:
    return _AMONG[tally.level] if tally.level else f"in {tally.part}"


def _sentence(tally: Tally, kind: GapKind, window: int) -> str:
    where = _where(tally)
    if kind is GapKind.STALE:
        return f"Support {where} was last heard more than {window} days ago."
    if kind is GapKind.NONE_ACTIVE:
        people = "1 person has" if tally.met == 1 else f"{tally.met} people have"
        return f"{people} said where they stand {where}; none is active yet."
    if not tally.known:
        return f"We know nobody {where} yet."
    people = "1 person" if tally.known == 1 else f"{tally.known} people"
    return f"We know {people} {where}, and not yet where they stand."


def _act(tally: Tally, kind: GapKind) -> str:
    if kind is GapKind.STALE:
        return "Get in touch, say what has changed, and ask whether they are still with us."
    if kind is GapKind.NONE_ACTIVE:
        return "Go back with one small ask that serves what they care about."
    if tally.known:
        return "Arrange a first conversation, and listen."
    return "Ask round the partnership who could make a first introduction."
