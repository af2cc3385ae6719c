"""Which projects can their supporters buy first, if everybody earns at one rate?"""

import heapq
import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from folkmoot.core.decide.budgeting.comparing import ineligible
from folkmoot.core.decide.budgeting.election import Election
from folkmoot.core.decide.budgeting.outcome import Outcome, Purchase
from folkmoot.core.decide.budgeting.settings import Settings

HALF_BIT = 2.0**-53  # the relative error of one rounding in float64


def phragmen(election: Election, settings: Settings) -> Outcome:
    """Buy, again and again, the project whose supporters have earned its cost first (sequential Phragmén).

    Every voter starts with nothing and earns at one rate. The moment the supporters of a project hold its
    cost between them it is bought, and they start again from nothing. The count stops at the first moment at
    which one of the projects that could then be bought does not fit into what is left of the budget. Projects
    that alone cost more than the budget are left aside from the start. Projects that nobody chose come last,
    all at once, after everything else has been bought (as pabutools has it); their price is 0.

    The price of a purchase is what each voter had earned by then in all, in currency. The rule reads who
    chose what, never points or ranks. Source: Los, Christoff and Grossi, "Proportional Budget Allocations:
    Towards a Systematization" (2022), after Phragmén (1894).

    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> costs = {"park": 60, "hall": 40, "pond": 30}
    >>> projects = tuple(Project(id, Fraction(cost)) for id, cost in costs.items())
    >>> vote = Election(projects, Fraction(100), Ballots.gathered([[0, 1], [1], [2]], [6, 2, 3]))
    >>> [(one.project, str(one.price)) for one in phragmen(vote, Settings()).purchases]
    [(1, '5'), (2, '10')]
    """
    out = ineligible(election, settings.eligible_at)
    race = _Race(election, settings.ties.ranks(election), set(out))
    bought: list[Purchase] = []
    left = election.limit
    while moment := race.next_moment():
        if any(election.costs[place] > left for place in moment):
            break
        winner = min(moment, key=race.ranks.__getitem__)
        left -= election.costs[winner]
        bought.append(race.buy(winner))
        race.put_back(place for place in moment if place != winner)
    return Outcome(tuple(one.project for one in bought), tuple(bought), left_out=out)


class _Race:
    """Who has earned how much since they last paid, and which project is next.

    A voter's load is what each voter had earned when that voter last paid, so that a project's moment is
    (its cost + the loads of its supporters) / its supporters. All supporters of a purchase get one load: a
    group's load is known by the round in which it last paid, and the loads of a project's supporters are a
    few whole numbers times the exact loads of the rounds (`tops` / `scale`).

    Moments only move later. So a project waits at the last moment that was worked out for it, in float64,
    and is worked out again only when it comes up. A moment is sums, products and one quotient of numbers that
    are never negative: with m groups its float is within (m + 5) roundings of the truth, in proportion.
    Whatever is further off than that is proved later; what is nearer is decided by whole numbers.
    """

    def __init__(self, election: Election, ranks: Sequence[int], out: set[int]) -> None:
        self.election, self.ranks = election, ranks
        people = election.ballots.counts.astype(np.float64)
        self.groups = _backers(election)
        self.weights = [people[groups] for groups in self.groups]
        self.loads = np.zeros(len(election.ballots))  # floats, in parts of the budget
        self.paid = np.zeros(len(election.ballots), dtype=np.int64)  # the round in which a group last paid
        self.tops, self.scale, self.round = [0], 1, 0
        self.limit = max(election.limit, 1)
        error = (len(election.ballots) + 5) * HALF_BIT
        # Beyond 900 bits a part of the budget might be too small for a float: whole numbers decide all then.
        self.slack = 1 + 4 * error if self.limit.bit_length() <= 900 else float("inf")
        entered = [
            place for place, cost in enumerate(election.costs) if place not in out and cost <= election.limit
        ]
        self.unsupported = [place for place in entered if not election.votes[place]]
        self.parts = {place: election.costs[place] / self.limit for place in entered}
        self.waiting = [
            (self.parts[place] / votes, place) for place in entered if (votes := election.votes[place])
        ]
        heapq.heapify(self.waiting)
        self.known = dict.fromkeys(self.parts, 0)  # the round for which the place in the queue holds

    def next_moment(self) -> list[int]:
        """Take the projects that can be bought first, all at one moment; empty when none are left."""
        if not self.waiting:
            moment, self.unsupported = self.unsupported, []
            return moment
        near: list[int] = []
        bar = float("inf")
        while self.waiting and self.waiting[0][0] <= bar:
            moment_of, place = heapq.heappop(self.waiting)
            if self.known[place] == self.round:
                near.append(place)
                bar = min(bar, moment_of * self.slack)
            else:
                self._wait(place)
        if len(near) == 1:
            return near
        first, tied = self._exact(near[0]), near[:1]
        votes = self.election.votes
        for place in near[1:]:
            sooner = self._exact(place) * votes[tied[0]] - first * votes[place]
            if sooner < 0:
                self.put_back(tied)
                first, tied = self._exact(place), [place]
            elif sooner > 0:
                self.put_back([place])
            else:
                tied.append(place)
        return tied

    def put_back(self, places: Iterable[int]) -> None:
        for place in places:
            if self.election.votes[place]:
                self._wait(place)
            else:
                self.unsupported.append(place)

    def buy(self, place: int) -> Purchase:
        """Let the supporters pay: from now on their load is this moment."""
        votes = self.election.votes[place]
        if not votes:
            return Purchase(place, Fraction(0))
        top = self._exact(place)
        shared = math.gcd(top, votes)
        step = votes // shared
        self.scale *= step
        self.tops = [one * step for one in self.tops] + [top // shared]
        self.round += 1
        self.paid[self.groups[place]] = self.round
        self.loads[self.groups[place]] = self.tops[-1] / (self.scale * self.limit)
        return Purchase(place, Fraction(self.tops[-1], self.scale * self.election.unit))

    def _wait(self, place: int) -> None:
        held = float(np.einsum("i,i", self.weights[place], self.loads.take(self.groups[place])))
        moment = (self.parts[place] + held) / self.election.votes[place]
        self.known[place] = self.round
        heapq.heappush(self.waiting, (moment, place))

    def _exact(self, place: int) -> int:
        """The project's moment times `scale` times its votes."""
        # Weights are whole and add up to far less than 2**53: these floats are exact.
        by_round = np.bincount(self.paid.take(self.groups[place]), self.weights[place]).tolist()
        held = sum(int(weight) * top for weight, top in zip(by_round, self.tops, strict=False) if weight)
        return self.election.costs[place] * self.scale + held


def _backers(election: Election) -> list[NDArray[np.intp]]:
    """The groups that chose each project."""
    choices, length = election.ballots.choices, len(election.projects)
    # Whole numbers of 16 bits are sorted in one pass, more than ten times faster.
    order = np.argsort(choices.astype(np.int16) if length < 2**15 else choices, kind="stable")
    groups = election.ballots.groups[order].astype(np.intp)
    ends = np.cumsum(np.bincount(choices, minlength=length)).tolist()
    return [groups[start:end] for start, end in pairwise([0, *ends])]
