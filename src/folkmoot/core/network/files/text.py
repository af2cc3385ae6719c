"""Which records does a file of text hold: CSV with commas, semicolons, tabs or bars?"""

import csv
import io
from collections.abc import Iterator, Sequence

from folkmoot.core.network.files.grid import Grid, Record, not_read, record_of, within_rows

DELIMITERS = (",", ";", "\t", "|")
_LONGEST_RECORD = 40  # lines: more than that is a quotation mark that was never closed


def text_of(content: bytes, what: str) -> tuple[str, str]:
    """The text in these bytes, and its encoding: UTF-8, UTF-16 or cp1252. Refused for what is no text.

    >>> text_of("Zoë".encode("cp1252"), "people")
    ('Zoë', 'cp1252')
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), "utf-16"
    if wide := _wide(content):
        return content.decode(wide, errors="replace"), wide
    if content.count(0) > len(content) // 20:
        raise not_read(what, "It is not text.", "Save the sheet as CSV or as a workbook.")
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "cp1252"


def text_grids(content: bytes, what: str) -> tuple[Grid, ...]:
    """The file as one grid for each delimiter that it holds: which one it is, its headings tell.

    >>> [grid.records[0].cells for grid in text_grids(b"a;b,c", "people")]
    [('a;b', 'c'), ('a', 'b,c')]
    """
    text, encoding = text_of(content, what)
    if not text.strip():
        raise not_read(what, "It is empty.")
    lines = list(io.StringIO(text, newline=""))
    met = [delimiter for delimiter in DELIMITERS if delimiter in text] or [","]
    return tuple(Grid("", encoding, within_rows(_records(lines, delimiter), what)) for delimiter in met)


def _wide(content: bytes) -> str:
    """UTF-16 without its mark: every other byte of western text is nought."""
    half = len(content[:4000]) // 2
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        noughts, letters = content[start:4000:2], content[1 - start : 4000 : 2]
        if half > 8 and noughts.count(0) > half * 0.7 and not letters.count(0):
            return name
    return ""


def _records(lines: Sequence[str], delimiter: str) -> Iterator[Record]:
    at = 0
    while at < len(lines):
        cells, used, fault = _record(lines, at, delimiter)
        yield record_of(at + 1, cells, fault)
        at += used


def _record(lines: Sequence[str], at: int, delimiter: str) -> tuple[list[str], int, str]:
    """The record that starts here, how many lines it takes, and what is wrong with it.

    Python's csv lets one unclosed quote swallow the rest of a file without a word. So a record is
    read strictly, within a few lines; where that fails, its first line is read alone.
    """
    reader = csv.reader(lines[at : at + _LONGEST_RECORD], delimiter=delimiter, strict=True)
    try:
        cells = next(reader, [])
        return cells, max(reader.line_num, 1), ""
    except csv.Error:
        line = lines[at]
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return [line], 1, "This row cannot be split into cells."
    return cells, 1, "A quotation mark in this row is never closed." if line.count('"') % 2 else ""
