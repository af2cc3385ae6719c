"""Which part of the money went to each part of the town, and which part of the votes came from it?"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from folkmoot.core.decide.budgeting.election import Election, Indices
from folkmoot.core.kernel.disclosure import SMALLEST_SHOWN

UNTOLD = "not told"
ELSEWHERE = "all others"


@dataclass(frozen=True, eq=False, slots=True)
class Homes:
    """Where each voter lives, as the file tells it: the name of the place, and the group of their ballot."""

    names: Sequence[str]  # a voter each; blank, or a dash, where it is not told
    groups: Indices  # beside `names`


@dataclass(frozen=True, slots=True)
class Part:
    """One category or neighbourhood: its part of the votes (of the voters, by homes) and of the money."""

    name: str
    votes_share: Fraction
    spend_share: Fraction


def by_category(election: Election, winners: Collection[int]) -> tuple[Part, ...]:
    """Each category's part of all votes and of the money spent, by name.

    A project of several categories belongs to each in equal parts, so that the parts make up the whole.
    Nothing where no project has a category.

    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> park = Project("park", Fraction(70), categories=("green", "play"))
    >>> hall = Project("hall", Fraction(30), categories=("culture",))
    >>> vote = Election((park, hall), Fraction(100), Ballots.gathered([[0], [0, 1]], [2, 1]))
    >>> [(part.name, str(part.votes_share), str(part.spend_share)) for part in by_category(vote, [0])]
    [('culture', '1/4', '0'), ('green', '3/8', '1/2'), ('play', '3/8', '1/2')]
    """
    return _of_projects(election, winners, lambda place: election.projects[place].categories)


def by_neighbourhood(
    election: Election, winners: Collection[int], homes: Homes | None = None
) -> tuple[Part, ...]:
    """Each neighbourhood's part of the votes and of the money spent, by name.

    Where the projects have neighbourhoods, it is theirs. Otherwise the voters' homes: their part of the
    voters, and of the cost of the winners, each cost counted in equal parts for those who chose it (what
    nobody chose counts for none). So few voters that somebody could be picked out are told together, as all
    others, and never one neighbourhood alone, whose figures the rest would give away.
    """
    told = _of_projects(election, winners, lambda place: _named(election.projects[place].neighbourhood))
    return told or (_of_homes(election, winners, homes) if homes else ())


def _named(name: str) -> tuple[str, ...]:
    return (name,) if name else ()


def _of_projects(
    election: Election, winners: Collection[int], names: Callable[[int], tuple[str, ...]]
) -> tuple[Part, ...]:
    if not any(names(place) for place in range(len(election.projects))):
        return ()
    votes: dict[str, Fraction] = {}
    spend: dict[str, Fraction] = {}
    for place, project in enumerate(election.projects):
        told = names(place) or (UNTOLD,)
        for name in told:
            votes[name] = votes.get(name, Fraction(0)) + Fraction(election.votes[place], len(told))
            cost = project.cost / len(told) if place in winners else Fraction(0)
            spend[name] = spend.get(name, Fraction(0)) + cost
    return _parts(votes, spend)


def _of_homes(election: Election, winners: Collection[int], homes: Homes) -> tuple[Part, ...]:
    named = [(name.strip(" -") and name) or UNTOLD for name in homes.names]
    if set(named) <= {UNTOLD}:
        return ()
    names = sorted(set(named))
    number = {name: at for at, name in enumerate(names)}
    at = np.array([number[name] for name in named], dtype=np.int64)
    voters = np.bincount(at, minlength=len(names))
    spent = [Fraction(0)] * len(names)
    for place in winners:
        backers = np.bincount(at[_chose(election, place)[homes.groups]], minlength=len(names))
        if everybody := int(backers.sum()):
            each = election.projects[place].cost / everybody
            spent = [one + each * int(count) for one, count in zip(spent, backers, strict=True)]
    people = {name: int(count) for name, count in zip(names, voters, strict=True)}
    return _parts(*_told_together(people, dict(zip(names, spent, strict=True))))


def _chose(election: Election, place: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """For each group of ballots, whether it chose the project."""
    told = np.zeros(len(election.ballots), dtype=np.bool_)
    told[election.ballots.groups[election.ballots.choices == place]] = True
    return told


def _told_together(
    people: dict[str, int], spent: dict[str, Fraction]
) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """Neighbourhoods of too few voters as one, with at least one other and enough voters in all."""
    order = sorted(people, key=lambda name: (people[name], name))
    few = sum(people[name] < SMALLEST_SHOWN for name in order)
    while 0 < few < len(order) and sum(people[name] for name in order[:few]) < SMALLEST_SHOWN:
        few += 1
    small, large = order[:few], order[few:]
    votes, money = {name: Fraction(people[name]) for name in large}, {name: spent[name] for name in large}
    if small:
        votes[ELSEWHERE] = Fraction(sum(people[name] for name in small))
        money[ELSEWHERE] = sum((spent[name] for name in small), Fraction(0))
    return votes, money


def _parts(votes: dict[str, Fraction], spend: dict[str, Fraction]) -> tuple[Part, ...]:
    all_votes, all_spend = sum(votes.values(), Fraction(0)), sum(spend.values(), Fraction(0))
    ordered = sorted(votes, key=lambda name: (name in (UNTOLD, ELSEWHERE), name))
    return tuple(
        Part(
            name,
            votes[name] / all_votes if all_votes else Fraction(0),
            spend[name] / all_spend if all_spend else Fraction(0),
        )
        for name in ordered
    )
