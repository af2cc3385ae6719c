"""What was paid, to whom, when, and on which line does it stand?"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.kernel.when import financial_year_bounds
from folkmoot.core.spend.ledger.engine import run
from folkmoot.core.spend.ledger.flags import flag_clause, late_flags
from folkmoot.core.spend.ledger.parts import Part, payments_file, reported_file
from folkmoot.core.spend.reading import Reason, Reported
from folkmoot.core.spend.reading.row import Flag

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
  SELECT unnest(?) AS part, unnest(?) AS file, unnest(?) AS anchor, unnest(?) AS anchor_id,
    unnest(?) AS cut_at, unnest(?) AS place
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
    flags: tuple[Flag, ...] = ()
    payee_ref: str = ""
    company_no: str = ""
    vat_no: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Which:
    """Which payments are asked for; what is left empty does not narrow. An anchor's id goes before its name.

    `year` is a financial year ("2025-26"), `payee` a name as published, `named` a piece of one, `text` a
    piece of any of the texts, `flag` one that the payments carry.
    """

    anchor: str | None = None
    anchor_id: str | None = None
    year: str | None = None
    part_id: str | None = None
    payee: str | None = None
    text: str | None = None
    flag: Flag | None = None
    named: str | None = None

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

    @property
    def takes_whole_parts(self) -> bool:
        """Whether it asks for all payments of the parts, so that the manifest knows their number and sum."""
        return not (self.year or self.payee or self.text or self.flag or self.named)

    def clauses(self, folder: Path, parts: Sequence[Part], anchors: Sequence[str]) -> tuple[str, list[Any]]:
        """The rest of the choice, as SQL with its values apart."""
        clauses: list[str] = []
        values: list[Any] = []
        if days := self.days():
            clauses.append("paid_on BETWEEN ? AND ?")
            values += days
        if self.payee:
            clauses.append("payee = ?")
            values.append(self.payee.strip())
        if self.named:
            clauses.append("contains(lower(payee), lower(?))")
            values.append(self.named.strip())
        if self.text and self.text.strip():
            clauses.append(
                "contains(lower(concat_ws(chr(10), payee, purpose, reference, unit, category)), lower(?))"
            )
            values.append(self.text.strip())
        if self.flag:
            clause, more = flag_clause(self.flag, folder, parts, anchors)
            clauses.append(clause)
            values += more
        return f"WHERE {' AND '.join(clauses)}" if clauses else "", values


def _overlap(part: Part, days: tuple[date, date]) -> bool:
    first, last = part.first_paid_on, part.last_paid_on
    return first is not None and last is not None and first <= days[1] and last >= days[0]


def ask_sums(folder: Path, parts: Sequence[Part], which: Which, by: Sequence[str]) -> list[Sum]:
    """Sums of payments by the keys asked for, in the order of the keys; without keys one sum of all."""
    unknown = [key for key in by if key not in KEYS]
    if unknown:
        raise Refused(f"Sums by {unknown[0]} are not kept.", f"There are sums by {', '.join(KEYS)}.")
    if not which.of(parts):
        return [] if by else [Sum({}, 0, 0)]
    keys = "".join(f"{KEYS[key]}, " for key in by)
    found = _ask(
        f"SELECT {keys} count(*), sum(pence) {{source}} {'GROUP BY ALL' if by else ''}", folder, parts, which
    )
    sums = [Sum(_named(by, row[:-2]), int(row[-2]), int(row[-1] or 0)) for row in found]
    return sorted(sums, key=lambda one: tuple(one.keys.values()))


def ask_payees(folder: Path, parts: Sequence[Part], which: Which, limit: int) -> list[Sum]:
    """The payees that were paid most, by name as published, the largest first."""
    if not which.of(parts):
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
    whole = _whole(which.of(parts)) if which.takes_whole_parts else ask_sums(folder, parts, which, ())[0]
    if not whole.rows or offset >= whole.rows:
        return [], whole.rows, whole.pence
    sql = f"SELECT {_LINE} {{source}} ORDER BY {ORDERS[order]} LIMIT ? OFFSET ?"
    rows = _ask(sql, folder, parts, which, max(limit, 0), max(offset, 0))
    return _payment_lines(folder, parts, rows), whole.rows, whole.pence


def _whole(asked: Sequence[Part]) -> Sum:
    # The manifest knows, so that a page of the newest payments need not read all of them.
    return Sum({}, sum(part.accepted for part in asked), sum(part.pence_accepted for part in asked))


def ask_payment(folder: Path, parts: Sequence[Part], part_id: str, line: int) -> PaymentLine | None:
    """The payment that stands on a line of a part, or None."""
    which = Which(part_id=part_id)
    sql = f"SELECT * FROM (SELECT {_LINE} {{source}}) WHERE line = ?"  # noqa: S608  only our own names are put in
    rows = _ask(sql, folder, parts, which, line) if which.of(parts) else []
    return next(iter(_payment_lines(folder, parts, rows)), None)


def ask_reported(
    folder: Path, part: Part, offset: int, limit: int, reason: Reason | None = None
) -> list[Reported]:
    """The rows of a part that were set aside, in the order of the file; those of one reason if asked so."""
    where, values = ("WHERE reason = ?", [str(reason)]) if reason else ("", [])
    sql = f"SELECT line, reason, pence, raw FROM read_parquet(?) {where} ORDER BY line LIMIT ? OFFSET ?"  # noqa: S608  only our own words are put in
    path = str(reported_file(folder, part.id))
    return [
        Reported(int(line), Reason(told), pence, tuple(json.loads(raw)))
        for line, told, pence, raw in run(sql, [path, *values, max(limit, 0), max(offset, 0)])
    ]


_NAMES = tuple(one.name for one in fields(PaymentLine))
# The columns in the order of PaymentLine: all of the same name but these.
_LINE = ", ".join({"part_id": "part", "cells": "raw"}.get(name, name) for name in _NAMES)


def _ask(
    sql: str, folder: Path, parts: Sequence[Part], which: Which, *after: object
) -> list[tuple[Any, ...]]:
    """Rows of the payments asked for. Only our own words are put into the text; values go apart."""
    asked = which.of(parts)
    where, values = which.clauses(folder, asked, _anchors(parts))
    columns = [
        [str(payments_file(folder, part.id)) for part in asked],
        *(
            [getattr(part, name) for part in asked]
            for name in ("id", "file", "anchor", "anchor_id", "cut_at")
        ),
        list(range(len(asked))),
    ]
    return run(sql.format(source=_FROM + where), [*columns, *values, *after])


_TOLD_BY_PART = ("id", "file", "anchor", "anchor_id", "cut_at")  # in the order of _FROM


def _anchors(parts: Sequence[Part]) -> tuple[str, ...]:
    return tuple(sorted({part.anchor for part in parts}))


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


def _payment_lines(folder: Path, parts: Sequence[Part], rows: Sequence[tuple[Any, ...]]) -> list[PaymentLine]:
    lines = [_payment_line(row) for row in rows]
    late = late_flags(folder, parts, _anchors(parts), [(one.part_id, one.line, one.payee) for one in lines])
    return [
        replace(one, flags=(*one.flags, *more)) if more else one
        for one, more in zip(lines, late, strict=True)
    ]


def _payment_line(row: tuple[Any, ...]) -> PaymentLine:
    found = dict(zip(_NAMES, row, strict=True))
    flags = tuple(Flag(name) for name in found["flags"].split())
    return PaymentLine(**found | {"cells": tuple(json.loads(found["cells"])), "flags": flags})
