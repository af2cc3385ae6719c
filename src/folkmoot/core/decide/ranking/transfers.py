"""Who is elected when votes are passed on (single transferable vote)?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from folkmoot.core.decide.ranking.ballots import Rankings
from folkmoot.core.decide.ranking.settings import Transfer
from folkmoot.core.kernel.errors import Refused

MOST_STATES = 3_000  # counts under way; ties can lead to very many


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: the votes of all still in the count, and what was done then."""

    votes: tuple[tuple[int, Fraction], ...]  # candidate and votes, most first
    exhausted: Fraction  # votes that name nobody else
    elected: tuple[int, ...] = ()  # at this stage
    surplus_of: int | None = None  # whose surplus was passed on
    excluded: tuple[int, ...] = ()  # whose votes were passed on
    tied: tuple[int, ...] = ()  # equal for what was done next; without an order of ties the count branches


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way in which the count can end: who is elected, and who are equal for what is left."""

    elected: frozenset[int]
    equal: frozenset[int] = frozenset()  # without a vote between them, and more than there are seats


@dataclass(frozen=True, slots=True)
class Count:
    """An STV count over every way in which ties might fall."""

    seats: int
    quota: int
    valid: int  # ballots that rank somebody
    elected: tuple[int, ...]  # whatever ties do; in the order of election if there were none
    tied: tuple[int, ...]  # elected in some ways and not in others
    outcomes: tuple[Outcome, ...]
    stages: tuple[Stage, ...]  # up to the first tie that mattered


@dataclass(frozen=True, slots=True)
class _Paper:
    """Equal ballots that lie together."""

    line: tuple[int, ...]
    at: int  # how many of the line were passed
    value: Fraction  # of all of them together
    parcel: int  # the stage in which they came


Piles = dict[int, tuple[_Paper, ...]]


@dataclass(frozen=True, slots=True)
class _State:
    """A count under way; piles are never changed, only replaced."""

    piles: Piles
    hopeful: frozenset[int]
    elected: tuple[int, ...] = ()
    surplus: frozenset[int] = frozenset()  # elected, and their surplus not yet passed on
    exhausted: Fraction = Fraction(0)
    number: int = 0

    def votes(self, one: int) -> Fraction:
        return sum((paper.value for paper in self.piles[one]), Fraction(0))

    @property
    def key(self) -> object:
        """Equal for counts that will go on alike."""
        inside = self.hopeful | self.surplus
        papers = [
            (one, paper.line, paper.at, paper.value, paper.parcel == self.number)
            for one in sorted(inside)
            for paper in self.piles[one]
        ]
        return (self.hopeful, frozenset(self.elected), self.surplus, frozenset(papers), len(papers))


def stv(
    rankings: Rankings,
    seats: int,
    ranks: Sequence[int] | None = None,
    transfer: Transfer = Transfer.WIG,
) -> Count:
    """Elect by quota, pass on surpluses and the votes of the last, in exact fractions.

    The quota is Droop's: the whole number above (valid ballots) / (seats + 1). Who reaches it is elected.
    Then the largest surplus is passed on, or, where there is none, whoever has the fewest votes is excluded
    and their ballots are passed on in one go at the value that they have; to the next on the ballot who is
    neither elected nor excluded. When as many are left as there are seats to fill, all of them are elected.

    `wig` (weighted inclusive Gregory, as in Scotland but without rounding): every ballot of the elected
    passes on, at its value times surplus / votes; what names nobody else takes its part out of the count.
    `gregory` (last parcel): only the ballots that came last, which made the quota full, pass on, and of these
    those that name somebody else, each with the same part of its value, never above it.

    Where several have the largest surplus or the fewest votes, every way is followed: `tied` are elected in
    some ways and not in others. With ranks the first of the equals by rank is passed on first and the last is
    excluded first. Earlier stages are not looked back to.

    Raises Refused for ballots that put two in one place, for fewer than one seat, and where ties lead to too
    many different counts.

    >>> from folkmoot.core.decide.ranking.ballots import Candidate, Ranked
    >>> votes = [Ranked(((0,), (1,)), 6), Ranked(((2,),), 3), Ranked(((1,),), 2)]
    >>> found = stv(Rankings.gathered(map(Candidate, "abc"), votes), 2)
    >>> found.quota, found.elected, [str(votes) for _, votes in found.stages[1].votes]
    (4, (0, 1), ['4', '4', '3'])
    """
    if seats < 1:
        raise Refused("Nobody was elected.", "There is no seat.", "Give at least one.", field="seats")
    valid = sum(count for _, count in rankings.lines)
    rules = _Rules(seats, valid // (seats + 1) + 1, ranks, transfer)
    waiting, seen, stages = [_first(rankings)], set[object](), list[Stage]()
    outcomes: dict[Outcome, tuple[int, ...]] = {}
    straight = True
    while waiting:
        state = waiting.pop()
        ended, followers, stage = rules.go_on(state)
        if straight:
            stages.append(stage)
        straight = straight and len(followers) == 1
        if ended:
            outcomes.setdefault(ended[0], ended[1])
        for one in followers:
            if one.key not in seen:
                seen.add(one.key)
                waiting.append(one)
        if len(seen) > MOST_STATES:
            raise _too_many_ties()
    return _gathered(rules, valid, outcomes, stages)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What holds all through a count."""

    seats: int
    quota: int
    ranks: Sequence[int] | None
    transfer: Transfer

    def go_on(self, state: _State) -> tuple[tuple[Outcome, tuple[int, ...]] | None, list[_State], Stage]:
        """One stage: how the count ends or the ways in which it can go on, and the stage as it is shown."""
        votes = {one: state.votes(one) for one in sorted(state.hopeful | set(state.elected))}
        hopeful = sorted(state.hopeful, key=lambda one: -votes[one])
        new = tuple(one for one in hopeful if votes[one] >= self.quota)
        state = replace(
            state,
            elected=state.elected + new,
            hopeful=state.hopeful - set(new),
            surplus=state.surplus | {one for one in new if votes[one] > self.quota},
        )
        left = self.seats - len(state.elected)
        if left and len(state.hopeful) <= left:
            rest = tuple(one for one in hopeful if one not in new)
            new, state = new + rest, replace(state, elected=state.elected + rest, hopeful=frozenset())
        shown = tuple(sorted(votes.items(), key=lambda one: -one[1]))
        stage = Stage(shown, state.exhausted, new)
        if len(state.elected) == self.seats or not state.hopeful:
            return (Outcome(frozenset(state.elected)), state.elected), [], stage
        if state.surplus:
            return None, *self._surpluses(state, stage, votes)
        return self._exclusions(state, stage, votes, left)

    def _surpluses(
        self, state: _State, stage: Stage, votes: dict[int, Fraction]
    ) -> tuple[list[_State], Stage]:
        most = max(votes[one] for one in state.surplus)
        first = sorted(one for one in state.surplus if votes[one] == most)
        stage = replace(stage, tied=tuple(first) if len(first) > 1 else ())
        if self.ranks is not None:
            first = [min(first, key=self.ranks.__getitem__)]
        told = replace(stage, surplus_of=first[0]) if len(first) == 1 else stage
        return [self._pass_surplus(state, one, votes[one]) for one in first], told

    def _exclusions(
        self, state: _State, stage: Stage, votes: dict[int, Fraction], left: int
    ) -> tuple[tuple[Outcome, tuple[int, ...]] | None, list[_State], Stage]:
        fewest = min(votes[one] for one in state.hopeful)
        last = sorted(one for one in state.hopeful if votes[one] == fewest)
        equal = tuple(last) if len(last) > 1 else ()
        if self.ranks is not None:
            last = [max(last, key=self.ranks.__getitem__)]
        elif fewest == 0 and len(last) > 1:
            # No vote moves when they go, so that they go together if the others fill the seats; if these do
            # not, they all are elected, and those without a vote are equal for what is left.
            others = tuple(sorted(state.hopeful - set(last), key=lambda one: -votes[one]))
            if len(others) < left:
                sure = state.elected + others
                stage = replace(stage, elected=stage.elected + others, tied=tuple(last))
                return (Outcome(frozenset(sure), frozenset(last)), sure), [], stage
            told = replace(stage, excluded=tuple(last))
            return None, [replace(state, hopeful=frozenset(others), number=state.number + 1)], told
        told = replace(stage, excluded=tuple(last) if len(last) == 1 else (), tied=equal)
        return None, [self._exclude(state, one) for one in last], told

    def _exclude(self, state: _State, one: int) -> _State:
        state = replace(state, hopeful=state.hopeful - {one}, number=state.number + 1)
        return _moved(state, one, (), ((paper, paper.value) for paper in state.piles[one]))

    def _pass_surplus(self, state: _State, one: int, votes: Fraction) -> _State:
        state = replace(state, surplus=state.surplus - {one}, number=state.number + 1)
        surplus, papers = votes - self.quota, state.piles[one]
        kept = (_Paper((), 0, Fraction(self.quota), 0),)
        if self.transfer is Transfer.WIG:
            return _moved(state, one, kept, ((paper, paper.value * surplus / votes) for paper in papers))
        latest = max(paper.parcel for paper in papers)
        going = [
            paper for paper in papers if paper.parcel == latest and _next(paper, state.hopeful) is not None
        ]
        movable = sum((paper.value for paper in going), Fraction(0))
        part = min(surplus / movable, Fraction(1)) if movable else Fraction(0)
        # What the papers cannot carry is lost: the elected keep the quota and no more.
        state = replace(state, exhausted=state.exhausted + surplus - movable * part)
        return _moved(state, one, kept, ((paper, paper.value * part) for paper in going))


def _first(rankings: Rankings) -> _State:
    everybody = frozenset(range(len(rankings.candidates)))
    piles: Piles = dict.fromkeys(everybody, ())
    for line, count in rankings.lines:
        piles[line[0]] += (_Paper(line, 1, Fraction(count), 0),)
    return _State(piles, everybody)


def _next(paper: _Paper, hopeful: frozenset[int]) -> int | None:
    """How far the paper passes: the place on its line of the next one who can take it."""
    return next((at for at in range(paper.at, len(paper.line)) if paper.line[at] in hopeful), None)


def _moved(
    state: _State, one: int, kept: tuple[_Paper, ...], going: Iterator[tuple[_Paper, Fraction]]
) -> _State:
    piles, lost = dict(state.piles), state.exhausted
    arrived: dict[int, list[_Paper]] = {}
    for paper, value in going:
        at = _next(paper, state.hopeful)
        if at is None:
            lost += value
        elif value:
            arrived.setdefault(paper.line[at], []).append(_Paper(paper.line, at + 1, value, state.number))
    for taker, papers in arrived.items():
        piles[taker] += tuple(papers)
    piles[one] = kept
    return replace(state, piles=piles, exhausted=lost)


def _gathered(
    rules: _Rules, valid: int, outcomes: dict[Outcome, tuple[int, ...]], stages: list[Stage]
) -> Count:
    sure = frozenset.intersection(*(one.elected for one in outcomes))
    some = frozenset[int]().union(*(one.elected | one.equal for one in outcomes)) - sure
    order = next(iter(outcomes.values()))
    told = sorted(outcomes, key=lambda one: (sorted(one.elected), sorted(one.equal)))
    return Count(
        rules.seats,
        rules.quota,
        valid,
        tuple(one for one in order if one in sure),
        tuple(sorted(some)),
        tuple(told),
        tuple(stages),
    )


def _too_many_ties() -> Refused:
    return Refused(
        "These ballots were not counted.",
        "So many candidates are equal, again and again, that not every way was followed.",
        "Count with an order of ties, by id or by a public seed.",
        field="ties",
    )
