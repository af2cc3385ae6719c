"""In which unit, currency and style are the amounts of this file written?"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_SIGNS = {"£": "GBP", "€": "EUR", "$": "USD"}
_CODED = re.compile(r"\b(GBP|EUR|USD)\b")
# "£000", "£'000s", "(000s)"; the noughts of "£25,000" and "10000" belong to a number.
_NOUGHTS = re.compile(r"(?<![\d,.])(?<!\d )['’]?000['’]?s?\b")
_THOUSANDS = re.compile(r"\b(?:in|of) thousands\b|\bthousands of pounds\b|£ ?k\b", re.IGNORECASE)
_MILLIONS = re.compile(r"\b(?:in|of) millions\b|£ ?m(?:n|illions?)?\b", re.IGNORECASE)
_PENCE = re.compile(r"\bpence\b|\(p\)", re.IGNORECASE)
_POUNDS = re.compile(r"£|\bpounds\b", re.IGNORECASE)
_HEAD = re.compile(r"[-(]?£?\d{1,3}", re.ASCII).fullmatch
_TAIL = re.compile(r"\d{3}(?:\.\d{1,2})?[)-]?", re.ASCII).fullmatch
_THREE_BEHIND = re.compile(r"-?\d{1,3}(?:\.\d{3})+", re.ASCII).fullmatch
FEWEST_TOLD = 3  # cells that name a currency; a row or two may be strays, and are set aside by themselves
FEWEST_OPEN = 2  # cells such as 1.234; a single one may be a slip


@dataclass(frozen=True, slots=True)
class Sums:
    """How amounts are written. `fault` says why they cannot be read to the penny, else it is empty;
    `currency` is another one than that expected, if heading or cells name one; `open_cell` is a cell such as
    1.234 of which nobody can tell whether its point stands before thousands.
    """

    decimal_mark: str = "."
    fault: str = ""
    currency: str = ""
    open_cell: str = ""


def tell_sums(
    heading: str, cells: Sequence[str], titles: Sequence[str], currency: str, *, parted: Sequence[str] = ()
) -> Sums:
    """What the heading and the cells of the summed column, and the titles, say about its amounts.

    `parted` are amounts that seem to have been parted at a thousands comma.

    >>> tell_sums("Amount (£000)", ["12"], [], "GBP").fault
    'Its amounts are counted in thousands; they are read in pounds and pence only.'
    >>> tell_sums("Amount", ["1,5"], [], "GBP").decimal_mark
    ','
    >>> tell_sums("Amount", ["€5"] * 3, ["Spend over £25,000"], "GBP").currency
    'EUR'
    >>> tell_sums("Amount", ["1.234", "22.500"], [], "GBP").open_cell
    '1.234'
    """
    cells = [cell.strip() for cell in cells if cell.strip()]
    named = _currency(heading, cells)
    return Sums(
        _decimal_mark(cells),
        _fault(heading, titles, parted),
        named if named != currency else "",
        _open_cell(cells),
    )


def is_parted(cells: Sequence[str], at: int, width: int) -> bool:
    """Whether a row is wider than its headings because its amount was parted at a thousands comma.

    >>> is_parted(["02/01/2020", "A Ltd", "1", "234.50"], 2, 3), is_parted(["02/01/2020", "1.00", "B"], 1, 2)
    (True, False)
    """
    return len(cells) > width > at and bool(_HEAD(cells[at].strip()) and _TAIL(cells[at + 1].strip()))


def _fault(heading: str, titles: Sequence[str], parted: Sequence[str]) -> str:
    if len(parted) >= FEWEST_OPEN:
        return (
            f"Amounts such as {parted[0]} have no quotes, so that their commas part them into several cells."
        )
    unit = _unit(heading, titles)
    return f"Its amounts are counted in {unit}; they are read in pounds and pence only." if unit else ""


def _unit(heading: str, titles: Sequence[str]) -> str:
    if _PENCE.search(heading) and not _POUNDS.search(heading):
        return "pence"
    for text in (heading, *titles):
        if _NOUGHTS.search(text) or _THOUSANDS.search(text):
            return "thousands"
    return "millions" if _MILLIONS.search(heading) else ""


def _currency(heading: str, cells: Sequence[str]) -> str:
    """The currency of most cells, else that of the heading; empty where neither says one."""
    said = Counter(code for cell in cells if (code := _named(cell)))
    if sum(said.values()) >= max(FEWEST_TOLD, len(cells) / 2):
        return said.most_common(1)[0][0]
    return _named(heading)


def _named(text: str) -> str:
    """The one currency that a text names."""
    codes = {code for sign, code in _SIGNS.items() if sign in text} | {
        *_CODED.findall(text.upper().replace("STERLING", "GBP"))
    }
    return codes.pop() if len(codes) == 1 else ""


def _decimal_mark(cells: Sequence[str]) -> str:
    """A comma when cells end like ",5" or ",50" and none like ".50"."""
    ends = [cell.rstrip("-)€ ") for cell in cells]
    commas = sum(cell[-3:-2] == "," or cell[-2:-1] == "," for cell in ends)
    points = sum(cell[-3:-2] == "." or cell[-2:-1] == "." for cell in ends)
    return "," if commas and not points else "."


def _open_cell(cells: Sequence[str]) -> str:
    """A cell such as 1.234 where each cell with a mark has one just before its last three figures."""
    marked = [bare for cell in cells if "." in (bare := cell.strip("£€()-CRDr ")) or "," in bare]
    if len(marked) < FEWEST_OPEN or not all(map(_THREE_BEHIND, marked)):
        return ""
    return marked[0]
