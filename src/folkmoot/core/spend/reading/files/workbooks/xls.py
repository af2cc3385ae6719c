"""Which cells does an old Excel workbook (.xls) hold?

calamine reads the cells. It lays a sheet out as one block and trusts the sizes that the file claims, so the
compound file (MS-CFB) and its records (MS-XLS) are gone through first: chains that run in a circle, claims
larger than the file, cells spread too far. It also reads an error as an empty cell, and a negative number
shown as a date as midnight: both come from the records instead. Workbooks before Excel 97 are refused, as
calamine drops their rich text.
"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from folkmoot.core.spend.reading.files.decoding import shown
from folkmoot.core.spend.reading.files.refusals import damaged, locked, refuse
from folkmoot.core.spend.reading.files.workbooks.biff import RESAVE, Reach, check_sizes, sheet_starts, walk
from folkmoot.core.spend.reading.files.workbooks.compound import Broken, open_compound
from folkmoot.core.spend.reading.files.workbooks.texts import moment_text, number_text

_OTHER_FILES = (
    ("WordDocument", "a Word document (.doc)"),
    ("PowerPoint Document", "a presentation (.ppt)"),
    ("__properties_version1.0", "an e-mail (.msg)"),
)


@dataclass(frozen=True, slots=True)
class Xls:
    """A workbook whose records were gone through: `sheets` in order, `hidden` the hidden ones."""

    name: str
    book: CalamineWorkbook
    sheets: dict[str, Reach]
    hidden: tuple[str, ...]


def open_xls(content: bytes, name: str) -> Xls:
    """The workbook with its list of sheets read; Refused for another OLE file, a password or damage."""
    stream = _records_of(content, name)
    reaches = [walk(stream, at, name) for at in sheet_starts(stream, name)]
    check_sizes(stream, reaches, name)
    with _guarded(name):
        book = CalamineWorkbook.from_filelike(BytesIO(content))
    about = book.sheets_metadata
    if len(about) != len(reaches) or len({one.name for one in about}) < len(about):
        raise damaged(name, "Its list of sheets does not hold together.")
    pairs = zip(about, reaches, strict=True)
    sheets = {one.name: reach for one, reach in pairs if one.typ == SheetTypeEnum.WorkSheet}
    shown = {one.name for one in about if one.visible == SheetVisibleEnum.Visible}
    return Xls(name, book, sheets, tuple(sheet for sheet in sheets if sheet not in shown))


def rows_of(book: Xls, sheet: str) -> Iterator[list[str]]:
    """Every row of a sheet up to its last filled one, from row 1 and column A; an empty row is []."""
    instead = book.sheets[sheet].instead
    waiting = 0
    with _guarded(book.name):
        held = book.book.get_sheet_by_name(sheet)
        left = (held.start or (0, 0))[1]
        for number, cells in enumerate(held.iter_rows()):
            texts = [""] * left + [_text(cell) for cell in cells]
            for column, text in instead.get(number, {}).items():
                texts[column] = text
            while texts and not texts[-1]:
                texts.pop()
            if texts:
                yield from ([] for _ in range(waiting))
                yield texts
            waiting = 0 if texts else waiting + 1


def _text(cell: int | float | str | bool | date | datetime | time | timedelta) -> str:
    if isinstance(cell, str):
        return shown(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float):
        return number_text(float(cell))
    return moment_text(cell)


@contextmanager
def _guarded(name: str) -> Iterator[None]:
    """Turns calamine's errors into refusals, its panics too (a Rust library's word for tripping)."""
    try:
        yield
    except CalamineError as error:
        raise damaged(name, "Its records do not hold together.") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(name, "Its records do not hold together.") from error


def _records_of(content: bytes, name: str) -> bytes:
    try:
        held = open_compound(content)
        if "EncryptedPackage" in held.streams:
            raise locked(name)
        for stream, what in _OTHER_FILES:
            if any(one.startswith(stream) for one in held.streams):
                raise refuse(name, what, "Ask the publisher for the same list as CSV or as a workbook.")
        if "Workbook" in held.streams:
            return held.stream("Workbook")
        if "Book" in held.streams:
            raise refuse(name, "a workbook of Excel 95 or older", RESAVE)
    except (Broken, struct.error) as error:
        raise damaged(name, f"As a compound file {error}.") from error
    raise refuse(name, "an old Office file without a workbook in it", RESAVE)
