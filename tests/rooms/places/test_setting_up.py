"""Does a new partnership see what is still to be set up, and only its convenor?"""

import pytest

from folkmoot.apps.places import actions, queries
from folkmoot.core.access import Role
from folkmoot.core.kernel.errors import NotAllowed
from partnership import Town
from trust.doors import client_of


def test_steps_are_ticked_off_and_go_once_all_are_taken(town: Town) -> None:
    actor = town.neighbour
    assert [step.done for step in queries.setting_up_for(actor)] == [False] * 4
    actions.settle_partnership(actor, purpose="Nobody waits alone.")
    actions.name_part(actor, name="Council")
    actions.invite_member(actor, email="ada@marram.example", role=Role.CORE)
    assert [step.done for step in queries.setting_up_for(actor)] == [True, True, True, False]
    actions.record_person(actor, name="Ada Quill")
    assert queries.setting_up_for(actor) == ()
    for other in (town.core, town.member, town.outsider, town.nobody):
        with pytest.raises(NotAllowed):
            queries.setting_up_for(other)


def test_the_convenors_own_page_lists_them_while_nothing_was_begun(town: Town) -> None:
    page = client_of(town, "convenor").get("/marram/mine/").content.decode()
    assert page.count("govuk-task-list__item--with-link") == 4
    assert page.count("To do") == 2, "parts are named, and others belong"
