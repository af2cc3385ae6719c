"""How is an install put back to what a backup holds, also while it runs?

Everything is unpacked and checked beside what is there. Then one small file says that it is ready: from that
moment on the restore is finished by whoever comes first, this command, the next tick, or the next start. Each
step may be done twice. What was there is kept aside.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from folkmoot.apps.places import clock
from folkmoot.core.access import Act, Actor, Subject, require
from folkmoot.core.kernel.errors import FolkmootError, Refused
from folkmoot.core.kernel.ids import is_id
from folkmoot.core.spend import Ledger
from folkmoot.site.carrying.arriving import check_original, check_parts, require_room, unpack_files
from folkmoot.site.carrying.backing_up import DATABASE, FORMAT, KIND
from folkmoot.site.carrying.databases import (
    SQLITE,
    check_sqlite,
    holds_something,
    keep_aside,
    kind_here,
    put_back,
)
from folkmoot.site.carrying.packing import sync
from folkmoot.site.carrying.unpacking import Say, Unpacked, changed, unpacking
from folkmoot.site.carrying.workplace import held

WORK, READY = "restoring", "ready.json"
SHELVES = ("ledgers", "originals")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where what was there before is kept ("" where nothing was)."""

    partnerships: list[str]
    made_at: str
    kept_aside: str

    def as_plain(self) -> dict[str, Any]:
        """For JSON."""
        return {"partnerships": self.partnerships, "made_at": self.made_at, "kept_aside": self.kept_aside}


def is_used() -> bool:
    """Whether something is here that a restore would put aside."""
    return holds_something() or any((settings.FOLKMOOT_DATA / shelf).is_dir() for shelf in SHELVES)


def restore(actor: Actor, path: Path, agree: Callable[[], bool], say: Say = lambda _: None) -> Restored:
    """The install is as it was when the backup was made. Where something is here, `agree` is asked first.

    Refused, with nothing changed, when the backup is not whole, comes from a later version or another kind of
    database, or when nobody agreed.
    """
    require(Act.FOUND_PARTNERSHIP, actor, Subject())
    data: Path = settings.FOLKMOOT_DATA
    with unpacking(path) as file, held(data, WORK):
        told = _check(file, say)
        if is_used() and not agree():
            raise Refused(
                "Nothing was restored.", f"Something is kept in {data} already.",
                "Call it with --over: what is here is kept aside first.",
            )  # fmt: skip
        ready = _make_ready(data, file, told, say)
        _finish(data, ready, say)
    names = [one["slug"] for one in told["diaries"]]
    return Restored(names, str(told["made_at"]), ready["aside"] if (data / ready["aside"]).exists() else "")


def finish_left() -> bool:
    """A restore that was killed once it was ready is finished; True when there was one."""
    data: Path = settings.FOLKMOOT_DATA
    if not (data / WORK / READY).exists():
        return False
    try:
        with held(data, WORK):
            if (data / WORK / READY).exists():
                _finish(data, json.loads((data / WORK / READY).read_bytes()), lambda _: None)
    except FolkmootError as error:
        raise Refused(
            "A restore is not finished yet.", str(error), "Call “folkmoot restore” again."
        ) from error
    return True


def _check(file: Unpacked, say: Say) -> dict[str, Any]:
    """What the backup says of itself, once all of it was read."""
    told = file.contents(KIND, FORMAT)
    if not file.sealed:
        raise changed(file.path, "The fingerprint at its end is not that of what stands before it.")
    file.check_members(say)
    diaries, applied = told.get("diaries"), told.get("migrations")
    if not isinstance(diaries, list) or not isinstance(applied, list) or DATABASE not in file.sums:
        raise changed(file.path, "It does not say what it holds.")
    if told.get("database") != kind_here():
        raise Refused(
            f"“{file.path.name}” is of another kind of database.",
            f"It was made with {told.get('database')}, and here is {kind_here()}.",
            "Move each partnership with “folkmoot export” and “folkmoot import” instead.",
        )
    known = {".".join(key) for key in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if later := sorted(set(map(str, applied)) - known):
        raise Refused(
            f"“{file.path.name}” was made by a later version of Folkmoot.",
            f"This version does not know its tables ({later[0]}).",
            "Update Folkmoot here first.",
        )
    for name in file.names:
        shelf, _, rest = name.partition("/")
        if shelf in SHELVES and not is_id(rest.partition("/")[0]):
            raise changed(file.path, "A folder in it belongs to no partnership.")
    return told


def _make_ready(data: Path, file: Unpacked, told: dict[str, Any], say: Say) -> dict[str, str]:
    """All that the backup holds, unpacked beside what is there, sound and on the disk."""
    work = data / WORK
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(mode=0o700)
    try:
        require_room(work, file)
        for start in (DATABASE, *(f"{shelf}/" for shelf in SHELVES)):
            unpack_files(file, start, work, say)
        for shelf in SHELVES:
            (work / shelf).mkdir(mode=0o700, exist_ok=True)
        if told["database"] == SQLITE:
            check_sqlite(work / DATABASE)
        for folder in sorted((work / "ledgers").glob("*")):
            check_parts(Ledger(folder))
        for path in sorted((work / "originals").glob("*/*")):
            check_original(path)
        ready = {"aside": f"before-restore-{clock.real():%Y%m%dT%H%M%S}"}
        _write(work / READY, json.dumps(ready))
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return ready


def _finish(data: Path, ready: dict[str, str], say: Say) -> None:
    """Each step may be done a second time, by another process."""
    work, aside = data / WORK, data / ready["aside"]
    say("putting it in place")
    if is_used():
        aside.mkdir(mode=0o700, exist_ok=True)
        if not (work / "aside-is-kept").exists():
            keep_aside(aside)
            _write(work / "aside-is-kept", "")
    for shelf in SHELVES:
        _put_folder(work / shelf, data / shelf, aside / shelf)
    put_back(work / DATABASE)
    gone = data / f"{WORK}-done"
    shutil.rmtree(gone, ignore_errors=True)
    os.rename(work, gone)
    sync(data)
    shutil.rmtree(gone, ignore_errors=True)


def _put_folder(new: Path, here: Path, aside: Path) -> None:
    if not new.exists():
        return  # done before
    if here.exists():
        aside.parent.mkdir(mode=0o700, exist_ok=True)
        count = 1
        while aside.exists():  # a worker made the folder anew while the first try was cut short
            count += 1
            aside = aside.with_name(f"{here.name}-{count}")
        os.rename(here, aside)
    os.rename(new, here)
    sync(here.parent)


def _write(path: Path, text: str) -> None:
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)
    sync(path.parent)
