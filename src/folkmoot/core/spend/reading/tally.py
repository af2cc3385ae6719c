"""Do the rows of a file add up, and what about them should a person know?"""

from array import array
from collections import Counter
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from folkmoot.core.kernel.money import say
from folkmoot.core.spend.reading.batch import Batch
from folkmoot.core.spend.reading.row import Reason, Reported

FEW_REPORTED = 0.02  # ordinary published files set aside less than this share of their rows
_WIDE = pa.decimal128(38, 0)
MANY_PAYMENTS = 300  # a council pays this often without a single credit only when minus signs were lost

# What publishers put between payments on purpose.
_ORDINARY = (Reason.BLANK, Reason.REPEATED_HEADING, Reason.TOTAL_LINE, Reason.NOTE_LINE)

_OF_LINES = {
    "flawed": "had a stray quote or was too long to be a record, and was read by itself",
    "sums_disagree": "has a gross amount less VAT that is not its net amount",
    "overflowing": "has filled cells beyond the last heading; check that its columns are in place",
}


class Tally:
    """Counts and sums of the rows seen so far; accepted and reported always add up to what came in.

    >>> from folkmoot.core.spend.reading import Reported
    >>> tally = Tally("GBP")
    >>> tally.add(Batch(reported=[Reported(2, Reason.TOTAL_LINE, 500, ("Total", "5.00"))]))
    >>> tally.rows_in, tally.reported, tally.pence_in, dict(tally.reasons)
    (1, 1, 500, {'total_line': 1})
    """

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.accepted = self.reported = 0
        self.pence_accepted = self.pence_reported = 0
        self.reasons: Counter[str] = Counter()
        self.flags: Counter[str] = Counter()
        self.first_paid_on: date | None = None
        self.last_paid_on: date | None = None
        self.nul_lines = 0
        self._noted: dict[str, tuple[int, int]] = {}  # the first line and how many more, by what was noted
        self.credits = 0
        self._widths: Counter[int] = Counter()
        self._prints = array("q")  # eight bytes a payment: the one thing here that grows with the file
        self._totals_pence = 0  # printed totals are reported rows, but no part of what they total
        self._since = (0, 0)  # accepted and all money when the last printed total was met
        self._wrong_totals: list[tuple[int, int, int]] = []

    @property
    def rows_in(self) -> int:
        """Records after the heading row."""
        return self.accepted + self.reported

    @property
    def pence_in(self) -> int:
        """The sum of every readable amount, printed totals included."""
        return self.pence_accepted + self.pence_reported

    @property
    def total_differs(self) -> bool:
        """Whether a total that the publisher printed is not the sum of the rows above it."""
        return bool(self._wrong_totals)

    def add(self, batch: Batch) -> None:
        """Count some rows in. A printed total is compared with the rows above it."""
        counted, pence = 0, batch.payments["pence"]
        for row in batch.reported:
            if row.reason is Reason.TOTAL_LINE:
                before = batch.before(row.line)
                self._accept(pence.slice(counted, before - counted))
                counted = before
            self._report(row)
        self._accept(pence.slice(counted))
        if batch.payments.num_rows:
            days = pc.min_max(batch.payments["paid_on"]).as_py()
            self.first_paid_on = min(days["min"], self.first_paid_on or days["min"])
            self.last_paid_on = max(days["max"], self.last_paid_on or days["max"])
            _count(batch.payments["flags"], self.flags)
            _count(pc.utf8_length(batch.payments["payee"]), self._widths)
        self._prints.extend(batch.prints)
        for what in _OF_LINES:
            if lines := getattr(batch, what):
                first, count = self._noted.get(what, (lines[0], 0))
                self._noted[what] = (first, count + len(lines))

    @property
    def alike(self) -> int:
        """How many payments equal an earlier one in every cell, as far as a hash of 64 bits tells."""
        # In order, and not by Arrow's own count_distinct, which takes 400 bytes a payment.
        prints = pa.array(self._prints, pa.int64())
        prints = prints.take(pc.array_sort_indices(prints))
        return int(pc.sum(pc.equal(prints[1:], prints[:-1])).as_py() or 0)

    def names_of(self, width: int) -> int:
        """How many payments name a payee in exactly so many characters."""
        return self._widths[width]

    def _accept(self, pence: pa.ChunkedArray) -> None:
        self.accepted += len(pence)
        # Amounts that are each a whole number of 64 bits may have a sum that is none.
        self.pence_accepted += int(pc.sum(pence.cast(_WIDE)).as_py() or 0)
        self.credits += pc.sum(pc.less(pence, 0)).as_py() or 0

    def _report(self, row: Reported) -> None:
        self.reported += 1
        self.reasons[str(row.reason)] += 1
        if row.reason is Reason.TOTAL_LINE:
            self._compare(row.line, row.pence)
        self.pence_reported += row.pence or 0

    def _compare(self, line: int, printed: int | None) -> None:
        if printed is None:
            return
        now = (self.pence_accepted, self.pence_in - self._totals_pence)
        right = {*now, now[0] - self._since[0], now[1] - self._since[1]}
        if printed not in right:
            self._wrong_totals.append((line, printed, now[0]))
        self._since = now
        self._totals_pence += printed

    def warnings(self) -> list[str]:
        """What a person should know about the file as a whole, in sentences."""
        found = [
            f"The total printed on line {line} is {say(printed, self.currency)}; "
            f"the payments above it sum to {say(summed, self.currency)}."
            for line, printed, summed in self._wrong_totals[:3]
        ]
        found += [
            _of_lines(*self._noted[what], words) for what, words in _OF_LINES.items() if what in self._noted
        ]
        if self.nul_lines:
            found.append(f"{self.nul_lines:,} lines hold NUL bytes, shown as ␀: the file may be damaged.")
        if not self.rows_in:
            found.append("The file has headings and no rows.")
        elif (unread := self.reported - sum(self.reasons[reason] for reason in _ORDINARY)) > (
            FEW_REPORTED * self.rows_in
        ):
            were = "was" if unread == 1 else "were"
            found.append(f"{unread:,} of {self.rows_in:,} rows {were} not read: look at their reasons.")
        if self.accepted >= MANY_PAYMENTS and not self.credits:
            found.append(
                f"None of the {self.accepted:,} payments is a credit: were minus signs lost on the way?"
            )
        return found


def _count(values: pa.ChunkedArray, into: Counter[Any]) -> None:
    """Add how often each value stands there; several flags of one payment are counted each."""
    for found in pc.value_counts(values).to_pylist():
        value = found["values"]
        for one in value.split() if isinstance(value, str) else [value]:
            into[one] += found["counts"]


def _of_lines(first: int, count: int, what: str) -> str:
    others = f" and {count - 1:,} more" if count > 1 else ""
    return f"Line {first}{others}: {what}."
