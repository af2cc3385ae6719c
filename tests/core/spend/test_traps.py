"""Does each trap that was met in published files stay sprung?"""

import gzip
from datetime import date
from pathlib import Path

import pytest

from core.spend.shapes import reading_of, source_of
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend import Payment, Reported, look, open_source, read_rows

HEAD = "Date,Supplier,Amount\n"


def told(content: bytes | str, folder: Path) -> list[tuple]:
    """Each row as (line, pence) or (line, reason, pence)."""
    return [
        (row.line, row.pence) if isinstance(row, Payment) else (row.line, row.reason.value, row.pence)
        for row in reading_of(content, folder)[1]
    ]


@pytest.mark.parametrize(
    ("row", "reason", "pence"),
    [
        (",,", "blank", None),
        ("", "blank", None),
        ("date, SUPPLIER ,amount", "repeated_heading", None),
        ("Total,,12.50", "total_line", 1250),
        (",Grand Total:,12.50", "total_line", 1250),
        ("2020-04-30,TOTAL,12.50", "total_line", 1250),
        (",,12.50", "total_line", 1250),
        ("Published under the Open Government Licence", "note_line", None),
        ("2020-04-30,A Ltd,9..9", "amount_unreadable", None),
        ("2020-04-30,A Ltd,", "amount_unreadable", None),
        ("00:00:00,A Ltd,5", "date_unreadable", 500),
        ("31/02/2020,A Ltd,5", "date_unreadable", 500),
        ("2020-04-30, ,5", "payee_blank", 500),
        ("2020-04-30,A Ltd", "too_few_cells", None),
        ("1899-12-30,A Ltd,5", "outside_period", 500),
        ("2020-04-30,A Ltd,€5", "currency_unknown", None),
    ],
)
def test_every_reason_is_met(tmp_path: Path, row: str, reason: str, pence: int | None) -> None:
    assert told(f"{HEAD}2020-04-30,B Ltd,12.50\n{row}\n", tmp_path) == [(2, 1250), (3, reason, pence)]


@pytest.mark.parametrize(
    "payee", ["Total Gas & Power Ltd", "Totalenergies", "NA", "Redacted", "Sub Total Ltd"]
)
def test_false_friends_are_payees(tmp_path: Path, payee: str) -> None:
    assert told(f"{HEAD}2020-04-30,{payee},1\n", tmp_path) == [(2, 100)]


def test_an_unclosed_quote_swallows_nothing(tmp_path: Path) -> None:
    rows = [f'2020-04-{day:02d},"A, B Ltd",{day}.00\n' for day in range(1, 30)]
    rows[3] = '2020-04-04,"C Ltd,4.00\n'
    pence = [100 * day for day in range(1, 30)]
    assert told(HEAD + "".join(rows), tmp_path) == list(zip(range(2, 31), pence, strict=True))
    assert told(HEAD + '2020-04-04,"C Ltd,4.00\n' * 3, tmp_path) == [(2, 400), (3, 400), (4, 400)]
    reading, _ = reading_of(HEAD + "2020-04-01,B,1\n" + '2020-04-04,"C Ltd,4.00\n' * 200, tmp_path)
    assert reading.tally.accepted == 201
    assert any("stray quote" in warning for warning in reading.tally.warnings())


def test_two_stray_quotes_swallow_no_row_between(tmp_path: Path) -> None:
    text = HEAD + '2020-04-04,"C Ltd,4.00\n2020-04-05,B Ltd,5.00\n2020-04-06,D Ltd",6.00\n'
    assert told(text, tmp_path) == [(2, 400), (3, 500), (4, 600)]


def test_title_lines_even_with_a_stray_quote_are_no_rows(tmp_path: Path) -> None:
    titles = 'sep=,\n"Spend over £500\n\nPublished, by "finance"\n'
    assert told(titles + HEAD + '2020-04-30,"A, B",1\n2020-04-30,C,2\n', tmp_path) == [(6, 100), (7, 200)]
    assert look(source_of(titles + HEAD, tmp_path)).recipe.heading_row == 5


def test_a_quoted_cell_of_two_lines_stays_one_row(tmp_path: Path) -> None:
    text = 'Note,Date,Supplier,Amount\n"see\nbelow",2020-04-30,A,1\n,2020-04-30,"B\nLtd",2\n,2020-04-30,C,3\n'
    assert told(text, tmp_path) == [(2, 100), (4, 200), (6, 300)]


def test_a_ten_megabyte_cell_is_a_reported_row(tmp_path: Path) -> None:
    huge = "x" * 10_000_000
    rows = reading_of(f"{HEAD}2020-04-30,{huge},1\n2020-04-30,A,2\n", tmp_path)[1]
    assert [type(row) for row in rows] == [Reported, Payment]
    assert max(map(len, rows[0].cells)) < 3000
    assert rows[1].line == 3


def test_a_nul_byte_is_shown_and_told(tmp_path: Path) -> None:
    reading, rows = reading_of(b"Date,Supplier,Amount\n2020-04-30,A\0 Ltd,1\n2020-04-30,B,1\x002\n", tmp_path)
    assert rows[0].payee == "A␀ Ltd"
    assert rows[1].reason == "amount_unreadable"
    assert any("NUL" in warning for warning in reading.tally.warnings())


def test_headings_on_two_lines_are_read_together(tmp_path: Path) -> None:
    text = "Date,Amount,,,Supplier\n,Gross,VAT,Net,\n2020-04-30,12,2,10,A\n2020-04-30,12,2,11,B\n"
    reading, rows = reading_of(text, tmp_path)
    assert [row.pence for row in rows] == [None, 1000, 1100]
    assert (rows[0].reason, rows[1].basis) == ("repeated_heading", "net")
    assert any(warning.startswith("Line 4: has a gross amount") for warning in reading.tally.warnings())


def test_a_wrong_printed_total_is_told(tmp_path: Path) -> None:
    text = HEAD + "2020-04-30,A,1\n2020-04-30,B,2\nTotal,,{}\n"
    assert reading_of(text.format("3.00"), tmp_path)[0].tally.warnings() == []
    warning = reading_of(text.format("3.01"), tmp_path)[0].tally.warnings()[0]
    assert warning == "The total printed on line 4 is £3.01; the payments above it sum to £3.00."


def test_the_whole_file_settles_the_order_of_dates(tmp_path: Path) -> None:
    early = "04/05/2020,A,1\n" * 600
    for proof, day, words in (
        ("13/05/2020,A,1\n", date(2020, 5, 4), ""),
        ("05/13/2020,A,1\n", date(2020, 4, 5), ""),
        ("13/05/2020,A,1\n13/06/2020,A,1\n05/13/2020,A,1\n", date(2020, 5, 4), "Some dates"),
    ):
        seen = look(source_of(HEAD + early + proof, tmp_path))
        assert seen.rows[0].paid_on == day
        assert [warning[: len(words)] for warning in seen.warnings] == ([words] if words else [])
        assert not seen.questions
    seen = look(source_of(HEAD + early, tmp_path))
    assert [question.key for question in seen.questions] == ["date_order"]
    assert "4 May 2020 or 5 April 2020" in seen.questions[0].sentence


def test_net_goes_before_gross_and_payment_date_before_invoice_date(tmp_path: Path) -> None:
    text = "Invoice Date,Gross,Supplier ID,Supplier,Net,Payment Date\n2020-01-01,12,77,A Ltd,10,2020-02-02\n"
    row = reading_of(text, tmp_path)[1][0]
    assert (row.paid_on, row.pence, row.payee, row.basis) == (date(2020, 2, 2), 1000, "A Ltd", "net")


def test_a_file_without_headings_is_told_by_its_cells(tmp_path: Path) -> None:
    rows = "".join(f"{day:02d}/04/2020,7{day:03d},Firm {day} Ltd,{day}.50\n" for day in range(1, 30))
    seen = look(source_of(rows, tmp_path))
    assert (seen.kind, seen.recipe.heading_row, seen.rows[0].line) == ("payments", 0, 1)
    assert (seen.rows[0].payee, seen.rows[0].pence) == ("Firm 1 Ltd", 150)
    assert "no headings" in seen.warnings[0]
    assert seen.confidence < 0.5


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ("Contract Title,Supplier,Start Date,End Date,Annual Value", "contracts"),
        ("Cardholder,Date,Merchant Name,Amount", "cards"),
        ("Award Date,Recipient Org:Name,Amount Awarded", "grants"),
        ("Supplier,Supplier Postcode,Company Number", "suppliers"),
        ("Ward,Population", "unknown"),
    ],
)
def test_another_kind_of_list_is_refused_with_words(tmp_path: Path, headings: str, kind: str) -> None:
    source = source_of(f"{headings}\n{','.join('1' * (headings.count(',') + 1))}\n", tmp_path)
    seen = look(source)
    refusal = seen.refusal(source.name)
    assert seen.kind == kind
    assert refusal
    assert "not a list of payments" in refusal.sentence
    assert [row.reason for row in read_rows(source, seen.recipe)] == ["wrong_dataset"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "holds no bytes"),
        (b"PK\x03\x04rest", "damaged or cut short"),
        (b"%PDF-1.7", "PDF"),
        (b"\n<!DOCTYPE html><p>Not found", "web page"),
        (gzip.compress(b"Date,Supplier,Amount\n" * 99)[:-20], "cut short"),
    ],
)
def test_what_is_no_csv_is_refused_with_words(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        source_of(content, tmp_path)
    assert refused.value.next_step


def test_a_small_file_that_unpacks_to_an_enormous_one_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"0" * 4_000_000))
    assert open_source(path).size == 4_000_000
    with pytest.raises(Refused, match="too large"):
        open_source(path, largest=1_000_000)
    with pytest.raises(Refused, match="too large"):
        open_source(path, ratio=100, ratio_floor=1_000_000)


def test_a_file_that_changes_meanwhile_is_refused(tmp_path: Path) -> None:
    source = source_of(HEAD, tmp_path)
    source.path.write_text(HEAD * 2, encoding="utf-8")
    with pytest.raises(Refused, match="changed while"):
        source.open()


def test_filled_cells_beyond_the_headings_are_read_and_told(tmp_path: Path) -> None:
    reading, rows = reading_of(HEAD + "2020-04-30,A,1,,,W3059\n2020-04-30,B,2,,,\n", tmp_path)
    assert [row.pence for row in rows] == [100, 200]
    assert reading.tally.warnings()[0].startswith("Line 2: has filled cells beyond")
