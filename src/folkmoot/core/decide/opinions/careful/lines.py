"""What is told of each group and of each statement?"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from folkmoot.core.decide.opinions.careful.compiled import Floats, Marks, errors_of, without_each
from folkmoot.core.decide.opinions.careful.fitting import RIDGE_PERSON, Cells, Fit, Frame, Places, ridges_of
from folkmoot.core.decide.opinions.careful.habits import habits, ways
from folkmoot.core.decide.opinions.careful.parting import Parting, joined
from folkmoot.core.decide.opinions.careful.result import Habit, Line, Part, Settings
from folkmoot.core.decide.opinions.careful.statements import Findings, count_of, findings, tally
from folkmoot.core.decide.opinions.careful.wording import ENDS, group_name, line_sentence
from folkmoot.core.decide.opinions.votes import ascending

PORTRAIT = 5  # statements each way


@dataclass(frozen=True, eq=False)
class Parted:
    """People in canonical order, where they stand, and how they part: in groups where these are reliable."""

    cells: Cells
    fit: Fit
    frame: Frame
    asked: Places
    parting: Parting
    reliable: bool
    gaps: bool
    factors: int

    def marks(self) -> Marks:
        """The group of each person, -1 for none."""
        marks = np.full(self.cells.people, -1)
        if self.reliable:
            marks[self.asked] = self.parting.marks
        return marks

    def names(self) -> list[str]:
        """Of the groups; or of the ends of the first factor, where there is one and its ends are large
        enough."""
        if self.reliable:
            return [group_name(number, self.gaps) for number in range(len(self.parting.centres))]
        return list(ENDS) if self.factors else []

    def part_of_cells(self) -> tuple[Marks, Marks, Marks]:
        """The part of each person, of each vote, and of each vote when its person is placed without it; -1
        for none."""
        if not self.names():
            nobody = np.full(len(self.cells.seen), -1)
            return np.full(self.cells.people, -1), nobody, nobody
        without = self._without()
        if self.reliable:
            part = self.marks()
            apart = joined(without[:, : self.parting.centres.shape[1]], self.parting.centres)
        else:
            first = self.frame.places[self.asked, 0]
            low, high = np.quantile(first, [1 / 3, 2 / 3])
            part = np.full(self.cells.people, -1)
            part[self.asked] = _end(first, low, high)
            apart = _end(without[:, 0], low, high)
        asked = np.zeros(self.cells.people, bool)
        asked[self.asked] = (part[self.asked] >= 0) if self.reliable else True
        person = self.cells.person
        return part, part[person], np.where(asked[person], apart, -1)

    def counted(self, of_votes: Marks, threshold: int) -> Marks:
        """The part in which each vote is counted: where so few in no part voted on a statement that taking
        the parts from everybody would tell of them, they are counted in the part that they are nearest to."""
        if not (of_votes >= 0).any():
            return of_votes
        seen = self.cells.seen
        others = np.bincount(seen[of_votes < 0], minlength=self.cells.statements)
        few = (of_votes < 0) & (others < threshold)[seen]
        return np.where(few, self._nearest()[self.cells.person], of_votes)

    def _nearest(self) -> Marks:
        """The part that each person is nearest to, whether or not they are in it."""
        places = self.frame.places
        if self.reliable:
            return joined(places[:, : self.parting.centres.shape[1]], self.parting.centres)
        middle = np.quantile(places[self.asked, 0], [1 / 3, 2 / 3]).mean()
        return np.where(places[:, 0] > middle, 1, 0)

    def _without(self) -> Floats:
        """Where the person of each vote would stand without it, in the frame."""
        cells, fit = self.cells, self.fit
        rest = errors_of(
            cells.starts,
            cells.seen,
            cells.value - fit.mean,
            fit.leans,
            fit.spots,
            fit.statement_leans,
            fit.loadings,
        )
        ridges = ridges_of(RIDGE_PERSON, fit.loadings.shape[1])
        moved = without_each(cells.starts, cells.seen, rest, fit.spots, fit.loadings, ridges)
        return np.asarray((moved - self.frame.middle) @ self.frame.turned)


@dataclass(frozen=True, eq=False)
class Described:
    """Parts (groups or ends) with who is in them, lines by statement, what unites and divides, and habits."""

    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    consensus: tuple[str, ...]
    dividing: tuple[str, ...]
    habits: tuple[Habit, ...]


def described(
    parted: Parted, people: tuple[str, ...], statements: tuple[str, ...], settings: Settings
) -> Described:
    """All that is told of parts and statements; both stand in canonical order."""
    cells, names = parted.cells, parted.names()
    part, of_votes, without = parted.part_of_cells()
    if names and np.bincount(part[part >= 0], minlength=len(names)).min() < settings.threshold:
        names, of_votes, without = [], np.full(len(of_votes), -1), np.full(len(of_votes), -1)
    size = (cells.statements, len(names))
    found = findings(
        tally(cells.seen, cells.value, np.zeros(len(cells.seen), np.int64), cells.statements, 1),
        tally(cells.seen, cells.value, parted.counted(of_votes, settings.threshold), *size),
        tally(cells.seen, cells.value, without, *size),
        settings.alpha,
        settings.threshold,
    )
    lines = tuple(_line(found, place, id_, names, settings) for place, id_ in enumerate(statements))
    uniting = np.flatnonzero(found.unites)
    strength = np.where(found.unites > 0, found.lowest, found.lowest_against)[uniting]
    dividing = np.flatnonzero((found.more | found.less).any(axis=1))
    return Described(
        tuple(_part(found, number, name, part, people, statements) for number, name in enumerate(names)),
        lines,
        tuple(statements[place] for place in uniting[np.argsort(-strength, kind="stable")]),
        tuple(statements[place] for place in dividing[np.argsort(-found.gap[dividing], kind="stable")]),
        _habits(parted, names, settings),
    )


def _end(first: Floats, low: float, high: float) -> Marks:
    return np.where(first <= low, 0, np.where(first >= high, 1, -1))


def _habits(parted: Parted, names: list[str], settings: Settings) -> tuple[Habit, ...]:
    asked = parted.asked
    if not len(asked) or not parted.factors:
        return ()
    groups = names if parted.reliable else []
    chosen = {of: way[asked] for of, way in ways(parted.cells).items()}
    return habits(chosen, parted.frame.places[asked, 0], parted.marks()[asked], groups, settings.alpha)


def _part(
    found: Findings, number: int, name: str, part: Marks, people: tuple[str, ...], statements: tuple[str, ...]
) -> Part:
    members = tuple(sorted((people[place] for place in np.flatnonzero(part == number)), key=ascending))

    def most(clear: npt.NDArray[np.bool_]) -> tuple[str, ...]:
        places = np.flatnonzero(clear[:, number])
        return tuple(
            statements[at] for at in places[np.argsort(-found.gap[places], kind="stable")][:PORTRAIT]
        )

    return Part(name, members, most(found.more), most(found.less))


def _line(found: Findings, place: int, id_: str, names: list[str], settings: Settings) -> Line:
    everybody = count_of(found.everybody[place])
    parts = tuple(
        count_of(votes) if is_shown else None
        for votes, is_shown in zip(found.parts[place], found.shown[place], strict=True)
    )
    more = tuple(int(one) for one in np.flatnonzero(found.more[place]))
    less = tuple(int(one) for one in np.flatnonzero(found.less[place]))
    lowest, against = (
        None if np.isnan(value[place]) else float(value[place])
        for value in (found.lowest, found.lowest_against)
    )
    unites = int(found.unites[place])
    named = tuple(zip(names, parts, strict=True))
    sentence = line_sentence(everybody, named, lowest, unites, less, more, settings.threshold)
    gap = float(found.gap[place])
    return Line(id_, everybody, parts, lowest, against, unites, more, less, gap, sentence)
