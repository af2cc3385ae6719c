"""What does a process do that changes a ledger and may be killed at it?"""

from datetime import UTC, datetime
from pathlib import Path

from folkmoot.core.spend import Ledger, open_source

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


def clock() -> datetime:
    return NOW


def spend_list(first: int, rows: int) -> str:
    """A published list in which every 50th payment takes back the one before it."""
    lines = []
    for row in range(rows):
        credit = row % 50 == 1
        told, sign = row - credit, "-" if credit else ""
        lines.append(f"2026-04-{told % 28 + 1:02d},Firm {told},{sign}{first + told}.{told % 100:02d}\n")
    return "Date,Supplier,Amount\n" + "".join(lines) + "Total,,0\n"


def add(folder: str, *paths: str, anchor: str = "Riverton Council") -> None:
    """Add files one after the other."""
    for path in paths:
        Ledger(Path(folder)).add_file(open_source(path), anchor=anchor, clock=clock)


def forget(folder: str, sha256: str) -> None:
    """Undo the file with this fingerprint."""
    ledger = Ledger(Path(folder))
    for part in ledger.parts():
        if part.sha256 == sha256:
            ledger.forget(part.id)
