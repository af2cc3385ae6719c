"""Which cells does a workbook hold: XLSX, XLS or ODS?

calamine reads Excel's cells. It trusts what a file claims of itself and lays a sheet out as one block, so a
zip is unpacked here first, within bounds, and what calamine is handed is what was unpacked; the spread of
the cells and the length of their texts are looked at before it starts.
"""

import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from folkmoot.core.network.files.grid import MOST_COLUMNS, MOST_ROWS, Grid, Record, not_read, record_of
from folkmoot.core.network.files.oldbooks import check_old_book
from folkmoot.core.network.files.opendocument import open_document_sheets

MOST_MEMBERS, LARGEST_UNPACKED, HIGHEST_RATIO = 1000, 100_000_000, 150
MOST_CELLS = 3_000_000  # cells in the block from A1 to the last one, over all sheets
MOST_TEXT = 200_000_000  # characters, each text counted once for every cell that names it
_KEPT = re.compile(r"(xl/.*\.(xml|rels)|\[Content_Types\]\.xml|_rels/.*|content\.xml|mimetype)", re.I)
_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Za-z]{1,3})(\d{1,9})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["'](\d{1,9})["']""")
_TEXT_CELL = re.compile(rb"""\bt=["']s["']""")
_OLD = "Save it as a workbook of today (.xlsx) or as CSV."


def workbook_grids(content: bytes, what: str) -> tuple[Grid, ...]:
    """Every sheet with anything in it. Raises Refused for what is damaged, locked, or too large inside."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        check_old_book(content, what)
        return _by_calamine(content, "xls", what)
    members = _unpacked(content, what)
    if "content.xml" in members:
        return open_document_sheets(members["content.xml"], what)
    if any(name.lower().endswith(".bin") and "sheets/" in name for name in members):
        raise not_read(what, "It is a binary workbook (.xlsb).", _OLD)
    if not any(name.startswith("xl/") for name in members):
        raise not_read(what, "It is a packed file, and no workbook is in it.", "Choose the workbook itself.")
    _check_spread(members, what)
    return _by_calamine(_packed(members), "xlsx", what)


def _unpacked(content: bytes, what: str) -> dict[str, bytes]:
    """The members that hold cells, each within what the list of members says and all within bounds."""
    try:
        with ZipFile(io.BytesIO(content)) as held:
            listed = held.infolist()
            whole = sum(member.file_size for member in listed)
            if len(listed) > MOST_MEMBERS or whole > min(
                LARGEST_UNPACKED, max(len(content) * HIGHEST_RATIO, 5_000_000)
            ):
                raise not_read(what, "It unpacks to far more than a sheet of people.", "Save it as CSV.")
            if any(member.flag_bits & 1 for member in listed):
                raise not_read(what, "It is locked with a password.", "Save it without one.")
            chosen = [
                member for member in listed if _KEPT.fullmatch(member.filename) or _is_binary(member.filename)
            ]
            # zipfile never gives more of a member than its declared size, and checks its sum.
            return {member.filename: held.read(member) for member in chosen}
    except (
        BadZipFile,
        zlib.error,
        ValueError,
        OverflowError,
        NotImplementedError,
        EOFError,
        OSError,
    ) as error:
        raise not_read(what, "It is damaged.", "Save it anew, or as CSV.") from error


def _is_binary(name: str) -> bool:
    return name.lower().startswith("xl/worksheets/") and name.lower().endswith(".bin")


def _packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as held:
        for name, body in members.items():
            held.writestr(name, body)
    return out.getvalue()


def _check_spread(members: dict[str, bytes], what: str) -> None:
    cells = texts = 0
    for name, body in members.items():
        if b"<!DOCTYPE" in body or b"<!ENTITY" in body or body[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise not_read(what, "Its markup is none that a workbook has.", "Save it anew, or as CSV.")
        if not name.startswith("xl/worksheets/"):
            continue
        rows = max((int(row) for row in _ROW.findall(body)), default=0)
        columns = 0
        for letters, row in set(_CELL.findall(body)):
            columns, rows = max(columns, _column(letters)), max(rows, int(row))
        cells += rows * columns
        texts += len(_TEXT_CELL.findall(body))
    longest = max((len(text) for text in members.get("xl/sharedStrings.xml", b"").split(b"</si>")), default=0)
    if cells > MOST_CELLS or texts * longest > MOST_TEXT:
        raise not_read(
            what, "Its cells are spread too far.", "Delete what is far from the list, or save it as CSV."
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _by_calamine(content: bytes, kind: str, what: str) -> tuple[Grid, ...]:
    with _guarded(what):
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        grids = [Grid(name, kind, tuple(_records(book, name, what))) for name in names]
    held = tuple(grid for grid in grids if any(not record.blank for record in grid.records))
    if not held:
        raise not_read(what, "It is empty.")
    return held


def _records(book: CalamineWorkbook, name: str, what: str) -> Iterator[Record]:
    sheet = book.get_sheet_by_name(name)
    first = (sheet.start or (0, 0))[0]
    # Rows are those of the sheet, so that a line told to a person is the one that they see.
    for at, cells in enumerate(sheet.iter_rows(), start=first + 1):
        if at - first > MOST_ROWS:
            raise not_read(what, f"It has more than {MOST_ROWS:,} rows.", "Split it in parts.")
        yield record_of(at, [cell_text(cell) for cell in cells[:MOST_COLUMNS]])


def cell_text(cell: object) -> str:
    """A cell of a workbook as text: whole numbers without a point, days as 2026-11-03.

    >>> cell_text(1200.0), cell_text(datetime(2026, 11, 3)), cell_text(True)
    ('1200', '2026-11-03', 'yes')
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, str | int | timedelta) else ""


@contextmanager
def _guarded(what: str) -> Iterator[None]:
    """Turns calamine's errors into refusals, its panics too (a Rust library's word for tripping)."""
    damaged = "It is damaged, or locked with a password."
    try:
        yield
    except CalamineError as error:
        raise not_read(what, damaged, "Save it anew, or as CSV.") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise not_read(what, damaged, "Save it anew, or as CSV.") from error
