"""Does the ground hold?"""

import pytest

from folkmoot.apps.places import actions, queries
from folkmoot.apps.places.diary import verify_chain
from folkmoot.apps.places.models import DiaryDetail, DiaryLine
from folkmoot.core.kernel.errors import NotAllowed
from partnership import Town


def test_every_act_writes_a_line_and_the_chain_holds(town: Town) -> None:
    verdict = verify_chain(town.partnership.id)
    assert verdict.whole
    assert verdict.lines == DiaryLine.objects.filter(partnership_id=town.partnership.id).count() == 7


def test_the_chain_survives_an_erased_detail_and_shows_an_edited_one(town: Town) -> None:
    line = DiaryLine.objects.filter(partnership_id=town.partnership.id).order_by("number")[2]
    DiaryDetail.objects.filter(serial=line.serial).delete()
    assert verify_chain(town.partnership.id).whole
    other = DiaryLine.objects.filter(partnership_id=town.partnership.id).order_by("number")[3]
    DiaryDetail.objects.filter(serial=other.serial).update(text='{"role": "convenor"}')
    assert verify_chain(town.partnership.id).broken_at == other.number


def test_allowed_and_refused(town: Town) -> None:
    person = actions.record_person(town.convenor, name="Ada Quill")
    assert queries.person_for(town.core, person.id) == person
    for actor in (town.core, town.member, town.outsider, town.nobody):
        with pytest.raises(NotAllowed):
            actions.record_person(actor, name="Nobody")
