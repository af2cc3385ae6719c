"""How do people part into groups, and how much of their spread do the groups account for?"""

from dataclasses import dataclass

import numpy as np

from folkmoot.core.decide.opinions.careful.compiled import Floats, Marks, nearest, settle

DRAWN = 4  # starts of k-means that are drawn, beside those that the axes and the farthest people give


@dataclass(frozen=True, eq=False)
class Parting:
    """marks: the group of each, -1 for those in a clump too small to be a group. centres: of the groups.
    share: how much of the spread of places all the clumps account for, 0 to 1."""

    marks: Marks
    centres: Floats
    share: float


def parted(places: Floats, clumps: int, smallest: int, seed: int, weights: Floats | None = None) -> Parting:
    """The best of several k-means (Lloyd 1982) from starts that are always the same: groups in the order of
    their size, then from left to right. Clumps of fewer people than `smallest` are no groups."""
    weight = np.ones(len(places)) if weights is None else weights
    best, marks, centres = np.inf, np.zeros(len(places), np.int64), places[:1]
    for start in _starts(places, clumps, np.random.default_rng(seed)):
        tried, found = np.ascontiguousarray(start), np.zeros(len(places), np.int64)
        rest = settle(places, weight, tried, found)
        if rest < best * (1.0 - 1e-9):
            best, marks, centres = rest, found, tried
    middle = np.average(places, axis=0, weights=weight)
    spread = float((weight[:, None] * (places - middle) ** 2).sum())
    sizes = np.bincount(marks, weights=weight, minlength=clumps)
    order = sorted(
        (group for group in range(clumps) if sizes[group] >= smallest),
        key=lambda group: (-sizes[group], *centres[group]),
    )
    number = np.full(clumps, -1)
    number[order] = np.arange(len(order))
    return Parting(number[marks], centres[order], 1.0 - best / spread if spread > 1e-12 else 0.0)


def _starts(places: Floats, clumps: int, drawn: np.random.Generator) -> list[Floats]:
    starts = []
    size = len(places)
    for axis in range(min(2, places.shape[1])):
        order = np.argsort(places[:, axis], kind="stable")
        starts.append(np.array([part.mean(axis=0) for part in np.array_split(places[order], clumps)]))
    far = [int(((places - places.mean(axis=0)) ** 2).sum(axis=1).argmax())]
    distance = np.full(size, np.inf)
    while len(far) < clumps:
        distance = np.minimum(distance, ((places - places[far[-1]]) ** 2).sum(axis=1))
        far.append(int(distance.argmax()))
    starts.append(places[far])
    return starts + [places[drawn.choice(size, clumps, replace=False)] for _ in range(DRAWN)]


def joined(places: Floats, centres: Floats) -> Marks:
    """The group whose centre is nearest to each."""
    marks = np.zeros(len(places), np.int64)
    if len(centres):
        nearest(np.ascontiguousarray(places), np.ascontiguousarray(centres), marks)
    return marks
