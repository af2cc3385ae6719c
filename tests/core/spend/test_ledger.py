"""Does the ledger hold what was read, answer what is asked, and let go of what is undone?"""

import json
import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.spend.importing import clock
from core.spend.shapes import Shape, published, source_of, tables
from folkmoot.core.kernel.errors import NotFound, Refused
from folkmoot.core.kernel.when import financial_year
from folkmoot.core.spend import Ledger, Part, Sum, Which, WrongDataset
from folkmoot.core.spend.ledger import Stopped
from folkmoot.core.spend.reading import Unsure

HEAD = "Date,Supplier,Amount,Purpose\n"
ALL = {"limit": 1000}


def add(ledger: Ledger, text: str | bytes, name: str, anchor: str = "Riverton Council", **more) -> Part:
    ledger.folder.mkdir(exist_ok=True)
    source = source_of(text, ledger.folder.parent, name)
    return ledger.add_file(source, anchor=anchor, clock=clock, **more)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger")


@pytest.fixture
def two(ledger: Ledger) -> Ledger:
    add(ledger, HEAD + "2026-03-31,A Ltd,10,Desks\n2026-04-01,B Ltd,-2.50,Chairs\nTotal,,7.50,\n", "a.csv")
    text = HEAD + "2026-04-02,A Ltd,5,Über Lamps\n,,,\n2026-04-03,,1,\n"
    add(ledger, text, "b.csv", "Marram Trust", anchor_id="7")
    return ledger


def test_an_empty_ledger_answers(ledger: Ledger) -> None:
    assert ledger.totals() == [Sum({}, 0, 0)]
    assert ledger.totals("anchor") == ledger.payees() == ledger.parts() == []
    assert ledger.payments() == ([], 0, 0)
    assert not ledger.folder.exists()
    with pytest.raises(NotFound):
        ledger.part("none")
    with pytest.raises(NotFound):
        ledger.forget("none")


def test_a_part_says_how_its_rows_add_up(two: Ledger) -> None:
    first, second = two.parts()
    assert (first.rows_in, first.accepted, first.reported) == (3, 2, 1)
    assert (first.pence_in, first.pence_accepted, first.pence_reported) == (1500, 750, 750)
    assert (first.reasons, second.reasons) == ({"total_line": 1}, {"blank": 1, "payee_blank": 1})
    assert (str(first.first_paid_on), str(second.last_paid_on)) == ("2026-03-31", "2026-04-02")
    assert (first.file, first.added_at, first.already) == ("a.csv", "2026-11-16T09:00:00+00:00", False)
    assert [row.line for row in two.reported(second.id)] == [3, 4]
    assert two.reported(second.id, offset=1)[0].cells == ("2026-04-03", "", "1", "")


def test_sums_by_every_key(two: Ledger) -> None:
    assert two.totals() == [Sum({}, 3, 1250)]
    assert [(one.keys["year"], one.pence) for one in two.totals("year")] == [
        ("2025-26", 1000),
        ("2026-27", 250),
    ]
    assert [one.keys["month"] for one in two.totals("month")] == ["2026-03", "2026-04"]
    by = two.totals(("anchor", "year"))
    assert by[0] == Sum({"anchor": "Marram Trust", "anchor_id": "7", "year": "2026-27"}, 1, 500)
    assert {one.keys["file"]: one.rows for one in two.totals("file")} == {"a.csv": 2, "b.csv": 1}
    assert two.payees(1) == [Sum({"payee": "A Ltd"}, 2, 1500)]
    with pytest.raises(Refused):
        two.totals("colour")


def test_payments_by_every_choice(two: Ledger) -> None:
    def lines(which: Which, **more) -> list[tuple[str, int]]:
        found, count, pence = two.payments(which, **more)
        assert (len(found), sum(one.pence for one in found)) == (count, pence)
        return [(one.file, one.line) for one in found]

    assert lines(Which()) == [("b.csv", 2), ("a.csv", 3), ("a.csv", 2)]
    assert lines(Which(), order="pence") == [("a.csv", 2), ("b.csv", 2), ("a.csv", 3)]
    assert lines(Which(), order="line") == [("a.csv", 2), ("a.csv", 3), ("b.csv", 2)]
    assert lines(Which(anchor="Riverton Council"), order="line") == [("a.csv", 2), ("a.csv", 3)]
    assert lines(Which(anchor="Renamed since", anchor_id="7")) == [("b.csv", 2)]
    assert lines(Which(year="2025-26")) == [("a.csv", 2)]
    assert lines(Which(payee="A Ltd", text="über")) == [("b.csv", 2)]
    assert lines(Which(part_id=two.parts()[0].id, text="%")) == []
    with pytest.raises(Refused):
        two.payments(Which(year="2025"))
    with pytest.raises(Refused):
        two.payments(order="payee; drop")


def test_a_payment_opens_down_to_its_line(two: Ledger) -> None:
    part = two.parts()[0]
    payment = two.payment(part.id, 3)
    assert (payment.file, payment.line, payment.pence) == ("a.csv", 3, -250)
    assert payment.cells == ("2026-04-01", "B Ltd", "-2.50", "Chairs")
    with pytest.raises(NotFound):
        two.payment(part.id, 4)


def test_the_same_bytes_twice_add_nothing(two: Ledger) -> None:
    before = two.totals()
    text = HEAD + "2026-03-31,A Ltd,10,Desks\n2026-04-01,B Ltd,-2.50,Chairs\nTotal,,7.50,\n"
    again = add(two, text, "renamed.csv")
    other = add(two, text, "a.csv", "Another Council")
    assert again.already
    assert other.already
    assert again.id == other.id == two.parts()[0].id
    assert "Riverton Council" in other.warnings[-1]
    assert two.totals() == before
    assert len(two.parts()) == 2


def test_undo_restores_and_the_sweep_waits_an_hour(two: Ledger) -> None:
    before, kept = two.totals("file"), two.parts()
    part = add(two, HEAD + "2026-05-05,C,1,\n", "c.csv")
    assert two.totals()[0].pence == 1350
    assert two.forget(part.id).id == part.id
    assert two.totals("file") == before
    assert two.parts() == kept
    now = datetime.now(UTC)
    assert two.sweep(now + timedelta(minutes=59)) == []
    assert two.sweep(now + timedelta(minutes=61)) == [f"{part.id}.parquet", f"{part.id}.reported.parquet"]
    assert two.totals("file") == before
    assert not add(two, HEAD + "2026-05-05,C,1,\n", "c.csv").already


def test_what_is_refused_leaves_nothing(two: Ledger) -> None:
    before = sorted(two.folder.rglob("*"))
    with pytest.raises(WrongDataset):
        add(two, "Contract Title,Start Date,End Date,Supplier\n", "contracts.csv")
    with pytest.raises(Stopped):
        add(two, HEAD + "2026-05-05,C,1,\n", "c.csv", cancelled=lambda: True)
    with pytest.raises(Refused, match="needs an anchor"):
        add(two, HEAD + "2026-05-05,C,1,\n", "c.csv", anchor=" ")
    assert sorted(two.folder.rglob("*")) == before


def test_one_currency_in_a_ledger(two: Ledger) -> None:
    text = HEAD + "2026-05-05,C,€1,\n"
    mixed = add(two, text + "2026-05-05,C,2,\n" * 3, "mixed.csv")
    assert mixed.reasons == {"currency_unknown": 1}
    with pytest.raises(Unsure, match="amounts in EUR"):
        add(two, text + "2026-05-06,C,€1,\n" * 3, "euro.csv")
    euros = Ledger(two.folder.parent / "euros", currency="EUR")
    assert add(euros, text, "euro.csv").pence_accepted == 100
    assert Ledger(euros.folder).currency == "EUR"


def test_a_damaged_manifest_is_said_and_kept(two: Ledger) -> None:
    manifest = two.folder / "manifest.json"
    for damage in (b"{", b"[]", b'{"format": 1}', b"\xff", b'{"format": 99, "currency": "GBP", "parts": []}'):
        manifest.write_bytes(damage)
        with pytest.raises(Refused, match="ledger"):
            add(two, HEAD + "2026-05-05,C,1,\n", "c.csv")
        assert manifest.read_bytes() == damage


def test_a_missing_or_damaged_part_is_said(two: Ledger) -> None:
    file = two.folder / "parts" / f"{two.parts()[0].id}.parquet"
    file.write_bytes(b"damaged")
    with pytest.raises(Refused, match="missing or damaged"):
        two.totals()
    file.unlink()
    with pytest.raises(Refused, match="missing or damaged"):
        two.payments()


def test_files_that_the_manifest_does_not_list_are_not_read(two: Ledger) -> None:
    parts = two.folder / "parts"
    (parts / "stray.parquet").write_bytes((parts / f"{two.parts()[0].id}.parquet").read_bytes())
    assert two.totals()[0] == Sum({}, 3, 1250)
    assert json.loads((two.folder / "manifest.json").read_bytes())["parts"][0]["file"] == "a.csv"
    assert str(two.folder) not in (two.folder / "manifest.json").read_text(encoding="utf-8")


def test_progress_comes_to_the_end(ledger: Ledger) -> None:
    heard: list[tuple[int, int, int]] = []
    text = HEAD + "2026-05-05,C,1,\n" * 50_000
    add(ledger, text, "c.csv", progress=lambda *figures: heard.append(figures))
    rows = [rows for rows, _, _ in heard]
    assert rows == sorted(rows)
    assert (rows[0], rows[-1], len(set(rows)) > 3) == (0, 50_000, True)
    assert heard[-1] == (50_000, len(text), len(text))
    assert [done for _, done, _ in heard] == sorted(done for _, done, _ in heard)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(tables, min_size=1, max_size=3, unique_by=repr), data=st.data())
def test_sums_are_those_of_the_rows_in_any_order_and_undo_is_exact(tmp_path: Path, files, data) -> None:
    ledger = Ledger(tmp_path / os.urandom(4).hex())
    for at, rows in enumerate(data.draw(st.permutations(files))):
        add(ledger, published(rows, Shape())[0], f"{at}.csv")
    rows = [row for table in files for row in table]
    expected: Counter[str] = Counter()
    for paid, pence, *_ in rows:
        expected[financial_year(paid)] += pence
    assert ledger.totals() == [Sum({}, len(rows), sum(row[1] for row in rows))]
    assert {one.keys["year"]: one.pence for one in ledger.totals("year")} == dict(expected)
    payees = Counter(row[2] for row in rows)
    assert {one.keys["payee"]: one.rows for one in ledger.payees(1000)} == dict(payees)
    assert sorted(one.pence for one in ledger.payments(**ALL)[0]) == sorted(row[1] for row in rows)
    for part in ledger.parts():
        ledger.forget(part.id)
    assert ledger.totals() == [Sum({}, 0, 0)]
