"""What does a worker do that reads an upload and may be killed at it, and what does another find then?

Each act works in a data folder of its own and expects a process with Django that opened no database yet.
"""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from folkmoot.apps.places.actions import record_organisation
from folkmoot.apps.places.diary import verify_chain
from folkmoot.apps.places.models import DiaryDetail, DiaryLine, Job, Partnership
from folkmoot.apps.places.queries import actor_for
from folkmoot.apps.spend import actions
from folkmoot.apps.spend.models import Upload
from folkmoot.apps.spend.queries import money_for
from folkmoot.apps.spend.shelves import ledger_of
from folkmoot.core.access import OPERATOR, Actor
from partnership import found_town


@dataclass(frozen=True)
class Seen:
    """What a database and its ledger say of the added file: where it stands, which of the ledger's parts
    are its own, what the diary tells of it, and how many payments and pence there are in all."""

    state: str
    part_id: str
    parts: tuple[str, ...]
    told: tuple[str, ...]
    rows: int
    pence: int
    job: str

    @property
    def is_read(self) -> bool:
        """Row and ledger agree that it is read in."""
        return self.state == "read" and self.parts == (self.part_id,)

    @property
    def is_out(self) -> bool:
        """Row and ledger agree that it is not."""
        return self.state != "read" and self.parts == ()


def found(folder: Path, held: str, added: str) -> tuple[Seen, Seen]:
    """Two installs in which one file is read: in one a second waits, in the other it is read as well."""
    _work_in(folder / "waiting")
    call_command("migrate", verbosity=0)
    convenor = found_town().convenor
    anchor = record_organisation(convenor, name="Marram Council", anchor=True)
    for name, text in (("held.csv", held), ("added.csv", added)):
        file = io.BytesIO(text.encode())
        upload = actions.upload_file(convenor, anchor_id=anchor.id, file=file, file_name=name)
        actions.read_upload(convenor, upload_id=upload.id)
        if name == "held.csv":
            actions.carry_out(OPERATOR, job_id=Job.objects.get(subject_id=upload.id).id)
    waiting = see()
    connection.close()
    copytree(folder / "waiting", folder / "done")
    *_, done = after_reading(folder / "done", True)
    connection.close()
    return waiting, done


def read(data: Path) -> None:
    """The worker's own task."""
    _work_in(data)
    _read()


def undo(data: Path) -> None:
    """The convenor takes the file back."""
    _work_in(data)
    _undo()


def after_reading(data: Path, mends: bool) -> tuple[Seen, Seen, Seen]:
    """What is found at once, after mending, and after the job was handed out again."""
    _work_in(data)
    return see(), _mended(mends), _again(_read)


def after_undoing(data: Path, mends: bool) -> tuple[Seen, Seen, Seen]:
    """What is found at once, after mending, and when it was undone again."""
    _work_in(data)
    return see(), _mended(mends), _again(_undo)


def after_stopping(data: Path) -> tuple[Seen, Seen]:
    """What is found when somebody stopped the reading before anything was mended, and after mending."""
    _work_in(data)
    actions.stop_reading(_convenor(), upload_id=Upload.objects.get(file_name="added.csv").id)
    return see(), _mended(True)


def see() -> Seen:
    """What database and ledger say, where everything that must always hold was tried."""
    upload, place = Upload.objects.get(file_name="added.csv"), Partnership.objects.get(slug="marram")
    parts = ledger_of(place.id).parts()
    whole = money_for(_convenor(), place.id).whole
    assert whole.rows == sum(part.accepted for part in parts)
    assert whole.pence == sum(part.pence_accepted for part in parts)
    verdict = verify_chain(place.id)
    assert verdict.whole, verdict
    lines = DiaryLine.objects.filter(partnership_id=place.id)
    numbers = lines.order_by("serial").values_list("number", flat=True)
    assert list(numbers) == list(range(1, verdict.lines + 1))
    serials = lines.filter(subject_id=upload.id).order_by("serial").values_list("serial", flat=True)
    details = DiaryDetail.objects.in_bulk(list(serials))
    return Seen(
        state=upload.state,
        part_id=upload.part_id,
        parts=tuple(part.id for part in parts if part.sha256 == upload.sha256),
        told=tuple(json.loads(details[serial].text)["told"] for serial in serials),
        rows=whole.rows,
        pence=whole.pence,
        job=Job.objects.get(subject_id=upload.id).state,
    )


def _mended(mends: bool) -> Seen:
    if mends:
        actions.mend_uploads(OPERATOR)
    return see()


def _again(act: Callable[[], None]) -> Seen:
    """After the act was done once more, nothing is left to mend."""
    act()
    assert actions.mend_uploads(OPERATOR) == 0
    return see()


def _work_in(data: Path) -> None:
    settings.FOLKMOOT_DATA = data
    connection.settings_dict["NAME"] = data / "folkmoot.sqlite3"


def _read() -> None:
    upload = Upload.objects.get(file_name="added.csv")
    actions.carry_out(OPERATOR, job_id=Job.objects.get(subject_id=upload.id).id)


def _undo() -> None:
    upload = Upload.objects.get(file_name="added.csv")
    actions.undo_upload(_convenor(), upload_id=upload.id)


def _convenor() -> Actor:
    place = Partnership.objects.get(slug="marram")
    account = place.membership_set.get(role="convenor").account
    return actor_for(account, place.slug)[1]
