"""Does each file that cannot be read say where, why, and what to do next?"""

import pytest

from folkmoot.core.decide.opinions.files import read_conversation, read_membership
from folkmoot.core.kernel.errors import Refused

LONG = "person,statement,vote"
CASES = {
    "empty": (b"", "It is empty."),
    "blank": (b" \n\n", "It is empty."),
    "bytes": (b"\x00\x01\x02", "It is no text."),
    "odd bytes": (b"person,statement,vote\n\x81,1,1", "It is no text."),
    "no vote": (f"{LONG}\na,1,agree\na,2,maybe\n", "Line 3, column vote: “maybe” is no vote."),
    "vote of two": (f"{LONG}\na,1,2\n", "Line 2, column vote: “2” is no vote."),
    "true": (f"{LONG}\na,1,true\n", "Line 2, column vote: “true” is no vote."),
    "NaN": (f"{LONG}\na,1,NaN\n", "Line 2, column vote: “NaN” is no vote."),
    "huge": (f"{LONG}\na,1,{'9' * 5000}\n", "Line 2, column vote: “99"),
    "nothing": (f"{LONG}\na,1,\n", "Line 2, column vote: There is no vote."),
    "no person": (f"{LONG}\n,1,1\n", "Line 2, column person: There is no id."),
    "long id": (f"{LONG}\n{'a' * 201},1,1\n", "Line 2, column person: An id has 201 characters"),
    "ragged": (f"{LONG}\na,1,1,4\n", "Line 2: It has 4 cells under 3 headings."),
    "short": (f"{LONG}\na,1\n", "Line 2, column vote: There is no vote."),
    "quoted lines": (f'{LONG}\n"a",1,1\n"b\n",1,1\nc,1,x\n', "Line 5, column vote: “x” is no vote."),
    "quote": (f'{LONG}\n"a,1,1\n', "Line 2: unexpected end of data."),
    "time": (f"{LONG},at\na,1,1,soon\n", "Line 2, column at: “soon” is no time."),
    "no time": (f"{LONG},at\na,1,1,5\nb,1,1,\n", "Line 3, column at: There is no time"),
    "late": (f"{LONG},at\na,1,1,{'9' * 17}\n", "Line 2, column at: “999"),
    "wide word": ("person,1,age\na,1,34\n", "Line 2, column age: “34” is no vote."),
    "wide NaN": ("person,1\na,nan\n", "Line 2, column 1: “nan” is no vote."),
    "wide twice": ("person,1\na,1\na,0\n", "Line 3, column person: “a” has a row already."),
    "columns twice": ("person,1,1\na,1,1\n", "Line 1, column 1: It comes twice."),
    "no heading": ("person,1,\na,1,1\n", "Line 1: Column 3 has no heading."),
    "no statements": ("person\na\n", "Line 1: It has no column with votes."),
    "nobody": ("when,1\n2,1\n", "Line 1: None of its columns names people: when, 1."),
    "wide nobody": ("person,1\n,1\n", "Line 2, column person: There is no id."),
    "comments": ("comment-id,agrees,moderated,comment-body\n1,2,1,x\n", "It holds statements and no votes."),
    "not JSON": ('[{"pid": 1,\n]', "Line 2: It is not JSON"),
    "deep": ("[" * 100_000, "Its lists lie too deep in one another."),
    "JSON NaN": ('[{"pid":1,"tid":1,"vote":NaN}]', "A number in it cannot be read: NaN is no number."),
    "digits": ('[{"pid":1,"tid":1,"vote":' + "9" * 5000 + "}]", "A number in it cannot be read"),
    "JSON vote": ('[{"pid":1,"tid":1,"vote":true}]', "Record 1, “vote”: “True” is no vote."),
    "JSON id": ('[{"pid":true,"tid":1,"vote":1}]', "Record 1, “pid”: that is no id."),
    "JSON half": (
        '[{"pid":1,"tid":1,"vote":1},{"pid":1.5,"tid":1,"vote":1}]',
        "Record 2, “pid”: that is no id.",
    ),
    "no key": ('[{"tid":1,"vote":1}]', "Record 1 has no “participant_id”"),
    "lists": ("[[1,2,3]]", "Record 1 is no record of a vote."),
    "none": ("[]", "It is no list of votes."),
    "JSON time": ('[{"pid":1,"tid":1,"vote":1,"modified":[]}]', "Record 1, “modified”: “[]” is no time."),
    "words and numbers": (
        '[{"pid":1,"tid":1,"vote":1},{"pid":2,"tid":1,"vote":"agree"}]',
        "Record 2, “vote”: words and numbers stand side by side.",
    ),
    "mathematics": ('{"group-clusters": []}', "It holds the groups of a conversation and no votes."),
    "version": ('{"format": "folkmoot opinions", "version": 9}', "It is of version 9; 1 is read here."),
    "no people": ('{"format": "folkmoot opinions", "version": 1}', "In the file: “people” is missing"),
}


@pytest.mark.parametrize("case", CASES)
def test_refused_with_its_place(case):
    content, reason = CASES[case]
    with pytest.raises(Refused) as refused:
        read_conversation("talk", content if isinstance(content, bytes) else content.encode())
    assert refused.value.sentence == "talk was not read."
    assert refused.value.reason.startswith(reason)
    assert refused.value.next_step
    assert len(refused.value.reason) < 300


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("comments.csv", b"comment-id,comment-body,moderated\n1,x,5\n", "Line 2, column moderated: “5”"),
        (
            "comments.csv",
            b"comment-id,comment-body\n1,x\n1,y\n",
            "Line 3, column comment-id: “1” comes twice.",
        ),
        ("comments.csv", b"a,b\n1,x\n", "Line 1: It has no columns comment-id and comment-body."),
        ("comments.json", b'[{"txt": "x"}]', "Record 1 has no “statement_id”"),
        ("comments.json", b'{"a": 1}', "It is no list of statements."),
        ("math-pca2.json", b'{"group-clusters": 5}', "Its clusters have another shape"),
        ("conversation.json", b"[]", "It is no record of a conversation."),
    ],
)
def test_a_file_beside_is_named(name, content, reason):
    with pytest.raises(Refused) as refused:
        read_conversation("votes.csv", b"person,statement,vote\na,1,1\n", {name: content})
    assert refused.value.sentence == f"{name} was not read."
    assert refused.value.reason.startswith(reason)


def test_lineage_in_a_circle_is_refused():
    comments = b"comment-id,comment-body,came-of\n1,x,2\n2,y,1\n"
    with pytest.raises(Refused, match="came of"):
        read_conversation("v", b"person,statement,vote\na,1,1\n", {"comments.csv": comments})


def test_too_many_people():
    rows = "\n".join(f"{one},1,1" for one in range(100_001))
    with pytest.raises(Refused, match="It holds 100,001 people; 100,000 are the most"):
        read_conversation("v", f"person,statement,vote\n{rows}".encode())


def test_one_person_in_two_groups():
    bases = b'"base-clusters": {"id": [1, 2], "members": [[7], [7]]}'
    groups = b'"group-clusters": [{"id": 0, "members": [1]}, {"id": 1, "members": [2]}]'
    told = b"{" + bases + b", " + groups + b"}"
    with pytest.raises(Refused, match="7 is in two groups"):
        read_membership("m", told)
