"""What happened in Marram Bay over two years? Told through the same actions that people use."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import django
from django.core.management import call_command
from django.test.utils import override_settings

AT_ONCE = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
FILES = Path(__file__).parent / "files"


@dataclass(frozen=True, order=True)
class Event:
    """Something that happens at nine in the morning of a day; the number keeps the order within a day."""

    on: date
    number: int
    act: Callable[[], object]


def tell() -> None:
    """Two partnerships are founded, and what follows happens in the order of its days."""
    from folkmoot.apps.places import clock  # noqa: PLC0415 - Django is set up first
    from folkmoot.demo import scenes  # noqa: PLC0415 - Django is set up first

    clock.stand_at(_morning(min(each.founded_on for each in scenes.PARTNERSHIPS)))
    events = [Event(on, number, act) for number, (on, act) in enumerate(scenes.all_of(FILES))]
    for event in sorted(events):
        clock.stand_at(_morning(event.on))
        event.act()
    clock.stand_at(None)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)


def main() -> None:
    """Makes the tables and tells the story into them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.site.settings")
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    with override_settings(TASKS=AT_ONCE):
        tell()


if __name__ == "__main__":
    main()
