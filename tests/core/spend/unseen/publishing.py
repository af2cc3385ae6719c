"""How would a publisher whom nobody has seen print these payments?"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.spend.books import Cell, sheet_of, xlsx_parts, zip_of

PAYEES = (
    "Acorn Catering Ltd", "Borough Taxis", "Cedar Care Homes PLC", "Dene & Sons (Builders) Ltd",
    "Elm Legal LLP", "Fernhill Nursery", "Gorse Paving, Kerbs and Drains Ltd", "Hawthorn Energy",
    "Ivy Staffing Solutions", "Juniper Water Services", "Kestrel Security Ltd", "Larch Office Supplies",
    "Maple Community Trust", "Nettle Software (UK) Ltd", "Oakapple School", "Poplar Fuels",
    "REDACTED PERSONAL DATA", "Rowan Roofing", "Sycamore Housing Association", "Thistle Waste Ltd",
)  # fmt: skip
UNITS = ("Adult Social Care", "Highways", "Children's Services", "Finance", "Housing")
PURPOSES = ("Agency staff", "Repairs", "Placements", "Software licences", "Utilities", "Catering supplies")
PENCE = (
    52000, 123450, 250000075, 61999, 74512, -81000, 1250060, 99999, 500001, 56025, 87000, 68810, 1500000,
    233333, -123450, 50050, 77777, 345678, 640000, 58020,
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
        found.append(
            Paid(day, PAYEES[at % len(PAYEES)], PENCE[at % len(PENCE)] + 100 * (at // len(PENCE)), at)
        )
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


_WELSH = "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr"


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
        # A spreadsheet set to month first took the days up to 12 for months, and left the others as texts.
        "swapped": lambda: f"{paid.day:%Y-%d-%m}" if paid.day.day <= 12 else f"{paid.day:%d/%m/%Y}",
        "serial": lambda: str((paid.day - date(1899, 12, 30)).days),
        "postcode": lambda: f"M{paid.number + 1} {paid.number % 9 + 1}AB",
        "": lambda: "",
    }[kind]()


def _when(day: date, code: str) -> str:
    if code.endswith(" welsh"):
        code = code.removesuffix(" welsh").replace("%B", _WELSH.split()[day.month - 1])
    nth = "th" if 10 <= day.day <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    code = code.replace("%o", f"{day.day}{nth}").replace("%-d", str(day.day)).replace("%-m", str(day.month))
    return day.strftime(code.replace("%'", "'"))


@dataclass(frozen=True)
class Case:
    """One published file and what is true of it, as a line of `cases.csv` says it.

    `truth` is "read", "ask KEY" or the kind that it is told to be; `columns` are headings with what stands
    below them, "Date=%d/%m/%Y | …"; `above` and `below` are rows put round them, `between` rows put after
    every fifth payment, "cell | cell // cell | cell"; `headings` are put in place of those of the columns;
    `payments` are "first day, days, how many"; `says` must stand in the reason, a warning or a question.
    """

    name: str
    truth: str
    columns: str
    basis: str = ""
    says: str = ""
    file: str = ""
    sep: str = ""
    encoding: str = ""
    quoting: str = ""
    line_end: str = ""
    headings: str = ""
    above: str = ""
    between: str = ""
    below: str = ""
    payments: str = ""
    pence: str = ""

    @property
    def paid(self) -> list[Paid]:
        """The payments that are in it."""
        if not self.payments:
            return paid_in()
        first, days, rows = self.payments.split()
        return paid_in(date.fromisoformat(first), int(days), int(rows))

    @property
    def days(self) -> list[date]:
        """The days that it says they were paid on; the first of the month where it says no day."""
        tells = any(code in self.columns for code in ("%d", "%-d", "%o", "serial", "swapped"))
        return [paid.day if tells else paid.day.replace(day=1) for paid in self.paid]

    @property
    def table(self) -> list[list[str]]:
        """The rows as they are printed."""
        columns = [column.strip(" ").partition("=") for column in self.columns.split(" | ")]
        heads = _rows(self.headings) if self.headings else [[name for name, _, _ in columns]]
        rows = [*_rows(self.above), *([] if self.headings == "none" else heads)]
        for at, paid in enumerate(self.paid):
            rows.append([cell(paid, code) for _, _, code in columns])
            if at % 5 == 4:
                rows += _rows(self.between)
        return [*rows, *_rows(self.below)]

    @property
    def content(self) -> bytes:
        """The file's bytes."""
        if self.file.endswith(".xlsx"):
            return book({"Sheet1": self.table})
        held = io.StringIO()
        sep, end = ({"TAB": "\t", "CR": "\r"}.get(one, one) for one in (self.sep, self.line_end))
        quoting = csv.QUOTE_ALL if self.quoting else csv.QUOTE_MINIMAL
        made = csv.writer(held, delimiter=sep or ",", quoting=quoting, lineterminator=end or "\r\n")
        made.writerows(self.table)
        if self.encoding == "whole":  # each line saved as one cell
            lines = held.getvalue().splitlines()
            return "\n".join('"' + line.replace('"', '""') + '"' for line in lines).encode()
        return held.getvalue().encode(self.encoding or "utf-8", "replace")


def _rows(text: str) -> list[list[str]]:
    return [row.split(" | ") if row.strip() else [] for row in text.split(" // ")] if text else []


def book(sheets: dict[str, Sequence[Sequence[Cell]]]) -> bytes:
    """A workbook of these sheets."""
    return zip_of(xlsx_parts({name: sheet_of(table) for name, table in sheets.items()}))
