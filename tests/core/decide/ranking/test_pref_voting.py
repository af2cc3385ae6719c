"""Are winners the same as pref_voting 1.18.2 finds on 200 small profiles?"""

import csv
from pathlib import Path

from core.decide.ranking.small import written
from folkmoot.core.decide.ranking.places import tiers_of
from folkmoot.core.decide.ranking.runoff import run_off
from folkmoot.core.decide.ranking.schulze import schulze
from folkmoot.core.decide.ranking.scoring import borda
from folkmoot.core.decide.ranking.transfers import stv

with (Path(__file__).parent / "pref_voting.csv").open(encoding="utf-8") as file:
    ROWS = list(csv.DictReader(file))


def profiles():
    """Each row with its ballots; in the file they are written 2abc, for two people with a > b > c."""
    for row in ROWS:
        yield row, written(*(f"{one[0]} {one[1:]}" for one in row["ballots"].split()), of=row["candidates"])


def letters(places) -> str:
    return "".join("abcde"[one] for one in sorted(places))


def test_there_are_two_hundred() -> None:
    assert len(ROWS) == 200
    assert sum(bool(row["borda"]) for row in ROWS) > 80


def test_borda_and_instant_run_off_on_full_ballots() -> None:
    for row, votes in profiles():
        if row["borda"]:
            assert letters(tiers_of(borda(votes))[0]) == row["borda"], row
            assert letters(run_off(votes).winners) == row["irv"], row


def test_schulze_with_winning_votes_on_all() -> None:
    for row, votes in profiles():
        assert letters(schulze(votes).winners) == row["schulze"], row


def test_stv_by_inclusive_gregory_is_one_of_the_ways_that_ties_could_fall() -> None:
    for row, votes in profiles():
        found = stv(votes, int(row["seats"]))
        theirs = {"abcde".index(one) for one in row["stv"]}
        assert any(one.elected <= theirs <= one.elected | one.equal for one in found.outcomes), row
        if not found.tied:
            assert letters(found.elected) == row["stv"], row
