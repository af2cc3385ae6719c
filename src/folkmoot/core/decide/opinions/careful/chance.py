"""Are the groups more than chance, and more than people spread without gaps?

Two things look like groups and are none. Noise: k-means parts anything. And a spectrum: people spread evenly
from one end to the other. So the silhouettes found are put beside those of votes dealt out anew among the
voters of each statement, and beside those of people spread evenly over the same factors (as in the gap
statistic, Tibshirani, Walther and Hastie 2001), who vote on the same statements by a logistic curve and are
then read in the same way.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from folkmoot.core.decide.opinions.careful.compiled import Floats, curve_side, silhouette
from folkmoot.core.decide.opinions.careful.fitting import Cells, Fit, Frame, Places, fitted, framed
from folkmoot.core.decide.opinions.careful.parting import Parting, parted

NO_GROUPS = -1.0  # the silhouette where fewer than two clumps are large enough
ROWS = 500  # people whose silhouettes are averaged, against everybody
TUNINGS = 5  # rounds that give the even spread the width that was found
STEP = 1.5  # by which a width changes at most in a round
CURVES = 15  # rounds of Newton steps
PERSON_PRIOR, STATEMENT_PRIOR = 1.0, 0.1  # one over the variance of log odds
MARGIN = 0.04  # by which groups stand out at least: made people's curves are never quite those of people
SLACK = 0.01  # of a silhouette, so that a spread that hardly varies does not decide


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of each set of votes: with how many factors, of whom (people by place), into how many
    clumps. Each number of clumps is tried along the first axis alone, along the first two, and so on: people
    may stand apart in one respect and be spread evenly in others."""

    factors: int
    asked: Places
    clumps: tuple[int, ...]
    smallest: int
    seed: int

    @property
    def tried(self) -> tuple[tuple[int, int], ...]:
        """Each number of axes with each number of clumps."""
        return tuple((axes, clumps) for axes in range(1, self.factors + 1) for clumps in self.clumps)

    def places(self, frame: Frame, axes: int) -> Floats:
        """Where those who are asked stand."""
        return np.ascontiguousarray(frame.places[self.asked, :axes])

    def parting(self, frame: Frame, number: int, weights: Floats | None = None) -> Parting:
        """One of those tried."""
        axes, clumps = self.tried[number]
        return parted(self.places(frame, axes), clumps, self.smallest, self.seed, weights)

    def answer(self, frame: Frame) -> Floats:
        """The silhouette of each that is tried."""
        return np.array(
            [
                _silhouette(self.places(frame, axes), self.parting(frame, number))
                for number, (axes, _) in enumerate(self.tried)
            ]
        )

    def of(self, cells: Cells) -> Floats:
        """The same of other votes in the same cells."""
        return self.answer(framed(fitted(cells, self.factors, self.seed)))


def _silhouette(places: Floats, found: Parting) -> float:
    groups = len(found.centres)
    return float(silhouette(places, found.marks, groups, ROWS)) if groups > 1 else NO_GROUPS


@dataclass(frozen=True, eq=False)
class Chance:
    """found: the silhouette of each that is tried. dealt, even, lopsided: the same of votes dealt out anew,
    and of people spread evenly, or thinning out to one side (times x tried; no rows where votes dealt out
    anew do as well, as there is nothing more to ask then)."""

    found: Floats
    dealt: Floats
    even: Floats
    lopsided: Floats

    @property
    def p_dealt(self) -> float:
        """The share of deals that stand out as much as what is found, whatever its number of clumps."""
        return _rank(self.found, self.dealt)

    @property
    def p_spread(self) -> float | None:
        """The same for the spread, of both, that does better."""
        if not len(self.even):
            return None
        return max(_rank(self.found, self.even), _rank(self.found, self.lopsided))

    def gaps(self, alpha: float) -> bool:
        """Whether what stands out most from an even spread is more than a spread would show."""
        if self.p_spread is None or self.p_spread > alpha:
            return False
        return self.margin(_furthest(self.found, self.even)) >= MARGIN

    def chosen(self, alpha: float) -> int:
        """Which is told, as a place in those tried: what stands out most from a spread where there are gaps,
        otherwise what stands out most from votes dealt out anew."""
        return _furthest(self.found, self.even if self.gaps(alpha) else self.dealt)

    def margin(self, number: int) -> float:
        """By how much one of those tried stands out from the better spread."""
        best = max(spread[:, number].mean() for spread in (self.even, self.lopsided))
        return float(self.found[number] - best)


def _furthest(found: Floats, others: Floats) -> int:
    return int(((found - others.mean(axis=0)) / (others.std(axis=0) + SLACK)).argmax())


def chance(
    cells: Cells,
    fit: Fit,
    question: Question,
    times: int,
    alpha: float,
    told: Callable[[str], None] | None = None,
) -> Chance:
    """What is found, beside so many deals and, where it stands out from these, so many spreads."""
    drawn, say = np.random.default_rng(question.seed), told or (lambda _: None)
    found = question.answer(framed(fit))
    dealt = []
    for number in range(times):
        say(f"beside chance: {number + 1} of {times}")
        dealt.append(question.of(dealt_anew(cells, drawn)))
    nothing = np.zeros((0, len(found)))
    beside = Chance(found, np.array(dealt), nothing, nothing)
    if beside.p_dealt > alpha:
        return beside
    even, lopsided = (Spread(cells, fit, question, drawn, is_lopsided) for is_lopsided in (False, True))
    answers = []
    for number in range(times):
        say(f"beside a spread: {number + 1} of {times}")
        answers.append([question.of(one) for one in (even.votes(), lopsided.votes())])
    return Chance(found, beside.dealt, *np.array(answers).transpose(1, 0, 2))


def _rank(found: Floats, others: Floats) -> float:
    """The share that stands out as much, what was found among them: each number of clumps on its own scale,
    and of each the best (Westfall and Young 1993), so that trying many numbers is paid for."""
    together = np.vstack([found, others])
    heights = ((together - together.mean(axis=0)) / (together.std(axis=0) + 1e-12)).max(axis=1)
    return float((heights >= heights[0] - 1e-9).mean())


def dealt_anew(cells: Cells, drawn: np.random.Generator) -> Cells:
    """Each statement's votes dealt out among those who voted on it: who saw what stays, and what they share
    goes."""
    column = np.repeat(np.arange(cells.statements), np.diff(cells.columns))
    order = np.lexsort((drawn.random(len(column)), column))
    value = np.empty_like(cells.value)
    value[cells.turn] = cells.value[cells.turn][order]
    return cells.with_values(value)


class Spread:
    """People spread without gaps, who vote on what they have seen: evenly over the box of the factors, or
    lopsided, thinning out to one side of each axis (a gamma distribution) as much as those found.

    Agreement follows a logistic curve for each statement, fitted to the votes (as in item response theory),
    so that votes saturate as real ones do; passes are as frequent as they were. Width and lopsidedness are
    found by trial, so that places read from these votes come out as the true ones.
    """

    def __init__(
        self, cells: Cells, fit: Fit, question: Question, drawn: np.random.Generator, lopsided: bool
    ) -> None:
        self._cells, self._drawn, self._lopsided = cells, drawn, lopsided
        voters = np.maximum(np.bincount(cells.seen, minlength=cells.statements), 1)
        passed = np.bincount(cells.seen[cells.value == 0], minlength=cells.statements)
        self._passes = (passed / voters)[cells.seen]
        curves = curved(cells, fit)
        self._frame = framed(curves)
        self._level = (
            curves.leans[cells.person]
            + (curves.statement_leans + curves.loadings @ self._frame.middle)[cells.seen]
        )
        found = self._frame.places[question.asked]
        self._centre, self._width, self._skew = found.mean(axis=0), found.std(axis=0), _skew(found)
        self._tune(framed(fit), question)

    def _tune(self, wanted: Frame, question: Question) -> None:
        """Width and lopsidedness, by trial, until places that are read come out as those found."""
        found = wanted.places[question.asked]
        for _ in range(TUNINGS):
            frame = framed(fitted(self.votes(), question.factors, question.seed))
            again = frame.places[question.asked]
            self._width = self._width * np.clip(_width(found) / _width(again), 1.0 / STEP, STEP)
            # An axis may come out the other way round.
            turned = np.where((frame.loadings * wanted.loadings).sum(axis=0) < 0.0, -1.0, 1.0)
            self._skew = np.clip(self._skew + (_skew(found) - turned * _skew(again)) / 2.0, -2.0, 2.0)

    def _places(self) -> Floats:
        size = (self._cells.people, len(self._width))
        if not self._lopsided:
            even = self._drawn.uniform(-1.0, 1.0, size) * np.sqrt(3.0)
            return np.asarray(self._centre + even * self._width)
        shape = 4.0 / np.maximum(self._skew**2, 0.01)
        along = (self._drawn.standard_gamma(shape, size) - shape) / np.sqrt(shape)
        return np.asarray(self._centre + along * np.sign(self._skew) * self._width)

    def votes(self) -> Cells:
        """One such conversation."""
        places, person = self._places(), self._cells.person
        crossed = np.einsum("ij,ij->i", places[person], self._frame.loadings[self._cells.seen])
        mean = np.tanh((self._level + crossed) / 2.0)
        passes = np.minimum(self._passes, 1.0 - np.abs(mean))
        agree = (1.0 - passes + mean) / 2.0
        level = self._drawn.random(len(mean))
        return self._cells.with_values(
            np.where(level < agree, 1.0, np.where(level < agree + passes, 0.0, -1.0))
        )


def _width(places: Floats) -> Floats:
    return np.asarray(np.maximum(places.std(axis=0), 1e-9))


def _skew(places: Floats) -> Floats:
    """How lopsided each axis is: the third moment of deviations (0 where both sides are alike, 2 where
    people thin out to one side like waiting times)."""
    return np.asarray((((places - places.mean(axis=0)) / _width(places)) ** 3).mean(axis=0))


def curved(cells: Cells, fit: Fit) -> Fit:
    """The same model with a logistic curve: log odds = person's lean + statement's lean + factors x factors,
    a pass standing half-way."""
    factors = fit.loadings.shape[1]
    leans, own = 2.0 * fit.leans, 2.0 * (fit.mean + fit.statement_leans)
    # Half of what a slope of votes must be stretched by goes to each side.
    spots, loadings = np.sqrt(2.0) * fit.spots, np.sqrt(2.0) * fit.loadings
    values = (cells.value + 1.0) / 2.0
    turned = values[cells.turn]
    of_person, of_statement = _held(PERSON_PRIOR, factors), _held(STATEMENT_PRIOR, factors)
    for _ in range(CURVES):
        curve_side(cells.columns, cells.voters, turned, leans, spots, of_statement, own, loadings)
        curve_side(cells.starts, cells.seen, values, own, loadings, of_person, leans, spots)
    return Fit(0.0, leans, spots, own, loadings)


def _held(lean: float, factors: int) -> Floats:
    return np.array([lean] + [1.0] * factors)
