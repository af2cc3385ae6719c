"""Which letters do these bytes stand for, line by line?"""

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from folkmoot.core.kernel.errors import Refused

LONGEST_LINE = 100_000  # characters; under the csv module's own limit, so that its global setting stays alone
BLOCK = 1 << 20  # characters decoded at a time: some thousand lines

# Cells of a record are kept as one text with this sign between them (in ASCII, the unit separator); in the
# rare file that holds it, and for NUL, the sign made to show it stands in its place.
BETWEEN = "\x1f"
_SHOWN = str.maketrans({"\0": "\u2400", BETWEEN: "\u241f"})

# A byte-order mark as it is, and as it looks after one and two wrong decodings (both are published).
MARKS = ("\ufeff", "ï»¿", "Ã¯Â»Â¿", "Ã¯»¿")

_EACH_BYTE = "folkmoot.each-byte-as-windows-1252"


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8 is read as Windows-1252: files glued together from both are published."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_EACH_BYTE, _as_windows_1252)


def guess_encoding(head: bytes, valid_utf8: bool) -> str:
    """The encoding by its mark, else by the bytes: UTF-8 when all of them fit, else Windows-1252.

    `head` is the first part of the file, `valid_utf8` whether the whole of it is valid UTF-8.

    >>> guess_encoding(b"a,b", True), guess_encoding(b"\\xa3,b", False), guess_encoding(b"a\\0,\\0", True)
    ('utf-8', 'cp1252', 'utf-16-le')
    """
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[:4096]
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if max(odd, even) > 0.3 * len(sample) / 2 and min(odd, even) < 0.05 * len(sample) / 2 + 1:
        return "utf-16-le" if odd > even else "utf-16-be"
    if not valid_utf8:
        return "cp1252"
    return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"


def is_encoding(name: str) -> bool:
    """Whether Python knows an encoding of this name, and it is one in which text is published.

    Codecs that unpack, escape or shift would read plain text as something else.

    >>> [is_encoding(name) for name in ("utf-8", "cp1252", "utf-16", "zip", "unicode_escape", "undefined")]
    [True, True, True, False, False, False]
    """
    try:
        return codecs.lookup(name).name in _WIDE or _PLAIN.decode(name) == _PLAIN.decode("ascii")
    except (LookupError, ValueError):
        return False


_WIDE = frozenset(f"utf-{bits}{order}" for bits in (16, 32) for order in ("", "-le", "-be"))
# Letters and signs as they are, and an A as codecs that escape and shift write it.
_PLAIN = bytes(range(32, 92)) + bytes(range(93, 127)) + rb"\u0041\x41+AGE-~{VPND~}=41"


class Text:
    r"""The physical lines of a stream with their line ends, any mark removed; the stream closes at the end.

    A line longer than LONGEST_LINE is cut there (its length is then exactly LONGEST_LINE), so that a line
    of any size takes bounded memory. NULs become the visible sign U+2400. Windows-1252 stands for UTF-8
    with single bytes of Windows-1252 between.

    >>> list(Text(io.BytesIO(b"\xef\xbb\xbfa,b\r\n1,2"), "utf-8").blocks())
    [['a,b\r\n'], ['1,2']]
    >>> list(Text(io.BytesIO("é,£".encode() + "é,£".encode("cp1252")), "cp1252").blocks())
    [['é,£é,£']]
    """

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream, self._encoding = stream, encoding
        self._is_mixed = codecs.lookup(encoding).name == "cp1252"
        self.nul_lines = 0
        self.position = 0

    def blocks(self) -> Iterator[list[str]]:
        """Some lines at a time, none of them empty."""
        with self._stream:
            rest, first = "", True
            for chunk in self._mixed() if self._is_mixed else self._plain():
                lines = _lines(_unmarked(chunk) if first else rest + chunk)
                first = False
                # The last line may go on, and a "\r" at the end may be half of a line end.
                rest = lines.pop() if lines else ""
                if len(rest) > LONGEST_LINE:
                    rest = _cut(rest)
                self.position = self._stream.tell()
                if lines:
                    yield self._mended(lines)
            if rest:
                yield self._mended(_lines(rest))

    def _plain(self) -> Iterator[str]:
        with io.TextIOWrapper(self._stream, self._encoding, "replace", newline="") as text:
            try:
                while chunk := text.read(BLOCK):
                    yield chunk
            except UnicodeError as error:  # UTF-16 and UTF-32 need a mark where they do not say the order
                raise Refused(
                    f"The file is not written in {self._encoding}.", f"{error}.", "Name another encoding.",
                    field="recipe",
                ) from error  # fmt: skip

    def _mixed(self) -> Iterator[str]:
        """Windows-1252, at full speed where no UTF-8 stands between."""
        rest = b""
        while chunk := self._stream.read(BLOCK):
            whole, part, rest = (
                (rest + chunk).rpartition(b"\n") if b"\n" in chunk else (rest + chunk, b"", b"")
            )
            yield _decoded(whole + part)
        yield _decoded(rest)

    def _mended(self, lines: list[str]) -> list[str]:
        if max(map(len, lines)) >= LONGEST_LINE:
            lines = [line[:LONGEST_LINE] for line in lines]
        if "\0" in (whole := "".join(lines)) or BETWEEN in whole:
            self.nul_lines += sum("\0" in line for line in lines)
            lines = [shown(line) for line in lines]
        return lines


def shown(text: str) -> str:
    """The text with signs that cannot be seen, and would mean something else here, made to be seen."""
    return text.translate(_SHOWN) if "\0" in text or BETWEEN in text else text


def _decoded(content: bytes) -> str:
    if _UTF8_SEQUENCE(content):
        return content.decode("utf-8", _EACH_BYTE)
    return content.decode("cp1252", "replace")


_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]").search


def _lines(text: str) -> list[str]:
    return io.StringIO(text, newline="").readlines()


def _cut(line: str) -> str:
    """A line no longer than LONGEST_LINE, its end kept: without it the next line would be part of it."""
    body = line.rstrip("\r\n")
    return body[:LONGEST_LINE] + line[len(body) :]


def _unmarked(text: str) -> str:
    found = True
    while found:
        found = False
        for mark in MARKS:
            if text.startswith(mark):
                text, found = text[len(mark) :], True
    return text
