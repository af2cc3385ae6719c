"""Which payments stand in these rows, a column at a time?

Rows that are payments beyond doubt, nearly all, are read column by column; the others one by one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import merge
from itertools import compress
from operator import itemgetter

from folkmoot.core.spend.reading.files.records import Block
from folkmoot.core.spend.reading.guessing.headings import Role
from folkmoot.core.spend.reading.judging import IDENTIFIERS, TEXTS, Judge, Payee, identified, payee_of
from folkmoot.core.spend.reading.row import Payment, Reported, Row
from folkmoot.core.spend.reading.values.amounts import read_amounts

SUMS = (Role.GROSS, Role.VAT, Role.NET)


@dataclass(slots=True)
class Batch:
    """Rows that stand one behind the other: payments column by column in the order of the file, and what
    was set aside among them. `texts` and `identifiers` hold a column for each of TEXTS and IDENTIFIERS.
    """

    basis: str
    lines: list[int] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    pence: list[int] = field(default_factory=list)
    payees: list[Payee] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    identifiers: list[list[str]] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    reported: list[Reported] = field(default_factory=list)
    flawed: list[int] = field(default_factory=list)
    overflowing: list[int] = field(default_factory=list)
    sums_disagree: list[int] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The names of the payees, one a payment."""
        return [payee.name for payee in self.payees]

    def before(self, line: int) -> int:
        """How many of the payments stand before a line."""
        return bisect_left(self.lines, line)

    def rows(self) -> Iterator[Row]:
        """All rows in the order of the file."""
        return merge(self._payments(), self.reported, key=lambda row: row.line)

    def _payments(self) -> Iterator[Payment]:
        names, columns = (*TEXTS, *IDENTIFIERS), (*self.texts, *self.identifiers)
        for at, payee in enumerate(self.payees):
            yield Payment(
                line=self.lines[at],
                paid_on=self.days[at],
                pence=self.pence[at],
                payee=payee.name,
                basis=self.basis,
                cells=tuple(self.cells[at]),
                flags=payee.flags,
                **{str(name): column[at] for name, column in zip(names, columns, strict=True)},
            )


class Sorter:
    """Turns blocks of records into batches, by one recipe."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        columns = judge.recipe.columns
        self._texts = [columns.get(role) for role in TEXTS]
        self._identifiers = [columns.get(role) for role in IDENTIFIERS]
        self._sums = [columns[role] for role in SUMS if role in columns]
        self._width = len(judge.recipe.headings)

    def sort(self, block: Block) -> Batch:
        """Each record of a block in its place; none is dropped."""
        judge = self._judge
        batch = Batch(judge.recipe.amount_basis, flawed=[block.lines[at] for at in sorted(block.flaws)])
        keep = self._read(block, batch) if judge.readable else [False] * len(block.rows)
        odd = [
            judge.judge(block.lines[at], block.rows[at], block.flaws.get(at))
            for at, kept in enumerate(keep)
            if not kept
        ]
        batch.reported = [row for row in odd if isinstance(row, Reported)]
        if len(batch.reported) < len(odd):
            _weave_in(batch, [row for row in odd if isinstance(row, Payment)])
        self._look_beyond(block, batch)
        return batch

    def _read(self, block: Block, batch: Batch) -> list[bool]:
        """Fills the columns of a batch; answers which rows are payments beyond doubt."""
        judge, rows = self._judge, block.rows
        wide = [len(cells) > judge.last_needed for cells in rows]
        for at in block.flaws:
            wide[at] = False
        kept = rows if all(wide) else list(compress(rows, wide))
        days = [judge.days[cells[judge.date]] for cells in kept]
        payees = [judge.payees[cells[judge.payee]] for cells in kept]
        recipe = judge.recipe
        pence = read_amounts([cells[judge.amount] for cells in kept], recipe.currency, recipe.decimal_mark)
        if judge.has_side_columns:
            pence = [None if judge.is_foreign(cells) else self._signed(one, cells)
                     for one, cells in zip(pence, kept, strict=True)]  # fmt: skip
        told = [
            day is not None and one is not None and payee is not None
            for day, one, payee in zip(days, pence, payees, strict=True)
        ]
        batch.lines, batch.cells = (
            list(compress(compress(block.lines, wide), told)),
            list(compress(kept, told)),
        )
        batch.days = [day for day in compress(days, told) if day is not None]
        batch.pence = [one for one in compress(pence, told) if one is not None]
        batch.payees = [payee for payee in compress(payees, told) if payee is not None]
        batch.texts = [_column(batch.cells, at) for at in self._texts]
        batch.identifiers = [_column(batch.cells, at) for at in self._identifiers]
        self._identify(batch)
        told_of_wide = iter(told)
        return [one and next(told_of_wide) for one in wide]

    def _signed(self, pence: int | None, cells: list[str]) -> int | None:
        return -abs(pence) if pence is not None and self._judge.is_credit(cells) else pence

    def _identify(self, batch: Batch) -> None:
        """Withheld names lose their identifiers; names that hold one lend it."""
        for at, payee in enumerate(batch.payees):
            if payee.flags or payee.identifiers:
                known = identified(payee, *(column[at] for column in batch.identifiers))
                for column, found in zip(batch.identifiers, known, strict=True):
                    column[at] = found

    def _look_beyond(self, block: Block, batch: Batch) -> None:
        """Notes filled cells beyond the headings, and sums that do not agree."""
        if self._width and batch.cells and max(map(len, batch.cells)) > self._width:
            batch.overflowing = [
                line
                for line, cells in zip(batch.lines, batch.cells, strict=True)
                if len(cells) > self._width and any(cells[self._width :])
            ]
        if len(self._sums) == len(SUMS) and batch.cells:
            batch.sums_disagree = self._disagreeing(batch)

    def _disagreeing(self, batch: Batch) -> list[int]:
        recipe, known = self._judge.recipe, self._judge.amount
        gross, vat, net = (
            batch.pence
            if at == known and not self._judge.has_side_columns
            else read_amounts(_column(batch.cells, at), recipe.currency, recipe.decimal_mark)
            for at in self._sums
        )
        return [
            line
            for line, whole, tax, rest in zip(batch.lines, gross, vat, net, strict=True)
            # A penny is rounding.
            if whole is not None and tax is not None and rest is not None and abs(whole - tax - rest) > 1
        ]


def _column(rows: Sequence[list[str]], at: int | None) -> list[str]:
    if at is None:
        return [""] * len(rows)
    try:
        return list(map(str.strip, map(itemgetter(at), rows)))
    except IndexError:
        return [cells[at].strip() if at < len(cells) else "" for cells in rows]


def _weave_in(batch: Batch, payments: list[Payment]) -> None:
    """Payments that were read one by one take their places among the others."""
    for row in payments:
        at = batch.before(row.line)
        batch.lines.insert(at, row.line)
        batch.days.insert(at, row.paid_on)
        batch.pence.insert(at, row.pence)
        batch.payees.insert(at, payee_of(row.payee))
        batch.cells.insert(at, list(row.cells))
        texts = (row.reference, row.unit, row.purpose, row.category)
        known = (row.payee_ref, row.company_no, row.vat_no, row.postcode)
        for column, text in zip([*batch.texts, *batch.identifiers], [*texts, *known], strict=True):
            column.insert(at, text)
