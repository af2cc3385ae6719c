"""Which columns does a table have, and which words stand in each?"""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from folkmoot.core.decide.opinions.files.refusing import short, wrong
from folkmoot.core.decide.opinions.votes import Places

DELIMITERS = (",", ";", "\t")
MOST_COLUMNS = 12_000  # ten thousand statements, and what may stand before them
BLOCK = 4 << 20  # bytes read at a time
HEAD = 4 << 20  # characters in which the heading must end
ROWS = 5_000  # rows read at a time, the slow way

# Each column as its different words, and which of them stands in each row.
Column = tuple[list[str], Places]


@dataclass(frozen=True)
class Sheet:
    """A table in text: its heading, and its rows in blocks. Arrow reads what is well formed; what it does not
    take is read cell by cell, which is slow and forgiving."""

    name: str
    header: tuple[str, ...]
    delimiter: str
    body: memoryview  # in UTF-8, what comes after the heading
    quoted: bool  # whether a quotation mark stands in it
    before: int  # lines taken by the heading

    def column(self, *names: str) -> int | None:
        """The place of the first of these columns that there is, whatever its case, with - and _ alike."""
        known = self._known
        return next((known[one] for one in names if one in known), None)

    @cached_property
    def _known(self) -> dict[str, int]:
        known: dict[str, int] = {}
        for place, heading in enumerate(self.header):
            known.setdefault(heading.casefold().replace("_", "-").replace(" ", "-"), place)
        return known

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that is not blank, with the line on which it ends, as long as the heading.

        Raises Refused where a row has more cells than there are headings, or a quotation mark never ends.
        """
        lines = io.TextIOWrapper(io.BytesIO(self.body), encoding="utf-8", newline="")
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        width = len(self.header)
        try:
            for cells in reader:
                if not cells or (len(cells) < width and not any(map(str.strip, cells))):
                    continue
                if len(cells) > width and any(map(str.strip, cells[width:])):
                    raise wrong(
                        self.name,
                        f"It has {len(cells):,} cells under {width:,} headings.",
                        line=self.before + reader.line_num,
                    )
                yield self.before + reader.line_num, cells[:width] + [""] * (width - len(cells))
        except csv.Error as error:
            line = self.before + reader.line_num
            raise wrong(
                self.name, f"{short(str(error))}.", "Check its quotation marks.", line=line
            ) from error

    def line_of(self, row: int) -> int:
        """The line of a row (from 0)."""
        return next((line for place, (line, _) in enumerate(self.rows()) if place == row), 0)

    def blocks(self, columns: Sequence[int]) -> Iterator[list[Column]]:
        """These columns, some thousand rows at a time."""
        told = 0
        if bytes(self.body[:3]) == codecs.BOM_UTF8:  # Arrow would pass over it
            yield from self._slow(columns, told)
            return
        try:
            for block in self._quick(columns):
                yield block
                told += len(block[0][1])
        except pa.ArrowInvalid:
            yield from self._slow(columns, told)

    def _quick(self, columns: Sequence[int]) -> Iterator[list[Column]]:
        names = [str(place) for place in range(len(self.header))]
        wanted = [names[place] for place in columns]
        words = pa.dictionary(pa.int32(), pa.string())
        if not len(self.body):
            return
        reader = pc.open_csv(
            pa.BufferReader(pa.py_buffer(self.body)),
            pc.ReadOptions(column_names=names, block_size=min(BLOCK, len(self.body))),
            pc.ParseOptions(delimiter=self.delimiter, newlines_in_values=self.quoted),
            pc.ConvertOptions(
                column_types=dict.fromkeys(wanted, words), include_columns=wanted, strings_can_be_null=False
            ),
        )
        with reader:
            for batch in reader:
                yield [
                    (one.dictionary.to_pylist(), one.indices.to_numpy(zero_copy_only=False))
                    for one in batch.columns
                ]

    def _slow(self, columns: Sequence[int], told: int) -> Iterator[list[Column]]:
        held: list[list[str]] = []
        for place, (_, cells) in enumerate(self.rows()):
            if place < told:
                continue
            held.append([cells[one] for one in columns])
            if len(held) == ROWS:
                yield _encoded(held, len(columns))
                held = []
        if held:
            yield _encoded(held, len(columns))


def sheet_of(text: str, name: str) -> Sheet:
    """The table in a text with commas, semicolons or tabs. Raises Refused where it has no heading."""
    start = len(text) - len(text.lstrip("\ufeff\r\n"))
    stream = io.StringIO(text[start : start + HEAD], newline="")
    first = next((line for line in stream if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    stream.seek(0)
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    try:
        header = next((cells for cells in reader if any(map(str.strip, cells))), [])
    except csv.Error as error:
        raise wrong(name, f"{short(str(error))}.", "Check its quotation marks.", line=1) from error
    if not header:
        raise wrong(name, "It has no heading.", "Choose another file.")
    if len(header) > MOST_COLUMNS:
        raise wrong(name, f"It has {len(header):,} columns; {MOST_COLUMNS:,} are the most.")
    before = text[:start].count("\n") + reader.line_num
    content = text.encode()
    at = len(text[: start + stream.tell()].encode())
    names = tuple(cell.strip() for cell in header)
    return Sheet(name, names, delimiter, memoryview(content)[at:], content.find(b'"', at) >= 0, before)


def _encoded(rows: list[list[str]], width: int) -> list[Column]:
    told: list[Column] = []
    for place in range(width):
        words: dict[str, int] = {}
        codes = [words.setdefault(row[place], len(words)) for row in rows]
        told.append((list(words), np.array(codes, dtype=np.int32)))
    return told
