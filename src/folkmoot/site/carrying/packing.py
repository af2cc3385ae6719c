"""How is one file packed so that a kill leaves nothing half done, and equal contents give equal bytes?

It is an ordinary zip. Every member is listed with its fingerprint in SHA256SUMS, as `sha256sum -c` reads it,
and the last letters of the file are the fingerprint of all the bytes before them.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from folkmoot.core.kernel.errors import Refused

SUMS, CONTENTS = "SHA256SUMS", "contents.json"
SEAL = b"Folkmoot. The SHA-256 of all that stands before these 64 letters is "
LETTERS = 64
CHUNK = 1 << 20
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can tell: when it was packed is no matter


class Packing:
    """A zip being written: members come one after another, each in pieces."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive
        self.sums: dict[str, str] = {}

    def add(self, name: str, pieces: Iterable[bytes], *, packed_already: bool = False) -> None:
        """One member; Parquet and the like are packed already and are stored as they are."""
        member = ZipInfo(name, EPOCH)
        member.compress_type = ZIP_STORED if packed_already else ZIP_DEFLATED
        member.external_attr, member.create_system = 0o600 << 16, 3
        digest = hashlib.sha256()
        # Sizes are known only at the end, and a member may be larger than 4 GB.
        with self._archive.open(member, "w", force_zip64=True) as kept:
            for piece in pieces:
                digest.update(piece)
                kept.write(piece)
        self.sums[name] = digest.hexdigest()

    def add_file(self, name: str, path: Path, *, packed_already: bool = False) -> None:
        """One member from the disk."""
        self.add(name, pieces_of(path), packed_already=packed_already)

    def add_plain(self, name: str, value: Any) -> None:
        """One member in JSON, laid out for reading by eye."""
        self.add(name, [as_json(value)])


def as_json(value: Any) -> bytes:
    """JSON for reading by eye; equal values give equal bytes."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def pieces_of(path: Path) -> Iterator[bytes]:
    """A file's bytes, a piece at a time."""
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


@contextmanager
def packing(path: Path) -> Iterator[Packing]:
    """A file that is there whole at the end, or is as it was; closed to others, for it holds addresses.

    Refused when it cannot be written.
    """
    draft = path.with_name(f".{path.name}.part")
    try:
        handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w+b") as file:
            with ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True) as archive:
                pack = Packing(archive)
                yield pack
                lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(pack.sums.items()))
                pack.add(SUMS, [lines.encode()])
                archive.comment = SEAL + b"0" * LETTERS
            file.flush()
            _seal(file.fileno(), draft)
        os.replace(draft, path)
        sync(path.parent)
    except OSError as error:
        raise Refused(
            f"“{path}” could not be written.",
            f"{error.strerror or error}.",
            "Name another file, or make room.",
        ) from error
    finally:
        draft.unlink(missing_ok=True)


def _seal(handle: int, path: Path) -> None:
    digest = sealed_part(path)
    os.lseek(handle, -LETTERS, os.SEEK_END)
    os.write(handle, digest.encode())
    os.fsync(handle)


def sealed_part(path: Path) -> str:
    """The fingerprint of all but the last letters of a file."""
    left, digest = path.stat().st_size - LETTERS, hashlib.sha256()
    with path.open("rb") as file:
        while left > 0 and (piece := file.read(min(CHUNK, left))):
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()


def sync(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
