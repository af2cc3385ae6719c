"""Does every published file of the open data read, and reconcile to the penny with a sum made otherwise?"""

import csv
import gzip
import io
import os
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from folkmoot.core.spend import Payment, WrongDataset, look, open_source
from folkmoot.core.spend.reading import Reading

OPEN_DATA = os.environ.get("FOLKMOOT_OPEN_DATA", "")
pytestmark = pytest.mark.skipif(not OPEN_DATA, reason="FOLKMOOT_OPEN_DATA names no folder of open data")
CONTRACTS = "2022-07.csv.gz"  # the contracts register that Salford served in place of that month


def files(folder: str) -> list[Path]:
    found = sorted((Path(OPEN_DATA) / "spend" / folder).rglob("*.csv.gz"))
    assert found
    return found


def summed_otherwise(path: Path) -> tuple[int, int]:
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
    return len(rows) - 1, int(whole * 100)


@pytest.mark.slow
@pytest.mark.parametrize("council", ["salford_council", "manchester_council"])
def test_every_council_file_reconciles_to_the_penny(council: str) -> None:
    for path in files(council):
        if (council, path.name) == ("salford_council", CONTRACTS):
            continue
        source = open_source(path)
        reading = Reading(source, look(source).recipe)
        accepted = sum(row.pence for row in reading if isinstance(row, Payment))
        tally = reading.tally
        assert (tally.rows_in, tally.pence_in) == summed_otherwise(path), path.name
        assert accepted == tally.pence_accepted
        assert tally.pence_in == tally.pence_accepted + tally.pence_reported
        assert tally.reported < 0.02 * tally.rows_in, path.name


def test_the_register_served_in_place_of_payments_is_refused() -> None:
    seen = look(open_source(Path(OPEN_DATA) / "spend" / "salford_council" / CONTRACTS))
    refusal = seen.refusal(CONTRACTS)
    assert isinstance(refusal, WrongDataset)
    assert (seen.kind, "Contract Reference" in refusal.reason) == ("contracts", True)


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["london_nhs_trusts_2020_21", "trafford_council"])
def test_publishers_of_other_shapes_read_too(folder: str) -> None:
    for path in files(folder):
        source = open_source(path)
        seen = look(source)
        reading = Reading(source, seen.recipe)
        assert sum(1 for _ in reading) == reading.tally.rows_in > 0
        assert (seen.kind, reading.tally.reported) == ("payments", 0), path.name


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("trafford_council_cards", "cards"), ("trafford_grants_360giving", "grants"), ("registers", "unknown")],
)
def test_other_lists_are_told_apart(folder: str, kind: str) -> None:
    assert [look(open_source(path)).kind for path in files(folder)[:2]] == [kind] * len(files(folder)[:2])
