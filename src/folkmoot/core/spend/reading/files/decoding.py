"""Which letters do these bytes stand for, line by line?"""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

LONGEST_LINE = 100_000  # characters; under the csv module's own limit, so that its global setting stays alone

NUL_SIGN = "\u2400"

# A byte-order mark as it is, and as it looks after one and two wrong decodings (both are published).
MARKS = ("\ufeff", "ï»¿", "Ã¯Â»Â¿", "Ã¯»¿")


def guess_encoding(head: bytes, valid_utf8: bool) -> str:
    """The encoding by its mark, else by the bytes: UTF-8 when all of them fit, else Windows-1252.

    `head` is the first part of the file, `valid_utf8` whether the whole of it is valid UTF-8.

    >>> guess_encoding(b"a,b", True), guess_encoding(b"\\xa3,b", False), guess_encoding(b"a\\0,\\0", True)
    ('utf-8', 'cp1252', 'utf-16-le')
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[:4096]
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if max(odd, even) > 0.3 * len(sample) / 2 and min(odd, even) < 0.05 * len(sample) / 2 + 1:
        return "utf-16-le" if odd > even else "utf-16-be"
    if not valid_utf8:
        return "cp1252"
    return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"


class Lines:
    r"""The physical lines of a stream with their line ends, any mark removed; the stream closes at the end.

    A line longer than LONGEST_LINE is cut there (its length is then exactly LONGEST_LINE), so that a line
    of any size takes bounded memory. Bytes without a meaning become U+FFFD, NULs the visible sign U+2400.

    >>> list(Lines(io.BytesIO(b"\xef\xbb\xbfa,b\r\n1,2"), "utf-8"))
    ['a,b\r\n', '1,2']
    """

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream, self._encoding = stream, encoding
        self.nul_lines = 0
        self.position = 0

    def __iter__(self) -> Iterator[str]:
        with io.TextIOWrapper(self._stream, self._encoding, errors="replace", newline="") as text:
            readline, count = text.readline, 0
            line = _unmarked(readline(LONGEST_LINE))
            while line:
                if len(line) >= LONGEST_LINE and not line.endswith("\n"):
                    _skip_rest_of_line(text)
                if "\0" in line:
                    self.nul_lines += 1
                    line = line.replace("\0", NUL_SIGN)
                count += 1
                if count % 1000 == 0:
                    self.position = self._stream.tell()
                yield line
                line = readline(LONGEST_LINE)
            self.position = self._stream.tell()


def _skip_rest_of_line(text: io.TextIOWrapper) -> None:
    while rest := text.readline(LONGEST_LINE):
        if rest.endswith(("\n", "\r")):
            return


def _unmarked(line: str) -> str:
    found = True
    while found:
        found = False
        for mark in MARKS:
            if line.startswith(mark):
                line, found = line[len(mark) :], True
    return line
