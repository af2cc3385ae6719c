"""Which hard rows are planted among the easy ones, and what is each of them in truth?"""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.reading.layouts import Cells, Laid, amount_writer

MALFORMED = ("9..9", "9.9.", "n/a", "#REF!", "see note", "1.2.3")

# Kinds that stay payments, and kinds that are none, with how often each comes up among the planted rows.
PAYMENTS = {
    "brackets": 5, "trailing minus": 5, "many lines": 5, "trailing commas": 8, "broken off late": 4,
    "inner quotes": 3,
}  # fmt: skip
OTHERS = {
    "malformed amount": 2, "repeated heading": 2, "blank cells": 3, "empty line": 2, "broken off early": 3,
    "subtotal": 2,
}  # fmt: skip
UNCLOSED = "unclosed quote"


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted row: its cells, or the raw line where csv would not write such a thing, and its pence."""

    pence: int | None
    cells: Cells | None = None
    raw: str = ""


def kinds_for(laid: Laid) -> tuple[str, ...]:
    """The kinds to draw from, as often as each comes up; none breaks off late where the payee is last."""
    return tuple(
        kind
        for table in (PAYMENTS, OTHERS)
        for kind, often in table.items()
        for _ in range(often)
        if kind != "broken off late" or laid.shape.short_enough
    )


def is_payment(kind: str) -> bool:
    """Whether a planted row of this kind is a payment in truth."""
    return kind == UNCLOSED or kind in PAYMENTS


def plant(
    kind: str, laid: Laid, cells: Cells, pence: int, draw: int, amount: Callable[[int], str]
) -> Planted:
    """The row of `cells` made hard by a drawn whole number; its pence are None where it is no payment."""
    columns = laid.shape.columns
    if kind in OTHERS:
        return _no_payment(kind, laid, cells, draw, amount(pence))
    if kind in ("inner quotes", UNCLOSED):
        return Planted(pence, raw=_raw(kind, laid, cells, pence))
    if kind == "many lines":
        cells[columns["payee"]] += "\ntrading as " + cells[columns["payee"]][:20]
    elif kind == "trailing commas":
        cells += [""] * (1 + draw % 20)
    elif kind == "broken off late":
        cells = cells[: laid.shape.short_enough]
    else:
        pence = -abs(pence)
        figure = amount_writer("plain")(-pence)
        cells[columns["amount"]] = f"({figure})" if kind == "brackets" else f"{figure}-"
    return Planted(pence, cells)


def _no_payment(kind: str, laid: Laid, cells: Cells, draw: int, figure: str) -> Planted:
    if kind == "empty line":
        return Planted(None, raw=laid.line_end)
    if kind == "malformed amount":
        cells[laid.shape.columns["amount"]] = MALFORMED[draw % len(MALFORMED)]
    elif kind == "repeated heading":
        cells = list(laid.shape.headings[laid.number % len(laid.shape.headings)])
    elif kind == "blank cells":
        cells = [""] * len(cells)
    elif kind == "broken off early":
        cells = cells[:2]
    else:
        cells = total_row(laid, "Sub Total", figure)
    return Planted(None, cells)


def total_row(laid: Laid, label: str, figure: str) -> Cells:
    """A printed total: the label first, the figure under its heading, all else blank."""
    cells = [""] * len(laid.shape.headings[0])
    cells[0], cells[laid.shape.columns["amount"]] = label, figure
    return cells


def _raw(kind: str, laid: Laid, cells: Cells, pence: int) -> str:
    """A line whose quotes are left as a careless export leaves them; no other cell needs a quote."""
    bare = [cell.replace('"', " ").replace(laid.delimiter, " ") for cell in cells]
    figure = amount_writer("plain")(pence)
    if "Gross" in laid.shape.headings[0]:
        bare[3], bare[4] = figure, "0.00"
    bare[laid.shape.columns["amount"]] = figure
    at = laid.shape.columns["payee"]
    bare[at] = f'"{bare[at]}' if kind == UNCLOSED else f'{bare[at]} "The Works" Ltd'
    return laid.delimiter.join(bare) + laid.line_end
