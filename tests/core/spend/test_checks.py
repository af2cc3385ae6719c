"""What would somebody in finance ask about these files, and when is there nothing to ask?"""

import os
import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.spend.importing import clock
from core.spend.shapes import source_of
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend import Ledger, open_source
from folkmoot.core.spend.ledger.checks import Check, CheckKind, ask_checks
from folkmoot.core.spend.ledger.checks.check import later
from folkmoot.core.spend.ledger.parts import payments_file

HEAD = "Date,Supplier,Reference,Amount\n"
START = date(2019, 4, 1)
Row = tuple[date, str, str, str]


class Town:
    """An anchor with ordinary payments by a seed, and the files that it publishes."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.ledger, self.folder = Ledger(folder / "ledger"), folder
        self.draw, self.bill = random.Random(seed), 10**6

    def payments(self, first: date, days: int, about: int, credits: float = 0.06) -> list[Row]:
        """About so many payments on working days, each with a bill of its own."""
        rows = []
        for _ in range(round(about * self.draw.uniform(0.85, 1.15))):
            self.bill += 1
            day = first + timedelta(self.draw.randrange(days))
            pounds = round(self.draw.lognormvariate(6, 1), 2)
            sign = "-" if self.draw.random() < credits else ""
            rows.append((day, f"Payee {self.draw.randrange(60)} Ltd", str(self.bill), f"{sign}{pounds}"))
        return sorted(rows)

    def month(self, at: int, about: int = 60, credits: float = 0.06) -> list[Row]:
        """The payments of a month, counted from April 2019."""
        start = later(START, at)
        return self.payments(start, (later(start, 1) - start).days, about, credits)

    def publish(self, name: str, rows: Iterable[Row], anchor: str = "Riverton Council", key: str = "") -> str:
        """Read a file in, and answer the part's id."""
        text = HEAD + "".join(f"{row[0].isoformat()},{','.join(row[1:])}\n" for row in rows)
        source = source_of(text, self.folder, f"{name}.csv")
        return self.ledger.add_file(source, anchor=anchor, anchor_id=key, clock=clock).id

    def ask(self, *about: str) -> list[Check]:
        """What is asked."""
        return ask_checks(self.ledger.folder, self.ledger.parts(), about)

    def only(self, *about: str) -> Check:
        """The one question there is."""
        (check,) = self.ask(*about)
        return check


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


def quarterly(town: Town, months: Iterable[int], of: Callable[[int], list[Row]]) -> list[str]:
    """Files of three months each: fewer files, faster tests."""
    every = list(months)
    threes = [every[at : at + 3] for at in range(0, len(every), 3)]
    return [town.publish(f"q{three[0]:02}", [row for at in three for row in of(at)]) for three in threes]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_quiet_anchor_raises_no_question(tmp_path: Path, seed: int) -> None:
    town = Town(tmp_path, seed)
    # Year ends are busier, one file holds late days of the month before, and the last ends on the 10th.
    quarterly(town, range(24), lambda at: town.month(at, 96 if at % 12 == 11 else 60))
    late = town.payments(date(2021, 3, 29), 3, 5)
    town.publish("april", [*late, *town.month(24)])
    town.publish("cut", town.payments(date(2021, 5, 1), 10, 15))
    assert town.ask() == []


def test_other_ways_of_publishing_raise_no_question(town: Town) -> None:
    for at in range(8):  # two files for each month, of the council and of its schools
        town.publish(f"council{at}", town.month(at), "Hill Council")
        town.publish(f"schools{at}", town.month(at, 40), "Hill Council")
    for week in range(9):  # a file a week
        town.publish(f"week{week}", town.payments(START + timedelta(7 * week), 7, 30), "Weekly Trust")
    few = [row for at in (0, 1, 2, 5, 6, 9, 10, 11, 12, 14) for row in town.month(at, 3)]
    town.publish("few", few, "Parish")  # a parish has months without any payment
    ends = [later(START, 3 * at) - timedelta(1) for at in range(9)]
    town.publish("ends", [row for end in ends for row in town.payments(end, 1, 60)], "Quarter Days")
    assert town.ask() == []


def test_lost_signs_are_told_by_the_month_from_which_there_are_credits(town: Town) -> None:
    ids = quarterly(town, range(24), lambda at: town.month(at, credits=0.06 if at >= 13 else 0))
    check = town.only()
    assert (check.kind, check.months, check.years) == (CheckKind.SIGNS_CHANGE, ("2020-05",), ())
    before = sum(one.rows for one in town.ledger.totals("month") if one.keys["month"] < "2020-05")
    assert f"none of the {before:,} payments before May 2020 is a credit" in check.sentence
    assert check.sentence.startswith("Riverton Council: ")
    assert check.part_ids == tuple(ids[:5])
    assert town.ask(ids[-1]) == []
    assert town.only(ids[4]) == town.only(ids[0]) == check


def test_a_stray_credit_does_not_hide_lost_signs(town: Town) -> None:
    quarterly(town, range(24), lambda at: town.month(at, credits=0.06 if at >= 12 else 0))
    town.publish("later", [*town.month(24), (date(2019, 5, 3), "A Ltd", "77", "-12.00")])
    check = town.only()
    assert check.months == ("2020-04",)
    assert "only 1 of the" in check.sentence
    assert "is a credit" in check.sentence


def test_rare_credits_that_begin_late_are_chance(town: Town) -> None:
    quarterly(town, range(12), lambda at: town.month(at, 60, credits=0))
    rows = [*town.month(12, 60, credits=0), (date(2020, 4, 9), "A Ltd", "77", "-12.00")]
    town.publish("a", rows)
    quarterly(town, range(13, 16), lambda at: town.month(at, 60, credits=0))
    assert [check.kind for check in town.ask()] == []


def test_a_year_of_many_payments_and_no_credit(town: Town) -> None:
    ids = quarterly(town, range(24), lambda at: town.month(at, credits=0))
    check = town.only()
    assert (check.kind, check.years) == (CheckKind.NO_CREDITS, ("2019-20", "2020-21"))
    assert f"none of the {town.ledger.totals()[0].rows:,} payments in 2019-20 and 2020-21" in check.sentence
    assert town.only(ids[0]).years == ("2019-20",)


def test_an_anchor_with_few_payments_may_have_no_credits(town: Town) -> None:
    town.publish("few", [row for at in range(12) for row in town.month(at, 20, credits=0)])
    assert town.ledger.totals()[0].rows < 300
    assert town.ask() == []


def test_a_year_whose_signs_were_lost_between_others(town: Town) -> None:
    quarterly(town, range(36), lambda at: town.month(at, credits=0 if 12 <= at < 24 else 0.08))
    assert (town.only().kind, town.only().years) == (CheckKind.NO_CREDITS, ("2020-21",))


def test_months_that_no_file_covers_are_one_question(town: Town) -> None:
    ids = [town.publish(f"{at}", town.month(at)) for at in (0, 1, 2, 4, 5, 9, 10)]
    check = town.only()
    assert (check.kind, check.months) == (
        CheckKind.MONTHS_MISSING,
        ("2019-07", "2019-10", "2019-11", "2019-12"),
    )
    assert "4 months, July 2019 and October 2019 to December 2019" in check.sentence
    assert check.part_ids == tuple(ids[at] for at in (2, 3, 4, 5))
    assert town.only(ids[2]).months == ("2019-07",)
    assert town.ask(ids[0]) == []


def test_a_few_stray_payments_cover_no_month(town: Town) -> None:
    stray = [(date(2011, 1, 3), "A Ltd", "1", "5.00"), (date(2019, 7, 1), "A Ltd", "2", "5.00")]
    town.publish("june", [*town.month(2), *stray])
    for at in (4, 5):
        town.publish(f"{at}", town.month(at))
    assert town.only().months == ("2019-07",)


def test_dates_of_old_invoices_that_trail_along_are_no_first_month(town: Town) -> None:
    old = [(START, "A Ltd", bill, "5.00") for bill in ("A1", "A2", "A3")]
    for at in range(4, 9):
        rows = [*town.month(at, 16), *town.month(at - 1, 12), *(old if at == 4 else ())]
        town.publish(f"{at}", rows)
    assert town.ledger.totals("month")[0].keys["month"] == "2019-04"
    assert town.ask() == []


def test_a_month_in_two_files_with_the_same_rows(town: Town) -> None:
    first = town.month(0)
    ids = [town.publish("april", first), town.publish("may", town.month(1))]
    again = town.publish("april again", [*first[:-2], *town.month(0, 3)])
    check = town.only(again)
    assert (check.kind, check.months) == (CheckKind.MONTH_TWICE, ("2019-04",))
    assert check.part_ids == (ids[0], again)
    assert f"{len(first) - 2:,} of them in both" in check.sentence
    assert town.ask(ids[1]) == []


def test_a_month_in_two_files_with_twice_the_usual_number(town: Town) -> None:
    for at in range(10):
        town.publish(f"{at}", town.month(at))
    town.publish("other", town.month(4))
    assert (town.only().kind, town.only().months) == (CheckKind.MONTH_TWICE, ("2019-08",))
    assert ", 0 of them in both" in town.only().sentence


def test_months_with_uncommon_numbers_and_sums(town: Town) -> None:
    many = {8: 200, 15: 20}
    quarterly(town, range(24), lambda at: town.month(at, many.get(at, 80)))
    check = town.only()
    assert (check.kind, check.months) == (CheckKind.MONTHS_UNUSUAL, ("2019-12", "2020-07"))
    assert "December 2019 has " in check.sentence
    assert check.sentence.count("(usually ") == 2
    dear = town.publish("dear", [(date(2020, 1, 9), "Levy", "L1", "9000000.00"), *town.month(24)])
    assert town.only(dear).months == ("2020-01",)
    assert "January 2020 comes to £9." in town.only(dear).sentence


def test_seven_months_are_too_few_to_call_one_uncommon(town: Town) -> None:
    quarterly(town, range(8), lambda at: town.month(at, 300 if at == 3 else 60))
    assert town.ask() == []


def test_the_same_invoice_in_two_files(town: Town) -> None:
    bills = [(f"{day}", f"Payee {day}", f"B-{day}", f"{day * 100}.00") for day in range(1, 6)]
    ids = [
        town.publish(
            f"{at}", [*town.month(at), *((date(2019, 4 + at, int(row[0])), *row[1:]) for row in bills)]
        )
        for at in (0, 1)
    ]
    check = town.only()
    assert (check.kind, check.part_ids) == (CheckKind.INVOICES_TWICE, tuple(ids))
    assert "5 invoices stand in two files" in check.sentence
    assert "£1,500.00 in all, the largest £500.00 (0.csv line " in check.sentence
    assert [part for part, _ in check.lines] == ids * 3
    payments = [town.ledger.payment(part, line) for part, line in check.lines]
    assert [(one.reference, one.pence) for one in payments[::2]] == [
        ("B-5", 50000), ("B-4", 40000), ("B-3", 30000)
    ]  # fmt: skip
    assert [one.reference for one in payments[::2]] == [one.reference for one in payments[1::2]]


def test_references_that_name_no_invoice_and_credits_that_explain_one(town: Town) -> None:
    def again(at: int) -> list[Row]:
        day = date(2019, 4 + at, 12)
        standing = [(date(2019, 4 + at, on), "Rent Ltd", "ACC 55", "800.00") for on in (1, 15)]
        fillers = [(day, f"Tenant {one}", "BATCH1", "90.00") for one in range(6)]
        blanks = [(day, "A Ltd", word, "60.00") for word in ("NA", "", "0000", "see file")]
        undone = [(day, "B Ltd", "Z9", "70.00")] + ([(day, "B Ltd", "Z9", "-70.00")] if at else [])
        return [*town.month(at), *standing, *fillers, *blanks, *undone]

    for at in (0, 1):
        town.publish(f"{at}", again(at))
    town.publish("other anchor", [(date(2019, 4, 1), "C Ltd", "X1", "5.00")], "Marram Trust", "1")
    town.publish("its name", [(date(2019, 5, 1), "C Ltd", "X1", "5.00")], "Marram Trust", "2")
    assert town.ask() == []


def test_rows_alike_are_told_with_their_share_and_all_count(town: Town) -> None:
    rows = town.month(0, 100)
    copies = [rows[0]] * 30
    part = town.publish("alike", [*rows, *copies])
    whole = len(rows) + 30
    check = town.only()
    assert (check.kind, check.part_ids) == (CheckKind.ROWS_ALIKE, (part,))
    assert f"30 of {whole:,} payments in “alike.csv” ({30 / whole:.1%})" in check.sentence
    assert town.ledger.totals()[0].rows == whole


def test_parts_of_one_id_belong_together_whatever_their_names(town: Town) -> None:
    for at in (0, 1, 3):
        town.publish(f"{at}", town.month(at), f"Riverton, by name {at}", "7")
    check = town.only()
    assert (check.anchor, check.anchor_id, check.months) == ("Riverton, by name 3", "7", ("2019-06",))


def test_a_missing_file_of_the_ledger_is_refused(town: Town) -> None:
    part = town.publish("a", town.month(0))
    payments_file(town.ledger.folder, part).unlink()
    with pytest.raises(Refused):
        town.ask()
    assert ask_checks(town.ledger.folder, []) == town.ask("no such part") == []


@pytest.mark.slow
@pytest.mark.skipif(
    not os.environ.get("FOLKMOOT_OPEN_DATA"), reason="FOLKMOOT_OPEN_DATA names no folder of open data"
)
@pytest.mark.parametrize(
    ("folder", "month"), [("salford_council", "2020-09"), ("manchester_council", "2020-10")]
)
def test_the_signs_that_open_data_lost_are_found(tmp_path: Path, folder: str, month: str) -> None:
    ledger = Ledger(tmp_path)
    for year in ("2020-0[4-9]", "2020-1[0-2]", "2021-0[1-6]"):
        for path in sorted(
            (Path(os.environ["FOLKMOOT_OPEN_DATA"]) / "spend" / folder).glob(f"{year}.csv.gz")
        ):
            ledger.add_file(open_source(path), anchor=folder, clock=clock)
    checks = ask_checks(tmp_path, ledger.parts())
    assert [check.months for check in checks if check.kind is CheckKind.SIGNS_CHANGE] == [(month,)]
