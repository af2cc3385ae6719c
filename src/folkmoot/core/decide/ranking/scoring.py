"""Who has most points: by rank, by score, by grades of agreement, or by marks?"""

import math
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from folkmoot.core.decide.ranking.ballots import Marks, Rankings, Scores, Tiers
from folkmoot.core.decide.ranking.places import tiers_of
from folkmoot.core.kernel.errors import Refused

# Kaner's gradients of agreement, from whole-hearted to veto.
GRADES = (
    "endorsement",
    "agreement with a minor point",
    "support with reservations",
    "abstain",
    "more discussion needed",
    "don't like but will support",
    "serious disagreement",
    "veto",
)


def borda(rankings: Rankings) -> tuple[Fraction, ...]:
    """The Borda score of each: a point from a ballot for everybody ranked below it, half for who is level.

    Those who are not on a ballot are level with each other, below all who are: so every ballot gives out the
    same number of points, long or short. With full ballots of m it is m - 1, m - 2, ..., 0.

    >>> from folkmoot.core.decide.ranking.ballots import Candidate, Ranked
    >>> [str(one) for one in borda(Rankings.gathered(map(Candidate, "abc"), [Ranked(((0,),))]))]
    ['2', '1/2', '1/2']
    """
    prefers, others = rankings.prefers, len(rankings.candidates) - 1
    # Of the voters v who compare x with y, w prefer x and l prefer y: w + (v - w - l) / 2 points.
    net = (prefers.sum(axis=1) - prefers.sum(axis=0)).tolist()
    return tuple(Fraction(int(one) + rankings.voters * others, 2) for one in net)


def totals(scores: Scores) -> tuple[Fraction, ...]:
    """The sum of the scores of each; who was given none has 0 from that ballot.

    >>> from folkmoot.core.decide.ranking.ballots import Candidate
    >>> rows = [((Fraction(5), None), 2), ((Fraction(1), Fraction(4)), 1)]
    >>> [int(one) for one in totals(Scores.gathered(map(Candidate, "ab"), rows))]
    [11, 4]
    """
    return tuple(
        sum(((row[place] or Fraction(0)) * count for row, count in scores.ballots), Fraction(0))
        for place in range(len(scores.candidates))
    )


def scored(scores: Scores) -> tuple[int, ...]:
    """How many people gave each a score."""
    return tuple(
        sum(count for row, count in scores.ballots if row[place] is not None)
        for place in range(len(scores.candidates))
    )


@dataclass(frozen=True, slots=True)
class Gradients:
    """How far people agree with each: how many gave each grade, and the middle one."""

    counts: tuple[tuple[int, ...], ...]  # for each, how many gave grade 1, 2, ... 8
    medians: tuple[int | None, ...]  # the grade of the person in the middle; of two the worse
    order: Tiers

    def vetoes(self, place: int) -> int:
        """How many would stop it."""
        return self.counts[place][-1]

    def divided(self, place: int) -> bool:
        """Whether at least a quarter are for it (grades 1 to 3) and a quarter against it (7 and 8)."""
        counts = self.counts[place]
        voters, support, against = sum(counts), sum(counts[:3]), sum(counts[6:])
        return voters > 0 and 4 * support >= voters and 4 * against >= voters


def gradients(scores: Scores) -> Gradients:
    """Grades 1 (endorsement) to 8 (veto) side by side, ordered by the middle grade.

    Where two have the same middle grade, that one vote is taken out of both and the next middle is looked
    at, until they differ: only equal spreads stay equal. That order is majority judgement's; the grades
    themselves are what should be talked about. Who gave no grade is left out for that candidate; where more
    people graded one than the other, what is compared are shares of them.

    Raises Refused for a grade that is none of the eight.

    Sources: Kaner, "Facilitator's Guide to Participatory Decision-Making" (the scale); Balinski and Laraki,
    "A theory of measuring, electing, and ranking", PNAS 104 (2007) (the order).

    >>> from folkmoot.core.decide.ranking.ballots import Candidate
    >>> rows = [((Fraction(1), Fraction(2)), 2), ((Fraction(8), Fraction(3)), 1)]
    >>> found = gradients(Scores.gathered(map(Candidate, "ab"), rows))
    >>> found.medians, found.order, found.vetoes(0), found.divided(0)
    ((1, 2), ((0,), (1,)), 1, True)
    """
    grades = [Counter[int]() for _ in scores.candidates]
    for row, count in scores.ballots:
        for place, grade in enumerate(row):
            if grade is not None:
                grades[place][_grade(grade)] += count
    counts = tuple(tuple(one[grade] for grade in range(1, len(GRADES) + 1)) for one in grades)
    gauges = [_gauge(one) for one in counts]
    return Gradients(counts, tuple(-int(gauge[0]) if gauge else None for gauge in gauges), tiers_of(gauges))


def _grade(grade: Fraction) -> int:
    if grade.denominator == 1 and 1 <= grade <= len(GRADES):
        return int(grade)
    raise Refused(
        "These grades were not counted.",
        f"There is no grade {grade}.",
        f"Use whole numbers from 1 ({GRADES[0]}) to {len(GRADES)} ({GRADES[-1]}).",
        field="ballots",
    )


def _gauge(counts: Sequence[int]) -> tuple[Fraction, ...]:
    """The middle grades from the middle outwards; of two that differ, the greater stands better.

    At a distance t from the middle stand the grade of the person at (1 + t) / 2 of the way from the best to
    the worst, and of the one at (1 - t) / 2. They are told with what changes next and at which distance: best
    that the better of them rises, and soon; worst that the worse of them falls, and soon.
    """
    voters, below = sum(counts), list(accumulate(counts))
    told: list[Fraction] = []
    start, before = Fraction(0), (0, 0)
    for end in sorted({abs(Fraction(2 * one, voters) - 1) for one in below} - {0}) if voters else ():
        half = voters * (start + end) / 4
        now = (-bisect(below, Fraction(voters, 2) + half) - 1, -bisect(below, Fraction(voters, 2) - half) - 1)
        if now != before:
            if told:
                told.append(start - 2 if now[0] < before[0] else 1 - start)
            told += map(Fraction, now)
        start, before = end, now
    return (*told, Fraction(-1, 2)) if told else ()


def quota(ideas: int) -> int:
    """How many marks a pair has in OPERA: a quarter of all ideas on the board, rounded up.

    >>> [quota(ideas) for ideas in (1, 4, 5, 40)]
    [1, 1, 2, 10]
    """
    return max(1, math.ceil(ideas / 4))


def marks_of(marks: Marks) -> tuple[int, ...]:
    """How many marked each idea.

    Raises Refused where a pair has more marks than the quota or more than one on ideas of its own.
    """
    allowed = quota(len(marks.candidates))
    told = [0] * len(marks.candidates)
    for marker in marks.markers:
        where = f"“{marker.name}”" + (f" on line {marker.line}" if marker.line else "")
        if len(marker.marked) > allowed:
            raise _marked_wrongly(
                f"{where} has {len(marker.marked)} marks and may have {allowed}: a quarter of "
                f"{len(marks.candidates)} ideas, rounded up."
            )
        if len(marker.marked & marker.own) > 1:
            raise _marked_wrongly(
                f"{where} marked {len(marker.marked & marker.own)} of its own and may mark one."
            )
        for idea in marker.marked:
            told[idea] += 1
    return tuple(told)


def _marked_wrongly(reason: str) -> Refused:
    return Refused("These marks were not counted.", reason, "Ask them which marks stand.", field="marks")
