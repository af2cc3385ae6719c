"""Are all winning committees found that are known for the 72 open profiles?"""

import ast
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from core.decide.ranking.small import approving
from folkmoot.core.decide.ranking import Approvals, Completion, Method, Settings, count
from folkmoot.core.decide.ranking.committees import by_gain, equal_shares, phragmen
from folkmoot.core.decide.ranking.optimal import first_only, harmonic, optimal

OPEN_DATA = os.environ.get("FOLKMOOT_OPEN_DATA", "")
FILES = sorted((Path(OPEN_DATA) / "vote" / "committees").glob("*.abc.yaml")) if OPEN_DATA else []
RULES: dict[str, Callable[[Approvals, int], tuple[tuple[int, ...], ...]]] = {
    "pav": lambda votes, seats: optimal(votes, seats, harmonic(seats)).all,
    "cc": lambda votes, seats: optimal(votes, seats, first_only(seats)).all,
    "seqpav": lambda votes, seats: by_gain(votes, seats, harmonic(seats)).all,
    "seqcc": lambda votes, seats: by_gain(votes, seats, first_only(seats)).all,
    "seqphragmen": lambda votes, seats: phragmen(votes, seats).all,
    "equal-shares": lambda votes, seats: equal_shares(votes, seats).all,
    "equal-shares-with-av-completion": lambda votes, seats: (
        equal_shares(votes, seats, completion=Completion.VOTES).all
    ),
}

pytestmark = pytest.mark.skipif(not FILES, reason="FOLKMOOT_OPEN_DATA names no folder with committees")


@cache
def read(file: Path) -> tuple[Approvals, int, dict[str, set[tuple[int, ...]]]]:
    """The profile, the seats, and by rule all winning committees."""
    text = file.read_text(encoding="utf-8")
    length, seats = (
        int(re.search(rf"^{name}: (\d+)", text, re.MULTILINE)[1]) for name in ("num_cand", "committeesize")
    )
    profile = re.search(r"^profile:(.*?)^num_cand", text, re.MULTILINE | re.DOTALL)[1]
    known = re.findall(r"- rule_id: (\S+)\n  result:(.*?)\n  resolute: (true|false)", text, re.DOTALL)
    winners = {
        rule: {tuple(sorted(one)) for one in ast.literal_eval(found.strip())}
        for rule, found, one_only in known
        if one_only == "false" and found.strip()
    }
    return approving(length, ast.literal_eval(profile.strip())), seats, winners


@pytest.mark.parametrize("rule", RULES)
def test_all_known_committees_and_no_others(rule: str) -> None:
    assert len(FILES) == 72
    for file in FILES:
        votes, seats, winners = read(file)
        assert set(RULES[rule](votes, seats)) == winners[rule], file.name


def test_approval_says_who_is_in_all_committees_and_who_in_some() -> None:
    for file in FILES:
        votes, seats, winners = read(file)
        told = count(votes, Settings(Method.APPROVAL, seats))
        known = [set(one) for one in winners["av"]]
        assert set(told.elected) == set.intersection(*known), file.name
        assert set(told.elected) | set(told.tied) == set.union(*known), file.name
