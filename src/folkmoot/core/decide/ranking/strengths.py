"""How strong is each, judging by answers about pairs (Bradley-Terry)?"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from folkmoot.core.decide.ranking.ballots import Matrix, Pairs, Tiers
from folkmoot.core.decide.ranking.places import levels
from folkmoot.core.kernel.errors import Refused

Floats = NDArray[np.float64]

Z = 1.959963984540054  # standard errors on each side of a 95 % interval
FIRST_STEPS = 20  # of minorisation-maximisation, before Newton's
MOST_STEPS = 500


@dataclass(frozen=True, slots=True)
class Strength:
    """One estimate, as a logarithm around a mean of 0: at 0.7 above another the odds are 2 to 1."""

    estimate: float
    low: float  # of the 95 % interval
    high: float
    best: int  # places between which the answers do not decide, 1 first
    worst: int
    wins: int
    answers: int


@dataclass(frozen=True, slots=True)
class Strengths:
    """The strengths of all; without estimates where the answers allow none."""

    strengths: tuple[Strength, ...]  # as the candidates are; empty where there is no finite estimate
    bands: Tiers  # runs of neighbours of whom no two are clearly apart, best first; they may overlap
    groups: Tiers  # who are joined by chains of wins both ways, best group first; one where all are
    beaten: tuple[tuple[bool, ...], ...]  # whether group g has ever won against group h
    order: Tiers = ()  # cut wherever all above are clearly above all below


def bradley_terry(pairs: Pairs, prior: float = 0.0) -> Strengths:
    """The most likely strengths: the chance that i is chosen over j is s_i / (s_i + s_j).

    There is a finite estimate only if, however the candidates are split in two, somebody of each side has
    won against somebody of the other (Ford 1957). Where that fails there are no strengths but only the groups
    within which it holds. A prior of p lets every candidate win and lose p times against an imaginary one of
    strength 1: a weak belief that all are alike, under which there always is an estimate.

    Steps of minorisation-maximisation (Hunter, "MM algorithms for generalized Bradley-Terry models", Annals
    of Statistics 32 (2004)) lead near the maximum, Newton's steps to it. Intervals and clear differences are
    95 %, by the curvature of the likelihood there; with few answers they are rough.

    Raises Refused for fewer than two candidates, one that wins against itself, and a prior below 0.

    >>> from folkmoot.core.decide.ranking.ballots import Candidate
    >>> found = bradley_terry(Pairs.gathered([Candidate("a"), Candidate("b")], [(0, 1, 20), (1, 0, 10)]))
    >>> [round(one.estimate, 4) for one in found.strengths], found.bands
    ([0.3466, -0.3466], ((0, 1),))
    >>> bradley_terry(Pairs.gathered([Candidate("a"), Candidate("b")], [(0, 1, 20)])).groups
    ((0,), (1,))
    """
    _check(pairs, prior)
    wins = pairs.wins.astype(np.float64)
    groups, beaten = _groups(pairs.wins)
    if len(groups) > 1 and prior == 0:
        return Strengths((), (), groups, beaten)
    length = len(wins)
    answers, won = wins + wins.T, wins.sum(axis=1)
    theta = _maximum(answers, won, prior)
    curve = _curvature(answers, theta, prior)
    # Without a prior only differences count: the flat direction is lifted here and centred away below.
    inverse = np.linalg.inv(curve + (1 / length if prior == 0 else 0.0))
    centring = np.eye(length) - 1 / length
    spread = centring @ inverse @ centring
    theta = theta - theta.mean()
    told = _told(pairs, theta, spread)
    return Strengths(told, _bands(theta, spread), groups, beaten, _order(theta, spread))


def _check(pairs: Pairs, prior: float) -> None:
    said = ""
    if len(pairs.candidates) < 2:
        said = "There are fewer than two candidates."
    elif np.diagonal(pairs.wins).any():
        said = "Somebody wins against themselves."
    elif not (prior >= 0 and np.isfinite(prior)):
        said = "The prior is below 0 or no number."
    if said:
        raise Refused("No strengths were estimated.", said, "Check the answers.", field="ballots")


def _groups(wins: Matrix) -> tuple[Tiers, tuple[tuple[bool, ...], ...]]:
    """Who reach each other by chains of wins, best first, and which group ever won against which."""
    reach = wins > 0
    for middle in range(len(reach)):
        reach = reach | (reach[:, [middle]] & reach[[middle], :])
    both = reach & reach.T
    np.fill_diagonal(both, True)
    found = sorted({tuple(np.flatnonzero(row).tolist()) for row in both})
    above = [
        [g for g, one in enumerate(found) if one != other and reach[one[0], other[0]]] for other in found
    ]
    order = [found[place] for level in levels(len(found), above) for place in level]
    won = [[bool(wins[np.ix_(one, other)].any()) and one != other for other in order] for one in order]
    return tuple(order), tuple(tuple(row) for row in won)


def _maximum(answers: Floats, won: Floats, prior: float) -> Floats:
    """The logarithms of the strengths at the maximum; with a prior against an imaginary strength of 1."""
    strengths = np.ones(len(won))
    for _ in range(FIRST_STEPS):
        shared = answers / (strengths[:, None] + strengths)
        strengths = (won + prior) / (shared.sum(axis=1) + 2 * prior / (strengths + 1))
        if prior == 0:
            strengths = strengths / np.exp(np.log(strengths).mean())
    theta = np.log(strengths)
    slope = _slope(answers, won, theta, prior)
    for _ in range(MOST_STEPS):
        if np.abs(slope).max() <= 1e-12 * max(answers.sum(), 1.0):
            break
        curve = _curvature(answers, theta, prior)
        # Lifting the flat direction changes no step: slopes sum to nothing along it.
        step = np.linalg.solve(curve + (1 / len(won) if prior == 0 else 0.0), slope)
        step *= min(1.0, 2.0 / max(float(np.abs(step).max()), 1e-300))
        before = _likelihood(answers, won, theta, prior)
        while _likelihood(answers, won, theta + step, prior) < before - 1e-12 * abs(before):
            step = step / 2
        theta = theta + step
        slope = _slope(answers, won, theta, prior)
    return theta


def _chance(theta: Floats) -> Floats:
    return np.asarray(0.5 * (1 + np.tanh((theta[:, None] - theta) / 2)), dtype=np.float64)


def _slope(answers: Floats, won: Floats, theta: Floats, prior: float) -> Floats:
    expected = (answers * _chance(theta)).sum(axis=1)
    alone = 0.5 * (1 + np.tanh(theta / 2))
    return np.asarray(won - expected + prior * (1 - 2 * alone), dtype=np.float64)


def _curvature(answers: Floats, theta: Floats, prior: float) -> Floats:
    each = answers / (4 * np.cosh(np.clip((theta[:, None] - theta) / 2, -300, 300)) ** 2)
    alone = 2 * prior / (4 * np.cosh(np.clip(theta / 2, -300, 300)) ** 2)
    return np.asarray(np.diag(each.sum(axis=1) + alone) - each, dtype=np.float64)


def _likelihood(answers: Floats, won: Floats, theta: Floats, prior: float) -> float:
    together = np.logaddexp(theta[:, None], theta)
    alone = prior * (theta - 2 * np.logaddexp(theta, 0)).sum()
    return float(won @ theta - (answers * together).sum() / 2 + alone)


def _apart(theta: Floats, spread: Floats) -> NDArray[np.bool_]:
    """Whether the one of the row is clearly above the one of the column."""
    variances = np.diagonal(spread)
    errors = np.sqrt(np.maximum(variances[:, None] + variances - 2 * spread, 0))
    return np.asarray(theta[:, None] - theta > Z * errors) & ~np.eye(len(theta), dtype=bool)


def _told(pairs: Pairs, theta: Floats, spread: Floats) -> tuple[Strength, ...]:
    errors = Z * np.sqrt(np.maximum(np.diagonal(spread), 0))
    above, length = _apart(theta, spread), len(theta)
    return tuple(
        Strength(
            float(theta[one]),
            float(theta[one] - errors[one]),
            float(theta[one] + errors[one]),
            1 + int(above[:, one].sum()),
            length - int(above[one].sum()),
            int(pairs.wins[one].sum()),
            int(pairs.wins[one].sum() + pairs.wins[:, one].sum()),
        )
        for one in range(length)
    )


def _bands(theta: Floats, spread: Floats) -> Tiers:
    above, order = _apart(theta, spread), np.argsort(-theta, kind="stable")
    told: list[tuple[int, ...]] = []
    reached = 0
    for start in range(len(order)):
        end = start + 1
        while end < len(order) and not above[np.ix_(order[start:end], [order[end]])].any():
            end += 1
        if end > reached:
            told.append(tuple(order[start:end].tolist()))
            reached = end
    return tuple(told)


def _order(theta: Floats, spread: Floats) -> Tiers:
    above, order = _apart(theta, spread), np.argsort(-theta, kind="stable").tolist()
    cuts = [at for at in range(1, len(order)) if above[np.ix_(order[:at], order[at:])].all()]
    return tuple(tuple(order[start:end]) for start, end in pairwise([0, *cuts, len(order)]))
