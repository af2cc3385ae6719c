"""Who is near whom: at most a hundred small clusters, and a few groups of these?

The reference begins each time with the clusters of the time before, so that its groups depend on the path by
which votes came in. Here they depend on the votes alone: people are taken in an order that their votes give,
and every start is fixed.
"""

from dataclasses import dataclass

import numpy as np

from folkmoot.core.decide.opinions.polis.nearness import settled, settled_together, silhouette
from folkmoot.core.decide.opinions.polis.settings import LEAST_PEOPLE, Settings
from folkmoot.core.decide.opinions.votes import Counts, Floats, Marks, Places

CLUSTERS, ROUNDS = 100, 100  # of clusters of people
GROUP_ROUNDS, STARTS = 20, 8
NEARLY = 1e-9  # sums of squares closer than this are equally good
PLACES_PER_GROUP = 12  # clusters for each group more than two that is tried


@dataclass(frozen=True, eq=False)
class Clusters:
    """of: int64, the cluster of each person, -1 for who is not in the conversation. centres: clusters x 2."""

    of: Counts
    centres: Floats

    def sizes(self) -> Counts:
        """How many people each has."""
        return np.bincount(self.of[self.of >= 0], minlength=len(self.centres))

    def members(self, cluster: int) -> Places:
        """The places of its people, ascending."""
        return np.flatnonzero(self.of == cluster).astype(np.int32)


def in_conversation(by_person: Counts, statements: int, settings: Settings) -> Marks:
    """Who voted enough to be grouped; where these are under fifteen, the most active join them, with all who
    voted as much as the last of those.

    >>> in_conversation(np.array([9, 7, 6]), 20, Settings()).tolist()
    [True, True, True]
    """
    enough = np.asarray(by_person >= min(settings.least_votes, statements))
    if enough.sum() >= min(LEAST_PEOPLE, len(by_person)):
        return enough
    return np.asarray(enough | (by_person >= np.sort(by_person)[::-1][:LEAST_PEOPLE][-1]))


def clusters_of(projections: Floats, by_person: Counts, among: Marks) -> Clusters:
    """Clusters of the people among these: k-means from the first hundred different places, those first who
    voted most, then those furthest out. Clusters stand in the order of their centres, from left to right."""
    of = np.full(len(projections), -1, np.int64)
    people = np.flatnonzero(among)
    if not len(people):
        return Clusters(of, np.zeros((0, 2)))
    places = projections[people]
    far = places[:, 0] ** 2 + places[:, 1] ** 2
    people = people[np.lexsort((places[:, 1], places[:, 0], -far, -by_person[people]))]
    places = np.ascontiguousarray(projections[people])
    near, centres = settled(places, np.ones(len(places)), _first_different(places), ROUNDS)
    order = np.lexsort((centres[:, 1], centres[:, 0]))
    of[people] = np.argsort(order)[near]
    return Clusters(of, centres[order])


def _first_different(places: Floats) -> Floats:
    """The first places that differ from all before, at most as many as there may be clusters."""
    begin = places[: 4 * CLUSTERS]
    first = np.sort(np.unique(begin, axis=0, return_index=True)[1])
    if len(first) < CLUSTERS and len(places) > len(begin):
        first = np.sort(np.unique(places, axis=0, return_index=True)[1])
    return places[first[:CLUSTERS]]


def grouped(clusters: Clusters, settings: Settings) -> tuple[Counts, dict[int, float]]:
    """The group of each cluster, and the silhouette of each number of groups that was tried.

    Groups stand by size, the largest first; of equally large ones from left to right.
    """
    centres, weights = clusters.centres, clusters.sizes().astype(np.float64)
    if len(centres) < 2 or settings.groups == 1:
        return np.zeros(len(centres), np.int64), {}
    most = min(settings.most_groups, 2 + len(centres) // PLACES_PER_GROUP)
    tried = range(2, most + 1) if settings.groups is None else [settings.groups]
    distances = np.hypot(*(centres[:, None, axis] - centres[None, :, axis] for axis in (0, 1)))
    found: dict[int, Counts] = {}
    told: dict[int, float] = {}
    for count in tried:
        found[count] = _parted(centres, weights, min(count, len(centres)))
        told[count] = silhouette(distances, found[count], int(found[count].max()) + 1)
    best = max(told, key=lambda count: (told[count], -count))
    return _by_size(found[best], centres, weights), told


def _by_size(near: Counts, centres: Floats, weights: Floats) -> Counts:
    sizes = np.bincount(near, weights=weights)
    across, up = (np.bincount(near, weights=weights * axis) / sizes for axis in centres.T)
    return np.asarray(np.argsort(np.lexsort((up, across, -sizes)))[near])


def _parted(centres: Floats, weights: Floats, count: int) -> Counts:
    """The best of some k-means: one from centres far from each other, the others from fixed draws. Best has
    the least weighted sum of squares; of about equally good ones the first."""
    starts = centres[_starts(centres, weights, count)]
    near, totals = settled_together(centres, weights, starts, GROUP_ROUNDS)
    return np.asarray(near[int(np.argmax(totals <= totals.min() * (1 + NEARLY)))])


def _starts(centres: Floats, weights: Floats, count: int) -> Counts:
    """Which clusters each start begins with, starts x groups."""
    middle = (weights[:, None] * centres).sum(axis=0) / weights.sum()
    chosen = [int(np.argmax(((centres - middle) ** 2).sum(axis=1)))]
    while len(chosen) < count:
        apart = ((centres[:, None] - centres[chosen]) ** 2).sum(axis=2).min(axis=1)
        chosen.append(int(np.argmax(apart)))
    drawn = np.random.default_rng(11).random((STARTS - 1, len(centres)))
    return np.concatenate([[chosen], np.argsort(drawn, axis=1)[:, :count]])
