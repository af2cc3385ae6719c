"""Which projects win if money goes to the best first, until it is spent?"""

from collections.abc import Collection, Sequence, Set
from fractions import Fraction

import numpy as np

from folkmoot.core.decide.budgeting.comparing import ineligible
from folkmoot.core.decide.budgeting.election import Election, VoteType
from folkmoot.core.decide.budgeting.outcome import Outcome
from folkmoot.core.decide.budgeting.payers import payers_of
from folkmoot.core.decide.budgeting.settings import Rule, Settings, Utility
from folkmoot.core.kernel.errors import Refused

Score = int | Fraction


def greedy(election: Election, settings: Settings) -> Outcome:
    """Fund the projects by what they are worth to all voters for each unit of money, best first.

    With cost as utility that is by votes; with cardinality by votes per cost; with points or Borda by the sum
    of points or of Borda scores per cost. This is the greedy rule of Talmon and Faliszewski, "A Framework for
    Approval-Based Budgeting Methods" (2019), as pabutools counts it. What does not fit is skipped, so that
    at the end nothing more fits; `greedy-no-skip` stops at it instead. A threshold, rivals and the
    eligibility rule hold wherever the settings have them. A project nobody chose comes last, but it comes.

    Most cities go by votes or points alone, whatever a project costs: `greedy_by_score`.

    Raises Refused where rivals name a project that is not on the list, and for a utility by points or ranks
    that the ballots have not.

    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> costs = {"park": 70, "hall": 60, "pond": 40}
    >>> projects = tuple(Project(id, Fraction(cost)) for id, cost in costs.items())
    >>> vote = Election(projects, Fraction(100), Ballots.gathered([[0], [1, 2], [2]], [4, 3, 2]))
    >>> greedy(vote, Settings(rule=Rule.GREEDY)).winners
    (2, 1)
    >>> greedy(vote, Settings(rule=Rule.GREEDY_NO_SKIP)).winners
    (2,)
    """
    return _counted(election, settings, _densities(election, settings.utility), election.points)


def greedy_by_score(election: Election, settings: Settings) -> Outcome:
    """Fund the projects with the most votes first, or the most points where the ballots have points.

    The rule of most cities, whatever a project costs; the utility of the settings is not asked. Ordinal
    ballots give as many points to their first as the longest ballot has places, and one less to each that
    follows (Kraków: 3, 2 and 1). The threshold is in the same score.

    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> park, hall = Project("park", Fraction(70)), Project("hall", Fraction(40))
    >>> given = Ballots.gathered([[0, 1], [0]], [2, 1], [[5, 2], [1]])
    >>> greedy_by_score(Election((park, hall), Fraction(100), given), Settings(rule=Rule.GREEDY)).winners
    (0,)
    """
    scores = _by_rank(election) if election.vote_type is VoteType.ORDINAL else election.points
    return _counted(election, settings, scores, scores)


def fund_by_score(
    costs: Sequence[Score],
    scores: Sequence[Score],
    limit: Score,
    ranks: Sequence[int],
    *,
    skip: bool = True,
    threshold: Score | None = None,
    rivals: Collection[Set[int]] = (),
) -> tuple[int, ...]:
    """Fund by a score that is known, highest first: the places of the winners, in the order of funding.

    costs and limit are exact and in one unit; scores are votes or points. `ranks` breaks ties, 0 first
    (cities mostly go by the order of their list: `range(len(costs))`). skip: go on after a project that does
    not fit, or stop there. threshold: a score below it is never funded. rivals: sets of places; once one of
    a set has won, the others are passed over.

    >>> fund_by_score([70, 60, 40, 40], [9, 8, 7, 2], 150, range(4), threshold=3)
    (0, 1)
    >>> fund_by_score([70, 60, 40, 40], [9, 8, 7, 2], 150, range(4), rivals=[{0, 1}])
    (0, 2, 3)
    >>> fund_by_score([70, 90, 40], [9, 8, 7], 150, range(3), skip=False)
    (0,)
    """
    winners: list[int] = []
    shut: set[int] = set()
    for place in sorted(range(len(costs)), key=lambda place: (-scores[place], ranks[place])):
        if place in shut or (threshold is not None and scores[place] < threshold):
            continue
        if costs[place] > limit:
            if not skip:
                break
            continue
        limit -= costs[place]
        winners.append(place)
        shut.update(*(group for group in rivals if place in group))
    return tuple(winners)


def _counted(election: Election, settings: Settings, order: Sequence[int], scores: Sequence[int]) -> Outcome:
    out = set(ineligible(election, settings.eligible_at)) | _below(election, scores, settings.threshold)
    entered = [place for place in range(len(election.projects)) if place not in out]
    ranks = settings.ties.ranks(election)
    told = fund_by_score(
        [election.costs[place] for place in entered],
        [order[place] for place in entered],
        election.limit,
        [ranks[place] for place in entered],
        skip=settings.rule is not Rule.GREEDY_NO_SKIP,
        rivals=_rivals(election, settings.rivals, entered),
    )
    winners = tuple(entered[place] for place in told)
    return Outcome(winners, notes=_oddities(settings), left_out=tuple(sorted(out)))


def _densities(election: Election, utility: Utility) -> Sequence[int]:
    """Whole numbers in the same order as utility per cost, equal where that is equal."""
    if utility is Utility.COST:
        return election.votes
    totals = _totals(election, utility)
    # Two different quotients by costs below 2**k are more than 4**-k apart, so that rounding them down to
    # whole units of 4**-k keeps them apart and in order, and equal ones equal.
    bits = 2 * max(election.costs, default=0).bit_length()
    free = max(totals, default=0) + 1 << bits  # what costs nothing is better than any that costs
    return [
        (total << bits) // cost if cost else (free if total > 0 else 0)
        for total, cost in zip(totals, election.costs, strict=True)
    ]


def _totals(election: Election, utility: Utility) -> Sequence[int]:
    if utility is Utility.CARDINALITY:
        return election.votes
    if utility is Utility.POINTS and election.ballots.points is not None:
        return election.points
    payers = payers_of(election, utility)
    backers = [payers.of(place) for place in range(len(election.projects))]
    return [int(payers.counts[groups] @ weights) for groups, weights in backers]


def _by_rank(election: Election) -> Sequence[int]:
    ballots, told = election.ballots, np.zeros(len(election.projects), dtype=np.int64)
    lengths = np.diff(ballots.starts)
    before = np.arange(len(ballots.choices)) - np.repeat(ballots.starts[:-1], lengths)
    np.add.at(told, ballots.choices, (lengths.max(initial=0) - before) * np.repeat(ballots.counts, lengths))
    return [int(one) for one in told]


def _below(election: Election, scores: Sequence[int], threshold: Fraction | None) -> set[int]:
    if threshold is None:
        return set()
    unit = 1 if election.ballots.points is None else election.ballots.point_unit
    return {place for place, score in enumerate(scores) if score < threshold * unit}


def _rivals(election: Election, named: Collection[Set[str]], entered: Sequence[int]) -> list[set[int]]:
    """The sets of rivals as places among those that entered."""
    place_of = {project.id: place for place, project in enumerate(election.projects)}
    if unknown := sorted({id for group in named for id in group if id not in place_of}):
        raise Refused(
            "The rivals were not read.",
            f"There is no project “{unknown[0]}” on the list.",
            "Name rivals by the ids of the list.",
            field="rivals",
        )
    seat = {place: entry for entry, place in enumerate(entered)}
    return [{seat[place_of[id]] for id in group if place_of[id] in seat} for group in named]


def _oddities(settings: Settings) -> tuple[str, ...]:
    if settings.rule is Rule.GREEDY_THRESHOLD and settings.threshold is None:
        return ("No threshold was given, so nothing was left out for too few votes.",)
    if settings.rule is Rule.GREEDY_EXCLUSIVE and not settings.rivals:
        return ("No rivals were named, so no project shut out another.",)
    return ()
