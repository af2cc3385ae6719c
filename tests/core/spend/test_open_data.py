"""Does every published file of the open data read as it was checked by eye, and reconcile to the penny?

The table `golden_recipes.csv` holds what is guessed about each file and what its rows come to; how it was
checked, and what was wrong at first, stands in docs/understand/reading.md.
"""

import csv
import gzip
import io
import os
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from core.spend.golden import open_files, read_table, told_of
from folkmoot.core.spend import WrongDataset, look, open_source

OPEN_DATA = os.environ.get("FOLKMOOT_OPEN_DATA", "")
FOLDER = Path(OPEN_DATA) / "spend"
needs_open_data = pytest.mark.skipif(not OPEN_DATA, reason="FOLKMOOT_OPEN_DATA names no folder of open data")
CONTRACTS = "salford_council/2022-07.csv.gz"  # the contracts register that was served in place of that month
UNDATED = "oxford_council/expenditure-over-500-apr-jun-2014.csv.gz"  # each date is "00:00:00"
FEW_REPORTED = 0.02
GOLDEN = read_table()
PUBLISHERS = sorted({row["file"].rsplit("/", 1)[0] for row in GOLDEN})


def summed_otherwise(path: Path) -> tuple[str, str]:
    """Rows, and pence of the net column, by nothing but csv and Decimal."""
    rows = list(csv.reader(io.StringIO(gzip.decompress(path.read_bytes()).decode(), newline="")))
    names = [name for name in ("Net", "Net Amount", "Amount") if name in rows[0]]
    at = 5 if rows[0][3:6] == ["Amount", "", ""] else rows[0].index(names[0])  # two months head two lines
    whole = Decimal(0)
    for row in rows[1:]:
        try:
            whole += Decimal(row[at].replace(",", "").strip() or 0) if at < len(row) else 0
        except InvalidOperation:
            continue
    return str(len(rows) - 1), str(int(whole * 100))


@needs_open_data
@pytest.mark.slow
@pytest.mark.parametrize("publisher", PUBLISHERS)
def test_every_file_is_read_as_a_person_checked(publisher: str) -> None:
    paths = [path for path in open_files(FOLDER) if path.parent == FOLDER / publisher]
    expected = [row for row in GOLDEN if row["file"].rsplit("/", 1)[0] == publisher]
    found = [row for path in paths for row in told_of(path, FOLDER)]
    assert found == expected
    for row in found:
        councils = publisher in ("salford_council", "manchester_council", "trafford_council")
        if councils and row["kind"] == "payments":
            assert (row["rows_in"], row["pence_in"]) == summed_otherwise(FOLDER / row["file"]), row["file"]


def test_the_table_itself_holds_what_is_promised() -> None:
    payments = [row for row in GOLDEN if row["kind"] == "payments"]
    for row in payments:
        if row["file"] != UNDATED:
            assert not row["asks"], row["file"]
            assert int(row["reported"]) <= FEW_REPORTED * int(row["rows_in"]), row["file"]
    kinds = Counter(row["kind"] for row in GOLDEN)
    assert kinds["payments"] == len(payments) > 250
    assert {row["file"] for row in GOLDEN if row["kind"] == "contracts"} == {CONTRACTS}
    assert sum(int(row["rows_in"]) for row in payments) > 920_000


@needs_open_data
def test_the_register_served_in_place_of_payments_is_refused() -> None:
    seen = look(open_source(FOLDER / CONTRACTS))
    refusal = seen.refusal(CONTRACTS)
    assert isinstance(refusal, WrongDataset)
    assert "Contract Reference" in refusal.reason


@needs_open_data
def test_a_file_without_dates_is_asked_about() -> None:
    doubt = look(open_source(FOLDER / UNDATED)).doubt(UNDATED)
    assert doubt
    assert "00:00:00" in doubt.reason
