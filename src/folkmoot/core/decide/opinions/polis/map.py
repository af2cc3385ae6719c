"""What is on the map?"""

from dataclasses import dataclass, replace

from folkmoot.core.decide.opinions.polis.axes import Axes
from folkmoot.core.decide.opinions.polis.columns import Columns
from folkmoot.core.decide.opinions.polis.grouping import Clusters
from folkmoot.core.decide.opinions.polis.representing import Counted, Telling
from folkmoot.core.decide.opinions.votes import Floats, Marks, Places, Votes


@dataclass(frozen=True, eq=False)
class Group:
    """People who vote alike. members: their places, ascending. clusters: the places of its clusters (none
    where the membership was given). centre: where they stand in the middle."""

    name: str
    members: Places
    clusters: Places
    centre: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Map:
    """Everything by person is in the order of votes.people, by statement in that of votes.statements, by
    group in that of groups. People without votes are not on it; known statements without votes are.

    votes, columns: what was counted. inside: who is in the conversation, which means grouped.
    axes: centre, components and everybody's place. clusters: at most a hundred, small.
    group_votes: groups x statements, everybody_votes: statements; votes on statements moderated out count.
    representative: for each group. agreed, disagreed: over everybody. group_aware, priorities: by statement.
    silhouettes: for each number of groups that was tried. agree_is: how the numbers write agreement.
    """

    votes: Votes
    columns: Columns
    inside: Marks
    axes: Axes
    clusters: Clusters
    groups: tuple[Group, ...]
    group_votes: Counted
    everybody_votes: Counted
    representative: tuple[tuple[Telling, ...], ...]
    agreed: tuple[Telling, ...]
    disagreed: tuple[Telling, ...]
    group_aware: Floats
    priorities: Floats
    silhouettes: dict[int, float]
    agree_is: int = 1

    @property
    def centre(self) -> Floats:
        """By statement: the mean vote."""
        return self.axes.centre

    @property
    def components(self) -> Floats:
        """2 x statements."""
        return self.axes.components

    @property
    def projections(self) -> Floats:
        """People x 2."""
        return self.axes.projections

    @property
    def extremity(self) -> Floats:
        """By statement."""
        return self.axes.extremity

    def group_of(self) -> dict[str, str]:
        """The name of the group of everybody who has one."""
        people = self.votes.people
        return {people[at]: group.name for group in self.groups for at in group.members}

    def in_sign(self, agree_is: int) -> "Map":
        """The same map with agreement written as 1 or -1, as the files of Polis's mathematics have it."""
        if agree_is not in (1, -1):
            raise ValueError("agreement is 1 or -1")
        return replace(self, axes=self.axes.in_sign(agree_is * self.agree_is), agree_is=agree_is)
