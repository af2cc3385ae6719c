"""What do small workbooks and zips look like, honest and hostile?"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from xml.sax.saxutils import escape, quoteattr

import xlwt

LIST = b"Date,Supplier,Amount\n2020-04-30,A Ltd,1.00\n"
Cell = str | int | float | bool | date | datetime | time | None
Table = Sequence[Sequence[Cell]]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="[h]:mm:ss"/></numFmts>'
    '<cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0"/>'
    '<xf numFmtId="164"/><xf numFmtId="22"/><xf numFmtId="165"/><xf numFmtId="10"/></cellXfs></styleSheet>'
)


def trimmed(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows without empty cells at their ends, and without empty rows at the end."""
    kept = [list(row) for row in rows]
    for row in kept:
        while row and not row[-1]:
            row.pop()
    while kept and not kept[-1]:
        kept.pop()
    return kept


def zip_of(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members, in their order."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return held.getvalue()


def letters(column: int) -> str:
    """How a column from 0 is named."""
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def days(moment: date | datetime) -> float:
    """A date as a workbook counts it, for days from 1 March 1900."""
    since = datetime.combine(moment, time()) if not isinstance(moment, datetime) else moment
    return (since - datetime(1899, 12, 30)).total_seconds() / 86_400


def xlsx_cell(place: str, cell: Cell) -> str:
    """A cell as Excel writes it."""
    if cell is None:
        return f'<c r="{place}" s="1"/>'
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{cell:d}</v></c>'
    if isinstance(cell, datetime | date):
        return f'<c r="{place}" s="{2 if isinstance(cell, datetime) else 1}"><v>{days(cell)!r}</v></c>'
    if isinstance(cell, time):
        seconds = cell.hour * 3600 + cell.minute * 60 + cell.second
        return f'<c r="{place}" s="2"><v>{seconds / 86_400!r}</v></c>'
    if isinstance(cell, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(_escaped(cell))}</t></is></c>'
    return f'<c r="{place}"><v>{cell!r}</v></c>'


def _escaped(text: str) -> str:
    return re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def sheet_of(table: Table) -> str:
    """A sheet's XML; empty rows are left out, as Excel does."""
    rows = [
        f'<row r="{number}">'
        + "".join(xlsx_cell(f"{letters(at)}{number}", cell) for at, cell in enumerate(row))
        + "</row>"
        for number, row in enumerate(table, start=1)
        if any(cell is not None for cell in row)
    ]
    return worksheet("".join(rows))


def worksheet(rows: str) -> str:
    """A sheet's XML round these rows."""
    start = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}">'
    return f"{start}<sheetData>{rows}</sheetData></worksheet>"


def xlsx_parts(
    sheets: Mapping[str, str], *, state: str = "", kind: str = "worksheet", about: str = ""
) -> dict:
    """The parts of a workbook with these sheets' XML; `state` is that of the first, `kind` of all."""
    listed, links = "", ""
    for at, name in enumerate(sheets, start=1):
        shown = f' state="{state}"' if state and at == 1 else ""
        listed += f'<sheet name={quoteattr(name)} sheetId="{at}" r:id="rId{at}"{shown}/>'
        links += f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="worksheets/sheet{at}.xml"/>'
    links += f'<Relationship Id="rIdS" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    main = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{about}<sheets>{listed}</sheets></workbook>'
    root = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_LINKS}">{root}</Relationships>',
        "xl/workbook.xml": main,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_LINKS}">{links}</Relationships>',
        "xl/styles.xml": STYLES,
        **{f"xl/worksheets/sheet{at}.xml": xml for at, xml in enumerate(sheets.values(), start=1)},
    }


def xlsx_of(table: Table) -> bytes:
    """A workbook (.xlsx) whose sheet "S" holds this table."""
    return zip_of(xlsx_parts({"S": sheet_of(table)}))


def ods_cell(cell: Cell) -> str:
    """A cell as LibreOffice writes it."""
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, bool):
        about = f'boolean" office:boolean-value="{str(cell).lower()}'
    elif isinstance(cell, datetime | date):
        about = f'date" office:date-value="{cell.isoformat()}'
    elif isinstance(cell, time):
        about = f'time" office:time-value="PT{cell:%HH%MM%S}S'
    elif isinstance(cell, str):
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
    else:
        about = f'float" office:value="{cell!r}'
    return (
        f'<table:table-cell office:value-type="{about}"><text:p>shown otherwise</text:p></table:table-cell>'
    )


def ods_parts(rows: str, before: str = "") -> dict[str, str]:
    """The parts of a workbook whose sheet "S" holds these rows."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text", "style", "draw")
    )
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content{names}>'
        f'<office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>",
        "META-INF/manifest.xml": "<manifest/>",
    }


def ods_of(table: Table) -> bytes:
    """A workbook (.ods) whose sheet "S" holds this table, with the empty rest of the sheet behind it."""
    rows = ["".join(ods_cell(cell) for cell in row) or "<table:table-cell/>" for row in table]
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rest = f'<table:table-row table:number-rows-repeated="1048000">{blank}</table:table-row>'
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return zip_of(ods_parts(f"<table:table-row-group>{body}</table:table-row-group>{rest}"))


def xls_of(table: Table) -> bytes:
    """A workbook (.xls) whose sheet "S" holds this table."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("S")
    day, moment = xlwt.easyxf(num_format_str="DD/MM/YYYY"), xlwt.easyxf(num_format_str="DD/MM/YYYY HH:MM:SS")
    for number, row in enumerate(table):
        for at, cell in enumerate(row):
            if cell is not None:
                timed = isinstance(cell, datetime | time)
                style = moment if timed else day if isinstance(cell, date) else xlwt.Style.default_style
                sheet.write(number, at, cell, style)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def records_of(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Each record of an .xls that xlwt made: where it begins, its type, its length."""
    at, ends = 512, 0  # where xlwt begins the stream
    while ends < 2:
        kind, size = struct.unpack_from("<HH", content, at)
        yield at, kind, size
        ends += kind == 0x000A
        at += 4 + size


def patched(content: bytes, at: int, new: bytes) -> bytes:
    """The bytes with some of them replaced."""
    return content[:at] + new + content[at + len(new) :]


def record_patched(content: bytes, kind: int, offset: int, new: bytes) -> bytes:
    """An .xls with the first record of a kind changed; `offset` counts from the record's own beginning."""
    at = next(at for at, found, _ in records_of(content) if found == kind)
    return patched(content, at + offset, new)


def hostile_zips() -> dict[str, tuple[bytes, str]]:
    """Zips that say one thing and are another, with a word of their refusal."""
    bomb = zip_of({"a.csv": b"0" * 5_000_000})
    plain = zip_of({"a.csv": LIST, "b.csv": LIST}, zipfile.ZIP_STORED)
    central = bomb.index(b"PK\x01\x02")
    second = plain.rindex(b"PK\x01\x02")
    small = patched(bomb, central + 24, struct.pack("<L", 10))
    checked = patched(small, central + 16, struct.pack("<L", zlib.crc32(b"0" * 10)))
    secret = patched(bomb, central + 8, b"\x01\0")
    many = zip_of({f"{at}.csv": b"" for at in range(2001)})
    return {
        "declared smaller than it is": (checked, "not what its list"),
        "declared larger than it is": (
            patched(bomb, central + 24, struct.pack("<L", 6_000_000)),
            "not what its",
        ),
        "a wrong check sum": (patched(bomb, central + 16, b"oops"), "not what its list"),
        "encrypted": (secret, "password"),
        "packed by another method": (patched(bomb, central + 10, b"\x0e\0"), "unusual method"),
        "members over one another": (patched(plain, second + 42, bytes(4)), "over one another"),
        "members outside": (patched(plain, second + 42, b"\xff\xff\xff\0"), "not where the list"),
        "one name twice": (plain.replace(b"b.csv", b"a.csv"), "same name"),
        "too many members": (many, "more than 2,000 members"),
        "an endless list": (patched(plain, len(plain) - 10, b"\xff\xff\xff\x7f"), "members"),
        "cut short": (plain[:-30], "list of its members"),
    }


def excel(sheet: str = "", **parts: str | bytes) -> bytes:
    """A workbook with these rows, some of its parts replaced."""
    given = xlsx_parts({"S": worksheet(sheet)})
    return zip_of({**given, **{f"xl/{name}.xml": content for name, content in parts.items()}})


def repeated(columns: int, rows: int) -> bytes:
    """An OpenDocument workbook with one filled cell that is repeated."""
    cell = (
        f'<table:table-cell table:number-columns-repeated="{columns}"><text:p>1</text:p></table:table-cell>'
    )
    row = f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
    return zip_of(ods_parts(row))


def hostile_xml() -> dict[str, tuple[bytes, str]]:
    """Workbooks of XML that would take the memory or fall apart, with a word of their refusal."""
    laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    sheet = worksheet("").replace("<worksheet", f"{laughs}<worksheet")
    parts = xlsx_parts({"S": sheet})
    secret = {**ods_parts(""), "META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}
    twice = ods_parts('</table:table><table:table table:name="S">')
    return {
        "entities": (excel(workbook=f"{laughs}<workbook>&b;</workbook>"), "declares a document type"),
        "entities in UTF-16": (excel(workbook=f"{laughs}<a/>".encode("utf-16")), "declares a document type"),
        "entities in a sheet": (zip_of(parts), "declares a document type"),
        "entities in an ods": (zip_of(ods_parts("", laughs)), "declares a document type"),
        "a column too many": (excel('<row r="1"><c r="XFE1"><v>1</v></c></row>'), "last column"),
        "a million columns": (excel('<row r="1"><c r="ZZZZZ1"><v>1</v></c></row>'), "last column"),
        "a row too many": (excel('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'), "out of order"),
        "rows twice": (excel('<row r="2"/><row r="2"/>'), "out of order"),
        "cells twice": (
            excel('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'),
            "out of order",
        ),
        "a cell of another row": (excel('<row r="1"><c r="A9"><v>1</v></c></row>'), "another row"),
        "a text that is not there": (excel('<row><c t="s"><v>7</v></c></row>'), "a text that is not there"),
        "XML cut short": (excel(workbook="<workbook><sheets>"), "breaks off"),
        "a sheet's part missing": (excel().replace(b"sheet1", b"sheet9"), "missing"),
        "too many columns repeated": (repeated(16_385, 1), "last column"),
        "too many cells repeated": (repeated(16_384, 1_000_000), "more than 12,000,000 cells"),
        "endless repeats": (repeated(1, 999_999_999), "last one"),
        "a password": (zip_of(secret), "password"),
        "two sheets of one name": (zip_of(twice), "same name"),
        "cut short": (xlsx_of([["a"]])[:-40], "list of its members"),
    }


def hostile_records() -> dict[str, tuple[bytes, str]]:
    """Old workbooks that would take the memory or run in a circle, with a word of their refusal."""
    small = xls_of([["Date", 1.5], ["é", 2]])

    def named(name: str) -> bytes:
        wide = name.encode("utf-16-le")
        old = "Workbook".encode("utf-16-le").ljust(64, b"\0") + b"\x12\0"
        assert old in small
        return small.replace(old, wide.ljust(64, b"\0") + struct.pack("<H", len(wide) + 2))

    table = struct.unpack_from("<I", small, 76)[0]  # the sector that says which sector follows which
    numbers = [at for at, kind, _ in records_of(small) if kind in (0x0203, 0x027E)]
    apart = patched(small, numbers[-1] + 4, b"\xff\xff\xff\xff")
    return {
        "a circle of sectors": (patched(small, 512 * (table + 1), bytes(4)), "leads astray"),
        "more sectors than bytes": (patched(small, 44, b"\xff\xff\xff\x7f"), "more sectors"),
        "cells far apart": (apart, "more than 12,000,000 cells apart"),
        "more texts than room": (record_patched(small, 0x00FC, 8, b"\xff\xff\xff\x7f"), "more texts"),
        "a claim of endless rows": (
            record_patched(small, 0x0200, 8, b"\xff\xff\xff\x7f"),
            "claims more",
        ),
        "a claim upside down": (
            record_patched(small, 0x0200, 4, b"\xff\0\0\0"),
            "sizes that cannot be",
        ),
        "a password": (record_patched(small, 0x0040, 0, b"\x2f\0"), "password"),
        "a password of a newer workbook": (named("EncryptedPackage"), "password"),
        "a letter": (named("WordDocument"), "Word document"),
        "nothing known": (named("Something"), "without a workbook"),
        "Excel 95": (record_patched(small, 0x0809, 4, b"\0\5"), "Excel 95"),
        "cut short": (small[:2000], "damaged or cut short"),
    }
