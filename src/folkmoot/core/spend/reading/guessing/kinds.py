"""Is this a list of payments at all, or another published list?"""

from collections.abc import Sequence
from enum import StrEnum

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend.reading.guessing.headings import Role, fold


class Kind(StrEnum):
    """The sorts of published list that are told apart; only payments are read."""

    PAYMENTS = "payments"
    CARDS = "cards"
    GRANTS = "grants"
    CONTRACTS = "contracts"
    SUPPLIERS = "suppliers"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """The kind as it is named in a sentence.

        >>> Kind.CONTRACTS.words
        'a contracts register'
        """
        return _WORDS[self]


_WORDS = {
    Kind.PAYMENTS: "a list of payments",
    Kind.CARDS: "a list of procurement-card transactions",
    Kind.GRANTS: "a list of grants",
    Kind.CONTRACTS: "a contracts register",
    Kind.SUPPLIERS: "a list of suppliers",
    Kind.UNKNOWN: "a list whose kind is not clear",
}

# Phrases inside folded headings that speak for a kind, and how many of them settle it.
_SIGNS: dict[Kind, tuple[int, tuple[str, ...]]] = {
    Kind.GRANTS: (
        2,
        ("amount awarded", "amount applied for", "award date", "grant programme", "recipient org",
         "funding org", "grant title", "amount disbursed", "grant awarded", "grant recipient", "date awarded",
         "amount of grant", "grant amount", "purpose of grant", "date grant", "duration of grant"),
    ),
    Kind.CONTRACTS: (
        2,
        ("contract title", "contract reference", "contract description", "contract value", "contract start",
         "contract end", "contract duration", "start date", "end date", "annual value", "expiry date",
         "option to extend", "extension", "tender", "procurement process", "review date", "contract number",
         "contract type", "ojeu", "process used", "contract id", "contract ref"),
    ),
    Kind.CARDS: (
        1,
        ("merchant category code", "card transaction", "cardholder", "card holder", "card number",
         "purchase card", "procurement card", "merchant name", "mcc", "card type"),
    ),
}  # fmt: skip


class WrongDataset(Refused):
    """The file is readable, but it is no list of payments."""

    def __init__(self, kind: Kind, name: str, reason: str) -> None:
        next_step = (
            "Check the headings: a date, a payee and an amount are needed in each row."
            if kind is Kind.UNKNOWN
            else "Ask the publisher for the payments of that period; wrong files at right links are common."
        )
        super().__init__(f"“{name}” looks like {kind.words}, not a list of payments.", reason, next_step)
        self.kind = kind


def tell_kind(headings: Sequence[str], roles: Sequence[Role]) -> tuple[Kind, str]:
    """The kind of list that headings and found roles speak for, and why, in one sentence.

    >>> tell_kind(["Contract Title", "Start Date", "End Date", "Supplier"], [Role.PAYEE])
    (<Kind.CONTRACTS: 'contracts'>, 'It has the columns Contract Title, Start Date, End Date.')
    >>> tell_kind(["Date", "Supplier", "Amount"], [Role.PAID_ON, Role.PAYEE, Role.AMOUNT])[0]
    <Kind.PAYMENTS: 'payments'>
    """
    whole = {Role.PAID_ON, Role.PAYEE, Role.AMOUNT} <= set(roles)
    for kind, (needed, signs) in _SIGNS.items():
        speaking = [h.strip() for h in headings if any(_says(h, sign) for sign in signs)]
        # A payments list may well name the contract of each payment: then one more sign is asked for.
        if len(speaking) >= needed + (1 if whole and kind is Kind.CONTRACTS else 0):
            return kind, f"It has the columns {', '.join(speaking[:6])}."
    if whole:
        return Kind.PAYMENTS, "It has a date, a payee and an amount."
    if Role.PAYEE in roles and {Role.POSTCODE, Role.COMPANY_NO, Role.PAYEE_REF} & set(roles):
        return Kind.SUPPLIERS, "It names suppliers with an identifier or postcode, and no payment."
    return Kind.UNKNOWN, f"No {_missing(roles)} column was found{_among(headings)}."


def _says(heading: str, sign: str) -> bool:
    return f" {sign} " in f" {fold(heading)} " or (sign == "recipient org" and sign in fold(heading))


def _missing(roles: Sequence[Role]) -> str:
    needed = {Role.PAID_ON: "date", Role.PAYEE: "payee", Role.AMOUNT: "amount"}
    return " or ".join(word for role, word in needed.items() if role not in roles)


def _among(headings: Sequence[str]) -> str:
    shown = [heading.strip() for heading in headings if heading.strip()][:8]
    return f" among {', '.join(shown)}" if shown else ""
