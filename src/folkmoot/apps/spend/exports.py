"""What does a download hold, so that a spreadsheet shows it and runs nothing of it?"""

import csv
from collections.abc import Iterable, Iterator, Sequence

from folkmoot.core.spend import PaymentLine, Reported
from folkmoot.core.spend.cells import safe_cell

PAYMENTS = (
    "anchor", "file", "line", "paid_on", "amount", "payee", "reference", "unit", "purpose", "category",
)  # fmt: skip


class _Line:
    """What a csv writer writes to: it hands back each line."""

    def write(self, text: str) -> str:
        return text


def payments_csv(payments: Iterable[PaymentLine]) -> Iterator[str]:
    """Payments, a line each, beginning with the headings. Amounts are in pounds with two places."""
    return _lines(PAYMENTS, (_payment(payment) for payment in payments))


def reported_csv(file: str, rows: Iterable[Reported]) -> Iterator[str]:
    """Rows that were set aside: file, line, the reason's name and words, and the cells as published."""
    headings = ("file", "line", "reason", "in_words", "cells")
    return _lines(headings, ((file, str(row.line), row.reason, row.reason.words, *row.cells) for row in rows))


def _payment(payment: PaymentLine) -> tuple[str, ...]:
    return (
        payment.anchor, payment.file, str(payment.line), payment.paid_on.isoformat(), _plain(payment.pence),
        payment.payee, payment.reference, payment.unit, payment.purpose, payment.category,
    )  # fmt: skip


def _plain(pence: int) -> str:
    """An amount as a plain number, never through a float."""
    pounds, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}{pounds}.{rest:02d}"


def _lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(headings)
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])
