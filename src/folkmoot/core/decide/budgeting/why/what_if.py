"""What would change with another budget, without a project, or by another rule?"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from folkmoot.core.decide.budgeting.counting import count
from folkmoot.core.decide.budgeting.election import Ballots, Election
from folkmoot.core.decide.budgeting.outcome import Outcome, Purchase
from folkmoot.core.decide.budgeting.settings import Settings
from folkmoot.core.kernel.errors import Refused


@dataclass(frozen=True, slots=True)
class Change:
    """Another outcome and how it differs from the first; projects are places in the first election."""

    first: Outcome
    outcome: Outcome
    comes_in: tuple[int, ...]  # in the order in which they are funded now
    goes_out: tuple[int, ...]  # in the order in which they were funded
    cost_before: Fraction
    cost: Fraction

    @property
    def changed(self) -> bool:
        """Whether other projects win."""
        return bool(self.comes_in or self.goes_out)


def what_if(
    election: Election,
    settings: Settings,
    *,
    budget: Fraction | None = None,
    without: Collection[str] = (),
    settings_instead: Settings | None = None,
    first: Outcome | None = None,
) -> Change:
    """Count again with something changed: the budget (in currency), projects withdrawn (by id), the settings.

    Everybody still votes: who chose only a withdrawn project keeps their share of the money. `first` is the
    outcome as it is, if it is at hand; otherwise it is counted too. Raises Refused for a project that is not
    on the list and a budget of nothing.

    >>> from folkmoot.core.decide.budgeting.election import Project
    >>> projects = tuple(Project(id, Fraction(60)) for id in ("park", "pool", "pond"))
    >>> vote = Election(projects, Fraction(120), Ballots.gathered([[0, 1], [2]], [6, 4]))
    >>> what_if(vote, Settings(), without=["park"]).comes_in
    (1,)
    >>> what_if(vote, Settings(), budget=Fraction(150)).comes_in
    (2,)
    """
    if budget is not None and budget <= 0:
        raise Refused("The budget is nothing.", f"It is {budget}.", "Give one above nothing.", field="budget")
    first = first or count(election, settings)
    instead = settings_instead or settings
    other, places = _without(replace(election, budget=budget or election.budget), without)
    rivals = tuple(group - frozenset(without) for group in instead.rivals)
    told = _placed(count(other, replace(instead, rivals=rivals)), places)
    before, after = set(first.winners), set(told.winners)
    return Change(
        first,
        told,
        tuple(place for place in told.winners if place not in before),
        tuple(place for place in first.winners if place not in after),
        _cost(election, first),
        _cost(election, told),
    )


def _without(election: Election, ids: Collection[str]) -> tuple[Election, Sequence[int]]:
    """The election without some projects, and the place that each of the others had."""
    known = {project.id for project in election.projects}
    if unknown := sorted(set(ids) - known):
        raise Refused(
            "No project was withdrawn.",
            f"There is no project “{unknown[0]}” on the list.",
            "Name projects by the ids of the list.",
            field="without",
        )
    kept = [place for place, project in enumerate(election.projects) if project.id not in ids]
    if len(kept) == len(election.projects):
        return election, kept
    ballots, seats = election.ballots, np.full(len(election.projects), -1, dtype=np.int32)
    seats[kept] = np.arange(len(kept), dtype=np.int32)
    chosen = seats[ballots.choices]
    stays = chosen >= 0
    starts = np.concatenate(([0], np.cumsum(stays)))[ballots.starts].astype(np.int64)
    points = None if ballots.points is None else ballots.points[stays]
    fewer = Ballots(starts, chosen[stays], ballots.counts, points, ballots.point_unit)
    projects = tuple(election.projects[place] for place in kept)
    return replace(election, projects=projects, ballots=fewer), kept


def _placed(outcome: Outcome, places: Sequence[int]) -> Outcome:
    """The outcome with the places that the projects have in the first election."""

    def back(told: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(places[place] for place in told)

    return replace(
        outcome,
        winners=back(outcome.winners),
        purchases=tuple(Purchase(places[one.project], one.price) for one in outcome.purchases),
        completed=back(outcome.completed),
        left_out=back(outcome.left_out),
    )


def _cost(election: Election, outcome: Outcome) -> Fraction:
    return sum((election.projects[place].cost for place in outcome.winners), Fraction(0))
