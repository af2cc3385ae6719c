"""How is this one file to be read?"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from folkmoot.core.spend.reading.guessing.headings import Role
from folkmoot.core.spend.reading.guessing.kinds import Kind
from folkmoot.core.spend.reading.values.dates import DAY_FIRST


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that reading a file depends on; two readings by one recipe give the same rows.

    `heading_row` is the 1-based physical line of the headings, 0 when there are none. `columns` maps roles
    to 0-based cells; AMOUNT is the column that is summed, whatever its basis ("net", "gross", "unknown").
    `date_order` settles dates in numbers: "dmy" or "mdy" ("ymd" where the year always comes first).
    """

    encoding: str
    delimiter: str
    heading_row: int
    headings: tuple[str, ...]
    columns: Mapping[Role, int]
    date_order: str = DAY_FIRST
    amount_basis: str = "unknown"
    currency: str = "GBP"
    decimal_mark: str = "."
    kind: Kind = Kind.PAYMENTS
    first_day: date = field(default=date(1990, 1, 1))
    last_day: date = field(default=date(2099, 12, 31))

    def as_plain(self) -> dict[str, Any]:
        """The recipe in plain values, as it is kept and shown.

        >>> Recipe("utf-8", ",", 1, ("When", "Who"), {Role.PAYEE: 1}).as_plain()["columns"]
        {'payee': 1}
        """
        plain = asdict(self)
        plain["columns"] = {str(role): at for role, at in self.columns.items()}
        plain["headings"] = list(self.headings)
        plain["kind"] = str(self.kind)
        plain["first_day"], plain["last_day"] = self.first_day.isoformat(), self.last_day.isoformat()
        return plain
