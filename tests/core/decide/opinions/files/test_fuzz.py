"""Does no file break the reader, whatever stands in it?"""

import json
import time
from contextlib import suppress
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.opinions.files.talks import same, talk
from folkmoot.core.decide.opinions.files import read_conversation, write_polis, write_votes_json, write_whole
from folkmoot.core.decide.opinions.files.sheet import sheet_of
from folkmoot.core.kernel.errors import Refused

MARKS = (
    b",",
    b"\n",
    b"\r",
    b'"',
    b"'",
    b";",
    b"\t",
    b"[",
    b"]",
    b"{",
    b"}",
    b":",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"-",
)
WORDS = (
    b"1e400",
    b"NaN",
    b"true",
    b"null",
    b"9" * 30,
    b"agree",
    b"withdrawn",
    b"vote",
    b"n-agree",
    b"[[]]",
    b"{}",
)
SECONDS = 30  # one is enough here, and whatever grows with the square takes hours


def tell(name: str, content: bytes, beside: dict[str, bytes]) -> None:
    """Read, or be refused with words; what was read fits together and can be written and read again."""
    refused: Refused | None = None
    try:
        read = read_conversation(name, content, beside)
    except Refused as error:
        refused = error
    if refused:
        assert refused.sentence
        assert refused.reason
        assert refused.next_step
        assert len(refused.reason) < 500
        return
    votes = read.conversation.votes
    assert votes.starts[-1] == len(votes)
    assert len(votes.people) == len(set(votes.people)) == len(votes.starts) - 1
    assert set(votes.value.tolist()) <= {-1, 0, 1}
    whole = read_conversation("whole", write_whole(read.conversation, read.casts))
    assert same(whole.conversation.votes, votes)


def mutated(content: bytes, random: Random) -> bytes:
    """The content with a few lines, cells or bytes doubled, moved, cut or replaced."""
    told = bytearray(content)
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(told) + 1)
        end = min(len(told), at + random.randint(0, 12))
        told[at:end] = random.choice(
            (b"", random.choice(MARKS), random.choice(WORDS), bytes(told[at:end]) * 2)
        )
    if random.random() < 0.2:
        lines = bytes(told).splitlines(keepends=True)
        random.shuffle(lines)
        return b"".join(lines)
    return bytes(told)


FILES = {
    **write_polis(talk().conversation, talk().casts),
    "votes.json": write_votes_json(talk().conversation, talk().casts),
    "whole.json": write_whole(talk().conversation, talk().casts),
    "conversation.json": b'{"topic": "x", "strict_moderation": false}',
    "math-pca2.json": json.dumps(
        {
            "base-clusters": {"id": [0], "members": [[1, 2]]},
            "group-clusters": [{"id": 0, "members": [0]}],
            "group-votes": {"0": {"votes": {"1": {"A": 1, "D": 0, "S": 2}}}},
            "meta-tids": [],
            "mod-out": [3],
        }
    ).encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_no_mutation_breaks_the_reader(name):
    random = Random(name)
    until = time.monotonic() + 1.0
    for _ in range(150):
        files = {**FILES, name: mutated(FILES[name], random)}
        main = (
            name
            if name in ("votes.csv", "participants-votes.csv", "votes.json", "whole.json")
            else "votes.csv"
        )
        tell(main, files[main], files)
        if time.monotonic() > until:
            break


@given(st.binary(max_size=80))
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_the_reader(content):
    tell("any", content, {})


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=3) | st.integers(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(("pid", "tid", "vote", "votes", "format", "casts", "id")), inner, max_size=3
            )
        ),
        max_leaves=8,
    )
)
@settings(max_examples=150, deadline=None)
def test_no_shape_of_json_breaks_the_reader(told):
    content = json.dumps(told).encode()
    for name in ("votes.json", "comments.json", "conversation.json", "math-pca2.json"):
        tell("votes.csv", FILES["votes.csv"], {name: content})
    tell("votes.json", content, {})
    tell("votes.json", json.dumps({"format": "folkmoot opinions", "version": 1, "casts": told}).encode(), {})


def test_numbers_beyond_all_bounds_and_a_mark_in_the_middle():
    tell("votes.json", b'[{"pid":1,"tid":1,"vote":1,"modified":1e400}]', {})
    tell("votes.csv", "person,statement,vote\n\ufeffa,1,1\n\ufeffa,1,1\n".encode(), {})
    sheet = sheet_of("person,vote\n\ufeffa,1\n", "x")
    assert [words for block in sheet.blocks([0]) for words, _ in block] == [["\ufeffa"]]


@pytest.mark.parametrize("seed", range(4))
def test_the_quick_and_the_slow_way_read_the_same(seed):
    random = Random(seed)
    for _ in range(80):
        text = mutated(FILES["comments.csv"], random).decode("utf-8", "replace").replace("\0", "")
        with suppress(Refused):
            sheet = sheet_of(text, "x")
            if len(sheet.header) < 2:
                continue
            slow = [cells for _, cells in sheet.rows()]
            places = range(len(sheet.header))
            quick = []
            for block in sheet.blocks(places):
                columns = [[words[code] for code in codes.tolist()] for words, codes in block]
                quick += [list(row) for row in zip(*columns, strict=True)]
            assert quick == slow, text


@pytest.mark.parametrize(
    "content",
    [
        b"person,statement,vote\n" + b"a,1,1\n" * 300_000,
        b"person,statement,vote\n" + b"a,1\n" * 300_000,
        b"person," + b",".join(b"%d" % one for one in range(9_999)) + b"\n" + b"a\n",
        b"," * 2_000_000,
        b'"' * 2_000_001,
        b"person,statement,vote\n" + b'"' * 2_000_001,
        b"[" + b'{"pid":1,"tid":1,"vote":1},' * 50_000 + b'{"pid":1,"tid":1,"vote":9}]',
    ],
    ids=["same", "short", "broad", "commas", "quotes", "quotes below", "records"],
)
def test_long_files_take_no_longer_than_they_earn(content):
    start = time.monotonic()
    tell("long", content, {})
    assert time.monotonic() - start < SECONDS
