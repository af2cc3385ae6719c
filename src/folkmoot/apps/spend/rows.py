"""How does the row of an uploaded file change, and how does the diary hear of it?"""

from typing import Any
from zoneinfo import ZoneInfo

from folkmoot.apps.places import clock
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.models import Job, Partnership
from folkmoot.apps.places.queries import only
from folkmoot.apps.spend import reports, shelves
from folkmoot.apps.spend.models import Upload
from folkmoot.core.access import Act, Actor
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend import Part

State = Upload.State
GOING = (Job.State.WAITING, Job.State.RUNNING)


def own(actor: Actor, upload_id: str) -> Upload:
    """A row of the actor's own partnership."""
    rows = Upload.objects.filter(id=upload_id, partnership_id=actor.partnership_id)
    return only(rows.select_related("anchor", "partnership"))


def mark(actor: Actor, upload: Upload, state: Upload.State, told: str, part: Part | None = None) -> None:
    """The row takes on a state, and what the ledger says of its part; the diary is told."""
    upload.state = state
    upload.settled_at = None if state == State.LOOKED else clock.now()
    if part is not None:
        upload.part_id, upload.report, upload.sheet = part.id, {"part": reports.of_part(part)}, part.sheet
    upload.save()
    tell(actor, upload, told)


def tell(actor: Actor, upload: Upload, told: str, **more: Any) -> None:
    """A line in the diary."""
    about = {"file": upload.full_name, "sha256": upload.sha256} | more
    if upload.sheet:
        about["sheet"] = upload.sheet
    write_line(actor, Act.READ_FILE, upload.partnership_id, upload.id, told=told, **about)


def wanted(partnership_id: str) -> set[str]:
    """Fingerprints of the bytes that are still needed."""
    needed = [State.LOOKED, State.READING, State.READ]
    rows = Upload.objects.filter(partnership_id=partnership_id, state__in=needed)
    return set(rows.values_list("sha256", flat=True))


def is_being_read(upload: Upload) -> bool:
    """Whether a job is at it, or to come."""
    return Job.objects.filter(subject_id=upload.id, state__in=GOING).exists()


def read_before(partnership: Partnership, sha256: str, sheet: str) -> Refused | None:
    """Why these bytes are not read: a second reading would count the money twice."""
    for part in shelves.ledger_of(partnership.id).parts():
        if (part.sha256, part.sheet) == (sha256, sheet):
            day = reports.day_of(part, ZoneInfo(partnership.zone))
            what = f"Its sheet “{sheet}”" if sheet else "This file"
            return Refused(
                f"{what} was read in before.",
                f"It was read on {day} as “{part.file}” of {part.anchor}. "
                "Read twice, its money would count twice.",
                "Open that file in the list, and undo it first if it must be read again.",
                field="file",
            )
    same = Upload.objects.filter(partnership=partnership, sha256=sha256, sheet=sheet, state=State.READING)
    if same.exists():
        return Refused("This file is being read in now.", "", "Wait until it is done.", field="file")
    return None
