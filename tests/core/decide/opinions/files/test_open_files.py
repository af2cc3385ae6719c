"""Are the open conversations read whole, with the right sign, and alike from each of their files?"""

import json
import os
from pathlib import Path

import pytest

from core.decide.opinions.files.talks import same
from folkmoot.core.decide.opinions import AGREE, DISAGREE
from folkmoot.core.decide.opinions.files import (
    Kind,
    Read,
    read_conversation,
    write_polis,
    write_votes_json,
    write_whole,
)

OPEN = os.environ.get("FOLKMOOT_OPEN_DATA", "")
EXPORTS = Path(OPEN, "opinion", "polis-open-data")
MATHEMATICS = Path(OPEN, "opinion", "polis-math")
SIZES = {  # people, statements with votes, votes, casts
    "15-per-hour-seattle": (339, 54, 2872, 2995),
    "american-assembly.bowling-green": (2031, 896, 225_524, 0),
    "brexit-consensus": (204, 50, 5303, 5312),
    "football-concussions": (1487, 298, 14_328, 14_924),
    "london.youth.policing": (26, 36, 638, 640),
    "scoop-hivemind.biodiversity": (536, 314, 29_719, 29_802),
    "ssis.land-bank-farmland": (404, 293, 33_463, 33_530),
}
FIXTURES = ("25ptpt-3gp-no-strict-with-meta", "above-100-ptpts", "below-100-ptpts")
pytestmark = pytest.mark.skipif(not OPEN, reason="FOLKMOOT_OPEN_DATA is not set: no open conversations")


def read(folder: Path, name: str) -> Read:
    files = {one.name: one.read_bytes() for one in folder.iterdir()}
    return read_conversation(name, files[name], files)


@pytest.mark.parametrize("name", SIZES)
def test_exports_agree_cell_by_cell(name):
    wide = read(EXPORTS / name, "participants-votes.csv")
    votes = wide.conversation.votes
    people, statements, cells, casts = SIZES[name]
    assert (len(votes.people), len(votes.statements), len(votes)) == (people, statements, cells)
    assert wide.kind is Kind.POLIS_WIDE
    if not casts:
        return
    long = read(EXPORTS / name, "votes.csv")
    assert long.kind is Kind.POLIS_LONG
    assert len(long.casts) == casts
    assert same(votes, long.conversation.votes)
    assert long.conversation.group_of == wide.conversation.group_of
    # The totals of comments.csv are those of all casts, to the last one.
    assert long.remarks == ()


@pytest.mark.parametrize("name", FIXTURES)
def test_the_totals_give_the_sign_of_json(name):
    folder = MATHEMATICS / name
    told = read(folder, "votes.json")
    comments = json.loads((folder / "comments.json").read_text())
    votes = told.conversation.votes
    counts = {vote: votes.of(vote) for vote in (AGREE, DISAGREE)}
    place = {one: number for number, one in enumerate(votes.statements)}
    for comment in comments:
        at = place.get(str(comment.get("tid", comment.get("statement_id"))))
        stated = (comment["agree_count"], comment["disagree_count"])
        assert stated == ((0, 0) if at is None else (counts[AGREE][at], counts[DISAGREE][at]))
    mathematics = json.loads((folder / "math-pca2.json").read_text())
    assert len(told.conversation.group_of) == len(mathematics["in-conv"])
    metas = {int(id_) for id_, one in told.conversation.statements.items() if one.meta}
    assert metas == set(mathematics["meta-tids"])


@pytest.mark.parametrize("name", FIXTURES)
def test_the_mathematics_alone_gives_the_sign_too(name):
    files = {one: (MATHEMATICS / name / one).read_bytes() for one in ("votes.json", "math-pca2.json")}
    alone = read_conversation("votes.json", files["votes.json"], files)
    assert same(alone.conversation.votes, read(MATHEMATICS / name, "votes.json").conversation.votes)


@pytest.mark.parametrize("name", ["brexit-consensus", "london.youth.policing"])
def test_open_conversations_are_written_and_read_again(name):
    told = read(EXPORTS / name, "votes.csv")
    files = write_polis(told.conversation, told.casts)
    again = read_conversation("votes.csv", files["votes.csv"], files)
    whole = read_conversation("w", write_whole(told.conversation, told.casts))
    records = read_conversation("votes.json", write_votes_json(told.conversation, told.casts))
    for one in (again, whole, records):
        assert same(one.conversation.votes, told.conversation.votes)
    assert again.conversation.statements == told.conversation.statements == whole.conversation.statements
    assert again.remarks == ()
