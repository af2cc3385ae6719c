"""What is this row, looked at by itself, and why is it no payment?"""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from folkmoot.core.spend.reading.files.records import LONGEST_KEPT, MOST_CELLS_KEPT, Flaw
from folkmoot.core.spend.reading.guessing.columns import NEEDED
from folkmoot.core.spend.reading.guessing.headings import Role, fold
from folkmoot.core.spend.reading.guessing.kinds import Kind
from folkmoot.core.spend.reading.recipe import Recipe
from folkmoot.core.spend.reading.row import Flag, Payment, Reason, Reported, Row
from folkmoot.core.spend.reading.values.amounts import is_credit, read_amount
from folkmoot.core.spend.reading.values.dates import order_evidence, read_day
from folkmoot.core.spend.reading.values.identifiers import Identifiers, identifiers_in
from folkmoot.core.spend.reading.values.payees import is_individual, is_redacted

TEXTS = (Role.REFERENCE, Role.UNIT, Role.PURPOSE, Role.CATEGORY)
IDENTIFIERS = (Role.PAYEE_REF, Role.COMPANY_NO, Role.VAT_NO, Role.POSTCODE)


MOST_KEPT = 200_000  # distinct cells whose meaning is remembered, so that memory stays bounded
LONGEST_NAME = 400  # characters of a cell that are looked into for a name; no longer cell is remembered
_FURTHER = r"(?:for|of|spend|spent|expenditure|amounts?|payments?|paid|value|net|gross|over)\b"
_TOTAL = re.compile(
    rf"(?:(?:grand|sub|overall|report|page|running|monthly|net|gross|sum)[\s-]*)?totals?(?:\s+{_FURTHER}.*)?[\s:=£]*"
    r"|.*\b(?:sub|grand)?[\s-]?totals?[\s:=]*|overall result[\s:]*",
    re.IGNORECASE,
).fullmatch
_TOTAL_PAYEE = re.compile(r"\s*(?:grand|sub|overall)?[\s-]*totals?\s*:?\s*", re.IGNORECASE).fullmatch


class Payee(NamedTuple):
    """Who was paid, as a cell says it, and what the name gives away."""

    name: str
    flags: tuple[Flag, ...]
    identifiers: Identifiers | None  # None where the name holds none


class Days(dict[str, date | None]):
    """The day that each cell says; None where it says none, or none inside the recipe's period.

    `proofs` counts the distinct cells that prove an order of day and month.
    """

    def __init__(self, recipe: Recipe) -> None:
        super().__init__()
        self._recipe = recipe
        self.proofs: dict[str, int] = {}

    def __missing__(self, text: str) -> date | None:
        if len(self) >= MOST_KEPT:
            self.clear()
        recipe = self._recipe
        if proof := order_evidence(text):
            self.proofs[proof] = self.proofs.get(proof, 0) + 1
        day = read_day(text, recipe.date_order)
        found = day if day is not None and recipe.first_day <= day <= recipe.last_day else None
        if len(text) <= LONGEST_NAME:
            self[text] = found
        return found


class Payees(dict[str, Payee | None]):
    """Who each cell names; None where it names nobody or is the word "Total".

    `widths` counts the distinct names by length.
    """

    def __init__(self) -> None:
        super().__init__()
        self.widths: dict[int, int] = {}

    def __missing__(self, cell: str) -> Payee | None:
        if len(self) >= MOST_KEPT:
            self.clear()
        name = cell.strip()
        if len(name) > LONGEST_NAME:
            return payee_of(name[:LONGEST_NAME])._replace(name=name)
        found = payee_of(name) if name and not _TOTAL_PAYEE(name) else None
        if len(cell) <= LONGEST_NAME:
            self[cell] = found
            if found:
                self.widths[len(name)] = self.widths.get(len(name), 0) + 1
        return found


@lru_cache(maxsize=MOST_KEPT)
def payee_of(name: str) -> Payee:
    """What a payee's name gives away.

    >>> payee_of("REDACTED PERSONAL DATA").flags, payee_of("Brine Builders Ltd").flags
    ((<Flag.REDACTED: 'redacted'>,), ())
    """
    if is_redacted(name):
        return Payee(name, (Flag.REDACTED,), None)
    flags = (Flag.INDIVIDUAL,) if is_individual(name) else ()
    found = identifiers_in(name)
    return Payee(name, flags, found if found != Identifiers() else None)


class Judge:
    """Says of each row by itself what it is; the same cells are looked into once."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.days, self.payees = Days(recipe), Payees()
        columns = recipe.columns
        self.readable = recipe.kind is Kind.PAYMENTS and {*NEEDED} <= {*columns}
        self.date, self.amount, self.payee = (
            columns.get(role, 0) for role in (Role.PAID_ON, Role.AMOUNT, Role.PAYEE)
        )
        self.last_needed = max(self.date, self.amount, self.payee)
        names = {part for heading in recipe.headings for part in (heading, *heading.split(" / "))}
        self._heading_words = {fold(name) for name in names} - {""}

    def is_payment(self, cells: list[str]) -> bool:
        """Whether these cells are a payment by themselves."""
        return self.readable and isinstance(self.judge(0, cells, None), Payment)

    def judge(self, line: int, cells: list[str], flaw: Flaw | None) -> Row:
        """The row as a Payment or a Reported; it never raises."""
        if not self.readable:
            blank = not any(map(str.strip, cells))
            return Reported(line, Reason.BLANK if blank else Reason.WRONG_DATASET, None, _kept(cells, flaw))
        if flaw or len(cells) <= self.last_needed:
            return self._doubtful(line, cells, flaw)
        pence, day, payee = self.pence(cells), self.days[cells[self.date]], self.payees[cells[self.payee]]
        if day is None or payee is None or isinstance(pence, Reason):
            return self._set_aside(line, cells, pence)
        known = identified(payee, *(self._text(cells, role) for role in IDENTIFIERS))
        return Payment(
            line=line,
            paid_on=day,
            pence=pence,
            payee=payee.name,
            basis=self.recipe.amount_basis,
            cells=tuple(cells),
            flags=payee.flags,
            **{str(role): self._text(cells, role) for role in TEXTS},
            **dict(zip(map(str, IDENTIFIERS), known, strict=True)),
        )

    def pence(self, cells: list[str]) -> int | Reason:
        """The amount of a row that is wide enough, its sign and currency told by columns of their own."""
        pence = read_amount(cells[self.amount], self.recipe.currency, self.recipe.decimal_mark)
        if isinstance(pence, Reason):
            return pence
        if self.is_foreign(self._text(cells, Role.CURRENCY)):
            return Reason.CURRENCY_UNKNOWN
        return -abs(pence) if is_credit(self._text(cells, Role.SIGN)) else pence

    def is_foreign(self, code: str) -> bool:
        """Whether the cell of a column of its own names another currency than the recipe's."""
        code = code.strip().upper()
        return len(code) == 3 and code.isalpha() and code != self.recipe.currency

    def _text(self, cells: list[str], role: Role) -> str:
        at = self.recipe.columns.get(role)
        return cells[at].strip() if at is not None and at < len(cells) else ""

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
                return self.judge(line, cells, None)
            return Reported(line, Reason.AMOUNT_UNREADABLE, None, kept)
        padded = [*cells, *[""] * (self.last_needed + 1 - len(cells))]
        row = self.judge(line, padded, None)
        early = (Reason.BLANK, Reason.REPEATED_HEADING, Reason.TOTAL_LINE, Reason.NOTE_LINE)
        reason = row.reason if isinstance(row, Reported) and row.reason in early else Reason.TOO_FEW_CELLS
        return Reported(line, reason, row.pence, kept) if filled else Reported(line, Reason.BLANK, None, kept)

    def _set_aside(self, line: int, cells: list[str], pence: int | Reason) -> Reported:
        filled = [cell.strip() for cell in cells if cell.strip()]
        day = read_day(cells[self.date], self.recipe.date_order)
        payee = cells[self.payee].strip()
        reason = Reason.PAYEE_BLANK
        if not filled:
            reason = Reason.BLANK
        elif len(filled) > 1 and all(map(self._is_heading, filled)):
            reason = Reason.REPEATED_HEADING
        elif self._is_total(filled, day, pence, payee):
            reason = Reason.TOTAL_LINE
        elif day is None and not cells[self.amount].strip() and len(filled) <= 2:
            reason = Reason.NOTE_LINE
        elif isinstance(pence, Reason):
            reason = pence
        elif day is None:
            reason = Reason.DATE_UNREADABLE
        elif self.days[cells[self.date]] is None:
            reason = Reason.OUTSIDE_PERIOD
        return Reported(line, reason, None if isinstance(pence, Reason) else pence, tuple(cells))

    def _is_heading(self, cell: str) -> bool:
        return len(cell) <= LONGEST_NAME and fold(cell) in self._heading_words

    def _is_total(self, filled: list[str], day: date | None, pence: int | Reason, payee: str) -> bool:
        if day is not None:
            return _TOTAL_PAYEE(payee) is not None
        if any(_TOTAL(cell) for cell in filled):
            return True
        # Nothing but amounts: the naked sum at the foot of a sheet.
        return isinstance(pence, int) and not payee and all(self._is_amount(cell) for cell in filled)

    def _is_amount(self, cell: str) -> bool:
        return isinstance(read_amount(cell, self.recipe.currency, self.recipe.decimal_mark), int)


def identified(
    payee: Payee, payee_ref: str, company_no: str, vat_no: str, postcode: str
) -> tuple[str, str, str, str]:
    """The identifiers of columns, completed from the name; none where the name is withheld.

    An identifier left beside a withheld name would give the name away.
    """
    if Flag.REDACTED in payee.flags:
        return "", "", "", ""
    inside = payee.identifiers or Identifiers()
    return payee_ref or inside.payee_ref, company_no or inside.company_no, vat_no or inside.vat_no, postcode


def _kept(cells: Sequence[str], flaw: Flaw | None) -> tuple[str, ...]:
    if flaw is not Flaw.TOO_LONG:
        return tuple(cells)
    return tuple(
        cell if len(cell) <= LONGEST_KEPT else f"{cell[:LONGEST_KEPT]}… (cut here)"
        for cell in cells[:MOST_CELLS_KEPT]
    )
