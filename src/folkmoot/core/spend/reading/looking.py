"""What does this file seem to be, before any of it is read in?"""

from collections import Counter
from dataclasses import dataclass
from itertools import islice

from folkmoot.core.spend.reading.files.decoding import Lines
from folkmoot.core.spend.reading.files.records import read_records
from folkmoot.core.spend.reading.files.source import Source
from folkmoot.core.spend.reading.guessing.columns import find_columns
from folkmoot.core.spend.reading.guessing.headings import Role
from folkmoot.core.spend.reading.guessing.kinds import Kind, WrongDataset, tell_kind
from folkmoot.core.spend.reading.guessing.layout import Layout, find_layout
from folkmoot.core.spend.reading.recipe import Recipe
from folkmoot.core.spend.reading.row import Payment, Row
from folkmoot.core.spend.reading.rows import read_rows
from folkmoot.core.spend.reading.values.dates import (
    DAY_FIRST,
    MONTH_FIRST,
    needs_order,
    order_evidence,
    read_day,
)

SAMPLE = 250  # physical lines that settle the layout
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Look:
    """A guess at how to read a file and how sure it is (0 to 1), with the first rows as they would be read.

    `kind` is what the file seems to be and `why` says so in a sentence; only payments are read.
    """

    recipe: Recipe
    kind: Kind
    why: str
    confidence: float
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    warnings: tuple[str, ...]

    def refusal(self, name: str) -> WrongDataset | None:
        """Why the file is not read, or None when it is a list of payments."""
        return None if self.kind is Kind.PAYMENTS else WrongDataset(self.kind, name, self.why)


def look(source: Source, *, currency: str = "GBP") -> Look:
    """Guess the recipe of a file from its first lines, and the order of its dates from all of them.

    Never raises for what is in the file: a file that is no list of payments has another `kind`.

    >>> import pathlib, tempfile
    >>> from folkmoot.core.spend.reading import open_source
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = path.write_text("Spend over 500\\nDate;Supplier;Net\\n30/04/2020;A Ltd;1.50\\n")
    >>> seen = look(open_source(path))
    >>> seen.kind.value, seen.recipe.delimiter, seen.recipe.heading_row, seen.recipe.amount_basis
    ('payments', ';', 2, 'net')
    """
    sample = list(islice(Lines(source.open(), source.encoding), SAMPLE))
    layout = find_layout(sample)
    rows = [cells for _, cells, _ in layout.data]
    columns = find_columns(layout.headings, rows)
    kind, why = tell_kind(layout.headings, tuple(columns.roles))
    order, warnings = DAY_FIRST, list(columns.warnings)
    if kind is Kind.PAYMENTS:
        order, words = _date_order(source, layout, columns.roles[Role.PAID_ON])
        warnings += words
    recipe = Recipe(
        encoding=source.encoding,
        delimiter=layout.delimiter,
        heading_row=layout.heading_row,
        headings=layout.headings,
        columns=columns.roles,
        date_order=order,
        amount_basis=columns.basis,
        currency=currency,
        decimal_mark=_decimal_mark(rows, columns.roles.get(Role.AMOUNT)),
        kind=kind,
    )
    if kind is Kind.PAYMENTS and not layout.heading_row:
        warnings.insert(0, "The file has no headings; its columns were told by their cells alone.")
    shown = tuple(islice(read_rows(source, recipe), SHOWN))
    accepted = sum(isinstance(row, Payment) for row in shown) / len(shown) if shown else 0.5
    confidence = round(columns.sureness * accepted, 2) if kind is Kind.PAYMENTS else 0.0
    return Look(recipe, kind, why, confidence, layout.headings, shown, tuple(warnings))


def _date_order(source: Source, layout: Layout, at: int) -> tuple[str, list[str]]:
    """The order that all dates of the file speak for; read in one further pass only when they need one."""
    first = [cells[at] for _, cells, _ in layout.data if at < len(cells) and cells[at].strip()]
    if not first:
        return DAY_FIRST, []
    if not any(needs_order(cell) for cell in first):
        if not any(read_day(cell) for cell in first):
            return DAY_FIRST, [f"No date could be read in cells such as “{first[0].strip()[:40]}”."]
        return "ymd", []
    counts = Counter(order_evidence(cell) for cell in _column(source, layout, at))
    order = MONTH_FIRST if counts[MONTH_FIRST] > counts[DAY_FIRST] else DAY_FIRST
    words = "month first" if order == MONTH_FIRST else "day first"
    if counts[DAY_FIRST] and counts[MONTH_FIRST]:
        return order, [f"Some dates put the day first and some the month; the file was read {words}."]
    if not counts[DAY_FIRST] and not counts[MONTH_FIRST]:
        return order, [f"No date proves whether day or month comes first; the file was read {words}."]
    return order, []


def _column(source: Source, layout: Layout, at: int) -> list[str]:
    """The distinct cells of one column, as far as a bounded memory holds them."""
    seen: set[str] = set()
    for _, cells, _ in read_records(iter(Lines(source.open(), source.encoding)), layout.delimiter):
        if at < len(cells):
            seen.add(cells[at][:40])
            if len(seen) > 50_000:
                break
    return sorted(seen)


def _decimal_mark(rows: list[list[str]], at: int | None) -> str:
    """A comma when cells end like ",5" or ",50" and none like ".50"."""
    if at is None:
        return "."
    cells = [row[at].strip().rstrip("-)€ ") for row in rows if at < len(row)]
    commas = sum(cell[-3:-2] == "," or cell[-2:-1] == "," for cell in cells)
    points = sum(cell[-3:-2] == "." or cell[-2:-1] == "." for cell in cells)
    return "," if commas and not points else "."
