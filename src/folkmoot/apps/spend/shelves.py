"""Where do a partnership's ledger and the files as they were uploaded lie?

An uploaded name is never part of a path: files lie under their fingerprint, readable by the server alone.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from folkmoot.core.kernel.errors import NotFound, Refused
from folkmoot.core.kernel.ids import is_id, new_id
from folkmoot.core.spend import Ledger

CHUNK = 1 << 20
MEGABYTE = 1 << 20
UNPACKED = 20  # published files shrink 5 to 40 times; the cap on what is unpacked, in sizes of an upload
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that has come in: where it lies for now, its size and its fingerprint as uploaded."""

    path: Path
    size: int
    sha256: str


def ledger_of(partnership_id: str, currency: str = "GBP") -> Ledger:
    """The partnership's ledger. NotFound for what is no partnership's id: it would be another folder."""
    return Ledger(_folder("ledgers", partnership_id), currency=currency)


def has_ledger(partnership_id: str) -> bool:
    """Whether anything was ever read in."""
    return _folder("ledgers", partnership_id).is_dir()


def original(partnership_id: str, sha256: str) -> Path:
    """Where the bytes with this fingerprint lie."""
    return _originals(partnership_id) / sha256


def most_uploaded() -> int:
    """How many bytes an upload may have."""
    return int(settings.FOLKMOOT_UPLOAD_MB) * MEGABYTE


def most_unpacked() -> int:
    """How many bytes an upload may unpack to."""
    return UNPACKED * most_uploaded()


@contextmanager
def arriving(partnership_id: str, file: BinaryIO, most: int) -> Iterator[Arrived]:
    """At most so many bytes, streamed to a file of their own, which is gone afterwards unless it was kept."""
    folder = _originals(partnership_id)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"arriving-{new_id()}"
    try:
        yield _stream(file, path, most)
    finally:
        path.unlink(missing_ok=True)


def keep(arrived: Arrived, partnership_id: str, sha256: str) -> None:
    """The upload takes its place among the originals."""
    os.replace(arrived.path, original(partnership_id, sha256))


def forget_original(partnership_id: str, sha256: str) -> None:
    """The bytes are no longer kept."""
    original(partnership_id, sha256).unlink(missing_ok=True)


def sweep_originals(partnership_id: str, wanted: set[str], now: datetime, older_than: timedelta) -> list[str]:
    """Removes what nobody refers to any more and what never arrived in full, once it is old enough."""
    folder, limit = _originals(partnership_id), (now - older_than).timestamp()
    gone = []
    for path in sorted(folder.glob("*")) if folder.is_dir() else []:
        if path.name not in wanted and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
            gone.append(path.name)
    return gone


def plain_name(name: str) -> str:
    """A file's name as it is shown: no folders, nothing that cannot be seen, not too long.

    >>> plain_name("../../etc/pass\\u202ewd.csv"), plain_name("C:\\\\spend\\\\may.csv"), plain_name("..")
    ('passwd.csv', 'may.csv', 'A file without a name')
    """
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    seen = "".join(letter for letter in last if letter.isprintable()).strip()
    return seen[-LONGEST_NAME:] if seen.strip(". ") else "A file without a name"


def plain_path(name: str) -> str:
    """The name of a file inside another as it is shown: as `plain_name`, with the folders that it lies in.

    >>> plain_path("2026/a\\x00pril.csv"), plain_path("")
    ('2026/april.csv', '')
    """
    return "".join(letter for letter in name if letter.isprintable())[-LONGEST_NAME:]


def _originals(partnership_id: str) -> Path:
    return _folder("originals", partnership_id)


def _folder(shelf: str, partnership_id: str) -> Path:
    if not is_id(partnership_id):
        raise NotFound("There is no such partnership.")
    folder: Path = settings.FOLKMOOT_DATA / shelf / partnership_id
    return folder


def _stream(file: BinaryIO, path: Path, most: int) -> Arrived:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            if size > most:
                raise Refused(
                    f"The file is larger than {most // MEGABYTE} megabytes.",
                    "Larger files are not taken in.",
                    "Split it by month or quarter, or pack it with gzip.",
                    field="file",
                )
            digest.update(chunk)
            kept.write(chunk)
        kept.flush()
        os.fsync(kept.fileno())
    return Arrived(path, size, digest.hexdigest())
