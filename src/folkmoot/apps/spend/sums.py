"""What do the payments come to, by anchor and by year, and when must that be added up again?"""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend import Ledger

TRIES = 5


@dataclass(frozen=True, slots=True)
class Amount:
    """How many payments, and what they come to in pence."""

    rows: int = 0
    pence: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.rows + other.rows, self.pence + other.pence)


@dataclass(frozen=True, slots=True)
class AnchorMoney:
    """What one anchor paid: in all, and in each financial year of the whole (None where nothing).

    `key` chooses its payments: its id, or its name where a file was read in without one.
    """

    key: str
    name: str
    whole: Amount
    years: tuple[tuple[str, Amount | None], ...]

    @property
    def query(self) -> str:
        """The key as it stands in an address."""
        return quote(self.key, safe="")


@dataclass(frozen=True, slots=True)
class Sums:
    """All payments added up. The anchors bear the names that their files gave them."""

    part_ids: tuple[str, ...]
    anchors: tuple[AnchorMoney, ...]
    years: tuple[tuple[str, Amount], ...]
    payees: int


class _Moved(Exception):
    """The ledger changed while it was being added up."""


def sums_of(ledger: Ledger) -> Sums:
    """The ledger added up. A part never changes, so the same parts are added up once in each process."""
    for _ in range(TRIES):
        try:
            part_ids = tuple(part.id for part in ledger.parts())
            return _added_up(str(ledger.folder), ledger.currency, part_ids)
        except _Moved:
            continue
    raise Refused(
        "The sums could not be added up.", "Files come and go at this moment.", "Try again in a minute."
    )


@lru_cache(maxsize=64)
def _added_up(folder: str, currency: str, part_ids: tuple[str, ...]) -> Sums:
    ledger = Ledger(folder, currency=currency)
    names: dict[str, str] = {}
    cells: dict[tuple[str, str], Amount] = {}
    for one in ledger.totals(("anchor", "year")):
        # An anchor that was renamed between two files stays one.
        key = one.keys["anchor_id"] or one.keys["anchor"]
        names[key] = one.keys["anchor"]
        cell = key, one.keys["year"]
        cells[cell] = cells.get(cell, Amount()) + Amount(one.rows, one.pence)
    payees = len(ledger.totals("payee"))
    if tuple(part.id for part in ledger.parts()) != part_ids:
        raise _Moved
    years = sorted({year for _, year in cells})
    anchors = tuple(
        AnchorMoney(
            key=key,
            name=name,
            whole=total([amount for (one, _), amount in cells.items() if one == key]),
            years=tuple((year, cells.get((key, year))) for year in years),
        )
        for key, name in names.items()
    )
    by_year = tuple(
        (year, total([amount for (_, one), amount in cells.items() if one == year])) for year in years
    )
    return Sums(part_ids, anchors, by_year, payees)


def total(amounts: list[Amount]) -> Amount:
    """All of them together."""
    return sum(amounts, Amount())
