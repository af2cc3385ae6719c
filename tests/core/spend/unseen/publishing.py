"""How would a publisher whom nobody has seen print these payments?"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from core.spend.books import Cell, sheet_of, xlsx_parts, zip_of

PAYEES = (
    "Acorn Catering Ltd", "Borough Taxis", "Cedar Care Homes PLC", "Dene & Sons (Builders) Ltd", "Elm Legal LLP",
    "Fernhill Nursery", "Gorse Paving, Kerbs and Drains Ltd", "Hawthorn Energy", "Ivy Staffing Solutions",
    "Juniper Water Services", "Kestrel Security Ltd", "Larch Office Supplies", "Maple Community Trust",
    "Nettle Software (UK) Ltd", "Oakapple School", "Poplar Fuels", "REDACTED PERSONAL DATA", "Rowan Roofing",
    "Sycamore Housing Association", "Thistle Waste Ltd",
)  # fmt: skip
UNITS = ("Adult Social Care", "Highways", "Children's Services", "Finance", "Housing")
PURPOSES = ("Agency staff", "Repairs", "Placements", "Software licences", "Utilities", "Catering supplies")
PENCE = (
    52000, 123450, 250000075, 61999, 74512, -81000, 1250060, 99999, 500001, 56025, 87000, 68810, 1500000, 233333,
    -123450, 50050, 77777, 345678, 640000, 58020,
)  # fmt: skip


@dataclass(frozen=True)
class Paid:
    """One payment as its publisher knows it."""

    day: date
    payee: str
    pence: int
    number: int

    @property
    def unit(self) -> str:
        return UNITS[self.number % len(UNITS)]


def paid_in(first: date = date(2021, 4, 1), days: int = 30, rows: int = 20) -> list[Paid]:
    """Payments on weekdays, spread over so many days."""
    found = []
    for at in range(rows):
        day = first + timedelta(days=at * days // rows)
        while day.weekday() > 4:
            day -= timedelta(days=2) if (day - first).days >= 2 else -timedelta(days=2)
        found.append(Paid(day, PAYEES[at % len(PAYEES)], PENCE[at % len(PENCE)] + 100 * (at // len(PENCE)), at))
    return found


def money(pence: int, style: str = "plain") -> str:
    """An amount in one of the styles that are published."""
    sign, pounds = "-" if pence < 0 else "", abs(pence) / 100
    told = {
        "plain": lambda: f"{sign}{pounds:.2f}",
        "short": lambda: f"{sign}{pounds:.2f}".rstrip("0").rstrip("."),
        "thousands": lambda: f"{sign}{pounds:,.2f}",
        "pound": lambda: f"{sign}£{pounds:,.2f}",
        "pound inside": lambda: f"£{sign}{pounds:,.2f}",
        "accounts": lambda: f" £ ({pounds:,.2f})" if sign else f" £ {pounds:,.2f} ",
        "brackets": lambda: f"({pounds:,.2f})" if sign else f"{pounds:,.2f}",
        "trailing": lambda: f"{pounds:,.2f}{sign}",
        "cr": lambda: f"{pounds:,.2f}{'CR' if sign else ''}",
        "cr dr": lambda: f"{pounds:,.2f} {'CR' if sign else 'DR'}",
        "euro": lambda: f"{sign}€{pounds:,.2f}",
        "continental": lambda: f"{sign}{pounds:,.2f}".translate(str.maketrans(",.", ".,")),
        "blanks": lambda: f"{sign}{pounds:,.2f}".replace(",", "\xa0"),
        "code": lambda: f"GBP {sign}{pounds:,.2f}",
        "unsigned": lambda: f"{pounds:.2f}",
        "whole": lambda: f"{sign}{abs(pence) // 100}",
        "whole points": lambda: f"{sign}{abs(pence) // 100:,}".replace(",", "."),
        "long": lambda: f"{sign}{pounds:.4f}",
        "thousand": lambda: f"{sign}{pounds / 1000:.2f}",
        "k": lambda: f"{sign}£{pounds / 1000:,.1f}k",
        "apostrophe": lambda: f"'{sign}{pounds:.2f}",
        "pence": lambda: str(pence),
        "debit": lambda: "" if sign else f"{pounds:.2f}",
        "credit": lambda: f"{pounds:.2f}" if sign else "",
        "debit or nought": lambda: "0.00" if sign else f"{pounds:.2f}",
        "credit or nought": lambda: f"{pounds:.2f}" if sign else "0.00",
    }
    return told[style]()


_MONTHS = {
    "welsh": "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr".split(),
    "irish": "Eanáir Feabhra Márta Aibreán Bealtaine Meitheamh Iúil Lúnasa Meán_Fómhair Deireadh_Fómhair"
    " Samhain Nollaig".split(),
}


def cell(paid: Paid, code: str) -> str:
    """What stands in a column: `%…` a date, `net`, `vat` or `gross` with a style, `'…` a constant."""
    kind, _, style = code.partition(":")
    if code.startswith("%"):
        return _when(paid.day, code)
    if code.startswith("'"):
        return code[1:]
    vat = paid.pence // 5
    amounts = {"net": paid.pence, "vat": vat, "gross": paid.pence + vat}
    if kind in amounts:
        return money(amounts[kind], style or "plain")
    if kind == "sign":
        return style.split("/")[paid.pence < 0]
    if kind == "alternate":
        return style.split("/")[paid.number % 2]
    return {
        "payee": lambda: paid.payee,
        "numbered payee": lambda: f"{100200 + 17 * paid.number} - {paid.payee}",
        "no": lambda: str(100200 + 17 * paid.number),
        "ref": lambda: str(5_100_000 + 31 * paid.number),
        "unit": lambda: paid.unit,
        "purpose": lambda: PURPOSES[paid.number % len(PURPOSES)],
        "count": lambda: str(paid.number + 1),
        "serial": lambda: str((paid.day - date(1899, 12, 30)).days),
        "postcode": lambda: f"M{paid.number + 1} {paid.number % 9 + 1}AB",
        "": lambda: "",
    }[kind]()


def _when(day: date, code: str) -> str:
    for tongue, months in _MONTHS.items():
        if code.endswith(f" {tongue}"):
            code = code.removesuffix(f" {tongue}").replace("%B", months[day.month - 1].replace("_", " "))
    nth = "th" if 10 <= day.day <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    code = code.replace("%o", f"{day.day}{nth}").replace("%-d", str(day.day)).replace("%-m", str(day.month))
    return day.strftime(code)


@dataclass(frozen=True)
class Case:
    """One published file and what is true of it.

    `columns` are headings with what stands below them, "Date=%d/%m/%Y | …"; `above` and `below` are rows put
    round them, `between` a row put after every fifth. `truth` is "read", "ask KEY" or "KIND".
    """

    name: str
    columns: str
    truth: str = "read"
    above: Sequence[Sequence[str]] = ()
    below: Sequence[Sequence[str]] = ()
    between: Sequence[Sequence[str]] = ()
    headings: Sequence[Sequence[str]] | None = None
    sep: str = ","
    encoding: str = "utf-8"
    file: str = "spend.csv"
    quoting: int = csv.QUOTE_MINIMAL
    line_end: str = "\r\n"
    basis: str = ""
    pence: int | None = None
    payments: Sequence[Paid] = field(default_factory=paid_in)
    says: str = ""  # words that the reason, the question or a warning must hold

    @property
    def table(self) -> list[list[str]]:
        """The rows as they are printed."""
        parts = [column.strip().partition("=") for column in self.columns.split(" | ")]
        heads = [[name for name, _, _ in parts]] if self.headings is None else self.headings
        rows: list[list[str]] = [*map(list, self.above), *map(list, heads)]
        for at, paid in enumerate(self.payments):
            rows.append([cell(paid, code) for _, _, code in parts])
            if at % 5 == 4:
                rows += map(list, self.between)
        return rows + [*map(list, self.below)]

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        if self.file.endswith(".xlsx"):
            return book({"Sheet1": self.table})
        held = io.StringIO()
        csv.writer(held, delimiter=self.sep, quoting=self.quoting, lineterminator=self.line_end).writerows(self.table)
        return held.getvalue().encode(self.encoding, "replace")

    def of(self, **changed) -> "Case":
        return replace(self, **changed)


def book(sheets: dict[str, Sequence[Sequence[Cell]]]) -> bytes:
    """A workbook of these sheets."""
    return zip_of(xlsx_parts({name: sheet_of(table) for name, table in sheets.items()}))
