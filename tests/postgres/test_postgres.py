"""What must be otherwise with PostgreSQL, and is it? Run by tests/postgres/ad-hoc."""

import pytest
from django.conf import settings
from django.db import connection, transaction

from folkmoot.apps.network import actions as network
from folkmoot.apps.places import actions as places
from folkmoot.apps.places.models import Organisation, Partnership, Person
from folkmoot.apps.spend.models import Upload
from folkmoot.core.kernel.errors import Refused
from folkmoot.site.environment import SETTINGS
from partnership import Town
from serving import POSTGRES

pytestmark = pytest.mark.skipif(not POSTGRES, reason="no PostgreSQL: tests/postgres/ad-hoc makes one")


def test_it_is_postgresql(town: Town) -> None:
    assert connection.vendor == "postgresql"
    assert settings.DATABASES["default"]["CONN_HEALTH_CHECKS"]
    assert "DATABASE_URL" in {setting.name for setting in SETTINGS if setting.secret}


def test_a_text_with_nul_is_kept_with_a_mark_and_found_by_it(town: Town) -> None:
    person = places.record_person(town.convenor, name="Ada Quill")
    Person.objects.filter(id=person.id).update(name="Ada\x00Quill")
    assert Person.objects.get(id=person.id).name == "Ada\ufffdQuill"
    assert Person.objects.filter(name__icontains="a\x00q").count() == 1
    assert Person.objects.filter(name__in=["Ada\x00Quill"]).count() == 1


def test_nul_inside_of_json_is_kept_with_a_mark(town: Town) -> None:
    anchor = places.name_anchor(town.convenor, name="Council")
    upload = Upload.objects.create(
        partnership=town.partnership,
        anchor=anchor,
        file_name="a.csv",
        sha256="0" * 64,
        size=1,
        report={"a\x00": ["\x00", {"b": "c\x00"}, 1, None], "back\\u0000slash": "\\u0000"},
        uploaded_at="2026-01-01T00:00Z",
    )
    upload.refresh_from_db()
    assert upload.report["a\ufffd"] == ["\ufffd", {"b": "c\ufffd"}, 1, None]
    assert upload.report["back\\u0000slash"] == "\\u0000"


@pytest.mark.parametrize("long", ["n" * 201, "\u00e9" * 5000])
def test_a_text_that_is_too_long_is_refused_in_words_that_do_not_repeat_it(town: Town, long: str) -> None:
    with pytest.raises(Refused) as refused:
        places.record_person(town.convenor, name=long)
    assert long not in str(refused.value)
    assert refused.value.__cause__ is None
    assert places.record_person(town.convenor, name="n" * 200).name == "n" * 200


def test_capitals_beyond_ascii_are_the_same_name(town: Town) -> None:
    places.record_organisation(town.convenor, name="Éclair Café")
    with pytest.raises(Refused):
        places.record_organisation(town.convenor, name="éclair CAFÉ")
    assert Organisation.objects.filter(name__icontains="CAFÉ").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_held_partnership_does_not_stop_rows_that_point_to_it(town: Town) -> None:
    """The lock is one without the key: two who write such rows first would otherwise wait for each other."""
    with transaction.atomic():
        sql = str(Partnership.objects.select_for_update(no_key=True).filter(id=town.partnership.id).query)
        assert "FOR NO KEY UPDATE" in sql
        network.make_ask(town.convenor, text="Sign the letter")
