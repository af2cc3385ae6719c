"""In which order do people and statements stand, whoever named and sorted them?

Each person and statement gets a colour from the votes alone: a colour is a digest of the colours that it
meets and of the votes there, again and again until no colour parts any more (colour refinement, Weisfeiler
and Leman 1968). People and statements are then sorted by colour, so that every later step, every draw and
every rounding is the same however the file was ordered and its people and statements were named.
"""

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from folkmoot.core.decide.opinions.careful.fitting import Cells, cells_of
from folkmoot.core.decide.opinions.votes import Votes

Colours = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]
MOST_ROUNDS = 12  # more are never needed by people's votes
MOST_SPLITS, MOST_VISITS = 1_000, 30_000_000  # refinements, and votes read in them: some seconds


@dataclass(frozen=True, eq=False)
class Canonical:
    """The votes in an order of their own. people[k] is the place in the file of the k-th person here; so for
    statements. seed: a number that depends on the votes and on words handed in, on nothing else."""

    cells: Cells
    people: Places
    statements: Places
    seed: int


def canonical(votes: Votes, words: str = "") -> Canonical:
    """The votes in their own order."""
    colours = _refined(
        votes, np.ones(len(votes.people), np.uint64), np.ones(len(votes.statements), np.uint64)
    )
    colours = _untied(votes, colours)
    people, statements = (np.argsort(one, kind="stable") for one in colours)
    person, statement = (np.argsort(order) for order in (people, statements))
    row, column = person[votes.person], statement[votes.seen]
    order = np.lexsort((column, row))
    counted = np.bincount(row, minlength=len(people))
    starts = np.concatenate([[0], np.cumsum(counted)]).astype(np.int64)
    value = votes.value[order].astype(np.float64)
    cells = cells_of(starts, column[order].astype(np.int32), value, len(statements))
    digest = hashlib.sha256(words.encode() + b"\x00")
    for part in (starts, cells.seen, votes.value[order]):
        digest.update(part.tobytes())
    return Canonical(cells, people, statements, int.from_bytes(digest.digest()[:8], "big"))


def _refined(votes: Votes, people: Colours, statements: Colours) -> tuple[Colours, Colours]:
    known = 0
    vote = votes.value.astype(np.int64).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for _ in range(MOST_ROUNDS):
        met = _mixed(_mixed(statements[votes.seen] + vote))
        people = _mixed(people + _sums(met, votes.person, len(people)))
        met = _mixed(people[votes.person] + vote)
        statements = _mixed(statements + _sums(met, votes.seen, len(statements)))
        different = len(np.unique(people)) + len(np.unique(statements))
        if different == known:
            break
        known = different
    return people, statements


def _untied(votes: Votes, colours: tuple[Colours, Colours]) -> tuple[Colours, Colours]:
    """Those of one colour are parted, one after the other. Which of them comes first may matter though
    colours cannot say so: each is tried, and the one whose colours come first is taken."""
    left = max(64, min(MOST_SPLITS, MOST_VISITS // max(len(votes), 1)))
    alike: tuple[int, frozenset[int]] = (0, frozenset())
    while left > 0 and (tied := _tied(votes, *colours)) is not None:
        side, members = tied
        if alike[0] == side and alike[1].issuperset(members):
            members = members[:1]  # all gave the same colours before
        tried = [_split(votes, colours, side, member) for member in members[:left]]
        marks = [tuple(np.sort(one).tobytes() for one in each) for each in tried]
        if len(marks) > 1 and len(set(marks)) == 1:
            alike = (side, frozenset(members))
        colours = tried[marks.index(min(marks))]
        left -= len(tried)
    return colours


def _split(votes: Votes, colours: tuple[Colours, Colours], side: int, member: int) -> tuple[Colours, Colours]:
    """Colours where one person (side 0) or statement (1) has one of its own."""
    people, statements = colours[0].copy(), colours[1].copy()
    own = (people, statements)[side]
    own[member] = _mixed(own[member : member + 1] + np.uint64(1))[0]
    return _refined(votes, people, statements)


def _tied(votes: Votes, people: Colours, statements: Colours) -> tuple[int, list[int]] | None:
    """Those of a colour whose votes are not the very same, one of each kind, if there are any: (side,
    places)."""
    vote = votes.value.astype(np.int64).astype(np.uint64)
    sides = ((statements, votes.seen, votes.person), (people, votes.person, votes.seen))
    for side, (colours, own, other) in zip((1, 0), sides, strict=True):
        exact = _sums(_mixed(other.astype(np.uint64) * np.uint64(3) + vote), own, len(colours))
        order = np.lexsort((exact, colours))
        same = colours[order][1:] == colours[order][:-1]
        apart = np.flatnonzero(same & (exact[order][1:] != exact[order][:-1]))
        if len(apart):
            class_ = np.flatnonzero(colours == colours[order[apart[0]]])
            return side, class_[np.unique(exact[class_], return_index=True)[1]].tolist()
    return None


def _sums(values: Colours, places: npt.NDArray[np.int32], size: int) -> Colours:
    """Sums that wrap around, so that their order never matters."""
    order = np.argsort(places, kind="stable")
    ends = np.concatenate([[0], np.cumsum(np.bincount(places, minlength=size))])
    running = np.concatenate([np.zeros(1, np.uint64), np.cumsum(values[order], dtype=np.uint64)])
    return np.asarray(running[ends[1:]] - running[ends[:-1]], dtype=np.uint64)


def _mixed(values: Colours) -> Colours:
    """Every bit stirred into every other (the finaliser of SplitMix64, Steele, Lea and Flood 2014)."""
    stirred = values + np.uint64(0x9E3779B97F4A7C15)
    stirred = (stirred ^ (stirred >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    stirred = (stirred ^ (stirred >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return stirred ^ (stirred >> np.uint64(31))
