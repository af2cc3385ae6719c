"""Do payments carry the flags that their rows, their file and the whole ledger give them, and no identifier
that a withheld name would be known by?"""

from pathlib import Path

import pytest

from core.spend.importing import clock
from core.spend.shapes import source_of
from folkmoot.core.spend import Ledger, Part, Which
from folkmoot.core.spend.reading.row import Flag

HEAD = "Date,Supplier,Amount,VAT Registration Number,Transaction Number\n"
CUT = [f"The {'abcdefghij'[n % 10]}{n:02d} Foundation for Local Enterprise"[:35] for n in range(40)]
RIVERTON = (
    HEAD
    + "2026-04-01,Brine Builders Ltd,120.00,GB123456789,1\n"
    + "2026-04-02,REDACTED PERSONAL DATA,50.00,GB987654321,2\n"
    + "2026-04-03,Mrs A Moss,20.00,,3\n"
    + "2026-04-04,Brine Builders Ltd,-120.00,GB123456789,4\n"
    + "2026-04-05,Pennant Health NHS Trust,900.00,,5\n"
    + "2026-04-06,Redactive Publishing Ltd,9.00,,6\n"
    + "2026-04-07,UK0479435601 : Prime Care,7.00,,7\n"
    + "".join(f"2026-04-08,{name},1.00,,{n}\n" for n, name in enumerate(CUT, 8))
    + "".join(f"2026-04-08,Firm {'x' * (n % 17)},1.00,,{n}\n" for n in range(60, 94))
)
PENNANT = HEAD + "2026-04-09,Riverton Council,30.00,,1\n2026-04-09,Riverton Council Tenants' Club,3.00,,2\n"


def add(ledger: Ledger, folder: Path, anchor: str, text: str) -> Part:
    return ledger.add_file(source_of(text, folder, f"{anchor}.csv"), anchor=anchor, clock=clock)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    ledger = Ledger(tmp_path / "ledger")
    add(ledger, tmp_path, "Riverton Council", RIVERTON)
    add(ledger, tmp_path, "Pennant Health NHS Trust", PENNANT)
    return ledger


def lines(ledger: Ledger, flag: Flag) -> list[tuple[str, int]]:
    rows, count, _ = ledger.payments(Which(flag=flag), order="line", limit=500)
    assert count == len(rows)
    assert all(flag in row.flags for row in rows)
    unflagged = ledger.payments(order="line", limit=500)[0]
    assert sum(flag in row.flags for row in unflagged) == count
    return [(row.anchor, row.line) for row in rows]


def test_each_flag_is_found_by_asking_for_it(ledger: Ledger) -> None:
    anchor = "Riverton Council"
    assert lines(ledger, Flag.REDACTED) == [(anchor, 3)]
    assert lines(ledger, Flag.INDIVIDUAL) == [(anchor, 4)]
    assert lines(ledger, Flag.REVERSED) == [(anchor, 2), (anchor, 5)]
    assert lines(ledger, Flag.TO_ANCHOR) == [(anchor, 6), ("Pennant Health NHS Trust", 2)]
    assert lines(ledger, Flag.NAME_CUT) == [(anchor, line) for line in range(9, 49)]
    part = ledger.parts()[0]
    assert part.cut_at == 35
    assert part.flags == {"redacted": 1, "individual": 1, "name_cut": 40, "reversed": 2}
    assert [ledger.reversal(part.id, line) for line in (2, 5, 3)] == [5, 2, None]


def test_flags_take_no_money_out(ledger: Ledger) -> None:
    whole = ledger.totals()[0]
    assert whole.pence == sum(part.pence_accepted for part in ledger.parts())
    assert ledger.totals(which=Which(flag=Flag.REVERSED))[0].pence == 0
    assert ledger.totals("anchor", Which(flag=Flag.TO_ANCHOR))[0].pence == 3000


def test_a_withheld_name_keeps_no_identifier(ledger: Ledger) -> None:
    part = ledger.parts()[0]
    assert ledger.payment(part.id, 2).vat_no == "GB123456789"
    withheld = ledger.payment(part.id, 3)
    assert (withheld.vat_no, withheld.company_no, withheld.payee_ref) == ("", "", "")
    assert ledger.payment(part.id, 8).payee_ref == "UK0479435601"


def test_another_anchor_is_known_only_while_its_file_is_there(ledger: Ledger) -> None:
    ledger.forget(ledger.parts()[1].id)
    assert ledger.payments(Which(flag=Flag.TO_ANCHOR))[1] == 0


def test_rows_set_aside_are_found_by_reason(tmp_path: Path) -> None:
    text = "Date,Supplier,Amount\n2026-04-01,A,1\n,,\nTotal,,1\n2026-04-02,B,x\n"
    ledger = Ledger(tmp_path / "ledger")
    part = add(ledger, tmp_path, "A", text)
    assert [row.line for row in ledger.reported(part.id)] == [3, 4, 5]
    for reason, line in (("blank", 3), ("total_line", 4), ("amount_unreadable", 5)):
        found = ledger.reported(part.id, reason=type(ledger.reported(part.id)[0].reason)(reason))
        assert [row.line for row in found] == [line]
