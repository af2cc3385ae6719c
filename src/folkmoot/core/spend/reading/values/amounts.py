"""How many pence does this cell say?"""

import re
from decimal import Decimal, InvalidOperation

import pyarrow as pa
import pyarrow.compute as pc

from folkmoot.core.kernel.money import to_minor
from folkmoot.core.spend.reading.row import Reason

_PLAIN = re.compile(r"(-?)(\d{1,13})(?:\.(\d\d?))?", re.ASCII).fullmatch
# With the point as decimal mark; the comma style is turned into this one first.
_FIGURE = re.compile(
    r"(?:\d+|\d{1,3}(?:,\d{2,3})*,\d{3}|\d{1,3}(?: \d{3})+|\d{1,3}(?:'\d{3})+)?(?:\.\d+)?", re.ASCII
).fullmatch
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}", re.ASCII).fullmatch
_CURRENCY = re.compile(r"^(?:GBP|EUR|USD|[£€$])|(?:GBP|EUR|USD|[£€$])$")
_CODES = {"£": "GBP", "€": "EUR", "$": "USD"}
# A pound sign after a wrong decoding: UTF-8 as Windows-1252, a lost byte, DOS code pages.
_BROKEN_POUND = re.compile("^(-? ?|\\( ?)(?:Â£|ï¿½|\ufffd|Œ|Ú)")
_DASHES = str.maketrans({"−": "-", "–": "-", "—": "-", "\xa0": " ", "\u202f": " ", "\u2009": " "})


def read_amount(text: str, currency: str = "GBP", decimal_mark: str = ".") -> int | Reason:
    """Whole pence of a published amount, signed, half away from zero; else the reason it cannot be read.

    Reads thousands marks, brackets and trailing minus as negative, CR as credit, currency signs and codes.
    An amount in another currency is CURRENCY_UNKNOWN; anything else is AMOUNT_UNREADABLE.

    >>> read_amount(" £1,234.50 "), read_amount("(12.00)"), read_amount("5.5-"), read_amount("10.005")
    (123450, -1200, -550, 1001)
    >>> read_amount("1.234,56", decimal_mark=","), str(read_amount("9..9")), str(read_amount("€5"))
    (123456, 'amount_unreadable', 'currency_unknown')
    """
    if decimal_mark == "." and (plain := _PLAIN(text)):
        sign, whole, part = plain.groups()
        pence = int(whole) * 100 + (int(part if len(part) == 2 else part + "0") if part else 0)
        return -pence if sign else pence
    text = text.translate(_DASHES).strip().upper()
    if currency == "GBP" and not text.isascii():
        text = _BROKEN_POUND.sub(r"\1£", text.replace("Â£", "£"))
    negative, text = _sign_apart(text)
    named, text = _currency_apart(text)
    further, text = _sign_apart(text)
    if negative and further:
        return Reason.AMOUNT_UNREADABLE  # "(-5)": nobody knows which way the money went
    figure = _figure(text, decimal_mark)
    if figure is None:
        return Reason.AMOUNT_UNREADABLE
    if named and named != currency:
        return Reason.CURRENCY_UNKNOWN
    return -figure if negative or further else figure


def is_credit(text: str) -> bool:
    """Whether a cell beside the amount says that the money came back.

    >>> is_credit("CR"), is_credit("Credit note"), is_credit("Dr"), is_credit("")
    (True, True, False, False)
    """
    return text.strip().casefold() in _CREDITS


_CREDITS = {"cr", "c", "h", "-", "credit", "credit note", "credit memo", "crn", "cn", "refund"}
_DEBITS = {"dr", "d", "s", "+", "debit", "invoice", "inv", "standard", "payment"}


def is_sign(text: str) -> bool:
    """Whether a cell says which way money went, and nothing else.

    >>> is_sign("Dr"), is_sign("Invoice"), is_sign("A Ltd")
    (True, True, False)
    """
    return text.strip().casefold() in _CREDITS | _DEBITS


# What most cells look like; anything else goes through `read_amount` one by one.
_PLAIN_CELL = r"^-?\d{1,13}(?:\.\d{1,2})?$"
_F = r"(?:\d{1,13}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,2})?"
_STYLED_CELL = rf"^ *(?:-? *£? *{_F}|£ *-{_F}|\(£?{_F}\)|£?{_F} *-) *$"
_HUNDRED = pa.scalar(Decimal(100), pa.decimal128(3, 0))


def read_amounts(cells: pa.StringArray, currency: str = "GBP", decimal_mark: str = ".") -> pa.Int64Array:
    """The same as `read_amount` for a whole column at once: whole pence, null for what cannot be read.

    >>> read_amounts(pa.array(["1,234.50", "(£2.00)", "3-", "CR 4", "9..9"])).to_pylist()
    [123450, -200, -300, None, None]
    """
    if decimal_mark != "." or currency != "GBP":
        return _one_by_one(cells, currency, decimal_mark)
    pence, read = _ordinary(cells)
    if not read.false_count:
        return pence
    rest = _one_by_one(cells.filter(pc.invert(read)), currency, decimal_mark)
    return pc.replace_with_mask(pence, pc.invert(read), rest)


def _one_by_one(cells: pa.StringArray, currency: str, decimal_mark: str) -> pa.Int64Array:
    found = (read_amount(text, currency, decimal_mark) for text in cells.to_pylist())
    return pa.array([None if isinstance(one, Reason) else one for one in found], pa.int64())


def _ordinary(cells: pa.StringArray) -> tuple[pa.Int64Array, pa.BooleanArray]:
    """Pence of the cells in an ordinary style, and which these are."""
    read = pc.match_substring_regex(cells, _PLAIN_CELL)
    minus = None
    if read.false_count:
        read = pc.match_substring_regex(cells, _STYLED_CELL)
        minus = pc.match_substring_regex(cells, "[(-]")
        cells = pc.replace_substring_regex(pc.if_else(read, cells, None), "[ £,()-]", "")
    pence = pc.multiply(cells.cast(pa.decimal128(18, 2)), _HUNDRED).cast(pa.int64())
    if minus is not None:
        pence = pc.if_else(minus, pc.negate(pence), pence)
    return pence, read


def _sign_apart(text: str) -> tuple[bool, str]:
    """Whether the text says minus, and the text without its sign."""
    text = text.strip().removeprefix("'")
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    if text.endswith("CR"):
        return True, text[:-2].strip()
    if text.endswith("DR"):
        return False, text[:-2].strip()
    if text.startswith("-"):
        return True, text[1:].strip()
    if text.endswith("-"):
        return True, text[:-1].strip()
    return False, text.removeprefix("+").strip()


def _currency_apart(text: str) -> tuple[str, str]:
    found = _CURRENCY.search(text)
    if not found:
        return "", text
    return _CODES.get(found.group(), found.group()), (text[: found.start()] + text[found.end() :]).strip()


def _figure(text: str, decimal_mark: str) -> int | None:
    if decimal_mark == ",":
        text = text.replace(".", "'").replace(",", ".")
    if not text or not (_FIGURE(text) or _SCIENTIFIC(text)):
        return None
    try:
        return to_minor(Decimal(text.replace(",", "").replace(" ", "").replace("'", "")))
    except (ValueError, InvalidOperation):
        return None
