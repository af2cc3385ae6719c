"""Would other people, drawn from the same crowd, be grouped in the same way, and who belongs where?"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from folkmoot.core.decide.opinions.careful.chance import Question
from folkmoot.core.decide.opinions.careful.compiled import Floats, Marks, doubt_of, place_side
from folkmoot.core.decide.opinions.careful.fitting import (
    RIDGE_PERSON,
    Cells,
    Fit,
    Frame,
    fitted,
    framed,
    ridges_of,
)
from folkmoot.core.decide.opinions.careful.parting import Parting, joined

DOUBTS = 8  # places tried for each person in each bootstrap, within what their votes leave open


@dataclass(frozen=True, eq=False)
class Again:
    """rand: how alike the groups of each bootstrap are to those found (adjusted Rand index). membership: the
    chance of each person (all of them) to be in each group found; what is left is for other groups or
    none."""

    rand: Floats
    membership: Floats
    clumps: tuple[int, ...]


def again(
    cells: Cells,
    everybody: Cells,
    question: Question,
    found: Parting,
    chosen: int,
    variance: float,
    times: int,
    told: Callable[[str], None] | None = None,
) -> Again:
    """People are drawn anew with replacement (Efron 1979), the model is fitted to them, they are parted, and
    everybody is placed among them. `cells` are those of the people drawn from, `everybody` those to be told;
    `variance` is that of a vote about what the model says (from votes held back)."""
    drawn = np.random.default_rng(question.seed + 1)
    rand, numbers = [], []
    member = np.zeros((everybody.people, len(found.centres)))
    for number in range(times):
        if told:
            told(f"people drawn again: {number + 1} of {times}")
        chosen_people = drawn.integers(0, cells.people, cells.people)
        weights = np.bincount(chosen_people, minlength=cells.people).astype(np.float64)
        fit = fitted(cells, question.factors, question.seed, weights)
        frame = framed(fit, weights)
        parting = question.parting(frame, chosen, weights[question.asked])
        numbers.append(len(parting.centres))
        here = joined(question.places(frame, parting.centres.shape[1]), parting.centres)
        kept = found.marks >= 0
        rand.append(adjusted_rand(found.marks[kept], here[kept]))
        groups = len(found.centres)
        match = matched(found.marks[kept], here[kept], groups, len(parting.centres))
        steps = np.sqrt(variance) * drawn.standard_normal((DOUBTS // 2, question.factors))
        member += _chances(everybody, fit, frame, parting, match, groups, steps)
    return Again(np.array(rand), member / max(times, 1), tuple(numbers))


def _chances(
    cells: Cells, fit: Fit, frame: Frame, parting: Parting, match: Marks, groups: int, steps: Floats
) -> Floats:
    """The chance of each person to be nearest to each group found: over places within the doubt that their
    own votes leave, the same steps for everybody."""
    ridges = ridges_of(RIDGE_PERSON, fit.loadings.shape[1])
    width = np.linalg.cholesky(
        doubt_of(cells.starts, cells.seen, fit.loadings, ridges) + 1e-12 * np.eye(len(ridges) - 1)
    )
    spots = placed(cells, fit)
    member = np.zeros((cells.people, groups))
    for step in np.concatenate([steps, -steps]):
        places = ((spots + width @ step - frame.middle) @ frame.turned)[:, : parting.centres.shape[1]]
        group = match[joined(places, parting.centres)]
        inside = np.flatnonzero(group >= 0)
        member[inside, group[inside]] += 1.0 / (2 * len(steps))
    return member


def placed(cells: Cells, fit: Fit) -> Floats:
    """Where people stand, whether or not the model was fitted to them."""
    leans, spots = np.zeros(cells.people), np.zeros((cells.people, fit.loadings.shape[1]))
    place_side(
        cells.starts,
        cells.seen,
        cells.value - fit.mean,
        np.ones(cells.statements),
        fit.statement_leans,
        fit.loadings,
        ridges_of(RIDGE_PERSON, fit.loadings.shape[1]),
        leans,
        spots,
    )
    return spots


def matched(found: Marks, here: Marks, groups: int, others: int) -> Marks:
    """For each group of a bootstrap the one found that it shares most people with, each once (Kuhn 1955); -1
    for one too many, and where the bootstrap has no group at all."""
    if not others:
        return np.full(1, -1)
    shared = np.zeros((groups, max(others, 1)))
    np.add.at(shared, (found, here), 1.0)
    rows, columns = linear_sum_assignment(-shared)
    match = np.full(max(others, 1), -1)
    match[columns] = rows
    return match


def adjusted_rand(one: Marks, other: Marks) -> float:
    """How alike two groupings are: 1 the same, 0 as by chance (Hubert and Arabie 1985).

    >>> adjusted_rand(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]))
    1.0
    """
    if not len(one):
        return 0.0
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1)
    pairs = _pairs(table)
    rows, columns, whole = _pairs(table.sum(axis=1)), _pairs(table.sum(axis=0)), _pairs(table.sum())
    expected = rows * columns / whole if whole else 0.0
    most = (rows + columns) / 2.0
    return 1.0 if most == expected else float((pairs - expected) / (most - expected))


def _pairs(counts: Floats) -> float:
    return float((counts * (counts - 1.0)).sum() / 2.0)
