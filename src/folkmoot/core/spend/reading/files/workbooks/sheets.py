"""Which sheets does a workbook have, and what rows do they hold?"""

from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZipFile

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend.reading.files.refusals import refuse
from folkmoot.core.spend.reading.files.workbooks import ods, xls, xlsx
from folkmoot.core.spend.reading.files.zipped import Caps, chunks, open_zip

LARGEST = 256 << 20  # bytes of a workbook that has to be held in memory, being packed or an .xls
_ODS = "application/vnd.oasis.opendocument."
_NEXT = "Ask the publisher for the same list as CSV or as a workbook."


def form_of_zip(held: ZipFile, stream: BinaryIO, name: str) -> str:
    """What a zip is: "xlsx", "ods", or "" for an archive of files; Refused for other documents."""
    names = {member.filename.casefold() for member in held.infolist()}
    if "mimetype" in names:
        kind = (
            b"".join(chunks(stream, held.getinfo("mimetype"), name))[:100].decode("ascii", "replace").strip()
        )
        if kind.startswith(f"{_ODS}spreadsheet"):
            return "ods"
        if kind.startswith("application/"):
            raise refuse(name, "an OpenDocument text or another document", _NEXT)
    if "[content_types].xml" in names:
        if "xl/workbook.bin" in names:
            raise refuse(name, "a binary Excel workbook (.xlsb)", "Open it and save it as .xlsx.")
        if any(one.startswith("xl/") for one in names):
            return "xlsx"
        word = any(one.startswith("word/") for one in names)
        raise refuse(name, "a Word document (.docx)" if word else "a presentation or another document", _NEXT)
    if "index/document.iwa" in names:
        raise refuse(name, "a Numbers document", "Open it in Numbers and export it as CSV or Excel.")
    return ""


def sheets_of(form: str, stream: BinaryIO, name: str, caps: Caps) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sheets, the visible ones first, and which of them are hidden; Refused when there is none."""
    sheets, hidden = _listed(form, stream, name, caps)
    if not sheets:
        raise Refused(
            f"“{name}” holds no sheet with cells.",
            "It has no sheet, or only charts and macros.",
            "Choose another file.",
        )
    return tuple(sorted(sheets, key=lambda sheet: sheet in hidden)), hidden


def _listed(form: str, stream: BinaryIO, name: str, caps: Caps) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if form == "xls":
        old = xls.open_xls(stream.read(), name)
        return tuple(old.sheets), old.hidden
    held = open_zip(stream, name, caps)
    for member in held.infolist():
        for _ in chunks(stream, member, name):
            pass
    if form == "ods":
        document = ods.open_ods(stream, held, name)
        return document.sheets, document.hidden
    book = xlsx.open_xlsx(stream, held, name)
    return tuple(book.parts), book.hidden


def rows_of(form: str, stream: BinaryIO, name: str, caps: Caps, sheet: str) -> Iterator[list[str]]:
    """Every row of a sheet from row 1 and column A, as texts; an empty row is []."""
    if form == "xls":
        yield from xls.rows_of(xls.open_xls(stream.read(), name), sheet)
        return
    held = open_zip(stream, name, caps)
    if form == "ods":
        yield from ods.rows_of(ods.Ods(stream, held, name), sheet)
    else:
        yield from xlsx.rows_of(xlsx.open_xlsx(stream, held, name), sheet)
