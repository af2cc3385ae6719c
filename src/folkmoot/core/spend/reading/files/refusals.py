"""What is a file that is no list, by its first bytes, and what can its owner do?"""

from folkmoot.core.kernel.errors import Refused

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
GZIP = b"\x1f\x8b"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_AS_CSV = "Save it as CSV or as a workbook."
_ASK = "Ask the publisher for the same list as CSV or as a workbook."
_UNPACK = "Unpack it and choose the files inside."
_RESAVE = "Open it in a spreadsheet program and save it as a workbook (.xlsx)."

# What a file that cannot be read begins with, what it is called, and the next step.
_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", _ASK),
    (b"PAR1", "a Parquet file", _AS_CSV),
    (b"ARROW1", "an Arrow file", _AS_CSV),
    (b"SQLite format 3\0", "an SQLite database", _AS_CSV),
    (b"\x00\x01\x00\x00Standard ", "an Access database", _AS_CSV),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"\xfd7zXZ\0", "an xz archive", _UNPACK),
    (b"BZh", "a bzip2 archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstandard archive", _UNPACK),
    (b"\x89PNG", "a picture", _ASK),
    (b"\xff\xd8\xff", "a picture", _ASK),
    (b"GIF8", "a picture", _ASK),
    (b"II*\0", "a picture", _ASK),
    (b"MM\0*", "a picture", _ASK),
    (b"{\\rtf", "a text document (.rtf)", _ASK),
    (b"ID;PWXL", "a SYLK sheet", _RESAVE),
    (b"MIME-Version:", "a web archive", _RESAVE),
    (b"\x09\x00\x04\x00", "a workbook of Excel 2", _RESAVE),
    (b"\x09\x02\x06\x00", "a workbook of Excel 3", _RESAVE),
    (b"\x09\x04\x06\x00", "a workbook of Excel 4", _RESAVE),
)
_SHEETS_2003 = (b"urn:schemas-microsoft-com:office:spreadsheet", b'progid="excel.sheet"')
_PAGES = (b"<!doctype html", b"<html", b"<head", b"<table", b"<meta")


def refuse(name: str, what: str, next_step: str) -> Refused:
    """The refusal of a file of another type.

    >>> str(refuse("a.pdf", "a PDF", "Ask."))
    '“a.pdf” is neither a text table nor a workbook. It looks like a PDF. Ask.'
    """
    return Refused(f"“{name}” is neither a text table nor a workbook.", f"It looks like {what}.", next_step)


def damaged(name: str, where: str) -> Refused:
    """The refusal of a workbook or zip that does not hold together.

    >>> damaged("a.xlsx", "Its list of parts cannot be read.").next_step
    'Fetch it again, or open it in a spreadsheet program and save it anew.'
    """
    return Refused(
        f"“{name}” is damaged or cut short.",
        where,
        "Fetch it again, or open it in a spreadsheet program and save it anew.",
    )


def locked(name: str) -> Refused:
    """The refusal of a file that only opens with a password.

    >>> locked("a.xlsx").reason
    'It opens only with a password.'
    """
    return Refused(
        f"“{name}” could not be read.",
        "It opens only with a password.",
        "Save it without the password, or ask the publisher for an open copy.",
    )


def too_large(name: str, why: str) -> Refused:
    """The refusal of a file that would take too much memory or time.

    >>> too_large("a.zip", "It unpacks to more than 5 bytes.").sentence
    '“a.zip” is too large to read.'
    """
    return Refused(f"“{name}” is too large to read.", why, "Split it by month or year.")


def refuse_other_types(head: bytes, name: str) -> None:
    """Raises Refused when these first bytes are neither text, zip nor OLE; `head` should be 4 kB or more.

    >>> refuse_other_types(b"Date,Supplier,Amount", "a.csv")
    """
    for magic, what, next_step in _BEGINNINGS:
        if head.startswith(magic) and (magic != b"BZh" or head[4:10] == b"1AY&SY"):
            raise refuse(name, what, next_step)
    if head.startswith(GZIP):
        raise refuse(name, "a gzip file packed once more", "Unpack it once and choose the result.")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        raise refuse(name, "a picture", _ASK)
    if head[257:262] == b"ustar":
        raise refuse(name, "a tar archive", _UNPACK)
    _refuse_markup(_plain(head[:8192]), name)


def _refuse_markup(start: bytes, name: str) -> None:
    if not start.startswith(b"<"):
        return
    if any(sign in start for sign in _SHEETS_2003):
        raise refuse(name, "an XML Spreadsheet of Excel 2003", _RESAVE)
    if b"<office:document" in start:
        raise refuse(name, "a flat OpenDocument sheet (.fods)", "Open it and save it as .ods or .xlsx.")
    if b"<table" in start and name.lower().endswith((".xls", ".xlsx")):
        raise refuse(name, "a web page with a table, saved under the name of a workbook", _RESAVE)
    if start.startswith(_PAGES) or (start.startswith(b"<?xml") and b"<html" in start):
        raise Refused(
            f"“{name}” is neither a text table nor a workbook.",
            "It looks like a web page, perhaps an error page saved in place of the file.",
            "Fetch the file again from the publisher's page.",
        )
    if start.startswith(b"<?xml"):
        raise refuse(name, "an XML file", _ASK)


def _plain(head: bytes) -> bytes:
    """The first bytes in small letters, without mark, leading blanks or the zeros of UTF-16."""
    marks = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return marks.replace(b"\0", b"").lower()
