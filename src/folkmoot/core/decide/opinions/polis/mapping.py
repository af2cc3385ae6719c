"""Where does everybody stand, who stands together, and what do they say?"""

from math import fsum

import numpy as np

from folkmoot.core.decide.opinions.conversation import Conversation
from folkmoot.core.decide.opinions.polis.axes import Axes, axes_of
from folkmoot.core.decide.opinions.polis.columns import Columns, columns_of, tidy
from folkmoot.core.decide.opinions.polis.grouping import Clusters, clusters_of, grouped, in_conversation
from folkmoot.core.decide.opinions.polis.map import Group, Map
from folkmoot.core.decide.opinions.polis.pairs import MOST_STATEMENTS, Pairs, pairs_of
from folkmoot.core.decide.opinions.polis.representing import (
    Counted,
    agreement,
    counted,
    group_aware,
    representative,
)
from folkmoot.core.decide.opinions.polis.routing import priorities_of
from folkmoot.core.decide.opinions.polis.settings import Settings
from folkmoot.core.decide.opinions.votes import AGREE, DISAGREE, Counts, Floats, Marks, Votes, ascending


def mapped(conversation: Conversation, settings: Settings = Settings()) -> Map:  # noqa: B008 - it is frozen
    """The map of a conversation, from its votes alone: neither their order nor any name matters.

    Source: the mathematics of Polis (compdemocracy/polis), as told in the guide's page on mode polis, with
    what is different here.

    >>> from folkmoot.core.decide.opinions.votes import votes_of
    >>> cast = [(person, "a", 1) for person in "123"] + [(person, "a", -1) for person in "45"]
    >>> [len(group.members) for group in mapped(Conversation(votes_of(cast))).groups]
    [3, 2]
    """
    votes = tidy(conversation.votes, conversation.statements)
    columns = columns_of(conversation, votes.statements, settings)
    return drawn(votes, columns, paired(votes), settings)


def paired(votes: Votes) -> Pairs | None:
    """The table of pairs, unless there are too many statements for one."""
    return pairs_of(votes) if len(votes.statements) <= MOST_STATEMENTS else None


def drawn(votes: Votes, columns: Columns, pairs: Pairs | None, settings: Settings) -> Map:
    """The map of counted votes."""
    return filled(votes, columns, axes_of(votes, columns, pairs), settings)


def filled(votes: Votes, columns: Columns, axes: Axes, settings: Settings) -> Map:
    """The map, where the axes are known."""
    inside = _inside(votes, settings)
    clusters = clusters_of(axes.projections, votes.by_person, inside)
    group, names, silhouettes = _parted(votes, inside, clusters, settings)
    given = settings.membership is not None
    groups = tuple(
        _group(name, group == number, axes.projections, clusters, given) for number, name in enumerate(names)
    )
    held, everybody = counted(votes, group, len(names)), _everybody(votes)
    agreed, disagreed = agreement(everybody, votes.statements, columns.out, axes.order)
    return Map(
        votes=votes,
        columns=columns,
        inside=inside,
        axes=axes,
        clusters=clusters,
        groups=groups,
        group_votes=held,
        everybody_votes=everybody,
        representative=representative(held, votes.statements, columns.out, axes.order),
        agreed=agreed,
        disagreed=disagreed,
        group_aware=group_aware(held),
        priorities=priorities_of(held, axes.extremity, columns, settings.flat_routing),
        silhouettes=silhouettes,
    )


def _inside(votes: Votes, settings: Settings) -> Marks:
    if settings.membership is not None:
        return np.fromiter((one in settings.membership for one in votes.people), bool, len(votes.people))
    return in_conversation(votes.by_person, int((votes.by_statement > 0).sum()), settings)


def _parted(
    votes: Votes, inside: Marks, clusters: Clusters, settings: Settings
) -> tuple[Counts, list[str], dict[int, float]]:
    """The number of each person's group (-1: none), the groups' names, and the silhouettes."""
    group = np.full(len(votes.people), -1, np.int64)
    if settings.membership is not None:
        given = [settings.membership.get(one) for one in votes.people]
        names = sorted({one for one in given if one is not None}, key=ascending)
        number = {name: place for place, name in enumerate(names)}
        group[inside] = [number[one] for one in given if one is not None]
        return group, names, {}
    of_cluster, silhouettes = grouped(clusters, settings)
    group[inside] = of_cluster[clusters.of[inside]]
    return group, [str(one) for one in range(int(of_cluster.max(initial=-1)) + 1)], silhouettes


def _group(name: str, people: Marks, projections: Floats, clusters: Clusters, given: bool) -> Group:
    members = np.flatnonzero(people).astype(np.int32)
    middle = [mean_of(projections[members, axis]) for axis in (0, 1)]
    own = np.zeros(0, np.int32) if given else np.unique(clusters.of[members]).astype(np.int32)
    return Group(name, members, own, (middle[0], middle[1]))


def mean_of(numbers: Floats) -> float:
    """The mean, whatever their order: the sum is rounded once."""
    return fsum(numbers) / max(len(numbers), 1)


def _everybody(votes: Votes) -> Counted:
    agree, disagree = votes.of(AGREE), votes.of(DISAGREE)
    return Counted(agree, disagree, votes.by_statement)
