"""Which committee do the approvals choose, one seat after the other?"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from folkmoot.core.decide.ranking.ballots import Approvals
from folkmoot.core.decide.ranking.settings import Completion
from folkmoot.core.kernel.errors import Refused

MOST_STATES = 20_000  # committees under way; ties can lead to very many

Committee = tuple[int, ...]
Money = tuple[Fraction, ...]  # of each group of equal ballots, for one voter of it


@dataclass(frozen=True, slots=True)
class Committees:
    """All committees that a rule chooses; more than one where ties could fall either way."""

    all: tuple[Committee, ...]  # each by place, ascending
    order: Committee = ()  # in which the seats were taken, where there was only one way
    broken: tuple[tuple[Committee, int], ...] = ()  # by an order of ties: who were equal, and who was taken

    @property
    def elected(self) -> Committee:
        """Who is in every one of them; in the order in which they were taken where that is known."""
        sure = set(self.all[0]).intersection(*self.all)
        return tuple(one for one in self.order if one in sure) or tuple(sorted(sure))

    @property
    def tied(self) -> Committee:
        """Who is in some of them and not in others."""
        return tuple(sorted(set[int]().union(*self.all) - set(self.all[0]).intersection(*self.all)))


def phragmen(approvals: Approvals, seats: int, ranks: Sequence[int] | None = None) -> Committees:
    """Everybody earns at one rate; whose supporters have a seat's price first takes it (sequential Phragmén).

    The supporters are then back at nothing. Who has no supporter comes last. All ways in which ties can fall
    are followed; with ranks the first of the equals is taken.

    Source: Brill, Freeman, Janson and Lackner, "Phragmén's Voting Methods and Justified Representation",
    AAAI 2017, after Phragmén (1894).

    >>> from folkmoot.core.decide.ranking.ballots import Candidate
    >>> votes = Approvals.gathered(map(Candidate, "abc"), [([0, 1], 3), ([2], 2)])
    >>> phragmen(votes, 2).all
    ((0, 2), (1, 2))
    """
    return _sequence(approvals, seats, (Fraction(0),) * len(approvals.ballots), _earning(approvals), ranks)


def equal_shares(
    approvals: Approvals,
    seats: int,
    ranks: Sequence[int] | None = None,
    completion: Completion = Completion.PHRAGMEN,
) -> Committees:
    """Everybody has an equal part of the seats to spend; who costs their supporters least is bought next.

    A seat costs 1, each voter has seats / voters. A candidate's price is the least amount at which the
    supporters, paying that or all they have, pay 1 between them. When nobody can be bought any more,
    `phragmen` goes on by letting everybody earn on top of what they have left; `votes` fills up by approvals;
    `none` leaves the seats empty. Ties as in `phragmen`.

    Source: Peters and Skowron, "Proportionality and the Limits of Welfarism", EC 2020, arXiv 1911.11747.

    >>> from folkmoot.core.decide.ranking.ballots import Candidate
    >>> votes = Approvals.gathered(map(Candidate, "abc"), [([0, 1], 3), ([2], 2)])
    >>> equal_shares(votes, 2).all, equal_shares(votes, 2, completion=Completion.NONE).all
    (((0, 2), (1, 2)), ((0,), (1,)))
    """
    start = (Fraction(seats, max(approvals.voters, 1)),) * len(approvals.ballots)
    earning = _earning(approvals)

    def moves(way: Way) -> Ways:
        bought = [] if way.completing else _buying(approvals, way)
        if bought or completion is Completion.NONE:
            return bought
        # From here on it stays with the completion, even if somebody could be bought again.
        way = replace(way, completing=True)
        return earning(way) if completion is Completion.PHRAGMEN else _by_votes(approvals, way)

    return _sequence(approvals, seats, start, moves, ranks)


def by_gain(
    approvals: Approvals,
    seats: int,
    weights: Sequence[Fraction],
    ranks: Sequence[int] | None = None,
) -> Committees:
    """Whoever adds most is taken next (sequential Thiele): a voter's nth one in it is worth weights[n - 1].

    With 1, 1/2, 1/3, ... this is sequential PAV, with 1, 0, 0, ... sequential Chamberlin-Courant. Ties as in
    `phragmen`.

    Source: Lackner and Skowron, "Multi-Winner Voting with Approval Preferences", Springer 2023.
    """

    def moves(way: Way) -> Ways:
        inside = set(way.committee)
        gains = {
            one: sum(
                (
                    weights[len(chosen & inside)] * count
                    for chosen, count in approvals.ballots
                    if one in chosen
                ),
                Fraction(0),
            )
            for one in range(len(approvals.candidates))
            if one not in inside
        }
        most = max(gains.values())
        return [way.then(one) for one in gains if gains[one] == most]

    return _sequence(approvals, seats, (), moves, ranks)


@dataclass(frozen=True, slots=True)
class Way:
    """A committee as far as it is chosen, in the order of its seats, and what every voter has then."""

    committee: Committee
    money: Money
    completing: bool = False  # equal shares: whether the shares are done with

    def then(self, one: int, money: Money | None = None) -> "Way":
        """The same with one more."""
        return replace(self, committee=(*self.committee, one), money=self.money if money is None else money)


Ways = list[Way]  # all in which the next seat can be taken, every one as good as the others


def _sequence(
    approvals: Approvals,
    seats: int,
    start: Money,
    moves: Callable[[Way], Ways],
    ranks: Sequence[int] | None,
) -> Committees:
    """Follow all ways through the ties, seat by seat."""
    ways: Ways = [Way((), start)]
    ended: dict[frozenset[int], Committee] = {}
    broken: list[tuple[Committee, int]] = []
    visited = 0
    for _ in range(min(seats, len(approvals.candidates))):
        following: dict[Hashable, Way] = {}
        for way in ways:
            can = moves(way)
            if not can:
                ended[frozenset(way.committee)] = way.committee
            elif ranks is not None:
                equal = tuple(sorted(one.committee[-1] for one in can))
                can = [min(can, key=lambda one: ranks[one.committee[-1]])]
                broken += [(equal, can[0].committee[-1])] if len(equal) > 1 else []
            for one in can:
                following.setdefault((frozenset(one.committee), one.money, one.completing), one)
        ways = list(following.values())
        visited += len(ways)
        if visited > MOST_STATES:
            raise too_many_ties()
    ended.update((frozenset(way.committee), way.committee) for way in ways)
    order = next(iter(ended.values())) if len(ended) == 1 else ()
    return Committees(tuple(sorted(tuple(sorted(one)) for one in ended)), order, tuple(broken))


def _earning(approvals: Approvals) -> Callable[[Way], Ways]:
    def moves(way: Way) -> Ways:
        """Phragmén's next: everybody earns at one rate on top of what they have."""
        left = [one for one in range(len(approvals.candidates)) if one not in way.committee]
        waits = {
            one: (1 - _held(approvals, one, way.money)) / approvals.votes[one]
            for one in left
            if approvals.votes[one]
        }
        if not waits:
            return [way.then(one) for one in left]
        soonest = min(waits.values())
        return [
            way.then(
                one,
                tuple(
                    Fraction(0) if one in chosen else have + soonest
                    for (chosen, _), have in zip(approvals.ballots, way.money, strict=True)
                ),
            )
            for one, wait in waits.items()
            if wait == soonest
        ]

    return moves


def _by_votes(approvals: Approvals, way: Way) -> Ways:
    left = [one for one in range(len(approvals.candidates)) if one not in way.committee]
    most = max(approvals.votes[one] for one in left)
    return [way.then(one) for one in left if approvals.votes[one] == most]


def _buying(approvals: Approvals, way: Way) -> Ways:
    """Equal shares' next: who costs the supporters least of those whom they can pay for."""
    prices = {
        one: _price(approvals, one, way.money)
        for one in range(len(approvals.candidates))
        if one not in way.committee and _held(approvals, one, way.money) >= 1
    }
    least = min(prices.values(), default=Fraction(0))
    return [
        way.then(
            one,
            tuple(
                have - min(have, least) if one in chosen else have
                for (chosen, _), have in zip(approvals.ballots, way.money, strict=True)
            ),
        )
        for one, price in prices.items()
        if price == least
    ]


def _held(approvals: Approvals, one: int, money: Money) -> Fraction:
    """What the supporters of one have between them."""
    return sum(
        (
            have * count
            for (chosen, count), have in zip(approvals.ballots, money, strict=True)
            if one in chosen
        ),
        Fraction(0),
    )


def _price(approvals: Approvals, one: int, money: Money) -> Fraction:
    """The least amount at which the supporters, paying that or all they have, pay 1 between them."""
    backers = sorted(
        (have, count) for (chosen, count), have in zip(approvals.ballots, money, strict=True) if one in chosen
    )
    lacking, people = Fraction(1), sum(count for _, count in backers)
    for have, count in backers:
        if have * people >= lacking:
            break
        lacking -= have * count
        people -= count
    return lacking / people


def too_many_ties() -> Refused:
    """The refusal where not every way through the ties can be followed."""
    return Refused(
        "These ballots were not counted.",
        "So many committees are equal that not all of them were found.",
        "Count with an order of ties, by id or by a public seed.",
        field="ties",
    )
