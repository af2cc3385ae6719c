"""What was paid, to whom, when, and on which line does it stand?"""

import json
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.kernel.when import financial_year_bounds
from folkmoot.core.spend.ledger.parts import Part, payments_file, reported_file
from folkmoot.core.spend.reading import Reason, Reported

ENGINE: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "memory_limit": "512MB",
    "temp_directory": tempfile.gettempdir(),
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
KEYS = {
    "anchor": "anchor, anchor_id",
    "file": "part, file",
    "year": "year(paid_on) - CAST(month(paid_on) < 4 AS INT)",
    "month": "strftime(paid_on, '%Y-%m')",
    "payee": "payee",
}
ORDERS = {
    "paid_on": "paid_on DESC, place, line",
    "pence": "pence DESC, place, line",
    "line": "place, line",
}
_FROM = """
FROM read_parquet(?) JOIN (
  SELECT unnest(?) AS part, unnest(?) AS file, unnest(?) AS anchor, unnest(?) AS anchor_id, unnest(?) AS place
) USING (part)
"""


@dataclass(frozen=True, slots=True)
class Sum:
    """How many payments there are of one group and what they come to, in pence.

    `keys` says which group: anchor and anchor_id, year ("2025-26"), month ("2026-04"), file and part_id,
    payee, by what was asked for.
    """

    keys: Mapping[str, str]
    rows: int
    pence: int


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One payment with the file and the line it stands on, and the cells of that line as published."""

    part_id: str
    file: str
    anchor: str
    anchor_id: str
    line: int
    paid_on: date
    pence: int
    payee: str
    reference: str
    unit: str
    purpose: str
    category: str
    basis: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Which:
    """Which payments are asked for; what is left empty does not narrow. An anchor's id goes before its name.

    `year` is a financial year ("2025-26"), `payee` a name as published, `text` a piece of any of the texts.
    """

    anchor: str | None = None
    anchor_id: str | None = None
    year: str | None = None
    part_id: str | None = None
    payee: str | None = None
    text: str | None = None

    def days(self) -> tuple[date, date] | None:
        """First and last day of the year asked for. Refused for what is no year."""
        if not self.year:
            return None
        try:
            return financial_year_bounds(self.year)
        except ValueError as error:
            raise Refused(
                f"“{self.year}” is no financial year.", "A year reads like 2025-26.", "Choose another year."
            ) from error

    def of(self, parts: Sequence[Part]) -> list[Part]:
        """The parts that can hold such payments, told by the manifest alone."""
        days = self.days()
        return [
            part
            for part in parts
            if part.accepted
            and (not self.part_id or part.id == self.part_id)
            and (
                part.anchor_id == self.anchor_id if self.anchor_id else self.anchor in (None, "", part.anchor)
            )
            and (days is None or _overlap(part, days))
        ]

    def clauses(self) -> tuple[str, list[Any]]:
        """The rest of the choice, as SQL with its values apart."""
        clauses: list[str] = []
        values: list[Any] = []
        if days := self.days():
            clauses.append("paid_on BETWEEN ? AND ?")
            values += days
        if self.payee:
            clauses.append("payee = ?")
            values.append(self.payee.strip())
        if self.text and self.text.strip():
            clauses.append(
                "contains(lower(concat_ws(chr(10), payee, purpose, reference, unit, category)), lower(?))"
            )
            values.append(self.text.strip())
        return f"WHERE {' AND '.join(clauses)}" if clauses else "", values


def _overlap(part: Part, days: tuple[date, date]) -> bool:
    first, last = part.first_paid_on, part.last_paid_on
    return first is not None and last is not None and first <= days[1] and last >= days[0]


def ask_sums(folder: Path, parts: Sequence[Part], which: Which, by: Sequence[str]) -> list[Sum]:
    """Sums of payments by the keys asked for, in the order of the keys; without keys one sum of all."""
    unknown = [key for key in by if key not in KEYS]
    if unknown:
        raise Refused(f"Sums by {unknown[0]} are not kept.", f"There are sums by {', '.join(KEYS)}.")
    parts = which.of(parts)
    if not parts:
        return [] if by else [Sum({}, 0, 0)]
    keys = "".join(f"{KEYS[key]}, " for key in by)
    found = _ask(
        f"SELECT {keys} count(*), sum(pence) {{source}} {'GROUP BY ALL' if by else ''}", folder, parts, which
    )
    sums = [Sum(_named(by, row[:-2]), int(row[-2]), int(row[-1] or 0)) for row in found]
    return sorted(sums, key=lambda one: tuple(one.keys.values()))


def ask_payees(folder: Path, parts: Sequence[Part], which: Which, limit: int) -> list[Sum]:
    """The payees that were paid most, by name as published, the largest first."""
    parts = which.of(parts)
    if not parts:
        return []
    sql = (
        "SELECT payee, count(*), sum(pence) AS paid {source} GROUP BY payee ORDER BY paid DESC, payee LIMIT ?"
    )
    return [
        Sum({"payee": row[0]}, int(row[1]), int(row[2])) for row in _ask(sql, folder, parts, which, limit)
    ]


def ask_payments(
    folder: Path, parts: Sequence[Part], which: Which, order: str, offset: int, limit: int
) -> tuple[list[PaymentLine], int, int]:
    """One page of payments, with how many there are in all and what all of them come to."""
    if order not in ORDERS:
        raise Refused(f"Payments cannot be put in order of {order}.", f"Choose one of {', '.join(ORDERS)}.")
    whole = ask_sums(folder, parts, which, ())[0]
    parts = which.of(parts)
    if not whole.rows or offset >= whole.rows:
        return [], whole.rows, whole.pence
    sql = f"SELECT {_LINE} {{source}} ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?"
    rows = _ask(sql, folder, parts, which, max(limit, 0), max(offset, 0))
    return [_payment_line(row) for row in rows], whole.rows, whole.pence


def ask_payment(folder: Path, part: Part, line: int) -> PaymentLine | None:
    """The payment that stands on a line of a part, or None."""
    sql = f"SELECT * FROM (SELECT {_LINE} {{source}}) WHERE line = ?"  # noqa: S608  only our own names are put in
    rows = _ask(sql, folder, [part], Which(), line) if part.accepted else []
    return _payment_line(rows[0]) if rows else None


def ask_reported(folder: Path, part: Part, offset: int, limit: int) -> list[Reported]:
    """The rows of a part that were set aside, in the order of the file."""
    sql = "SELECT line, reason, pence, raw FROM read_parquet(?) ORDER BY line LIMIT ? OFFSET ?"
    path = str(reported_file(folder, part.id))
    return [
        Reported(int(line), Reason(reason), pence, tuple(json.loads(raw)))
        for line, reason, pence, raw in _run(sql, [path, max(limit, 0), max(offset, 0)])
    ]


_NAMES = tuple(one.name for one in fields(PaymentLine))
# The columns in the order of PaymentLine: all of the same name but the first and the last.
_LINE = ", ".join(("part", *_NAMES[1:-1], "raw"))


def _ask(
    sql: str, folder: Path, parts: Sequence[Part], which: Which, *after: object
) -> list[tuple[Any, ...]]:
    """Rows of the payments asked for. Only our own words are put into the text; values go apart."""
    where, values = which.clauses()
    columns = [
        [str(payments_file(folder, part.id)) for part in parts],
        *([getattr(part, name) for part in parts] for name in ("id", "file", "anchor", "anchor_id")),
        list(range(len(parts))),
    ]
    return _run(sql.format(source=_FROM + where), [*columns, *values, *after])


def _run(sql: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    with closing(duckdb.connect(":memory:", config=ENGINE)) as connection:
        try:
            return connection.execute(sql, values).fetchall()
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise Refused(
                "The ledger could not be asked.",
                "A file that its manifest lists is missing or damaged.",
                "Restore the ledger folder from a backup.",
            ) from error


def _named(by: Sequence[str], values: Sequence[Any]) -> dict[str, str]:
    left = iter(values)
    keys: dict[str, str] = {}
    for key in by:
        value = next(left)
        if key == "anchor":
            keys |= {"anchor": value, "anchor_id": next(left)}
        elif key == "file":
            keys |= {"part_id": value, "file": next(left)}
        else:
            keys[key] = f"{value}-{(value + 1) % 100:02d}" if key == "year" else value
    return keys


def _payment_line(row: tuple[Any, ...]) -> PaymentLine:
    return PaymentLine(**dict(zip(_NAMES, row, strict=True)) | {"cells": tuple(json.loads(row[-1]))})
