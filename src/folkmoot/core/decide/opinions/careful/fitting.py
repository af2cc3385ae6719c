"""Where do people and statements stand, so that their votes follow?

vote = mean + person's lean + statement's lean + person's factors x statement's factors + rest: by ridge
regression on the votes that were cast, one side after the other (alternating least squares). Nothing is
imputed.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from folkmoot.core.decide.opinions.careful.compiled import Floats, errors_of, place_side

Places = npt.NDArray[np.int64]
# How strongly each is held back towards nought, found by held-out votes of the open conversations.
RIDGE_PERSON, RIDGE_STATEMENT, RIDGE_FACTOR = 4.0, 1.0, 4.0
BEGIN, TURNS, SWEEPS = 3, 6, 12  # rounds for leans alone, for the start of the factors, and for all
SPARE = 3  # directions more than asked for, so that the start finds the right ones


@dataclass(frozen=True, eq=False)
class Cells:
    """Votes both ways round. By person: starts (people + 1), seen, value; by statement: columns (statements
    + 1) and voters, with `turn` from the second order to the first."""

    starts: Places
    seen: npt.NDArray[np.int32]
    value: Floats
    columns: Places
    voters: npt.NDArray[np.int32]
    turn: Places

    @property
    def people(self) -> int:
        return len(self.starts) - 1

    @property
    def statements(self) -> int:
        return len(self.columns) - 1

    @property
    def person(self) -> npt.NDArray[np.int32]:
        """The person of each vote."""
        return np.repeat(np.arange(self.people, dtype=np.int32), np.diff(self.starts))

    def with_values(self, value: Floats) -> "Cells":
        """Other votes in the same cells."""
        return Cells(self.starts, self.seen, value, self.columns, self.voters, self.turn)

    def only(self, kept: npt.NDArray[np.bool_]) -> "Cells":
        """Some of the votes, among the same people and statements."""
        counted = np.bincount(self.person[kept], minlength=self.people)
        starts = np.concatenate([[0], np.cumsum(counted)]).astype(np.int64)
        return cells_of(starts, self.seen[kept], self.value[kept], self.statements)

    def of_people(self, chosen: Places) -> "Cells":
        """The votes of some people, in this order, on all statements."""
        counts = np.diff(self.starts)[chosen]
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        within = np.arange(starts[-1]) - np.repeat(starts[:-1], counts)
        cells = np.repeat(self.starts[chosen], counts) + within
        return cells_of(starts, self.seen[cells], self.value[cells], self.statements)


@dataclass(frozen=True, eq=False)
class Fit:
    """mean; leans (people), spots (people x factors); statement_leans, loadings (statements x factors)."""

    mean: float
    leans: Floats
    spots: Floats
    statement_leans: Floats
    loadings: Floats


def cells_of(starts: Places, seen: npt.NDArray[np.int32], value: Floats, statements: int) -> Cells:
    """Votes by person, turned by statement too."""
    person = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))
    turn = np.argsort(seen, kind="stable")
    columns = np.concatenate([[0], np.cumsum(np.bincount(seen, minlength=statements))]).astype(np.int64)
    return Cells(starts, seen, value, columns, person[turn], turn)


def ridges_of(first: float, factors: int) -> Floats:
    """How much a lean and each factor are held back."""
    return np.array([first] + [RIDGE_FACTOR] * factors)


def fitted(cells: Cells, factors: int, seed: int, weights: Floats | None = None) -> Fit:
    """The model with so many factors. weights: how often each person counts (once where not handed in); whom
    it leaves out is placed all the same. The start of the factors is drawn from `seed`."""
    weight = np.ones(cells.people) if weights is None else weights
    weighed = np.repeat(weight, np.diff(cells.starts))
    mean = float(np.average(cells.value, weights=weighed)) if weighed.any() else 0.0
    value = cells.value - mean
    whole = np.ones(cells.statements)
    leans, own = np.zeros(cells.people), np.zeros(cells.statements)
    spots, loadings = np.zeros((cells.people, 0)), np.zeros((cells.statements, 0))

    def sweep() -> None:
        of_person = ridges_of(RIDGE_PERSON, loadings.shape[1])
        of_statement = ridges_of(RIDGE_STATEMENT, loadings.shape[1])
        place_side(cells.starts, cells.seen, value, whole, own, loadings, of_person, leans, spots)
        place_side(cells.columns, cells.voters, turned, weight, leans, spots, of_statement, own, loadings)

    turned = value[cells.turn]
    for _ in range(BEGIN):
        sweep()
    if factors:
        rest = errors_of(cells.starts, cells.seen, value, leans, spots, own, loadings)
        loadings, spots = _directions(cells, rest, weighed, factors, seed), np.zeros((cells.people, factors))
    for _ in range(SWEEPS if factors else 0):
        sweep()
    place_side(
        cells.starts, cells.seen, value, whole, own, loadings, ridges_of(RIDGE_PERSON, factors), leans, spots
    )
    return Fit(mean, leans, spots, own, loadings)


def _directions(cells: Cells, rest: Floats, weights: Floats, factors: int, seed: int) -> Floats:
    """The strongest directions of what leans leave over (subspace iteration, Halko and others 2011)."""
    shape = (cells.people, cells.statements)
    table = csr_array((rest, cells.seen, cells.starts), shape=shape)
    # Its transpose with weights, laid out by statement without sorting anew.
    across = csr_array(((rest * weights)[cells.turn], cells.voters, cells.columns), shape=shape[::-1])
    size = min(factors + SPARE, cells.statements)
    basis = np.random.default_rng(seed).standard_normal((cells.statements, size))
    for _ in range(TURNS):
        basis = np.linalg.qr(across @ (table @ basis))[0]
    values, vectors = np.linalg.eigh(basis.T @ (across @ (table @ basis)))
    strongest = np.zeros((cells.statements, factors))
    found = min(factors, size)
    strength = np.sqrt(np.sqrt(np.clip(values[::-1][:found], 1e-12, None)))
    strongest[:, :found] = basis @ vectors[:, ::-1][:, :found] * strength
    return strongest


def predicted(fit: Fit, person: npt.NDArray[np.int32], statement: npt.NDArray[np.int32]) -> Floats:
    """What the model says of these cells."""
    crossed = np.einsum("ij,ij->i", fit.spots[person], fit.loadings[statement])
    return np.asarray(fit.mean + fit.leans[person] + fit.statement_leans[statement] + crossed)


@dataclass(frozen=True, eq=False)
class Frame:
    """Axes in which the distance of two people is the root mean square difference of what the model says of
    their votes, leans aside, over all statements: 1 is the step from agreeing to passing everywhere.

    places (people x factors) = (spots - middle) @ turned; loadings (statements x factors) belong to them.
    """

    places: Floats
    loadings: Floats
    middle: Floats
    turned: Floats


def framed(fit: Fit, weights: Floats | None = None) -> Frame:
    """The principal axes, the widest first. Each points to where people agree with the statement that it
    divides most."""
    middle = np.average(fit.spots, axis=0, weights=weights) if fit.spots.size else fit.spots.sum(axis=0)
    spots = fit.spots - middle
    if not fit.spots.size or not fit.loadings.size:
        return Frame(spots, fit.loadings, middle, np.eye(spots.shape[1]))
    statements = len(fit.loadings)
    half = _root(fit.loadings.T @ fit.loadings / statements)
    weighed = spots if weights is None else spots * np.sqrt(weights)[:, None]
    turn = np.linalg.eigh(half @ (weighed.T @ weighed) @ half)[1][:, ::-1]
    turned = half @ turn
    loadings = fit.loadings @ np.linalg.pinv(turned).T
    deepest = np.abs(loadings).argmax(axis=0)
    signs = np.where(loadings[deepest, np.arange(loadings.shape[1])] < 0.0, -1.0, 1.0)
    return Frame(np.ascontiguousarray(spots @ turned * signs), loadings * signs, middle, turned * signs)


def _root(matrix: Floats) -> Floats:
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray(vectors * np.sqrt(np.clip(values, 0.0, None)) @ vectors.T)
