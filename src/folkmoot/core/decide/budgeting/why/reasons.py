"""Why was each project funded, or not, and what would it have needed?"""

from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from math import ceil

from folkmoot.core.decide.budgeting.election import Election, VoteType
from folkmoot.core.decide.budgeting.outcome import Outcome
from folkmoot.core.decide.budgeting.settings import Rule, Settings, Utility
from folkmoot.core.decide.budgeting.why.ahead import Queue, Score, Turn, rivals_of, scores_of
from folkmoot.core.decide.budgeting.why.further import Further, newcomer
from folkmoot.core.decide.budgeting.why.replay import Deal, held, moments

BOUGHT_TOGETHER = (Rule.EQUAL_SHARES, Rule.OVERSPENDING, Rule.PHRAGMEN)


class Kind(StrEnum):
    """What a project lacked, in a word."""

    MONEY = "money"
    SUPPORT = "support"
    SHUT_OUT = "shut out"


class Lack(StrEnum):
    """What a project lacked, more exactly."""

    TOO_DEAR = "too dear"  # it costs more than the whole budget
    SUPPORTERS_MONEY = "supporters' money"  # its supporters had less than its cost when the count ended
    LEFT_OVER = "left over"  # less than its cost was left of the budget when the count ended
    ENDED = "ended"  # the count ended before its supporters had earned its cost, or met its terms
    NOT_CHOSEN = "not chosen"  # nobody would pay for it
    TURN = "turn"  # less than its cost was left when its turn came, after those with more votes
    STOPPED = "stopped"  # the count had stopped before its turn came
    THRESHOLD = "threshold"  # it has fewer votes than the rule asks for
    INELIGIBLE = "ineligible"  # its part of the votes is too small for its part of the budget
    RIVAL = "rival"  # of a set of which one may win, another did

    @property
    def kind(self) -> Kind:
        """Money, support, or shut out."""
        if self in (Lack.THRESHOLD, Lack.INELIGIBLE, Lack.RIVAL):
            return Kind.SHUT_OUT
        return Kind.SUPPORT if self in (Lack.NOT_CHOSEN, Lack.TURN, Lack.STOPPED) else Kind.MONEY


class Unit(StrEnum):
    """What a project would have needed more of."""

    SUPPORTERS = "supporters"  # equal shares: people with an unspent full share who chose it alone
    VOTES = "votes"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Reason:
    """One project: who chose it, what it costs, whether it won, and why. Money is in the currency."""

    project: int  # its place in the election's projects
    supporters: int  # people who chose it
    cost: Fraction
    won: bool
    round: int | None = None  # the how-manyeth winner, from 1
    completed: bool = False  # a winner that a completion added by votes: nobody paid a share for it
    price: Fraction | None = None  # what each supporter paid (each point, where utility goes by points)
    paid_in_full: int | None = None  # equal shares: people who paid the price
    gave_all: int | None = None  # equal shares: people who had less, and gave all of it
    given: Fraction | None = None  # what these gave between them
    lack: Lack | None = None  # of a project that did not win
    payers: int | None = None  # equal shares: people who would pay; of supporters, those who gave it points
    money: Fraction | None = None  # what its supporters had left, or what was left of the budget
    needed: int | Fraction | None = None  # how many more of the unit, if that is known
    unit: Unit = Unit.VOTES
    rival: int | None = None  # the winner that shut it out

    @property
    def effective_votes(self) -> Fraction | None:
        """Cost / price: by so many people paying in full it was carried. Under equal shares with cost as
        utility the project with the most is bought first."""
        return self.cost / self.price if self.price else None

    @property
    def effective_support(self) -> int | None:
        """The supporters that a losing project would have needed in all, where they are people."""
        if self.needed is None or self.unit is Unit.POINTS:
            return None
        return self.supporters + ceil(self.needed)


def reasons(election: Election, settings: Settings, outcome: Outcome) -> tuple[Reason, ...]:
    """Why each project won or did not, in the order of the election's projects.

    Equal shares: `needed` is the least number of further supporters, who chose this project alone and each
    have the share that everybody had, with whom the count at this share buys it. The shares are kept: more
    voters do not make everybody's share smaller (that is as if the budget grew by the newcomers' shares).
    Under Add1 the share, and the money that supporters had, are those of the last level; whether the budget
    would have held at that level is not asked. A completion by votes counts too: if fewer votes would have
    brought the project in there, it is that number. Nothing is defined under Borda.

    Greedy: `needed` is by how much its votes (points, where the ballots have points) must grow, all else
    kept, for it to be funded: to come before the last project before which it still fits. Phragmén and
    bounded overspending: no number is worked out.

    No number is given for a project that costs more than the whole budget. Of a project that was shut out by
    too few votes it is enough to enter and to win. The outcome must be that of `count` with these settings.

    >>> from folkmoot.core.decide.budgeting.counting import count
    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> costs = {"park": 60, "hall": 50, "pond": 40}
    >>> projects = tuple(Project(id, Fraction(cost)) for id, cost in costs.items())
    >>> vote = Election(projects, Fraction(100), Ballots.gathered([[0], [0, 1], [2]], [4, 2, 4]))
    >>> park, hall, pond = reasons(vote, Settings(), count(vote, Settings()))
    >>> park.price, pond.price, hall.lack.value, hall.money, hall.needed
    (Fraction(10, 1), Fraction(10, 1), "supporters' money", Fraction(0, 1), 4)
    """
    if _by_shares(settings, outcome):
        return _Shares(election, settings, outcome).told()
    if settings.rule in BOUGHT_TOGETHER and not outcome.greedy_instead:
        return _bought(election, outcome)
    return _Scored(election, settings, outcome).told()


def _by_shares(settings: Settings, outcome: Outcome) -> bool:
    return settings.rule is Rule.EQUAL_SHARES and outcome.share is not None


def _plain(election: Election, outcome: Outcome) -> list[Reason]:
    """What is the same under every rule."""
    rounds = {place: number for number, place in enumerate(outcome.winners, 1)}
    return [
        Reason(
            place,
            election.votes[place],
            project.cost,
            won=place in rounds,
            round=rounds.get(place),
            completed=place in outcome.completed,
        )
        for place, project in enumerate(election.projects)
    ]


def _left(election: Election, winners: tuple[int, ...]) -> int:
    return election.limit - sum(election.costs[place] for place in winners)


def _entry(election: Election, settings: Settings, project: int) -> int:
    """How many more votes the eligibility rule asks for; the number of voters is kept."""
    if settings.eligible_at is None or not election.limit:
        return 0
    part = settings.eligible_at * election.costs[project] / election.limit
    return max(ceil(part * election.ballots.voters) - election.votes[project], 0)


class _Shares:
    """The reasons of equal shares."""

    def __init__(self, election: Election, settings: Settings, outcome: Outcome) -> None:
        self.election, self.settings, self.outcome = election, settings, outcome
        self.plain = _plain(election, outcome)
        self.ranks = settings.ties.ranks(election)

    def told(self) -> tuple[Reason, ...]:
        losers = [one.project for one in self.plain if not one.won]
        one = newcomer(self.election, self.settings, (self.outcome.share or Fraction(0)) * self.election.unit)
        further = Further(losers, self.ranks, one) if one else None
        deals: dict[int, Deal] = {}
        money: dict[int, tuple[Fraction, int]] = {}
        for moment in moments(self.election, self.settings, self.outcome):
            if further:
                further.look(moment)
            if moment.deal:
                deals[moment.deal.project] = moment.deal
                continue
            payers = moment.purses.payers
            people = {place: int(payers.counts[payers.of(place)[0]].sum()) for place in losers}
            money = {place: (held(moment.purses, place), people[place]) for place in losers}
        least = further.least if further else {}
        return tuple(
            self._won(one, deals.get(one.project))
            if one.won
            else self._lost(one, *money[one.project], least.get(one.project))
            for one in self.plain
        )

    def _won(self, reason: Reason, deal: Deal | None) -> Reason:
        if deal is None:
            return reason
        points = self.settings.utility is Utility.POINTS
        price = deal.price / self.election.unit * (self.election.ballots.point_unit if points else 1)
        given = deal.given / self.election.unit
        return replace(reason, price=price, paid_in_full=deal.in_full, gave_all=deal.gave_all, given=given)

    def _lost(self, reason: Reason, money: Fraction, payers: int, least: int | None) -> Reason:
        election, place = self.election, reason.project
        lack = Lack.SUPPORTERS_MONEY if payers else Lack.NOT_CHOSEN
        if place in self.outcome.left_out:
            lack = Lack.INELIGIBLE
        if election.costs[place] > election.limit:
            lack, least = Lack.TOO_DEAR, None
        elif least is not None:
            least = max(min(least, self._filled(place, least)), _entry(election, self.settings, place))
        told = replace(reason, lack=lack, money=money / election.unit, needed=least, unit=Unit.SUPPORTERS)
        return replace(told, payers=payers)

    def _filled(self, place: int, otherwise: int) -> int:
        """With how many more votes a completion by votes would have taken the project."""
        if "utilitarian" not in self.settings.completion:
            return otherwise
        added = set(self.outcome.completed)
        bought = tuple(one for one in self.outcome.winners if one not in added)
        waiting = set(range(len(self.election.projects))) - set(bought) - set(self.outcome.left_out)
        scores = [Score(votes, 1) for votes in self.election.votes]
        queue = Queue(self.election, scores, waiting, _left(self.election, bought), self.ranks)
        more = queue.turn(place).further
        return otherwise if more is None else more


def _bought(election: Election, outcome: Outcome) -> tuple[Reason, ...]:
    """The reasons of Phragmén and of bounded overspending."""
    prices = {one.project: one.price for one in outcome.purchases}
    left = _left(election, outcome.winners)
    told = []
    for one in _plain(election, outcome):
        if one.won:
            told.append(replace(one, price=prices.get(one.project)))
            continue
        cost = election.costs[one.project]
        lack = Lack.LEFT_OVER if cost > left else Lack.ENDED if one.supporters else Lack.NOT_CHOSEN
        lack = Lack.TOO_DEAR if cost > election.limit else lack
        lack = Lack.INELIGIBLE if one.project in outcome.left_out else lack
        told.append(replace(one, lack=lack, money=Fraction(left, election.unit), unit=Unit.SUPPORTERS))
    return tuple(told)


class _Scored:
    """The reasons of the greedy rules."""

    def __init__(self, election: Election, settings: Settings, outcome: Outcome) -> None:
        if settings.rule in BOUGHT_TOGETHER:  # replaced by the greedy outcome: by score, and skipping
            settings = replace(settings, rule=Rule.GREEDY, utility=Utility.COST)
        self.election, self.settings, self.outcome = election, settings, outcome
        self.scores = scores_of(election, settings)
        ranked = election.vote_type is VoteType.ORDINAL and settings.utility is Utility.COST
        self.unit_of_points = 1 if ranked or election.ballots.points is None else election.ballots.point_unit
        has_points = election.ballots.points is not None and settings.utility is not Utility.CARDINALITY
        borda = ranked or settings.utility is Utility.BORDA
        self.unit = Unit.POINTS if has_points or borda else Unit.VOTES
        self.queue = Queue(
            election,
            self.scores,
            set(range(len(election.projects))) - set(outcome.left_out),
            election.limit,
            settings.ties.ranks(election),
            skips=settings.rule is not Rule.GREEDY_NO_SKIP,
            rivals=rivals_of(election, settings),
        )

    def told(self) -> tuple[Reason, ...]:
        return tuple(one if one.won else self._lost(one) for one in _plain(self.election, self.outcome))

    def _lost(self, reason: Reason) -> Reason:
        place, turn = reason.project, self.queue.turn(reason.project)
        lack = self._lack(place, turn)
        more = self._needed(place, turn)
        if self.unit is Unit.VOTES or more is None:
            needed: int | Fraction | None = more
        else:
            needed = Fraction(more, self.unit_of_points)
        money = Fraction(turn.left, self.election.unit)
        return replace(reason, lack=lack, money=money, needed=needed, unit=self.unit, rival=turn.rival)

    def _lack(self, place: int, turn: Turn) -> Lack:
        if place in self.outcome.left_out:
            return Lack.THRESHOLD if self._below(place) else Lack.INELIGIBLE
        if self.election.costs[place] > self.election.limit:
            return Lack.TOO_DEAR
        if turn.rival is not None:
            return Lack.RIVAL
        return Lack.STOPPED if turn.stopped else Lack.TURN

    def _needed(self, place: int, turn: Turn) -> int | None:
        entry = _entry(self.election, self.settings, place)
        if turn.further is None or (entry and self.unit is not Unit.VOTES):
            return None
        # Below a threshold, votes and points count as they are, whatever the order goes by.
        return max(turn.further, entry, self._below(place))

    def _below(self, place: int) -> int:
        """By how much a project is below the threshold; under COST in its own score, else in its points."""
        threshold = self.settings.threshold
        if threshold is None:
            return 0
        by_score = self.settings.utility is Utility.COST
        score = self.scores[place].total if by_score else self.election.points[place]
        unit = 1 if self.election.ballots.points is None else self.election.ballots.point_unit
        return max(ceil(threshold * unit) - score, 0)
