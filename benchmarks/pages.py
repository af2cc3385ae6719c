"""How long does the server take for a page, in the demonstration (100 ms) and in a large place (300 ms)?"""

import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measured import Measured, timed

ROUNDS = 9
LINK = re.compile(r'href="(/[^"#]*)"')
# What is no page of the place: downloads in whole, other people's sessions, and the guide, which is cached.
LEFT_OUT = re.compile(r"^/(static|demo|guide|sign-in|sign-out|api)/|\.(csv|toml|zip|json)$|/export/")


def measure() -> Iterator[Measured]:
    """The demonstration, and a place of 5,000 people and a million payments; each in a process of its own,
    because the settings name one data folder."""
    for place, budget in ((_demonstration, 0.1), (_large_place, 0.3)):
        with tempfile.TemporaryDirectory() as room:
            queue: multiprocessing.Queue[Measured | None] = multiprocessing.Queue()
            process = multiprocessing.Process(target=_measured, args=(place, Path(room), budget, queue))
            process.start()
            while (one := queue.get()) is not None:
                yield one
            process.join()


def _measured(place: Callable[[Path], Any], room: Path, budget: float, queue: Any) -> None:
    try:
        with place(room) as (name, email, whole):
            for one in _pages(name, email, whole, budget):
                queue.put(one)
    finally:
        queue.put(None)


@contextmanager
def _demonstration(room: Path) -> Iterator[tuple[str, str, str]]:
    """Marram Bay as its story leaves it."""
    os.environ |= {
        "FOLKMOOT_DATA": str(room / "marram"),
        "FOLKMOOT_DEMO": "1",
        "FOLKMOOT_CLOCK": "2026-11-16T09:00:00+00:00",
        "DJANGO_SETTINGS_MODULE": "folkmoot.site.settings",
    }
    subprocess.run([sys.executable, "-m", "folkmoot.demo.story"], check=True)
    import django

    django.setup()
    from folkmoot.demo import cast

    yield "demo", cast.CONVENOR.email, f"/{cast.MARRAM.slug}/"


@contextmanager
def _large_place(room: Path) -> Iterator[tuple[str, str, str]]:
    """5,000 people with posts, stances, promises and notes; a million payments of five anchors."""
    os.environ |= {"FOLKMOOT_DATA": str(room / "large"), "DJANGO_SETTINGS_MODULE": "folkmoot.site.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from benchmarks.large_place import EMAIL, SLUG, fill

    fill(people=5_000, payments=1_000_000)
    yield "large", EMAIL, f"/{SLUG}/"


def _pages(name: str, email: str, whole: str, budget: float) -> Iterator[Measured]:
    """Every page that its convenor comes to by following links, one of each kind, the slowest first."""
    from django.test import Client

    from folkmoot.apps.places.queries import account_by_email
    from folkmoot.site.wsgi import application  # noqa: F401 - set up as under the web server

    client = Client(headers={"host": "localhost"})
    client.force_login(account_by_email(email))
    found = []
    for route, path in _one_of_each(client, whole).items():
        seconds = [timed(lambda path=path: client.get(path).getvalue())[0] for _ in range(ROUNDS)]
        found.append((median(seconds), max(seconds), route))
    middle = median(seconds for seconds, _, _ in found)
    yield Measured("pages", f"{name}: median of {len(found)} pages", middle, "the budget", budget)
    for seconds, slowest, route in sorted(found, reverse=True):
        note = f"median of {ROUNDS}, slowest {slowest:.3f} s"
        yield Measured("pages", f"{name}: {route}", seconds, "the budget", budget, note)


def _one_of_each(client: Any, whole: str) -> dict[str, str]:
    from django.urls import Resolver404, resolve

    found: dict[str, str] = {}
    waiting, seen = deque([whole]), {whole}
    while waiting:
        path = waiting.popleft()
        bare, _, query = path.partition("?")
        try:
            route = resolve(bare).view_name + ("?" if query else "")
        except Resolver404:
            continue
        if route in found or LEFT_OUT.search(bare):
            continue
        answer = client.get(path)
        if answer.status_code != 200 or "html" not in answer.headers["Content-Type"]:
            continue
        found[route] = path
        for link in map(unescape, LINK.findall(answer.getvalue().decode())):
            if link.startswith(whole) and link not in seen:
                seen.add(link)
                waiting.append(link)
    return found
