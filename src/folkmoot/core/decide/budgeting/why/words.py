"""How is it said to a resident why a project was funded, or was not?"""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from folkmoot.core.decide.budgeting.election import Election, Project
from folkmoot.core.decide.budgeting.why.reasons import Lack, Reason, Unit
from folkmoot.core.decide.budgeting.why.shares_paid import Share
from folkmoot.core.kernel.money import SIGNS


def money(amount: Fraction, currency: str = "") -> str:
    """An amount as people say it: whole where it is whole, else to two places, half away from nought.

    >>> money(Fraction(40000, 435), "PLN"), money(Fraction(106788), "PLN"), money(Fraction(7, 2), "GBP")
    ('91.95 PLN', '106,788 PLN', '£3.50')
    >>> money(Fraction(1, 1000), "EUR"), money(Fraction(9))
    ('less than €0.01', '9')
    """
    if 0 < amount < Fraction(1, 200):
        return f"less than {money(Fraction(1, 100), currency)}"
    hundredths = int(abs(amount) * 100 + Fraction(1, 2))
    whole, rest = divmod(hundredths, 100)
    figure = f"{'−' if amount < 0 and hundredths else ''}{SIGNS.get(currency, '')}{whole:,}"
    figure += f".{rest:02d}" if rest else ""
    return figure if currency in SIGNS or not currency else f"{figure} {currency}"


def people(count: int, one: str = "person", more: str = "people") -> str:
    """So many people.

    >>> people(1), people(1200), people(1, "vote", "votes")
    ('1 person', '1,200 people', '1 vote')
    """
    return f"{count:,} {one if count == 1 else more}"


def sentences(election: Election, reasons: Sequence[Reason], currency: str = "") -> tuple[str, ...]:
    """Why each project was funded or not, a few plain sentences each; amounts are rounded only here.

    >>> from folkmoot.core.decide.budgeting.counting import count
    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> from folkmoot.core.decide.budgeting.settings import Settings
    >>> from folkmoot.core.decide.budgeting.why.reasons import reasons
    >>> projects = (Project("park", Fraction(40)), Project("hall", Fraction(90)))
    >>> vote = Election(projects, Fraction(100), Ballots.gathered([[0], [0, 1], [1]], [3, 3, 4]))
    >>> park, hall = sentences(vote, reasons(vote, Settings(), count(vote, Settings())), "GBP")
    >>> park
    'Funded: 6 people chose it, and it costs £40. Each of them paid £6.67 of their share.'
    >>> hall
    'Not funded: its 7 supporters had £50 left between them, and it costs £90. It would have needed 2 more \
supporters who chose only this.'
    """
    return tuple(sentence(election, one, currency) for one in reasons)


def sentence(election: Election, reason: Reason, currency: str = "") -> str:
    """The same for one project."""
    return _funded(reason, currency) if reason.won else _not_funded(election, reason, currency)


def _funded(reason: Reason, currency: str) -> str:
    chosen = "nobody" if not reason.supporters else people(reason.supporters)
    cost = f"it costs {money(reason.cost, currency)}" if reason.cost else "it costs nothing"
    said = f"Funded: {chosen} chose it, and {cost}."
    if reason.completed:
        return f"{said} It was added at the end, when money was left over that it fits into."
    if not reason.price:
        return said
    if reason.paid_in_full is None:
        return f"{said} It took up to {money(reason.price, currency)} from each of them."
    return f"{said} {_paid(reason, reason.price, currency)}"


def _paid(reason: Reason, price: Fraction, currency: str) -> str:
    full, poor = reason.paid_in_full or 0, reason.gave_all or 0
    each = money(price, currency)
    by_person = full * price + (reason.given or 0) == reason.cost
    if not by_person:  # the price is that of a point
        less = f"; {people(poor)} had less, and gave all they had left" if poor else ""
        return f"They paid {each} of their share for each point they gave it{less}."
    if not poor:
        return f"{'Each of them' if full > 1 else 'They'} paid {each} of their share."
    theirs = money(reason.given or Fraction(0), currency)
    first = f"{people(full)} {'each ' if full > 1 else ''}paid {each} of their share"
    return f"{first}; the other {poor:,} had less left, and gave what they had, {theirs} in all."


def _not_funded(election: Election, reason: Reason, currency: str) -> str:
    why, more = _why(election, reason, currency), _more(reason)
    return f"Not funded: {why}.{f' {more}' if more else ''}"


def _why(election: Election, reason: Reason, currency: str) -> str:
    held = Fraction(int((reason.money or Fraction(0)) * 100), 100)  # never as much as the cost by rounding
    cost, left = money(reason.cost, currency), money(held, currency)
    chosen = "nobody chose it" if not reason.supporters else f"{people(reason.supporters)} chose it"
    rival = election.projects[reason.rival] if reason.rival is not None else None
    budget = money(election.budget, currency)
    told = {
        Lack.TOO_DEAR: f"it costs {cost}, and the whole budget is {budget}",
        Lack.SUPPORTERS_MONEY: f"{_supporters(reason, left)}, and it costs {cost}",
        Lack.LEFT_OVER: f"it costs {cost}, and {left} was left when the count ended; {chosen}",
        Lack.ENDED: f"the count ended before its turn came; {chosen}",
        Lack.NOT_CHOSEN: "nobody chose it" if not reason.supporters else f"{chosen}, but gave it no points",
        Lack.TURN: f"{chosen}; when its turn came {left} was left, and it costs {cost}",
        Lack.STOPPED: f"{chosen}; the count had stopped at a project that no longer fitted",
        Lack.THRESHOLD: f"{chosen}, fewer than the rules ask for",
        Lack.INELIGIBLE: f"{chosen}, fewer than the rules ask for at a cost of {cost}",
        Lack.RIVAL: f"only one of some projects may be funded, and “{_name(rival)}” was; {chosen}",
    }
    return told[reason.lack or Lack.ENDED]


def _supporters(reason: Reason, left: str) -> str:
    payers = reason.supporters if reason.payers is None else reason.payers
    with_points = " who gave it points" if payers < reason.supporters else ""
    if payers == 1:
        return f"its one supporter{with_points} had {left} left"
    return f"its {payers:,} supporters{with_points} had {left} left between them"


def _name(project: Project | None) -> str:
    return (project.name or project.id) if project else ""


def _more(reason: Reason) -> str:
    if not reason.needed:
        return ""
    if reason.unit is Unit.SUPPORTERS:
        count = ceil(reason.needed)
        chose = "supporter who chose only this" if count == 1 else "supporters who chose only this"
        return f"It would have needed {count:,} more {chose}."
    if reason.unit is Unit.POINTS:
        whole = reason.needed == ceil(reason.needed)
        figure = f"{ceil(reason.needed):,}" if whole else money(Fraction(reason.needed))
        return f"It would have needed {figure} more {'point' if reason.needed == 1 else 'points'}."
    return f"It would have needed {people(ceil(reason.needed), 'more vote', 'more votes')}."


def share_sentence(election: Election, share: Share, currency: str = "") -> str:
    """What one voter's share paid for.

    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> from folkmoot.core.decide.budgeting.why.shares_paid import Payment
    >>> vote = Election((Project("park", Fraction(9), "The park"),), Fraction(9), Ballots.gathered([], []))
    >>> share_sentence(vote, Share(Fraction(8), (Payment(0, Fraction(3)),), Fraction(5), ()), "GBP")
    'Your share was £8. It paid £3 for The park. £5 of it was not spent.'
    """
    had, left = money(share.had, currency), money(share.left, currency)
    paid = [
        f"{money(one.paid, currency)} for {_name(election.projects[one.project])}"
        for one in share.payments
        if one.paid
    ]
    free = [_name(election.projects[one.project]) for one in share.payments if not one.paid]
    said = [f"Your share was {had}."]
    said += [f"It paid {_listed(paid)}."] if paid else []
    said += [f"Funded without it, and chosen by you: {_listed(free)}."] if free else []
    said += ["Nothing that you chose was funded."] if not share.payments else []
    said += [f"{left} of it was not spent." if share.left else "All of it was spent."]
    return " ".join(said)


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
