"""Which method counts these ballots, and what comes of it?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from folkmoot.core.decide.ranking.ballots import (
    Approvals,
    Ballots,
    Candidate,
    Marks,
    Pairs,
    Rankings,
    Scores,
    Tiers,
)
from folkmoot.core.decide.ranking.committees import Committees, by_gain, equal_shares, phragmen
from folkmoot.core.decide.ranking.optimal import first_only, harmonic, optimal
from folkmoot.core.decide.ranking.places import Seated, broken, seated, tiers_of
from folkmoot.core.decide.ranking.runoff import RunOff, run_off
from folkmoot.core.decide.ranking.schulze import Schulze, schulze
from folkmoot.core.decide.ranking.scoring import Gradients, borda, gradients, marks_of, quota, scored, totals
from folkmoot.core.decide.ranking.settings import Method, Settings
from folkmoot.core.decide.ranking.strengths import Strengths, bradley_terry
from folkmoot.core.decide.ranking.transfers import Count, stv
from folkmoot.core.kernel.errors import Refused

Detail = Schulze | RunOff | Count | Committees | Gradients | Strengths | None
Kind = TypeVar("Kind", Rankings, Approvals, Pairs, Scores, Marks)


@dataclass(frozen=True, slots=True)
class Result:
    """What a method made of the ballots. Candidates stand as places in `candidates`."""

    settings: Settings
    candidates: tuple[Candidate, ...]
    voters: int
    seats: int
    order: Tiers  # best first, equals together; empty where a method gives no order
    winners: tuple[int, ...]  # who can have a seat: the elected and the tied; for pairs, who can be first
    elected: tuple[int, ...]  # who has a seat however ties fall
    tied: tuple[int, ...]  # who are equal for the seats that are left
    scores: tuple[Fraction, ...] | None  # points, votes, marks
    detail: Detail
    notes: tuple[str, ...] = ()

    @property
    def open(self) -> int:
        """For how many seats the tied are equal."""
        return min(self.seats - len(self.elected), len(self.tied))


def count(ballots: Ballots, settings: Settings) -> Result:
    """Count the ballots; ties stay ties unless the settings have an order of ties.

    Raises Refused where the ballots are not of the kind that the method counts, where there are more seats
    than candidates, and as the method does.

    >>> from folkmoot.core.decide.ranking.ballots import Ranked
    >>> from folkmoot.core.decide.ranking.settings import Ties
    >>> votes = Rankings.gathered(map(Candidate, "ab"), [Ranked(((0,), (1,)), 2), Ranked(((1,), (0,)), 2)])
    >>> told = count(votes, Settings(Method.BORDA))
    >>> told.order, told.elected, told.tied
    (((0, 1),), (), (0, 1))
    >>> count(votes, Settings(Method.BORDA, ties=Ties("id"))).elected
    (0,)
    """
    if isinstance(ballots, Rankings):
        ballots = ballots.running
    if not ballots.candidates:
        raise Refused("Nothing was counted.", "There are no candidates.", "Add some.", field="ballots")
    seats = _seats(ballots, settings)
    ranks = settings.ties.ranks([one.id for one in ballots.candidates])
    return _COUNTS[settings.method](ballots, settings, seats, ranks)


Counted = Callable[[Ballots, Settings, int, Sequence[int] | None], Result]


def _of(kind: type[Kind], ballots: Ballots, settings: Settings) -> Kind:
    if isinstance(ballots, kind):
        return ballots
    raise Refused(
        "These ballots were not counted.",
        f"They are {_WORDS[type(ballots)]}, and {settings.method.value} counts {_WORDS[kind]}.",
        "Choose a method for these ballots.",
        field="method",
    )


_WORDS: dict[type, str] = {
    Rankings: "rankings",
    Approvals: "approvals",
    Pairs: "pairs",
    Scores: "scores",
    Marks: "marks",
}


def _seats(ballots: Ballots, settings: Settings) -> int:
    told = settings.seats
    if told is None and isinstance(ballots, Rankings | Approvals):
        told = None if settings.method is Method.IRV else ballots.seats
    if told is None and settings.method in COMMITTEES:
        raise Refused(
            "Nothing was counted.",
            f"The method {settings.method.value} fills seats, and nobody said how many.",
            "Say how many seats there are.",
            field="seats",
        )
    told = 1 if told is None else told
    if not 1 <= told <= len(ballots.candidates):
        raise Refused(
            "Nothing was counted.",
            f"There cannot be {told} seats for {len(ballots.candidates)} candidates.",
            "Give from 1 seat to as many as there are candidates.",
            field="seats",
        )
    return told


def _ordered(
    ballots: Ballots,
    settings: Settings,
    seats: int,
    ranks: Sequence[int] | None,
    order: Tiers,
    scores: Sequence[Fraction | int] | None = None,
    detail: Detail = None,
    notes: Iterable[str] = (),
) -> Result:
    """A result by an order: its first have the seats."""
    told = broken(order, ranks)
    seat: Seated = seated(told, seats)
    said = _broken_notes(ballots, order, settings) if ranks is not None else []
    points = None if scores is None else tuple(Fraction(one) for one in scores)
    return Result(
        settings,
        ballots.candidates,
        ballots.voters,
        seats,
        told,
        seat.elected + seat.tied,
        seat.elected,
        seat.tied,
        points,
        detail,
        (*notes, *said),
    )


def _broken_notes(ballots: Ballots, order: Tiers, settings: Settings) -> list[str]:
    """Which ties were broken, and by what."""
    return [
        f"{', '.join(ballots.candidates[one].id for one in tier)} were equal; their order here is by "
        f"{settings.ties.order}."
        for tier in order
        if len(tier) > 1
    ]


def _borda(ballots: Ballots, settings: Settings, seats: int, ranks: Sequence[int] | None) -> Result:
    scores = borda(_of(Rankings, ballots, settings))
    return _ordered(ballots, settings, seats, ranks, tiers_of(scores), scores)


def _schulze(ballots: Ballots, settings: Settings, seats: int, ranks: Sequence[int] | None) -> Result:
    found = schulze(_of(Rankings, ballots, settings))
    return _ordered(ballots, settings, seats, ranks, found.order, None, found)


def _irv(ballots: Ballots, settings: Settings, seats: int, ranks: Sequence[int] | None) -> Result:
    if seats > 1:
        raise Refused(
            "Nothing was counted.",
            "An instant run-off has one winner.",
            "Count more seats by stv.",
            field="seats",
        )
    found = run_off(_of(Rankings, ballots, settings), ranks)
    sure = found.winners if len(found.winners) == 1 else ()
    return Result(
        settings,
        ballots.candidates,
        ballots.voters,
        1,
        found.order,
        found.winners,
        sure,
        () if sure else found.winners,
        None,
        found,
        tuple(_fell(ballots, settings, ((one.last, one.out) for one in found.rounds), ranks)),
    )


def _stv(ballots: Ballots, settings: Settings, seats: int, ranks: Sequence[int] | None) -> Result:
    found = stv(_of(Rankings, ballots, settings), seats, ranks, settings.transfer)
    excluded = ((one.tied, one.excluded) for one in found.stages if one.surplus_of is None)
    notes = [*_fell(ballots, settings, excluded, ranks)]
    for one in found.stages if ranks is not None else ():
        if one.tied and one.surplus_of is not None:
            names = ", ".join(ballots.candidates[equal].id for equal in one.tied)
            went = ballots.candidates[one.surplus_of].id
            notes.append(f"{names} had the same surplus; that of {went} went first by {settings.ties.order}.")
    return _filled(ballots, settings, seats, found.elected, found.tied, found, notes)


def _fell(
    ballots: Ballots,
    settings: Settings,
    rounds: Iterable[tuple[tuple[int, ...], tuple[int, ...]]],
    ranks: Sequence[int] | None,
) -> Iterable[str]:
    for equal, chosen in rounds:
        if ranks is not None and len(equal) > 1:
            names = ", ".join(ballots.candidates[one].id for one in equal)
            went = ", ".join(ballots.candidates[one].id for one in chosen)
            yield f"{names} were equal for the last place; {went} went out by {settings.ties.order}."


def _filled(
    ballots: Ballots,
    settings: Settings,
    seats: int,
    elected: tuple[int, ...],
    tied: tuple[int, ...],
    detail: Detail,
    notes: Iterable[str] = (),
) -> Result:
    """A result that fills seats and gives no further order."""
    return Result(
        settings,
        ballots.candidates,
        ballots.voters,
        seats,
        (),
        elected + tied,
        elected,
        tied,
        None,
        detail,
        tuple(notes),
    )


def _committee(ballots: Ballots, settings: Settings, seats: int, ranks: Sequence[int] | None) -> Result:
    approvals = _of(Approvals, ballots, settings)
    match settings.method:
        case Method.PHRAGMEN:
            found = phragmen(approvals, seats, ranks)
        case Method.MES:
            found = equal_shares(approvals, seats, ranks, settings.completion)
        case Method.PAV:
            found = optimal(approvals, seats, harmonic(seats), ranks)
        case Method.CC:
            found = optimal(approvals, seats, first_only(seats), ranks)
        case Method.SEQPAV:
            found = by_gain(approvals, seats, harmonic(seats), ranks)
        case _:
            found = by_gain(approvals, seats, first_only(seats), ranks)
    empty = seats - max(len(one) for one in found.all)
    notes = [f"Seats left empty: {empty}."] if empty else []
    for equal, taken in found.broken:
        names = ", ".join(ballots.candidates[one].id for one in equal)
        who = ballots.candidates[taken].id
        notes.append(f"{names} were equal for the next seat; {who} took it by {settings.ties.order}.")
    if ranks is not None and settings.method in (Method.PAV, Method.CC):
        notes.append(f"If several committees were worth most, this one comes first by {settings.ties.order}.")
    return _filled(ballots, settings, seats, found.elected, found.tied, found, notes)


def _approval(ballots: Ballots, settings: Settings, seats: int, ranks: Sequence[int] | None) -> Result:
    votes = _of(Approvals, ballots, settings).votes
    return _ordered(ballots, settings, seats, ranks, tiers_of(votes), votes)


def _score(ballots: Ballots, settings: Settings, seats: int, ranks: Sequence[int] | None) -> Result:
    scores = _of(Scores, ballots, settings)
    points, people = totals(scores), scored(scores)
    notes = (
        ["Not everybody scored every candidate; what is not scored counts as 0."]
        if min(people) < scores.voters
        else []
    )
    return _ordered(ballots, settings, seats, ranks, tiers_of(points), points, None, notes)


def _gradients(ballots: Ballots, settings: Settings, seats: int, ranks: Sequence[int] | None) -> Result:
    found = gradients(_of(Scores, ballots, settings))
    return _ordered(ballots, settings, seats, ranks, found.order, None, found)


def _opera(ballots: Ballots, settings: Settings, seats: int, ranks: Sequence[int] | None) -> Result:
    marks = marks_of(_of(Marks, ballots, settings))
    ideas = len(marks)
    off = [ballots.candidates[one].id for one in range(ideas) if not marks[one]]
    notes = [f"Each could mark {quota(ideas)} of {ideas} ideas, at most one of their own."]
    notes += [f"Unmarked, so off the board and kept in the record: {', '.join(off)}."] if off else []
    return _ordered(ballots, settings, seats, ranks, tiers_of(marks), marks, None, notes)


def _pairs(ballots: Ballots, settings: Settings, seats: int, ranks: Sequence[int] | None) -> Result:
    found = bradley_terry(_of(Pairs, ballots, settings), settings.prior)
    seat = seated(found.order, seats)
    winners = tuple(one for one, strength in enumerate(found.strengths) if strength.best == 1)
    notes = [] if found.strengths else [_no_estimate(ballots, found)]
    return Result(
        settings,
        ballots.candidates,
        ballots.voters,
        seats,
        found.order,
        winners,
        seat.elected,
        seat.tied,
        None,
        found,
        tuple(notes),
    )


def _no_estimate(ballots: Ballots, found: Strengths) -> str:
    names = [", ".join(ballots.candidates[one].id for one in group) for group in found.groups]
    return (
        "There is no finite estimate of strengths: between these groups the answers all go one way, or there "
        f"are none ({'; '.join(names)}). Ask for more pairs across them, or count with a prior."
    )


_COUNTS: dict[Method, Counted] = {
    Method.BORDA: _borda,
    Method.SCHULZE: _schulze,
    Method.IRV: _irv,
    Method.STV: _stv,
    Method.BRADLEY_TERRY: _pairs,
    Method.APPROVAL: _approval,
    Method.GRADIENTS: _gradients,
    Method.SCORE: _score,
    Method.OPERA: _opera,
    Method.MES: _committee,
    Method.PHRAGMEN: _committee,
    Method.PAV: _committee,
    Method.SEQPAV: _committee,
    Method.CC: _committee,
    Method.SEQCC: _committee,
}
COMMITTEES = frozenset(method for method, way in _COUNTS.items() if way is _committee) | {Method.STV}
