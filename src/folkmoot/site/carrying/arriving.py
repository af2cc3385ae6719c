"""Are the ledger and the originals of a file sound, before anything of them takes its place?

They are unpacked into a folder of their own in the data folder, so that taking their place is one rename.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import zlib
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from folkmoot.core.kernel.errors import FolkmootError, Refused
from folkmoot.core.kernel.ids import is_id
from folkmoot.core.spend import Ledger
from folkmoot.core.spend.ledger.parts import reported_file
from folkmoot.site.carrying.packing import CHUNK, sync
from folkmoot.site.carrying.unpacking import Say, Unpacked, changed

LEDGER, ORIGINALS = "ledger/", "originals/"
PART = re.compile(r"parts/([0-9a-f-]{36})\.(?:[a-z]+\.)?parquet", re.ASCII)
FINGERPRINT = re.compile(r"[0-9a-f]{64}", re.ASCII)
SECOND = 10**9


def unpack_files(file: Unpacked, start: str, folder: Path, say: Say) -> None:
    """The members whose name begins so, in a folder, under their names; lasting, and closed to others."""
    for name in file.names:
        if name.startswith(start):
            say(name)
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
                for piece in file.pieces(name):
                    kept.write(piece)
                kept.flush()
                os.fsync(kept.fileno())
    for within in [folder, *folder.rglob("*")]:
        if within.is_dir():
            sync(within)


def require_room(folder: Path, file: Unpacked) -> None:
    """Refused when what is packed does not fit on the disk."""
    wanted, free = sum(map(file.size, file.names)), shutil.disk_usage(folder).free
    if wanted * 1.1 > free:
        raise Refused(
            f"There is no room for “{file.path.name}”.",
            f"Unpacked it takes {wanted:,} bytes, and {free:,} are free in {folder}.",
            "Make room, and try again.",
        )


def check_ledger(file: Unpacked, folder: Path, currency: str) -> None:
    """Refused unless the ledger is one: each part that its manifest lists has its rows and its sum."""
    names = [name.removeprefix(LEDGER) for name in file.names if name.startswith(LEDGER)]
    if not names:
        return
    if "manifest.json" not in names:
        raise changed(file.path, "The ledger's manifest is missing.")
    try:
        _require_safe_ids(folder / "manifest.json")
        ledger = Ledger(folder, currency=currency)
        listed = {part.id for part in ledger.parts()}
        for name in names:
            part = PART.fullmatch(name)
            if name.startswith("parts/") and not (part and part[1] in listed):
                raise changed(file.path, f"“{name}” belongs to no part of the ledger.")
        check_parts(ledger)
    except (FolkmootError, duckdb.Error, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        told = str(error) if isinstance(error, FolkmootError) else "Its ledger cannot be read."
        raise changed(file.path, told) from error


def check_parts(ledger: Ledger) -> None:
    """Refused when a part has not the rows and the pence that the manifest says, or cannot be asked."""
    found = {one.keys["part_id"]: one for one in ledger.totals("file")}
    for part in ledger.parts():
        held = found.get(part.id)
        rows, pence = (held.rows, held.pence) if held else (0, 0)
        aside = pq.read_metadata(reported_file(ledger.folder, part.id)).num_rows
        if (rows, pence, aside) != (part.accepted, part.pence_accepted, part.reported):
            raise Refused(
                f"“{part.file}” of {part.anchor} does not add up.",
                f"The manifest says {part.accepted:,} payments of {part.pence_accepted:,} pence and "
                f"{part.reported:,} rows set aside; there are {rows:,} of {pence:,} and {aside:,}.",
                "Restore the ledger folder from a backup.",
            )
    # Every column that a page asks for is there.
    ledger.payments(limit=1)
    for part in ledger.parts()[:1]:
        ledger.reported(part.id, limit=1)


def check_original(path: Path) -> None:
    """Refused when a published file is not the one whose fingerprint it bears."""
    if FINGERPRINT.fullmatch(path.name) and path.name in (
        _digest(path, packed=False),
        _digest(path, packed=True),
    ):
        return
    raise Refused(
        f"The published file {path.name[:12]}… is not the one that was read.",
        "Its bytes have another fingerprint.",
        "Restore the originals from a backup.",
    )


def set_order(folder: Path, oldest_first: list[str], newest: int) -> None:
    """What persons said keeps its order: the newer of two recipes goes before the older."""
    for at, name in enumerate(reversed(oldest_first)):
        if (folder / name).is_file():
            os.utime(folder / name, ns=(newest - at * SECOND, newest - at * SECOND))


def _require_safe_ids(manifest: Path) -> None:
    """An id of a part becomes the name of a file."""
    for part in json.loads(manifest.read_bytes())["parts"]:
        if not is_id(part["id"]) or not FINGERPRINT.fullmatch(part["sha256"]):
            raise Refused("A part of the ledger has an id that is none.")


def _digest(path: Path, *, packed: bool) -> str:
    """The fingerprint of a file, or of what is packed in it."""
    digest = hashlib.sha256()
    try:
        with gzip.open(path) if packed else path.open("rb") as file:
            while piece := file.read(CHUNK):
                digest.update(piece)
    except (OSError, EOFError, zlib.error):
        return ""
    return digest.hexdigest()
