"""Which projects win under the rule and the choices that were made?"""

from collections.abc import Callable
from dataclasses import replace

from folkmoot.core.decide.budgeting.comparing import compared, ineligible
from folkmoot.core.decide.budgeting.election import Election, VoteType
from folkmoot.core.decide.budgeting.equal_shares import Watch, equal_shares
from folkmoot.core.decide.budgeting.greedy import fund_by_score, greedy, greedy_by_score
from folkmoot.core.decide.budgeting.outcome import Outcome
from folkmoot.core.decide.budgeting.overspending import overspending
from folkmoot.core.decide.budgeting.phragmen import phragmen
from folkmoot.core.decide.budgeting.settings import Completion, Rule, Settings, Utility

FILLING = (Completion.UTILITARIAN, Completion.ADD1_UTILITARIAN)


def count(election: Election, settings: Settings, watch: Watch | None = None) -> Outcome:
    """The outcome of an election: the rule, its completion, and the comparison where it is asked for. `watch`
    is told now and then how many levels of Add1 were counted.

    A greedy rule with COST as utility goes by votes, or by points or ranks where the ballots have them; with
    another utility by that utility per cost. Equal shares count with the utility that is set; `utility_of`
    says which suits the ballots. With `settings.compare` an outcome stands only if no more voters prefer
    the greedy one (Wieliczka and Świecie 2023), by cost of what they chose; otherwise the greedy one does.
    Raises Refused for settings that the ballots do not allow.

    >>> from fractions import Fraction
    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> projects = tuple(Project(id, Fraction(60)) for id in ("park", "pool", "pond"))
    >>> vote = Election(projects, Fraction(120), Ballots.gathered([[0, 1], [2]], [6, 4]))
    >>> count(vote, Settings(rule=Rule.GREEDY)).winners
    (0, 1)
    >>> count(vote, Settings(completion=Completion.ADD1)).winners
    (0, 2)
    """
    if settings.rule is Rule.EQUAL_SHARES:
        told = _equal_shares(election, settings, watch)
    else:
        told = RULES[settings.rule](election, settings)
    if not settings.compare or settings.rule not in (Rule.EQUAL_SHARES, Rule.OVERSPENDING, Rule.PHRAGMEN):
        return told
    other = greedy_by_score(election, replace(settings, rule=Rule.GREEDY))
    votes = compared(election, told.winners, other.winners)
    words = f"{votes.first:,} voters prefer it to the greedy outcome, {votes.second:,} the greedy outcome"
    if votes.first_stands:
        return replace(told, notes=(*told.notes, f"{words}: it stands."))
    notes = (*other.notes, f"{words}: the greedy outcome stands in its place.")
    return replace(other, greedy_instead=True, notes=notes)


def utility_of(vote_type: VoteType) -> Utility:
    """The utility that suits the ballots: their points or ranks, and otherwise what a project costs."""
    if vote_type.has_points:
        return Utility.POINTS
    return Utility.BORDA if vote_type is VoteType.ORDINAL else Utility.COST


def _greedy(election: Election, settings: Settings) -> Outcome:
    return (greedy_by_score if settings.utility is Utility.COST else greedy)(election, settings)


def _equal_shares(election: Election, settings: Settings, watch: Watch | None) -> Outcome:
    out = ineligible(election, settings.eligible_at)
    told = replace(equal_shares(election, settings, out, watch), left_out=out)
    return _filled(election, settings, told) if settings.completion in FILLING else told


def _filled(election: Election, settings: Settings, told: Outcome) -> Outcome:
    """What is left of the budget goes to those with the most votes that fit, ties by the same order."""
    shut = {*told.winners, *told.left_out}
    waiting = [place for place in range(len(election.projects)) if place not in shut]
    ranks, costs = settings.ties.ranks(election), election.costs
    added = fund_by_score(
        [costs[place] for place in waiting],
        [election.votes[place] for place in waiting],
        election.limit - sum(costs[place] for place in told.winners),
        [ranks[place] for place in waiting],
    )
    completed = tuple(waiting[place] for place in added)
    return replace(told, winners=told.winners + completed, completed=completed)


RULES: dict[Rule, Callable[[Election, Settings], Outcome]] = {
    Rule.OVERSPENDING: overspending,
    Rule.PHRAGMEN: phragmen,
    Rule.GREEDY: _greedy,
    Rule.GREEDY_NO_SKIP: _greedy,
    Rule.GREEDY_THRESHOLD: _greedy,
    Rule.GREEDY_EXCLUSIVE: _greedy,
}
