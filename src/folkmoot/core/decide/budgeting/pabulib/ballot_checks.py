"""What is odd on the ballots?"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from math import ceil, floor
from typing import cast

import numpy as np
from numpy.typing import NDArray

from folkmoot.core.decide.budgeting.election import Ballots, VoteType
from folkmoot.core.decide.budgeting.pabulib.digits import decimal
from folkmoot.core.decide.budgeting.pabulib.file import PbFile
from folkmoot.core.decide.budgeting.pabulib.places import Remark, said
from folkmoot.core.decide.budgeting.pabulib.records import records

Sums = NDArray[np.int64] | NDArray[np.object_]


def _lengths(file: PbFile) -> Iterator[Remark]:
    lengths = np.diff(file.election.ballots.starts)
    yield from _remark(
        file, lengths == 0, "vote", "{} without a project; whoever cast it counts all the same."
    )
    yield from _outside(file, lengths, "length", 1, "vote", "projects")
    if file.election.vote_type is VoteType.CHOOSE_1:
        yield from _remark(file, lengths > 1, "vote", "{} with more than the one project of this vote.")


def _repeated(file: PbFile) -> Iterator[Remark]:
    if times := file.cast.repeated:
        place = file.votes.header.needed("vote", "VOTES")

        def twice(cells: list[bytes]) -> bool:
            named = [one for entry in cells[place].split(b",") if (one := entry.strip())]
            return len(set(named)) < len(named)

        line = file.votes.line_where(twice)
        sentence = f"{_ballots(times)} with a project named twice, first on this line; it counts once."
        yield Remark(line, "vote", sentence)


def _points(file: PbFile) -> Iterator[Remark]:
    ballots = file.election.ballots
    if ballots.points is None:
        return
    unit = ballots.point_unit
    yield from _outside(file, _sums(ballots, ballots.points), "sum_points", unit, "points", "points in all")
    least, most = file.meta.number("min_points"), file.meta.number("max_points")
    if least is not None:
        groups = _with(ballots, ballots.points < ceil(least * unit))
        sentence = f"{{}} with less than {decimal(least)} points for a project (min_points)."
        yield from _remark(file, groups, "points", sentence)
    if most is not None:
        groups = _with(ballots, ballots.points > floor(most * unit))
        sentence = f"{{}} with more than {decimal(most)} points for a project (max_points)."
        yield from _remark(file, groups, "points", sentence)


def _costs(file: PbFile) -> Iterator[Remark]:
    if not (file.meta.get("max_sum_cost") or file.meta.get("min_sum_cost")):
        return
    election = file.election
    costs = np.array(election.costs, dtype=np.object_)  # they may be larger than 64 bits
    sums = _sums(election.ballots, costs[election.ballots.choices])
    yield from _outside(file, sums, "sum_cost", election.unit, "vote", "cost in all")


def _voters(file: PbFile) -> Iterator[Remark]:
    counted = Counter(file.voter_ids)
    doubled = [id for id, times in counted.items() if times > 1]
    if doubled:
        where = [at for at, id in enumerate(file.voter_ids) if id == doubled[0]][1]
        many = "One voter id stands" if len(doubled) == 1 else f"{len(doubled)} voter ids stand"
        sentence = f"{many} on more than one ballot, first {said(doubled[0])}; each ballot counts."
        yield Remark(_line(file, where), "voter_id", sentence)
    if not counted:
        yield Remark(file.votes.header.line, "vote", "Nobody voted.")


def _rows(file: PbFile) -> Iterator[Remark]:
    columns, votes = len(file.votes.header.columns), file.votes
    rows = [
        row
        for row in records(votes.text, votes.start, votes.line, hollow=True)
        if row.empty or len(row.cells) < columns
    ]
    hollow = [row.line for row in rows if row.empty and len(row.cells) > 1]
    short = [row for row in rows if not row.empty]
    if hollow:
        rows_told = "There is one row" if len(hollow) == 1 else f"There are {len(hollow)} rows"
        sentence = f"{rows_told} without a voter or a vote, first on this line, and not counted."
        yield Remark(hollow[0], "voter_id", sentence)
    if short:
        missing = votes.header.columns[len(short[0].cells)].strip()
        sentence = f"{_ballots(len(short))} with fewer cells than columns, first on this line."
        yield Remark(short[0].line, missing, sentence)


def _sums(ballots: Ballots, values: Sums) -> Sums:
    """The sum over each group's choices."""
    told = cast("Sums", np.zeros(len(ballots), dtype=values.dtype))
    np.add.at(told, ballots.groups, values)
    return told


def _with(ballots: Ballots, choices: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The groups in which any of these choices stands."""
    groups = np.zeros(len(ballots), dtype=np.bool_)
    groups[ballots.groups[choices]] = True
    return groups


def _outside(file: PbFile, told: Sums, about: str, unit: int, field: str, noun: str) -> Iterator[Remark]:
    """Ballots below min_ or above max_ of something; `told` is in units of 1 / `unit`."""
    least, most = file.meta.number(f"min_{about}"), file.meta.number(f"max_{about}")
    if least is not None:
        below = np.asarray(told < ceil(least * unit), dtype=np.bool_)
        sentence = f"{{}} with less than {decimal(least)} {noun} (min_{about})."
        yield from _remark(file, below, field, sentence)
    if most is not None:
        above = np.asarray(told > floor(most * unit), dtype=np.bool_)
        sentence = f"{{}} with more than {decimal(most)} {noun} (max_{about})."
        yield from _remark(file, above, field, sentence)


def _remark(file: PbFile, groups: NDArray[np.bool_], field: str, sentence: str) -> Iterator[Remark]:
    """One remark for the ballots of these groups, on the line of the first."""
    if groups.any():
        times = int(file.election.ballots.counts[groups].sum())
        first = int(np.argmax(groups[file.voter_group]))
        yield Remark(_line(file, first), field, sentence.format(_ballots(times)))


def _line(file: PbFile, voter: int) -> int:
    return next(row.line for row in islice(file.votes.rows(), voter, None))


def _ballots(times: int) -> str:
    return "There is one ballot" if times == 1 else f"There are {times} ballots"


BALLOT_CHECKS = (_lengths, _repeated, _points, _costs, _voters, _rows)
