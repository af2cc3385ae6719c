"""How much does accounting for every row cost, against a plain reader that is told the layout?

The plain reader is the standard library's csv with Decimal: it is told which columns hold what, keeps
nothing, and stops at the first odd cell. Equal sums first, then the times.
"""

import csv
import gzip
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from benchmarks.measured import Measured, timed
from folkmoot.core.kernel.draw import Draw
from folkmoot.core.kernel.when import fixed
from folkmoot.core.spend import Ledger, open_source

ROWS = 200_000
CLOCK = fixed(datetime(2026, 11, 16, 9, tzinfo=UTC))


def written(folder: Path) -> Path:
    """A large file in the shape of a council's, drawn from a fixed seed."""
    draw = Draw("a large published file")
    path = folder / "large.csv.gz"
    with gzip.open(path, "wt", newline="", encoding="utf-8", compresslevel=1) as file:
        writer = csv.writer(file)
        writer.writerow(
            [
                "Body Name",
                "Service Area",
                "Invoice Payment Date",
                "Transaction Number",
                "Net Amount",
                "Supplier Name",
            ]
        )
        for number in range(ROWS):
            day = f"2025-{draw.between(1, 12):02d}-{draw.between(1, 28):02d}"
            amount = f"{draw.between(-200, 90_000)}.{draw.below(100):02d}"
            writer.writerow(
                [
                    "A Council",
                    f"Service {draw.below(30)}",
                    day,
                    5_100_000 + number,
                    amount,
                    f"Supplier {draw.below(9000)} Ltd",
                ]
            )
    return path


def plainly(path: Path) -> tuple[int, Decimal]:
    """Rows and pounds by the plain reader."""
    with gzip.open(path, "rt", newline="", encoding="utf-8") as file:
        rows: Iterator[dict[str, str]] = csv.DictReader(file)
        amounts = [Decimal(row["Net Amount"]) for row in rows]
    return len(amounts), sum(amounts, Decimal(0))


def ours(path: Path, folder: Path) -> tuple[int, Decimal]:
    """Rows and pounds by the ledger: layout found, every row kept with its line, written safely."""
    part = Ledger(folder).add_file(open_source(path), anchor="A Council", clock=CLOCK)
    return part.accepted, Decimal(part.pence_accepted) / 100


def measure() -> Iterator[Measured]:
    """One large file, read by both."""
    with tempfile.TemporaryDirectory() as room:
        path = written(Path(room))
        seconds, found = timed(lambda: ours(path, Path(room) / "ledger"))
        plain_seconds, plain = timed(lambda: plainly(path))
    if found != plain:
        raise AssertionError(f"unequal answers: {found} and {plain}")
    rate = f"{ROWS / seconds:,.0f} rows a second, every row accounted for"
    yield Measured(
        "reading", f"{ROWS:,} rows to a ledger", seconds, "csv and Decimal, sums only", plain_seconds, rate
    )
