"""What is said of open conversations, and do the guide's maps still show it?"""

import os
import re
from pathlib import Path

import pytest

from folkmoot.cli.drawings import CONVERSATIONS, opinion_map_of
from folkmoot.core.decide.opinions.careful import Reading, Verdict, reading
from folkmoot.core.decide.opinions.files import read_conversation

OPEN = os.environ.get("FOLKMOOT_OPEN_DATA")
pytestmark = pytest.mark.skipif(not OPEN, reason="FOLKMOOT_OPEN_DATA names no folder of open data")
EXPORTS = Path(OPEN or "") / "opinion" / "polis-open-data"
PICTURES = Path(__file__).parents[4] / "docs" / "pictures"


def read(name: str) -> Reading:
    files = {one.name: one.read_bytes() for one in (EXPORTS / name).iterdir()}
    return reading(read_conversation("votes.csv", files.pop("votes.csv"), files).conversation)


def test_brexit_has_two_sides_and_no_gap_as_its_map_shows() -> None:
    found = read("brexit-consensus")
    assert (found.verdict, found.gaps) == (Verdict.RELIABLE, False)
    assert [part.size for part in found.groups] == [100, 89]
    # Not byte by byte: another machine's arithmetic may put a mark one cell further.
    kept = (PICTURES / "opinions-brexit.svg").read_text(encoding="utf-8")
    drawn = opinion_map_of(EXPORTS / "brexit-consensus", CONVERSATIONS["brexit"][1])
    words = [re.findall("<(?:title|desc|text)[^>]*>([^<]*)<", one) for one in (kept, drawn)]
    assert words[0] == words[1]
    assert found.sentence in words[0]
    assert "Side A: 100 people" in words[0]


def test_votes_on_concussions_show_no_groups() -> None:
    found = read("football-concussions")
    assert (found.verdict, found.groups) == (Verdict.NO_GROUPS, ())
    assert found.chances
    assert found.chances.p_dealt > 0.05
    assert len(found.dividing) == 20
