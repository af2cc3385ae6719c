"""Where does each record begin and end, even when a quote never closes?"""

import csv
from collections.abc import Callable, Iterator
from enum import Enum

from folkmoot.core.spend.reading.files.decoding import LONGEST_LINE

MOST_LINES = 60  # a published cell seldom holds more than a few lines
MOST_CHARACTERS = LONGEST_LINE


class Flaw(Enum):
    """What was wrong with a record as it stood in the file."""

    STRAY_QUOTE = "a quote opens and does not close where it should; its line was read with quoting off"
    TOO_LONG = "the line is too long to be a record"


Record = tuple[int, list[str], Flaw | None]


class _Runaway(Exception):
    """The record being read has swallowed more lines than a record holds."""


class _Feed:
    """Hands lines to the csv reader and keeps those of the current record, so that they can be re-read."""

    def __init__(self, lines: Iterator[str], start: int) -> None:
        self.lines = lines
        self.waiting: list[str] = []  # lines handed back, the next one last
        self.current: list[str] = []
        self.characters = 0
        self.line = start  # the physical line on which the current record begins

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if self.current and (len(self.current) >= MOST_LINES or self.characters > MOST_CHARACTERS):
            raise _Runaway
        line = self.waiting.pop() if self.waiting else next(self.lines, None)
        if line is None:
            if self.current:
                raise _Runaway  # the file ended inside a quoted cell
            raise StopIteration
        self.current.append(line)
        self.characters += len(line)
        return line

    def next_record(self) -> None:
        self.line += len(self.current)
        self.current.clear()
        self.characters = 0

    def keep_first_line(self) -> str:
        """Hand all lines but the first back to be read again."""
        self.waiting.extend(reversed(self.current[1:]))
        del self.current[1:]
        return self.current[0]


def read_records(
    lines: Iterator[str],
    delimiter: str,
    *,
    start: int = 1,
    is_whole: Callable[[list[str]], bool] | None = None,
) -> Iterator[Record]:
    """Records in file order as (physical line of its first line, cells, flaw or None).

    A quote that never closes would swallow the rows behind it. A record is re-read one line at a time with
    quoting off when it runs past MOST_LINES or the end of the file, when its quotes are not well formed,
    or when a later line of it is by itself a whole row (`is_whole`).

    >>> lines = ['a,"b\\n', '1,2\\n', '3,"4\\n', '5"\\n']
    >>> rows = read_records(iter(lines), ",", is_whole=lambda cells: len(cells) == 2)
    >>> [(line, cells) for line, cells, flaw in rows]
    [(1, ['a', '"b']), (2, ['1', '2']), (3, ['3', '4\\n5'])]
    """
    feed = _Feed(lines, start)
    reader = csv.reader(feed, delimiter=delimiter)
    while True:
        flaw = None
        try:
            cells = next(reader)
            if len(feed.current) > 1 and _is_mangled(feed.current, delimiter, is_whole):
                flaw = Flaw.STRAY_QUOTE
            elif feed.characters >= LONGEST_LINE:
                flaw = Flaw.TOO_LONG
        except StopIteration:
            return
        except (_Runaway, csv.Error):
            flaw = Flaw.STRAY_QUOTE
        if flaw is Flaw.STRAY_QUOTE:
            first = feed.keep_first_line()
            flaw = Flaw.TOO_LONG if len(first) >= LONGEST_LINE else flaw
            cells = first.rstrip("\r\n").split(delimiter)
            reader = csv.reader(feed, delimiter=delimiter)
        yield feed.line, cells, flaw
        feed.next_record()


def _is_mangled(lines: list[str], delimiter: str, is_whole: Callable[[list[str]], bool] | None) -> bool:
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return True
    if is_whole is None:
        return False
    # The last line of an honest record holds the closing quote, so its quotes are odd.
    return any(
        line.count('"') % 2 == 0 and is_whole(next(csv.reader([line], delimiter=delimiter), []))
        for line in lines[1:]
    )
