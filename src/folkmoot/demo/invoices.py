"""What did each anchor pay, quarter by quarter, before anybody published it?"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from folkmoot.core.kernel.draw import Draw
from folkmoot.demo.anchors import COLLEGE, COUNCIL, HOSPITAL, HOUSING, UNIVERSITY, Anchor
from folkmoot.demo.suppliers import CATEGORIES, PAID_FOR, Category, Supplier

QUARTERS = tuple((2024 + month // 12, month % 12 + 1) for month in range(10, 34, 3))  # (year, first month)


@dataclass(frozen=True, slots=True)
class Entry:
    """One payment as it was made; pence is net of VAT and signed."""

    paid_on: date
    pence: int
    vat: int
    payee: str
    reference: int
    unit: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Buyer:
    """How an anchor buys: payments a quarter, their scale in percent, weight by category, who pays, how often
    a payee is hidden.

    `works` is the unit that pays for buildings and grounds, `office` the one that pays for the whole house;
    any of `units` pays for the rest.
    """

    anchor: Anchor
    rows: int
    scale: int
    weights: dict[str, int]
    units: tuple[str, ...]
    works: str
    office: str
    hidden_one_in: int
    first_reference: int


BUYERS = (
    Buyer(COUNCIL, 118, 180,
        {"care": 22, "catering": 4, "laundry": 1, "grounds": 7, "repairs": 10, "cleaning": 4, "building": 4,
         "energy": 4, "computing": 6, "agency": 6, "transport": 9, "advice": 6, "print": 4, "waste": 6,
         "community": 12, "between": 4},
        ("Adult Social Care", "Children and Families", "Public Health"), "Place", "Resources",
        12, 510_004_100),
    Buyer(HOSPITAL, 104, 240,
        {"catering": 10, "laundry": 7, "grounds": 3, "repairs": 7, "cleaning": 6, "building": 3,
         "energy": 6, "computing": 8, "agency": 12, "medical": 28, "transport": 4, "advice": 3, "print": 2,
         "waste": 4, "community": 2, "between": 3},
        ("Theatres", "Emergency Department", "Pathology", "Pharmacy"), "Estates", "Trust Headquarters",
        45, 7_200),
    Buyer(UNIVERSITY, 104, 110,
        {"catering": 8, "laundry": 3, "grounds": 5, "repairs": 10, "cleaning": 7, "building": 5, "energy": 7,
         "computing": 13, "agency": 5, "learning": 24, "transport": 4, "advice": 6, "print": 6, "waste": 3,
         "community": 4, "between": 5},
        ("Library", "School of Coastal Science", "Student Life", "School of Health"), "Estates", "Registry",
        60, 88_300),
    Buyer(COLLEGE, 54, 50,
        {"catering": 8, "grounds": 3, "repairs": 12, "cleaning": 5, "energy": 6, "computing": 9, "agency": 9,
         "learning": 22, "transport": 5, "advice": 3, "print": 6, "waste": 2, "community": 3, "between": 5},
        ("Construction", "Hair and Beauty", "Sixth Form", "Student Services"), "Estates", "Finance",
        50, 3_010),
    Buyer(HOUSING, 56, 80,
        {"grounds": 9, "repairs": 34, "cleaning": 7, "building": 8, "energy": 6, "computing": 5,
         "agency": 4, "transport": 2, "advice": 6, "print": 3, "waste": 6, "community": 6, "between": 4},
        ("Neighbourhoods", "Development", "Supported Housing"), "Repairs", "Finance", 14, 26_400),
)  # fmt: skip

WORKS = ("repairs", "cleaning", "building", "energy", "waste", "grounds")
OFFICE = ("tax", "pensions", "computing", "advice", "between")

# How publishers spell it when a payee is hidden; one who trades under a name stays half visible.
HIDDEN = (
    "Redacted Data", "REDACTED PERSONAL DATA", "Redacted", "Redcated", "Redacted - Personal Information",
    "Name Withheld", "REDACTED PERSONAL DATA t/a Harbour Hire",
)  # fmt: skip


def quarter_days(quarter: tuple[int, int]) -> list[date]:
    """The working days of a quarter, in order."""
    year, month = quarter
    first = date(year, month, 1)
    after = date(year + (month + 2) // 12, (month + 2) % 12 + 1, 1)
    days = (first + timedelta(days=n) for n in range((after - first).days))
    return [day for day in days if day.weekday() < 5]


def made_in(buyer: Buyer, number: int) -> list[Entry]:
    """The payments that a buyer made in a quarter, by day; the same at every run."""
    draw = Draw(f"Marram Bay, {buyer.anchor.key}, quarter {number}")
    days = quarter_days(QUARTERS[number])
    entries = _monthly(draw, buyer, days)
    aim = buyer.rows + draw.below(7)
    while len(entries) < aim:
        entry = _bought(draw, buyer, draw.pick(days))
        entries.append(entry)
        if draw.chance(55):
            entries.append(entry)  # the same line twice, as home care is often paid
        if draw.chance(60):
            entries.append(_reversed(draw, entry, days))
    entries.sort(key=lambda entry: entry.paid_on)
    return _numbered(entries, buyer.first_reference + 1000 * number)


def odd_entry(buyer: Buyer, number: int) -> Entry:
    """A payment that the publisher will spoil; it belongs to none of those made."""
    draw = Draw(f"Marram Bay, {buyer.anchor.key}, spoilt in quarter {number}")
    entry = _bought(draw, buyer, draw.pick(quarter_days(QUARTERS[number])))
    return replace(entry, pence=abs(entry.pence), vat=abs(entry.vat), reference=buyer.first_reference + 999)


def _monthly(draw: Draw, buyer: Buyer, days: list[date]) -> list[Entry]:
    """Tax and pensions, on the last working day of each month."""
    last = [
        day
        for day, later in zip(days, [*days[1:], None], strict=True)
        if later is None or later.month != day.month
    ]
    return [
        _entry(draw, buyer, day, CATEGORIES[key], PAID_FOR[key][0])
        for day in last
        for key in ("tax", "pensions")
    ]


def _bought(draw: Draw, buyer: Buyer, day: date) -> Entry:
    if draw.chance(buyer.hidden_one_in):
        category = CATEGORIES["people"]
        return replace(_entry(draw, buyer, day, category, PAID_FOR["people"][0]), payee=draw.pick(HIDDEN))
    category = CATEGORIES[_weighted(draw, buyer.weights)]
    known = [s for s in PAID_FOR[category.key] if s.name.casefold() != buyer.anchor.name.casefold()]
    # The lower of two picks: the first suppliers of a category are paid most often.
    return _entry(draw, buyer, day, category, known[min(draw.below(len(known)), draw.below(len(known)))])


def _weighted(draw: Draw, weights: dict[str, int]) -> str:
    left = draw.below(sum(weights.values()))
    for key, weight in weights.items():
        if left < weight:
            return key
        left -= weight
    raise AssertionError("a draw below the sum always falls on a weight")


def _entry(draw: Draw, buyer: Buyer, day: date, category: Category, supplier: Supplier) -> Entry:
    pence = _amount(draw, category, 100 if category.key == "people" else buyer.scale)
    if category.key not in ("tax", "pensions") and draw.chance(32):
        pence = -(pence // 4)  # a credit note
    return Entry(
        paid_on=day,
        pence=pence,
        vat=_vat(pence) if category.vat else 0,
        payee=supplier.name,
        reference=0,
        unit=_unit(draw, buyer, category.key),
        purpose=draw.pick(category.words),
    )


def _unit(draw: Draw, buyer: Buyer, category: str) -> str:
    if category in WORKS:
        return buyer.works
    if category in OFFICE:
        return buyer.office
    return buyer.units[0] if category == "care" else draw.pick(buyer.units)


def _amount(draw: Draw, category: Category, scale: int) -> int:
    """Pence with a heavy tail: most near the least, few near the most, a good share in round pounds."""
    place = draw.below(10_000)
    span = (category.most - category.least) * 100
    pence = (category.least * 100 + span * place**4 // 10_000**4 + draw.below(15_000)) * scale // 100
    return pence - pence % 100 if draw.chance(4) else pence


def _vat(pence: int) -> int:
    """A fifth, to the penny, half away from zero."""
    vat = (abs(pence) * 2 + 5) // 10
    return vat if pence >= 0 else -vat


def _reversed(draw: Draw, entry: Entry, days: list[date]) -> Entry:
    later = [day for day in days if day >= entry.paid_on]
    return replace(entry, paid_on=draw.pick(later), pence=-entry.pence, vat=-entry.vat)


def _numbered(entries: list[Entry], first: int) -> list[Entry]:
    """References in the order of payment; a line that stands twice keeps one reference."""
    numbers: dict[Entry, int] = {}
    return [replace(entry, reference=first + numbers.setdefault(entry, len(numbers))) for entry in entries]
