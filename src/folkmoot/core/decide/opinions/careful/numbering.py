"""How many factors do votes that were held back speak for?"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from folkmoot.core.decide.opinions.careful.compiled import Floats
from folkmoot.core.decide.opinions.careful.fitting import Cells, fitted, predicted

FOLDS = 5
MOST_FACTORS = 4


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What a number of factors does on votes that it has not seen: the root mean square error (a vote is -1,
    0 or 1) and the standard error of its difference from the best number, over people."""

    factors: int
    error: float
    beside_best: float  # in units of the mean square: how much worse than the best
    uncertainty: float


def held_out(cells: Cells, seed: int, told: Callable[[str], None] | None = None) -> tuple[HeldOut, ...]:
    """Five times, a fifth of the votes is kept back and told from the others, with 0 to 4 factors."""
    fold = np.random.default_rng(seed).integers(0, FOLDS, len(cells.value))
    most = min(MOST_FACTORS, max(0, cells.statements - 1))
    squares = np.zeros((most + 1, cells.people))
    person = cells.person
    for number in range(FOLDS):
        if told:
            told(f"votes held back: part {number + 1} of {FOLDS}")
        away = fold == number
        rest = cells.only(~away)
        for factors in range(most + 1):
            said = predicted(fitted(rest, factors, seed), person[away], cells.seen[away])
            far = (cells.value[away] - said) ** 2
            squares[factors] += np.bincount(person[away], weights=far, minlength=cells.people)
    return _compared(squares, len(cells.value))


def _compared(squares: Floats, votes: int) -> tuple[HeldOut, ...]:
    whole = squares.sum(axis=1) / max(votes, 1)
    best = int(whole.argmin())
    return tuple(
        HeldOut(
            factors,
            float(np.sqrt(whole[factors])),
            float(whole[factors] - whole[best]),
            float(np.sqrt(((squares[factors] - squares[best]) ** 2).sum()) / max(votes, 1)),
        )
        for factors in range(len(squares))
    )


def number_of(table: tuple[HeldOut, ...]) -> int:
    """The fewest factors that are not worse than the best by more than one standard error (Breiman and others
    1984), so that a factor is there only where votes speak for it."""
    return next(one.factors for one in table if one.beside_best <= one.uncertainty)
