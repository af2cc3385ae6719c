"""Whatever is done in whatever order, do the sums hold exactly what stands as read?"""

import shutil
from pathlib import Path

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from folkmoot.apps.places.diary import verify_chain
from folkmoot.apps.spend import actions
from folkmoot.apps.spend.models import Upload
from folkmoot.core.access import OPERATOR
from folkmoot.core.kernel.errors import NotFound, Refused
from rooms.spend.desk import APRIL, HEADINGS, MESSY, Room

State = Upload.State
FILES = {
    "april": (APRIL, 118025),
    "messy": (MESSY, 209999),
    "one": (HEADINGS + "2026-01-02,A Ltd,Tea,-0.01\n", -1),
}
STEPS = st.tuples(
    st.sampled_from(["upload", "read", "begin", "stop", "undo", "again", "discard", "forget", "mend"]),
    st.sampled_from(sorted(FILES)),
)


def step(room: Room, act: str, name: str) -> None:
    """One act on the newest upload of a file; what cannot be done now is refused and changes nothing."""
    who = room.town.convenor
    upload = Upload.objects.filter(file_name=name).order_by("-uploaded_at").first()
    try:
        if act == "upload":
            room.upload(FILES[name][0], name)
        elif act == "mend":
            actions.mend_uploads(OPERATOR)
        elif upload is None:
            return
        elif act == "read":
            with room.commit(execute=True):
                actions.read_upload(who, upload_id=upload.id)
        elif act == "begin":  # the worker does not come
            actions.read_upload(who, upload_id=upload.id)
        elif act == "stop":
            actions.stop_reading(who, upload_id=upload.id)
        elif act == "again":
            actions.reopen_upload(who, upload_id=upload.id)
        elif act == "forget" and upload.state == State.READ:  # a kill right after the ledger let go of it
            room.ledger().forget(upload.part_id)
        elif act == "undo":
            actions.undo_upload(who, upload_id=upload.id)
        elif act == "discard":
            actions.discard_upload(who, upload_id=upload.id)
    except (Refused, NotFound):  # forgotten behind its back, and not mended yet
        pass


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=12))
def test_the_sums_hold_what_stands_as_read(
    room: Room, settings: Settings, steps: list[tuple[str, str]]
) -> None:
    folder = Path(settings.FOLKMOOT_DATA)
    with transaction.atomic():
        for act, name in steps:
            step(room, act, name)
        actions.mend_uploads(OPERATOR)
        read = Upload.objects.filter(state=State.READ)
        assert room.money().whole.pence == sum(FILES[upload.file_name][1] for upload in read)
        assert {upload.part_id for upload in read} == {part.id for part in room.ledger().parts()}
        assert verify_chain(room.town.partnership.id).whole
        transaction.set_rollback(True)
    shutil.rmtree(folder)
    folder.mkdir()
