"""Can a convenor take the partnership away from the browser, and nobody else?"""

import io
import os
import zipfile

import pytest
from django.test import Client

from folkmoot.apps.places import exported
from folkmoot.apps.places.models import Job
from folkmoot.site.tasks import take_away_task
from partnership import Town
from trust.doors import client_of
from trust.samples import person

DAY = 86_400


def made(town: Town) -> Client:
    """The convenor's browser, after the worker has made the file."""
    person(town.convenor)
    client = client_of(town, "convenor")
    assert client.post(address(town)).status_code == 302
    take_away_task.func(Job.objects.get(partnership=town.partnership).id)
    return client


def address(town: Town, more: str = "") -> str:
    """The page, or the file."""
    return f"/{town.partnership.slug}/take-away/{more}"


def test_the_file_is_made_and_fetched(town: Town) -> None:
    client = made(town)
    assert "Fetch the file of" in client.get(address(town)).content.decode()
    answer = client.get(address(town, "file/"))
    assert "no-store" in answer.headers["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as file:
        assert file.testzip() is None
        people = next(name for name in file.namelist() if name.lower().endswith("person.csv"))
        assert b"Ada Quill" in file.read(people)


@pytest.mark.parametrize("role", ["core", "member", "outsider", "nobody"])
def test_nobody_else_makes_or_fetches_it(town: Town, role: str) -> None:
    made(town)
    client = client_of(town, role)
    for path in (address(town), address(town, "file/")):
        assert client.get(path).status_code in (403, 404)
        assert client.post(path).status_code in (403, 404)
    assert Job.objects.count() == 1


def test_asked_twice_it_is_made_once(town: Town) -> None:
    client = client_of(town, "convenor")
    for _ in range(2):
        client.post(address(town))
    assert Job.objects.count() == 1
    assert client.get(address(town, "file/")).headers["Location"] == address(town)
    assert "being made" in client.get(address(town)).content.decode()


def test_the_file_goes_after_a_day(town: Town) -> None:
    made(town)
    file = exported.exported_file(town.partnership.id)
    exported.sweep_exported()
    assert file.exists()
    old = file.stat().st_mtime - DAY - 60
    os.utime(file, (old, old))
    assert exported.sweep_exported() == 1
    assert not file.exists()
