"""Is support counted rightly, and shown so that nobody can be picked out?"""

from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from typing import Any, get_args, get_type_hints

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from folkmoot.apps.network import actions, queries
from folkmoot.apps.network.panels import network_mine_for, network_panel_for
from folkmoot.apps.network.pictures import bands_picture
from folkmoot.apps.network.shown import SupportShown, nameless
from folkmoot.apps.places import clock
from folkmoot.apps.places.actions import settle_partnership
from folkmoot.core.kernel.disclosure import Band
from folkmoot.core.kernel.errors import NotAllowed, NotFound
from folkmoot.core.network import Contact, PostSpell, Stance, StanceRecord
from folkmoot.core.network import support as count_support
from partnership import Town
from rooms.network.recording import known, stands


def test_support_is_counted_from_what_is_recorded(town: Town) -> None:
    ada, ben, cy = known(town, "Ada Quill"), known(town, "Ben Oke", "Council"), known(town, "Cy Marsh")
    stands(town, ada, "active", ago=300)
    stands(town, ada, "champion", ago=5)
    stands(town, ben, "active", ago=200)
    stands(town, cy, "active", ago=20, expires_on=clock.today() - timedelta(days=1))
    counted = queries.support_for(town.core, town.partnership.id)
    assert (counted.active, counted.active_fresh) == (2, 1)
    assert counted.parts == {"Council": 1, "Health": 1, "Housing": 0}
    assert counted.levels["chief"] == 2


def test_taking_back_a_stance_restores_every_figure(town: Town) -> None:
    ada = known(town, "Ada Quill")
    stands(town, ada, "wary", ago=30)
    before = queries.support_for(town.convenor, town.partnership.id)
    shown = network_panel_for(town.convenor, town.partnership)
    row = stands(town, ada, "active", ago=2)
    assert queries.support_for(town.convenor, town.partnership.id).active == 1
    actions.withdraw_stance(town.convenor, stance_id=row.id)
    assert queries.support_for(town.convenor, town.partnership.id) == before
    assert network_panel_for(town.convenor, town.partnership) == shown


def test_exact_counts_are_for_the_core_team_and_evidence_for_the_convenor(town: Town) -> None:
    stands(town, known(town, "Ada Quill"))
    assert queries.support_for(town.core, town.partnership.id).standings == ()
    assert len(queries.support_for(town.convenor, town.partnership.id).standings) == 1
    assert queries.standings_for(town.convenor).rows[0].name == "Ada Quill"
    for actor in (town.member, town.outsider, town.nobody, town.neighbour):
        with pytest.raises(NotAllowed):
            queries.support_for(actor, town.partnership.id)
    for actor in (town.core, town.member, town.outsider, town.nobody):
        with pytest.raises(NotAllowed):
            queries.standings_for(actor)
    assert queries.standings_for(town.neighbour).rows == ()


def test_shown_support_is_the_same_for_every_reader(town: Town) -> None:
    stands(town, known(town, "Ada Quill"))
    with pytest.raises(NotFound):
        queries.support_shown_for(town.nobody, town.partnership.id)
    inside = [network_panel_for(actor, town.partnership) for actor in (town.convenor, town.core, town.member)]
    settle_partnership(town.convenor, published=True, purpose="", target=20)
    outside = [network_panel_for(actor, town.partnership) for actor in (town.nobody, town.outsider)]
    assert all(panel == inside[0] for panel in (*inside, *outside))


def held_types(shape: Any) -> set[Any]:
    """Every type that a value of this dataclass can hold, however deep."""
    found: set[Any] = set()
    for hint in get_type_hints(shape).values():
        for part in (hint, *get_args(hint)):
            found |= {part} | (held_types(part) if is_dataclass(part) else set())
    return found


def test_shown_support_has_no_field_for_a_person(town: Town) -> None:
    named = {field.name for shape in (SupportShown, *held_types(SupportShown)) if is_dataclass(shape)
             for field in fields(shape)}  # fmt: skip
    assert named == {
        "as_of", "begun", "target", "total", "said", "parts_with_support", "parts_in_all", "bands",
        "freshness", "part", "band", "text", "figure", "href",
    }  # fmt: skip
    for number, name in enumerate(("Ada Quill", "Ben Oke", "Cy Marsh")):
        stands(town, known(town, name), ago=number)
    panel = repr(network_panel_for(town.convenor, town.partnership))
    shown = repr(queries.support_shown_for(town.convenor, town.partnership.id))
    assert not any(word in panel + shown for word in ("Quill", "Oke", "Marsh", "board", "Lead"))


@pytest.mark.parametrize("number", [0, 1, 4, 5, 7])
def test_small_numbers_are_not_shown(town: Town, number: int) -> None:
    for each in range(number):
        stands(town, known(town, f"Person {each}"))
    shown = queries.support_shown_for(town.member, town.partnership.id)
    bands = {part.part: part.band for part in shown.bands}
    told = {0: "None of the 20", 1: "Fewer than 5 of the 20", 4: "Fewer than 5 of the 20"}
    assert shown.sentence.startswith(told.get(number, f"{number} of the 20"))
    assert (bands["Health"] is Band.NONE) == (number == 0)
    assert bands["Housing"] is Band.NONE
    assert bool(shown.freshness) == (number >= 5)
    if number in (1, 4):
        newest = queries.newest_change_for(town.member, town.partnership.id)
        assert newest == "A few stances were recorded in November 2026."


def test_the_newest_change_names_a_part_only_where_many_are_active(town: Town) -> None:
    for each in range(6):
        stands(town, known(town, f"Person {each}"))
    assert queries.newest_change_for(town.member, town.partnership.id) == (
        "Support in Health was recorded on 16 November 2026."
    )
    clock.stand_at(clock.now() + timedelta(hours=1))
    stands(town, known(town, "Ada Quill", "Housing"))
    newest = queries.newest_change_for(town.member, town.partnership.id)
    assert newest == "7 stances were recorded in November 2026."


def test_an_empty_partnership_says_how_it_starts(town: Town) -> None:
    panel = network_panel_for(town.member, town.partnership)
    assert not panel.started
    assert panel.href.endswith("/marram/network/")
    assert queries.newest_change_for(town.member, town.partnership.id) == ""
    assert [thing.title for thing in network_mine_for(town.convenor, town.partnership)[1]] == [
        "Find a way into Council.", "Find a way into Health.", "Find a way into Housing.",
    ]  # fmt: skip


def count(act: Any) -> int:
    """How many times the database is asked."""
    with CaptureQueriesContext(
        connection,
    ) as asked:
        act()
    return len(asked)


def test_reading_asks_the_database_as_often_for_three_as_for_one(town: Town) -> None:
    reads = {
        "support": lambda: queries.support_for(town.convenor, town.partnership.id),
        "shown": lambda: queries.support_shown_for(town.member, town.partnership.id),
        "standings": lambda: queries.standings_for(town.convenor),
        "people": lambda: queries.people_list_for(town.core),
        "names": lambda: queries.person_names_for(town.convenor),
        "promises": lambda: queries.promises_for(town.convenor),
        "next": lambda: queries.what_next_for(town.convenor),
        "panel": lambda: network_panel_for(town.member, town.partnership),
    }

    def one_more(name: str) -> dict[str, int]:
        person = known(town, name, ends_on=clock.today())
        stands(town, person)
        actions.record_promise(town.convenor, person_id=person.id, text="Ask legal")
        return {name: count(read) for name, read in reads.items()}

    first = one_more("Ada Quill")
    one_more("Ben Oke")
    assert one_more("Cy Marsh") == first
    assert max(first.values()) <= 16


def test_the_active_by_name_are_as_many_as_are_counted(town: Town) -> None:
    stands(town, known(town, "Ada Quill"), "champion", ago=300)
    stands(town, known(town, "Ben Oke", "Council"), "active")
    stands(town, known(town, "Cy Marsh"), "warm")
    stands(town, known(town, "Eve Gone", ends_on=clock.today() - timedelta(days=1)), "active")
    named = [row for row in queries.standings_for(town.convenor).rows if row.counts]
    assert [(row.name, row.parts, row.stale) for row in named] == [
        ("Ada Quill", "Health", True), ("Ben Oke", "Council", False),
    ]  # fmt: skip
    assert len(named) == queries.support_for(town.convenor, town.partnership.id).active


def test_a_timeline_says_which_stance_holds(town: Town) -> None:
    ada = known(town, "Ada Quill")
    stands(town, ada, "warm", ago=400)
    stands(town, ada, "active", ago=200)
    stands(town, ada, "wary", ago=50, expires_on=clock.today() - timedelta(days=10))
    actions.withdraw_stance(town.convenor, stance_id=stands(town, ada, "champion", ago=5).id)
    page = queries.person_page_for(town.convenor, ada.id)
    told = [(row.stance, row.state) for row in page.stances or ()]
    assert told == [
        ("champion", "withdrawn"),
        ("wary", "expired"),
        ("active", "stale"),
        ("warm", "superseded"),
    ]
    standing = queries.standings_for(town.convenor).rows[0]
    assert (standing.stance, standing.stale) == ("active", True)
    assert queries.person_page_for(town.core, ada.id).stances is None


def test_so_few_that_no_part_is_told() -> None:
    """One person in each of two parts: nothing says where, nor in how many parts."""
    posts = {part: (PostSpell(part=part),) for part in ("Council", "Health", "Housing", "Residents")}
    people = [Contact(id=part, posts=spells) for part, spells in posts.items()]
    stances = [StanceRecord(part, date(2026, 11, 1), Stance.ACTIVE) for part in ("Council", "Health")]
    shown = nameless(count_support(people, stances, as_of=date(2026, 11, 16)), begun=True)
    assert {each.band for each in shown.bands} == {Band.HIDDEN}
    assert shown.sentence == "Fewer than 5 of the 20 active supporters we want."
    assert shown.without_support == ()
    assert {told for _, told in bands_picture(shown).table.rows} == {"not told"}
