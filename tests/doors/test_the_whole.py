"""What does the whole ask of all of us next, and can it ever name a person?"""

from dataclasses import fields, is_dataclass
from datetime import timedelta
from typing import Any, get_args, get_type_hints

import pytest

from folkmoot.apps.places import clock
from folkmoot.apps.places.panels import Panel, Piece, Step
from folkmoot.apps.spend.panels import _step
from folkmoot.apps.spend.queries import Money
from folkmoot.core.pictures import Picture, Table
from folkmoot.site.elephant import Whole, ours_for
from partnership import Town
from rooms.network.recording import known, stands

pytestmark = pytest.mark.django_db
PLAIN = {str, int, bool, type(None), Panel, Piece, Step, Picture, Table}


def kinds_in(kind: Any) -> set[Any]:
    """Every plain kind that a value of this kind can hold."""
    if is_dataclass(kind):
        inside = get_type_hints(kind)
        return {kind}.union(*(kinds_in(inside[field.name]) for field in fields(kind)))
    inside = [one for one in get_args(kind) if one is not Ellipsis]
    return set().union(*(kinds_in(one) for one in inside)) if inside else {kind}


def test_the_whole_has_no_field_for_a_person() -> None:
    assert kinds_in(Whole) - {Whole} <= PLAIN


def test_the_same_whole_for_everybody_and_no_name_in_it(town: Town) -> None:
    ada = known(town, "Ada Quill")
    stands(town, ada, "active", ago=3)
    wholes = [ours_for(actor, town.partnership) for actor in (town.convenor, town.core, town.member)]
    assert wholes[0] == wholes[1] == wholes[2]
    assert "Quill" not in repr(wholes[0])


def test_where_nobody_is_active_is_asked_of_all(town: Town) -> None:
    for number in range(6):
        stands(town, known(town, f"Person {number}", part="Health"), "active", ago=3)
    steps = ours_for(town.member, town.partnership).next
    assert [step.title for step in steps] == ["Nobody in Council or Housing is active yet"]


def test_nothing_is_asked_of_an_empty_partnership(town: Town) -> None:
    assert ours_for(town.convenor, town.partnership).next == ()


def money(**what: Any) -> Money:
    """Sums of nothing, but for what is said."""
    plain = {"currency": "GBP", "whole": None, "anchors": (), "years": (), "waiting": (), "behind": ()}
    return Money(**plain | {"payees": 0, "files": 1, "rows_in": 0, "set_aside": 0} | what)


def test_an_anchor_without_a_file_comes_before_one_that_is_late() -> None:
    late = (("Tidewater", clock.today() - timedelta(days=90)),)
    assert _step(money(waiting=("The College",), behind=late), "/").title.startswith("Nothing of The College")
    assert _step(money(behind=late), "/").title == "A newer file of Tidewater is due"
    assert _step(money(), "/") is None
