"""Which months are missing, and which are unlike the others?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import exp, log, sqrt
from statistics import median, median_low

from folkmoot.core.kernel.money import say_short
from folkmoot.core.spend.ledger.checks.check import (
    Anchor,
    Check,
    CheckKind,
    later,
    listed,
    say_month,
    say_months,
)
from folkmoot.core.spend.ledger.parts import Part

STRAY = 0.1  # a file for April often holds a few days of March: less than this of its largest month
TAIL = 0.25  # a month with less than this of an ordinary one is neither the first nor the last
REGULAR = 10  # with this many payments in an ordinary month, a month of none comes less than once in 20,000
ENOUGH_MONTHS = 8
WINDOW = 24  # a month is held against the nearest two years: anchors grow, and change what they publish
# 3.5 median absolute deviations (Iglewicz and Hoaglin 1993), and a quarter more, because the deviation of two
# years of months is itself known to a quarter only.
DEVIATIONS = 3.5 * 1.25
NORMAL = 1.4826  # the standard deviation of a normal distribution over its median absolute deviation
FACTOR_PAYMENTS = 2.0  # year ends bring up to 1.7 times the usual number (Manchester, each March)
FACTOR_PENCE = 3.0  # one levy or transfer can double a month's sum
BEYOND = 3.0  # sums have long tails: the largest may well be three times the next
POISSON = 5.0  # a small number jumps by chance: so many times its relative standard deviation, 1/√n
DAYS_SHORT = 7  # a month that ends so many days before others usually do (Christmas: 24 December) may be cut


@dataclass(frozen=True, slots=True)
class Piece:
    """What one file holds of one month: `place` is the part's among all parts, `month` the first day.

    `paid` is the sum of what is no credit, in pence: one large credit can undo a month's sum.
    """

    place: int
    month: date
    payments: int
    credits: int
    paid: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Month:
    """One month of an anchor: the files that hold it, and stray payments from files for other months."""

    start: date
    bodies: tuple[Piece, ...]
    strays: tuple[Piece, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All of it."""
        return self.bodies + self.strays

    @property
    def payments(self) -> int:
        """How many payments the month has."""
        return sum(piece.payments for piece in self.pieces)

    @property
    def paid(self) -> int:
        """What they come to without credits, in pence."""
        return sum(piece.paid for piece in self.pieces)

    @property
    def places(self) -> tuple[int, ...]:
        """The files that hold it."""
        return tuple(piece.place for piece in self.bodies)


def months_of(pieces: Iterable[Piece]) -> list[Month]:
    """The months that an anchor's files cover, in order. A few stray payments do not cover a month."""
    largest: dict[int, int] = defaultdict(int)
    by_month: dict[date, list[Piece]] = defaultdict(list)
    for piece in pieces:
        largest[piece.place] = max(largest[piece.place], piece.payments)
        by_month[piece.month].append(piece)
    months = []
    for start, held in sorted(by_month.items()):
        bodies = tuple(piece for piece in held if piece.payments >= STRAY * largest[piece.place])
        if bodies:
            months.append(Month(start, bodies, tuple(piece for piece in held if piece not in bodies)))
    return months


def find_missing(anchor: Anchor, months: Sequence[Month], parts: Sequence[Part]) -> list[Check]:
    """One question about the months that no file covers, between the first and the last that some do.

    An anchor with a rhythm of its own (a date for each quarter) misses only what breaks it. An anchor with
    few payments may well have a month of none.
    """
    months = _without_tails(months)
    if len(months) < 3 or median(month.payments for month in months) < REGULAR:
        return []
    steps = [_apart(one, other) for one, other in pairwise(months)]
    rhythm = median_low(steps)
    absent: list[date] = []
    beside: set[int] = set()
    for (one, other), step in zip(pairwise(months), steps, strict=True):
        places = {*one.places, *other.places}
        if step > rhythm and anchor.asks(places):
            absent += [later(one.start, by) for by in range(rhythm, step, rhythm)]
            beside |= places
    if not absent:
        return []
    many = f"{len(absent):,} months, " if absent[1:] else ""
    sentence = f"no file covers {many}{say_months(absent)}, though others before and after are here. "
    meaning = "A file may be missing." if len(absent) == 1 else "Files may be missing."
    return [anchor.check(CheckKind.MONTHS_MISSING, sentence + meaning, parts, beside, months=absent)]


def find_unusual(
    anchor: Anchor, months: Sequence[Month], parts: Sequence[Part], told: Iterable[date]
) -> list[Check]:
    """One question about months whose number or sum of payments is far from that of the months around.

    The logarithm is held against median and median absolute deviation of the nearest two years, so that
    one odd month does not hide another. A low month that its file covers only in part is none, and those
    in `told` were explained otherwise.
    """
    found: list[tuple[Month, str]] = []
    passed = set(told)
    for month in months:
        if anchor.asks(piece.place for piece in month.pieces) and month.start not in passed:
            words = _unlike(month, months, anchor.currency)
            found += [(month, words)] if words else []
    if not found:
        return []
    sentence = (
        f"{listed([words for _, words in found])}. Rows may be missing, repeated or dated wrongly, "
        f"or the payments themselves were out of the ordinary."
    )
    places = [piece.place for month, _ in found for piece in month.pieces]
    starts = [month.start for month, _ in found]
    return [anchor.check(CheckKind.MONTHS_UNUSUAL, sentence, parts, places, months=starts)]


def _without_tails(months: Sequence[Month]) -> Sequence[Month]:
    """The months without thin ones at either end: where dates are those of invoices, old ones trail along."""
    if not months:
        return months
    least = TAIL * median(month.payments for month in months)
    full = [at for at, month in enumerate(months) if month.payments >= least]
    return months[full[0] : full[-1] + 1]


def _unlike(month: Month, months: Sequence[Month], currency: str) -> str:
    """How a month is unlike those around it, in words; nothing when it is like them."""
    others = sorted((one for one in months if one is not month), key=lambda one: abs(_apart(one, month)))
    others = others[:WINDOW]
    ordinary = median(one.payments for one in others) if others else 0
    whole = _covered(month, others)
    counts = _usual([one.payments for one in others], FACTOR_PAYMENTS, ordinary)
    if counts and (month.payments > counts[1] or (whole and month.payments < counts[0])):
        return (
            f"{say_month(month.start)} has {month.payments:,} payments "
            f"(usually {round(counts[0]):,} to {round(counts[1]):,})"
        )
    if ordinary < REGULAR:  # one large payment is most of such a month
        return ""
    sums = _usual([one.paid for one in others], FACTOR_PENCE, ordinary, BEYOND)
    if sums and (month.paid > sums[1] or (whole and month.paid < sums[0])):
        return (
            f"{say_month(month.start)} comes to {say_short(month.paid, currency)} without its credits "
            f"(usually {say_short(round(sums[0]), currency)} to {say_short(round(sums[1]), currency)})"
        )
    return ""


def _usual(
    values: Sequence[int], factor: float, ordinary: float, beyond: float = 1.0
) -> tuple[float, float] | None:
    """From where to where a value is usual beside these others, or None when they are too few to say.

    What all others but the most extreme one were is usual in any case, `beyond` times over.
    """
    logs = sorted(log(value) for value in values if value > 0)
    if len(logs) < ENOUGH_MONTHS:
        return None
    middle = median(logs)
    spread = DEVIATIONS * NORMAL * median(abs(one - middle) for one in logs)
    width = max(spread, log(factor), POISSON / sqrt(ordinary))
    low, high = min(middle - width, logs[1] - log(beyond)), max(middle + width, logs[-2] + log(beyond))
    return exp(low), exp(high)


def _covered(month: Month, others: Sequence[Month]) -> bool:
    """Whether a month's payments begin and end about when those of other months do."""
    if not others:
        return False
    begins, ends = _days(month)
    usual = [_days(one) for one in others]
    return (
        begins <= median(one[0] for one in usual) + DAYS_SHORT
        and ends >= median(one[1] for one in usual) - DAYS_SHORT
    )


def _days(month: Month) -> tuple[int, int]:
    return min(one.first for one in month.bodies).day, max(one.last for one in month.bodies).day


def _apart(one: Month, other: Month) -> int:
    return (other.start.year - one.start.year) * 12 + other.start.month - one.start.month
