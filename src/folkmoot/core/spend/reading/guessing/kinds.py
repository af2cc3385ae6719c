"""Is this a list of payments at all, or another published list?"""

import re
from collections.abc import Mapping, Sequence
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
    ORDERS = "orders"
    INCOME = "income"
    BUDGETS = "budgets"
    STAFF = "staff"
    ASSETS = "assets"
    HOSPITALITY = "hospitality"
    PERFORMANCE = "performance"
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
    Kind.ORDERS: "a list of purchase orders",
    Kind.INCOME: "a list of income or debts",
    Kind.BUDGETS: "a budget",
    Kind.STAFF: "a list of pay, allowances or expenses",
    Kind.ASSETS: "a register of assets",
    Kind.HOSPITALITY: "a register of gifts and hospitality",
    Kind.PERFORMANCE: "a table of how promptly invoices were paid",
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
        ("contract title", "contract name", "contract reference", "contract description",
         "contract value", "contract start", "contract end", "contract duration",
         "start date", "end date", "annual value", "expiry date",
         "option to extend", "extension", "tender", "procurement process", "review date", "contract number",
         "contract type", "ojeu", "process used", "contract id", "contract ref"),
    ),
    Kind.CARDS: (
        1,
        ("merchant category code", "card transaction", "cardholder", "card holder", "card number",
         "purchase card", "procurement card", "merchant name", "mcc", "card type"),
    ),
    Kind.BUDGETS: (
        2,
        ("budget", "variance", "forecast", "outturn", "virement", "estimate"),
    ),
    Kind.STAFF: (
        2,
        ("salary", "job title", "post title", "grade", "fte", "pay scale", "pay floor", "pay ceiling",
         "employee", "basic allowance", "special responsibility allowance", "mileage", "subsistence",
         "councillor", "line manager", "remuneration"),
    ),
    Kind.ASSETS: (
        2,
        ("uprn", "asset", "acquisition date", "book value", "depreciation", "tenure", "freehold", "leasehold",
         "useful life", "disposal"),
    ),
    Kind.HOSPITALITY: (1, ("donor", "gift", "gifts", "hospitality")),
}  # fmt: skip
_OF_A_PAYMENT_TOO = ("contract name", "contract reference", "contract number", "contract id",
                     "contract ref",
                     "contract title", "contract description", "contract type", "tender")  # fmt: skip
# Signs that speak for a kind only where the date, the payee or the amount stands below them.
_OF_THE_COLUMN = {
    Kind.ORDERS: ("po value", "po amount", "po total", "po date", "order value", "order amount", "order date",
                  "order total", "date raised"),
    Kind.INCOME: ("customer", "customer name", "debtor", "ratepayer", "payer", "amount due", "amount owed",
                  "outstanding", "income", "amount received"),
}  # fmt: skip
# A payment list may have such columns too: they say something only where it is no payment list.
_IF_NOTHING_ELSE = {
    Kind.PERFORMANCE: ("within 30 days", "paid within", "paid on time", "late payment", "interest paid",
                       "interest liable", "days to pay"),
}  # fmt: skip
# Words of a date's heading that only a payment has.
_PAYMENT_WORDS = {"payment", "paid", "pay", "invoice", "transaction", "posting", "posted", "clearing",
                  "cleared", "cheque", "ledger", "gl"}  # fmt: skip

# Lists that name nobody a "supplier"; what names suppliers, with a date and an amount, is none of them.
_WITHOUT_SUPPLIERS = {Kind.BUDGETS, Kind.STAFF, Kind.ASSETS, Kind.HOSPITALITY}
_SUPPLIERS = {"supplier", "vendor", "payee", "creditor", "beneficiary"}

# What a title or a file's name says of the whole; not where it names the list among others.
_CARDS = r"(?:procurement|purchas\w+|corporate|government|credit|payment|company) ?cards?|gpc|p ?cards?"
_TITLES = {
    Kind.CARDS: re.compile(rf"\b(?:{_CARDS})\b").search,
    Kind.GRANTS: re.compile(r"\bgrants\b|\bgrant (?:payments|awards|register|funding)\b").search,
    Kind.ORDERS: re.compile(r"\bpurchase orders\b").search,
    Kind.CONTRACTS: re.compile(r"\bcontracts? register\b|\bregister of contracts\b").search,
}
_PAYS = re.compile(r"\b(?:payments?|paid|spend|spending|invoices?|expenditure)\b").search
_BEFORE = re.compile(r"\b(?:includ\w*|inc|incl|exclud\w*|and|plus|or|with|not|all|to)\b").search
_BEHIND = re.compile(
    r"\b(?:and|plus|with|includ\w*) (?:\w+ ){0,2}"
    r"(?:payments?|invoices?|spend|spending|expenditure|suppliers?)\b"
).search


class WrongDataset(Refused):
    """The file is readable, but it is no list of payments."""

    def __init__(self, kind: Kind, name: str, reason: str) -> None:
        next_step = (
            "A date, a payee and an amount in pounds and pence are needed in each row: look at the headings."
            if kind is Kind.UNKNOWN
            else "Ask the publisher for the payments of that period; wrong files at right links are common."
        )
        super().__init__(f"“{name}” looks like {kind.words}, not a list of payments.", reason, next_step)
        self.kind = kind


def tell_kind(
    headings: Sequence[str], roles: Mapping[Role, int], *, texts: Sequence[str] = (), fault: str = ""
) -> tuple[Kind, str]:
    """The kind of list that headings and found roles speak for, and why, in one sentence.

    `texts` are titles and the file's name; `fault` says why its amounts cannot be read to the penny.

    >>> tell_kind(["Contract Title", "Start Date", "End Date", "Supplier"], {Role.PAYEE: 3})
    (<Kind.CONTRACTS: 'contracts'>, 'It has the columns Contract Title, Start Date, End Date.')
    >>> tell_kind(["Date", "Supplier", "Amount"], {Role.PAID_ON: 0, Role.PAYEE: 1, Role.AMOUNT: 2})[0]
    <Kind.PAYMENTS: 'payments'>
    >>> whole = {Role.PAID_ON: 0, Role.PAYEE: 1, Role.AMOUNT: 2}
    >>> tell_kind(["Date", "Supplier", "Amount"], whole, texts=["Purchase cards, May 2020"])
    (<Kind.CARDS: 'cards'>, 'Its title or name says so: “Purchase cards, May 2020”.')
    """
    found = _by_headings(headings, roles) or _by_titles(texts)
    if found:
        return found
    if {*_NEEDED} <= set(roles):
        return (Kind.UNKNOWN, fault) if fault else (Kind.PAYMENTS, "It has a date, a payee and an amount.")
    if Role.PAYEE in roles and {Role.POSTCODE, Role.COMPANY_NO, Role.PAYEE_REF} & set(roles):
        return Kind.SUPPLIERS, "It names suppliers with an identifier or postcode, and no payment."
    return Kind.UNKNOWN, f"No {_missing(tuple(roles))} column was found{_among(headings)}."


def _by_headings(headings: Sequence[str], roles: Mapping[Role, int]) -> tuple[Kind, str] | None:
    if any(heading.lstrip(" [").startswith("{") for heading in headings[:1]):
        return Kind.UNKNOWN, "It is written as JSON, and is no table."
    whole = {*_NEEDED} <= set(roles)
    own = [headings[roles[role]] for role in _NEEDED if role in roles and roles[role] < len(headings)]
    pays = whole and not _PAYMENT_WORDS.isdisjoint(fold(own[0]).split()) if own else False
    named = whole and len(own) == len(_NEEDED) and not _SUPPLIERS.isdisjoint(fold(own[1]).split())
    for kind, (needed, signs) in _SIGNS.items():
        if named and kind in _WITHOUT_SUPPLIERS:
            continue
        speaking = _speaking(headings, signs)
        if kind is Kind.CONTRACTS and whole:
            needed += _further(speaking, own, pays)
        if len(speaking) >= needed:
            return kind, _has(speaking)
    for kind, signs in _OF_THE_COLUMN.items():
        if speaking := _speaking(own, signs):
            return kind, _has(speaking)
    if not whole:
        for kind, signs in _IF_NOTHING_ELSE.items():
            if speaking := _speaking(headings, signs):
                return kind, _has(speaking)
    return None


def _further(speaking: Sequence[str], own: Sequence[str], pays: bool) -> int:
    """How many more signs of a contract a list with date, payee and amount must show to be a register.

    A list of payments may well name the contract of each: none is enough where all of them only name it, or
    where the date is that of a payment; one more where date and amount are not the contract's own.
    """
    never = len(speaking) + 1
    if all(_speaking([one], _OF_A_PAYMENT_TOO) for one in speaking):
        return never
    if _speaking(own, _SIGNS[Kind.CONTRACTS][1]):
        return 0
    return never if pays else 1


def _by_titles(texts: Sequence[str]) -> tuple[Kind, str] | None:
    for text in texts:
        plain = fold(text.replace("_", " "))
        for kind, says in _TITLES.items():
            told = says(plain)
            if kind is Kind.ORDERS and _PAYS(plain):
                continue
            if told and not _BEFORE(plain[: told.start()]) and not _BEHIND(plain[told.end() :]):
                return kind, f"Its title or name says so: “{text.strip()}”."
    return None


def _speaking(headings: Sequence[str], signs: Sequence[str]) -> list[str]:
    return [heading.strip() for heading in headings if any(_says(heading, sign) for sign in signs)]


def _has(speaking: Sequence[str]) -> str:
    return f"It has the column{'s' if len(speaking) > 1 else ''} {', '.join(speaking[:6])}."


_NEEDED = (Role.PAID_ON, Role.PAYEE, Role.AMOUNT)


def _says(heading: str, sign: str) -> bool:
    return f" {sign} " in f" {fold(heading)} " or (sign == "recipient org" and sign in fold(heading))


def _missing(roles: Sequence[Role]) -> str:
    needed = {Role.PAID_ON: "date", Role.PAYEE: "payee", Role.AMOUNT: "amount"}
    return " or ".join(word for role, word in needed.items() if role not in roles)


def _among(headings: Sequence[str]) -> str:
    shown = [heading.strip() for heading in headings if heading.strip()][:8]
    return f" among {', '.join(shown)}" if shown else ""
