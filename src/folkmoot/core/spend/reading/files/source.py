"""Which bytes are these, and may they be read at all?"""

import codecs
import gzip
import hashlib
import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend.reading.files.decoding import guess_encoding

CHUNK = 1 << 20
LARGEST = 4 << 30  # inner bytes; a year of a large council is about a hundredth of this
RATIO = 400  # published spend files shrink 5 to 40 times; a bomb shrinks a thousand times
RATIO_FLOOR = 64 << 20  # below this many inner bytes the ratio does no harm

# What a file that is no text begins with, and what to tell its owner.
CONTAINERS = (
    (b"PK\x03\x04", "a zip file or an Excel workbook (.xlsx)", "Open it and save the sheet as CSV."),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)", "Open it and save the sheet as CSV."),
    (b"%PDF", "a PDF", "Ask the publisher for the same list as CSV."),
    (b"PAR1", "a Parquet file", "Save it as CSV."),
)
PAGES = (b"<!doctype html", b"<html", b"<?xml")


@dataclass(frozen=True, slots=True)
class Source:
    """A file on disk that was looked through once: its name, fingerprint, size and encoding.

    `sha256` and `size` are of the inner bytes (after gunzip); `encoding` is a name Python knows.
    """

    path: Path
    name: str
    sha256: str
    size: int
    encoding: str
    packed: bool
    stamp: tuple[int, int]

    def open(self) -> BinaryIO:
        """The inner bytes from the start. Refused when the file is no longer the one looked through."""
        if _stamp(self.path) != self.stamp:
            raise Refused(
                f"“{self.name}” changed while it was being read.",
                "Its size or time differs from a moment ago.",
                "Wait until it is written in full, then read it again.",
            )
        return _open(self.path, self.packed)


def open_source(
    path: Path | str,
    *,
    name: str = "",
    largest: int = LARGEST,
    ratio: float = RATIO,
    ratio_floor: int = RATIO_FLOOR,
) -> Source:
    """Look through a file once, in bounded memory: fingerprint, size, encoding.

    `largest` caps the inner bytes and `ratio` caps inner to outer bytes (once the inner ones are more than
    `ratio_floor`), so that a small file that unpacks to an enormous one is stopped early.
    `name` replaces the file's own name (an upload has a better one).
    Raises Refused for what is missing, empty, damaged, too large or no text.

    >>> import tempfile; folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.csv").write_bytes(b"Date,Supplier,Amount\\n")
    >>> source = open_source(folder / "a.csv"); source.name, source.size, source.encoding
    ('a.csv', 21, 'utf-8')
    """
    path = Path(path)
    name = name or path.name
    try:
        stamp = _stamp(path)
        with path.open("rb") as outer:
            packed = outer.read(2) == b"\x1f\x8b"
        size, sha256, encoding = _look_through(path, name, packed, (largest, ratio, ratio_floor))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Refused(
            f"“{name}” could not be unpacked.", "The .gz file is damaged or cut short.", "Fetch it again."
        ) from error
    except OSError as error:
        raise Refused(
            f"“{name}” could not be opened.", f"{error.strerror or 'It cannot be read'}.", "Check the path."
        ) from error
    return Source(path, name, sha256, size, encoding, packed, stamp)


def _look_through(path: Path, name: str, packed: bool, caps: tuple[int, float, int]) -> tuple[int, str, str]:
    outer = path.stat().st_size
    largest, ratio, ratio_floor = caps
    digest, size, head = hashlib.sha256(), 0, b""
    feed = _utf8_check()
    with _open(path, packed) as stream:
        while chunk := stream.read(CHUNK):
            if not size:
                head = chunk[:65536]
                _refuse_containers(head, name)
            digest.update(chunk)
            size += len(chunk)
            valid = feed(chunk, False)
            if size > largest or (packed and size > ratio_floor and size > outer * ratio):
                raise Refused(
                    f"“{name}” is too large to read.",
                    f"It unpacks to more than {size - len(chunk):,} bytes from {outer:,}.",
                    "Split it by month or year.",
                )
    if not size:
        raise Refused(f"“{name}” is empty.", "It holds no bytes.", "Choose another file.")
    return size, digest.hexdigest(), guess_encoding(head, valid and feed(b"", True))


def _utf8_check() -> Callable[[bytes, bool], bool]:
    """A running check that the bytes fed so far are UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    valid = True

    def feed(chunk: bytes, final: bool) -> bool:
        nonlocal valid
        if valid:
            try:
                decoder.decode(chunk, final)
            except UnicodeDecodeError:
                valid = False
        return valid

    return feed


def _refuse_containers(head: bytes, name: str) -> None:
    for magic, what, next_step in CONTAINERS:
        if head.startswith(magic):
            raise Refused(f"“{name}” is not a CSV file.", f"It looks like {what}.", next_step)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(PAGES):
        raise Refused(
            f"“{name}” is not a CSV file.",
            "It looks like a web page, perhaps an error page saved in place of the file.",
            "Fetch the file again from the publisher's page.",
        )


def _open(path: Path, packed: bool) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path, "rb") if packed else path.open("rb"))


def _stamp(path: Path) -> tuple[int, int]:
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns
