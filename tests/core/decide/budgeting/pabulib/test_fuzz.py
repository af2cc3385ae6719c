"""Does no file break the reader, name no place, or take it longer than its length earns?"""

import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.decide.budgeting.pabulib.marram import FILES, META, PROJECTS, SMALL, VOTES, ballots_of
from folkmoot.core.decide.budgeting.pabulib import check_pb, read_pb, write_pb
from folkmoot.core.kernel.errors import Refused

NAMED = re.compile(r"Line [1-9][0-9]*(, \S.*?)?: .", re.DOTALL)
BYTES = (b"", b";", b'"', b'""', b"\n", b"\r", b"\r\n", b",", b"\0", b"\xff", b"-", b" ", b"\xe2\x80\xa8")
WORDS = (b"0.5", b"1e9", b"9" * 40, b"VOTES\n", b"META", b"\xef\xbb\xbf", b"pond", b"vote", b"cumulative")
MEGABYTES = 5_000_000
SECONDS = 60  # one is enough here, and whatever grows with the square takes hours


def tell(content: bytes) -> None:
    """Read, count and check: every refusal must name its place, and the check raises nothing."""
    with named_refusals():
        file = read_pb(content)
        assert write_pb(file) == content
        assert all(remark.line >= 1 and remark.sentence for remark in check_pb(file))
        ballots = file.election.ballots
        assert len(file.voter_group) == ballots.voters == len(file.voter_ids)
        assert ballots.starts[-1] == len(ballots.choices)
        assert all(ballots.counts >= 1)
        assert all(ballots.choices >= 0)
        assert all(ballots.choices < len(file.election.projects))
        assert ballots.points is None or len(ballots.points) == len(ballots.choices)
        assert len(ballots_of(file.election)) == len(ballots)  # equal ballots are one group
        assert all(cost >= 0 for cost in file.election.costs)
        assert file.election.limit > 0


@contextmanager
def named_refusals() -> Iterator[None]:
    """Whatever is refused within names its line."""
    refused = []
    with suppress(Refused):
        try:
            yield
        except Refused as wrong:
            refused.append(wrong.reason)
            raise
    assert all(NAMED.match(reason) for reason in refused), refused


def mutated(content: bytes, random: Random) -> bytes:
    """The content with a few lines, cells or bytes doubled, moved, cut or replaced."""
    told = bytearray(content)
    for _ in range(random.randint(1, 4)):
        mark = random.choice((b"\n", b";", b",", b""))
        parts = told.split(mark) if mark else [bytes([one]) for one in told]
        at, other = random.randrange(len(parts) + 1), random.randrange(len(parts) + 1)
        new = random.choice((*BYTES, *WORDS, *parts[other : other + 1]))
        parts[at : at + random.randint(0, 2)] = [new] * random.randint(0, 2)
        told = bytearray(mark.join(parts))
    return bytes(told)


@pytest.mark.parametrize("kind", sorted(FILES))
def test_no_mutation_breaks_the_reader(kind: str) -> None:
    random = Random(f"marram {kind}")
    for _ in range(250):
        tell(mutated(FILES[kind], random))


@settings(max_examples=120, deadline=None)
@given(content=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
@example(content=SMALL.encode("utf-16"))
@example(content=b'META\n"' * 200)
def test_no_bytes_break_the_reader(content: bytes) -> None:
    tell(content)


known = st.sampled_from(["pond", "bench", "pond,bench", "2"])
cells = st.text(st.sampled_from('ab1,;"\r\n .-0'), max_size=6) | known
tables = st.lists(st.lists(cells, max_size=4).map(";".join), max_size=5).map("\n".join)


@settings(max_examples=120, deadline=None)
@given(meta=tables, projects=tables, votes=tables, kind=st.sampled_from(["approval", "scoring", "ordinal"]))
def test_no_table_breaks_the_reader(meta: str, projects: str, votes: str, kind: str) -> None:
    points = VOTES.replace("vote\n1;pond\n2;pond,bench", "vote;points\n1;pond;2")
    head = META.replace("approval", kind) + meta
    tell(f"{head}\n{PROJECTS}{projects}\n{points if kind == 'scoring' else VOTES}{votes}".encode())


def wide(size: int) -> str:
    """Very many columns, and very many rows that do not reach them."""
    columns = "".join(f";{number}" for number in range(size // 14))
    rows = "".join(f"{number};1\n" for number in range(size // 16))
    return f"{META}PROJECTS\nproject_id;cost{columns}\n{rows}VOTES\nvoter_id;vote\n"


ADVERSARIAL: dict[str, Callable[[int], str]] = {
    "quotes": lambda size: SMALL + '3;"' + '""' * (size // 2),
    "quoted rows": lambda size: SMALL + '"3";"pond"\n' * (size // 11),
    "one ballot": lambda size: SMALL + "3;" + "pond, " * (size // 6),
    "one row": lambda size: SMALL + '"3";' * (size // 4),
    "empty lines": lambda size: SMALL + "\n" * size,
    "columns": wide,
    "unknown last": lambda size: SMALL + "3;pond\n" * (size // 7) + "4;pound",
    "comment": lambda size: f"{META}comment;#1: a{' ' * (size // 2)}{'#' * (size // 2)}\n{PROJECTS}{VOTES}",
    "number": lambda size: f"{META}num_votes;1.{'9' * size}x\n{PROJECTS}{VOTES}",
    "ballots": lambda size: SMALL + "".join(f"{n};{'pond,' * (n % 90)}\n" for n in range(size // 230)),
}
QUICK = ("quotes", "one ballot", "comment", "number", "empty lines")  # the rest is counted only


def calls(content: bytes) -> int:
    """How many calls, of Python and of what it is built on, an answer takes."""
    told = [0]

    def count(*_: object) -> None:
        told[0] += 1

    sys.setprofile(count)
    try:
        with suppress(Refused):
            file = read_pb(content)
            check_pb(file)
    finally:
        sys.setprofile(None)
    return told[0]


@pytest.mark.parametrize("kind", sorted(ADVERSARIAL))
def test_four_times_the_file_takes_four_times_the_calls_at_most(kind: str) -> None:
    small, large = (calls(ADVERSARIAL[kind](size).encode()) for size in (5_000, 20_000))
    assert large <= 4.5 * small + 200


@pytest.mark.parametrize("kind", QUICK)
def test_five_megabytes_are_answered(kind: str) -> None:
    content = ADVERSARIAL[kind](MEGABYTES).encode()
    begun = time.process_time()
    with suppress(Refused):
        file = read_pb(content)
        assert file.meta.comments is not None
        assert file.election
    assert time.process_time() - begun < SECONDS
