"""What is one row of a published file once it is read, or why was it set aside?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Reason(StrEnum):
    """Every reason for which a row is reported instead of accepted; none is ever dropped."""

    BLANK = "blank"
    REPEATED_HEADING = "repeated_heading"
    TOTAL_LINE = "total_line"
    NOTE_LINE = "note_line"
    AMOUNT_UNREADABLE = "amount_unreadable"
    DATE_UNREADABLE = "date_unreadable"
    PAYEE_BLANK = "payee_blank"
    TOO_FEW_CELLS = "too_few_cells"
    WRONG_DATASET = "wrong_dataset"
    OUTSIDE_PERIOD = "outside_period"
    CURRENCY_UNKNOWN = "currency_unknown"

    @property
    def words(self) -> str:
        """The reason as a person reads it.

        >>> Reason.TOTAL_LINE.words
        'A total printed by the publisher, not a payment'
        """
        return _WORDS[self]


_WORDS = {
    Reason.BLANK: "An empty row",
    Reason.REPEATED_HEADING: "The headings once more",
    Reason.TOTAL_LINE: "A total printed by the publisher, not a payment",
    Reason.NOTE_LINE: "A note, not a payment",
    Reason.AMOUNT_UNREADABLE: "The amount cannot be read",
    Reason.DATE_UNREADABLE: "The date cannot be read",
    Reason.PAYEE_BLANK: "Nobody is named as paid",
    Reason.TOO_FEW_CELLS: "The row breaks off before a needed column",
    Reason.WRONG_DATASET: "The file is not a list of payments",
    Reason.OUTSIDE_PERIOD: "The date lies outside the period that can be right",
    Reason.CURRENCY_UNKNOWN: "The amount is in another currency",
}


class Flag(StrEnum):
    """What is known about a payment beside what it says; none of them takes money out of any sum."""

    REDACTED = "redacted"
    INDIVIDUAL = "individual"
    NAME_CUT = "name_cut"
    TO_ANCHOR = "to_anchor"
    REVERSED = "reversed"

    @property
    def words(self) -> str:
        """The flag as a person reads it.

        >>> Flag.REDACTED.words
        'The name is withheld'
        """
        return _FLAG_WORDS[self]


_FLAG_WORDS = {
    Flag.REDACTED: "The name is withheld",
    Flag.INDIVIDUAL: "Paid to a person",
    Flag.NAME_CUT: "The name may be cut off",
    Flag.TO_ANCHOR: "Paid to another anchor",
    Flag.REVERSED: "Cancelled by an equal and opposite line",
}


@dataclass(frozen=True, slots=True)
class Payment:
    """One accepted row. `line` is the 1-based line (row of a sheet) on which its record begins; `pence` is
    signed. The identifiers are as published, and empty where the name is withheld.
    """

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
class Reported:
    """One row that was set aside: its line, the reason, its readable amount if any, and its cells."""

    line: int
    reason: Reason
    pence: int | None
    cells: tuple[str, ...]


Row = Payment | Reported
