"""What stands here twice: a month, an invoice, a row?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

import duckdb

from folkmoot.core.kernel.money import say
from folkmoot.core.spend.ledger.checks.check import (
    SHOWN,
    Anchor,
    Check,
    CheckKind,
    listed,
    say_months,
    say_share,
)
from folkmoot.core.spend.ledger.checks.months import ENOUGH_MONTHS, Month, Piece
from folkmoot.core.spend.ledger.parts import Part

SUBSTANTIAL = 0.25  # of the month's largest piece; three late days in the next file are about an eighth
FEW = 20  # below so many rows, likeness is chance
HALF = 0.5  # two files that share so much of a month are one list; council and schools share next to nothing
DOUBLED = 1.6  # times the usual number; year ends stay below it unless two files meet in them
MOST_OVERLAPS = 100
ALIKE = (
    0.05  # of 176 published files, the 173 of two councils stay below it, the 3 of a third reach a quarter
)
STANDING_DAYS = 2  # a reference that is paid on more days is an account or a standing order, no invoice
SHARED_PAYEES = 5  # a reference that so many payees bear is a filler or a batch, no invoice

# Rows of the doubtful months that stand in both of two files, copies counted as often as both have them.
_SHARED = """
WITH doubtful AS (SELECT unnest(?) AS one, unnest(?) AS other, unnest(?) AS month),
counted AS (
  SELECT place, CAST(date_trunc('month', paid_on) AS DATE) AS start, paid_on, pence, payee, count(*) AS copies
  FROM payments
  WHERE place IN (SELECT one FROM doubtful UNION SELECT other FROM doubtful)
    AND date_trunc('month', paid_on) IN (SELECT month FROM doubtful)
  GROUP BY ALL
)
SELECT one, other, month, sum(least(a.copies, b.copies))
FROM doubtful JOIN counted a ON a.place = one AND a.start = month
JOIN counted b ON b.place = other AND b.start = month
  AND b.paid_on = a.paid_on AND b.pence = a.pence AND b.payee = a.payee
GROUP BY ALL
"""
# An invoice that was credited again explains itself: then an amount below nought is in its group.
_TWICE = """
CREATE TEMP TABLE twice AS
SELECT anchor, bill, abs(pence) AS owed FROM payments
WHERE bill IS NOT NULL AND pence <> 0
GROUP BY ALL HAVING min(place) <> max(place) AND min(pence) > 0
"""
_INVOICES = """
CREATE TEMP TABLE invoices AS
WITH standing AS (
  SELECT anchor, bill FROM payments SEMI JOIN twice USING (anchor, bill)
  GROUP BY ALL HAVING count(DISTINCT paid_on) > ?
), filler AS (
  SELECT anchor, reference FROM payments
  WHERE reference IN (SELECT reference FROM payments SEMI JOIN twice USING (anchor, bill))
  GROUP BY ALL HAVING count(DISTINCT bill) >= ?
)
SELECT anchor, pence, min({'place': place, 'line': line}) AS one,
  max({'place': place, 'line': line}) AS other
FROM (SELECT *, pence AS owed FROM payments) SEMI JOIN twice USING (anchor, bill, owed)
ANTI JOIN standing USING (anchor, bill) ANTI JOIN filler USING (anchor, reference)
GROUP BY anchor, bill, pence
"""
_INVOICE_SUMS = """
SELECT anchor, one.place, other.place, count(*), sum(pence) FROM invoices GROUP BY ALL ORDER BY ALL
"""
_INVOICE_LINES = """
SELECT anchor, one.place, other.place, pence, one.line, other.line FROM invoices
QUALIFY row_number() OVER (
  PARTITION BY anchor, one.place, other.place ORDER BY pence DESC, one, other) <= ?
ORDER BY pence DESC, one, other
"""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A month that two files hold a good part of; `shared` payments stand in both."""

    month: Month
    one: Piece
    other: Piece
    shared: int = 0


@dataclass(frozen=True, slots=True)
class Repeated:
    """Invoices that stand in the files at two places: how many, their sum, and the largest with its lines."""

    one: int
    other: int
    count: int
    pence: int
    largest: tuple[tuple[int, int, int], ...]


def find_overlaps(months: Sequence[Month]) -> list[Overlap]:
    """The pairs of files that both hold a good part of a month, on days that overlap: no weekly files."""
    found = []
    for month in months:
        least = max(FEW, SUBSTANTIAL * max(piece.payments for piece in month.bodies))
        large = [piece for piece in month.bodies if piece.payments >= least]
        found += [
            Overlap(month, one, other)
            for one, other in combinations(sorted(large, key=lambda piece: piece.place), 2)
            if one.first <= other.last and other.first <= one.last
        ]
    return found


def count_shared(connection: duckdb.DuckDBPyConnection, overlaps: Sequence[Overlap]) -> list[Overlap]:
    """The overlaps with the number of payments (day, payee, amount) that stand in both files.

    Of very many, the largest are compared: nobody reads a list of a thousand months, and the work grows
    with the square of the files.
    """
    if not overlaps:
        return []
    overlaps = sorted(overlaps, key=lambda lap: -min(lap.one.payments, lap.other.payments))[:MOST_OVERLAPS]
    columns = [
        [one.one.place for one in overlaps],
        [one.other.place for one in overlaps],
        [one.month.start for one in overlaps],
    ]
    rows = connection.execute(_SHARED, columns).fetchall()
    shared = {(one, other, month): int(count) for one, other, month, count in rows}
    return [
        Overlap(
            lap.month, lap.one, lap.other, shared.get((lap.one.place, lap.other.place, lap.month.start), 0)
        )
        for lap in overlaps
    ]


def doubled(overlaps: Sequence[Overlap], months: Sequence[Month]) -> list[Overlap]:
    """Those overlaps that make one list of two: rows are the same, or a rare month has twice the number."""
    several = {lap.month.start for lap in overlaps}
    single = [month.payments for month in months if month.start not in several]
    # Where files often share a month, that is how the anchor publishes (council and schools, say).
    usual = median(single) if len(single) >= max(ENOUGH_MONTHS, 3 * len(several)) else None
    return [lap for lap in overlaps if _shares_rows(lap) or (usual and _stands_out(lap, usual))]


def _shares_rows(lap: Overlap) -> bool:
    return lap.shared >= HALF * min(lap.one.payments, lap.other.payments)


def _stands_out(lap: Overlap, usual: float) -> bool:
    smaller = min(lap.one.payments, lap.other.payments)
    return lap.month.payments >= DOUBLED * usual and smaller >= (DOUBLED - 1) / 2 * usual


def tell_doubled(anchor: Anchor, laps: Sequence[Overlap], parts: Sequence[Part]) -> list[Check]:
    """One question about the months that two files hold, file by file."""
    pairs: dict[tuple[int, int], list[Overlap]] = {}
    for lap in laps:
        if anchor.asks((lap.one.place, lap.other.place)):
            pairs.setdefault((lap.one.place, lap.other.place), []).append(lap)
    if not pairs:
        return []
    words = [
        f"{say_months([lap.month.start for lap in held])} {'stand' if held[1:] else 'stands'} in two files, "
        f"“{parts[one].file}” with {sum(lap.one.payments for lap in held):,} payments and "
        f"“{parts[other].file}” with {sum(lap.other.payments for lap in held):,}, "
        f"{sum(lap.shared for lap in held):,} of them in both"
        for (one, other), held in pairs.items()
    ]
    starts = sorted({lap.month.start for held in pairs.values() for lap in held})
    sentence = f"{listed(words)}. What is in both may be counted twice."
    places = [place for pair in pairs for place in pair]
    return [anchor.check(CheckKind.MONTH_TWICE, sentence, parts, places, months=starts)]


def ask_invoices(connection: duckdb.DuckDBPyConnection) -> Mapping[int, Sequence[Repeated]]:
    """By anchor, the invoices (payee, reference and amount) that stand in two files."""
    connection.execute(_TWICE)
    if connection.execute("SELECT 1 FROM twice LIMIT 1").fetchone() is None:
        return {}
    connection.execute(_INVOICES, [STANDING_DAYS, SHARED_PAYEES])
    lines: dict[tuple[int, int, int], list[tuple[int, int, int]]] = {}
    for anchor, one, other, pence, line, after in connection.execute(_INVOICE_LINES, [SHOWN]).fetchall():
        lines.setdefault((anchor, one, other), []).append((pence, line, after))
    found: dict[int, list[Repeated]] = {}
    for anchor, one, other, count, pence in connection.execute(_INVOICE_SUMS).fetchall():
        pair = Repeated(one, other, int(count), int(pence), tuple(lines[anchor, one, other]))
        found.setdefault(anchor, []).append(pair)
    return found


def tell_invoices(
    anchor: Anchor, repeated: Sequence[Repeated], parts: Sequence[Part], laps: Sequence[Overlap]
) -> list[Check]:
    """One question about invoices in two files, but for files that hold the same month anyway."""
    told = {(lap.one.place, lap.other.place) for lap in laps}
    left = [one for one in repeated if (one.one, one.other) not in told and anchor.asks((one.one, one.other))]
    if not left:
        return []
    count = sum(one.count for one in left)
    largest = sorted(_examples(left), reverse=True)[:SHOWN]
    currency = anchor.currency
    words = [
        f"{say(pence, currency)} ({parts[one].file} line {line}, {parts[other].file} line {after})"
        for pence, one, line, other, after in largest
    ]
    sentence = (
        f"{f'{count:,} invoices stand' if count > 1 else 'one invoice stands'} in two files with the same "
        f"payee, reference and amount, {say(sum(one.pence for one in left), currency)} in all, "
        f"{'the largest' if count > SHOWN else 'namely'} {listed(words)}. This may be paid twice, paid in "
        f"parts, or the second a credit that lost its sign."
    )
    places = [place for one in left for place in (one.one, one.other)]
    lines = [
        (parts[place].id, at)
        for _, one, line, other, after in largest
        for place, at in ((one, line), (other, after))
    ]
    return [anchor.check(CheckKind.INVOICES_TWICE, sentence, parts, places, lines=lines)]


def _examples(repeated: Sequence[Repeated]) -> Iterator[tuple[int, int, int, int, int]]:
    for pair in repeated:
        for pence, line, after in pair.largest:
            yield pence, pair.one, line, pair.other, after


def tell_alike(anchor: Anchor, parts: Sequence[Part]) -> list[Check]:
    """One question about files in which uncommonly many rows are alike."""
    places = [
        place
        for place in anchor.places
        if place in anchor.asked and parts[place].alike >= max(FEW, ALIKE * parts[place].accepted)
    ]
    if not places:
        return []
    count, rows = (sum(getattr(parts[place], of) for place in places) for of in ("alike", "accepted"))
    files = f"{len(places):,} files" if places[1:] else f"“{parts[places[0]].file}”"
    sentence = (
        f"{count:,} of {rows:,} payments in {files} ({say_share(count, rows)}) equal an earlier row of "
        f"the same file in every cell. All of them count. Many small payments alike (home care, say) may "
        f"look so, and so may a list that was pasted twice."
    )
    return [anchor.check(CheckKind.ROWS_ALIKE, sentence, parts, places)]
