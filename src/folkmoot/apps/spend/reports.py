"""What did looking at a file, and reading it, find, in plain values that a table keeps and a page shows?"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from folkmoot.core.kernel.errors import FolkmootError
from folkmoot.core.kernel.when import say_day
from folkmoot.core.spend import Look, Part, Payment, Reason, Reported
from folkmoot.core.spend.reading import Kind
from folkmoot.core.spend.reading.row import Flag

LONGEST_CELL = 120
MOST_CELLS = 60
FEWEST_COLUMNS = 3  # a date, a payee and an amount
UNKNOWN = "unknown"  # the question that the columns themselves answer

ROLES = {
    "paid_on": "Date of payment",
    "amount": "Amount",
    "net": "Net amount",
    "gross": "Amount with VAT",
    "vat": "VAT",
    "payee": "Who was paid",
    "reference": "Reference",
    "unit": "Department",
    "purpose": "What for",
    "category": "Category",
    "body": "Who paid",
    "irrecoverable_vat": "VAT not claimed back",
    "vat_no": "VAT number",
    "company_no": "Company number",
    "payee_ref": "Supplier's number",
    "postcode": "Postcode",
    "currency": "Currency",
    "sign": "Credit or debit",
}
NEEDED = {"paid_on": "the date of payment", "payee": "who was paid", "amount": "the amount"}
SUMMED = ("net", "amount", "gross")  # in the order in which one of them is summed
ORDERS = {"dmy": "Day, month, year", "mdy": "Month, day, year", "ymd": "Year, month, day"}
MARKS = {".": "A point: 1,234.50", ",": "A comma: 1.234,50"}
BASES = {"net": "Without VAT", "gross": "With VAT", "unknown": "The file does not say if VAT is in it"}
DELIMITERS = {",": "Commas", ";": "Semicolons", "\t": "Tabs", "|": "Upright bars"}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading as published, the key of what it is read as, and that in words (empty: only kept)."""

    heading: str = ""
    key: str = ""
    role: str = ""


def of_look(look: Look, sheets: Sequence[str] = (), hidden: Sequence[str] = ()) -> dict[str, Any]:
    """What was guessed or told, and what the first rows would become. `sheets` are those of a workbook."""
    recipe = look.recipe
    return {
        "recipe": recipe.as_plain(),
        "delimiter": DELIMITERS.get(recipe.delimiter, recipe.delimiter),
        "amounts": BASES.get(recipe.amount_basis, recipe.amount_basis),
        "rows": [_row(row) for row in look.rows],
        "warnings": list(look.warnings),
        "questions": [asdict(question) for question in look.questions] or _unknown(look),
        "because": dict(look.because),
        "sheets": list(sheets),
        "hidden": list(hidden),
    }


def _unknown(look: Look) -> list[dict[str, Any]]:
    """What a person must say of a list that nobody told to be one of payments."""
    if look.kind is Kind.PAYMENTS:
        return []
    sentence = "Which columns hold the date of payment, who was paid, and the amount?"
    return [{"key": UNKNOWN, "sentence": sentence, "reason": look.why, "choices": []}]


def may_be_told(look: Look) -> bool:
    """Whether a person could say which columns of a list hold what: it has three at least."""
    wide = sum(sum(map(bool, map(str.strip, row.cells))) >= FEWEST_COLUMNS for row in look.rows)
    return look.kind is Kind.UNKNOWN and wide > len(look.rows) / 2


def of_part(part: Part) -> dict[str, Any]:
    """How a file's rows add up, as the ledger's manifest says it."""
    plain = part.as_plain()
    del plain["recipe"]
    return plain


def of_error(error: FolkmootError) -> dict[str, Any]:
    """Why a file was not read."""
    return {"sentence": error.sentence, "reason": error.reason, "next_step": error.next_step}


def width_of(look: Mapping[str, Any]) -> int:
    """How many columns the first rows have."""
    return max((row["width"] for row in look["rows"]), default=0)


def columns_of(recipe: Mapping[str, Any], width: int = 0) -> list[Column]:
    """Each column's heading as published, and what it is read as; as many as `width` at least."""
    roles = roles_of(recipe)
    width = max([width, len(recipe["headings"]), *(at + 1 for at in roles)])
    headings = [*recipe["headings"], *[""] * (width - len(recipe["headings"]))]
    return [
        Column(_short(heading.strip()), roles.get(at, ""), ROLES.get(roles.get(at, ""), roles.get(at, "")))
        for at, heading in enumerate(headings)
    ]


def roles_of(recipe: Mapping[str, Any]) -> dict[int, str]:
    """What each column is read as, by its number from 0; the summed one by its own name."""
    columns = recipe["columns"]
    summed = {columns[role] for role in ("net", "gross") if role in columns}
    return {at: role for role, at in columns.items() if role != "amount" or at not in summed}


def period_of(report: Mapping[str, Any]) -> str:
    """The months that a file's report covers; nothing while it was not read."""
    part = report.get("part", {})
    first, last = (part.get(name) for name in ("first_paid_on", "last_paid_on"))
    return period(date.fromisoformat(first), date.fromisoformat(last)) if first and last else ""


def newest(parts: Sequence[Part], zone: tzinfo) -> str:
    """The file that was read in last, in a sentence; nothing where there is none."""
    part = max(parts, key=lambda one: one.added_at, default=None)
    if part is None:
        return ""
    whose = f"{part.anchor}’" if part.anchor.endswith("s") else f"{part.anchor}’s"
    covers = period(part.first_paid_on, part.last_paid_on)
    return (
        f"{whose} {covers + ' ' if covers else ''}file was read on {day_of(part, zone)}: "
        f"{part.rows_in:,} rows, {part.reported:,} set aside."
    )


def day_of(part: Part, zone: tzinfo) -> str:
    """The day on which a file was read in."""
    return say_day(datetime.fromisoformat(part.added_at).astimezone(zone))


WHY = {
    "blank": "Nothing stands in it. It is counted so that no row goes missing.",
    "repeated_heading": "Some publishers print the headings again on each page.",
    "total_line": "Counting it would count the money above it twice.",
    "note_line": "It is kept here for you to read.",
    "amount_unreadable": "We do not guess at money. Ask the publisher what it should say.",
    "date_unreadable": "We do not guess at dates. Ask the publisher what it should say.",
    "payee_blank": "The money was paid, but the file does not say to whom.",
    "too_few_cells": "Part of the row is missing. Ask the publisher for the whole row.",
    "wrong_dataset": "It belongs to another kind of list.",
    "outside_period": "The year is likely to be a slip of the keys. Ask the publisher.",
    "currency_unknown": "Money of two currencies cannot be added up.",
}


def why_of(reason: str) -> str:
    """What a reason means for whoever reads the file's report."""
    return WHY.get(reason, "")


def words_of(reason: str) -> str:
    """A reason as a person reads it; a reason of a later version by its own name."""
    return Reason(reason).words if reason in set(Reason) else reason


def flag_words(flag: str) -> str:
    """What is known about a payment as a person reads it; of a later version by its own name."""
    return Flag(flag).words if flag in set(Flag) else flag


def period(first: date | None, last: date | None) -> str:
    """From which month to which month, as people say it.

    >>> period(date(2026, 4, 3), date(2026, 6, 30)), period(date(2025, 11, 1), date(2026, 1, 2))
    ('April to June 2026', 'November 2025 to January 2026')
    >>> period(date(2026, 4, 3), date(2026, 4, 30)), period(None, None)
    ('April 2026', '')
    """
    if first is None or last is None:
        return ""
    if (first.year, first.month) == (last.year, last.month):
        return f"{last:%B %Y}"
    return f"{first:%B} to {last:%B %Y}" if first.year == last.year else f"{first:%B %Y} to {last:%B %Y}"


def _row(row: Payment | Reported) -> dict[str, Any]:
    cells = [_short(cell) for cell in row.cells[:MOST_CELLS]]
    if isinstance(row, Reported):
        return {"line": row.line, "width": len(row.cells), "reason": row.reason.words, "cells": cells}
    return {
        "line": row.line,
        "width": len(row.cells),
        "paid_on": row.paid_on.isoformat(),
        "pence": row.pence,
        "payee": _short(row.payee),
        "purpose": _short(row.purpose or row.category or row.unit),
        "cells": cells,
    }


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"
