"""Are the three things of the week the right ones?"""

from datetime import date, timedelta

import pytest

from folkmoot.apps.network import actions, queries
from folkmoot.apps.places import clock
from folkmoot.core.kernel.errors import NotAllowed
from partnership import Town
from rooms.network.recording import known, stands

EVERY_PART = ("Council", "Health", "Housing")


def titles(town: Town) -> list[str]:
    """What the convenor reads."""
    return [thing.title for thing in queries.what_next_for(town.convenor)]


def test_a_thank_you_comes_first_and_goes_when_it_is_said(town: Town) -> None:
    people = [known(town, f"{part} person", part) for part in EVERY_PART]
    stands(town, people[1], "champion", ago=190)
    late = actions.record_promise(
        town.convenor, person_id=people[0].id, text="Call back", ours=True,
        made_on=date(2026, 10, 1), due_on=date(2026, 11, 1),
    )  # fmt: skip
    kept = actions.record_promise(town.convenor, person_id=people[2].id, text="Six places")
    actions.settle_promise(town.convenor, promise_id=kept.id, kept=True)
    things = queries.what_next_for(town.convenor)
    assert [thing.title for thing in things] == [
        "Say thank you to Housing person.",
        "Go to Council person before they have to ask.",
        "Ask Health person how things stand.",
    ]
    assert "last heard it in May 2026" in things[2].reason
    assert things[0].href == f"/marram/network/people/{people[2].id}/"
    actions.thank_for_promise(town.convenor, promise_id=kept.id)
    actions.settle_promise(town.convenor, promise_id=late.id, kept=True)
    assert titles(town)[0] == "Ask Health person how things stand."


def test_broken_promises_fade_and_thanks_for_our_own_are_not_asked(town: Town) -> None:
    ada = known(town, "Ada Quill")
    ours = actions.record_promise(town.convenor, person_id=ada.id, text="Call back", ours=True)
    actions.settle_promise(town.convenor, promise_id=ours.id, kept=True)
    theirs = actions.record_promise(town.convenor, person_id=ada.id, text="Ask legal")
    actions.settle_promise(town.convenor, promise_id=theirs.id, kept=False)
    assert titles(town)[0] == "Ask Ada Quill what got in the way."
    clock.stand_at(clock.now() + timedelta(days=61))
    assert "Ask Ada Quill what got in the way." not in titles(town)


def test_a_post_that_ends_soon_is_told_and_somebody_gone_is_not_asked(town: Town) -> None:
    for part in EVERY_PART:
        stands(town, known(town, f"{part} person", part), "warm")
    known(town, "Dan Whit", ends_on=date(2027, 1, 31))
    gone = known(town, "Eve Gone", ends_on=date(2026, 11, 1))
    stands(town, gone, "champion", ago=300)
    assert titles(town) == ["Meet Dan Whit before 31 January 2027."]


def test_names_are_for_the_convenor_alone(town: Town) -> None:
    assert queries.what_next_for(town.convenor)
    for actor in (town.core, town.member, town.outsider, town.nobody):
        with pytest.raises(NotAllowed):
            queries.what_next_for(actor)
