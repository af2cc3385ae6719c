"""How does a place come home to another install: all of it, or nothing?

Everything is checked before anything is written. Files take their place first and rows are committed last, so
that a kill in between leaves only folders that no row speaks of; the next import of the file clears them.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction

from folkmoot.apps.places import clock
from folkmoot.apps.places.diary import write_line
from folkmoot.core.access import Act, Actor, Subject, require
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.kernel.ids import is_id
from folkmoot.site.carrying.arriving import (
    LEDGER,
    ORIGINALS,
    check_ledger,
    check_original,
    require_room,
    set_order,
    unpack_files,
)
from folkmoot.site.carrying.exporting import FIGURES, FORMAT, KIND
from folkmoot.site.carrying.figures import differences, figures_of
from folkmoot.site.carrying.packing import sync
from folkmoot.site.carrying.putting_in import Known, put_in
from folkmoot.site.carrying.rows import Reading, Unsound
from folkmoot.site.carrying.tables import Table, tables
from folkmoot.site.carrying.unpacking import Say, Unpacked, changed, unpacking
from folkmoot.site.carrying.workplace import workplace

SHELVES = {"ledgers": LEDGER, "originals": ORIGINALS}  # where they lie here, and in the file
Note = Callable[[str, str], None]  # hears of each check that was passed: its name, and what was found


@dataclass(frozen=True, slots=True)
class Imported:
    """Whose record was taken in, and the figures, which are those of the file."""

    partnership: dict[str, str]
    figures: dict[str, Any]

    def as_plain(self) -> dict[str, Any]:
        """For JSON."""
        return {"partnership": self.partnership, "figures": self.figures}


def import_partnership(
    actor: Actor, path: Path, slug: str = "", say: Say = lambda _: None, passed: Note = lambda *_: None
) -> Imported:
    """The partnership of an exported file, here, at its own address or another one.

    Refused, with nothing changed, when the file is not as it was written, when the partnership or its address
    is here already, or when its figures do not come out.
    """
    require(Act.FOUND_PARTNERSHIP, actor, Subject())
    with unpacking(path) as file:
        told = _contents(file, say, passed)
        reading = _check_rows(file, told["partnership"]["id"], told["tables"], say)
        passed(
            "tables",
            f"{sum(told['tables'].values()):,} rows, each as its column asks, all of one partnership",
        )
        known = Known.of(file, reading, slug)
        with workplace(settings.FOLKMOOT_DATA, "importing") as waiting:
            _unpack(file, told, waiting, known, say)
            passed("ledger", "each part has the rows and the sum that the manifest says")
            return _take_in(actor, file, known, waiting, passed)


def _contents(file: Unpacked, say: Say, passed: Note) -> dict[str, Any]:
    """What the file says of itself, once every member was read."""
    told = file.contents(KIND, FORMAT)
    if not file.sealed:
        raise changed(file.path, "The fingerprint at its end is not that of what stands before it.")
    passed("seal", "no byte was changed")
    file.check_members(say)
    passed("members", f"{len(file.names):,} files, each with its fingerprint")
    whose, counts = told.get("partnership"), told.get("tables")
    sound = isinstance(whose, dict) and isinstance(whose.get("id"), str) and is_id(whose["id"])
    if not sound or not isinstance(counts, dict) or not all(type(n) is int for n in counts.values()):
        raise changed(file.path, "It does not say whose record it is.")
    return told


def _check_rows(file: Unpacked, partnership_id: str, counts: dict[str, int], say: Say) -> Reading:
    """Every row held against its model, and every link followed within the file."""
    known = {table.name for table in tables()}
    names = {
        name.removeprefix("tables/").rsplit(".", 1)[0] for name in file.names if name.startswith("tables/")
    }
    for name in sorted((set(counts) ^ names) | (names - known)):
        raise changed(file.path, f"Its tables are not those that it lists, or “{name}” is not known here.")
    reading = Reading(partnership_id)
    try:
        for table in tables():
            if table.name in counts:
                say(table.name)
                count = sum(1 for _ in reading.check(table, file.rows(member_of(table))))
                if count != counts[table.name]:
                    raise Unsound(f"{table.name} has {count} rows and not {counts[table.name]}.")
        reading.check_links()
    except Unsound as error:
        raise changed(file.path, str(error)) from error
    return reading


def member_of(table: Table) -> str:
    """Where a table's rows stand, exactly."""
    return f"tables/{table.name}.json"


def _unpack(file: Unpacked, told: dict[str, Any], waiting: Path, known: Known, say: Say) -> None:
    require_room(waiting, file)
    for start in SHELVES.values():
        unpack_files(file, start, waiting, say)
    check_ledger(file, waiting / LEDGER, known.currency)
    for path in (waiting / "originals").glob("*"):
        check_original(path)
    recipes = [
        name for name in told.get("recipes", []) if isinstance(name, str) and LEDGER + name in file.sums
    ]
    set_order(waiting / LEDGER, recipes, int(clock.real().timestamp() * 1e9))


def _take_in(actor: Actor, file: Unpacked, known: Known, waiting: Path, passed: Note) -> Imported:
    said = file.plain(FIGURES)
    try:
        as_of = date.fromisoformat(said["as_of"])
    except (ValueError, KeyError, TypeError) as error:
        raise changed(file.path, "Its figures name no day.") from error
    moved: list[Path] = []
    try:
        with transaction.atomic():
            put_in(file, known)
            _take_place(waiting, known.partnership_id, moved)
            figures = figures_of(known.partnership_id, as_of)
            _require_equal(file, said, figures, passed)
            write_line(
                actor, Act.FOUND_PARTNERSHIP, known.partnership_id, known.partnership_id,
                told="imported", lines=figures["diary"]["lines"], last=figures["diary"]["last"],
            )  # fmt: skip
    except BaseException as error:
        for folder in moved:
            shutil.rmtree(folder, ignore_errors=True)
        if isinstance(error, DatabaseError):
            raise changed(file.path, "Its rows do not fit together: something stands there twice.") from error
        raise
    return Imported({"id": known.partnership_id, "slug": known.slug, "name": known.name}, figures)


def _require_equal(file: Unpacked, said: Any, figures: dict[str, Any], passed: Note) -> None:
    if not figures["diary"]["whole"]:
        raise changed(file.path, "The chain of its diary does not hold.")
    passed("diary", f"{figures['diary']['lines']:,} lines, each following the one before")
    if unlike := list(differences(said, figures)):
        raise changed(file.path, f"Its figures do not come out: {'; '.join(unlike[:5])}.")
    passed("figures", "worked out again from the rows, they are those of the file")


def _take_place(waiting: Path, partnership_id: str, moved: list[Path]) -> None:
    """Both folders take their place; what a killed import of the same record left there goes."""
    for shelf, start in SHELVES.items():
        arrived = waiting / start
        if not arrived.is_dir():
            continue
        there: Path = settings.FOLKMOOT_DATA / shelf / partnership_id
        there.parent.mkdir(mode=0o700, exist_ok=True)
        if there.exists():
            _require_left_over(there, arrived)
            os.rename(there, waiting / f"{shelf}-left-over")
        os.rename(arrived, there)
        moved.append(there)
        sync(there.parent)


def _require_left_over(there: Path, arrived: Path) -> None:
    """No row speaks of this folder: it goes when a killed import left it, but it may be all that is left."""
    files = [path for path in there.rglob("*") if path.is_file() and path.name != "lock"]
    same = [(path, arrived / path.relative_to(there)) for path in files]
    if not all(new.is_file() and new.stat().st_size == old.stat().st_size for old, new in same):
        raise Refused(
            f"The folder {there} is here already, with other files than the import's.",
            "No partnership here speaks of it, but it may be the last copy of something.",
            "Move it away, and import again.",
        )
