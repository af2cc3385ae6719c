"""Where does one record of a `.pb` file end, and which cells are in it?"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from folkmoot.core.decide.budgeting.pabulib.places import refused

_NEWLINE = ord("\n")
_STOP = re.compile(rb"[;\n]|\Z")


class Record(NamedTuple):
    """The cells of one record, without their quotes, and the line on which it begins."""

    line: int
    cells: list[bytes]
    end: int  # where the next record begins
    next_line: int

    @property
    def empty(self) -> bool:
        """Whether nothing is written in any cell."""
        return not b"".join(self.cells).strip()


def records(text: bytes, start: int = 0, line: int = 1, *, hollow: bool = False) -> Iterator[Record]:
    r"""The records of a text whose lines end with a newline, quoted as in CSV.

    Empty lines are left out, and rows of nothing but semicolons too, unless `hollow`.

    A cell that begins with a quote goes on to the next single quote, over lines and semicolons; elsewhere a
    quote is a letter like any other. Every byte is looked at a fixed number of times.

    >>> [(one.line, one.cells) for one in records(b'a;"b;\n""c"" d"\n\ne')]
    [(1, [b'a', b'b;\n"c" d']), (4, [b'e'])]
    """
    while start < len(text):
        if text[start] == _NEWLINE:
            start, line = start + 1, line + 1
            continue
        record = _record(text, start, line)
        start, line = record.end, record.next_line
        if hollow or not record.empty:
            yield record


def _record(text: bytes, start: int, line: int) -> Record:
    end = text.find(b"\n", start)
    end = len(text) if end < 0 else end
    if text.find(b'"', start, end) < 0:
        return Record(line, text[start:end].split(b";"), end + 1, line + 1)
    cells, at, first = [], start, line
    while True:
        cell = b""
        if text.startswith(b'"', at):
            closing = _closing(text, at, line)
            cell = text[at + 1 : closing].replace(b'""', b'"')
            line += text.count(b"\n", at, closing)
            at = closing + 1
        found = _STOP.search(text, at)
        stop = found.start() if found else len(text)
        cells.append(cell + text[at:stop])
        at = stop + 1
        if not text.startswith(b";", stop):
            return Record(first, cells, at, line + 1)


def _closing(text: bytes, at: int, line: int) -> int:
    """Where the quoted cell that begins at `at` ends: two quotes within it stand for one."""
    closing = text.find(b'"', at + 1)
    while text.startswith(b'"', closing + 1) and closing >= 0:
        closing = text.find(b'"', closing + 2)
    if closing < 0:
        raise refused(line, "", "A quote is opened here and never closed.", "Close it, or write it twice.")
    return closing
