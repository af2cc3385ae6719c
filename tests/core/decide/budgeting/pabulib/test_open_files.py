"""Does every published file read as it was counted elsewhere, and is it written back byte for byte?"""

import json
import os
import tracemalloc
from pathlib import Path

import pytest

from core.decide.budgeting.pabulib.marram import ballots_of, plainly
from folkmoot.core.decide.budgeting.pabulib import check_pb, pb_of, read_pb, write_pb

OPEN_DATA = os.environ.get("FOLKMOOT_OPEN_DATA", "")
FOLDER = Path(OPEN_DATA) / "vote"
NAMES = sorted(path.name for path in (FOLDER / "pb").glob("*.pb")) if OPEN_DATA else []
needs_open_data = pytest.mark.skipif(not OPEN_DATA, reason="FOLKMOOT_OPEN_DATA names no folder of open data")
LARGE = 1_000_000  # bytes: above it, one voter after the other takes too long for each run
MOST_MEMORY = 12  # its peak, as a multiple of the file


@needs_open_data
def test_there_are_files() -> None:
    assert len(NAMES) >= 33


@needs_open_data
@pytest.mark.parametrize("name", NAMES)
def test_a_published_file(name: str) -> None:
    content = (FOLDER / "pb" / name).read_bytes()
    file = read_pb(content)
    assert write_pb(file) == content
    election = file.election
    told = json.loads((FOLDER / "reference_outcomes.json").read_text()).get(name)
    if told:
        found = (election.vote_type, file.meta.rule, file.meta.get("budget"))
        assert found == (told["vote_type"], told["official_rule"], told["budget"])
        rows = (election.ballots.voters, len(election.projects), file.cast.written)
        assert rows == (told["num_votes"], told["num_projects"], told["distinct_ballots"])
        official = told.get("official")
        assert not official or file.projects.winners == frozenset(official["selected"])
    assert check_pb(file) == ()
    if len(content) < LARGE:
        assert ballots_of(election) == plainly(content)
        assert ballots_of(pb_of(election, {}).election) == ballots_of(election)


@needs_open_data
def test_memory_stays_small() -> None:
    content = (FOLDER / "pb" / "Poland_Warszawa_2026.pb").read_bytes()
    tracemalloc.start()
    try:
        assert read_pb(content).election
        kept, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < MOST_MEMORY * len(content)
    assert kept < 2 * len(content)
