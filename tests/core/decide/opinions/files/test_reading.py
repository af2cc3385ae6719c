"""Is each kind of file known by its content, and read as it means?"""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.opinions.files.talks import START, same, talk
from folkmoot.core.decide.opinions import votes_of
from folkmoot.core.decide.opinions.files import (
    Kind,
    read_conversation,
    read_membership,
    write_polis,
    write_votes_json,
)
from folkmoot.core.decide.opinions.history import TAKEN_BACK
from folkmoot.core.kernel.errors import Refused

SIMPLE = votes_of([("ann", "1", 1), ("ann", "2", -1), ("bob", "2", 0)])
LONG = "person,statement,vote\nann,1,agree\nann,2,disagree\nbob,2,pass\n"
WAYS = {
    "words": LONG,
    "letters": "person,statement,vote\nann,1,A\nann,2,d\nbob,2,P\n",
    "yes": "voter_id;statement_id;vote\nann;1;Yes\nann;2;no\nbob;2;unsure\n",
    "numbers": "participant\tcomment-id\tvote\nann\t1\t+1\nann\t2\t-1.0\nbob\t2\t0\n",
    "minus": "person,statement,vote\nann,1,1\nann,2,−1\nbob,2,0\n",
    "blank lines": "\n\nperson,statement,vote\n\nann,1,1\n,,\nann,2,-1\n\nbob,2,0\n\n",
    "changed": "person,statement,vote\nann,1,disagree\nann,1,agree\nann,2,d\nbob,2,p\n",
    "by time": "person,statement,vote,at\nann,1,agree,20\nann,1,pass,10\nann,2,d,5\nbob,2,p,6\n",
    "ISO": "person,statement,vote,at\nann,1,y,2026-01-02\nann,1,n,2026-01-01T10:00Z\n"
    "ann,2,d,2026-01-01\nbob,2,p,2026-01-01\n",
    "wide": "person,1,2\nann,1,-1\nbob,,0\n",
    "wide words": "id;2;1\nbob;pass;\nann;disagree;agree\n",
    "wide short": "person,1,2,\nann,1,-1\nbob,,0,\n\n,,,\n",
    "wide nameless": ",1,2\nann,1.0,-1.0\nbob,,0.0\n",
    "wide quoted": '"person","1","2"\n"ann","1","-1"\n"bob","","0"\n',
    "carriage returns": LONG.replace("\n", "\r"),
    "json": '[{"pid":"ann","tid":1,"vote":-1},{"pid":"ann","tid":2,"vote":1},{"pid":"bob","tid":2,"vote":0}]',
}

COMMENTS = [
    {
        "tid": 1,
        "txt": "Trees",
        "pid": 4,
        "mod": -1,
        "is_meta": True,
        "is_seed": False,
        "created": "1714613201691",
    },
    {
        "statement_id": "2",
        "txt": "Shade",
        "participant_id": 0,
        "moderated": 1,
        "created": "2023-08-11T06:33:28Z",
    },
]
MATHEMATICS = {
    "base-clusters": {"id": [0, 3], "members": [["ann"], ["bob", 99]]},
    "group-clusters": [{"id": 0, "members": [0]}, {"id": 1, "members": [3]}],
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_all_ways_to_write_the_same_votes(way, encoding):
    read = read_conversation("votes", WAYS[way].encode(encoding))
    assert same(read.conversation.votes, SIMPLE)


def test_windows_letters():
    content = "person,statement,vote\nZoë,café,agree\n".encode("cp1252")
    assert read_conversation("votes", content).conversation.votes.statements == ("café",)


@given(st.permutations(LONG.splitlines()[1:]))
@settings(max_examples=6, deadline=None)
def test_order_of_rows_means_nothing(rows):
    read = read_conversation("votes", "\n".join([LONG.splitlines()[0], *rows]).encode())
    assert same(read.conversation.votes, SIMPLE)


def test_last_by_time_counts_then_the_later_row():
    rows = f"timestamp,datetime,comment-id,voter-id,vote\n{START},x,1,7,1\n{START},x,1,7,-1\n9,x,1,7,0\n"
    read = read_conversation("votes.csv", rows.encode())
    assert read.conversation.votes.value.tolist() == [-1]
    assert read.casts.changed.sum() == 2
    assert read.casts.at.tolist() == [9, START, START]


def test_seconds_are_told():
    read = read_conversation("v", b"person,statement,vote,timestamp\na,1,y,1700000000\n")
    assert read.casts.at.tolist() == [1_700_000_000_000]
    assert "seconds" in read.remarks[0]


def test_withdrawn_votes_are_unseen_and_kept_in_the_log():
    read = read_conversation("v", b"person,statement,vote\na,1,agree\na,1,withdrawn\nb,1,no\n")
    assert read.casts.value.tolist() == [1, TAKEN_BACK, -1]
    assert read.conversation.votes.value.tolist() == [-1]


def test_the_sign_may_be_told():
    for content in (WAYS["numbers"], WAYS["wide"]):
        read = read_conversation("v", content.encode(), agree_is=-1)
        assert read.conversation.votes.value.tolist() == [-1, 1, 0]
        assert read.conversation.agree_is == -1
    assert same(read_conversation("v", LONG.encode(), agree_is=-1).conversation.votes, SIMPLE)


def test_totals_refuse_a_table_with_the_sign_of_the_database():
    read = talk()
    files = write_polis(read.conversation, read.casts)
    head, *rows = files["votes.csv"].decode().splitlines()
    turned = "\n".join([head, *(f"{row.rpartition(',')[0]},{-int(row.rpartition(',')[2])}" for row in rows)])
    with pytest.raises(Refused, match="-1 is agree, and 1 was taken"):
        read_conversation("votes.csv", turned.encode(), files)
    told = read_conversation("votes.csv", turned.encode(), files, agree_is=-1)
    assert same(told.conversation.votes, read.conversation.votes)
    wrong = read_conversation("votes.csv", files["votes.csv"], files, agree_is=-1)
    assert "1 is agree, and -1 was taken" in wrong.remarks[0]
    only = {"comments.csv": files["comments.csv"]}
    with pytest.raises(Refused, match="agree_is=-1"):
        read_conversation("votes.csv", turned.encode(), only)


def test_totals_of_people_refuse_a_wide_table_with_the_other_sign():
    read = talk()
    lines = write_polis(read.conversation, read.casts)["participants-votes.csv"].decode().splitlines()
    rows = [line.split(",") for line in lines]
    turned = [rows[0], *([*row[:6], *(one and str(-int(one)) for one in row[6:])] for row in rows[1:])]
    with pytest.raises(Refused, match="-1 is agree"):
        read_conversation("p.csv", "\n".join(map(",".join, turned)).encode())


def test_totals_turn_json_either_way():
    read = talk()
    files = write_polis(read.conversation, read.casts)
    comments = {"comments.csv": files["comments.csv"]}
    records = json.loads(write_votes_json(read.conversation, read.casts))
    usual = read_conversation("votes.json", json.dumps(records).encode(), comments)
    turned = [{**one, "vote": -one["vote"]} for one in records]
    saved = read_conversation("votes.json", json.dumps(turned).encode(), comments)
    assert same(usual.conversation.votes, read.conversation.votes)
    assert same(saved.conversation.votes, read.conversation.votes)
    assert (usual.conversation.agree_is, saved.conversation.agree_is) == (-1, 1)
    assert not [one for one in usual.remarks if "so it was read" in one]
    assert [one for one in saved.remarks if "so it was read" in one]


def test_a_sign_that_nothing_tells_is_told():
    read = read_conversation("v", WAYS["numbers"].encode())
    assert read.remarks == ("No totals tell which number means agree; 1 was taken for it.",)
    assert read_conversation("v", LONG.encode()).remarks == ()


def test_files_beside_tell_of_statements_and_groups():
    beside = {
        "2025-comments.json": json.dumps(COMMENTS).encode(),
        "conversation.json": b'{"topic": "Green", "strict_moderation": true}',
        "math-pca2.json": json.dumps(MATHEMATICS).encode(),
        "other.bin": b"\xff\x00",
    }
    read = read_conversation("v.csv", LONG.encode(), beside)
    one, two = (read.conversation.statement(id_) for id_ in "12")
    assert (one.text, one.author, one.moderated, one.meta, one.at) == ("Trees", "4", -1, True, 1714613201691)
    assert (two.text, two.author, two.moderated, two.meta) == ("Shade", "0", 1, False)
    assert (read.conversation.topic, read.conversation.strict) == ("Green", True)
    assert read.conversation.group_of == {"ann": "0", "bob": "1"}
    assert read.remarks == ("1 people are in a group and not among those who voted.",)
    assert read_membership("m", beside["math-pca2.json"])["99"] == "1"


def test_kinds():
    read = talk()
    files = write_polis(read.conversation, read.casts)
    assert read.kind is Kind.POLIS_LONG
    assert read_conversation("x", files["participants-votes.csv"]).kind is Kind.POLIS_WIDE
    assert read_conversation("x", WAYS["wide"].encode()).kind is Kind.WIDE
    assert read_conversation("x", LONG.encode()).kind is Kind.LONG
    assert read_conversation("x", WAYS["json"].encode()).kind is Kind.POLIS_JSON
