"""Who is proposed to be looked at, and what is left without them?"""

import os
from pathlib import Path
from random import Random

import pytest

from core.decide.opinions.files.talks import same
from folkmoot.core.decide.opinions import Conversation, Statement, votes_of
from folkmoot.core.decide.opinions.aside import Sign, unusual, without
from folkmoot.core.decide.opinions.files import read_conversation
from folkmoot.core.decide.opinions.history import casts_of

OPEN = os.environ.get("FOLKMOOT_OPEN_DATA", "")
TEXT = "Nine words that a person has to read first"


def crowd(seed=0, people=40, statements=30):
    random = Random(seed)
    return [
        (f"p{one}", str(asked), random.choice((1, 0, -1)))
        for one in range(people)
        for asked in range(statements)
    ]


def signs(conversation, casts=None):
    return {(one.person, one.sign) for one in unusual(conversation, casts)}


def test_an_ordinary_crowd_shows_no_sign():
    assert unusual(Conversation(votes_of(crowd()))) == ()


@pytest.mark.parametrize("vote", [1, 0, -1])
def test_always_the_same_from_twenty_votes_on(vote):
    rows = [
        *crowd(),
        *(("long", str(one), vote) for one in range(20)),
        *(("short", str(one), vote) for one in range(19)),
    ]
    assert signs(Conversation(votes_of(rows))) == {("long", Sign.ALWAYS_THE_SAME)}


def test_copies_are_told_of_both_and_not_where_chance_makes_them():
    rows = crowd()
    copied = [("copy", statement, vote) for person, statement, vote in rows if person == "p7"]
    assert signs(Conversation(votes_of([*rows, *copied]))) == {("copy", Sign.A_COPY), ("p7", Sign.A_COPY)}
    partly = [*rows, *copied[:-1], ("copy", copied[-1][1], -copied[-1][2] or 1)]
    assert signs(Conversation(votes_of(partly))) == set()
    agreed = [(f"p{one}", str(asked), 1 if asked else -1) for one in range(40) for asked in range(30)]
    assert signs(Conversation(votes_of(agreed))) == set()  # all agree on all: nothing is copied


def test_faster_than_reading():
    statements = {str(one): Statement(str(one), TEXT) for one in range(30)}

    def cast(person, gap):
        return [(person, str(one), one % 3 - 1, 10**12 + gap * one) for one in range(30)]

    casts = casts_of([*cast("slow", 5_000), *cast("skims", 901), *cast("fast", 899)])
    told = [
        one
        for one in unusual(Conversation(casts.votes, statements), casts)
        if one.sign is Sign.FASTER_THAN_READING
    ]
    assert [(one.person, one.sentence) for one in told] == [
        ("fast", "29 of 30 votes came sooner than their words can be read.")
    ]
    assert Sign.FASTER_THAN_READING not in {
        one.sign for one in unusual(Conversation(casts.votes, statements))
    }


def test_without_leaves_out_and_keeps_statements():
    rows = crowd(people=3)
    conversation = Conversation(votes_of([*rows, ("x", "99", 1)]), group_of={"p0": "0", "x": "1"})
    left = without(conversation, ["x", "nobody"])
    assert left.votes.statements[-1] == "99"
    assert left.group_of == {"p0": "0"}
    assert same(left.votes.among(statements=left.votes.by_statement > 0), votes_of(rows))


def test_names_and_order_mean_nothing():
    rows = [*crowd(), *(("long", str(one), 1) for one in range(25))]
    Random(3).shuffle(rows)
    renamed = [(f"z{person}", f"s{statement}", vote) for person, statement, vote in rows]
    assert {(f"z{one}", sign) for one, sign in signs(Conversation(votes_of(rows)))} == signs(
        Conversation(votes_of(renamed))
    )


@pytest.mark.skipif(not OPEN, reason="FOLKMOOT_OPEN_DATA is not set: no open conversations")
def test_few_are_unusual_in_open_conversations():
    folder = Path(OPEN, "opinion", "polis-open-data")
    for name, most in (
        ("brexit-consensus", 0),
        ("ssis.land-bank-farmland", 2),
        ("scoop-hivemind.biodiversity", 3),
    ):
        files = {one.name: one.read_bytes() for one in (folder / name).iterdir()}
        read = read_conversation("votes.csv", files["votes.csv"], files)
        assert len({one.person for one in unusual(read.conversation, read.casts)}) == most
