"""Were minus signs lost on the way?"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from folkmoot.core.kernel.when import financial_year
from folkmoot.core.spend.ledger.checks.check import Anchor, Check, CheckKind, listed, say_month, say_share
from folkmoot.core.spend.ledger.checks.months import Month, Piece
from folkmoot.core.spend.ledger.parts import Part
from folkmoot.core.spend.reading.tally import MANY_PAYMENTS

UNLIKELY = 0.001  # by chance, fewer than one anchor in a thousand would be told so
EXPECTED = 20  # credits come in bundles, so that a few of them may well be absent by chance


def find_change(anchor: Anchor, months: Sequence[Month]) -> date | None:
    """The month from which on credits are there, when there were none before and too many should have been.

    With a share q of later months that have credits, k months of none come with chance (1 - q)^k. The first
    month that has some is left out of q, for it was chosen by having some. Stray payments do not count.

    >>> def month(at, credits):
    ...     start = date(2020, at, 1)
    ...     return Month(start, (Piece(0, start, 2000, credits, 10**8, start, start),), ())
    >>> anchor = Anchor("Riverton Council", "", "GBP", (0,), frozenset({0}))
    >>> find_change(anchor, [month(at, 40 if at > 5 else 0) for at in range(1, 13)])
    datetime.date(2020, 6, 1)
    """
    some = [at for at, month in enumerate(months) if _credits(month)]
    if not some:
        return None
    before, after = months[: some[0]], months[some[0] + 1 :]
    if not before or not after:
        return None
    chance = (1 - (len(some) - 1) / (len(after) + 1)) ** len(before)
    later_payments = sum(month.payments for month in after)
    expected = sum(map(_credits, after)) / later_payments * sum(month.payments for month in before)
    return months[some[0]].start if chance <= UNLIKELY and expected >= EXPECTED else None


def tell_change(anchor: Anchor, pieces: Sequence[Piece], parts: Sequence[Part], change: date) -> list[Check]:
    """The question about earlier months without credits."""
    before = [piece for piece in pieces if piece.month < change]
    after = [piece for piece in pieces if piece.month >= change]
    places = [piece.place for piece in pieces if piece.month <= change]
    if not anchor.asks(places):
        return []
    payments, few = sum(one.payments for one in before), sum(one.credits for one in before)
    share = say_share(sum(one.credits for one in after), sum(one.payments for one in after))
    sentence = (
        f"{f'only {few:,}' if few else 'none'} of the {payments:,} payments before {say_month(change)} "
        f"{'are credits' if few > 1 else 'is a credit'}, and {share} are from then on. "
        f"The earlier files may have lost their minus signs: their sums would then be too high."
    )
    return [anchor.check(CheckKind.SIGNS_CHANGE, sentence, parts, places, months=[change])]


def find_years(
    anchor: Anchor, pieces: Sequence[Piece], parts: Sequence[Part], change: date | None
) -> list[Check]:
    """One question about financial years of many payments and no credit. Years before `change` are told."""
    years: dict[str, list[Piece]] = defaultdict(list)
    for piece in sorted(pieces, key=lambda one: one.month):
        years[financial_year(piece.month)].append(piece)
    with_some = [one for held in years.values() if any(two.credits for two in held) for one in held]
    share = sum(one.credits for one in with_some) / max(sum(one.payments for one in with_some), 1)
    without = {
        year: held
        for year, held in years.items()
        if not any(one.credits for one in held)
        and (change is None or held[-1].month >= change)
        and _should_have(sum(one.payments for one in held), share)
        and anchor.asks(one.place for one in held)
    }
    if not without:
        return []
    held = [one for year in without.values() for one in year]
    sentence = (
        f"none of the {sum(one.payments for one in held):,} payments in {listed(list(without))} is a credit. "
        f"Minus signs may have been lost, or credits are not published."
    )
    places = [one.place for one in held]
    return [anchor.check(CheckKind.NO_CREDITS, sentence, parts, places, years=list(without))]


def _should_have(payments: int, share: float) -> bool:
    """Whether so many payments should have a credit: by the anchor's own share, where it is known."""
    return payments >= MANY_PAYMENTS and (share == 0 or payments * share >= EXPECTED)


def _credits(month: Month) -> int:
    return sum(piece.credits for piece in month.bodies)
