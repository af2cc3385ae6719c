"""Are publishers whom nobody has seen read right, asked about rightly or refused rightly?

`unseen/cases.csv` is a table of ways in which public bodies and their ledger systems publish, with what is
true of each file; the files are made from it here.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.spend.books import zip_of
from core.spend.shapes import source_of
from core.spend.unseen.publishing import Case, Paid, book, money, paid_in
from folkmoot.core.spend import Look, look
from folkmoot.core.spend.reading import Kind, Payment, Reading, Role, open_sources
from folkmoot.core.spend.reading.row import Reason, Row

with (Path(__file__).parent / "unseen" / "cases.csv").open(encoding="utf-8", newline="") as _file:
    CASES = [Case(**line) for line in csv.DictReader(_file)]


def told(seen: Look) -> str:
    """What the look came to, in the words of the table."""
    if seen.kind is not Kind.PAYMENTS:
        return str(seen.kind)
    return f"ask {seen.questions[0].key}" if seen.questions else "read"


def said(seen: Look) -> str:
    questions = (f"{one.sentence} {one.reason}" for one in seen.questions)
    return " ".join([seen.why, *seen.warnings, *questions])


def payments_of(rows: list[Row]) -> list[Payment]:
    return [row for row in rows if isinstance(row, Payment)]


def test_names_are_distinct() -> None:
    assert len({case.name for case in CASES}) == len(CASES) > 250


def faults(case: Case, folder: Path) -> Iterator[object]:
    """What is not as the table says; pairs are what was found and what is true."""
    source = source_of(case.content, folder, case.file or "spend.csv")
    seen = look(source)
    if told(seen) != case.truth or case.says not in said(seen):
        yield told(seen), said(seen)
    if told(seen) != "read" or case.truth != "read":
        return
    paid = payments_of(list(Reading(source, seen.recipe)))
    pence = int(case.pence or sum(one.pence for one in case.paid))
    if sum(one.pence for one in paid) != pence:
        yield sum(one.pence for one in paid), pence
    if [one.paid_on for one in paid] != case.days:
        yield [one.paid_on for one in paid], case.days
    if not all(true.payee in one.payee for one, true in zip(paid, case.paid, strict=False)):
        yield [one.payee for one in paid]
    if case.basis not in ("", seen.recipe.amount_basis):
        yield seen.recipe.amount_basis, case.basis


@pytest.mark.parametrize("truth", ["read", "ask", "told"])
def test_publishers_nobody_has_seen(truth: str, tmp_path: Path) -> None:
    cases = [case for case in CASES if truth == case.truth.partition(" ")[0] or truth == "told"]
    if truth == "told":
        cases = [case for case in cases if case.truth in set(Kind)]
    assert len(cases) >= 20
    found = {case.name: list(faults(case, tmp_path)) for case in cases}
    assert not {name: fault for name, fault in found.items() if fault}


def sheet(paid: list[Paid]) -> list[list[object]]:
    """Payments as a sheet holds them: days and numbers, and no texts of them."""
    rows = [[one.day, one.payee, one.pence / 100] for one in paid]
    return [["Riverton Council"], [], ["Date", "Supplier", "Amount"], *rows]


APRIL, MAY = paid_in(date(2021, 4, 1)), paid_in(date(2021, 5, 3), 28)
NOTES = [["Notes"], ["Amounts are net of VAT."], ["Contact", "finance@riverton.example"]]
PIVOT = [["Row Labels", "Sum of Amount"], ["Housing", 1200.5], ["Grand Total", 1200.5]]


def test_a_sheet_for_each_month(tmp_path: Path) -> None:
    held = book({"Read me": NOTES, "Summary": PIVOT, "April": sheet(APRIL), "May": sheet(MAY)})
    source = source_of(held, tmp_path, "spend.xlsx")
    seen = look(source)
    assert {seen.recipe.sheet, *seen.other_sheets} == {"April", "May"}
    for name, true in (("April", APRIL), ("May", MAY)):
        paid = payments_of(list(Reading(source, look(source, sheet=name).recipe)))
        assert [(one.paid_on, one.pence) for one in paid] == [(one.day, one.pence) for one in true]


def test_a_zip_of_months(tmp_path: Path) -> None:
    text = "Date,Supplier,Amount\n{0}/2021,A Ltd,1.00\n"
    held = {"2021/apr.csv": text.format("30/04"), "2021/may.csv": text.format("31/05"), "note.txt": "Licence"}
    (tmp_path / "year.zip").write_bytes(zip_of(held))
    kinds = [told(look(source)) for source in open_sources(tmp_path / "year.zip").sources]
    assert kinds == ["read", "read", "unknown"]


@pytest.mark.parametrize("sign", [-1, 1])
def test_a_list_of_credits_alone(sign: int, tmp_path: Path) -> None:
    lines = "".join(
        f"{one.day:%d/%m/%Y},{one.payee.replace(',', '')},{money(sign * abs(one.pence))}\n" for one in APRIL
    )
    source = source_of("Date,Supplier,Amount\n" + lines, tmp_path)
    paid = payments_of(list(Reading(source, look(source).recipe)))
    assert sum(one.pence for one in paid) == sign * sum(abs(one.pence) for one in APRIL)


@pytest.mark.parametrize(
    "cell", ["£1.2m", "1,234.5k", "12-34", "£500 - £1,000", "#REF!", "see note 2", "1.2.3"]
)
def test_what_is_no_amount_is_set_aside(cell: str, tmp_path: Path) -> None:
    lines = "".join(f"{one.day:%d/%m/%Y},A Ltd,{money(one.pence)}\n" for one in APRIL)
    source = source_of(f'Date,Supplier,Amount\n{lines}30/04/2021,B Ltd,"{cell}"\n', tmp_path)
    *paid, last = Reading(source, look(source).recipe)
    assert (len(payments_of(paid)), last.reason, last.pence) == (20, Reason.AMOUNT_UNREADABLE, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Date,Supplier,Amount\n" + "30/04/2020,A Ltd,1,234.50\n" * 3, "commas"),
        ('[{"date":"2021-04-01","supplier":"A","amount":1}]', "JSON"),
    ],
)
def test_what_cannot_be_read_to_the_penny_says_why(text: str, reason: str, tmp_path: Path) -> None:
    seen = look(source_of(text, tmp_path))
    assert (seen.kind, reason in seen.why) == (Kind.UNKNOWN, True)


def test_a_question_names_what_its_answer_changes(tmp_path: Path) -> None:
    """The choices of a question are values of the recipe's key that it names."""
    asked = {}
    for case in CASES:
        if case.truth.startswith("ask") and case.truth != "ask columns":
            for question in look(source_of(case.content, tmp_path)).questions:
                asked[question.key] = {value for value, _ in question.choices}
    assert asked["currency"] == {"EUR", "GBP"}
    assert asked["decimal_mark"] == {".", ","}
    assert {"columns.amount", "date_order"} <= set(asked)


def test_debits_and_credits_in_two_columns_say_why_they_wait(tmp_path: Path) -> None:
    case = next(case for case in CASES if case.name == "debit and credit nought")
    seen = look(source_of(case.content, tmp_path))
    assert "two columns" in seen.questions[0].reason
    assert seen.recipe.columns[Role.AMOUNT] == 2
