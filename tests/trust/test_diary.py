"""Does the diary show every silent change?"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F

from folkmoot.apps.places import actions
from folkmoot.apps.places.diary import _hash_of, verify_chain
from folkmoot.apps.places.models import DiaryDetail, DiaryLine, Organisation
from folkmoot.core.kernel.errors import NotAllowed, NotFound
from partnership import Town

CHANGES = {
    "act": "places.record person",
    "account_id": "somebody else",
    "subject_id": "something else",
    "at": F("at") + timedelta(seconds=1),
    "detail_hash": "0" * 64,
    "previous": "0" * 64,
    "hash": "0" * 64,
    "number": 99,
    "partnership_id": "another partnership",
}
KEPT = {"serial"}  # the row's own key: what it says stands in the fields above


@pytest.fixture
def lines(town: Town) -> list[DiaryLine]:
    """The chain of a partnership in which a few things were done."""
    return list(DiaryLine.objects.filter(partnership_id=town.partnership.id).order_by("number"))


def verdict_after(line: DiaryLine, **change: object) -> bool:
    """Whether the chain still holds after a change, which is then taken back."""
    with transaction.atomic():
        DiaryLine.objects.filter(serial=line.serial).update(**change)
        whole = verify_chain(line.partnership_id).whole
        transaction.set_rollback(True)
    return whole


@pytest.mark.django_db(transaction=True)
def test_39_any_edited_field_of_any_line_shows(lines: list[DiaryLine]) -> None:
    assert {field.name for field in DiaryLine._meta.fields} == set(CHANGES) | KEPT
    for line in lines:
        for field, value in CHANGES.items():
            if field == "partnership_id" and line == lines[-1]:
                continue  # the last line taken away: see below
            if field == "act" and line.act == value:
                continue
            assert not verdict_after(line, **{field: value}), f"{field} of line {line.number}"
    assert verify_chain(lines[0].partnership_id).whole


@pytest.mark.django_db(transaction=True)
def test_39_a_line_taken_away_shows_where(lines: list[DiaryLine]) -> None:
    for line in lines[:-1]:
        with transaction.atomic():
            line.delete(keep_parents=True)
            assert verify_chain(line.partnership_id).broken_at == line.number + 1
            transaction.set_rollback(True)


def test_39_two_lines_changed_over_show(lines: list[DiaryLine]) -> None:
    first, second = lines[2], lines[3]
    DiaryLine.objects.filter(serial=first.serial).update(number=1000)
    DiaryLine.objects.filter(serial=second.serial).update(number=first.number)
    DiaryLine.objects.filter(serial=first.serial).update(number=second.number)
    verdict = verify_chain(first.partnership_id)
    assert (verdict.whole, verdict.broken_at) == (False, first.number)


def test_39_a_changed_detail_shows_and_an_erased_one_does_not_matter(lines: list[DiaryLine]) -> None:
    DiaryDetail.objects.filter(serial=lines[4].serial).update(text="{}")
    assert verify_chain(lines[4].partnership_id).broken_at == lines[4].number
    DiaryDetail.objects.filter(serial__in=[line.serial for line in lines]).delete()
    assert verify_chain(lines[4].partnership_id).whole


def test_39_chains_do_not_depend_on_one_another(town: Town) -> None:
    actions.name_part(town.neighbour, name="Council")
    DiaryLine.objects.filter(partnership_id=town.elsewhere.id).update(act="edited")
    assert verify_chain(town.partnership.id).whole
    assert not verify_chain(town.elsewhere.id).whole


def test_39_a_refused_act_leaves_no_line_and_no_row(town: Town, lines: list[DiaryLine]) -> None:
    with pytest.raises(NotFound):
        actions.record_organisation(town.convenor, name="The Body", part_id="missing")
    with pytest.raises(NotAllowed):
        actions.record_organisation(town.core, name="The Body")
    assert DiaryLine.objects.filter(partnership_id=town.partnership.id).count() == len(lines)
    assert not Organisation.objects.filter(name="The Body").exists()


def test_39_an_edited_line_with_a_new_hash_of_its_own_shows_at_the_next(lines: list[DiaryLine]) -> None:
    line = lines[2]
    line.account_id = "somebody else"
    line.hash = _hash_of(line)
    line.save()
    assert verify_chain(line.partnership_id).broken_at == line.number + 1


@pytest.mark.django_db(transaction=True)
def test_39_a_line_made_to_fit_its_neighbours_shows_at_the_next(lines: list[DiaryLine]) -> None:
    """An edited line with a hash made anew, and the next one pointing to it: that one's own hash tells."""
    edited, following = lines[1], lines[2]
    edited.act = "places.record person"
    edited.hash = _hash_of(edited)
    edited.save()
    DiaryLine.objects.filter(serial=following.serial).update(previous=edited.hash)
    assert verify_chain(edited.partnership_id).broken_at == following.number
