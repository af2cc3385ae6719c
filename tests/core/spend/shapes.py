"""In which shapes are the same payments published?"""

import csv
import gzip
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from core.spend.books import Cell, ods_of, xls_of, xlsx_of, zip_of
from folkmoot.core.spend import Source, look, open_source
from folkmoot.core.spend.reading import Reading

HEADINGS = {
    "paid": ("Date of Payment", "PaymentDate", "Paid Date", "Invoice Payment Date", "DATE"),
    "payee": ("Supplier Name", "Vendor Name", "BeneficiaryName", "Supplier", "Payee"),
    "amount": ("Net", "Amount (£)", " Amount ", "Net Amount", "Amount excl VAT", "Gross"),
    "reference": ("SAP Document Number", "DocumentNo", "Transaction Number", "Trans No"),
    "unit": ("Directorate", "Service Area", "OrganisationalUnit"),
}
DATES = {
    "iso": lambda day: day.isoformat(),
    "iso_time": lambda day: f"{day.isoformat()}T00:00:00",
    "day_first": lambda day: f"{day.day:02d}/{day.month:02d}/{day.year}",
    "month_first": lambda day: f"{day.month}/{day.day}/{day.year}",
    "short": lambda day: f"{day:%d-%b-%y}",
    "long": lambda day: f"{day:%A} {day.day} {day:%B %Y}",
}
AMOUNTS = {
    "plain": lambda pounds: f"{pounds:.2f}",
    "thousands": lambda pounds: f" {pounds:,.2f} ",
    "sign": lambda pounds: f"{'-' if pounds < 0 else ''}£{abs(pounds):,.2f}",
    "brackets": lambda pounds: f"(£{-pounds:,.2f})" if pounds < 0 else f"£{pounds:,.2f}",
    "trailing": lambda pounds: f"{-pounds:.2f}-" if pounds < 0 else f"{pounds:.2f}",
    "comma": lambda pounds: f"{pounds:,.2f}".translate(str.maketrans(",.", ".,")),
}
ENCODINGS = {
    "utf-8": ("utf-8", b""),
    "marked": ("utf-8", b"\xef\xbb\xbf"),
    "mangled": ("utf-8", "ï»¿".encode()),
    "mangled_twice": ("utf-8", "Ã¯»¿".encode()),
    "cp1252": ("cp1252", b""),
    "utf-16": ("utf-16", b""),
    "utf-16-le": ("utf-16-le", b""),
}
WRITERS = {"xlsx": xlsx_of, "ods": ods_of, "xls": xls_of}
Row = tuple[date, int, str, str, str]

_texts = st.text("abcXYZ é£&'\",;|-0159\n", min_size=1, max_size=12).map(str.strip).filter(bool)
_rows = st.tuples(
    st.dates(date(2011, 1, 1), date(2026, 12, 31)),
    st.integers(-(10**10), 10**10),
    _texts.map(lambda text: f"Q{text}"),
    st.integers(10**6, 10**9).map(str),
    st.sampled_from(("Children's Services", "Housing, Parks", "")),
)


@dataclass(frozen=True)
class Shape:
    """One way of publishing; `order` is the order of the columns."""

    order: Sequence[str] = ("paid", "reference", "amount", "payee", "unit")
    names: dict[str, str] = field(
        default_factory=lambda: {name: known[0] for name, known in HEADINGS.items()}
    )
    dates: str = "iso"
    amounts: str = "plain"
    encoding: str = "utf-8"
    delimiter: str = ","
    line_end: str = "\r\n"
    titles: int = 0
    total: bool = False
    blanks: int = 0
    ragged: int = 0
    form: str = "text"
    wrapping: str = ""
    true_dates: bool = False  # of a workbook: dates and amounts as its own, not as text


shapes = st.builds(
    Shape,
    order=st.permutations(tuple(HEADINGS)),
    names=st.fixed_dictionaries({name: st.sampled_from(known) for name, known in HEADINGS.items()}),
    dates=st.sampled_from(sorted(DATES)),
    amounts=st.sampled_from(sorted(AMOUNTS)),
    encoding=st.sampled_from(sorted(ENCODINGS)),
    delimiter=st.sampled_from(",;\t|"),
    line_end=st.sampled_from(("\n", "\r\n")),
    titles=st.integers(0, 3),
    total=st.booleans(),
    blanks=st.integers(0, 3),
    ragged=st.integers(0, 3),
    form=st.sampled_from(("text", "text", "text", "xlsx", "ods", "xls")),
    wrapping=st.sampled_from(("", "", "gzip", "zip")),
    true_dates=st.booleans(),
)
# The first day is above 12, so that every file settles the order of its dates.
tables = st.lists(_rows, max_size=12).map(
    lambda rows: [(date(2020, 4, 30), 123456, "Qab Ltd", "1234567", "Housing"), *rows]
)


def published(rows: Sequence[Row], shape: Shape) -> tuple[bytes, list[int]]:
    """The file's bytes, and the line (row of the sheet) on which each payment begins."""
    records = _records(rows, shape)
    heads = shape.titles + 1
    if shape.form == "text":
        inner, lines = _as_text(records, shape)
    else:
        inner, lines = WRITERS[shape.form](records), list(range(1, len(records) + 1))
    content = {
        "": lambda: inner,
        "gzip": lambda: gzip.compress(inner, 1, mtime=0),
        "zip": lambda: zip_of({"list of payments": inner}),
    }[shape.wrapping]()
    return content, lines[heads : heads + len(rows)]


def _records(rows: Sequence[Row], shape: Shape) -> list[list[Cell]]:
    """The cells of the whole table."""
    own = shape.form != "text" and shape.true_dates
    records: list[list[Cell]] = [[f"Spend over £500, sheet {at}"] for at in range(shape.titles)]
    records.append([shape.names[name] for name in shape.order])
    for paid, pence, payee, reference, unit in rows:
        pounds = Decimal(pence) / 100
        cells = {
            "paid": paid if own else DATES[shape.dates](paid),
            "amount": float(pounds) if own else AMOUNTS[shape.amounts](pounds),
            "payee": payee,
            "reference": reference,
            "unit": unit,
        }
        records.append([*(cells[name] for name in shape.order), *[""] * shape.ragged])
    if shape.total:
        whole = Decimal(sum(row[1] for row in rows)) / 100
        printed = float(whole) if own else AMOUNTS[shape.amounts](whole)
        cells = {"amount": printed, "payee": "", "paid": "Total"}
        records.append([cells.get(name, "") for name in shape.order])
    return records + [[""] * len(shape.order)] * shape.blanks


def _as_text(records: Sequence[Sequence[Cell]], shape: Shape) -> tuple[bytes, list[int]]:
    lines, text = [], ""
    for record in records:
        lines.append(text.count("\n") + 1)
        held = io.StringIO()
        csv.writer(held, delimiter=shape.delimiter, lineterminator=shape.line_end).writerow(record)
        text += held.getvalue()
    encoding, mark = ENCODINGS[shape.encoding]
    return mark + text.encode(encoding), lines


def source_of(content: bytes | str, folder: Path, name: str = "file.csv") -> Source:
    """A source of exactly these bytes."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_source(path)


def reading_of(content: bytes | str, folder: Path) -> tuple[Reading, list]:
    """The reading of these bytes by the guessed recipe, gone through, and its rows."""
    source = source_of(content, folder)
    reading = Reading(source, look(source).recipe)
    return reading, list(reading)
