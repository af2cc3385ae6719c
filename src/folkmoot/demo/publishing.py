"""How does each anchor of the demonstration publish what it paid?"""

from collections.abc import Callable
from dataclasses import dataclass

from folkmoot.demo.anchors import COLLEGE, COUNCIL, HOSPITAL, HOUSING, UNIVERSITY, Anchor
from folkmoot.demo.invoices import QUARTERS, Entry

Cells = list[str]


@dataclass(frozen=True, slots=True)
class Style:
    """The shape of a file. `paid_on`, `payee` and `amount` are 0-based columns; `cells` also gets the
    place of an entry in the file, for what only happens now and then."""

    headings: tuple[str, ...]
    cells: Callable[[int, Entry], Cells]
    paid_on: int
    payee: int
    amount: int
    encoding: str = "utf-8"
    delimiter: str = ","
    newline: str = "\n"
    titles: tuple[str, ...] = ()


def style_of(anchor: Anchor, number: int) -> Style:
    """How an anchor publishes a quarter, counted from 0."""
    return _STYLES[anchor](number)


def plain(pence: int) -> str:
    """An amount in pounds with two places and no marks.

    >>> plain(-1_205), plain(7)
    ('-12.05', '0.07')
    """
    return f"{_minus(pence)}{abs(pence) // 100}.{abs(pence) % 100:02d}"


def grouped(pence: int) -> str:
    """An amount with commas between thousands.

    >>> grouped(-123_456_789)
    '-1,234,567.89'
    """
    return f"{_minus(pence)}{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


def pounds(pence: int) -> str:
    """An amount with a pound sign, the minus before it.

    >>> pounds(-123_456)
    '-£1,234.56'
    """
    return f"{_minus(pence)}£{grouped(abs(pence))}"


def _minus(pence: int) -> str:
    return "-" if pence < 0 else ""


def _month(number: int, after: int = 0) -> str:
    year, month = QUARTERS[number]
    return f"{MONTHS[(month - 1 + after) % 12]} {year + (month - 1 + after) // 12}"


def _council(number: int) -> Style:
    """ISO dates, gross, VAT and net; its ledger cuts names at 35 characters."""
    supplier, purpose = (
        ("Supplier Name", "G/L Description") if number < 5 else ("Vendor Name", "GL Description")
    )
    headings = (
        "Authority Name", "Directorate", "Date of Payment", "Document Number", "Gross", "VAT", "Net",
        supplier, purpose,
    )  # fmt: skip

    def cells(at: int, entry: Entry) -> Cells:
        amounts = [plain(pence) for pence in (entry.pence + entry.vat, entry.vat, entry.pence)]
        day, reference = entry.paid_on.isoformat(), str(entry.reference)
        return [COUNCIL.name, entry.unit, day, reference, *amounts, entry.payee[:35], entry.purpose]

    return Style(headings, cells, paid_on=2, payee=7, amount=6, encoding="utf-8-sig", newline="\r\n")


def _hospital(number: int) -> Style:
    """A Windows sheet: two title lines, pound signs, thousands marks, names in capitals, a total below."""
    headings = (
        "Department Family", "Entity", "Date", "Expense Type", "Expense Area", "Supplier",
        "Transaction Number", "Amount",
    )  # fmt: skip

    def cells(at: int, entry: Entry) -> Cells:
        day, payee = f"{entry.paid_on:%d/%m/%Y}", entry.payee.upper().replace(" LIMITED", " LTD")
        text = pounds(entry.pence) if at % 9 else f" {pounds(entry.pence)} "
        return ["Health", HOSPITAL.name, day, entry.purpose, entry.unit, payee, str(entry.reference), text]

    titles = (f"{HOSPITAL.name}: payments over £250", f"{_month(number)} to {_month(number, 2)}")
    return Style(
        headings, cells, paid_on=2, payee=5, amount=7, encoding="cp1252", newline="\r\n", titles=titles
    )


def _university(number: int) -> Style:
    """Semicolons, later tabs; credits with a trailing minus, later in brackets."""
    headings = ("Payment Date", "Supplier", "Description", "Department", "Transaction No", "Amount")

    def cells(at: int, entry: Entry) -> Cells:
        text = plain(abs(entry.pence))
        if entry.pence < 0:
            text = f"{text}-" if number < 4 else f"({text})"
        payee = entry.payee.replace(" & ", " and ")
        day = f"{entry.paid_on.day:02d}-{MONTHS[entry.paid_on.month - 1]}-{entry.paid_on:%y}"
        return [day, payee, entry.purpose, entry.unit, f"UN{entry.reference}", text]

    return Style(headings, cells, paid_on=0, payee=1, amount=5, delimiter=";" if number < 5 else "\t")


# Written out: the computer's language must not change the files.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _college(number: int) -> Style:
    """Typed by hand: ragged ends, blanks behind amounts, "Limited" in full, days without a leading nought."""
    headings = ("Date Paid", "Paid To", "Details", "Reference", "Amount")

    def cells(at: int, entry: Entry) -> Cells:
        day = f"{entry.paid_on.day}/{entry.paid_on.month}/{entry.paid_on.year}"
        payee = f"{entry.payee} ".replace(" Ltd ", " Limited ").replace("Co-operative", "Co-op").strip()
        text = grouped(entry.pence) + ("  " if at % 7 == 3 else "")
        return [
            day,
            payee,
            f"{entry.unit}: {entry.purpose}",
            f"P{entry.reference}",
            text,
            *[""] * (at % 11 % 3),
        ]

    return Style(headings, cells, paid_on=0, payee=1, amount=4)


def _housing(number: int) -> Style:
    """Other words for the columns; a cell here and there holds two lines."""
    headings = ("Beneficiary", "Spend Description", "Team", "Paid On", "Our Reference", "Amount Paid")

    def cells(at: int, entry: Entry) -> Cells:
        purpose = f"{entry.purpose}\nper framework, lot {at % 4 + 1}" if at % 13 == 5 else entry.purpose
        payee = entry.payee.replace(" CIC", " C.I.C.").replace(" Plc", " PLC")
        day = f"{entry.paid_on:%Y/%m/%d}"
        return [payee, purpose, entry.unit, day, f"TH/{entry.reference}", plain(entry.pence)]

    return Style(headings, cells, paid_on=3, payee=0, amount=5)


_STYLES: dict[Anchor, Callable[[int], Style]] = {
    COUNCIL: _council,
    HOSPITAL: _hospital,
    UNIVERSITY: _university,
    COLLEGE: _college,
    HOUSING: _housing,
}
