"""Which cells does an OpenDocument workbook (.ods) hold?

All sheets lie in one part, which is gone through twice: once for the names, once for the rows of one sheet.
Comments, drawings and tracked changes hold text too and are passed over.
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZipFile

from folkmoot.core.spend.reading.files.refusals import damaged, locked
from folkmoot.core.spend.reading.files.workbooks.markup import Attributes, parse, parser
from folkmoot.core.spend.reading.files.workbooks.rows import MOST_COLUMNS, Rows
from folkmoot.core.spend.reading.files.workbooks.texts import decimal_text, length_of, moment_of, plain_text
from folkmoot.core.spend.reading.files.zipped import chunks

SHEET = ("office:document-content", "office:body", "office:spreadsheet", "table:table")
_CELLS = ("table:table-cell", "table:covered-table-cell")
_BLANKS = {"text:tab": "\t", "text:line-break": "\n"}
_OTHERS = ("office:annotation", "draw:", "text:note", "table:table")  # what a cell holds besides its own text
_ERROR = re.compile(r"#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d+")
MOST_BLANKS = 1000  # spaces that one element may stand for, and pieces of a cell up to which they are kept
_ROW_GROUPS = ("table:table-row-group", "table:table-rows", "table:table-header-rows")


@dataclass(slots=True)
class Ods:
    """An opened workbook: `sheets` in order, `hidden` the hidden ones."""

    stream: BinaryIO
    held: ZipFile
    name: str
    sheets: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    def part(self, path: str) -> Generator[bytes, None, None]:
        """The bytes of a part; Refused when it is missing."""
        if path not in self.held.namelist():
            raise damaged(self.name, "One of its parts is missing.")
        return chunks(self.stream, self.held.getinfo(path), self.name)


def open_ods(stream: BinaryIO, held: ZipFile, name: str) -> Ods:
    """The workbook with its list of sheets read; Refused with a password."""
    book = Ods(stream, held, name)
    if "META-INF/manifest.xml" in held.namelist():
        manifest = b"".join(book.part("META-INF/manifest.xml"))
        if b"encryption-data" in manifest:
            raise locked(name)
    unseen: set[str] = set()
    sheets: list[tuple[str, str]] = []
    path: list[str] = []
    style = ""

    def ended(_: str) -> None:
        path.pop()

    def started(tag: str, about: Attributes) -> None:
        nonlocal style
        path.append(tag)
        if tag == "style:style":
            style = about.get("style:name", "")
        elif tag == "style:table-properties" and about.get("table:display") == "false":
            unseen.add(style)
        elif tag == "table:table" and tuple(path) == SHEET:
            sheets.append((about.get("table:name", ""), about.get("table:style-name", "")))

    for _ in parse(book.part("content.xml"), parser(started, ended), name):
        pass
    book.sheets = tuple(sheet for sheet, _ in sheets)
    book.hidden = tuple(sheet for sheet, style in sheets if style in unseen)
    if len(set(book.sheets)) < len(sheets):
        raise damaged(name, "Two of its sheets have the same name.")
    return book


def rows_of(book: Ods, sheet: str) -> Iterator[list[str]]:
    """Every row of a sheet up to its last filled one, from row 1 and column A; an empty row is []."""
    reader = _Table(book.name, sheet)
    for _ in parse(book.part("content.xml"), reader.parser, book.name):
        reader.hear(reader.text)
        yield from reader.ready
        reader.ready = []


class _Table(Rows):
    """Turns the elements of one sheet into rows of texts, repeated cells and rows written out."""

    def __init__(self, name: str, sheet: str) -> None:
        super().__init__(name)
        self.parser = parser(self._started, self._ended)
        self._sheet = sheet
        self._path: list[str] = []
        # How deep the open sheet, row, cell, paragraph and passed-over element lie; 0 when none is open.
        self._in_sheet = self._in_row = self._in_cell = self._in_text = self._in_other = 0
        self._row: list[str] = []
        self._column = self._number = 0  # cells of the row and rows of the sheet so far, empty ones included
        self._row_about: Attributes = {}
        self._about: Attributes = {}
        self.text: list[str] = []

    def _started(self, tag: str, about: Attributes) -> None:
        self._path.append(tag)
        depth = len(self._path)
        if self._in_other:
            return
        if self._in_cell:
            self._started_in_cell(tag, about, depth)
        elif self._in_row:
            if tag in _CELLS:
                self._in_cell, self._about = depth, about
        elif self._in_sheet:
            if tag == "table:table-row":
                self._in_row, self._row_about, self._column = depth, about, 0
            elif tag not in _ROW_GROUPS:
                self._in_other = depth
        elif tuple(self._path) == SHEET and about.get("table:name", "") == self._sheet:
            self._in_sheet = depth

    def _started_in_cell(self, tag: str, about: Attributes, depth: int) -> None:
        if tag.startswith(_OTHERS):
            self._in_other = depth
            self.parser.CharacterDataHandler = None
        elif tag == "text:p" and not self._in_text:
            self._in_text = depth
            if self.text:
                self.text.append("\n")
            self.text.append("")
            self.parser.CharacterDataHandler = self.text.append
        elif self._in_text and tag == "text:s":
            if len(self.text) < MOST_BLANKS:
                self.text.append(" " * min(_count(about, "text:c"), MOST_BLANKS))
        elif self._in_text and tag in _BLANKS:
            self.text.append(_BLANKS[tag])

    def _ended(self, _: str) -> None:
        depth = len(self._path)
        self._path.pop()
        if self._in_other:
            if depth == self._in_other:
                self._in_other = 0
                self.parser.CharacterDataHandler = self.text.append if self._in_text else None
        elif depth == self._in_text:
            self._in_text = 0
            self.parser.CharacterDataHandler = None
        elif depth == self._in_cell:
            self._in_cell = 0
            self._end_cell()
        elif depth == self._in_row:
            self._in_row = 0
            self._end_row()
        elif depth == self._in_sheet:
            self.parser.StartElementHandler = self.parser.EndElementHandler = None

    def _end_cell(self) -> None:
        repeat = _count(self._about, "table:number-columns-repeated")
        text = plain_text(_said(self._about, "".join(self.text)))
        self.text.clear()
        if text:
            if self._column + repeat > MOST_COLUMNS:
                raise damaged(self.name, "A cell stands beyond the last column.")
            self._row.extend([""] * (self._column - len(self._row)))
            self._row.extend([text] * repeat)
        self._column += repeat

    def _end_row(self) -> None:
        repeat = _count(self._row_about, "table:number-rows-repeated")
        if self._row:
            self.add(self._number + 1, self._row, repeat)
            self._row = []
        self._number += repeat


def _count(about: Attributes, key: str) -> int:
    said = about.get(key, "1")
    return max(1, int(said)) if said.isdecimal() and len(said) < 10 else 1


def _said(about: Attributes, text: str) -> str:
    kind = about.get("office:value-type", "string")
    if kind in ("float", "currency", "percentage"):
        # Some programs save a failed formula as the number 0 and show its error.
        return text if _ERROR.fullmatch(text) else decimal_text(about.get("office:value", text))
    if kind == "date":
        return moment_of(about.get("office:date-value", text))
    if kind == "time":
        return length_of(about.get("office:time-value", text))
    if kind == "boolean":
        return about.get("office:boolean-value", text).upper()
    return text or about.get("office:string-value", "")
