"""Where does each record begin and end, even when a quote never closes?"""

import csv
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from folkmoot.core.spend.reading.files.decoding import BETWEEN, LONGEST_LINE

MOST_LINES = 60  # a published cell seldom holds more than a few lines
MOST_CHARACTERS = LONGEST_LINE
LONGEST_KEPT, MOST_CELLS_KEPT = 2_000, 1_000  # characters of a cell, and cells, kept of a row too long
FEW = 64  # lines parted together where something among them needs care
TOGETHER = 12_000  # rows handed on together: what is done by column has a price for each call
MOST_TOGETHER = 4 << 20  # characters handed on together, so that very long rows take bounded memory


class Flaw(Enum):
    """What was wrong with a record as it stood in the file."""

    STRAY_QUOTE = "a quote opens and does not close where it should; its line was read with quoting off"
    TOO_LONG = "the line is too long to be a record"


Record = tuple[int, list[str], Flaw | None]
IsWhole = Callable[[list[str]], bool]


def part_cells(text: str) -> list[str]:
    """The cells of a record that is kept as one text."""
    return text.split(BETWEEN) if text else []


@dataclass(slots=True)
class Block:
    """Records that stand one behind the other: the physical line on which each begins, its cells as one
    text with BETWEEN between them, and flaws by place.
    """

    lines: list[int]
    texts: list[str]
    flaws: dict[int, Flaw] = field(default_factory=dict)
    until: int = 0  # the line behind the last record

    def take_in(self, other: "Block") -> None:
        """The other block's records behind one's own."""
        self.flaws.update((at + len(self.texts), flaw) for at, flaw in other.flaws.items())
        self.lines.extend(other.lines)
        self.texts.extend(other.texts)
        self.until = other.until

    def records(self) -> Iterator[Record]:
        """The records one by one."""
        for at, (line, text) in enumerate(zip(self.lines, self.texts, strict=True)):
            yield line, part_cells(text), self.flaws.get(at)


def read_records(
    lines: Iterable[str], delimiter: str, *, start: int = 1, is_whole: IsWhole | None = None
) -> Iterator[Record]:
    """Records in file order as (physical line of its first line, cells, flaw or None): see `read_blocks`.

    >>> lines = ['a,"b\\n', '1,2\\n', '3,"4\\n', '5"\\n']
    >>> rows = read_records(lines, ",", is_whole=lambda cells: len(cells) == 2)
    >>> [(line, cells) for line, cells, flaw in rows]
    [(1, ['a', '"b']), (2, ['1', '2']), (3, ['3', '4\\n5'])]
    """
    for block in read_blocks([list(lines)], delimiter, start=start, is_whole=is_whole):
        yield from block.records()


def read_blocks(
    blocks: Iterable[list[str]], delimiter: str, *, start: int = 1, is_whole: IsWhole | None = None
) -> Iterator[Block]:
    """The records of blocks of lines, in file order; the first line has the number `start`.

    Lines that are a record each are parted together. A quote that never closes would swallow the rows
    behind it: a record is re-read one line at a time with quoting off when it runs past MOST_LINES or the
    end of the file, when its quotes are not well formed, or when a later line of it is by itself a whole
    row (`is_whole`).
    """
    queue, waiting, characters = _Queue(blocks), Block([], []), 0
    while len(queue):
        at = start
        for block in _next_blocks(queue, delimiter, start, is_whole):
            waiting.take_in(block)
            characters += sum(map(len, block.texts))
            at = block.until
        start = at
        if len(waiting.texts) >= TOGETHER or characters >= MOST_TOGETHER:
            yield waiting
            waiting, characters = Block([], []), 0
    if waiting.texts:
        yield waiting


def _next_blocks(queue: "_Queue", delimiter: str, start: int, is_whole: IsWhole | None) -> Iterator[Block]:
    """The lines before the next odd quote together, or the record that begins with it by itself."""
    lines = queue.take(min(queue.quiet(), TOGETHER))
    texts = _plainly(lines, delimiter) if lines else None
    if texts is not None:
        yield Block(list(range(start, start + len(lines))), texts, until=start + len(lines))
        return
    # An odd quote, a line that is too long, or quotes that are even in number and yet stand wrongly.
    queue.give_back(lines)
    until = start + max(len(lines), 1)
    while start < until and len(queue):
        few = queue.take(min(FEW, until - start, queue.quiet()))
        texts = _plainly(few, delimiter) if few else None
        if texts is None:
            queue.give_back(few)
            feed = _Feed(iter(queue), start)
            block = _one_by_one(feed, delimiter, start + max(len(few), 1), is_whole)
            queue.give_back(feed.waiting[::-1])
        else:
            block = Block(list(range(start, start + len(few))), texts, until=start + len(few))
        yield block
        start = block.until


class _Queue:
    """Lines that wait to be parted into records."""

    def __init__(self, blocks: Iterable[list[str]]) -> None:
        self._blocks = iter(blocks)
        self._lines: list[str] = []
        self._at = 0
        self._odd: list[int] = []

    def __len__(self) -> int:
        """How many lines are at hand; more may come when they are taken."""
        while self._at >= len(self._lines):
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._hold(block)
        return len(self._lines) - self._at

    def _hold(self, lines: list[str]) -> None:
        self._lines, self._at = lines, 0
        self._odd = [at for at, line in enumerate(lines) if '"' in line and line.count('"') % 2]

    def quiet(self) -> int:
        """How many of the lines at hand stand before the next one with an odd number of quotes."""
        at = bisect_left(self._odd, self._at)
        return (self._odd[at] if at < len(self._odd) else len(self._lines)) - self._at

    def take(self, most: int) -> list[str]:
        """Up to so many lines; none at the end."""
        if not most or not len(self):
            return []
        taken = self._lines[self._at : self._at + most]
        self._at += len(taken)
        return taken

    def give_back(self, lines: list[str]) -> None:
        """These lines, the last that were taken, are next again."""
        if len(lines) <= self._at:
            self._at -= len(lines)  # a file of stray quotes gives back at every line: nothing may be copied
        else:
            self._hold([*lines, *self._lines[self._at :]])

    def __iter__(self) -> Iterator[str]:
        while line := self.take(1):
            yield line[0]


def _plainly(lines: list[str], delimiter: str) -> list[str] | None:
    """Each line as a record of its own, or None when that is not what they are."""
    if max(map(len, lines)) >= LONGEST_LINE:
        return None
    quoted = [line for line in lines if '"' in line]
    parted: Iterator[str] = iter(())
    if quoted:
        try:
            rows = list(csv.reader([*quoted, "\n"], delimiter=delimiter))
        except csv.Error:
            return None
        # Each record takes a line at least: equal numbers mean one each. A quote left open in the last of
        # them would take in the empty line behind it.
        if len(rows) != len(quoted) + 1:
            return None
        parted = map(BETWEEN.join, rows)
    # Where there is no quote, parting at the delimiter is all that there is to do, and six times as fast.
    return [
        next(parted) if '"' in line else line.rstrip("\r\n").replace(delimiter, BETWEEN) for line in lines
    ]


def _one_by_one(feed: "_Feed", delimiter: str, until: int, is_whole: IsWhole | None) -> Block:
    """The records that begin before the line `until`."""
    block = Block([], [])
    reader = csv.reader(feed, delimiter=delimiter)
    while feed.line < until:
        flaw = None
        try:
            cells = next(reader)
            if len(feed.current) > 1 and _is_mangled(feed.current, delimiter, is_whole):
                flaw = Flaw.STRAY_QUOTE
            elif feed.characters >= LONGEST_LINE:
                flaw = Flaw.TOO_LONG
        except StopIteration:
            break
        except (_Runaway, csv.Error):
            flaw = Flaw.STRAY_QUOTE
        if flaw is Flaw.STRAY_QUOTE:
            first = feed.keep_first_line()
            flaw = Flaw.TOO_LONG if len(first) >= LONGEST_LINE else flaw
            cells = first.rstrip("\r\n").split(delimiter)
            reader = csv.reader(feed, delimiter=delimiter)
        if flaw:
            block.flaws[len(block.texts)] = flaw
        block.lines.append(feed.line)
        block.texts.append(BETWEEN.join(cells))
        feed.next_record()
    block.until = feed.line
    return block


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


def _is_mangled(lines: list[str], delimiter: str, is_whole: IsWhole | None) -> bool:
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
