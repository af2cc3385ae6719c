"""Which bytes are these, and may they be read at all?"""

import codecs
import gzip
import hashlib
import io
import os
import unicodedata
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast
from zipfile import BadZipFile, ZipFile

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend.reading.files import workbooks
from folkmoot.core.spend.reading.files.decoding import guess_encoding
from folkmoot.core.spend.reading.files.refusals import (
    GZIP,
    OLE,
    ZIP,
    damaged,
    refuse,
    refuse_other_types,
    too_large,
)
from folkmoot.core.spend.reading.files.zipped import Caps, chunks, inner_members, open_zip

CHUNK = 1 << 20
LARGEST = 4 << 30  # inner bytes; a year of a large council is about a hundredth of this
RATIO = 400  # published spend files shrink 5 to 40 times; a bomb shrinks a thousand times
RATIO_FLOOR = 64 << 20  # below this many inner bytes the ratio does no harm
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))  # characters that steer the writing and show nothing


@dataclass(frozen=True, slots=True)
class Source:
    """A published file that was looked through once: its name, fingerprint, size and how to read it.

    `sha256` and `size` are of the inner bytes (after gunzip or unzip; of a workbook its own bytes);
    `encoding` is a name Python knows, "" for a workbook. `wrapping` is "", "gzip" or "zip" and `member`
    the name inside the zip; `form` is "text", "xlsx", "xls" or "ods". `sheets` are those of a workbook,
    the visible ones first; `hidden` tells which of them are hidden.
    """

    path: Path
    name: str
    sha256: str
    size: int
    encoding: str
    stamp: tuple[int, int]
    wrapping: str = ""
    member: str = ""
    form: str = "text"
    sheets: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def open(self) -> BinaryIO:
        """The inner bytes from the start. Refused when the file is no longer the one looked through."""
        if _stamp(self.path) != self.stamp:
            raise Refused(
                f"“{self.name}” changed while it was being read.",
                "Its size or time differs from a moment ago.",
                "Wait until it is written in full, then read it again.",
            )
        return _open(self.path, self.wrapping, self.member)

    def rows(self, sheet: str) -> Iterator[list[str]]:
        """Every row of a sheet from row 1 and from column A, as texts; an empty row is [].

        Rows end with the last filled one, and each row with its last filled cell. `sheet` is one of
        `sheets`. Raises Refused when the sheet turns out to be damaged or too large on the way.
        """
        if sheet not in self.sheets:
            raise KeyError(sheet)
        return self._rows(sheet)

    def _rows(self, sheet: str) -> Iterator[list[str]]:
        caps = Caps(max(LARGEST, self.size), float("inf"), LARGEST)  # the file's own were kept before
        with _held(self.open(), self.wrapping) as stream:
            yield from workbooks.rows_of(self.form, stream, self.name, caps, sheet)


@dataclass(frozen=True, slots=True)
class Opened:
    """The sources found in one file, and by name what else it holds with the reason why that is not read."""

    sources: tuple[Source, ...]
    refused: tuple[tuple[str, Refused], ...] = ()


def open_source(
    path: Path | str,
    *,
    name: str = "",
    largest: int = LARGEST,
    ratio: float = RATIO,
    ratio_floor: int = RATIO_FLOOR,
) -> Source:
    """Look through a file once, in bounded memory: fingerprint, size, and what it is.

    `largest` caps the inner bytes and `ratio` caps inner to outer bytes (once the inner ones are more than
    `ratio_floor`), so that a small file that unpacks to an enormous one is stopped early.
    `name` replaces the file's own name (an upload has a better one).
    Raises Refused for what is missing, empty, damaged, too large or of another type, and for a zip
    of which not exactly one member can be read.

    >>> import tempfile; folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.csv").write_bytes(b"Date,Supplier,Amount\\n")
    >>> source = open_source(folder / "a.csv"); source.name, source.size, source.encoding
    ('a.csv', 21, 'utf-8')
    """
    opened = open_sources(path, name=name, largest=largest, ratio=ratio, ratio_floor=ratio_floor)
    if len(opened.sources) == 1:
        return opened.sources[0]
    if len(opened.refused) == 1 and not opened.sources:
        raise opened.refused[0][1]
    name = name or Path(path).name
    if opened.sources:
        raise Refused(
            f"“{name}” holds several files.",
            f"{len(opened.sources)} of them can be read.",
            "Unpack it and choose one.",
        )
    raise Refused(
        f"“{name}” holds nothing that can be read.",
        f"None of its {len(opened.refused)} files is a text table or a workbook.",
        "Choose another file.",
    )


def open_sources(
    path: Path | str,
    *,
    name: str = "",
    largest: int = LARGEST,
    ratio: float = RATIO,
    ratio_floor: int = RATIO_FLOOR,
) -> Opened:
    """Every source in a file: the file itself, or the members of a zip, with those that are not read.

    Arguments as for open_source. Raises Refused when the file or the zip as a whole is not read; a zip
    of which no member can be read has no sources, and `refused` says why, member by member.

    >>> import tempfile; path = Path(tempfile.mkdtemp()) / "2020.zip"
    >>> with ZipFile(path, "w") as made:
    ...     made.writestr("april.csv", "Date,Supplier,Amount"); made.writestr("note.pdf", "%PDF-1.7")
    >>> opened = open_sources(path)
    >>> [source.name for source in opened.sources], [name for name, why in opened.refused]
    (['2020.zip/april.csv'], ['note.pdf'])
    """
    path = Path(path)
    name = plain_name(name or path.name)
    caps = Caps(largest, ratio, ratio_floor)
    try:
        stamp = _stamp(path)
        with path.open("rb") as outer:
            head = outer.read(4)
            if head.startswith(ZIP):
                held = open_zip(outer, name, caps)
                if not workbooks.form_of_zip(held, outer, name):
                    return _members(path, outer, held, name, caps, stamp)
            wrapping = "gzip" if head.startswith(GZIP) else ""
            blank = Source(path, name, "", 0, "", stamp, wrapping)
            return Opened((_looked_through(blank, _pieces(blank), caps, stamp[0]),))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise Refused(
            f"“{name}” could not be unpacked.", "The .gz file is damaged or cut short.", "Fetch it again."
        ) from error
    except OSError as error:
        raise Refused(
            f"“{name}” could not be opened.", f"{error.strerror or 'It cannot be read'}.", "Check the path."
        ) from error


def _members(
    path: Path, outer: BinaryIO, held: ZipFile, name: str, caps: Caps, stamp: tuple[int, int]
) -> Opened:
    """The members of an archive, each read or refused by itself; a zip within the zip is not opened."""
    members = inner_members(held)
    if not members:
        raise Refused(f"“{name}” is empty.", "The zip holds no files.", "Choose another file.")
    sources, refused = [], []
    for member in members:
        inner = f"{name}/{plain_name(member.filename)}"
        blank = Source(path, inner, "", 0, "", stamp, "zip", member.filename)
        try:
            pieces = chunks(outer, member, inner)
            sources.append(_looked_through(blank, pieces, caps, stamp[0]))
        except Refused as why:
            refused.append((plain_name(member.filename), why))
    return Opened(tuple(sources), tuple(refused))


def _looked_through(blank: Source, pieces: Generator[bytes, None, None], caps: Caps, outer: int) -> Source:
    """The source with its fingerprint, size and form, in one pass over its bytes."""
    digest, size, head, form, valid = hashlib.sha256(), 0, b"", "text", False
    feed = _utf8_check()
    with closing(pieces):
        for piece in pieces:
            if not size:
                head = piece[:65536]
                form = _form(head, blank.name)
            digest.update(piece)
            size += len(piece)
            valid = form == "text" and feed(piece, False)
            if blank.wrapping:
                caps.check(blank.name, size, outer)
            elif size > caps.largest:
                raise too_large(blank.name, f"It holds more than {caps.largest:,} bytes.")
    if not size:
        raise Refused(f"“{blank.name}” is empty.", "It holds no bytes.", "Choose another file.")
    whole = replace(blank, sha256=digest.hexdigest(), size=size, form=form)
    if form == "text":
        return replace(whole, encoding=guess_encoding(head, valid and feed(b"", True)))
    if size > workbooks.LARGEST and (blank.wrapping or form == "xls"):
        raise too_large(blank.name, f"A workbook may hold {workbooks.LARGEST:,} bytes.")
    return _workbook(whole, caps)


def _workbook(source: Source, caps: Caps) -> Source:
    with _held(source.open(), source.wrapping) as stream:
        form = source.form
        if form == "zip":
            held = open_zip(stream, source.name, caps)
            form = workbooks.form_of_zip(held, stream, source.name)
            if not form:
                raise refuse(source.name, "a zip packed once more", "Unpack it once and choose the result.")
            stream.seek(0)
        sheets, hidden = workbooks.sheets_of(form, stream, source.name, caps)
    return replace(source, form=form, sheets=sheets, hidden=hidden)


def _form(head: bytes, name: str) -> str:
    if head.startswith(ZIP):
        return "zip"
    if head.startswith(OLE):
        return "xls"
    refuse_other_types(head, name)
    return "text"


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


def plain_name(name: str) -> str:
    r"""A name fit to be shown: control characters and marks that turn the writing round made visible.

    >>> plain_name("a\u202egpj.csv"), plain_name("a\nb.csv")
    ('a�gpj.csv', 'a�b.csv')
    """
    return "".join("�" if unicodedata.category(one) in _UNSEEN else one for one in name)


def _pieces(source: Source) -> Generator[bytes, None, None]:
    with _open(source.path, source.wrapping, source.member) as stream:
        while piece := stream.read(CHUNK):
            yield piece


def _held(stream: BinaryIO, wrapping: str) -> BinaryIO:
    """The stream, in memory when going back in it would unpack it anew; its size was checked before."""
    if not wrapping:
        return stream
    with stream:
        return io.BytesIO(stream.read())


def _open(path: Path, wrapping: str, member: str) -> BinaryIO:
    if wrapping == "gzip":
        return cast(BinaryIO, gzip.open(path, "rb"))
    if wrapping == "zip":
        try:
            with ZipFile(path) as held:
                return cast(BinaryIO, held.open(member))
        except (BadZipFile, KeyError) as error:
            raise damaged(plain_name(path.name), "A member is not where the list of members says.") from error
    return path.open("rb")


def _stamp(path: Path) -> tuple[int, int]:
    found = os.stat(path)
    return found.st_size, found.st_mtime_ns
