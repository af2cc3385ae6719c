"""Which of some centres is each place nearest to, and how do centres settle (k-means)?"""

import numpy as np

from folkmoot.core.decide.opinions.votes import Counts, Floats

STILL = 0.01  # k-means ends when no centre moves so far
BLOCK = 128  # places at a time
MANY = 100_000  # places times centres above which compiled loops beat a table of distances


def nearest(places: Floats, centres: Floats, last: Counts) -> Counts:
    """The number of the nearest centre for each place; of equally near ones the lowest.

    last: the answer before, where the search of many places begins.

    >>> nearest(np.array([[0.0, 1.0], [4.0, 0.0]]), np.array([[0.0, 0.0], [5.0, 0.0]]), np.zeros(2, int))
    array([0, 1])
    """
    if places.shape[0] * len(centres) > MANY:
        from folkmoot.core.decide.opinions.polis import compiled  # noqa: PLC0415 - loads the compiler

        near = np.minimum(last, len(centres) - 1)
        compiled.nearest(places, centres, np.argsort(centres[:, 0], kind="stable"), near)
        return near
    near = np.empty(len(places), np.int64)
    for begin in range(0, len(places), BLOCK):  # small tables, as large ones are slow to be given memory
        some = slice(begin, begin + BLOCK)
        across, up = (places[some, None, axis] - centres[None, :, axis] for axis in (0, 1))
        across *= across
        up *= up
        across += up
        across.argmin(axis=1, out=near[some])
    return near


def settled(places: Floats, weights: Floats, centres: Floats, rounds: int) -> tuple[Counts, Floats]:
    """The cluster of each place and the centres, from these centres on; empty clusters are dropped."""
    near = np.zeros(len(places), np.int64)
    for _ in range(rounds + 1):
        near = nearest(places, centres, near)
        held = np.bincount(near, weights=weights, minlength=len(centres))
        moved = np.stack(
            [np.bincount(near, weights=weights * axis, minlength=len(centres)) for axis in places.T], 1
        )
        kept = held > 0
        near = (np.cumsum(kept) - 1)[near]
        new = moved[kept] / held[kept, None]
        shift = np.hypot(*(new - centres[kept]).T)
        centres = new
        if shift.max(initial=0.0) < STILL:
            break
    return near, centres


def settled_together(places: Floats, weights: Floats, starts: Floats, rounds: int) -> tuple[Counts, Floats]:
    """The same from many starts at once: the cluster of each place for each start, and each one's weighted
    sum of squares (infinite where a cluster ran empty).

    starts: starts x clusters x 2; clusters: starts x places.
    """
    centres, many = starts, np.arange(starts.shape[1])
    held = np.concatenate([weights[:, None], weights[:, None] * places], axis=1)
    for _ in range(rounds + 1):
        off = places[None, :, None, :] - centres[:, None, :, :]
        far = off[..., 0] ** 2 + off[..., 1] ** 2
        near = far.argmin(axis=2)
        sums = (near[:, None, :] == many[None, :, None]).astype(np.float64) @ held
        full = sums[..., :1] > 0
        new = np.where(full, sums[..., 1:] / np.where(full, sums[..., :1], 1.0), centres)
        shift = np.abs(new - centres).max()
        centres = new
        if shift < STILL:
            break
    off = places[None] - np.take_along_axis(centres, near[..., None], axis=1)
    total = (weights[None, :, None] * off**2).sum(axis=(1, 2))
    return near, np.where(full.all(axis=(1, 2)), total, np.inf)


def silhouette(distances: Floats, near: Counts, count: int) -> float:
    """How much nearer places are to their own cluster than to the next, from -1 to 1: the mean over places,
    0 for one that is alone (Rousseeuw 1987).

    distances: places x places.
    """
    belongs = (near[:, None] == np.arange(count)).astype(np.float64)
    sizes, here = belongs.sum(axis=0), np.arange(len(near))
    sums = distances @ belongs
    own = sums[here, near] / np.maximum(sizes[near] - 1, 1)
    means = sums / np.maximum(sizes, 1)
    means[here, near] = np.inf
    other = means.min(axis=1)
    larger = np.maximum(own, other)
    alone = (sizes[near] == 1) | ~np.isfinite(other) | (larger == 0)
    told = (np.where(alone, 0.0, other) - np.where(alone, 0.0, own)) / np.where(alone, 1.0, larger)
    return float(told.mean())
