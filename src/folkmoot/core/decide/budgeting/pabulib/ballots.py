"""Which different ballots were cast, how often each, and by whom?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm

import numpy as np
from numpy.typing import NDArray

from folkmoot.core.decide.budgeting.election import Ballots, Counts, Indices, VoteType
from folkmoot.core.decide.budgeting.pabulib.digits import exact
from folkmoot.core.decide.budgeting.pabulib.places import refused, said
from folkmoot.core.decide.budgeting.pabulib.votes import Votes

_PARTED = b"\0"  # no file that is read has one
_LARGEST_SUM = 2**62  # points of all voters together, in whole units, stay within 64 bits


@dataclass(frozen=True, eq=False, slots=True)
class Cast:
    """The ballots in groups, and how to find the group of what somebody wrote."""

    ballots: Ballots
    written: int  # how many different texts of vote (and points) there are: the order of choices counts here
    group_of_text: Indices  # the group of each text, in the order in which they first appear
    repeated: int  # how many ballots name a project twice; each counts once for it


class _Places(dict[bytes, int]):
    """The place of a project by its id; blanks around it do not count, and nothing is at -1."""

    def __missing__(self, written: bytes) -> int:
        plain = _stripped(written)
        if plain == written:
            if plain:
                raise KeyError(plain)
            place = -1
        else:
            place = self[plain]
        self[written] = place
        return place


def _stripped(cell: bytes) -> bytes:
    """Without blanks of every kind around it, like the ids of PROJECTS."""
    return cell.decode().strip().encode()


def texts(votes: Votes, vote_type: VoteType) -> list[bytes]:
    """What each voter wrote that the count needs: the vote, and its points if it has any."""
    if not vote_type.has_points:
        return votes.cells("vote")[0]
    return [_PARTED.join(pair) for pair in zip(*votes.cells("vote", "points"), strict=True)]


def cast(votes: Votes, ids: Sequence[str], vote_type: VoteType) -> Cast:
    """All ballots in groups of equal ones, in the order in which the groups first appear.

    Of approvals and points the order on the ballot does not matter, so that "1,2" and "2,1" are one group
    (written as it first was); of ranks it does. A project named twice on an approval or ranked ballot counts
    once, at its first place. Raises Refused for a project that the file does not list, for points that do not
    match the vote, for points below nothing (no rule here counts against a project), and for points given
    twice to one project.
    """
    counted = Counter(texts(votes, vote_type))
    counts = np.fromiter(counted.values(), np.int64, len(counted))
    if vote_type.has_points:
        pairs = [text.partition(_PARTED)[::2] for text in counted]
        starts, choices = _choices([vote for vote, _ in pairs], ids, votes)
        points, unit = _points(pairs, starts, votes, int(counts.sum()))
    else:
        starts, choices = _choices(list(counted), ids, votes)
        points, unit = None, 1
    keys = _groups(starts).astype(np.int64) * max(len(ids), 1) + choices  # ascending through the groups
    ranked = np.sort(keys)
    repeats = np.unique(ranked[1:][ranked[1:] == ranked[:-1]] // max(len(ids), 1))
    if len(repeats) and points is not None:
        raise _twice(votes, pairs[repeats[0]][0])
    if len(repeats):
        ranked, first = np.unique(keys, return_index=True)
        kept = np.sort(first)
        lengths = np.bincount(_groups(starts)[kept], minlength=len(counts))
        starts, choices = _starts(lengths), choices[kept]
    if points is not None:
        order = np.argsort(keys)
        meant = np.stack((choices[order], points[order]), axis=1)
    else:
        meant = choices if vote_type is VoteType.ORDINAL else ranked % max(len(ids), 1)
    ballots, group_of_text = _merged(Ballots(starts, choices, counts, points, unit), meant)
    return Cast(ballots, len(counted), group_of_text, int(counts[repeats].sum()))


def _starts(lengths: Sequence[int] | Counts) -> Counts:
    starts = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=starts[1:])
    return starts


def _groups(starts: Counts) -> Indices:
    return np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))


def _lists(cells: Sequence[bytes]) -> tuple[list[bytes], Counts]:
    """All entries of comma-separated cells in one list, and how many each cell has: none if it is empty."""
    filled = [cell for cell in cells if cell]
    entries = b",".join(filled).split(b",") if filled else []
    return entries, np.fromiter((cell.count(b",") + 1 if cell else 0 for cell in cells), np.int64, len(cells))


def _choices(cells: Sequence[bytes], ids: Sequence[str], votes: Votes) -> tuple[Counts, Indices]:
    """Where each cell's choices begin, and the places of the projects it names."""
    places = _Places({id.encode(): place for place, id in enumerate(ids)})
    entries, lengths = _lists(cells)
    try:
        choices = np.fromiter(map(places.__getitem__, entries), np.int32, len(entries))
    except KeyError as wrong:
        raise _unknown(votes, wrong.args[0]) from None
    if len(choices) and choices.min() < 0:  # a comma too many, or blanks alone
        named = choices >= 0
        lengths = np.bincount(_groups(_starts(lengths))[named], minlength=len(cells))
        choices = choices[named]
    return _starts(lengths), choices


def _points(
    pairs: Sequence[tuple[bytes, bytes]], starts: Counts, votes: Votes, voters: int
) -> tuple[Counts, int]:
    """The points beside all choices, in whole units of 1 / the second figure."""
    entries, lengths = _lists([points.strip() for _, points in pairs])
    different = np.flatnonzero(lengths != np.diff(starts))
    if len(different):
        at = different[0]
        named = int(starts[at + 1] - starts[at])
        reason = f"There are {lengths[at]} points for {named} projects named in vote."
        raise _at(votes, "points", pairs[at], reason)
    numbers = {entry: _point(entry, votes, pairs) for entry in dict.fromkeys(entries)}
    unit = lcm(*(number.denominator for number in numbers.values()))
    whole = {entry: int(number * unit) for entry, number in numbers.items()}
    if whole and max(whole.values()) * max(voters, 1) >= _LARGEST_SUM:
        most = max(numbers, key=lambda entry: max(numbers[entry].as_integer_ratio()))
        reason = f"{said(most.decode())} is too large, or too fine, to count."
        raise _at(votes, "points", _with_entry(pairs, most), reason)
    return np.fromiter(map(whole.__getitem__, entries), np.int64, len(entries)), unit


def _point(entry: bytes, votes: Votes, pairs: Sequence[tuple[bytes, bytes]]) -> Fraction:
    try:
        number = exact(entry.decode())
    except ValueError as wrong:
        raise _at(votes, "points", _with_entry(pairs, entry), f"{said(entry.decode())}: {wrong}.") from None
    if number < 0:
        raise _at(votes, "points", _with_entry(pairs, entry), f"{said(entry.decode())} is below nothing.")
    return number


def _with_entry(pairs: Sequence[tuple[bytes, bytes]], entry: bytes) -> tuple[bytes, bytes]:
    return next(pair for pair in pairs if entry in pair[1].strip().split(b","))


def _merged(ballots: Ballots, meant: NDArray[np.generic]) -> tuple[Ballots, Indices]:
    """The ballots with those put together of which the same is meant, and the new group of each old one.

    `meant` stands beside the choices of each ballot: what is the same there is the same ballot.
    """
    width = meant.itemsize * (meant.shape[1] if meant.ndim > 1 else 1)
    blob = meant.tobytes()
    seen: dict[bytes, int] = {}
    bounds = pairwise((ballots.starts * width).tolist())
    group = np.array([seen.setdefault(blob[a:b], len(seen)) for a, b in bounds], dtype=np.int32)
    if len(seen) == len(ballots):
        return ballots, group
    counts = np.zeros(len(seen), dtype=np.int64)
    np.add.at(counts, group, ballots.counts)
    first = np.unique(group, return_index=True)[1]
    kept = np.zeros(len(ballots), dtype=bool)
    kept[first] = True
    taken = np.repeat(kept, np.diff(ballots.starts))
    points = None if ballots.points is None else ballots.points[taken]
    starts = _starts(np.diff(ballots.starts)[kept])
    return Ballots(starts, ballots.choices[taken], counts, points, ballots.point_unit), group


def _unknown(votes: Votes, id: bytes) -> Exception:
    place = votes.header.needed("vote", "VOTES")
    line = votes.line_where(lambda cells: id in map(_stripped, cells[place].split(b",")))
    reason = f"The ballot names project {said(id.decode())}, which PROJECTS does not list."
    return refused(line, "vote", reason, "Add the project, or correct the ballot.")


def _twice(votes: Votes, vote: bytes) -> Exception:
    place = votes.header.needed("vote", "VOTES")
    line = votes.line_where(lambda cells: cells[place] == vote)
    reason = "The ballot gives points to one project twice, and nobody can say which of them count."
    return refused(line, "vote", reason)


def _at(votes: Votes, column: str, pair: tuple[bytes, bytes], reason: str) -> Exception:
    vote, points = (votes.header.needed(name, "VOTES") for name in ("vote", "points"))
    return refused(votes.line_where(lambda cells: (cells[vote], cells[points]) == pair), column, reason)
