"""Are the whole's money figures those of the files? Recomputed here with csv and Decimal alone.

Nothing of Folkmoot is used to find the sums: only its pages are read, as a browser would.
"""

import csv
import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from serving import Server, visitor

FILES = Path(__file__).parents[2] / "src" / "folkmoot" / "demo" / "files"
NOT_IN = {"housing-2026-08.csv", "council-2026-11.csv"}  # held back; and a contracts register
ANCHORS = {
    "council": (
        "Marram Bay Borough Council",
        "utf-8-sig",
        "Net",
        "Date of Payment",
        ("Supplier Name", "Vendor Name"),
    ),
    "hospital": ("Marram Bay Hospitals Trust", "cp1252", "Amount", "Date", ("Supplier",)),
    "university": ("University of Marram Bay", "utf-8", "Amount", "Payment Date", ("Supplier",)),
    "college": ("Marram Bay College", "utf-8", "Amount", "Date Paid", ("Paid To",)),
    "housing": ("Pennant Shore Homes", "utf-8", "Amount Paid", "Paid On", ("Beneficiary",)),
}
MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"


def payments(path: Path) -> list[tuple[str, str, Decimal, str]]:
    """Anchor, financial year, pounds and payee of each good row of a file."""
    anchor, encoding, amount, paid, payee = ANCHORS[path.name.split("-")[0]]
    text = path.read_bytes().decode(encoding)
    rows = list(csv.reader(text.splitlines(keepends=True), delimiter=max(",;\t", key=text.count)))
    head = next(row for row in rows if amount in row)
    found = []
    for row in rows[rows.index(head) + 1 :]:
        cells = dict(zip(head, row, strict=False))
        sum_, day = pounds(cells.get(amount, "")), year_and_month(cells.get(paid, ""))
        who = " ".join(cells.get(name, "") for name in payee).strip()
        if sum_ is not None and day and who:
            start = day[0] - (day[1] < 4)
            found.append((anchor, f"{start}-{start + 1 - 2000}", sum_, who))
    return found


def pounds(cell: str) -> Decimal | None:
    """An amount with its sign before, behind, or told by brackets."""
    bare = re.sub(r"[£,\s]", "", cell)
    minus = bare.startswith(("(", "-")) or bare.endswith("-")
    digits = bare.strip("()-")
    return Decimal(digits) * (-1 if minus else 1) if re.fullmatch(r"\d+(\.\d+)?", digits) else None


def year_and_month(cell: str) -> tuple[int, int] | None:
    """Year and month of a date in this century."""
    named = re.fullmatch(r"\d\d-([A-Z][a-z]{2})-(\d\d)", cell)
    first = re.fullmatch(r"(20\d\d)[-/](\d\d)[-/]\d\d", cell)
    last = re.fullmatch(r"\d{1,2}/(\d{1,2})/(20\d\d)", cell)
    if named:
        return 2000 + int(named[2]), MONTHS.index(named[1]) // 3 + 1
    return (int(first[1]), int(first[2])) if first else (int(last[2]), int(last[1])) if last else None


def figures(page: str) -> dict[str, str]:
    """Every figure of a page, by its name."""
    return dict(re.findall(r'data-figure="([^"]+)"[^>]*>([^<]*)<', page))


def test_the_figures_are_those_of_the_files(server: Server) -> None:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    read = [row for path in FILES.glob("*.csv") if path.name not in NOT_IN for row in payments(path)]
    for anchor, year, amount, _ in read:
        for name in (f"{anchor} {year}", anchor, year, "all"):
            sums[f"paid: {name}"] += amount
    browse = visitor(server, "yvonne.tapper@marram.example")
    told = figures(browse("/marram-bay/spend/"))
    shown = {name: text for name, text in told.items() if name.startswith("paid: ")}
    assert shown == {name: f"£{amount:,.2f}" for name, amount in sums.items()}
    whole = figures(browse("/marram-bay/"))
    millions = (sums["paid: all"] / 1_000_000).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert whole["paid in all"] == f"£{millions}m"
    assert whole["payees"] == f"{len({who for *_, who in read})} payees"
