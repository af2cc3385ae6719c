"""Does the fast way through a file give just what the slow one gives, row by row?"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from folkmoot.core.spend.reading import Recipe, Role
from folkmoot.core.spend.reading.batch import Sorter
from folkmoot.core.spend.reading.files import decoding, records
from folkmoot.core.spend.reading.files.decoding import BETWEEN, Text, shown
from folkmoot.core.spend.reading.files.records import MOST_LINES, Block, Flaw, part_cells, read_blocks
from folkmoot.core.spend.reading.judging import Judge

BLANKS = ("", "", "", " ", "\t", "\xa0", "\u2003", "\x1c", "\x85", "\u200b", "\ufeff", "\n")
AMOUNTS = (
    "1.00", "-5", "(£2.00)", "3-", "4CR", "£1,234.50", "1,23,456", "1 234", "€5", "5 GBP", "9..9", "", "-",
    "(-5)", "-£ 5.5", "£-5", "\u22125", "Â£5", ".5", "5.", "٣", "1.234,56", "-0.00", "0.005", "1e3", "(5",
    "999,999,999,999,999.99", "9E15", "99999999999999999999",
)  # fmt: skip
DAYS = ("2020-04-01", "01/04/2020", "4/30/20", "30 April 2020", "Apr-20", "43951", "", "x", "1899-01-01")
NAMES = (
    "A Ltd", "Total", "Redacted", "UK0479435601 : Prime Care", "A Ltd (Co. No. 1234567)", "Mr J Smith", "",
    "***", "Withheld VAT GB123456789", 'He said "x"', "back\\slash", "tab\tin", "nl\nin", "\x01", "\x7f",
    "é☃𝄞", "x" * 500, "A" + " " * 500 + "Ltd", '","', "\\u0041", "a\u2028b",
)  # fmt: skip
OTHERS = (*NAMES, "GB123456789", "AB1 2CD", "01234567", "EUR", "gbp ", "CR", " cr ", "-", "refund")
MONEY = {Role.AMOUNT, Role.GROSS, Role.VAT, Role.NET}
LONGEST_LINE = 400  # in these tests, so that they stay fast
NEEDED = [Role.PAID_ON, Role.AMOUNT, Role.PAYEE]
BESIDE = sorted({*Role} - {*NEEDED})


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    """A recipe with its columns anywhere, perhaps two roles on one of them."""
    roles = [*NEEDED, *draw(st.lists(st.sampled_from(BESIDE), unique=True, max_size=8))]
    width = len(roles) + draw(st.integers(0, 2))
    columns = dict(zip(roles, draw(st.permutations(range(width))), strict=False))
    if Role.GROSS in columns and draw(st.booleans()):
        columns[Role.AMOUNT] = columns[Role.GROSS]
    headings = tuple(f"H{at}" for at in range(draw(st.sampled_from((0, width - 1, width)))))
    recipe = Recipe("utf-8", ",", 1, headings, columns)
    mark, order = draw(st.sampled_from((".", ".", ","))), draw(st.sampled_from(("dmy", "mdy")))
    return replace(recipe, decimal_mark=mark, date_order=order)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Recipe, list[str]]:
    """A recipe and records by it, nearly all of them payments or nearly none."""
    recipe = draw(recipes())
    by_place = {at: role for role, at in recipe.columns.items()}
    mild = draw(st.booleans())

    def cell(at: int) -> st.SearchStrategy[str]:
        role = by_place.get(at)
        known = AMOUNTS if role in MONEY else DAYS if role is Role.PAID_ON else OTHERS
        one = st.sampled_from(known[:6] if mild and role in NEEDED else known)
        return one if mild else st.tuples(st.sampled_from(BLANKS), one, st.sampled_from(BLANKS)).map("".join)

    width = max(by_place) + 1
    rows = draw(st.lists(st.tuples(*map(cell, range(width))), min_size=1, max_size=12))
    cut = draw(st.lists(st.integers(0, width + 3), max_size=len(rows)))
    ends = [[*row, "", "z", ""][:until] for row, until in zip(rows, cut, strict=False)]
    return recipe, [BETWEEN.join(row) for row in [*ends, *rows[len(ends) :]]]


@settings(max_examples=30, deadline=None)
@given(tables(), st.sets(st.integers(0, 11), max_size=2))
def test_a_block_gives_what_its_rows_give_one_by_one(
    table: tuple[Recipe, list[str]], doubtful: set[int]
) -> None:
    recipe, texts = table
    flaws = {at: Flaw.STRAY_QUOTE for at in doubtful if at < len(texts)}
    block = Block(list(range(7, 7 + 3 * len(texts), 3)), texts, flaws)
    batch, judge = Sorter(Judge(recipe)).sort(block), Judge(recipe)
    slow = [
        judge.judge(line, part_cells(text), flaws.get(at))
        for at, (line, text) in enumerate(zip(block.lines, texts, strict=True))
    ]
    assert list(batch.rows()) == slow
    assert batch.payments.num_rows + len(batch.reported) == len(texts)


def is_whole(cells: list[str]) -> bool:
    """A row that no stray quote may swallow."""
    return cells[:1] == ["w"] and len(cells) == 2


def one_by_one(lines: list[str], whole: Callable[[list[str]], bool] | None) -> Iterator[tuple]:
    """The records of lines as read_blocks describes them, each read by itself from where it begins."""
    at = 0
    while at < len(lines):
        cells, taken, flaw = _record(lines[at : at + MOST_LINES + 1], whole, at + MOST_LINES < len(lines))
        yield at + 1, cells, flaw
        at += taken


def _record(lines: list[str], whole: Callable[[list[str]], bool] | None, more: bool) -> tuple:
    reader = csv.reader([*lines, "" if more else '"'])
    try:
        cells, taken = next(reader), reader.line_num
        mine = lines[:taken]
        list(csv.reader(mine, strict=len(mine) > 1))
        stray = taken > min(len(lines), MOST_LINES) or sum(map(len, mine[:-1])) > LONGEST_LINE
        alone = (next(csv.reader([line]), []) for line in mine[1:] if line.count('"') % 2 == 0)
        stray = stray or (whole is not None and any(map(whole, alone)))
    except csv.Error:
        stray = True
    if not stray:
        return cells, taken, Flaw.TOO_LONG if sum(map(len, mine)) >= LONGEST_LINE else None
    long = len(lines[0]) >= LONGEST_LINE
    return lines[0].rstrip("\r\n").split(","), 1, Flaw.TOO_LONG if long else Flaw.STRAY_QUOTE


CELLS = ("a", "1.00", "", '"', '""', '5" wide', '"a,b"', '"a\nb"', '"a\r\nb"', '"un', 'end"', '"a"b', "\0",
         "\x1f", "é", "w", '"a\nw,1\nb"')  # fmt: skip
RUN = '"' + "z\n" * 60
LONG = [at * "l" + end for at in range(LONGEST_LINE - 2, LONGEST_LINE + 2) for end in ("", '"', ",a")]
LINES = st.lists(st.sampled_from(CELLS), max_size=4).map(",".join) | st.sampled_from(
    ["w,1", RUN, RUN + '"', *LONG]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(LINES, st.sampled_from(("\n", "\n", "\r\n", "\r"))), max_size=25),
    st.sampled_from((64, LONGEST_LINE, LONGEST_LINE + 1, 1 << 20)),
    st.sampled_from((None, is_whole)),
)
@example([('3" pipe,"a\nb",1.00', "\n"), ("x", "\n")], 1 << 20, None)  # an odd quote before an open one
@example([("h", "\n"), ("l" * (LONGEST_LINE * 2 - 3), "\n"), ("w,1", "\n")], LONGEST_LINE * 2, None)
def test_blocks_hold_the_records_that_lie_in_the_file(
    written: list[tuple[str, str]], size: int, whole: Callable[[list[str]], bool] | None
) -> None:
    text = "".join(line + end for line, end in written)
    lines = [shown(line[:LONGEST_LINE]) for line in io.StringIO(text, newline="").readlines()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoding, "BLOCK", size)
        for module, name in (
            (decoding, "LONGEST_LINE"),
            (records, "LONGEST_LINE"),
            (records, "MOST_CHARACTERS"),
        ):
            patch.setattr(module, name, LONGEST_LINE)
        blocks = read_blocks(Text(io.BytesIO(text.encode()), "utf-8").blocks(), ",", is_whole=whole)
        found = [record for block in blocks for record in block.records()]
    slow = [(line, [] if cells == [""] else cells, flaw) for line, cells, flaw in one_by_one(lines, whole)]
    assert found == slow
