"""Which parts make up the ledger at this moment?"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend.ledger.parts import Part

FORMAT = 2  # 1 kept no flags and no identifiers of payments


@dataclass(frozen=True, slots=True)
class Manifest:
    """The ledger's currency and its list of parts, in the order in which they were added."""

    currency: str
    parts: tuple[Part, ...]


def load_manifest(folder: Path, currency: str) -> Manifest:
    """The manifest as it stands; an empty one where there is none yet. Refused when it is damaged.

    >>> load_manifest(Path("/nowhere"), "GBP").parts
    ()
    """
    path = folder / "manifest.json"
    try:
        kept = json.loads(path.read_bytes())
        if kept["format"] > FORMAT:
            raise Refused(
                "The ledger was written by a later version.",
                f"Its format is {kept['format']}.",
                "Update Folkmoot.",
            )
        if kept["format"] < FORMAT:
            raise Refused(
                "The ledger was written by an earlier version.",
                f"Its format is {kept['format']}, and this version writes {FORMAT}.",
                "Put the folder aside and read its files in again.",
            )
        parts = tuple(Part.from_plain(part) for part in kept["parts"])
        return Manifest(kept["currency"], parts)
    except FileNotFoundError:
        return Manifest(currency, ())
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(
            "The ledger could not be opened.",
            f"Its manifest.json is damaged ({type(error).__name__}).",
            "Restore the ledger folder from a backup.",
        ) from error


def replace_manifest(folder: Path, manifest: Manifest) -> None:
    """Put a new manifest in place in one step, lasting; call it only while holding the lock.

    Everything before this call leaves the ledger as it was; everything after it finds it changed.
    """
    # A line a part: fast to write, and fit for reading by eye.
    parts = ",\n".join(json.dumps(part.as_plain(), ensure_ascii=False) for part in manifest.parts)
    text = f'{{"format": {FORMAT}, "currency": {json.dumps(manifest.currency)}, "parts": [\n{parts}\n]}}\n'
    fresh = folder / "manifest.json.new"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder / "parts")
    os.replace(fresh, folder / "manifest.json")
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    if not folder.is_dir():
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the ledger's lock: one writer at a time changes the manifest. A killed holder lets go of it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
