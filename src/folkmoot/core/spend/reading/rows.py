"""Which rows of this file are payments, and why are the others not?"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from folkmoot.core.spend.reading.files.decoding import Lines
from folkmoot.core.spend.reading.files.records import Flaw, Record, read_records
from folkmoot.core.spend.reading.files.source import Source
from folkmoot.core.spend.reading.guessing.columns import NEEDED
from folkmoot.core.spend.reading.guessing.headings import Role, fold
from folkmoot.core.spend.reading.guessing.kinds import Kind
from folkmoot.core.spend.reading.recipe import Recipe
from folkmoot.core.spend.reading.row import Payment, Reason, Reported, Row
from folkmoot.core.spend.reading.tally import Tally
from folkmoot.core.spend.reading.values.amounts import read_amount
from folkmoot.core.spend.reading.values.dates import read_day

TEXTS = (Role.REFERENCE, Role.UNIT, Role.PURPOSE, Role.CATEGORY)
SUMS = (Role.GROSS, Role.VAT, Role.NET)
LONGEST_KEPT = 2_000  # characters kept of a cell in a line that is too long to be a record
_FURTHER = r"(?:for|of|spend|spent|expenditure|amounts?|payments?|paid|value|net|gross|over)\b"
_TOTAL = re.compile(
    rf"(?:(?:grand|sub|overall|report|page|running|monthly|net|gross|sum)[\s-]*)?totals?(?:\s+{_FURTHER}.*)?[\s:=£]*"
    r"|.*\b(?:sub|grand)?[\s-]?totals?[\s:=]*|overall result[\s:]*",
    re.IGNORECASE,
).fullmatch
_TOTAL_PAYEE = re.compile(r"\s*(?:grand|sub|overall)?[\s-]*totals?\s*:?\s*", re.IGNORECASE).fullmatch


def read_rows(source: Source, recipe: Recipe) -> Iterator[Row]:
    """Every record after the heading row, in file order, as a Payment or a Reported.

    Nothing is dropped and no bad row raises: rows_in = accepted + reported always. Refused only when the
    file itself changed or broke. A recipe of another kind than payments reports each row as wrong_dataset.

    >>> import pathlib, tempfile
    >>> from folkmoot.core.spend.reading import look, open_source
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = path.write_text("Date,Supplier,Amount\\n30/04/2020,A Ltd,12.50\\nTotal,,12.50\\n")
    >>> source = open_source(path)
    >>> [(type(row).__name__, row.line, row.pence) for row in read_rows(source, look(source).recipe)]
    [('Payment', 2, 1250), ('Reported', 3, 1250)]
    """
    return iter(Reading(source, recipe))


class Reading:
    """One pass over a file: iterate over its rows; `tally` and `position` tell how far it has come."""

    def __init__(self, source: Source, recipe: Recipe) -> None:
        self.recipe = recipe
        self.tally = Tally(recipe.currency)
        self._lines = Lines(source.open(), recipe.encoding)
        columns = recipe.columns
        self._readable = recipe.kind is Kind.PAYMENTS and {*NEEDED} <= {*columns}
        self._date, self._amount, self._payee = (
            columns.get(role, 0) for role in (Role.PAID_ON, Role.AMOUNT, Role.PAYEE)
        )
        self._texts = tuple(columns.get(role) for role in TEXTS)
        self._currency = columns.get(Role.CURRENCY)
        self._sums = [columns[role] for role in SUMS if role in columns]
        self._last_needed = max(self._date, self._amount, self._payee)
        names = {part for heading in recipe.headings for part in (heading, *heading.split(" / "))}
        self._heading_words = {fold(name) for name in names} - {""}
        self._days: dict[str, date | None] = {}

    @property
    def position(self) -> int:
        """Inner bytes taken from the file so far."""
        return self._lines.position

    def __iter__(self) -> Iterator[Row]:
        add = self.tally.add
        read = self._row if self._readable else self._wrong
        for line, cells, flaw in self._records():
            row = read(line, cells, flaw)
            add(row)
            if isinstance(row, Payment):
                if len(self._sums) == 3 and self._sums_disagree(cells):
                    self.tally.sums_disagree.append(line)
                if len(cells) > len(self.recipe.headings) > 0 and any(cells[len(self.recipe.headings) :]):
                    self.tally.overflowing.append(line)
            if flaw:
                self.tally.flawed.append(line)
            yield row
        self.tally.nul_lines = self._lines.nul_lines

    def _records(self) -> Iterator[Record]:
        lines, heading_row = iter(self._lines), self.recipe.heading_row
        for _ in range(heading_row - 1):
            next(lines, None)
        start = max(heading_row, 1)
        records = read_records(lines, self.recipe.delimiter, start=start, is_whole=self._is_whole)
        if heading_row:
            next(records, None)
        return records

    def _is_whole(self, cells: list[str]) -> bool:
        return self._readable and isinstance(self._row(0, cells, None), Payment)

    def _wrong(self, line: int, cells: list[str], flaw: Flaw | None) -> Row:
        blank = not any(map(str.strip, cells))
        return Reported(line, Reason.BLANK if blank else Reason.WRONG_DATASET, None, _kept(cells, flaw))

    def _row(self, line: int, cells: list[str], flaw: Flaw | None) -> Row:
        if flaw or len(cells) <= self._last_needed:
            return self._doubtful(line, cells, flaw)
        pence = self._pence(cells)
        day = self._day(cells[self._date])
        payee = cells[self._payee].strip()
        if day is None or not payee or isinstance(pence, Reason) or _TOTAL_PAYEE(payee):
            return self._set_aside(line, cells, day, pence, payee)
        if not self.recipe.first_day <= day <= self.recipe.last_day:
            return Reported(line, Reason.OUTSIDE_PERIOD, pence, tuple(cells))
        reference, unit, purpose, category = (
            cells[at].strip() if at is not None and at < len(cells) else "" for at in self._texts
        )
        basis = self.recipe.amount_basis
        return Payment(line, day, pence, payee, reference, unit, purpose, category, basis, tuple(cells))

    def _doubtful(self, line: int, cells: list[str], flaw: Flaw | None) -> Row:
        """A record that is too short, too long, or was re-read with quoting off."""
        filled = [cell for cell in cells if cell.strip()]
        kept = _kept(cells, flaw)
        if flaw is Flaw.TOO_LONG:
            return Reported(line, Reason.AMOUNT_UNREADABLE, None, kept)
        if flaw is Flaw.STRAY_QUOTE:
            # With quoting off a comma inside a cell moves the amount: only a row of the right width is read.
            while len(cells) > len(self.recipe.headings) and not cells[-1].strip():
                cells = cells[:-1]
            if len(cells) == len(self.recipe.headings):
                return self._row(line, cells, None)
            return Reported(line, Reason.AMOUNT_UNREADABLE, None, kept)
        padded = [*cells, *[""] * (self._last_needed + 1 - len(cells))]
        row = self._row(line, padded, None)
        early = (Reason.BLANK, Reason.REPEATED_HEADING, Reason.TOTAL_LINE, Reason.NOTE_LINE)
        reason = row.reason if isinstance(row, Reported) and row.reason in early else Reason.TOO_FEW_CELLS
        return Reported(line, reason, row.pence, kept) if filled else Reported(line, Reason.BLANK, None, kept)

    def _set_aside(
        self, line: int, cells: list[str], day: date | None, pence: int | Reason, payee: str
    ) -> Reported:
        filled = [cell.strip() for cell in cells if cell.strip()]
        reason = Reason.PAYEE_BLANK
        if not filled:
            reason = Reason.BLANK
        elif len(filled) > 1 and all(fold(cell) in self._heading_words for cell in filled):
            reason = Reason.REPEATED_HEADING
        elif self._is_total(filled, day, pence, payee):
            reason = Reason.TOTAL_LINE
        elif day is None and not cells[self._amount].strip() and len(filled) <= 2:
            reason = Reason.NOTE_LINE
        elif isinstance(pence, Reason):
            reason = pence
        elif day is None:
            reason = Reason.DATE_UNREADABLE
        return Reported(line, reason, None if isinstance(pence, Reason) else pence, tuple(cells))

    def _is_total(self, filled: list[str], day: date | None, pence: int | Reason, payee: str) -> bool:
        if day is not None:
            return _TOTAL_PAYEE(payee) is not None
        if any(_TOTAL(cell) for cell in filled):
            return True
        # Nothing but amounts: the naked sum at the foot of a sheet.
        return isinstance(pence, int) and not payee and all(self._is_amount(cell) for cell in filled)

    def _is_amount(self, cell: str) -> bool:
        return isinstance(read_amount(cell, self.recipe.currency, self.recipe.decimal_mark), int)

    def _pence(self, cells: list[str]) -> int | Reason:
        pence = read_amount(cells[self._amount], self.recipe.currency, self.recipe.decimal_mark)
        at = self._currency
        if at is not None and at < len(cells) and isinstance(pence, int):
            code = cells[at].strip().upper()
            if len(code) == 3 and code.isalpha() and code != self.recipe.currency:
                return Reason.CURRENCY_UNKNOWN
        return pence

    def _day(self, text: str) -> date | None:
        try:
            return self._days[text]
        except KeyError:
            if len(self._days) > 50_000:  # bounded, whatever the column holds
                self._days.clear()
            day = self._days[text] = read_day(text, self.recipe.date_order)
            return day

    def _sums_disagree(self, cells: list[str]) -> bool:
        if max(self._sums) >= len(cells):
            return False
        gross, vat, net = (
            read_amount(cells[at], self.recipe.currency, self.recipe.decimal_mark) for at in self._sums
        )
        if isinstance(gross, Reason) or isinstance(vat, Reason) or isinstance(net, Reason):
            return False
        return abs(gross - vat - net) > 1  # a penny is rounding


def _kept(cells: Sequence[str], flaw: Flaw | None) -> tuple[str, ...]:
    if flaw is not Flaw.TOO_LONG:
        return tuple(cells)
    return tuple(
        cell if len(cell) <= LONGEST_KEPT else f"{cell[:LONGEST_KEPT]}… (cut here)" for cell in cells[:1000]
    )
