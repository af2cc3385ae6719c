"""Along which two lines do people differ most, and where does each stand?

Principal components of the votes with the column's mean in the place of each missing vote. After centring,
such a cell is nought, so that only the votes themselves are ever gone through. All in our sign: agree is 1.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from folkmoot.core.decide.opinions.polis.columns import Columns
from folkmoot.core.decide.opinions.polis.ordering import by_cells, by_pairs, mixed
from folkmoot.core.decide.opinions.polis.pairs import Pairs
from folkmoot.core.decide.opinions.votes import Floats, Places, Votes

FINE = 2.0**52  # sums over statements are made in whole numbers of this part, so that their order is nothing
CELLS = 16_000  # of the table of spreads, at a time
LEAST = 1e-10  # of the first component's variance: a second one below it is rounding
NEARLY = 1e-9  # two entries closer than this are equally large
SMALL = 96  # up to here all directions are found at once
WIDTH, DEPTH, CYCLES = 4, 14, 40  # vectors at a time, products in a cycle, cycles at most
SQUARE = 1e-12  # how far a basis may be from orthonormal
NEAR = 1e-12  # of the largest eigenvalue: what may be left over


@dataclass(frozen=True, eq=False)
class Axes:
    """Floats throughout; people and statements as in the votes they were made of.

    centre: by statement, the mean vote. components: 2 x statements, of length 1 (or nought, where people do
    not differ). variances: two, sums of squares along them. projections: people x 2. places: statements x 2,
    where somebody would stand who had agreed with this one statement alone. extremity: by statement, how far
    out that is. order: the statements' places in the order of reckoning, whatever they are called.
    """

    centre: Floats
    components: Floats
    variances: Floats
    projections: Floats
    places: Floats
    extremity: Floats
    order: Places

    def in_sign(self, agree_is: int) -> "Axes":
        """The same where agreement is written as 1 or -1. Centre and components change their signs, so that
        everybody's place stays where it is."""
        return replace(self, centre=agree_is * self.centre + 0.0, components=agree_is * self.components + 0.0)


def axes_of(votes: Votes, columns: Columns, pairs: Pairs | None) -> Axes:
    """The two components of greatest variance. Without pairs they are found by going through the votes.

    >>> from folkmoot.core.decide.opinions.polis.pairs import pairs_of
    >>> from folkmoot.core.decide.opinions.votes import votes_of
    >>> cast = [("ann", "1", 1), ("bob", "1", -1), ("eve", "1", 1), ("eve", "2", 1), ("bob", "2", 1)]
    >>> told = votes_of(cast)
    >>> axes = axes_of(told, Columns(*np.zeros((3, 2), bool)), pairs_of(told))
    >>> axes.components.round(6).tolist(), axes.centre.round(3).tolist()
    ([[1.0, 0.0], [0.0, 0.0]], [0.333, 1.0])
    """
    seen = votes.by_statement
    sums = np.bincount(votes.seen, weights=votes.value, minlength=len(seen))
    centre = np.where(columns.out, 0.0, sums / np.maximum(seen, 1))
    order = by_pairs(pairs, columns) if pairs is not None else by_cells(votes, columns)
    if pairs is not None:
        table = spread(pairs, centre, columns, order)
        variances, found = leading(lambda block: table @ block, len(seen), lambda: table)
    else:
        variances, found = leading(_through(votes, centre, columns, order), len(seen))
    components = np.zeros((2, len(seen)))
    components[: len(found), order] = [_turned(one) for one in found]
    variances = np.append(variances, [0.0, 0.0])[:2]
    components[variances <= LEAST * variances[0]] = 0.0
    components[:, columns.out] = 0.0
    return _placed(votes, columns, centre, components, variances, order)


def spread(pairs: Pairs, centre: Floats, columns: Columns, order: Places) -> Floats:
    """Sums of products of centred votes, statements x statements in this order, from whole numbers.

    Some rows at a time, as memory that is asked for anew takes longer than the arithmetic.
    """
    table = np.empty((len(order), len(order)))
    means, inside = centre[order], ~columns.out[order]
    step = max(CELLS // max(len(order), 1), 1)
    for begin in range(0, len(order), step):
        rows = order[begin : begin + step]
        own = centre[rows, None]
        product, both, first = (
            one[rows].take(order, axis=1) for one in (pairs.product, pairs.both, pairs.first)
        )
        other = pairs.first.take(rows, axis=1).take(order, axis=0).T
        part = product - (first * means + other * own) + both * (own * means)
        table[begin : begin + step] = part * (inside & inside[begin : begin + step, None])
    return table


def _through(votes: Votes, centre: Floats, columns: Columns, order: Places) -> Callable[[Floats], Floats]:
    """The same table times a block of vectors, without the table; people in an order of their votes."""
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    signs = mixed(rank[votes.seen] * 3 + votes.value + 1)
    upto = np.concatenate([np.zeros(1, np.uint64), np.cumsum(signs, dtype=np.uint64)])
    people = np.argsort(upto[votes.starts[1:]] - upto[votes.starts[:-1]], kind="stable")
    centred = np.where(columns.out[votes.seen], 0.0, votes.value - centre[votes.seen])
    cells = votes.table(centred)[people][:, order]
    cells.sort_indices()
    turned = cells.T.tocsr()
    return lambda block: np.asarray(turned @ (cells @ block))


def _turned(component: Floats) -> Floats:
    """With its largest entry above nought; of equally large ones, the first in the order of reckoning."""
    size = np.abs(component)
    first = int(np.argmax(size >= size.max() - NEARLY))
    return component if component[first] > 0 else -component


def _placed(
    votes: Votes, columns: Columns, centre: Floats, components: Floats, variances: Floats, order: Places
) -> Axes:
    """Everybody's place: the sum over seen statements of (vote - centre) times the component, times
    sqrt(statements / seen), which sets those who voted little as far out as those who voted much."""
    wide, counted = int((votes.by_statement > 0).sum()), ~columns.out
    moved = (np.array([-1.0, 0.0, 1.0]) - centre[:, None]) * counted[:, None]  # statements x votes
    shares = np.round(components[:, :, None] * moved * FINE).astype(np.int64).reshape(2, -1)
    cells = votes.seen * np.int32(3) + (votes.value + np.int8(1))
    own = counted & (votes.by_statement > 0)
    everybody = int((columns.out & (votes.by_statement > 0)).sum())
    upto = np.concatenate([[0], np.cumsum(own[votes.seen])]) if columns.out.any() else None
    seen = votes.by_person if upto is None else np.diff(upto[votes.starts]) + everybody
    scale = np.sqrt(wide / np.maximum(seen, 1))
    projections = np.empty((len(votes.people), 2))
    for number, share in enumerate(shares):
        sums = np.concatenate([[0], np.cumsum(share[cells])])
        projections[:, number] = np.diff(sums[votes.starts]) / FINE * scale
    places = ((1.0 - centre) * components * np.sqrt(wide)).T
    extremity = np.hypot(places[:, 0], places[:, 1])
    return Axes(centre, components, variances, projections, places, extremity, order)


def leading(
    times: Callable[[Floats], Floats], size: int, whole: Callable[[], Floats] | None = None
) -> tuple[Floats, Floats]:
    """The two largest eigenvalues, and their vectors as rows (fewer where the table is smaller).

    times: the table times a block of columns. whole: the table, for when it is small or stubborn.
    Source: block Krylov subspaces with Rayleigh-Ritz (Golub and Van Loan, Matrix Computations, 10.3). A block
    finds equal eigenvalues, which a single vector may miss. It begins at fixed numbers and uses no chance.

    >>> leading(lambda block: np.diag([1.0, 5.0, 3.0]) @ block, 3)[0].tolist()
    [5.0, 3.0]
    """
    if size <= SMALL:
        return _directly(times(np.eye(size)) if whole is None else whole())
    block = np.random.default_rng(7).standard_normal((size, WIDTH))
    for _ in range(CYCLES):
        basis, images = _basis(times, block)
        values, turns = np.linalg.eigh(basis.T @ images)
        best = turns[:, ::-1][:, :WIDTH]
        block, moved = basis @ best, images @ best
        two, vectors = values[::-1][:2], block[:, :2]
        if np.linalg.norm(moved[:, :2] - vectors * two, axis=0).max() <= NEAR * max(two[0], 1e-300):
            return two, vectors.T
    return _directly(whole()) if whole is not None else (two, vectors.T)


def _directly(table: Floats) -> tuple[Floats, Floats]:
    if not len(table):
        return np.zeros(0), np.zeros((0, 0))
    values, vectors = np.linalg.eigh(table)
    return values[::-1][:2], vectors[:, ::-1][:, :2].T


def _basis(times: Callable[[Floats], Floats], block: Floats) -> tuple[Floats, Floats]:
    """An orthonormal basis of the block, and of the table times it, again and again; and the table times it.

    Where a product brings nothing new, the rest is rounding and not square to what is there; then all of it
    is made orthonormal once more.
    """
    basis = np.linalg.qr(block)[0]
    images = times(basis)
    for _ in range(DEPTH - 1):
        new = images[:, -WIDTH:]
        for _again in range(2):
            new = new - basis @ (basis.T @ new)
        basis = np.hstack([basis, np.linalg.qr(new)[0]])
        images = np.hstack([images, times(basis[:, -WIDTH:])])
    if np.abs(basis.T @ basis - np.eye(basis.shape[1])).max() > SQUARE:
        basis = np.linalg.qr(basis)[0]
        images = times(basis)
    return basis, images
