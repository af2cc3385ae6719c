"""Was it fair: who has nothing, did every group have its due, and where did the money go?"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from folkmoot.core.decide.budgeting.election import Election
from folkmoot.core.decide.budgeting.outcome import Outcome
from folkmoot.core.decide.budgeting.settings import Utility
from folkmoot.core.decide.budgeting.why.ejr import Neglected, neglected
from folkmoot.core.decide.budgeting.why.parts import Homes, Part, by_category, by_neighbourhood
from folkmoot.core.kernel.disclosure import SMALLEST_SHOWN, total_in_words

PLACES = 6  # decimals of a share outside, where fractions are not spoken


@dataclass(frozen=True, slots=True)
class Fairness:
    """What may be said of an outcome; shares are exact."""

    voters: int
    voters_with_nothing: int  # whose ballot holds no winner
    average_funded_choices: Fraction  # winners on a ballot, over all voters
    ejr_plus_up_to_one: bool | None  # None where it is not defined, for the reason that follows
    ejr_reason: str
    neglected: Neglected | None  # a group that shows that it does not hold
    by_category: tuple[Part, ...]
    by_neighbourhood: tuple[Part, ...]

    @property
    def share_with_nothing(self) -> Fraction:
        """Of all voters; 0 where nobody voted."""
        return Fraction(self.voters_with_nothing, self.voters) if self.voters else Fraction(0)

    def as_json(self, election: Election) -> dict[str, Any]:
        """Plain values; shares as decimals."""
        group = self.neglected
        return {
            "voters_with_nothing": self.voters_with_nothing,
            "share_with_nothing": _decimal(self.share_with_nothing),
            "average_funded_choices": _decimal(self.average_funded_choices),
            "ejr_plus_up_to_one": self.ejr_plus_up_to_one,
            "ejr_plus_reason": self.ejr_reason,
            "neglected_project": election.projects[group.project].id if group else None,
            "neglected_people": group.people if group and group.people >= SMALLEST_SHOWN else None,
            "by_category": [_plain(part) for part in self.by_category],
            "by_neighbourhood": [_plain(part) for part in self.by_neighbourhood],
        }


def fairness(
    election: Election, outcome: Outcome, utility: Utility = Utility.COST, homes: Homes | None = None
) -> Fairness:
    """What the outcome means for those who voted. `homes` says where they live, if the file tells it.

    EJR+ up to one project is asked for cost or cardinality as utility, of the choices on a ballot whatever
    its kind; for points and Borda it is not. Projects that were left out by the rules raise no claim.

    >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
    >>> projects = tuple(Project(id, Fraction(50)) for id in ("park", "pool", "pond"))
    >>> vote = Election(projects, Fraction(100), Ballots.gathered([[0, 1], [2]], [5, 5]))
    >>> told = fairness(vote, Outcome((0, 1)))
    >>> told.voters_with_nothing, told.average_funded_choices, told.ejr_plus_up_to_one, told.ejr_reason
    (5, Fraction(1, 1), False, '5 people who chose “pond” had enough between them to have more.')
    """
    ballots = election.ballots
    won = np.zeros(len(election.projects), dtype=np.int64)
    won[list(outcome.winners)] = 1
    funded = np.zeros(len(ballots), dtype=np.int64)
    np.add.at(funded, ballots.groups, won[ballots.choices])
    voters = ballots.voters
    holds, reason, group = _ejr(election, outcome, utility)
    return Fairness(
        voters,
        int(ballots.counts[funded == 0].sum()),
        Fraction(int((funded * ballots.counts).sum()), max(voters, 1)),
        holds,
        reason,
        group,
        by_category(election, outcome.winners),
        by_neighbourhood(election, outcome.winners, homes),
    )


def _ejr(election: Election, outcome: Outcome, utility: Utility) -> tuple[bool | None, str, Neglected | None]:
    if utility not in (Utility.COST, Utility.CARDINALITY):
        return None, "It is asked of what people chose, not of points or ranks.", None
    group = neglected(election, outcome.winners, utility, outcome.left_out)
    if group is None:
        return True, "No group could have had more with its part of the money.", None
    project = election.projects[group.project]
    words = f"who chose “{project.name or project.id}” had enough between them to have more."
    return False, f"{total_in_words(group.people).capitalize()} people {words}", group


def _plain(part: Part) -> dict[str, Any]:
    return {
        "name": part.name,
        "votes_share": _decimal(part.votes_share),
        "spend_share": _decimal(part.spend_share),
    }


def _decimal(share: Fraction) -> float:
    return round(float(share), PLACES)
