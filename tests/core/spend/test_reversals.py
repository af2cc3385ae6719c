"""Which rows of a file take each other back?"""

from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.spend.importing import clock
from core.spend.shapes import source_of
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend import Ledger
from folkmoot.core.spend.ledger.parts import payments_file
from folkmoot.core.spend.ledger.reversals import (
    find_reversals,
    reversal_lines,
    reversal_of,
    reversals_file,
    write_reversals,
)

TEXTS = ("payee", "purpose", "unit", "category")
Row = tuple[int, int, str, str]  # day, pence, payee, purpose

few_rows = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.sampled_from((-500, 500, 500, -700, 700, 0)),
        st.sampled_from("AB"),
        st.sampled_from(("Care", "")),
    ),
    max_size=40,
)
# Each example opens an engine of its own, which takes 20 ms: few examples of many rows.
quick = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def written(rows: list[Row], folder: Path) -> Path:
    path = folder / "some.parquet"
    days, pence, payees, purposes = ([row[at] for row in rows] for at in range(4))
    columns = {
        "line": pa.array(range(2, len(rows) + 2), pa.int64()),
        "paid_on": pa.array([date(2020, 4, 1) + timedelta(day) for day in days], pa.date32()),
        "pence": pa.array(pence, pa.int64()),
        "payee": pa.array(payees, pa.string()),
        "purpose": pa.array(purposes, pa.string()),
        "unit": pa.array([""] * len(rows), pa.string()),
        "category": pa.array([None] * len(rows), pa.string()),
    }
    pq.write_table(pa.table(columns), path)
    return path


def pairs_of(rows: list[Row], folder: Path) -> dict[int, int]:
    """Row and other row, counted from nought."""
    found = find_reversals(written(rows, folder)).to_pylist()
    assert len({pair["line"] for pair in found}) == len(found)
    return {pair["line"] - 2: pair["other"] - 2 for pair in found}


@quick
@given(rows=few_rows)
def test_every_pair_sums_to_nought_and_as_many_find_one_as_can(tmp_path: Path, rows: list[Row]) -> None:
    pairs = pairs_of(rows, tmp_path)
    assert all(pairs[other] == row for row, other in pairs.items())
    for row, other in pairs.items():
        assert rows[row][1] == -rows[other][1] != 0
        assert rows[row][2:] == rows[other][2:]
    signs: dict[tuple, list[int]] = defaultdict(lambda: [0, 0])
    for _, pence, *texts in rows:
        if pence:
            signs[abs(pence), *texts][pence > 0] += 1
    paired = Counter((abs(rows[row][1]), *rows[row][2:]) for row in pairs if rows[row][1] > 0)
    assert {key: paired[key] for key in signs} == {key: min(both) for key, both in signs.items()}


@quick
@given(rows=few_rows, data=st.data())
def test_the_order_of_rows_does_not_change_the_number_of_pairs(tmp_path: Path, rows, data) -> None:
    mixed = data.draw(st.permutations(rows))
    assert len(pairs_of(rows, tmp_path)) == len(pairs_of(mixed, tmp_path))


@quick
@given(days=st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=15))
def test_equal_numbers_are_paired_as_near_in_date_as_can_be(tmp_path: Path, days) -> None:
    rows = [(one, 500, "A", "") for one, _ in days] + [(other, -500, "A", "") for _, other in days]
    pairs = pairs_of(rows, tmp_path)
    apart = sum(abs(rows[row][0] - rows[other][0]) for row, other in pairs.items()) // 2
    # On a line, sorted days paired in order are the nearest matching there is.
    ups, downs = sorted(one for one, _ in days), sorted(other for _, other in days)
    assert apart == sum(abs(one - other) for one, other in zip(ups, downs, strict=True))


def test_a_credit_goes_with_the_last_open_payment_before_it(tmp_path: Path) -> None:
    weekly = [(day, 500, "A", "") for day in (0, 7, 14, 21)]
    assert pairs_of([*weekly, (15, -500, "A", "")], tmp_path) == {2: 4, 4: 2}
    two = [(15, -500, "A", ""), (16, -500, "A", "")]
    assert pairs_of([*weekly, *two], tmp_path) == {2: 4, 4: 2, 1: 5, 5: 1}
    early = [(0, -500, "A", ""), (3, 500, "A", ""), (9, 500, "A", "")]
    assert pairs_of(early, tmp_path) == {0: 1, 1: 0}


def test_other_texts_and_other_amounts_are_no_pair(tmp_path: Path) -> None:
    rows = [(0, 500, "A", "Care"), (0, -500, "A", ""), (0, -500, "B", "Care"), (0, -501, "A", "Care")]
    assert pairs_of(rows, tmp_path) == {}
    assert pairs_of([(0, 0, "A", ""), (0, 0, "A", "")], tmp_path) == {}


def test_pairs_lie_beside_the_part_and_none_leaves_no_file(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    text = "Date,Supplier,Amount\n2020-04-30,A,5\n2020-04-30,B,7\n2020-05-01,A,-5\n"
    part = ledger.add_file(source_of(text, tmp_path), anchor="Riverton Council", clock=clock)
    payments, beside = payments_file(ledger.folder, part.id), reversals_file(ledger.folder, part.id)
    beside.unlink(missing_ok=True)
    assert reversal_lines(ledger.folder, part, [2, 4]) == {}
    assert write_reversals(payments) == 1
    assert reversal_lines(ledger.folder, part, [2, 3, 4, 99]) == {2: 4, 4: 2}
    assert (reversal_of(ledger.folder, part, 2), reversal_of(ledger.folder, part, 3)) == (4, None)
    assert reversal_lines(ledger.folder, part, []) == {}
    assert not list(beside.parent.glob("*.new"))
    beside.write_bytes(b"broken")
    with pytest.raises(Refused):
        reversal_of(ledger.folder, part, 2)
    alone = written([(0, 500, "A", "")], tmp_path)
    assert write_reversals(alone) == 0
    assert not list(tmp_path.glob("*reversals*"))
