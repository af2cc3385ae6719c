"""What does the money say of itself on the whole's page?"""

from django.urls import reverse

from folkmoot.apps.places.models import Partnership
from folkmoot.apps.places.panels import Panel, Piece, Step, not_started
from folkmoot.apps.spend.queries import Money, money_for
from folkmoot.core.access import Actor
from folkmoot.core.kernel.money import say, say_short
from folkmoot.core.kernel.when import say_day
from folkmoot.core.pictures import Bar, Frame, Picture, bar

QUESTION = "What money can move?"
HOW = "Nothing read in yet. Upload the spending file that an anchor publishes."
STAYS = " Where it stays is not yet known."
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def spend_panel_for(actor: Actor, partnership: Partnership) -> Panel:
    """The panel of this room: the same for everybody who may see the sums."""
    money = money_for(actor, partnership.id)
    href = reverse("spend:money", args=[partnership.slug])
    if not money.files:
        return not_started(QUESTION, HOW, href, "See how the money starts")
    told = sentence(money, partnership.slug)
    step = _step(money, href)
    return Panel(QUESTION, told, paid_picture(money), money.newest, href, "See the money", step=step)


def _step(money: Money, href: str) -> Step | None:
    """Which anchor's file would make the picture whole."""
    if money.waiting:
        return Step(
            f"Nothing of {money.waiting[0]} is read in yet",
            "Its published file would make the picture whole.",
            href,
            "See what is read in",
        )
    if money.behind:
        name, day = money.behind[0]
        reason = f"Its payments are read in up to {say_day(day)}; others reach further."
        return Step(f"A newer file of {name} is due", reason, href, "See what is read in")
    return None


def sentence(money: Money, slug: str) -> tuple[Piece, ...]:
    """What was paid, in one sentence whose figures open their evidence."""
    count = len(money.anchors)
    if not count:
        return (Piece("The files that were read in hold no payments."),)
    sums, payments = reverse("spend:money", args=[slug]), reverse("spend:payments", args=[slug])
    anchors = f"{NUMBERS[count] if count < len(NUMBERS) else count} anchor{'' if count == 1 else 's'}"
    payees = f"{money.payees:,} payee{'' if money.payees == 1 else 's'}"
    between = money.period.replace(" to ", " and ")
    return (
        Piece(anchors, "anchors that paid", sums),
        Piece(" paid "),
        Piece(say_short(money.whole.pence, money.currency), "paid in all", payments),
        Piece(" to "),
        Piece(payees, "payees", reverse("spend:payees", args=[slug])),
        Piece(f" between {between}." if between != money.period else f" in {between}."),
        Piece(STAYS),
    )


def paid_picture(money: Money) -> Picture:
    """What each anchor paid, the largest first."""
    ordered = sorted(money.anchors, key=lambda anchor: -anchor.whole.pence)
    bars = [
        Bar(anchor.name, anchor.whole.pence, say_short(anchor.whole.pence, money.currency))
        for anchor in ordered
    ]
    words = "; ".join(f"{anchor.name} {say(anchor.whole.pence, money.currency)}" for anchor in ordered)
    frame = Frame("paid", "Paid by each anchor", f"{words}.", "Anchor", "No payments yet.")
    return bar(frame, bars, measure="Paid")
