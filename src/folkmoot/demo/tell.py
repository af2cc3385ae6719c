"""Has the story been told here already, and if not, how is it told so that a half-told one is never seen?"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import django

from folkmoot.core.kernel.errors import Refused
from folkmoot.demo.cast import PARTNERSHIPS

PACKAGE = Path(__file__).resolve().parent.parent
# What the demonstration's database depends on: when any of it changes, the story is told afresh.
SOURCES = (
    "demo/**/*",
    "apps/*/models.py",
    "apps/*/actions.py",
    "apps/*/migrations/*.py",
    "core/spend/**/*.py",
)


def unless_told(folder: Path, say: Callable[[str], None]) -> None:
    """Makes the demonstration's folder, or leaves it when it was told from these very sources."""
    told = folder / "told"
    fingerprint = _fingerprint()
    if not (told.exists() and told.read_text() == fingerprint):
        say("Telling the story of Marram Bay. This takes about half a minute ...")
        _tell_in_fresh(folder)
        told.write_text(fingerprint)
    django.setup()


def _tell_in_fresh(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()) and not (folder / "told").exists():
        raise Refused(
            f"The folder {folder} holds something else than a demonstration.",
            "Telling the story would overwrite it.",
            "Name another folder in FOLKMOOT_DATA.",
        )
    if own := _founded_here(folder):
        raise Refused(
            f"The demonstration in {folder} has been used for real work.",
            f"It holds {', '.join(own)}; telling the story afresh would delete that.",
            "Name another folder in FOLKMOOT_DATA.",
        )
    draft = folder.with_name(f"{folder.name}.{os.getpid()}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    # A process of its own: its settings name the draft's folder, ours the finished one.
    subprocess.run(
        [sys.executable, "-m", "folkmoot.demo.story"],
        env=os.environ | {"FOLKMOOT_DATA": str(draft)},
        check=True,
    )
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft.rename(folder)


def _founded_here(folder: Path) -> list[str]:
    """Partnerships in a demonstration's folder that are not the story's own."""
    path = folder / "folkmoot.sqlite3"
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as database:
        names = [str(row[0]) for row in database.execute("SELECT slug FROM places_partnership ORDER BY slug")]
    return [name for name in names if name not in {each.slug for each in PARTNERSHIPS}]


def _fingerprint() -> str:
    paths = sorted(path for pattern in SOURCES for path in PACKAGE.glob(pattern) if path.is_file())
    whole = hashlib.sha256()
    for path in paths:
        if "__pycache__" not in path.parts:
            whole.update(str(path.relative_to(PACKAGE)).encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()
