"""Which rows stand in this file, or in this sheet of it, block by block?"""

from collections.abc import Iterator
from itertools import islice

from folkmoot.core.spend.reading.files.decoding import BETWEEN, LONGEST_LINE, Text, shown
from folkmoot.core.spend.reading.files.records import (
    LONGEST_KEPT,
    MOST_CELLS_KEPT,
    MOST_TOGETHER,
    Block,
    Flaw,
    IsWhole,
    read_blocks,
)
from folkmoot.core.spend.reading.files.source import Source

SHEET_BLOCK = 2_000  # rows of a sheet handed on together


class Table:
    """The rows of a text file or of one sheet of a workbook, from `first_line` on (counted from 1).

    `encoding` and `delimiter` matter for text, `sheet` for workbooks. `position` says how many inner bytes
    were taken so far, of a workbook how many rows.
    """

    def __init__(
        self, source: Source, *, encoding: str, delimiter: str, sheet: str = "", first_line: int = 1
    ) -> None:
        self._source, self._delimiter, self._sheet = source, delimiter, sheet
        self._first_line, self._encoding = max(first_line, 1), encoding
        self._text: Text | None = None
        self._rows_taken = 0

    @property
    def position(self) -> int:
        """How far it has come."""
        return self._text.position if self._text else self._rows_taken

    @property
    def nul_lines(self) -> int:
        """Lines that held NUL bytes."""
        return self._text.nul_lines if self._text else 0

    def blocks(self, is_whole: IsWhole | None = None) -> Iterator[Block]:
        """The rows, some at a time; `is_whole` tells a row that must not be swallowed by a stray quote."""
        if self._source.form != "text":
            return self._of_sheet()
        self._text = Text(self._source.open(), self._encoding)
        lines = _from_line(self._text.blocks(), self._first_line)
        return read_blocks(lines, self._delimiter, start=self._first_line, is_whole=is_whole)

    def _of_sheet(self) -> Iterator[Block]:
        rows = islice(self._source.rows(self._sheet), self._first_line - 1, None)
        block, characters = Block([], []), 0
        for line, row in enumerate(rows, self._first_line):
            length = sum(map(len, row))
            if length >= LONGEST_LINE:
                block.flaws[len(block.lines)] = Flaw.TOO_LONG
                row = [cell[: LONGEST_KEPT + 1] for cell in row[:MOST_CELLS_KEPT]]
                length = sum(map(len, row))
            block.lines.append(line)
            block.texts.append(BETWEEN.join(map(shown, row)))
            characters += length + len(row)
            if len(block.lines) >= SHEET_BLOCK or characters >= MOST_TOGETHER:
                self._rows_taken = line
                yield block
                block, characters = Block([], []), 0
        if block.lines:
            self._rows_taken = block.lines[-1]
            yield block


def _from_line(blocks: Iterator[list[str]], first: int) -> Iterator[list[str]]:
    """The blocks without the lines before the first one asked for: a title's stray quote harms nobody."""
    skip = first - 1
    for block in blocks:
        if skip < len(block):
            yield block[skip:] if skip else block
        skip = max(skip - len(block), 0)
