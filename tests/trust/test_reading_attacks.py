"""What do files and recipes do that were made to break the reading, or to take its money or memory?"""

import hashlib
import resource
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlwt
from django.test import Client

from core.spend import books
from folkmoot.apps.spend import actions
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend import Ledger, Part, Recipe, look, open_source
from folkmoot.core.spend.reading.files.decoding import BLOCK, LONGEST_LINE
from partnership import Town
from rooms.spend.conftest import room as room
from rooms.spend.desk import APRIL, Room

HEADINGS = "Date,Supplier,Amount\n"
ROW = "2020-04-01,A Ltd,1.00\n"
MOST_MORE = 200 << 10  # kilobytes that a reading may take beside what is there
TEXTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"


def read(folder: Path, content: str | bytes, name: str = "a.csv") -> Part:
    """The part that a file becomes in a new ledger."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    now = datetime(2026, 11, 16, tzinfo=UTC)
    return Ledger(folder / "ledger").add_file(open_source(path), anchor="A Council", clock=lambda: now)


def test_sums_beyond_64_bits_stay_exact(tmp_path: Path) -> None:
    part = read(tmp_path, HEADINGS + '2020-04-01,A Ltd,"999,999,999,999,999.00"\n' * 300)
    pence = 300 * 99_999_999_999_999_900
    assert part.pence_in == part.pence_accepted == pence
    assert Ledger(tmp_path / "ledger").totals()[0].pence == pence


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_no_row_is_lost_behind_a_line_that_is_too_long(tmp_path: Path, encoding: str, end: str) -> None:
    head = HEADINGS + "2020-04-01,£ Ltd,1.00\n" + ROW * 20
    head, row = head.replace("\n", end), ROW.replace("\n", end)
    long = "x" * (BLOCK - len(head) - len(end)) + end  # ends where a block of decoded text ends
    assert len(long) > LONGEST_LINE
    part = read(tmp_path, (head + long + row * 3).encode(encoding))
    assert (part.rows_in, part.accepted, part.pence_in) == (25, 24, 2400)


def test_quotes_that_never_close_take_time_in_step_with_the_file(tmp_path: Path) -> None:
    part = read(tmp_path, HEADINGS + "".join(f'2020-04-01,"Pipe {at},1.00\n' for at in range(12_000)))
    assert (part.accepted, part.pence_in) == (12_000, 1_200_000)


@pytest.mark.parametrize("name", ["A1" + " " * 90_000 + "B", "personal " * 10_000, "Co. no 1 " * 10_000])
def test_a_name_of_a_hundred_thousand_characters_takes_no_time(tmp_path: Path, name: str) -> None:
    part = read(tmp_path, HEADINGS + ROW * 20 + "".join(f"2020-04-01,{name}{at},1.00\n" for at in range(5)))
    assert part.accepted == 25


def with_texts(rows: str, texts: str) -> bytes:
    """A workbook with shared texts."""
    parts = books.xlsx_parts({"S": books.worksheet(rows)})
    link = f'<Relationship Id="rIdT" Type="{TEXTS}" Target="sharedStrings.xml"/></Relationships>'
    listed = "xl/_rels/workbook.xml.rels"
    parts[listed] = parts[listed].replace("</Relationships>", link)
    return books.zip_of({**parts, "xl/sharedStrings.xml": f"<sst>{texts}</sst>"})


def old_book(sheets: int, rows: range, columns: range, text: str) -> bytes:
    """A workbook of Excel 97 with one text in many cells."""
    book, folder = xlwt.Workbook(), books.io.BytesIO()
    for at in range(sheets):
        sheet = book.add_sheet(f"S{at}")
        for row in rows:
            for column in columns:
                sheet.write(row, column, text)
    book.save(folder)
    return folder.getvalue()


def bombs() -> Iterator[tuple[str, str, bytes]]:
    """Small files that would take gigabytes, by what they are, with their ending."""
    blanks = '<text:s text:c="1000"/>' * 200_000
    yield "blanks", "ods", books.zip_of(books.ods_parts(_ods_row(blanks, 1)))
    yield "a text repeated", "ods", books.zip_of(books.ods_parts(_ods_row("y" * 30_000, 16_384)))
    many = "<row>" + '<c t="s"><v>0</v></c>' * 16_384 + "</row>"
    yield "a shared text", "xlsx", with_texts(many * 2, f"<si><t>{'y' * 32_767}</t></si>")
    yield "a long tag", "xlsx", books.excel(f'<row x="{"a" * 30_000_000}"/>')
    yield "a long text", "xlsx", books.excel(f'<row><c t="str"><v>{"a" * 30_000_000}</v></c></row>')
    yield "a text in many old cells", "xls", old_book(1, range(40), range(60), "y" * 32_767)
    yield "old cells far apart", "xls", old_book(9, range(0, 65_536, 65_535), range(0, 181, 180), "y")


def _ods_row(text: str, repeat: int) -> str:
    cell = f'<table:table-cell table:number-columns-repeated="{repeat}"><text:p>{text}</text:p>'
    return f"<table:table-row>{cell}</table:table-cell></table:table-row>"


BOMBS = {what: (ending, content) for what, ending, content in bombs()}


@pytest.mark.parametrize("what", sorted(BOMBS))
def test_a_bomb_in_a_workbook_takes_little_memory(tmp_path: Path, what: str) -> None:
    ending, content = BOMBS[what]
    path = tmp_path / f"a.{ending}"
    path.write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Blanks are cut, and the rest is read; all others are refused.
    with nullcontext() if what == "blanks" else pytest.raises(Refused, match="too large"):
        source = open_source(path)
        assert sum(1 for _ in source.rows(source.sheets[0])) == 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MORE


RECIPE = Recipe("utf-8", ",", 1, ("Date", "Supplier", "Amount"), {}).as_toml()
NAMED = '[columns]\npaid_on = "Date"\npayee = "Supplier"\namount = "Amount"\n'


def told(key: str, value: str) -> str:
    """A recipe in which one setting is another."""
    lines = RECIPE.partition("[columns]")[0].splitlines()
    return (
        "\n".join(f"{key} = {value}" if line.startswith(f"{key} = ") else line for line in lines)
        + "\n"
        + NAMED
    )


@pytest.mark.parametrize(
    "text",
    [
        *(told("encoding", f'"{one}"') for one in (
            "zip", "rot13", "idna", "punycode", "undefined", "unicode_escape", "utf-7", "cp037",
            "utf-16", "a\\u0000",
        )),
        *(told("heading_row", one) for one in ("10001", str(2**63), "9" * 5000, "-1", "1.0", "true")),
        *(told("delimiter", one) for one in ('"\\""', '"\\n"', '"ab"', "1", "[]")),
        *(told("currency", one) for one in ('"ÄÖÜ"', '"gbp"', '["GBP"]')),
        told("headings", "[1]"), told("first_day", "2020-01-01T00:00:00Z"), told("kind", "{}"),
        RECIPE.partition("[columns]")[0] + "[columns]\npayee = 1\n",
        RECIPE + "x = " + "[" * 100_000, RECIPE + "a." * 50_000 + "a = 1\n", RECIPE + "x = {}", "\0",
    ],
    ids=lambda text: hashlib.sha256(text.encode()).hexdigest()[:12],
)  # fmt: skip
def test_a_hostile_recipe_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.csv").write_text(HEADINGS + ROW * 9)
    source = open_source(tmp_path / "a.csv")
    with pytest.raises(Refused) as refused:
        look(source, recipe=Recipe.from_toml(text))
    assert refused.value.next_step
    assert len(str(refused.value)) < 600  # also where the recipe is not


def test_the_recipe_that_these_spoil_is_a_good_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEADINGS + ROW * 9)
    seen = look(open_source(tmp_path / "a.csv"), recipe=Recipe.from_toml(told("currency", '"GBP"')))
    assert [row.pence for row in seen.rows] == [100] * 9


@pytest.mark.django_db
def test_nobody_else_tells_how_a_file_is_read(room: Room) -> None:
    upload = room.upload(APRIL)
    address = room.address(f"files/{upload.id}/recipe/")
    text = {"recipe": actions.Recipe.from_plain(upload.report["look"]["recipe"]).as_toml()}
    town: Town = room.town
    for actor in (town.core, town.member, town.outsider, town.neighbour):
        assert room.client(actor).post(address, text).status_code in (403, 404)
    assert Client().post(address, text).status_code in (302, 403, 404)
    upload.refresh_from_db()
    assert upload.recipe == {}
    assert room.client(town.convenor).post(address, text).status_code == 302
    upload.refresh_from_db()
    assert upload.recipe
