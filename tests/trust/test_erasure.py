"""Does the diary's chain hold after a person was erased, and still show every edit?"""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client

from folkmoot.apps.people import actions
from folkmoot.apps.places.diary import verify_chain
from folkmoot.apps.places.models import DiaryDetail, DiaryLine
from partnership import Town
from rooms.people.everything import NAME, Everything, everything, remains

pytestmark = pytest.mark.django_db(transaction=True)
LINES = {
    "act": "somebody's edit",
    "account_id": "somebody else",
    "subject_id": "something else",
    "at": datetime(2000, 1, 1, tzinfo=UTC),
    "detail_hash": "0" * 64,
    "previous": "0" * 64,
    "hash": "0" * 64,
    "number": 999,
    "partnership_id": "another partnership",
}
DETAILS = {"salt": "0" * 32, "text": '{"name": "Somebody"}'}
OWN_KEY = {"serial"}


@pytest.fixture
def erased(town: Town) -> Everything:
    """Somebody of whom every table kept something, now erased."""
    kept = everything(town)
    actions.erase_person(town.convenor, person_id=kept.person.id, name=NAME)
    return kept


def holds_after(rows: object, **change: object) -> bool:
    """Whether the chain holds after a change, which is then taken back."""
    with transaction.atomic():
        partnership = DiaryLine.objects.order_by("serial").first().partnership_id
        rows.update(**change)
        whole = verify_chain(partnership).whole
        transaction.set_rollback(True)
    return whole


def test_10_the_chain_holds_and_the_details_are_gone(town: Town, erased: Everything) -> None:
    assert verify_chain(town.partnership.id).whole
    lines = DiaryLine.objects.filter(partnership_id=town.partnership.id)
    details = DiaryDetail.objects.filter(serial__in=lines.values("serial"))
    gone = lines.exclude(serial__in=details.values("serial")).values_list("act", flat=True)
    acts = "record person, record person, admit member, hold token, record stance, record promise"
    assert sorted(act.partition(".")[2] for act in gone) == sorted([*acts.split(", "), *["record note"] * 2])
    assert not [place for place in remains(*erased.words) if "diary" in place]


def test_39_after_an_erasure_every_edited_column_still_shows(town: Town, erased: Everything) -> None:
    fields = {field.name for field in DiaryLine._meta.fields}
    assert fields == set(LINES) | OWN_KEY
    assert {field.name for field in DiaryDetail._meta.fields} == set(DETAILS) | OWN_KEY
    lines = list(DiaryLine.objects.filter(partnership_id=town.partnership.id).order_by("number"))
    for line in lines:
        row = DiaryLine.objects.filter(serial=line.serial)
        for field, value in LINES.items():
            if field == "partnership_id" and line == lines[-1]:
                continue  # the end of the chain cut off: the guide says what shows that
            assert not holds_after(row, **{field: value}), f"{field} of line {line.number}"
        detail = DiaryDetail.objects.filter(serial=line.serial)
        for field, value in DETAILS.items():
            assert holds_after(detail, **{field: value}) != detail.exists(), (
                f"{field} of detail {line.number}"
            )


def test_10_an_erased_detail_cannot_be_written_anew(town: Town, erased: Everything) -> None:
    lines = DiaryLine.objects.filter(partnership_id=town.partnership.id)
    gone = lines.exclude(serial__in=DiaryDetail.objects.values("serial")).first()
    DiaryDetail.objects.create(serial=gone.serial, salt="0" * 32, text=f'{{"name": "{NAME}"}}')
    assert verify_chain(town.partnership.id).broken_at == gone.number


def test_10_every_page_of_an_erased_person_is_missing(town: Town, erased: Everything) -> None:
    convenor = Client()
    convenor.force_login(town.account(town.convenor))
    missing = Client().get("/no-such-place/at/all/").content
    slug, person = town.partnership.slug, erased.person.id
    for page in ("notes/", "notes/new/", "circle/", "record/", "record.zip", "erase/"):
        answer = convenor.get(f"/{slug}/people/{person}/{page}")
        assert (answer.status_code, answer.content) == (404, missing), page
    assert convenor.get(f"/{slug}/network/people/{person}/").status_code == 404
    assert convenor.post(f"/{slug}/people/{person}/erase/", {"name": NAME}).status_code == 404
