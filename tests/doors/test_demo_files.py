"""Do the demonstration's published files say what their publishers meant?"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

import folkmoot.demo
from folkmoot.core.spend import Payment, Reason, Reported, look, open_source, read_rows
from folkmoot.demo.anchors import ANCHORS
from folkmoot.demo.payments import REGISTER, write_files
from folkmoot.demo.suppliers import SUPPLIERS

FILES = Path(folkmoot.demo.__file__).parent / "files"
KNOWN = json.loads((FILES / "known.json").read_text(encoding="utf-8"))
ORDINARY = sorted(name for name in KNOWN if name != REGISTER)

Good = tuple[date, Decimal]


def _money(text: str) -> Decimal:
    return Decimal(re.fullmatch(r" *(-?)£?([\d,]+\.\d\d) *", text).expand(r"\1\2").replace(",", ""))


def _council(row: list[str]) -> Good:
    assert Decimal(row[4]) - Decimal(row[5]) == Decimal(row[6])
    return date.fromisoformat(row[2]), _money(row[6])


def _hospital(row: list[str]) -> Good:
    return datetime.strptime(row[2], "%d/%m/%Y").date(), _money(row[7])


def _university(row: list[str]) -> Good:
    credit = row[5].endswith("-") or row[5].startswith("(")
    return datetime.strptime(row[0], "%d-%b-%y").date(), _money(row[5].strip("-()")) * (-1 if credit else 1)


def _college(row: list[str]) -> Good:
    return datetime.strptime(row[0], "%d/%m/%Y").date(), _money(row[4])


def _housing(row: list[str]) -> Good:
    return datetime.strptime(row[3], "%Y/%m/%d").date(), _money(row[5])


# By anchor: encoding, delimiters by turns, column of the payee, and how a good row is read.
STYLES: dict[str, tuple[str, str, int, Callable[[list[str]], Good]]] = {
    "council": ("utf-8-sig", ",", 7, _council),
    "hospital": ("cp1252", ",", 5, _hospital),
    "university": ("utf-8", ";\t", 1, _university),
    "college": ("utf-8", ",", 1, _college),
    "housing": ("utf-8", ",", 0, _housing),
}


def good_rows(name: str) -> list[tuple[date, Decimal, str]]:
    """The rows of a file that are payments, read without the project's own reader."""
    encoding, delimiters, payee, read = STYLES[name.split("-")[0]]
    text = (FILES / name).read_bytes().decode(encoding)
    delimiter = next(mark for mark in delimiters if mark in text)
    good = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        try:
            day, amount = read(row)
        except (ValueError, IndexError, AttributeError, ArithmeticError):
            continue
        if row[payee].strip() and day.year > 1900:
            good.append((day, amount, row[payee]))
    return good


def test_the_files_are_written_again_byte_by_byte(tmp_path):
    written = write_files(tmp_path)
    again = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in FILES.iterdir() if path.suffix in (".csv", ".json")}
    kept = {name: kept.get(name) for name in again}  # other sheets of the demonstration lie there too
    differing = sorted(name for name in again if again[name] != kept[name])
    assert not differing, "run: python -m folkmoot.demo.payments src/folkmoot/demo/files"
    assert {key for _, key in written} == {anchor.key for anchor in ANCHORS}
    assert sorted(path.name for path, _ in written) == sorted(KNOWN)


def test_five_anchors_published_eight_quarters_each():
    assert Counter(KNOWN[name]["anchor"] for name in ORDINARY) == {anchor.name: 8 for anchor in ANCHORS}
    assert sum(KNOWN[name]["payments"] for name in ORDINARY) >= 3_000
    assert sum(path.stat().st_size for path in FILES.iterdir()) < 600_000


def test_payments_lie_in_the_24_months_and_in_their_own_quarter():
    months = set()
    for name in ORDINARY:
        year, month = (int(part) for part in name.removesuffix(".csv").split("-")[1:])
        days = {(day.year * 12 + day.month) - (year * 12 + month) for day, _, _ in good_rows(name)}
        assert days == {0, 1, 2}, name
        months |= {(day.year, day.month) for day, _, _ in good_rows(name)}
    assert len(months) == 24
    assert (min(months), max(months)) == ((2024, 11), (2026, 10))


@pytest.mark.parametrize("name", ORDINARY)
def test_a_plain_recomputation_finds_what_the_publisher_meant(name):
    good = good_rows(name)
    assert len(good) == KNOWN[name]["payments"]
    assert sum(amount for _, amount, _ in good) * 100 == KNOWN[name]["pence"]


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_the_reader_finds_what_the_publisher_meant(name):
    source = open_source(FILES / name)
    seen = look(source)
    rows = list(read_rows(source, seen.recipe))
    accepted = [row for row in rows if isinstance(row, Payment)]
    reasons = Counter(str(row.reason) for row in rows if isinstance(row, Reported))
    assert len(accepted) == KNOWN[name]["payments"]
    assert sum(row.pence for row in accepted) == KNOWN[name]["pence"]
    assert reasons == KNOWN[name]["reported"]
    assert (seen.refusal(name) is not None) == (name == REGISTER)
    if name != REGISTER:
        assert not seen.warnings


def test_every_reason_is_met_and_few_rows_of_an_ordinary_file_are_spoilt():
    met = {reason for told in KNOWN.values() for reason in told["reported"]}
    assert met == {str(reason) for reason in Reason}
    for name in ORDINARY:
        spoilt = sum(KNOWN[name]["reported"].values())
        assert spoilt / (spoilt + KNOWN[name]["payments"]) < 0.02, name


def test_the_mess_of_real_files_is_there():
    rows = [(name.split("-")[0], *row) for name in ORDINARY for row in good_rows(name)]
    times = Counter(rows)
    assert sum(count > 1 for count in times.values()) >= 10, "lines that stand twice"
    positive = {(anchor, amount, payee) for anchor, _, amount, payee in rows if amount > 0}
    undone = [row for row in rows if (row[0], -row[2], row[3]) in positive]
    assert len(undone) >= 10, "exact reversals"
    assert sum(row[2] < 0 for row in rows) >= 50, "credits"
    hidden = {payee for *_, payee in rows if re.search("red[ac]{2}ted|withheld", payee, re.IGNORECASE)}
    assert len(hidden) >= 5
    assert "Redactory Publishing Ltd" in {payee for *_, payee in rows}, "a false friend"
    assert any(len(payee) == 35 and anchor == "council" for anchor, *_, payee in rows), "a name cut short"
    by_size = sorted((amount for _, _, amount, _ in rows), reverse=True)
    assert sum(by_size[: len(rows) // 10]) > sum(by_size) // 2, "a heavy tail"


def test_many_suppliers_are_paid_and_the_anchors_pay_each_other():
    names = [supplier.name for supplier in SUPPLIERS]
    assert len(names) == len(set(names)) >= 130
    paid = {anchor.key: Counter() for anchor in ANCHORS}
    for name in ORDINARY:
        paid[name.split("-")[0]].update(payee.casefold() for *_, payee in good_rows(name))
    for anchor in ANCHORS:
        others = [key for key, payees in paid.items() if payees[anchor.name.casefold()]]
        assert others, f"nobody pays {anchor.name}"
        assert anchor.key not in others
    assert sum(len(payees) for payees in paid.values()) >= 350
