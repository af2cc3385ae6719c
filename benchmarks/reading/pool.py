"""Which real payments is the large set made from?

The open files are read here by the standard library's csv module with their columns named by hand, never by
the reader that is measured: the truth must not come from it.
"""

import csv
import gzip
import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

SYNTHETIC_ROWS = 40_000  # a publisher, where there is no open data
_WORDS = (
    "Care", "Homes", "Building", "Transport", "Training", "Energy", "Roofing", "Catering", "Consulting",
    "Nurseries", "Print", "Water", "Security", "Software", "Landscapes", "Taxis", "Housing", "Legal",
)  # fmt: skip
_NAMES = (
    "Ashdown",
    "Birch",
    "Calder",
    "Dunmore",
    "Ellis",
    "Fairfield",
    "Garside",
    "Heaton",
    "Irwell",
    "Jubb",
)


@dataclass(frozen=True, slots=True)
class Real:
    """One real payment: day as an ordinal, signed pence, and the further texts that its publisher gives."""

    payee: str
    day: int
    pence: int
    unit: str
    purpose: str
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a publisher's open files lie and what they call their columns, told by hand."""

    folder: str
    day: str
    pence: str
    payee: tuple[str, ...]
    unit: tuple[str, ...]
    purpose: tuple[str, ...]
    further: tuple[str, ...] = ()


COLUMNS = {
    "salford": Columns(
        "salford_council", "Date of Payment", "Net", ("Supplier Name", "Vendor Name"),
        ("Directorate", "Service Area"),
        ("G/L description.", "G/L Description", "GL Description", "G/L descript", "Description"),
    ),
    "manchester": Columns(
        "manchester_council", "Invoice Payment Date", "Net Amount", ("Supplier Name",), ("Service Area",),
        ("Expenses Type",),
    ),
    "trafford": Columns(
        "trafford_council", "PaymentDate", "Amount", ("BeneficiaryName",), ("OrganisationalUnit",),
        ("Purpose",),
        ("BeneficiaryOtherID", "ProclassLabel", "ProclassCode", "InvoiceNumber", "ProfitCentre",
         "VATRegistrationNumber"),
    ),
}  # fmt: skip


def open_folder() -> Path | None:
    """The folder of open spend files, or None where there is none."""
    named = os.environ.get("FOLKMOOT_OPEN_DATA", "")
    folder = Path(named) / "spend"
    return folder if named and all((folder / one.folder).is_dir() for one in COLUMNS.values()) else None


@lru_cache(maxsize=1)
def real_payments(publisher: str) -> list[Real]:
    """The whole payments of one publisher in the order of its files; drawn from a seed without open data."""
    folder = open_folder()
    return list(_published(folder, COLUMNS[publisher]) if folder else _drawn(publisher))


def _published(folder: Path, columns: Columns) -> Iterator[Real]:
    same: dict[str, str] = {}  # texts come again and again: one copy of each

    def text(row: dict[str, str], names: tuple[str, ...]) -> str:
        found = " ".join(next((row[name] for name in names if row.get(name)), "").split())
        return same.setdefault(found, found)

    for path in sorted((folder / columns.folder).glob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", errors="replace", newline="") as file:
            for row in csv.DictReader(file):
                try:
                    day = date.fromisoformat(row[columns.day]).toordinal()
                    pence = int(Decimal(row[columns.pence]) * 100)
                except (KeyError, TypeError, ValueError, InvalidOperation):
                    continue  # what cannot be read is planted by us, so that the truth is known
                payee = text(row, columns.payee)
                if payee:
                    further = tuple(text(row, (name,)) for name in columns.further)
                    yield Real(
                        payee, day, pence, text(row, columns.unit), text(row, columns.purpose), further
                    )


def _drawn(publisher: str) -> Iterator[Real]:
    draw = random.Random(f"payments of {publisher}")
    further = len(COLUMNS[publisher].further)
    for _ in range(SYNTHETIC_ROWS):
        payee = f"{draw.choice(_NAMES)} {draw.choice(_WORDS)} {draw.choice(('Ltd', 'Limited', 'CIC', 'PLC'))}"
        pence = draw.randrange(50_000, 9_000_000) * draw.choice((1,) * 19 + (-1,))
        day = date(2021, 4, 1).toordinal() + draw.randrange(365)
        unit, purpose = f"{draw.choice(_WORDS)} service", f"{draw.choice(_WORDS)}, other"
        yield Real(
            payee, day, pence, unit, purpose, tuple(str(draw.randrange(10**6)) for _ in range(further))
        )
