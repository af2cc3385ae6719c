"""Which cells does an Excel workbook (.xlsx) hold?

Read here rather than by a library because the rows then stream (one stray cell in the last column and row
costs nothing), errors keep their sign, and the parser that guards is the parser that reads.
"""

import posixpath
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from zipfile import ZipFile

from folkmoot.core.spend.reading.files.refusals import damaged, too_large
from folkmoot.core.spend.reading.files.workbooks.markup import check_beginning, elements, local, parse, parser
from folkmoot.core.spend.reading.files.workbooks.texts import plain_text, shown_as
from folkmoot.core.spend.reading.files.workbooks.xlsx_cells import Runs, SheetRows
from folkmoot.core.spend.reading.files.zipped import chunks

LARGEST_PART = 2 << 30  # bytes
MOST_STRINGS = 96 << 20  # bytes of the shared strings, the one part that is held whole


@dataclass(slots=True)
class Xlsx:
    """An opened workbook: `parts` are its sheets' names and parts in order, `hidden` the hidden ones."""

    stream: BinaryIO
    held: ZipFile
    name: str
    parts: dict[str, str] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    is_1904: bool = False
    others: int = 0  # chart, dialogue and macro sheets

    def part(self, path: str, most: int = LARGEST_PART) -> Generator[bytes, None, None]:
        """The bytes of a part, whatever the case of its name; Refused when missing or too large."""
        wanted = path.lstrip("/").casefold()
        for member in self.held.infolist():
            if member.filename.casefold() == wanted:
                if member.file_size > most:
                    raise too_large(self.name, f"One of its parts holds more than {most:,} bytes.")
                return chunks(self.stream, member, self.name)
        raise damaged(self.name, "One of its parts is missing.")

    def has(self, path: str) -> bool:
        """Whether there is such a part."""
        wanted = path.casefold()
        return any(member.filename.casefold() == wanted for member in self.held.infolist())


def open_xlsx(stream: BinaryIO, held: ZipFile, name: str) -> Xlsx:
    """The workbook with its list of sheets read."""
    book = Xlsx(stream, held, name)
    main = _main_part(book)
    kinds = _relations(book, main)
    hidden = []
    for tag, about in elements(book.part(main), name):
        if tag == "workbookPr":
            book.is_1904 = about.get("date1904", "") in ("1", "true", "on")
        elif tag == "sheet":
            identity = next((value for key, value in about.items() if local(key) == "id"), "")
            kind, path = kinds.get(identity, ("", ""))
            if kind != "worksheet":
                book.others += 1
                continue
            sheet = plain_text(about.get("name", ""))
            if sheet in book.parts:
                raise damaged(name, "Two of its sheets have the same name.")
            book.parts[sheet] = path
            check_beginning(book.part(path), name)
            if about.get("state", "visible") != "visible":
                hidden.append(sheet)
    book.hidden = tuple(hidden)
    return book


def _main_part(book: Xlsx) -> str:
    if book.has("_rels/.rels"):
        for kind, path in _relations(book, "").values():
            if kind == "officeDocument":
                return path
    return "xl/workbook.xml"


def _relations(book: Xlsx, part: str) -> dict[str, tuple[str, str]]:
    """By id: what a related part is (the last word of its type), and where it lies."""
    folder, _, file = part.rpartition("/")
    found = {}
    listed = posixpath.join(folder, "_rels", f"{file}.rels")
    for tag, about in elements(book.part(listed), book.name):
        if tag == "Relationship" and about.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", folder, about.get("Target", ""))).lstrip("/")
            found[about.get("Id", "")] = (about.get("Type", "").rpartition("/")[2], path)
    return found


def rows_of(book: Xlsx, sheet: str) -> Iterator[list[str]]:
    """Every row of a sheet up to its last filled one, from row 1 and column A; an empty row is []."""
    beside = dict(_relations(book, _main_part(book)).values())
    strings = _strings(book, beside["sharedStrings"]) if "sharedStrings" in beside else []
    styles = _styles(book, beside["styles"]) if "styles" in beside else []
    sheet_rows = SheetRows(book.name, strings, styles, book.is_1904)
    for _ in parse(book.part(book.parts[sheet]), sheet_rows.parser, book.name):
        sheet_rows.hear(sheet_rows.text)
        yield from sheet_rows.ready
        sheet_rows.ready = []


def _strings(book: Xlsx, path: str) -> list[str]:
    """The shared strings: runs of rich text joined, the readings of Japanese text left out."""
    runs = Runs()
    strings: list[str] = []

    def ended(tag: str) -> None:
        tag = local(tag)
        runs.ended(tag)
        if tag == "si":
            strings.append(plain_text(runs.taken()))

    made = parser(lambda tag, _: runs.started(local(tag)), ended)
    made.CharacterDataHandler = runs.heard.append
    for _ in parse(book.part(path, MOST_STRINGS), made, book.name):
        pass
    return strings


def _styles(book: Xlsx, path: str) -> list[str]:
    """For each cell style: DATE, ELAPSED or NUMBER."""
    codes: dict[str, str] = {}
    styles: list[str] = []
    within = False  # cell styles are listed under cellXfs; cellStyleXfs before it holds others
    for tag, about in elements(book.part(path), book.name):
        if tag == "numFmt":
            codes[about.get("numFmtId", "")] = about.get("formatCode", "")
        elif tag in ("cellXfs", "cellStyles", "dxfs"):
            within = tag == "cellXfs"
        elif within and tag == "xf":
            identity = about.get("numFmtId", "0")
            styles.append(shown_as(int(identity) if identity.isdecimal() else 0, codes.get(identity, "")))
    return styles
