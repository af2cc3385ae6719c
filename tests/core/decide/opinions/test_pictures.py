"""Do the pictures of opinions show what was found, and give nobody away?"""

from dataclasses import replace

import numpy as np
import pytest

from core.decide.opinions.careful.crowds import planted, spectrum
from core.pictures.test_pictures import check
from folkmoot.core.decide.opinions import Conversation, Statement, Votes
from folkmoot.core.decide.opinions.careful import Settings, reading
from folkmoot.core.decide.opinions.pictured import Said, opinion_map, said_to
from folkmoot.core.decide.opinions.polis import mapped
from folkmoot.core.decide.opinions.portraits import careful_pictures, dividing, polis_pictures

QUICK = Settings(shuffles=39, bootstraps=20)


def asked(votes: Votes) -> Conversation:
    return Conversation(votes, {one: Statement(one, f"What of {one}?") for one in votes.statements})


def test_a_small_group_is_not_told_apart() -> None:
    group = np.array([0] * 9 + [1] * 4)
    drawn = opinion_map(np.zeros((13, 3)), group, ["A", "B"], "Two groups.")
    assert drawn.table.rows == (("A", "9 people"), ("Too few votes, or of no group", "fewer than 5 people"))
    assert opinion_map(np.zeros((0, 2)), group[:0], (), "Nobody.").table.rows == ()
    with pytest.raises(ValueError, match="groups"):
        opinion_map(np.zeros((13, 2)), group, ["A"] * 6, "")


def test_few_who_saw_a_statement_are_not_told() -> None:
    rows = [("Trees?", [Said(4, 4, 0.4, 1.0), Said(5, 5, 0.48, 1.0)])]
    (row,) = said_to("What unites", "So it is.", ["A", "B"], rows).table.rows
    assert row == ("Trees?", "fewer than 5 saw it", "100 % of 5 (48 to 100 %)")


def test_a_count_that_would_tell_of_others_is_not_called_small() -> None:
    (row,) = said_to(
        "What divides", "So.", ["A", "B"], [("Trees?", [Said(5, 5, 0.48, 1.0), None])]
    ).table.rows
    assert row[2] == "not counted here, as so few saw it"


def test_groups_have_their_portraits() -> None:
    conversation = asked(planted((40, 30), 24, seed=4, strength=1.6))
    found = reading(conversation, QUICK)
    drawn = careful_pictures(conversation, found)
    assert list(drawn) == ["map", "unites", "divides", "group-A", "group-B"]
    assert [row[0] for row in drawn["map"].table.rows[:2]] == ["Group A", "Group B"]
    for picture in drawn.values():
        check(picture)
        assert found.sentence in picture.description
    shares = {row[0]: row[1:] for row in drawn["divides"].table.rows}
    lines = {line.id: line for line in found.lines}
    for statement in found.dividing[:8]:
        told = [f"{100 * part.share:.0f} %" for part in lines[statement].parts if part]
        assert [cell.split(" of ")[0] for cell in shares[f"What of {statement}?"]] == told


def test_where_there_are_no_groups_all_are_of_one_kind() -> None:
    conversation = asked(spectrum(120, 20, seed=2))
    found = reading(conversation, replace(QUICK, least_ari=0.999))
    assert found.groups == ()
    drawn = careful_pictures(conversation, found)
    assert drawn["map"].table.rows == (("Everybody", "120 people"),)
    assert {"left-end", "right-end"} < set(drawn)


def test_a_map_of_polis_has_its_pictures_too() -> None:
    conversation = asked(planted((40, 30), 24, seed=4, strength=1.6))
    found = mapped(conversation)
    drawn = polis_pictures(conversation, found, "Not tried.")
    assert len(drawn) == 3 + len(found.groups)
    for picture in drawn.values():
        check(picture)
    apart = dividing(found)
    assert [one.difference for one in apart] == sorted((one.difference for one in apart), reverse=True)
    assert all(max(one.shares) - min(one.shares) == pytest.approx(one.difference) for one in apart)
    assert [row[0] for row in drawn["divides"].table.rows] == [f"What of {one.statement}?" for one in apart]
