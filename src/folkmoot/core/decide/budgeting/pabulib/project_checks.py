"""What is odd in PROJECTS?"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np

from folkmoot.core.decide.budgeting.election import VoteType
from folkmoot.core.decide.budgeting.pabulib.digits import decimal, exact
from folkmoot.core.decide.budgeting.pabulib.file import PbFile
from folkmoot.core.decide.budgeting.pabulib.places import Remark, said, some
from folkmoot.core.decide.budgeting.pabulib.projects import WITHDRAWN_COST

_COORDINATES = {"latitude": 90, "longitude": 180}


def _votes(file: PbFile) -> Iterator[Remark]:
    yield from _against(file, "votes", [Fraction(votes) for votes in file.election.votes], "votes on ballots")


def _scores(file: PbFile) -> Iterator[Remark]:
    election = file.election
    if election.vote_type.has_points:
        unit = election.ballots.point_unit
        points = [Fraction(points, unit) for points in election.points]
        yield from _against(file, "score", points, "points on ballots")
    elif election.vote_type is VoteType.ORDINAL:
        scores = _ranks(file)
        if scores is not None:
            yield from _against(file, "score", scores, "points by rank on ballots")


def _ranks(file: PbFile) -> list[Fraction] | None:
    """Points by rank, the first of k gets k: only where the file asks everybody to rank the same number."""
    ballots = file.election.ballots
    most = file.meta.number("max_length")
    if most is None or most != file.meta.number("min_length") or most.denominator != 1:
        return None
    lengths = np.diff(ballots.starts)
    rank = np.arange(len(ballots.choices)) - np.repeat(ballots.starts[:-1], lengths)
    told = np.zeros(len(file.election.projects), dtype=np.int64)
    np.add.at(told, ballots.choices, (int(most) - rank) * np.repeat(ballots.counts, lengths))
    return [Fraction(one) for one in told.tolist()]


def _against(file: PbFile, column: str, counted: Sequence[Fraction], noun: str) -> Iterator[Remark]:
    """A column of the file against what its ballots say."""
    told = file.projects.column(column)
    if told is None:
        return
    ids = file.projects.column("project_id") or ()
    for row, id, cell, count in zip(file.projects.rows, ids, told, counted, strict=True):
        if not cell:
            continue
        try:
            same = exact(cell) == count
        except ValueError as wrong:
            yield Remark(row.line, column, f"{said(cell)}: {wrong}.")
            continue
        if not same:
            here = said(cell, quoted=False)
            sentence = f"Project {said(id)} has {decimal(count)} {noun}, and {here} in this column."
            yield Remark(row.line, column, sentence)


def _costs(file: PbFile) -> Iterator[Remark]:
    budget = file.meta.budget
    listed = file.projects.listed
    for row, project in zip(file.projects.rows, listed, strict=True):
        if project.cost == WITHDRAWN_COST:
            paid = " The budget would pay it: it is counted as a price." if budget >= WITHDRAWN_COST else ""
            sentence = f"Project {said(project.id)} bears the cost of a withdrawn one.{paid}"
            yield Remark(row.line, "cost", sentence)
        elif project.cost == 0:
            yield Remark(row.line, "cost", f"Project {said(project.id)} costs nothing.")
    priced = [project.cost for project in listed if project.cost]
    if priced and min(priced) > budget:
        sentence = f"The budget is {decimal(budget)}, and the cheapest project costs {decimal(min(priced))}."
        yield Remark(file.meta.line("budget"), "budget", sentence)
    if file.meta.fully_funded and sum(priced) > budget:
        sentence = f"Not every project can be paid: together they cost {decimal(sum(priced, Fraction()))}."
        yield Remark(file.meta.line("fully_funded"), "fully_funded", sentence)


def _rows(file: PbFile) -> Iterator[Remark]:
    columns = len(file.projects.header.columns)
    for row in file.projects.rows:
        if len(row.cells) < columns:
            missing = file.projects.header.columns[len(row.cells)].strip()
            yield Remark(row.line, missing, f"The row has {len(row.cells)} of {columns} cells.")
    if not file.projects.rows:
        yield Remark(file.projects.header.line, "project_id", "There is no project.")


def _winners(file: PbFile) -> Iterator[Remark]:
    projects = file.projects
    lines = {project.id: row.line for project, row in zip(projects.listed, projects.rows, strict=True)}
    for id, flag in projects.special.items():
        sentence = f"Project {said(id)} has {said(flag)} here, which is neither 0 nor 1."
        yield Remark(lines[id], "selected", sentence)
    won = projects.winners or frozenset()
    cost = sum((project.cost for project in projects.listed if project.id in won), Fraction())
    if cost > file.meta.budget:
        sentence = f"The winners cost {decimal(cost)}, more than the budget of {decimal(file.meta.budget)}."
        yield Remark(projects.header.line, "selected", sentence)
    if lost := sorted(won & set(projects.withdrawn)):
        yield Remark(projects.header.line, "selected", f"Withdrawn and yet funded: {some(lost)}.")


def _coordinates(file: PbFile) -> Iterator[Remark]:
    for column, bound in _COORDINATES.items():
        for row, cell in zip(file.projects.rows, file.projects.column(column) or (), strict=False):
            try:
                odd = bool(cell) and abs(exact(cell)) > bound
            except ValueError:
                odd = True
            if odd:
                yield Remark(row.line, column, f"{said(cell)} is not between -{bound} and {bound}.")


PROJECT_CHECKS = (_votes, _scores, _costs, _rows, _winners, _coordinates)
