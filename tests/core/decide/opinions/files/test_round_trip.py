"""Does reading what was written give the same conversation?"""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.opinions.files.talks import about, same, same_casts, talk, talks
from folkmoot.core.decide.opinions import Conversation, Statement, votes_of
from folkmoot.core.decide.opinions.aside import without
from folkmoot.core.decide.opinions.files import (
    Kind,
    read_conversation,
    write_polis,
    write_votes_json,
    write_whole,
)
from folkmoot.core.decide.opinions.history import TAKEN_BACK, casts_of


@given(talks())
@settings(max_examples=60, deadline=None)
def test_a_polis_export_is_read_as_it_was(made):
    conversation, casts = made
    files = write_polis(conversation, casts)
    wide = read_conversation("participants-votes.csv", files["participants-votes.csv"], files)
    assert wide.kind is Kind.POLIS_WIDE
    assert same(wide.conversation.votes, conversation.votes)
    assert about(wide.conversation) == about(conversation)
    long = read_conversation("votes.csv", files["votes.csv"], files)
    voted = conversation.votes.among(conversation.votes.by_person > 0, conversation.votes.by_statement > 0)
    assert same(long.conversation.votes, voted)
    assert not [one for one in long.remarks if "totals of" in one]


@given(talks(), st.dictionaries(st.text("ab", min_size=1), st.text("xyz"), max_size=2))
@settings(max_examples=60, deadline=None)
def test_a_whole_conversation_loses_nothing(made, aside):
    conversation, casts = made
    told = {"mode": "careful", "seed": 7, "deep": {"list": [1, 2.5, None, True]}}
    read = read_conversation("talk.json", write_whole(conversation, casts, aside, told))
    assert read.kind is Kind.WHOLE
    assert same_casts(read.casts, casts)
    assert same(read.conversation.votes, conversation.votes)
    assert about(read.conversation) == about(conversation)
    assert (read.aside, read.settings) == (aside, told)


@given(talks())
@settings(max_examples=40, deadline=None)
def test_votes_as_polis_keeps_them(made):
    conversation, casts = made
    voted = conversation.votes.among(conversation.votes.by_person > 0, conversation.votes.by_statement > 0)
    if not len(voted):
        return
    read = read_conversation("votes.json", write_votes_json(conversation, casts))
    assert same(read.conversation.votes, voted)
    assert read.conversation.agree_is == (-1 if voted.value.any() else 1)


def test_a_whole_conversation_is_the_same_bytes_again():
    read = talk()
    written = write_whole(read.conversation, read.casts)
    again = read_conversation("talk.json", written)
    assert write_whole(again.conversation, again.casts) == written


def test_a_log_of_other_votes_is_not_written():
    read = talk()
    with pytest.raises(ValueError, match="other votes"):
        write_whole(without(read.conversation, ["3"]), read.casts)
    fewer = without(read.conversation, ["3"])
    assert write_whole(fewer, read.casts.without(["3"]), {"3": "asked to leave"})


def test_what_was_taken_back_is_in_no_polis_file():
    casts = casts_of([("a", "1", 1, 10**12), ("a", "1", TAKEN_BACK, 10**12 + 1), ("b", "1", -1, 10**12)])
    files = write_polis(Conversation(casts.votes), casts)
    assert files["votes.csv"].decode().count("\n") == 2
    assert b",1,1,0\r\n" not in files["comments.csv"]
    read = read_conversation("p", files["participants-votes.csv"], files)
    assert read.conversation.votes.people == ("a", "b")
    assert not [one for one in read.remarks if "totals of" in one]


def test_nothing_in_a_table_runs_in_a_spreadsheet():
    evil = Statement("=1", '=HYPERLINK("x")', "@me")
    conversation = Conversation(
        votes_of([("+cmd", "=1", 1)]), {"=1": evil}, "-topic", group_of={"+cmd": "=g"}
    )
    for content in write_polis(conversation).values():
        for row in csv.reader(io.StringIO(content.decode(), newline="")):
            assert not [one for one in row if one.startswith(("=", "+", "@", "-", "\t")) and one != "-1"]
