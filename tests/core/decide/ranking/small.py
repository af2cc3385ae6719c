"""Small ballots full of ties, for oracles of a few lines."""

from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from folkmoot.core.decide.ranking import Approvals, Candidate, Ranked, Rankings

Line = tuple[int, ...]


def named(length: int) -> list[Candidate]:
    """Candidates a, b, c, ..."""
    return [Candidate("abcdefghij"[place]) for place in range(length)]


def written(*ballots: str, of: str = "") -> Rankings:
    """Ballots as they are written in books: “45 abc” is 45 people with a > b > c."""
    rows = [ballot.split() for ballot in ballots]
    ids = sorted(of or {one for row in rows for one in row[1]})
    cast = [Ranked(tuple((ids.index(one),) for one in row[1]), int(row[0])) for row in rows]
    return Rankings.gathered(map(Candidate, ids), cast)


def ranked(length: int, lines: Iterable[Line]) -> Rankings:
    """One voter a line."""
    return Rankings.gathered(named(length), [Ranked(tuple((one,) for one in line)) for line in lines])


def approving(length: int, ballots: Iterable[Sequence[int]]) -> Approvals:
    """One voter a ballot."""
    return Approvals.gathered(named(length), [(ballot, 1) for ballot in ballots])


@st.composite
def lines(draw: st.DrawFn, *, full: bool = False, most: int = 7) -> tuple[int, list[Line]]:
    """How many candidates, and the ballots: whole orders or the first few."""
    length = draw(st.integers(2, 4))
    cast = draw(st.lists(st.permutations(range(length)), min_size=1, max_size=most))
    if full:
        return length, [tuple(one) for one in cast]
    return length, [tuple(one[: draw(st.integers(0, length))]) for one in cast]


@st.composite
def approved(draw: st.DrawFn) -> tuple[int, int, list[tuple[int, ...]]]:
    """How many candidates and seats, and what each voter approves of."""
    length = draw(st.integers(1, 5))
    ballot = st.sets(st.integers(0, length - 1)).map(lambda one: tuple(sorted(one)))
    return length, draw(st.integers(1, length)), draw(st.lists(ballot, min_size=1, max_size=6))
