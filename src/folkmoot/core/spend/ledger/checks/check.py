"""What is one question that the files raise, and what shows it?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from folkmoot.core.spend.ledger.parts import Part

SHOWN = 3  # so many are named in a sentence; the rest is counted


class CheckKind(StrEnum):
    """What is asked, the gravest first."""

    SIGNS_CHANGE = "signs_change"
    NO_CREDITS = "no_credits"
    MONTH_TWICE = "month_twice"
    MONTHS_MISSING = "months_missing"
    MONTHS_UNUSUAL = "months_unusual"
    INVOICES_TWICE = "invoices_twice"
    ROWS_ALIKE = "rows_alike"


@dataclass(frozen=True, slots=True)
class Check:
    """One question, in a sentence that ends with what it may mean, and what opens the evidence.

    `years` are financial years ("2025-26"), `months` are like "2026-04", `lines` are pairs of part id and
    line. Each is empty where it opens nothing.
    """

    kind: CheckKind
    sentence: str
    anchor: str
    anchor_id: str
    part_ids: tuple[str, ...]
    years: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    lines: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor with the places of its parts among all parts, and the places that are asked about."""

    name: str
    id: str
    currency: str
    places: tuple[int, ...]
    asked: frozenset[int]

    def asks(self, places: Iterable[int]) -> bool:
        """Whether any of these parts is asked about."""
        return not self.asked.isdisjoint(places)

    def check(
        self,
        kind: CheckKind,
        sentence: str,
        parts: Sequence[Part],
        places: Iterable[int],
        *,
        years: Sequence[str] = (),
        months: Sequence[date] = (),
        lines: Sequence[tuple[str, int]] = (),
    ) -> Check:
        """A question about this anchor, which the parts at these places raise."""
        return Check(
            kind=kind,
            sentence=f"{self.name}: {sentence}",
            anchor=self.name,
            anchor_id=self.id,
            part_ids=tuple(parts[place].id for place in sorted(set(places))),
            years=tuple(years),
            months=tuple(f"{month:%Y-%m}" for month in months),
            lines=tuple(lines),
        )


def listed(words: Sequence[str], most: int = SHOWN) -> str:
    """Some words as people list them, of many only the first ones.

    >>> listed(["May", "June"]), listed(["a", "b", "c", "d", "e"])
    ('May and June', 'a, b, c and 2 more')
    """
    shown = list(words) if len(words) <= most else [*words[:most], f"{len(words) - most:,} more"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if shown[1:] else shown)


def say_share(part: int, whole: int) -> str:
    """A share in per cent, small ones finer.

    >>> say_share(1, 4), say_share(3, 1000)
    ('25.0%', '0.30%')
    """
    return f"{part / whole:.1%}" if part * 100 >= whole else f"{part / whole:.2%}"


def say_month(month: date) -> str:
    """A month as people write it.

    >>> say_month(date(2020, 9, 1))
    'September 2020'
    """
    return f"{month:%B %Y}"


def say_months(months: Sequence[date]) -> str:
    """Months in order, those in a row as a span.

    >>> say_months([date(2020, 1, 1), date(2020, 2, 1), date(2020, 3, 1), date(2021, 5, 1)])
    'January 2020 to March 2020 and May 2021'
    """
    spans: list[list[date]] = []
    for month in months:
        if spans and later(spans[-1][-1], 1) == month:
            spans[-1].append(month)
        else:
            spans.append([month])
    return listed(
        [" to ".join(say_month(end) for end in dict.fromkeys((span[0], span[-1]))) for span in spans]
    )


def later(month: date, by: int) -> date:
    """The first day of the month that comes so many months later.

    >>> later(date(2020, 12, 1), 2)
    datetime.date(2021, 2, 1)
    """
    year, at = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(year, at + 1, 1)
