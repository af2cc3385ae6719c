"""Which shapes do the files, sums and payments have for programs?

Amounts are whole minor units (pence) of the currency that stands beside them.
"""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from folkmoot.apps.places.shapes import Id, Line, Listed, Sent, Shape, Text, Words


class AmountOut(Shape):
    """How many payments, and what they come to."""

    rows: int
    pence: int


class YearOut(Shape):
    """A financial year (“2025-26”) and what was paid in it; null where nothing."""

    year: str
    amount: AmountOut | None


class AnchorMoneyOut(Shape):
    """What one anchor paid. `key` chooses its payments."""

    key: str
    name: str
    whole: AmountOut
    years: list[YearOut]


class BehindOut(Shape):
    """An anchor whose last payment lies long before the newest of all."""

    anchor: str
    last_paid_on: date


class MoneyOut(Shape):
    """What the files read in say."""

    currency: str
    whole: AmountOut
    anchors: list[AnchorMoneyOut]
    years: list[YearOut]
    waiting: list[str] = Field(description="Anchors of which nothing is read in.")
    behind: list[BehindOut]
    payees: int
    files: int
    rows_in: int
    set_aside: int
    first_paid_on: date | None
    last_paid_on: date | None
    period: str
    newest: str


class PaymentOut(Shape):
    """One payment, and the file and line that it stands on."""

    part_id: str
    line: int
    file: str
    anchor_id: str
    anchor: str
    paid_on: date
    pence: int
    payee: str
    reference: str
    unit: str
    purpose: str
    category: str
    basis: str
    flags: list[str]


class PaymentsOut(Listed[PaymentOut]):
    """One page of payments, and what all that were asked for come to."""

    pence: int
    currency: str


class CellOut(Shape):
    """One cell of a line as published, and what it was read as."""

    heading: str
    text: str
    role: str
    became: str


class IdentifierOut(Shape):
    """A word and what stands for it."""

    name: str
    text: str


class EvidenceOut(Shape):
    """One payment with everything behind it."""

    payment: PaymentOut
    currency: str
    cells: list[CellOut]
    identifiers: list[IdentifierOut]
    cancelled_by: int | None
    file_id: str = Field(description="The file’s id below /files; empty where only the ledger holds it.")


class PayeeOut(Shape):
    """A name as published, and what was paid to it."""

    payee: str
    rows: int
    pence: int


class PayeesOut(Shape):
    """Those who were paid most, the most first; `total` names there are in all, null among some of them."""

    items: list[PayeeOut]
    total: int | None
    currency: str


class FileOut(Shape):
    """A file that was uploaded, or one list in it."""

    id: str
    anchor_id: str
    file_name: str
    member: str
    sheet: str
    title: str
    sha256: str
    size: int
    state: str
    part_id: str
    uploaded_at: datetime
    settled_at: datetime | None


class QuestionOut(Shape):
    """What must be answered before the file can be read in."""

    key: str
    sentence: str
    reason: str


class RowOut(Shape):
    """One of the first lines, and what it would become."""

    line: int
    paid_on: str = ""
    pence: int | None = None
    payee: str = ""
    purpose: str = ""
    reason: str = ""
    cells: list[str]


class LookOut(Shape):
    """What a file seems to be, before it is read in."""

    questions: list[QuestionOut]
    warnings: list[str]
    sheets: list[str]
    rows: list[RowOut]


class PartOut(Shape):
    """How a file’s rows add up: rows_in = accepted + reported, and so do the pence."""

    id: str
    currency: str
    rows_in: int
    accepted: int
    reported: int
    pence_in: int
    pence_accepted: int
    pence_reported: int
    reasons: dict[str, int]
    warnings: list[str]
    first_paid_on: date | None
    last_paid_on: date | None


class ErrorOut(Shape):
    """Why a file was not read."""

    sentence: str
    reason: str
    next_step: str


class FileWholeOut(FileOut):
    """A file with what was found in it: one of `look`, `part` and `error`."""

    look: LookOut | None
    part: PartOut | None
    error: ErrorOut | None
    flags: dict[str, int]
    checks: list[str]


class ProgressOut(Shape):
    """How far the reading of a file has come."""

    state: str
    percent: int
    failed: bool


class RecipeOut(Shape):
    """How a file is read, as TOML."""

    recipe: str


class AsideOut(Shape):
    """One row that was set aside, with its cells as published."""

    line: int
    reason: str
    words: str
    pence: int | None
    cells: list[str]


class AsidesOut(Listed[AsideOut]):
    """One page of the rows of a file that were set aside."""

    currency: str


class AnchorOut(Shape):
    """An anchor by what chooses its payments."""

    id: str
    name: str


class ChoiceFileOut(Shape):
    """A file that holds payments, by the id of its part in the ledger."""

    id: str
    name: str


class ChoiceOut(Shape):
    """What payments can be chosen by."""

    anchors: list[AnchorOut]
    years: list[str]
    files: list[ChoiceFileOut]
    flags: dict[str, str]


class Asked(Sent):
    """Which payments; what is left out does not narrow."""

    anchor: Line = Field("", description="An anchor’s id, or its name.")
    year: Line = Field("", description="A financial year such as 2025-26.")
    file: Line = Field("", description="The id of a file’s part in the ledger.")
    payee: Words = Field("", description="A name as published.")
    text: Line = Field("", description="A piece of any of the texts.")
    flag: Line = Field("", description="A flag that the payments carry.")

    def named(self) -> dict[str, str]:
        """As the queries call them."""
        given: dict[str, Any] = self.model_dump()
        return {"anchor_id": given.pop("anchor"), **given}


class PayeeNamed(Sent):
    """Whose name as published holds the text."""

    text: Line = ""


class Why(Sent):
    """For which reason rows were set aside; empty for all."""

    reason: Line = ""


class Guess(Sent):
    """Which sheet to read, and where its headings stand (0: nowhere; null: guess that too)."""

    sheet: Line = ""
    heading_row: int | None = Field(None, ge=0, le=10_000, strict=True)


class RecipeSent(Sent):
    """How to read a file, and which questions that answers (null: all of them)."""

    recipe: Text = Field(max_length=100_000)
    answered: list[Id] | None = Field(None, max_length=50)
