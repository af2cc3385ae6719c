"""How many people stand in one part of the system, or at one level?"""

from dataclasses import dataclass

from folkmoot.core.network.people import Level


@dataclass(frozen=True, slots=True)
class Tally:
    """People in posts on the day; a blank part means any part, no level means any level.

    known: everybody listed; met: of whom a stance was ever told by then; active; and active_fresh.
    """

    part: str
    level: Level | None
    known: int
    met: int
    active: int
    active_fresh: int
