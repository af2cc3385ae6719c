"""How does a resident see where the money went, and what became of each project?"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from folkmoot.core.decide.budgeting.election import Election
from folkmoot.core.decide.budgeting.why.reasons import Lack, Reason
from folkmoot.core.decide.budgeting.why.words import money, people
from folkmoot.core.pictures import Frame, Picture, Stack, stacked, svg

GAP = 1.5  # units between two parts of the bar
BAR = 26  # units: the height of the budget
THIN = 9  # units: the height of a bar of votes
ROW = 46  # units from project to project
NUMBER = 26  # units: the column of numbers
FIELD = 210  # units: the height of the field of dots


def budget_picture(
    election: Election, reasons: Sequence[Reason], currency: str = "", id: str = "budget"
) -> Picture:
    """The budget as one bar, parted among the winners in the order of funding, and the people for each.

    The parts are numbered as the rows below; a row has the name, the cost and a bar of the people who chose
    it. What is left of the budget is outlined.

    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> vote = Election((Project("park", Fraction(60)),), Fraction(90), Ballots.gathered([[0]], [5]))
    >>> told = budget_picture(vote, [Reason(0, 5, Fraction(60), won=True, round=1)], "GBP")
    >>> told.description, told.table.rows
    ('1 of 1 projects is funded, for £60 of £90; £30 is left.', (('1', 'park', '£60', '5'),))
    """
    won = sorted((one for one in reasons if one.won), key=lambda one: one.round or 0)
    spent = sum((one.cost for one in won), Fraction(0))
    left = election.budget - spent
    description = (
        f"{len(won):,} of {len(reasons):,} projects {'is' if len(won) == 1 else 'are'} funded, for "
        f"{money(spent, currency)} of {money(election.budget, currency)}; {money(left, currency)} is left."
    )
    frame = Frame(id, "Where the budget goes", description, "Project", "Nothing is funded.")
    body, top = (_budget(election, won), BAR + 22.0) if won else ("", 0.0)
    most = max((one.supporters for one in won), default=0)
    for number, one in enumerate(won, 1):
        body += _row(election, one, number, most, top, currency)
        top += ROW
    rows = [
        (str(number), _name(election, one), money(one.cost, currency), f"{one.supporters:,}")
        for number, one in enumerate(won, 1)
    ]
    return svg.picture(frame, body, top - 8, ("", "Project", "Cost", "People who chose it"), rows)


def _budget(election: Election, won: Sequence[Reason]) -> str:
    """The bar: a part for each winner with its number where there is room, then what is left."""
    costs = [election.costs[one.project] for one in won]
    ends = svg.edges(costs, svg.WIDTH, max(election.limit, sum(costs), 1))
    parts = []
    for number, (start, end) in enumerate(pairwise(ends), 1):
        wide = max(end - start - GAP, 0.5)
        parts.append(svg.box(start, 0, wide, BAR, "pic-1"))
        if wide > svg.width_of(str(number), 12) + 3:
            parts.append(svg.label(start + wide / 2, 17.5, str(number), "pic-on pic-small", "middle"))
    if svg.WIDTH - ends[-1] > 2:
        parts.append(svg.box(ends[-1] + 0.5, 0.5, svg.WIDTH - ends[-1] - 1, BAR - 1, "pic-4"))
    return "".join(parts)


def _row(election: Election, one: Reason, number: int, most: int, top: float, currency: str) -> str:
    cost, voters = money(one.cost, currency), people(one.supporters)
    room = svg.WIDTH - NUMBER - svg.width_of(cost) - 10
    length = svg.edges([one.supporters], svg.WIDTH - NUMBER - 90, max(most, 1))[1]
    return "".join(
        (
            svg.label(NUMBER - 8, top + 12, str(number), "pic-label pic-figure", "end"),
            svg.label(NUMBER, top + 12, svg.shorten(_name(election, one), room)),
            svg.label(svg.WIDTH, top + 12, cost, "pic-label pic-figure", "end"),
            svg.box(NUMBER, top + 20, length, THIN, "pic-2"),
            svg.label(NUMBER + length + 6, top + 28.5, voters, "pic-quiet pic-small"),
        )
    )


def projects_picture(
    election: Election, reasons: Sequence[Reason], currency: str = "", id: str = "projects"
) -> Picture:
    """Every project as a dot: how many people chose it, and what it costs; funded ones are filled.

    Those that cost more than the whole budget are in the table alone.

    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> vote = Election((Project("park", Fraction(60)),), Fraction(90), Ballots.gathered([[0]], [5]))
    >>> projects_picture(vote, [Reason(0, 5, Fraction(60), won=True)], "GBP").table.rows
    (('park', '5', '£60', 'yes'),)
    """
    drawn = [one for one in reasons if one.lack is not Lack.TOO_DEAR]
    cheapest = min((one.supporters for one in drawn if one.won), default=0)
    description = f"Each dot is a project. The funded one with the fewest supporters had {cheapest:,}."
    if not any(one.won for one in drawn):
        description = "Each dot is a project. None is funded."
    frame = Frame(id, "What projects cost, and how many people chose them", description, "Project")
    body, height = (_field(drawn, currency), FIELD + 88.0) if drawn else ("", 0.0)
    rows = [
        (
            _name(election, one),
            f"{one.supporters:,}",
            money(one.cost, currency),
            "yes" if one.won else "no",
        )
        for one in reasons
    ]
    return svg.picture(frame, body, height, ("Project", "People who chose it", "Cost", "Funded"), rows)


def _field(drawn: Sequence[Reason], currency: str) -> str:
    dearest, most = max(one.cost for one in drawn), max(one.supporters for one in drawn)
    left, top, wide = 8, 24, svg.WIDTH - 16
    floor = top + FIELD
    parts = [
        svg.label(0, 13, f"costs up to {money(dearest, currency)}", "pic-quiet pic-small"),
        svg.line(left - 6, top, left - 6, floor + 6),
        svg.line(left - 6, floor + 6, svg.WIDTH, floor + 6),
        svg.label(0, floor + 24, "nobody", "pic-quiet pic-small"),
        svg.label(svg.WIDTH, floor + 24, f"{people(most)} chose it", "pic-quiet pic-small", "end"),
    ]
    for one in sorted(drawn, key=lambda one: one.won):
        x = left + float(Fraction(one.supporters * wide, max(most, 1)))
        y = floor - float(one.cost * FIELD / dearest if dearest else Fraction(0))
        parts.append(svg.dot(x, y, 5 if one.won else 4.5, "pic-1" if one.won else "pic-ring"))
    parts += [
        svg.dot(6, floor + 46, 5, "pic-1"),
        svg.label(18, floor + 50.5, "funded"),
        svg.dot(96, floor + 46, 4.5, "pic-ring"),
        svg.label(108, floor + 50.5, "not funded"),
    ]
    return "".join(parts)


def cost_picture(election: Election, one: Reason, currency: str = "", id: str = "cost") -> Picture:
    """How the cost of one project was shared under equal shares, or what was missing of it.

    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> vote = Election((Project("park", Fraction(60)),), Fraction(90), Ballots.gathered([[0]], [5]))
    >>> lost = Reason(0, 5, Fraction(60), won=False, lack=Lack.SUPPORTERS_MONEY, money=Fraction(45))
    >>> cost_picture(vote, lost, "GBP").table.rows
    (('Money', '£45', '£15'),)
    """
    name = _name(election, one)
    if one.price is not None and one.paid_in_full is not None:
        frame = Frame(id, f"How “{name}” was paid for", _shared(one, currency), "")
        return stacked(frame, ("paid the price", "gave all they had left"), _shares(one, currency))
    had = one.money if one.lack is Lack.SUPPORTERS_MONEY else None
    words = f"Its supporters had {money(had or Fraction(0), currency)} of {money(one.cost, currency)}."
    frame = Frame(id, f"What “{name}” had, and what was missing", words, "", "No shares were paid.")
    stacks = []
    if had is not None:
        values = had, one.cost - had
        stacks = [Stack("Money", _hundredths(*values), tuple(money(value, currency) for value in values))]
    return stacked(frame, ("its supporters had", "was missing"), stacks)


def _shared(one: Reason, currency: str) -> str:
    price, full = money(one.price or Fraction(0), currency), people(one.paid_in_full or 0)
    return f"{full} paid the price of {price}; {people(one.gave_all or 0)} gave all they had left."


def _shares(one: Reason, currency: str) -> list[Stack]:
    counts = one.paid_in_full or 0, one.gave_all or 0
    given = one.given or Fraction(0)
    amounts = one.cost - given, given
    return [
        Stack("People", counts, tuple(f"{count:,}" for count in counts), f"{sum(counts):,}"),
        Stack(
            "Money",
            _hundredths(*amounts),
            tuple(money(amount, currency) for amount in amounts),
            money(one.cost, currency),
        ),
    ]


def _hundredths(*amounts: Fraction) -> tuple[int, ...]:
    return tuple(int(amount * 100) for amount in amounts)


def _name(election: Election, one: Reason) -> str:
    project = election.projects[one.project]
    return project.name or project.id
