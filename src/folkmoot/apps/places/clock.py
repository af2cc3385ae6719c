"""What time is it here: the real time, or the moment at which a demonstration stands?"""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from folkmoot.core.kernel.when import Clock, fixed


def real() -> datetime:
    """The machine's own time, for heartbeats: even where a demonstration stands still, work goes on."""
    return datetime.now(UTC)  # noqa: TID251 - the one place where the rooms' clock meets the real one


class _Standing:
    """The moment a story has reached; the demo moves it from act to act."""

    clock: Clock | None = None


def now() -> datetime:
    """The moment, in UTC."""
    if _Standing.clock is not None:
        return _Standing.clock()
    moment: datetime | None = settings.FOLKMOOT_CLOCK
    return fixed(moment)() if moment else real()


def today(zone: str = "Europe/London") -> date:
    """The day by a partnership's own zone."""
    return now().astimezone(ZoneInfo(zone)).date()


def stand_at(moment: datetime | None) -> None:
    """The clock stands at a moment from now on; None lets it go."""
    _Standing.clock = fixed(moment) if moment else None
