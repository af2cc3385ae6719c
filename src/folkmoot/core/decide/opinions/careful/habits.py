"""Do groups, or the first factor, stand for opinions or for ways of voting?"""

from itertools import product

import numpy as np
from scipy.stats import mannwhitneyu, spearmanr

from folkmoot.core.decide.opinions.careful.compiled import Floats, Marks
from folkmoot.core.decide.opinions.careful.fitting import Cells
from folkmoot.core.decide.opinions.careful.result import Habit
from folkmoot.core.decide.opinions.careful.statements import discoveries

CLEAR_RHO, CLEAR_CHANCE = 0.3, 0.65  # weaker ones are not worth a sentence, however sure
AGREEING, VOTING = "agreeing", "voting"
LOT = {AGREEING: "agrees with more of what they saw than others do", VOTING: "casts more votes"}


def ways(cells: Cells) -> dict[str, Floats]:
    """How much more than others each person agrees with what they saw (mean vote beside that of each
    statement), and how many votes they cast."""
    counts = np.bincount(cells.seen, minlength=cells.statements)
    means = np.bincount(cells.seen, weights=cells.value, minlength=cells.statements) / np.maximum(counts, 1)
    votes = np.diff(cells.starts)
    beside = np.bincount(cells.person, weights=cells.value - means[cells.seen], minlength=cells.people)
    return {AGREEING: beside / np.maximum(votes, 1), VOTING: votes.astype(np.float64)}


def habits(
    ways_: dict[str, Floats], first: Floats, marks: Marks, names: list[str], alpha: float
) -> tuple[Habit, ...]:
    """Each way of voting against the first factor and each group, of people with enough votes."""
    found = []
    for of, way in ways_.items():
        if len(way) > 2 and np.ptp(way) > 0.0 and np.ptp(first) > 0.0:
            rho, p = spearmanr(way, first)
            found.append((of, "first factor", float(rho), float(p)))
    for (of, way), (number, name) in product(ways_.items(), enumerate(names)):
        inside = marks == number
        if inside.any() and not inside.all():
            test = mannwhitneyu(way[inside], way[~inside])
            strength = float(test.statistic) / (int(inside.sum()) * int((~inside).sum()))
            found.append((of, name, strength, float(test.pvalue)))
    sure = discoveries(np.array([one[3] for one in found]), alpha)
    return tuple(_habit(*one, bool(is_sure)) for one, is_sure in zip(found, sure, strict=True))


def _habit(of: str, about: str, strength: float, p: float, sure: bool) -> Habit:
    factor = about == "first factor"
    far = abs(strength) >= CLEAR_RHO if factor else abs(strength - 0.5) >= CLEAR_CHANCE - 0.5
    return Habit(of, about, strength, p, sure and far, _sentence(of, about, strength, sure and far))


def _sentence(of: str, about: str, strength: float, clear: bool) -> str:
    if about == "first factor":
        if not clear:
            return f"How far left or right people stand has little to do with {of} a lot."
        side = "right" if strength > 0 else "left"
        return f"Who stands further to the {side} {LOT[of]} (rho {strength:.2f}): part of this may be habit."
    if not clear:
        return f"{about[:1].upper()}{about[1:]} is not marked by {of} a lot or little."
    chance = max(strength, 1.0 - strength)
    who = f"somebody in {about}" if strength > 0.5 else f"somebody outside {about}"
    return f"In {chance:.0%} of pairs, {who} {LOT[of]}: part of this may be habit rather than opinion."
