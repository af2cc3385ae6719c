"""How long does the server take for each page of the demonstration, against the budget of 100 ms?"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.measured import Measured, timed

BUDGET_SECONDS = 0.1
ROUNDS = 15


def measure() -> Iterator[Measured]:
    """The told story, read by its convenor in this process; the first round warms up and is left out."""
    with tempfile.TemporaryDirectory() as room:
        os.environ |= {
            "FOLKMOOT_DATA": str(Path(room) / "marram"),
            "FOLKMOOT_DEMO": "1",
            "FOLKMOOT_CLOCK": "2026-11-16T09:00:00+00:00",
            "DJANGO_SETTINGS_MODULE": "folkmoot.site.settings",
        }
        subprocess.run([sys.executable, "-m", "folkmoot.demo.story"], check=True)
        import django

        django.setup()
        yield from _pages()


def _pages() -> Iterator[Measured]:
    from django.test import Client

    from folkmoot.apps.places.queries import account_by_email
    from folkmoot.demo import cast

    client = Client(headers={"host": "localhost"})
    client.force_login(account_by_email(cast.CONVENOR.email))
    whole = f"/{cast.MARRAM.slug}/"
    for page in ("", "mine/", "network/", "network/people/", "spend/", "spend/payments/", "spend/files/"):
        path = whole + page
        client.get(path)
        seconds = [timed(lambda path=path: client.get(path))[0] for _ in range(ROUNDS)]
        worst = f"median of {ROUNDS}, slowest {max(seconds):.3f} s"
        yield Measured("pages", path, median(seconds), "the budget", BUDGET_SECONDS, worst)
