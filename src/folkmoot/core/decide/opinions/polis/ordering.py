"""In which order are statements taken, whatever they are called?

Sums of floats depend on their order in the last digits, and near ties on these. So everything is reckoned in
an order that the votes alone give: by counts, then by what the same people said elsewhere. Only statements
that no vote tells apart are left in the order of their ids.
"""

import numpy as np
import numpy.typing as npt

from folkmoot.core.decide.opinions.polis.columns import Columns
from folkmoot.core.decide.opinions.polis.pairs import Pairs
from folkmoot.core.decide.opinions.votes import Places, Votes

Signs = npt.NDArray[np.uint64]
ROUNDS = 3
ODD = tuple(
    np.uint64(one) for one in (0x9E3779B97F4A7C15, 0xD1342543DE82EF95, 0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53)
)
LOW = np.uint64(0xFFFFFFFF)


def mixed(signs: npt.NDArray[np.generic]) -> Signs:
    """Whole numbers thrown far apart (the finaliser of SplitMix64; Steele, Lea and Flood 2014)."""
    held = signs.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
    held = (held ^ (held >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    held = (held ^ (held >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return held ^ (held >> np.uint64(31))


def by_pairs(pairs: Pairs, columns: Columns) -> Places:
    """The places of statements in their order, from the table of pairs."""
    seen = pairs.both.diagonal()
    signs = _alone(seen, pairs.product.diagonal(), pairs.first.diagonal(), columns)
    tables = (pairs.both, pairs.product, pairs.first, pairs.first.T)
    alike = _alike(signs)
    for table in tables:  # sums tell most apart, and cost little
        sums = table[alike].sum(axis=1, dtype=np.int64)
        signs[alike] = mixed(signs[alike] + sums.astype(np.uint64))
    alike, before = _alike(signs), len(signs) + 1
    while 0 < len(alike) < before:
        told = sum(table[alike].astype(np.uint64) * odd for table, odd in zip(tables, ODD, strict=True))
        signs[alike] = mixed(signs[alike] + mixed(told + signs).sum(axis=1, dtype=np.uint64))
        alike, before = _alike(signs), len(alike)
    return _ordered(signs, seen)


def _alike(signs: Signs) -> Places:
    """The places of those that are not yet told apart."""
    _, group, counts = np.unique(signs, return_inverse=True, return_counts=True)
    return np.flatnonzero(counts[group] > 1).astype(np.int32)


def by_cells(votes: Votes, columns: Columns) -> Places:
    """The same from the votes themselves, for conversations too wide for a table of pairs."""
    wide, value = len(votes.statements), votes.value.astype(np.int64)
    seen = votes.by_statement
    sums = np.bincount(votes.seen, weights=value, minlength=wide).astype(np.int64)
    squares = np.bincount(votes.seen, weights=value * value, minlength=wide).astype(np.int64)
    signs = _alone(seen, squares, sums, columns)
    for _ in range(ROUNDS):
        told = mixed(signs[votes.seen] + value.astype(np.uint64))
        upto = np.concatenate([np.zeros(1, np.uint64), np.cumsum(told, dtype=np.uint64)])
        persons = mixed(upto[votes.starts[1:]] - upto[votes.starts[:-1]])
        told = mixed(persons[votes.person] + value.astype(np.uint64))
        low = np.bincount(votes.seen, weights=(told & LOW).astype(np.float64), minlength=wide)
        high = np.bincount(votes.seen, weights=(told >> np.uint64(32)).astype(np.float64), minlength=wide)
        signs = mixed(signs + low.astype(np.uint64) + mixed(high.astype(np.uint64)))
    return _ordered(signs, seen)


def _alone(
    seen: npt.NDArray[np.generic],
    squares: npt.NDArray[np.generic],
    sums: npt.NDArray[np.generic],
    columns: Columns,
) -> Signs:
    marks = columns.out * 4 + columns.shown * 2 + columns.meta
    signs = mixed(marks)
    for counts in (seen, squares, sums):
        signs = mixed(signs + counts.astype(np.int64).astype(np.uint64))
    return signs


def _ordered(signs: Signs, seen: npt.NDArray[np.generic]) -> Places:
    """Those with most votes first; then by sign, then as they stand."""
    return np.lexsort((np.arange(len(signs)), signs, -seen.astype(np.int64))).astype(np.int32)
