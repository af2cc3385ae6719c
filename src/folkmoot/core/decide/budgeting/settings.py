"""By which rule is it counted, and with which choices that the rule leaves open?"""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from folkmoot.core.decide.budgeting.election import Election
from folkmoot.core.decide.ties import order_of, ranks_of


class Rule(StrEnum):
    """The rules on offer."""

    EQUAL_SHARES = "equal-shares"
    OVERSPENDING = "bos"  # bounded overspending
    PHRAGMEN = "phragmen"
    GREEDY = "greedy"
    GREEDY_NO_SKIP = "greedy-no-skip"
    GREEDY_THRESHOLD = "greedy-threshold"
    GREEDY_EXCLUSIVE = "greedy-exclusive"


class Utility(StrEnum):
    """What a funded project is worth to somebody who chose it."""

    COST = "cost"  # what it costs
    CARDINALITY = "cardinality"  # one
    POINTS = "points"  # the points they gave it
    BORDA = "borda"  # by its rank on their ballot


class Completion(StrEnum):
    """How the money that equal shares leave over is used."""

    NONE = "none"
    ADD1 = "add1"
    ADD1_OVERSPEND = "add1-overspend"
    UTILITARIAN = "utilitarian"
    ADD1_UTILITARIAN = "add1-utilitarian"


class Start(StrEnum):
    """With how much each voter starts: their part of the budget, or that rounded down to a whole step."""

    FRACTIONAL = "fractional"
    INTEGER = "integer"


@dataclass(frozen=True, slots=True)
class Ties:
    """Which of two equals comes first: by `id`, `cost-votes-id`, `file`, or `seed:` and a public seed."""

    order: str = "id"

    def ranks(self, election: Election) -> tuple[int, ...]:
        """The rank of each project among equals, 0 first.

        >>> from folkmoot.core.decide.budgeting.election import Ballots, Project
        >>> projects = tuple(Project(id, Fraction(1)) for id in ("9", "10", "2"))
        >>> Ties("id").ranks(Election(projects, Fraction(2), Ballots.gathered([], [])))
        (2, 0, 1)
        """
        ids = [project.id for project in election.projects]
        places = range(len(ids))
        if self.order == "file":
            return tuple(places)
        if self.order == "cost-votes-id":
            costs, votes = election.costs, election.votes
            return ranks_of(sorted(places, key=lambda place: (costs[place], -votes[place], ids[place])))
        return ranks_of(order_of(ids, self.order, ("cost-votes-id", "file")))


@dataclass(frozen=True, slots=True)
class Settings:
    """All that decides an outcome beside the election itself."""

    rule: Rule = Rule.EQUAL_SHARES
    utility: Utility = Utility.COST
    completion: Completion = Completion.NONE
    start: Start = Start.FRACTIONAL
    step: Fraction = Fraction(1)  # of the currency, for Add1
    ties: Ties = field(default_factory=Ties)
    threshold: Fraction | None = None  # greedy: votes (or points) below which nothing is funded
    rivals: tuple[frozenset[str], ...] = ()  # greedy-exclusive: sets of project ids of which one may win
    eligible_at: Fraction | None = None  # out: votes / voters below this part of cost / budget
    compare: bool = False  # whether the greedy outcome stands instead where more voters prefer it
