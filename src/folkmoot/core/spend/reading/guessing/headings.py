"""What do publishers call each column?"""

import re
from enum import StrEnum
from functools import lru_cache
from unicodedata import normalize

from folkmoot.core.spend.reading.guessing.words import plain_words


class Role(StrEnum):
    """What a column says about a payment."""

    PAID_ON = "paid_on"
    AMOUNT = "amount"
    NET = "net"
    GROSS = "gross"
    VAT = "vat"
    PAYEE = "payee"
    REFERENCE = "reference"
    UNIT = "unit"
    PURPOSE = "purpose"
    CATEGORY = "category"
    BODY = "body"
    IRRECOVERABLE_VAT = "irrecoverable_vat"
    VAT_NO = "vat_no"
    COMPANY_NO = "company_no"
    PAYEE_REF = "payee_ref"
    POSTCODE = "postcode"
    CURRENCY = "currency"
    SIGN = "sign"


# Folded headings, the surest first: an earlier name wins over a later one where a file has both.
NAMES: dict[Role, tuple[str, ...]] = {
    Role.PAID_ON: (
        "date of payment", "payment date", "paid date", "date paid", "invoice payment date", "pay date",
        "paid on", "date payment made", "payment made date", "cheque date", "clearing date",
        "cleared date", "settlement date", "date", "transaction date", "posting date", "posted date",
        "process date", "processed date", "value date", "ledger date", "gl date", "accounting date",
        "entry date", "effective date", "date incurred", "date of transaction", "date of expenditure",
        "invoice date", "document date", "date of invoice", "period end date", "payment month",
        "month of payment", "month paid", "month",
    ),
    Role.NET: (
        "net", "net amount", "amount net", "net value", "net invoice amount", "invoice net amount",
        "amount excluding vat", "amount excl vat", "amount exc vat", "amount ex vat", "net of vat",
        "amount net of vat", "amount exclusive of vat", "value ex vat", "value excluding vat",
        "net total", "total net", "net amount paid", "net amt", "net payment", "net paid", "net line amount",
        "excluding vat", "exclude vat amount", "total excluding vat", "total ex vat", "amount less vat",
        "nett", "nett amount", "net spend", "net cost", "sum of net amount",
    ),
    Role.GROSS: (
        "gross", "gross amount", "amount gross", "gross value", "amount including vat", "amount inc vat",
        "amount incl vat", "amount inclusive of vat", "including vat", "total including vat",
        "total inc vat", "gross total", "total gross", "gross payment", "gross paid",
        "gross invoice amount", "value inc vat",
    ),
    Role.AMOUNT: (
        "amount", "amount paid", "paid amount", "payment amount", "amount of payment",
        "amount in sterling", "amount gbp", "sterling amount", "line amount", "transaction amount",
        "invoice amount", "value", "payment value", "transaction value", "invoice value", "total amount",
        "amount total", "sum of amount", "total value", "value of payment",
        "total paid", "total payment", "paid", "spend", "amount spent", "total spend", "expenditure",
        "expenditure amount", "distribution amount", "invoice distribution amount", "invoice line amount",
        "actual amount", "local amount", "base amount", "amount in local currency", "amount in lc", "amt",
        "total", "sum", "cost", "price", "line value", "line total", "gbp", "pounds",
        "sterling", "amount in gbp", "value gbp", "ap amount", "payment", "payments made",
        "actual", "invoice total", "ledger amount", "posted amount",
    ),
    Role.VAT: (
        "vat", "vat amount", "tax", "tax amount", "amount vat", "vat value", "recoverable vat",
    ),
    Role.IRRECOVERABLE_VAT: (
        "irrecoverable vat", "irrecoverable vat amount", "non recoverable vat", "vat not recovered",
        "irrecoverable vat value", "unrecoverable vat", "vat that cannot be recovered",
        "non recoverable tax",
    ),
    Role.PAYEE: (
        "supplier name", "vendor name", "beneficiary name", "payee name", "creditor name", "supplier",
        "vendor", "beneficiary", "payee", "creditor", "name of supplier", "name of payee",
        "supplier payee", "paid to", "payment to", "payable to", "recipient", "recipient name",
        "supplier name redacted", "redacted supplier name", "supplier names", "trading name",
        "beneficiary trading name", "name of beneficiary", "supplier beneficiary", "organisation paid",
        "supplier account name", "supplier trading name", "contractor", "contractor name", "company name",
        "company", "provider", "provider name", "merchant name", "merchant", "business name", "third party",
        "third party name", "payment recipient", "awarded to", "to whom paid", "ap ar id t", "name 1",
        "name", "account name",
    ),
    Role.REFERENCE: (
        "transaction number", "transaction no", "trans no", "trans number", "transaction reference",
        "transaction ref", "transaction id", "sap document number", "document number", "document no",
        "doc no", "document reference", "payment reference", "payment ref", "payment number",
        "payment no", "voucher number", "voucher no", "voucher", "reference", "reference number", "ref",
        "ref no", "our reference", "invoice number", "invoice no", "invoice reference", "invoice ref",
        "invoice id", "supplier invoice number", "their reference", "their ref", "unique reference",
        "internal reference", "cheque number", "cheque no", "bacs number", "journal number", "id",
        "transaction", "line number",
    ),
    Role.UNIT: (
        "service area", "directorate", "organisational unit", "expense area", "expenses area", "service",
        "department", "directorate name", "directorate service area", "service division",
        "department name", "service name", "local authority department", "service label",
        "cost centre name", "cost centre description", "cost centre", "cost center", "division",
        "section", "team", "business unit", "service department", "directorate department",
        "service area categorisation", "budget area", "responsible unit", "portfolio", "committee",
        "organisation unit",
    ),
    Role.PURPOSE: (
        "purpose", "purpose of expenditure", "purpose of spend", "expense type", "expenses type",
        "g l description", "gl description", "g l descript", "description", "narrative",
        "account description", "expenditure type", "type of expenditure", "expense description",
        "payment description", "invoice description", "line description", "spend description", "detail",
        "details", "subjective description", "subjective", "subjective name", "nominal description",
        "nominal name", "summary of purpose", "reason", "account name", "account code description",
        "detailed expenditure type", "level 9 account name", "9an level 9 account name",
        "expenditure description", "item description", "cost element name", "ledger description",
        "transaction description", "expenditure code description",
    ),
    Role.CATEGORY: (
        "category", "expenditure category", "expenditure catergory", "spend category",
        "merchant category", "procurement category", "proclass label", "proclass description", "proclass",
        "procurement class", "proclass classification", "cpv description", "cpv code", "category name",
        "category description", "internal category name", "category internal name",
        "procurement classification", "cipfa category", "sercop", "cipfa detailed expenditure type",
        "subjective group", "proclass code", "unspsc", "procurement merchant category", "classification",
        "commodity", "expenditure group",
    ),
    Role.BODY: (
        "body name", "body", "authority name", "authority", "organisation label", "organisation name",
        "organisation", "entity", "entuty", "entity name", "public body", "council", "council name",
        "client", "local authority", "trust", "department family", "authority label", "publisher",
    ),
    Role.VAT_NO: (
        "vat number", "vat no", "vat registration number", "vat registration no", "vat reg no",
        "supplier vat number", "supplier vat registration number", "vat registration",
    ),
    Role.COMPANY_NO: (
        "company number", "company no", "company registration number", "company registration no",
        "companies house number", "registered company number", "supplier company number", "crn",
        "company reg no", "registered number",
    ),
    Role.PAYEE_REF: (
        "supplier id", "supplier number", "supplier no", "supplier code", "vendor id", "vendor number",
        "vendor no", "vendor code", "creditor number", "creditor id", "creditor no", "creditor code",
        "beneficiary other id", "beneficiary id", "payee id", "supplier reference", "supplier ref",
        "supplier account", "supplier account number", "ap ar id",
    ),
    Role.POSTCODE: (
        "postcode", "post code", "supplier postcode", "supplier post code", "postal code",
        "vendor postcode", "beneficiary postcode",
    ),
    Role.CURRENCY: (
        "currency", "currency code", "payment currency", "transaction currency",
    ),
    Role.SIGN: (
        "cr dr", "dr cr", "debit credit", "credit debit", "credit or debit", "debit or credit", "d c", "c d",
        "debit credit indicator", "credit debit indicator", "dr cr indicator", "sign",
        "invoice type", "document type", "transaction type", "type",
    ),
}  # fmt: skip

NEAR = 0.5  # the score of a heading that holds the telling words of a known name among others

# Words that add nothing to what a column is.
_IDLE = {
    "the", "of", "a", "in", "for", "to", "and", "or", "over", "gbp", "pounds", "sterling", "text", "on", "s",
    "t", "y", "yr", "r", "an", "na",
}  # fmt: skip


@lru_cache(maxsize=4096)
def fold(heading: str) -> str:
    """A heading in small letters and plain words: camel case and punctuation apart, signs gone.

    >>> fold("PaymentDate"), fold(" G/L description. "), fold("DocumentNo"), fold("Amount (£)")
    ('payment date', 'g l description', 'document no', 'amount')
    """
    if not heading.isascii():
        heading = normalize("NFKC", heading)
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", heading)
    return " ".join(re.findall(r"[^\W_]+", apart.casefold().replace("'", "")))


@lru_cache(maxsize=4096)
def name_score(heading: str, role: Role) -> float:
    """How well a heading names a role: 1 for the surest name, down to about 0.7; 0.5 for a near name; else 0.

    A near name holds all the telling words of a known one, and no word of an identifier. Short forms
    ("Supp", "Amt"), Welsh and Irish words and words with one letter wrong are read as what they stand for.

    >>> name_score("Supplier Name", Role.PAYEE), name_score("Supplier ID", Role.PAYEE)
    (1.0, 0)
    >>> name_score("Net Amount due in May", Role.NET)
    0.5
    >>> name_score("Enw'r Cyflenwr", Role.PAYEE) == name_score("Suplier Name", Role.PAYEE) > 0.6
    True
    """
    folded, names = fold(heading), NAMES[role]
    if not folded:
        return _ALIKE if role is Role.AMOUNT and heading.strip(" ()") in ("£", "€") else 0
    if folded in names:
        return 1 - 0.3 * names.index(folded) / len(names)
    return _in_other_words(folded, role)


def _in_other_words(folded: str, role: Role) -> float:
    """The score of a heading that is no known name as it stands."""
    words = plain_words(folded)
    telling = words - _IDLE
    if folded.endswith(" t") and words & _IDENTIFIERS:
        # In exports of ledgers "Supp ID (T)" is the text that belongs to "Supp ID".
        return NEAR if role is Role.PAYEE and telling - _IDENTIFIERS in _telling(role) else 0
    if telling in _telling(role) or (" " not in folded and folded in _run_on(role)):
        return _ALIKE
    if role is Role.PAID_ON and "date" in words and words & (_NOT_PAID | _PAID):
        # "Date Invoice Paid" goes before "Invoice Date", and "Payment Due Date" behind both.
        return _ANOTHER_DATE if words & _NOT_PAID else _SURELY_PAID
    near = frozenset(word for word in telling if not word.isdigit()) in _telling(role)  # "Spend 2021/22"
    if not near and (role in _IDENTIFIED or not words & _IDENTIFIERS):
        near = any(known <= telling for known in _near(role))
    return NEAR if near else 0


_ALIKE = 0.68  # a known name in other words
_SURELY_PAID = 0.9
_PAID = {"paid", "payment", "pay"}
# A date with such a word is not the day of a payment; as the only date it is asked about.
_NOT_PAID = {
    "due", "terms", "expected", "scheduled", "requested", "request", "start", "end", "expiry", "review",
    "birth", "acquisition", "valuation",
}  # fmt: skip
_ANOTHER_DATE = 0.4


@lru_cache
def _telling(role: Role) -> frozenset[frozenset[str]]:
    return frozenset(words for name in NAMES[role] if (words := plain_words(name) - _IDLE))


@lru_cache
def _run_on(role: Role) -> frozenset[str]:
    """The names of two and more words as systems write them that allow no blanks."""
    return frozenset(run for name in NAMES[role] for run in _run_ons(name.split()) if " " in name)


def _run_ons(words: list[str]) -> set[str]:
    runs = {""}
    for word in words:
        runs = {run + form for run in runs for form in (word, *_SHORT_OF.get(word, ()))}
    return runs


@lru_cache
def _near(role: Role) -> frozenset[frozenset[str]]:
    return frozenset(told for name in NAMES[role] if (told := _tells(name, role)))


_SHORT_OF = {
    "supplier": ("supp",), "creditor": ("cred",), "vendor": ("vend",), "amount": ("amt",),
    "payment": ("pay",),
    "transaction": ("trans",), "invoice": ("inv",), "date": ("dte",), "value": ("val",),
}  # fmt: skip
_IDENTIFIERS = {"id", "no", "number", "code", "ref", "reference", "type", "postcode", "uri", "url", "time"}
_IDENTIFIED = {Role.REFERENCE, Role.VAT_NO, Role.COMPANY_NO, Role.PAYEE_REF, Role.CATEGORY, Role.POSTCODE}
# One word that is too common to name a column when it stands among others.
_COMMON = {
    "account", "authority", "body", "classification", "client", "commodity", "company", "contractor", "cost",
    "council", "date", "detail", "details", "expenditure", "id", "merchant", "month", "name", "organisation",
    "paid", "payable", "payment", "pounds", "price", "provider", "reason", "recipient", "ref", "reference",
    "section", "service", "spend", "sum", "tax", "team", "total", "transaction", "trust", "type", "value",
    "voucher",
}  # fmt: skip


def _tells(name: str, role: Role) -> frozenset[str]:
    words = plain_words(name) - _IDLE
    if words == {"date"} and role is Role.PAID_ON:
        return words
    return frozenset() if len(words) == 1 and words & _COMMON else words
