"""How is everything that an install keeps written into one file, while it runs?

The database first, then each ledger's manifest and the parts it lists: a manifest read later holds every part
that a row may speak of, and parts never change. What came in between is brought into line by the next tick.
The secret key, the cache, static files and mail are not in it.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version  # noqa: TID251 - asks which version this is, imports nothing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from folkmoot.apps.places import clock
from folkmoot.apps.places.models import Partnership
from folkmoot.apps.spend.shelves import ledger_of
from folkmoot.core.access import Act, Actor, Subject, require
from folkmoot.core.spend import Ledger
from folkmoot.site.carrying.arriving import check_original, check_parts
from folkmoot.site.carrying.databases import copy_out, kind_here
from folkmoot.site.carrying.figures import head_of
from folkmoot.site.carrying.packing import CONTENTS, Packing, packing, pieces_of
from folkmoot.site.carrying.shelves import ledger_files, originals_of
from folkmoot.site.carrying.unpacking import Say, Unpacked
from folkmoot.site.carrying.workplace import workplace

KIND, FORMAT = "folkmoot backup", 1
DATABASE = "database"


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was written."""

    file: str
    sha256: str
    size: int
    contents: dict[str, Any]

    def as_plain(self) -> dict[str, Any]:
        """For JSON."""
        return {"file": self.file, "sha256": self.sha256, "size": self.size} | self.contents


def back_up(actor: Actor, path: Path, say: Say = lambda _: None) -> BackedUp:
    """Database, ledgers and originals in a file. Refused when something of them is damaged: see `restore`."""
    require(Act.FOUND_PARTNERSHIP, actor, Subject())
    with packing(path) as pack, workplace(settings.FOLKMOOT_DATA, "backing-up") as folder:
        say("the database")
        contents = _contents()
        copy = folder / DATABASE
        copy_out(copy)
        pack.add_file(DATABASE, copy)
        for one in contents["diaries"]:
            _add_files(pack, one["id"], say)
        pack.add_plain(CONTENTS, contents)
    digest = hashlib.sha256()
    for piece in pieces_of(path):
        digest.update(piece)
    return BackedUp(str(path), digest.hexdigest(), path.stat().st_size, contents)


@contextmanager
def unpacked_database(file: Unpacked) -> Iterator[Path]:
    """The database of a backup in a file of its own, for as long as it is looked at."""
    with tempfile.TemporaryDirectory(prefix="folkmoot-verify-") as folder:
        path = Path(folder, DATABASE)
        with path.open("wb") as kept:
            for piece in file.pieces(DATABASE):
                kept.write(piece)
        yield path


def _contents() -> dict[str, Any]:
    """What the backup says of itself; the diaries' lengths and ends tell later whether one was cut."""
    partnerships = Partnership.objects.order_by("slug")
    return {
        "kind": KIND,
        "format": FORMAT,
        "written_by": f"Folkmoot {version('folkmoot')}",
        "made_at": clock.real().isoformat(timespec="seconds"),
        "database": kind_here(),
        "migrations": sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations()),
        "diaries": [
            {"id": one.id, "slug": one.slug, "name": one.name} | head_of(one.id) for one in partnerships
        ],
    }


def _add_files(pack: Packing, partnership_id: str, say: Say) -> None:
    folder = ledger_of(partnership_id).folder
    manifest = (folder / "manifest.json").read_bytes() if (folder / "manifest.json").exists() else b""
    if manifest:
        _check_as_listed(folder, manifest)
        pack.add(f"ledgers/{partnership_id}/manifest.json", [manifest])
    for name, path in ledger_files(partnership_id, manifest):
        say(name)
        pack.add_file(f"ledgers/{partnership_id}/{name}", path, packed_already=path.suffix == ".parquet")
    for sha256, path in originals_of(partnership_id):
        say(sha256)
        check_original(path)
        pack.add_file(f"originals/{partnership_id}/{sha256}", path)


def _check_as_listed(folder: Path, manifest: bytes) -> None:
    """The parts that this very manifest lists add up, whatever is added meanwhile."""
    with tempfile.TemporaryDirectory(prefix="folkmoot-check-") as beside:
        Path(beside, "manifest.json").write_bytes(manifest)
        Path(beside, "parts").symlink_to((folder / "parts").resolve(), target_is_directory=True)
        check_parts(Ledger(beside))
