"""How is each of the 44 files laid out, as a person who opened it would say?"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache

from benchmarks.reading.pool import Real

FILES = 44
ROWS = 4_848_808  # as many as the first set that was ever measured
Cells = list[str]


@dataclass(frozen=True, slots=True)
class Shape:
    """One publisher's columns: heading variants, and where the five told columns lie (0-based)."""

    publisher: str
    headings: tuple[tuple[str, ...], ...]
    columns: dict[str, int]
    short_enough: int  # cells that a row may break off after without losing a told column; 0 for none
    share: int  # of 44 files


SHAPES = (
    Shape(
        "salford",
        (
            ("Authority Name", "Date of Payment", "SAP Document Number", "Gross", "VAT", "Net",
             "Supplier Name", "Directorate", "G/L description."),
            ("Authority Name", "Date of Payment", "DocumentNo", "Gross", "VAT", "Net",
             "Vendor Name", "Service Area", "GL Description"),
        ),
        {"paid_on": 1, "reference": 2, "amount": 5, "payee": 6, "unit": 7, "purpose": 8}, 8, 10,
    ),
    Shape(
        "manchester",
        (
            ("Body Name", "Service Area", "Expenses Type", "Invoice Payment Date", "Transaction Number",
             "Net Amount", "Supplier Name"),
            ("Body Name", "Service Area", "Expenses Type", "Invoice Payment Date", "Transaction Number",
             "Amount", "Supplier Name"),
        ),
        {"paid_on": 3, "reference": 4, "amount": 5, "payee": 6, "unit": 1, "purpose": 2}, 0, 14,
    ),
    Shape(
        "trafford",
        (
            ("OrganisationLabel", "OrganisationURI", "EffectiveDate", "OrganisationalUnit", "BeneficiaryName",
             "BeneficiaryOtherID", "PaymentDate", "TransactionNumber", "Amount", "IrrecoverableVATAmount",
             "Purpose", "ProclassLabel", "ProclassCode", "InvoiceNumber", "ProfitCentre",
             "VATRegistrationNumber"),
        ),
        {"paid_on": 6, "reference": 7, "amount": 8, "payee": 4, "unit": 3, "purpose": 10}, 13, 20,
    ),
)  # fmt: skip

DATES = {  # name: how it is told by hand
    "slashes": "%d/%m/%Y",
    "iso": "%Y-%m-%d",
    "month named": "%d-%b-%y",
    "month first": "%m/%d/%Y",
    "with a time": "%d/%m/%Y %H:%M:%S",
}
AMOUNTS = ("plain", "thousands", "pounds", "brackets", "trailing")
DELIMITERS = (",", ",", ",", ";", ",", "\t", ",", "|")
TITLES = ("Payments to suppliers of £500 and more", "Published under the transparency code", "")


@dataclass(frozen=True, slots=True)
class Laid:
    """The layout of one file by hand, and how many records follow its headings before the total and tail."""

    name: str
    number: int
    shape: Shape
    rows: int
    encoding: str
    delimiter: str
    line_end: str
    titles: int
    dates: str
    amounts: str
    total: bool
    tail: int

    def told(self) -> dict[str, object]:
        """What the peers are told, and a person reads beside the truth."""
        plain = asdict(self)
        del plain["shape"]
        return plain | {
            "columns": self.shape.columns,
            "width": len(self.shape.headings[0]),
            "skip_lines": self.titles + 1,
            "date_format": DATES[self.dates],
        }


def layouts(rows: int) -> list[Laid]:
    """44 files of together about `rows` records; sizes, styles and encodings go round at different paces."""
    shapes = [shape for shape in SHAPES for _ in range(shape.share)]
    weights = [(1, 2, 3, 2)[number % 4] for number in range(FILES)]
    dates = list(DATES)
    return [
        Laid(
            name=f"{shape.publisher}-{number:02d}.csv",
            number=number,
            shape=shape,
            rows=max(200, rows * weights[number] // sum(weights)),
            encoding=("utf-8", "cp1252", "utf-8-sig", "utf-8", "cp1252")[number % 5],
            delimiter=DELIMITERS[number % len(DELIMITERS)],
            line_end=("\r\n", "\n")[number // 2 % 2],
            titles=number // 3 % 4,
            dates=dates[(number * 2 + number // 5) % 5],
            amounts=AMOUNTS[number // 2 % 5],
            total=number % 4 != 1,
            tail=(0, 3, 250)[number % 3],
        )
        for number, shape in enumerate(shapes)
    ]


def day_writer(style: str) -> Callable[[int], str]:
    """How a day (its ordinal) is written in a style; month-first days are written without leading noughts."""

    @cache
    def written(ordinal: int) -> str:
        day = date.fromordinal(ordinal)
        return f"{day.month}/{day.day}/{day.year}" if style == "month first" else day.strftime(DATES[style])

    return written


def amount_writer(style: str) -> Callable[[int], str]:
    """How pence are written in a style."""

    def written(pence: int) -> str:
        pounds, left = divmod(abs(pence), 100)
        figure = f"{pounds}.{left:02d}" if style == "plain" else f"{pounds:,}.{left:02d}"
        if style == "pounds":
            figure = f"£{figure}"
        if pence >= 0:
            return figure
        if style == "brackets":
            return f"({figure})"
        return f"{figure}-" if style == "trailing" else f"-{figure}"

    return written


def row_writer(laid: Laid) -> Callable[[Real, str, str, int, int, Callable[[int], str]], Cells]:
    """How one payment becomes the cells of this publisher: (real, payee, day, pence, key, amount writer)."""

    def salford(
        real: Real, payee: str, day: str, pence: int, key: int, amount: Callable[[int], str]
    ) -> Cells:
        vat = pence // 5 if key % 3 else 0
        return ["Salford City Council", day, str(key), amount(pence + vat), amount(vat), amount(pence),
                payee, real.unit, real.purpose]  # fmt: skip

    def manchester(
        real: Real, payee: str, day: str, pence: int, key: int, amount: Callable[[int], str]
    ) -> Cells:
        return ["Manchester City Council", real.unit, real.purpose, day, str(key), amount(pence), payee]

    def trafford(
        real: Real, payee: str, day: str, pence: int, key: int, amount: Callable[[int], str]
    ) -> Cells:
        supplier, label, code, invoice, centre, vat_number = real.further
        return ["Trafford Council", "https://opendatacommunities.org/id/metropolitan-district-council/trafford",
                day, real.unit, payee, supplier, day, str(key), amount(pence), "0.00", real.purpose, label,
                code, invoice, centre, vat_number]  # fmt: skip

    return {"salford": salford, "manchester": manchester, "trafford": trafford}[laid.shape.publisher]
