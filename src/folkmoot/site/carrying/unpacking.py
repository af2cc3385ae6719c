"""Is this file whole and harmless, and what does it hold?

Nothing is unpacked before the list of members is checked: how many, how large, out of how little, and that
no name leads out of the folder.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZipFile

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend.reading.files.zipped import Caps, chunks, open_zip
from folkmoot.site.carrying.packing import CONTENTS, LETTERS, SEAL, SUMS, sealed_part

GIGABYTE = 1 << 30
# A table of like rows in JSON packs to a hundredth; what packs to less was made to fill a disk.
CAPS = Caps(largest=500 * GIGABYTE, ratio=300, ratio_floor=1 << 26, members=200_000, directory=1 << 26)
LARGEST_TEXT = 1 << 26  # of a member that is read at once
LONGEST_ROW = 1 << 26  # a sheet of contacts that waits may lie in one
NAME = re.compile(r"(?=.{1,300}\Z)[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*", re.ASCII)
SUM = re.compile(r"([0-9a-f]{64})  (.+)", re.ASCII)
Say = Callable[[str], None]


class Unpacked:
    """A file whose list of members was checked. Each member is fingerprinted whenever it is read."""

    def __init__(self, path: Path, stream: BinaryIO, archive: ZipFile, sealed: bool) -> None:
        self.path, self.sealed = path, sealed
        self._stream = stream
        self._members = {member.orig_filename: member for member in archive.infolist()}
        self.sums = self._sums()

    @property
    def names(self) -> list[str]:
        """The members, but for the list of fingerprints."""
        return sorted(self.sums)

    def size(self, name: str) -> int:
        """How many bytes a member unpacks to."""
        return self._members[name].file_size

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member's bytes. Refused, at the end, when they are not those that were packed."""
        if name not in self.sums:
            raise changed(self.path, f"“{name}” is missing.")
        digest = hashlib.sha256()
        for piece in self._pieces(name):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != self.sums[name]:
            raise changed(self.path, f"“{name}” is not what was packed.")

    def read(self, name: str) -> bytes:
        """A small member at once."""
        if name in self.sums and self.size(name) > LARGEST_TEXT:
            raise changed(self.path, f"“{name}” is larger than it can be.")
        return b"".join(self.pieces(name))

    def plain(self, name: str) -> Any:
        """A small member in JSON."""
        try:
            return json.loads(self.read(name))
        except (ValueError, RecursionError) as error:
            raise changed(self.path, f"“{name}” is not JSON.") from error

    def contents(self, kind: str, newest: int) -> dict[str, Any]:
        """What the file says of itself. Refused for another kind of file and for one of a later version."""
        told = self.plain(CONTENTS)
        if not isinstance(told, dict) or told.get("kind") != kind:
            raise Refused(f"“{self.path.name}” is no {kind}.", "", "Name a file that Folkmoot wrote.")
        if not isinstance(told.get("format"), int) or told["format"] > newest:
            raise Refused(
                f"“{self.path.name}” was written by a later version of Folkmoot.",
                f"Its format is {told.get('format')}, and this version knows {newest}.",
                "Update Folkmoot here first.",
            )
        return told

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows of a table, one at a time: a list with a row on each line."""
        lines = self._lines(name)
        if next(lines, b"") != b"[":
            raise changed(self.path, f"“{name}” is not a list with a row on each line.")
        for line in lines:
            if line == b"]":
                break
            yield self._row(name, line)
        else:
            raise changed(self.path, f"“{name}” ends too soon.")
        if any(lines):
            raise changed(self.path, f"“{name}” goes on after its end.")

    def check_members(self, say: Say) -> None:
        """Reads every member. Refused at the first that is not what was packed."""
        for name in self.names:
            say(name)
            for _ in self.pieces(name):
                pass

    def _row(self, name: str, line: bytes) -> dict[str, Any]:
        try:
            row = json.loads(line.removesuffix(b","), object_pairs_hook=_once)
        except (ValueError, RecursionError) as error:
            raise changed(self.path, f"A row of “{name}” is not JSON.") from error
        if not isinstance(row, dict):
            raise changed(self.path, f"A row of “{name}” has no columns.")
        return row

    def _lines(self, name: str) -> Iterator[bytes]:
        rest = b""
        for piece in self.pieces(name):
            *whole, rest = (rest + piece).split(b"\n")
            yield from whole
            if len(rest) > LONGEST_ROW:
                raise changed(self.path, f"A row of “{name}” is too long.")
        if rest:
            yield rest

    def _pieces(self, name: str) -> Iterator[bytes]:
        with _in_our_words(self.path):
            yield from chunks(self._stream, self._members[name], self.path.name)

    def _sums(self) -> dict[str, str]:
        names = set(self._members) - {SUMS}
        if len(names) == len(self._members):
            raise changed(self.path, f"“{SUMS}” is missing.")
        odd = next((name for name in sorted(names) if not NAME.fullmatch(name)), "")
        if odd:
            raise changed(self.path, "It holds a file whose name Folkmoot never writes.")
        text = b"".join(self._pieces(SUMS)).decode("utf-8", "replace")
        found = [SUM.fullmatch(line) for line in text.splitlines()]
        sums = {line[2]: line[1] for line in found if line}
        if not all(found) or len(sums) != len(found):
            raise changed(self.path, f"“{SUMS}” cannot be read.")
        for name in sorted(set(sums) ^ names):
            raise changed(self.path, f"“{name}” is {'missing' if name in sums else 'not listed'}.")
        return sums


@contextmanager
def unpacking(path: Path) -> Iterator[Unpacked]:
    """The file, open and its list checked. Refused for what is not there, no zip, or not harmless."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise Refused(f"“{path}” could not be opened.", f"{error.strerror}.", "Name another file.") from error
    with closing(stream):
        sealed = is_sealed(path)
        with _in_our_words(path):
            archive = open_zip(stream, path.name, CAPS)
        yield Unpacked(path, stream, archive, sealed)


def is_sealed(path: Path) -> bool:
    """Whether the file ends with the fingerprint of all that stands before."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - LETTERS - len(SEAL)))
        tail = file.read()
    return tail.startswith(SEAL) and tail[len(SEAL) :] == sealed_part(path).encode()


def changed(path: Path, reason: str) -> Refused:
    """What is said of a file that is not as it was written."""
    return Refused(
        f"“{path.name}” is not as Folkmoot wrote it.", reason, "Fetch it again from where it was written."
    )


@contextmanager
def _in_our_words(path: Path) -> Iterator[None]:
    """What the reader of published zips says, without its advice to ask a publisher."""
    try:
        yield
    except Refused as error:
        raise changed(path, error.reason or error.sentence) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a column stands twice in a row")
    return found
