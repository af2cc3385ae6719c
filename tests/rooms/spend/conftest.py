"""In which room do the tests of the money work?"""

from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from folkmoot.apps.places.actions import record_organisation
from partnership import Town
from rooms.spend.desk import Room


@pytest.fixture
def room(
    town: Town,
    settings: Settings,
    tmp_path: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Room:
    """The room with a data folder of its own; tasks are done at once."""
    settings.FOLKMOOT_DATA = tmp_path
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    council = record_organisation(town.convenor, name="Marram Council", anchor=True)
    hospital = record_organisation(town.convenor, name="Royal Marram Hospitals", anchor=True)
    return Room(town, council.id, hospital.id, tmp_path, django_capture_on_commit_callbacks)
