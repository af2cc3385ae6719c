"""If these people were weighted until they are like the place, how would what they say move?"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from folkmoot.core.learn.representation.answer import Strain

LIGHTEST, HEAVIEST = 0.3, 3.0  # nobody speaks for more than three people, or for less than a third of one
MOST_ROUNDS = 1_000
NEAR = 1e-10
TINY = 1e-9  # a weight that is as good as none
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Margin:
    """One dimension: the value of each person by its number, -1 for none, and the place's shares."""

    codes: tuple[int, ...]
    shares: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Raked:
    """A weight for each person, 1 on average, and what it costs."""

    weights: tuple[float, ...]
    strain: Strain


@dataclass(frozen=True, slots=True)
class Moved:
    """A share (of agreement, say) as it is and as it would be weighted; None where nobody answered."""

    plain: float | None
    weighted: float | None


def raked(margins: Sequence[Margin], lightest: float = LIGHTEST, heaviest: float = HEAVIEST) -> Raked:
    """Weights by which each dimension has the place's shares, as nearly as the caps allow.

    Iterative proportional fitting (Deming and Stephan 1940): each dimension in turn, until nothing moves.
    Where a weight lies outside the caps, fitting and holding take turns, and what is left is told as
    furthest_off. Who told nothing keeps a weight of their own in that dimension. Values of which there is
    nobody cannot be weighted: the others share out the whole, and they are told as absent. Raises ValueError
    for margins of different lengths, or of nobody.

    >>> found = raked([Margin((0, 0, 0, 1), (Fraction(1, 2), Fraction(1, 2)))])
    >>> [round(one, 3) for one in found.weights], round(found.strain.effective, 3)
    ([0.667, 0.667, 0.667, 2.0], 3.0)
    """
    sizes = {len(margin.codes) for margin in margins}
    if len(sizes) != 1 or sizes == {0}:
        raise ValueError("each margin has a code for each of the same people")
    fits = [_fit(margin) for margin in margins]
    weights = np.ones(sizes.pop())
    for _ in range(MOST_ROUNDS):
        before = weights
        weights = _round(weights, fits)
        if np.abs(weights - before).max() < NEAR:
            break
    capped = bool(weights.min() < lightest or weights.max() > heaviest)
    if capped:
        weights = _held(weights, fits, lightest, heaviest)
    absent = sum(
        share > 0 and code not in margin.codes
        for margin in margins
        for code, share in enumerate(margin.shares)
    )
    return Raked(tuple(map(float, weights)), _strain(weights, fits, capped, absent))


def reweighted(answers: Sequence[bool | None], weights: Sequence[float]) -> Moved:
    """The share of yes among those who answered, as it is and weighted: how a consensus would move.

    >>> reweighted([True, True, False, None], [1, 1, 2, 9])
    Moved(plain=0.6666666666666666, weighted=0.5)
    """
    given = [(one, w) for one, w in zip(answers, weights, strict=True) if one is not None]
    whole = sum(w for _, w in given)
    if not given or whole == 0:
        return Moved(None, None)
    return Moved(sum(one for one, _ in given) / len(given), sum(w for one, w in given if one) / whole)


def effective_number(weights: Sequence[float]) -> float:
    """As many people as the weighted ones are worth: (sum of w)^2 / sum of w^2 (Kish 1965, section 11.7).

    >>> effective_number([1, 1, 1, 1]), effective_number([2, 0, 0, 0])
    (4.0, 1.0)
    """
    held = np.asarray(weights, dtype=float)
    return float(held.sum() ** 2 / (held**2).sum())


def _fit(margin: Margin) -> tuple[NDArray[np.int64], Floats]:
    """The people who told, and the shares of the values that they have."""
    codes = np.array(margin.codes)
    there = np.bincount(codes[codes >= 0], minlength=len(margin.shares)) > 0
    shares = np.array([float(share) for share in margin.shares]) * there
    return codes, shares / shares.sum() if shares.sum() > 0 else shares


def _round(weights: Floats, fits: Sequence[tuple[NDArray[np.int64], Floats]]) -> Floats:
    """Each dimension once; the sum of weights stays as it is."""
    for codes, shares in fits:
        told = codes >= 0
        now = np.bincount(codes[told], weights[told], minlength=len(shares))
        if shares.sum() == 0 or now[shares > 0].min() <= 0:
            continue
        factors = np.divide(shares * now.sum(), now, out=np.ones_like(now), where=now > 0)
        weights = weights.copy()
        weights[told] *= factors[codes[told]]
    mean = float(weights.mean())
    return weights / mean


def _held(
    weights: Floats, fits: Sequence[tuple[NDArray[np.int64], Floats]], lightest: float, heaviest: float
) -> Floats:
    """Fitting and holding in turns; the weights that are held keep their average of 1."""
    for _ in range(MOST_ROUNDS):
        after = _clipped(_round(weights, fits), lightest, heaviest)
        if np.abs(after - weights).max() < NEAR:
            break
        weights = after
    return _clipped(weights, lightest, heaviest)


def _clipped(weights: Floats, lightest: float, heaviest: float) -> Floats:
    """The weights within the caps, by that factor for all which leaves them 1 on average.

    The sum after clipping is a broken line over the factor: its bends are where a weight meets a cap.
    """
    held = np.maximum(weights, TINY)
    bends = np.concatenate([lightest / held, heaviest / held])
    order = np.argsort(bends)
    bends, slopes = bends[order], np.cumsum(np.concatenate([held, -held])[order])
    sums = lightest * len(held) + np.concatenate([[0.0], np.cumsum(slopes[:-1] * np.diff(bends))])
    factor = float(np.interp(len(held), sums, bends))
    return np.clip(factor * held, lightest, heaviest)


def _strain(
    weights: Floats, fits: Sequence[tuple[NDArray[np.int64], Floats]], capped: bool, absent: int
) -> Strain:
    effective = effective_number(list(weights))
    off = 0.0
    for codes, shares in fits:
        told = codes >= 0
        if told.any() and shares.sum() > 0:
            now = np.bincount(codes[told], weights[told], minlength=len(shares))
            off = max(off, float(np.abs(now / now.sum() - shares).max()))
    efficiency = effective / len(weights)
    return Strain(effective, len(weights) / effective, efficiency, off, capped, absent)
