"""Which payments stand in these rows, a column at a time?

Rows that are payments beyond doubt, nearly all, are read column by column; the others one by one.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from folkmoot.core.spend.reading.files.decoding import BETWEEN
from folkmoot.core.spend.reading.files.records import Block, part_cells
from folkmoot.core.spend.reading.guessing.headings import Role
from folkmoot.core.spend.reading.judging import IDENTIFIERS, TEXTS, Judge, Payee
from folkmoot.core.spend.reading.row import Flag, Payment, Reported, Row
from folkmoot.core.spend.reading.values.amounts import is_credit, read_amounts
from folkmoot.core.spend.reading.values.identifiers import Identifiers

# What is kept of a payment: its line, day, pence and texts, the row as published (`raw`, a JSON list of its
# cells), its flags by name with blanks between, and the identifiers of who was paid.
PAYMENT = pa.schema(
    [
        ("line", pa.int64()),
        ("paid_on", pa.date32()),
        ("pence", pa.int64()),
        *((name, pa.string()) for name in ("payee", *TEXTS, "basis", "raw", "flags", *IDENTIFIERS)),
    ]
)
SUMS = (Role.GROSS, Role.VAT, Role.NET)
_PENNY = 1  # a difference that is rounding
_NEEDS_CARE = r'["\\\x00-\x1e]'  # signs that JSON writes otherwise

_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


@dataclass(slots=True)
class Batch:
    """Rows that stand one behind the other: the payments among them (columns as in PAYMENT, in the order of
    the file), what was set aside, and lines with something amiss. `prints` has a hash of each payment's row.
    """

    payments: pa.Table = field(default_factory=PAYMENT.empty_table)
    reported: list[Reported] = field(default_factory=list)
    prints: list[int] = field(default_factory=list)
    flawed: list[int] = field(default_factory=list)
    overflowing: list[int] = field(default_factory=list)
    sums_disagree: list[int] = field(default_factory=list)

    def before(self, line: int) -> int:
        """How many of the payments stand before a line."""
        return int(pc.sum(pc.less(self.payments["line"], line)).as_py() or 0)

    def rows(self) -> Iterator[Row]:
        """All rows in the order of the file."""
        return merge(self._each_payment(), self.reported, key=lambda row: row.line)

    def _each_payment(self) -> Iterator[Payment]:
        for kept in self.payments.to_pylist():
            cells, flags = json.loads(kept.pop("raw")), kept.pop("flags")
            yield Payment(cells=tuple(cells), flags=tuple(Flag(name) for name in flags.split()), **kept)


class Sorter:
    """Turns blocks of records into batches, by one recipe."""

    def __init__(self, judge: Judge) -> None:
        self._judge, self._columns = judge, judge.recipe.columns
        self._last = max([judge.last_needed, *self._columns.values()], default=0)
        self._width = len(judge.recipe.headings)

    def sort(self, block: Block) -> Batch:
        """Each record of a block in its place; none is dropped."""
        batch = Batch(flawed=[block.lines[at] for at in sorted(block.flaws)])
        odd = self._read(block, batch) if self._judge.readable else range(len(block.texts))
        rows = [
            self._judge.judge(block.lines[at], part_cells(block.texts[at]), block.flaws.get(at)) for at in odd
        ]
        batch.reported = [row for row in rows if isinstance(row, Reported)]
        if more := [row for row in rows if isinstance(row, Payment)]:
            whole = pa.concat_tables([batch.payments, _table_of(more)])
            batch.payments = whole.take(pc.sort_indices(whole["line"]))
            batch.prints += [hash(BETWEEN.join(row.cells)) for row in more]
            batch.overflowing = sorted({*batch.overflowing, *self._too_wide(more)})
        return batch

    def _read(self, block: Block, batch: Batch) -> list[int]:
        """Fills in the payments that are so beyond doubt; answers the places of all other rows."""
        texts = pa.array(block.texts, pa.string())
        cells = pc.split_pattern(texts, BETWEEN)
        wide = pc.greater(pc.list_value_length(cells), self._last)
        if block.flaws:
            flawed = pa.array([at in block.flaws for at in range(len(texts))])
            wide = pc.and_not(wide, flawed)
        places = pa.array(range(len(texts)), pa.int64())
        if wide.false_count:
            texts, cells, places = texts.filter(wide), cells.filter(wide), places.filter(wide)
        found = _Columns(self._judge, cells)
        told = pc.and_(pc.and_(pc.is_valid(found.days), pc.is_valid(found.pence)), found.named)
        if told.false_count:
            texts, cells, places = texts.filter(told), cells.filter(told), places.filter(told)
            found.keep(told)
        lines = pa.array(block.lines, pa.int64()).take(places)
        batch.payments = found.table(lines, texts)
        self._look_beyond(batch, cells, lines, found)
        batch.prints = [hash(block.texts[at]) for at in places.to_pylist()]
        if len(places) == len(block.texts):
            return []
        kept = set(places.to_pylist())
        return [at for at in range(len(block.texts)) if at not in kept]

    def _look_beyond(
        self, batch: Batch, cells: pa.ListArray, lines: pa.Int64Array, found: "_Columns"
    ) -> None:
        """Notes filled cells beyond the headings, and sums that do not agree."""
        over = pc.greater(pc.list_value_length(cells), self._width)
        if self._width and over.true_count:
            beyond = zip(lines.filter(over).to_pylist(), cells.filter(over).to_pylist(), strict=True)
            batch.overflowing = [line for line, row in beyond if any(row[self._width :])]
        if all(role in self._columns for role in SUMS):
            gross, vat, net = (found.amounts(role) for role in SUMS)
            apart = pc.abs(pc.subtract(pc.subtract(gross, vat), net))
            batch.sums_disagree = lines.filter(pc.greater(apart, _PENNY)).to_pylist()

    def _too_wide(self, rows: list[Payment]) -> list[int]:
        return [row.line for row in rows if self._width and any(row.cells[self._width :])]


class _Columns:
    """The columns of rows that hold all the cells that the recipe names."""

    def __init__(self, judge: Judge, cells: pa.ListArray) -> None:
        self._judge, self._recipe, self._cells = judge, judge.recipe, cells
        self.days = _each(self._cell(judge.date), judge.days.__getitem__, pa.date32())
        payees = self._cell(judge.payee).dictionary_encode()
        self._known = [judge.payees[cell] for cell in payees.dictionary.to_pylist()]
        self._which = payees.indices
        self.named = self._by_payee(lambda payee: payee is not None, pa.bool_())
        self.pence = self.amounts(Role.AMOUNT)
        if (at := judge.recipe.columns.get(Role.CURRENCY)) is not None:
            home = _each(self._cell(at), lambda code: not judge.is_foreign(code), pa.bool_())
            self.pence = pc.if_else(home, self.pence, None)
        if (at := judge.recipe.columns.get(Role.SIGN)) is not None:
            credit = _each(self._cell(at), is_credit, pa.bool_())
            self.pence = pc.if_else(credit, pc.negate(pc.abs(self.pence)), self.pence)

    def keep(self, told: pa.BooleanArray) -> None:
        """Only these rows from now on."""
        self._cells, self._which = self._cells.filter(told), self._which.filter(told)
        self.days, self.pence = self.days.filter(told), self.pence.filter(told)

    def amounts(self, role: Role) -> pa.Int64Array:
        """The pence of one column of money, null where it says none."""
        if role is not Role.AMOUNT and self._recipe.columns[role] == self._judge.amount:
            return self.pence
        cells = self._cell(self._recipe.columns[role])
        return read_amounts(cells, self._recipe.currency, self._recipe.decimal_mark)

    def table(self, lines: pa.Int64Array, texts: pa.StringArray) -> pa.Table:
        """All that is kept of these payments; `texts` are their rows."""
        names = self._by_payee(lambda payee: payee.name if payee else None, pa.string())
        flags = self._by_payee(lambda payee: " ".join(payee.flags) if payee else "", pa.string())
        basis = pa.repeat(pa.scalar(self._recipe.amount_basis), len(lines))
        columns = [
            lines, self.days, self.pence, names, *(self._text(role) for role in TEXTS), basis, _raw(texts),
            flags, *self._identifiers(),
        ]  # fmt: skip
        return pa.Table.from_arrays(columns, schema=PAYMENT)

    def _identifiers(self) -> list[pa.Array]:
        """Those of columns, completed from the name; none where the name is withheld."""
        found = [self._text(role) for role in IDENTIFIERS]
        if any(payee and payee.identifiers for payee in self._known):
            for at, role in enumerate(IDENTIFIERS):
                told = self._by_payee(_told_by_name(role), pa.string())
                found[at] = pc.if_else(pc.equal(found[at], ""), told, found[at])
        if any(payee and Flag.REDACTED in payee.flags for payee in self._known):
            withheld = self._by_payee(
                lambda payee: payee is not None and Flag.REDACTED in payee.flags, pa.bool_()
            )
            found = [pc.if_else(withheld, "", column) for column in found]
        return found

    def _by_payee(self, told: Callable[[Payee | None], Any], kind: pa.DataType) -> pa.Array:
        return pa.array([told(payee) for payee in self._known], kind).take(self._which)

    def _text(self, role: Role) -> pa.StringArray:
        at = self._recipe.columns.get(role)
        if at is None:
            return pa.repeat(pa.scalar(""), len(self._cells))
        return pc.utf8_trim_whitespace(self._cell(at))

    def _cell(self, at: int) -> pa.StringArray:
        return pc.list_element(self._cells, at)


def _told_by_name(role: Role) -> Callable[[Payee | None], str]:
    """An identifier that stands inside a payee's name."""
    return lambda payee: getattr((payee and payee.identifiers) or Identifiers(), role, "")


def _each(cells: pa.StringArray, told: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
    """What each cell says, asked once for each that differs."""
    found = cells.dictionary_encode()
    return pa.array([told(cell) for cell in found.dictionary.to_pylist()], kind).take(found.indices)


def _raw(texts: pa.StringArray) -> pa.StringArray:
    """The cells of each row as JSON; only those with a sign that JSON writes otherwise take care."""
    care = pc.match_substring_regex(texts, _NEEDS_CARE)
    joined = pc.replace_substring(texts, BETWEEN, '","')
    plain = pc.binary_join_element_wise('["', joined, '"]', "")
    if not care.true_count:
        return plain
    careful = [_as_json(part_cells(text)) for text in texts.filter(care).to_pylist()]
    return pc.replace_with_mask(plain, care, pa.array(careful, pa.string()))


def _table_of(payments: list[Payment]) -> pa.Table:
    """Payments that were read one by one."""
    rows = [
        {"raw": _as_json(row.cells), "flags": " ".join(row.flags)}
        | {name: getattr(row, name) for name in PAYMENT.names if name not in ("raw", "flags")}
        for row in payments
    ]
    return pa.Table.from_pylist(rows, schema=PAYMENT)
