"""Which files of the made-up town Marram are tested with, and what would a plain reader say of them?"""

import csv
import io
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from folkmoot.core.decide.budgeting.election import Election
from folkmoot.core.decide.budgeting.pabulib import PbFile, read_pb

FOLDER = Path(__file__).parent
FILES = {path.stem.removeprefix("marram_"): path.read_bytes() for path in sorted(FOLDER.glob("marram_*.pb"))}
META = "META\nkey;value\nbudget;900\nvote_type;approval\n"
PROJECTS = "PROJECTS\nproject_id;cost\npond;600\nbench;400\n"
VOTES = "VOTES\nvoter_id;vote\n1;pond\n2;pond,bench\n"
SMALL = META + PROJECTS + VOTES  # META on line 1, PROJECTS on 5, VOTES on 9, the ballots on 11 and 12

Ballot = tuple[tuple[str, Fraction], ...]


def small(old: str = "", new: str = "") -> PbFile:
    """The small file, with something in it replaced."""
    assert old in SMALL
    return read_pb(SMALL.replace(old, new).encode())


def ballots_of(election: Election) -> Counter[Ballot]:
    """How often each ballot was cast: project ids with points, in order where order counts."""
    ballots, told = election.ballots, Counter()
    ids = [election.projects[place].id for place in ballots.choices.tolist()]
    points = [0] * len(ids) if ballots.points is None else ballots.points.tolist()
    pairs = [(id, Fraction(one, ballots.point_unit)) for id, one in zip(ids, points, strict=True)]
    for (start, end), count in zip(pairwise(ballots.starts.tolist()), ballots.counts.tolist(), strict=True):
        told[in_order(pairs[start:end], election.vote_type)] += count
    return told


def in_order(ballot: list[tuple[str, Fraction]], vote_type: str) -> Ballot:
    return tuple(ballot if vote_type == "ordinal" else sorted(ballot))


def plainly(content: bytes) -> Counter[Ballot]:
    """The ballots as a reader of ten lines has them, by nothing but csv: one row after the other."""
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    rows = [row for row in csv.reader(text, delimiter=";") if row]
    titles = {row[0].upper(): at for at, row in enumerate(rows) if len(row) == 1}
    vote_type = next(row[1] for row in rows if row[0] == "vote_type")
    header, told = rows[titles["VOTES"] + 1], Counter()
    for row in rows[titles["VOTES"] + 2 :]:
        ids = [id.strip() for id in row[header.index("vote")].split(",") if id.strip()]
        if vote_type in ("cumulative", "scoring"):
            points = [Fraction(one) for one in row[header.index("points")].split(",") if one]
        else:
            points = [Fraction(0)] * len(ids)
        told[in_order(list(zip(ids, points, strict=True)), vote_type)] += 1
    return told
