"""Does 1 mean what was taken for it: agree?"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from folkmoot.core.decide.opinions.files.refusing import wrong
from folkmoot.core.decide.opinions.files.told import Ballots, Counted
from folkmoot.core.decide.opinions.history import TAKEN_BACK, Casts
from folkmoot.core.decide.opinions.votes import AGREE, DISAGREE, Counts, Floats, Places, Votes

PLAINLY = 2  # the totals fit the other sign at least this much better


@dataclass(frozen=True)
class Totals:
    """How often agree and disagree were said, as files tell it: to each statement, by each person, and to
    each statement by the people who are in a group."""

    statements: Counted = field(default_factory=dict)
    people: Counted = field(default_factory=dict)
    grouped: Counted = field(default_factory=dict)
    group_of: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Fit:
    """How far totals are from the votes as they were read, and as they would be with the other sign."""

    what: str
    compared: int
    off: int
    straight: float
    crossed: float


def signed(name: str, ballots: Ballots, totals: Totals, *, asked: bool, may_turn: bool) -> Ballots:
    """The ballots with the sign that the totals bear out, and with remarks on it.

    A total may count every cast, or what counts at the end: each is held to the closer of the two. Where the
    totals fit the other sign plainly better: if the sign was asked for, that is told; if the kind of file
    has both signs in use, the votes are turned; else the file is refused.
    """
    fits = list(_fits(ballots, totals))
    straight, crossed = sum(fit.straight for fit in fits), sum(fit.crossed for fit in fits)
    remarks = [
        f"The totals of agree and disagree given for {fit.off:,} of {fit.compared:,} {fit.what} "
        "are not those of the votes."
        for fit in fits
        if fit.off
    ]
    sign = ballots.agree_is
    if not sign or (straight == crossed and asked):
        return _told(ballots, remarks)
    if straight == crossed:
        return _told(
            ballots, [*remarks, f"No totals tell which number means agree; {sign} was taken for it."]
        )
    if PLAINLY * crossed >= straight:
        return _told(ballots, remarks)
    why = f"The totals beside it say that {-sign} is agree, and {sign} was taken for it."
    if asked:
        return _told(ballots, [why])
    if not may_turn:
        raise wrong(name, why, f"Say which it is: agree_is={-sign} if the totals are right.")
    turned = signed(name, _turned(ballots), totals, asked=True, may_turn=False)
    return _told(turned, [f"The totals beside it say that {-sign} is agree, and so it was read."])


def _told(ballots: Ballots, remarks: list[str]) -> Ballots:
    return replace(ballots, remarks=(*ballots.remarks, *remarks))


def _turned(ballots: Ballots) -> Ballots:
    """The same with agree for disagree."""
    value = ballots.casts.value
    turned = np.where(value == TAKEN_BACK, value, -value).astype(np.int8)
    return replace(ballots, casts=replace(ballots.casts, value=turned), agree_is=-ballots.agree_is)


def _fits(ballots: Ballots, totals: Totals) -> Iterator[_Fit]:
    casts = ballots.casts
    votes = casts.votes
    if not len(casts):
        return
    yield from _fit("statements", totals.statements, casts, casts.statement, votes, votes.seen)
    yield from _fit("people", totals.people, casts, casts.person, votes, votes.person)
    if totals.grouped:
        grouped = casts.without(set(casts.people) - totals.group_of)
        seen = grouped.votes.seen
        yield from _fit(
            "statements in groups", totals.grouped, grouped, grouped.statement, grouped.votes, seen
        )


def _fit(
    what: str, counted: Counted, casts: Casts, in_casts: Places, votes: Votes, in_votes: Places
) -> Iterator[_Fit]:
    ids = casts.people if what == "people" else casts.statements
    places = [place for place, one in enumerate(ids) if one in counted]
    if not places:
        return
    stated = np.array([counted[ids[place]] for place in places], dtype=np.float64)
    sums = np.stack([_sums(casts, in_casts, len(ids))[places], _sums(votes, in_votes, len(ids))[places]])
    straight, crossed = _misfit(sums, stated), _misfit(sums, stated[:, ::-1])
    off = int(np.count_nonzero(straight))
    yield _Fit(what, len(places), off, float(straight.sum()), float(crossed.sum()))


def _sums(held: Casts | Votes, places: Places, count: int) -> Counts:
    """How often agree and disagree stand at each place: shape (count, 2)."""
    return np.stack(
        [np.bincount(places[held.value == vote], minlength=count) for vote in (AGREE, DISAGREE)], axis=1
    )


def _misfit(sums: Counts, stated: Floats) -> Floats:
    """By how much each pair of totals is off, by the way of counting that fits better."""
    fits: Floats = np.abs(sums - stated).sum(axis=2).min(axis=0)
    return fits
