"""Do the dates of this file put the day first or the month?"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from folkmoot.core.spend.reading.values.dates import (
    DAY_FIRST,
    MONTH_FIRST,
    YEAR_FIRST,
    named_months,
    needs_order,
    order_evidence,
    read_day,
)

FEW_DAYS = 3  # distinct dates without which their spread says nothing
_HALF = 0.5
_FAR_APART = 0.25  # two sevenths of all days are on weekends, and hardly any payment is


@dataclass(frozen=True, slots=True)
class Order:
    """The order of dates, why it is that one, and the cell that nobody could settle (else empty)."""

    order: str
    because: str
    open_cell: str = ""
    warning: str = ""
    swapped_cell: str = ""  # one in which a spreadsheet seems to have taken the day for the month


def tell_order(
    first: Sequence[str], whole: Callable[[], Collection[str]], texts: Sequence[str] = (), usual: str = ""
) -> Order:
    """The order that the dates of a file speak for, the surest evidence first.

    `first` are some cells of the column; `whole` fetches the distinct ones of the whole file and is asked
    only where the first ones leave it open. `texts` are the file's name and titles, which may name a month;
    `usual` is the order that this publisher's earlier files had.

    >>> told = tell_order(["04/05/2020", "30/04/2020"], list)
    >>> told.order, told.because
    ('dmy', '30/04/2020 can only be a day before a month')
    >>> tell_order(["04/05/2020"], lambda: ["04/05/2020"]).open_cell
    '04/05/2020'
    """
    cells = [cell.strip() for cell in first if cell.strip()]
    if not any(map(needs_order, cells)):
        if cells and not any(map(read_day, cells)):
            return Order(DAY_FIRST, "", warning=f"No date could be read in cells such as “{cells[0][:40]}”.")
        return Order(YEAR_FIRST, "each date says it by itself")
    told = _by_proof(cells)
    if told is None or told.warning:
        distinct = {cell.strip() for cell in whole()}
        told = _by_proof(sorted(distinct)) or _by_thought(distinct, texts, usual)
    return replace(told, swapped_cell=_swapped(cells))


def _swapped(cells: Sequence[str]) -> str:
    """A date that a spreadsheet set to month first has misread on the way, else empty.

    It takes 04/05/2020 for 5 April and keeps 30/04/2020, which it cannot read, as a text. Then all texts have
    days above 12, all dates have days below 13, and read the other way these fall into the texts' months.
    """
    texts = {cell for cell in cells if needs_order(cell)}
    own = {cell: day for cell in cells if cell not in texts and (day := read_day(cell))}
    if min(len(texts), len(set(own.values()))) < FEW_DAYS or any(day.day > 12 for day in own.values()):
        return ""
    if any(order_evidence(cell) != DAY_FIRST for cell in texts):
        return ""
    months = {(day.year, day.month) for cell in texts if (day := read_day(cell))}
    strays = [cell for cell, day in own.items() if (day.year, day.month) not in months]
    mended = sum((own[cell].year, own[cell].day) in months for cell in strays)
    return strays[0] if len(strays) >= FEW_DAYS and mended > _HALF * len(strays) else ""


def _by_proof(cells: Sequence[str]) -> Order | None:
    """A number above 12 is no month."""
    proofs: dict[str, list[str]] = {DAY_FIRST: [], MONTH_FIRST: []}
    for cell in cells:
        if order := order_evidence(cell):
            proofs[order].append(cell)
    day, month = proofs[DAY_FIRST], proofs[MONTH_FIRST]
    if not day and not month:
        return None
    order = MONTH_FIRST if len(month) > len(day) else DAY_FIRST
    words = _WORDS[order]
    warning = ""
    if day and month:
        warning = (
            f"Some dates put the day first ({day[0]}) and some the month ({month[0]}); "
            f"the file was read {words}."
        )
    proof = proofs[order][0]
    return Order(order, f"{proof} can only be a {_PLACES[order]}", warning=warning)


def _by_thought(distinct: Collection[str], texts: Sequence[str], usual: str) -> Order:
    """What dates below 13 still give away."""
    cells = sorted(cell for cell in distinct if needs_order(cell))
    days = {order: [read_day(cell, order) for cell in cells] for order in (DAY_FIRST, MONTH_FIRST)}
    if days[DAY_FIRST] == days[MONTH_FIRST]:
        return Order(DAY_FIRST, "day and month are the same in each date")
    known = {order: [day for day in found if day] for order, found in days.items()}
    for told, because in (
        (_by_month_named(known, texts), "its name or title names that month"),
        (_by_weekends(known), "read otherwise many payments would fall on weekends"),
        (_by_spread(known), "read otherwise the payments would be scattered over far more months"),
        (usual, "this publisher's other files do so"),
    ):
        if told:
            return Order(told, because)
    cell = next(cell for cell in cells if read_day(cell, DAY_FIRST) != read_day(cell, MONTH_FIRST))
    return Order(DAY_FIRST, "", open_cell=cell)


def _by_month_named(known: dict[str, list[date]], texts: Sequence[str]) -> str:
    months = {month for text in texts for month in named_months(text)}
    shares = {
        order: sum((day.year, day.month) in months for day in days) / max(len(days), 1)
        for order, days in known.items()
    }
    return _clearly(shares, _HALF)


def _by_weekends(known: dict[str, list[date]]) -> str:
    if any(len(days) < 2 * FEW_DAYS for days in known.values()):
        return ""
    return _clearly(
        {order: sum(day.weekday() < 5 for day in days) / len(days) for order, days in known.items()},
        _FAR_APART,
    )


def _by_spread(known: dict[str, list[date]]) -> str:
    """A file covers a month or a few; read the wrong way, each day is in a month of its own."""
    if any(len(days) < FEW_DAYS for days in known.values()):
        return ""
    months = {order: len({(day.year, day.month) for day in days}) for order, days in known.items()}
    fewest = min(months, key=lambda order: months[order])
    return fewest if months[fewest] <= _HALF * max(months.values()) else ""


def _clearly(shares: dict[str, float], by: float) -> str:
    best = max(shares, key=lambda order: shares[order])
    return best if shares[best] - min(shares.values()) >= by else ""


_WORDS = {DAY_FIRST: "day first", MONTH_FIRST: "month first"}
_PLACES = {DAY_FIRST: "day before a month", MONTH_FIRST: "month before a day"}
