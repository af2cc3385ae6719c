"""Is every wrapping and workbook read to the same texts, and every hostile one refused with words?"""

import gzip
import os
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from core.spend import books
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend.reading.files.source import Opened, Source, open_source, open_sources
from folkmoot.core.spend.reading.files.workbooks.texts import number_text

CSV = books.LIST
WRITERS = {"xlsx": books.xlsx_of, "ods": books.ods_of, "xls": books.xls_of}
WRAPPINGS: dict[str, Callable[[bytes], bytes]] = {
    "": lambda content: content,
    "gzip": gzip.compress,
    "zip": lambda content: books.zip_of({"inside/list.bin": content}),
}
SMALL = {form: write([["Date", 1.5], ["é", date(2020, 4, 30)]]) for form, write in WRITERS.items()}

_texts = st.text("abXY é£&<>'\",;_x0041\n😀", max_size=12).map(lambda text: text.strip("\n"))
_moments = st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(microsecond=0))
_cells = st.one_of(
    st.none(),
    _texts.filter(bool),
    st.integers(-(10**9), 10**9),
    st.integers(-(10**13), 10**13).map(lambda pence: pence / 100),
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(1e-10, 1e-3),
    st.floats(1e12, 1e22),
    st.booleans(),
    _moments,
    _moments.map(datetime.date),
    st.times().map(lambda at: at.replace(microsecond=0)),
)
tables = st.lists(st.lists(_cells, max_size=5), max_size=6)


def said(cell: books.Cell) -> str:
    """What a cell says as text, put otherwise than in the program."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M:%S}"
    if isinstance(cell, date | time):
        return cell.isoformat()
    written_out = not cell or 1e-9 <= abs(cell) < 1e21
    return (f"{Decimal(repr(cell)) or Decimal():f}" if written_out else repr(cell)).removesuffix(".0")


def written(folder: Path, content: bytes, name: str = "file.bin") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def opened(folder: Path, content: bytes, name: str = "file.bin") -> Source:
    return open_source(written(folder, content, name))


def rows(folder: Path, content: bytes) -> list[list[str]]:
    """Every row of the first sheet."""
    source = opened(folder, content)
    return list(source.rows(source.sheets[0]))


@settings(max_examples=40, deadline=None)
@given(table=tables, form=st.sampled_from(sorted(WRITERS)), wrapping=st.sampled_from(sorted(WRAPPINGS)))
def test_a_table_says_the_same_in_every_form_and_wrapping(
    table: list[list[books.Cell]], form: str, wrapping: str
) -> None:
    content = WRITERS[form](table)
    with tempfile.TemporaryDirectory() as folder:
        source = opened(Path(folder), WRAPPINGS[wrapping](content))
        found = list(source.rows("S"))
    expected = books.trimmed([[said(cell) for cell in row] for row in table])
    assert (source.form, source.wrapping, source.size, source.encoding) == (form, wrapping, len(content), "")
    assert (source.sheets, source.hidden) == (("S",), ())
    assert found == expected


# A cell's attributes and content in Excel's XML, and what it says.
EXCEL = [
    ('t="s"', "<v>0</v>", "A\rB"),
    ('t="s"', "<v>1</v>", "Rich & poor"),
    ('t="e"', "<v>#REF!</v>", "#REF!"),
    ('t="str"', '<f>A1&amp;"x"</f><v>00123</v>', "00123"),
    ('t="inlineStr"', "<is><r><t>in</t></r><r><t>line</t></r></is>", "inline"),
    ('t="d"', "<v>2020-04-30T00:00:00</v>", "2020-04-30"),
    ("", "<f>1+1</f><v>2</v>", "2"),
    ("", "<f>NOW()</f>", ""),
    ("", "<v>1.2E-3</v>", "0.0012"),
    ("", "<v>12345678901234567890</v>", "12345678901234567890"),
    ('s="4"', "<v>0.2</v>", "0.2"),
    ('s="3"', "<v>1.5</v>", "36:00:00"),
    ('s="1"', "<v>-5</v>", "-5"),
    ('s="1"', "<v>1e9</v>", "1000000000"),
]


def test_cells_of_excel_say_what_is_stored(tmp_path: Path) -> None:
    cells = "".join(f"<c {about}>{content}</c>" for about, content, _ in EXCEL)
    sheet = books.worksheet(f'<row r="2"><c r="B2"><v>1</v></c>{cells}</row><row><c><v>7</v></c></row>')
    parts = books.xlsx_parts({"S": sheet})
    links, ending = "xl/_rels/workbook.xml.rels", "</Relationships>"
    link = f'<Relationship Id="x" Type="t/sharedStrings" Target="/xl/sharedStrings.xml"/>{ending}'
    parts[links] = parts[links].replace(ending, link)
    parts["xl/sharedStrings.xml"] = (
        '<sst><si><t>A_x000D_B</t></si><si><r><t xml:space="preserve">Rich </t></r>\n'
        "<r><t>&amp; poor</t></r><rPh><t>reading</t></rPh></si></sst>"
    )
    assert rows(tmp_path, books.zip_of(parts)) == [[], ["", "1", *(text for _, _, text in EXCEL)], ["7"]]


def test_days_may_be_counted_from_1904(tmp_path: Path) -> None:
    sheet = books.worksheet('<row r="1"><c r="A1" s="1"><v>42489</v></c><c r="B1" s="1"><v>0</v></c></row>')
    parts = books.xlsx_parts({"S": sheet}, about='<workbookPr date1904="1"/>')
    assert rows(tmp_path, books.zip_of(parts)) == [["2020-04-30", "1904-01-01"]]
    held = xlwt.Workbook()
    held.dates_1904 = True
    held.add_sheet("S").write(0, 0, date(2020, 4, 30), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    held.save(tmp_path / "a.xls")
    assert list(open_source(tmp_path / "a.xls").rows("S")) == [["2020-04-30"]]


# A cell's attributes and content in OpenDocument's XML, and what it says.
OPENDOCUMENT = [
    ('value-type="currency" office:value="-12.50"', "<text:p>£12</text:p>", "-12.5"),
    ('value-type="percentage" office:value="0.2"', "<text:p>20%</text:p>", "0.2"),
    ('value-type="float" office:value="0"', "<text:p>#DIV/0!</text:p>", "#DIV/0!"),
    ('value-type="time" office:time-value="PT26H30M00S"', "", "26:30:00"),
    ('value-type="string" office:string-value="only here"', "", "only here"),
    (
        'value-type="string"',
        '<text:p>a<text:s text:c="2"/>b<text:tab/></text:p><text:p>c</text:p>',
        "a  b\t\nc",
    ),
    ('value-type="string"', "<text:p>a <text:span>b</text:span> c</text:p>", "a b c"),
    (
        'value-type="string"',
        "<office:annotation><text:p>x</text:p></office:annotation><text:p>y</text:p>",
        "y",
    ),
    ('value-type="string"', "<text:p>y<draw:frame><text:p>x</text:p></draw:frame>z</text:p>", "yz"),
]


def test_cells_of_opendocument_say_what_is_stored(tmp_path: Path) -> None:
    cells = "".join(
        f"<table:table-cell office:{about}>{content}</table:table-cell>" for about, content, _ in OPENDOCUMENT
    )
    empty = '<table:table-cell table:number-columns-repeated="2"/>'
    covered = "<table:covered-table-cell><text:p>kept</text:p></table:covered-table-cell>"
    twice = f'<table:table-row table:number-rows-repeated="2">{empty}{cells}{covered}</table:table-row>'
    gap = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    row = ["", "", *(text for _, _, text in OPENDOCUMENT), "kept"]
    assert rows(tmp_path, books.zip_of(books.ods_parts(gap + twice + gap))) == [[], [], [], row, row]


def test_errors_and_negative_days_of_old_workbooks_are_told(tmp_path: Path) -> None:
    held = xlwt.Workbook()
    sheet = held.add_sheet("S")
    for column in range(2, 5):
        sheet.write(1, column, -5 if column < 4 else -5.25, xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    sheet.row(1).set_cell_error(5, "#REF!")
    sheet.write(1, 6, 43951.5, xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    sheet.write(1, 7, xlwt.Formula("1/0"))
    sheet.write(1, 8, "_x0041_")
    held.save(tmp_path / "a.xls")
    failed = bytes([2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF])  # as Excel saves a formula that comes to #N/A
    content = books.record_patched((tmp_path / "a.xls").read_bytes(), 0x0006, 10, failed)
    row = ["", "", "-5", "-5", "-5.25", "#REF!", "2020-04-30 12:00:00", "#N/A", "_x0041_"]
    assert rows(tmp_path, content) == [[], row]


def test_visible_sheets_come_first_and_charts_are_no_sheets(tmp_path: Path) -> None:
    sheet = books.sheet_of([["a"]])
    source = opened(
        tmp_path, books.zip_of(books.xlsx_parts({"Old": sheet, "New": sheet}, state="veryHidden"))
    )
    assert (source.sheets, source.hidden) == (("New", "Old"), ("Old",))
    with pytest.raises(KeyError):
        source.rows("Chart")
    for parts in (books.xlsx_parts({"Chart": sheet}, kind="chartsheet"), books.xlsx_parts({})):
        with pytest.raises(Refused, match="no sheet with cells"):
            opened(tmp_path, books.zip_of(parts))


def test_a_stray_cell_in_the_last_row_and_column_costs_little(tmp_path: Path) -> None:
    stray = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    found = rows(tmp_path, books.zip_of(books.xlsx_parts({"S": books.worksheet(stray)})))
    assert (len(found), found[0], len(found[-1]), found[-1][-1]) == (1_048_576, ["1"], 16_384, "2")
    assert not any(found[1:-1])


# What lies in a zip, and why it is not read; nothing where it is, None where it is passed over.
MEMBERS: dict[str, tuple[bytes, str | None]] = {
    "2020/april.csv": (CSV, ""),
    "2020/": (b"", None),
    "may.csv": (gzip.compress(CSV), "packed once more"),
    "june.xlsx": (SMALL["xlsx"], ""),
    "note.pdf": (b"%PDF-1.7", "a PDF"),
    "letter.docx": (books.zip_of({"[Content_Types].xml": "", "word/document.xml": ""}), "Word document"),
    "more.zip": (books.zip_of({"july.csv": CSV}), "a zip packed once more"),
    "photo\u202egpj.exe": (b"\xff\xd8\xff", "a picture"),
    "empty.csv": (b"", "holds no bytes"),
    "__MACOSX/._april.csv": (b"x", None),
    "2020/.DS_Store": (b"x", None),
}


def test_a_zip_gives_what_can_be_read_and_says_why_the_rest_is_not(tmp_path: Path) -> None:
    content = books.zip_of({name: held for name, (held, _) in MEMBERS.items()})
    found = open_sources(written(tmp_path, content, "year.zip"))
    assert [source.name for source in found.sources] == ["year.zip/2020/april.csv", "year.zip/june.xlsx"]
    first = found.sources[0]
    assert (first.member, first.wrapping, first.size) == ("2020/april.csv", "zip", len(CSV))
    with first.open() as stream:
        assert stream.read() == CSV
    expected = {name.replace("\u202e", "\ufffd"): why for name, (_, why) in MEMBERS.items() if why}
    assert [name for name, _ in found.refused] == list(expected)
    assert all(
        why in str(refused) for why, (_, refused) in zip(expected.values(), found.refused, strict=True)
    )


def test_one_source_is_asked_of_a_zip_of_one(tmp_path: Path) -> None:
    one = {"note.pdf": b"%PDF-1.7"}
    assert opened(tmp_path, books.zip_of({**one, "a.csv": CSV}), "a.zip").name == "a.zip/a.csv"
    for members, words in (
        ({"a.csv": CSV, "b.csv": CSV}, "holds several files"),
        (one, "a PDF"),
        ({**one, "b.pdf": b"%PDF"}, "None of its 2 files"),
    ):
        with pytest.raises(Refused, match=words):
            opened(tmp_path, books.zip_of(members), "a.zip")


def test_names_do_not_decide(tmp_path: Path) -> None:
    assert opened(tmp_path, SMALL["xlsx"], "list.csv").form == "xlsx"
    assert opened(tmp_path, SMALL["ods"], "list.xls").form == "ods"
    tabs = CSV.replace(b",", b"\t")
    source = opened(tmp_path, tabs, "list.xls")
    with source.open() as stream:
        assert (source.form, source.encoding, stream.read()) == ("text", "utf-8", tabs)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "holds no bytes"),
        (b"%PDF-1.7", "a PDF"),
        (b"PAR1xxxx", "Parquet"),
        (b"SQLite format 3\0", "SQLite"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"Rar!\x1a\x07\x01\0", "RAR"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (gzip.compress(gzip.compress(CSV)), "packed once more"),
        (gzip.compress(books.zip_of({"a.csv": CSV})), "packed once more"),
        (gzip.compress(CSV)[:-9], "cut short"),
        (b"\n<!DOCTYPE html><p>Not found", "web page"),
        ("<html><table><tr><td>1".encode("utf-16"), "web page with a table"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>', "Excel 2003"),
        (b"<?xml version='1.0'?><office:document>", "flat OpenDocument"),
        (books.zip_of({"[Content_Types].xml": "<a/>", "xl/workbook.bin": ""}), "xlsb"),
        (books.zip_of({"[Content_Types].xml": "<a/>", "ppt/presentation.xml": ""}), "presentation"),
        (books.zip_of({"mimetype": "application/vnd.oasis.opendocument.text"}), "OpenDocument text"),
        (books.zip_of({}), "holds no files"),
        (b"PK\x03\x04rest", "list of its members"),
    ],
)
def test_other_types_are_refused_with_words_that_help(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        opened(tmp_path, content, "list.xls")
    assert refused.value.next_step


@pytest.mark.parametrize(
    "name", ["../a.csv", "a/../../b", "/etc/a", "C:a.csv", "..\\a", "a\\b.csv", "a\0b.csv"]
)
def test_a_zip_whose_names_lead_out_is_refused_whole(tmp_path: Path, name: str) -> None:
    placed = books.zip_of({"good.csv": CSV, "x" * len(name): CSV}).replace(b"x" * len(name), name.encode())
    with pytest.raises(Refused, match="leads out"):
        open_sources(written(tmp_path, placed))


HOSTILE = books.hostile_zips()


@pytest.mark.parametrize("what", sorted(HOSTILE))
def test_a_zip_that_lies_is_refused(tmp_path: Path, what: str) -> None:
    content, words = HOSTILE[what]
    with pytest.raises(Refused, match=words):
        opened(tmp_path, content)


@pytest.mark.parametrize("wrap", [lambda inner: books.zip_of({"a.csv": inner}), gzip.compress])
def test_a_small_file_that_unpacks_to_an_enormous_one_is_stopped(
    tmp_path: Path, wrap: Callable[[bytes], bytes]
) -> None:
    path = written(tmp_path, wrap(b"0" * 5_000_000))
    assert open_source(path).size == 5_000_000
    for caps in ({"largest": 1_000_000}, {"ratio": 100, "ratio_floor": 1_000_000}):
        with pytest.raises(Refused, match="too large"):
            open_source(path, **caps)


BROKEN = {**books.hostile_xml(), **{f"xls: {what}": one for what, one in books.hostile_records().items()}}


@pytest.mark.parametrize("what", sorted(BROKEN))
def test_a_hostile_workbook_is_refused(tmp_path: Path, what: str) -> None:
    content, words = BROKEN[what]
    with pytest.raises(Refused, match=words) as refused:
        rows(tmp_path, content)
    assert refused.value.next_step


def changed(content: bytes, changes: list[tuple[int, int]]) -> bytes:
    """The bytes with some of them set to others; places count round the end."""
    held = bytearray(content)
    for at, byte in changes:
        held[at % len(held)] = byte
    return bytes(held)


_changes = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8)
_parts = st.sampled_from(
    [
        books.xlsx_parts({"S": books.sheet_of([["Date", 1.5], ["é", date(2020, 4, 30)]])}),
        books.ods_parts(f"<table:table-row>{books.ods_cell('é')}{books.ods_cell(1.5)}</table:table-row>"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(form=st.sampled_from(sorted(SMALL)), parts=_parts, changes=_changes, data=st.data())
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(
    form: str, parts: dict[str, str], changes: list[tuple[int, int]], data: st.DataObject
) -> None:
    if data.draw(st.booleans()):
        content = changed(SMALL[form], changes)
        content = content[: data.draw(st.integers(1, len(content)))] if data.draw(st.booleans()) else content
    else:
        inside = data.draw(st.sampled_from(sorted(parts)))
        content = books.zip_of({**parts, inside: changed(parts[inside].encode(), changes)})
    with tempfile.TemporaryDirectory() as folder, suppress(Refused):
        found: Opened = open_sources(written(Path(folder), content))
        for source in found.sources:
            assert all(isinstance(row, list) for sheet in source.sheets for row in source.rows(sheet))


def test_a_zip_that_changes_meanwhile_is_refused(tmp_path: Path) -> None:
    source = opened(tmp_path, books.zip_of({"list.xlsx": SMALL["xlsx"]}))
    source.path.write_bytes(books.zip_of({"list.xlsx": SMALL["ods"] * 2}))
    with pytest.raises(Refused, match="changed while"):
        list(source.rows("S"))


OPEN_DATA = os.environ.get("FOLKMOOT_OPEN_DATA", "")


@pytest.mark.skipif(not OPEN_DATA, reason="FOLKMOOT_OPEN_DATA names no folder of open data")
def test_published_workbooks_add_up_as_another_reader_adds_them(tmp_path: Path) -> None:
    paths = sorted((Path(OPEN_DATA) / "spend").rglob("*.xls*"))
    assert len(paths) >= 15
    for path in paths:
        source = open_source(path)
        with CalamineWorkbook.from_path(path) as other:
            assert set(source.sheets) == set(other.sheet_names)
            for sheet in source.sheets:
                cells = other.get_sheet_by_name(sheet).to_python()
                numbers = [cell for row in cells for cell in row if type(cell) in (int, float)]
                texts = [text for row in source.rows(sheet) for text in row]
                assert sum(map(bool, texts)) == sum(cell != "" for row in cells for cell in row), path.name
                assert not Counter(number_text(float(one)) for one in numbers) - Counter(texts), path.name
