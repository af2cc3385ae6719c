"""What can be done with a published file?

The ledger's manifest is the truth about what was read; rows here follow it. A change always takes the
partnership's row first, so that a manifest read after it holds every part that a row may speak of.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from django.db import transaction

from folkmoot.apps.places import clock, jobs
from folkmoot.apps.places.actions import name_anchor
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.models import Job, Organisation, Partnership
from folkmoot.apps.places.queries import only, whole_of
from folkmoot.apps.spend import reports, shelves
from folkmoot.apps.spend.models import Upload
from folkmoot.core.access import Act, Actor, Subject, require
from folkmoot.core.kernel.errors import FolkmootError, NotFound, Refused
from folkmoot.core.spend import Part, look, open_source

READING_TASK = "folkmoot.apps.spend.tasks.read_upload_task"
PACE_SECONDS = 1.0
GRACE = timedelta(hours=1)  # nobody is still reading a file that was let go of so long ago
State = Upload.State
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a first look at a file found."""

    sha256: str
    state: Upload.State
    report: dict[str, Any]


def upload_file(actor: Actor, *, anchor_id: str, file: BinaryIO, file_name: str) -> Upload:
    """A published file of an anchor comes in and is looked at; nothing of it is read into the ledger yet.

    What is no list of payments is kept as a row that says why, without its bytes. Refused when it is too
    large or was read before.
    """
    require(Act.READ_FILE, actor, whole_of(actor))
    anchors = Organisation.objects.filter(partnership_id=actor.partnership_id, anchor=True)
    anchor = only(anchors.filter(id=anchor_id).select_related("partnership"))
    name = shelves.plain_name(file_name)
    with shelves.arriving(actor.partnership_id, file) as arrived:
        seen = _look_at(arrived, name, anchor.partnership.currency)
        return _record(actor, anchor, name, arrived, seen)


def _look_at(arrived: shelves.Arrived, name: str, currency: str) -> _Seen:
    try:
        source = open_source(arrived.path, name=name, largest=shelves.most_unpacked())
        seen = look(source, currency=currency)
        if refusal := seen.refusal(name):
            raise refusal
    except FolkmootError as error:
        return _Seen(arrived.sha256, State.REFUSED, {"error": reports.of_error(error)})
    return _Seen(source.sha256, State.LOOKED, {"look": reports.of_look(seen)})


@transaction.atomic
def _record(actor: Actor, anchor: Organisation, name: str, arrived: shelves.Arrived, seen: _Seen) -> Upload:
    partnership = _hold(actor.partnership_id)
    _refuse_twice(partnership, seen.sha256)
    same = Upload.objects.filter(partnership=partnership, sha256=seen.sha256)
    same.filter(state__in=[State.LOOKED, State.REFUSED]).delete()
    upload = Upload.objects.create(
        partnership=partnership,
        anchor=anchor,
        file_name=name,
        sha256=seen.sha256,
        size=arrived.size,
        state=seen.state,
        report=seen.report,
        account_id=actor.account_id,
        uploaded_at=clock.now(),
        settled_at=clock.now() if seen.state == State.REFUSED else None,
    )
    if seen.state == State.LOOKED:
        shelves.keep(arrived, partnership.id, seen.sha256)
    _tell(actor, upload, "uploaded")
    return upload


@transaction.atomic
def read_upload(actor: Actor, *, upload_id: str) -> Upload:
    """A file that was looked at is handed to the worker; asking twice reads once."""
    require(Act.READ_FILE, actor, whole_of(actor))
    partnership = _hold(actor.partnership_id)
    upload = _own(actor, upload_id)
    if upload.state in (State.READING, State.READ):
        return upload
    if upload.state != State.LOOKED:
        raise Refused(
            "This file cannot be read in.",
            f"It stands as “{upload.get_state_display().lower()}”.",
            "Upload it again.",
        )
    _refuse_twice(partnership, upload.sha256)
    upload.state = State.READING
    upload.report.pop("stopped", None)
    upload.save(update_fields=["state", "report"])
    _tell(actor, upload, "reading began")
    jobs.start_job(actor, task=READING_TASK, subject_id=upload.id)
    return upload


def carry_out(actor: Actor, *, job_id: str) -> None:
    """The reading that a job stands for; done twice, or taken up after a kill, it ends the same.

    No transaction is open while the file is read, however long that takes.
    """
    job = jobs.take_up(job_id)
    if job is None:
        return
    require(Act.READ_FILE, actor, Subject(partnership_id=job.partnership_id))
    asker = replace(actor, account_id=job.account_id)
    found = Upload.objects.filter(id=job.subject_id, partnership_id=job.partnership_id, state=State.READING)
    upload = found.select_related("anchor", "partnership").first()
    if upload is not None:
        try:
            part = _read(upload, _pacer(job))
        except FolkmootError as error:
            _settle(asker, upload, error)
        else:
            _settle(asker, upload, part)
    jobs.finish_job(job, Job.State.DONE)


def _read(upload: Upload, progress: Callable[[int, int, int], None]) -> Part:
    path = shelves.original(upload.partnership_id, upload.sha256)
    source = open_source(path, name=upload.file_name, largest=shelves.most_unpacked())
    return shelves.ledger_of(upload.partnership_id, upload.partnership.currency).add_file(
        source, anchor=upload.anchor.name, anchor_id=upload.anchor_id, clock=clock.now, progress=progress
    )


def _pacer(job: Job) -> Callable[[int, int, int], None]:
    """Says how far the job has come, at most once a second."""
    last = -PACE_SECONDS

    def say(rows: int, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= PACE_SECONDS:
            last = now
            jobs.say_progress(job, done, total)

    return say


@transaction.atomic
def _settle(actor: Actor, taken_up: Upload, outcome: Part | FolkmootError) -> None:
    """The row takes over what the reading came to, unless somebody else did so meanwhile."""
    _hold(taken_up.partnership_id)
    upload = Upload.objects.filter(id=taken_up.id, state=State.READING).first()
    if upload is None:
        _let_go(taken_up, outcome)
        return
    if isinstance(outcome, Part):
        _mark(actor, upload, State.READ, "read in", outcome)
    else:
        upload.report = {"error": reports.of_error(outcome)}
        _mark(actor, upload, State.REFUSED, "not read")


def _let_go(taken_up: Upload, outcome: Part | FolkmootError) -> None:
    """A second run of a job, done after the first was undone, must not bring the file back."""
    undone = Upload.objects.filter(id=taken_up.id, state=State.UNDONE).exists()
    if undone and isinstance(outcome, Part) and not outcome.already:
        shelves.ledger_of(taken_up.partnership_id).forget(outcome.id)


@transaction.atomic
def undo_upload(actor: Actor, *, upload_id: str) -> Upload:
    """A file that was read is taken out of the ledger again: every sum is as it was without it."""
    require(Act.READ_FILE, actor, whole_of(actor))
    _hold(actor.partnership_id)
    upload = _own(actor, upload_id)
    if upload.state == State.UNDONE:
        return upload
    if upload.state != State.READ:
        raise Refused("This file cannot be undone.", "It is not read in.", "Look at the list of files.")
    try:
        shelves.ledger_of(upload.partnership_id).forget(upload.part_id)
    except NotFound:
        logger.info("part %s had left the ledger before", upload.part_id)
    _mark(actor, upload, State.UNDONE, "undone")
    return upload


@transaction.atomic
def discard_upload(actor: Actor, *, upload_id: str) -> None:
    """A file that was only looked at, or not read, is forgotten."""
    require(Act.READ_FILE, actor, whole_of(actor))
    _hold(actor.partnership_id)
    upload = _own(actor, upload_id)
    if upload.state not in (State.LOOKED, State.REFUSED):
        raise Refused("This file is more than looked at.", "", "Undo it instead.")
    _tell(actor, upload, "discarded")
    upload.delete()
    if upload.sha256 not in _wanted(actor.partnership_id):
        shelves.forget_original(actor.partnership_id, upload.sha256)


def mend_uploads(actor: Actor) -> int:
    """Rows are brought into line with what the ledgers hold, and what nobody needs is swept away.

    Answers how many rows were mended. A ledger that cannot be opened holds up no other.
    """
    require(Act.READ_FILE, actor, Subject())
    mended = 0
    for partnership in Partnership.objects.order_by("id"):
        if not shelves.has_ledger(partnership.id) and not partnership.upload_set.exists():
            continue
        try:
            mended += _mend(replace(actor, partnership_id=partnership.id))
            _sweep(partnership.id)
        except FolkmootError:
            logger.exception("the ledger of %s could not be mended", partnership.slug)
    return mended


@transaction.atomic
def _mend(actor: Actor) -> int:
    _hold(actor.partnership_id)
    parts = {part.id: part for part in shelves.ledger_of(actor.partnership_id).parts()}
    rows = list(Upload.objects.filter(partnership_id=actor.partnership_id))
    gone = [row for row in rows if row.state == State.READ and row.part_id not in parts]
    for row in gone:
        _mark(actor, row, State.UNDONE, "found undone")
    behind = [part for part in parts.values() if not _stands_as_read(rows, part)]
    for part in behind:
        _mark(actor, _row_of(actor, rows, part), State.READ, "found read in", part)
    stopped = [row for row in rows if row.state == State.READING and not _is_being_read(row)]
    for row in stopped:
        row.report["stopped"] = True
        _mark(actor, row, State.LOOKED, "found stopped")
    return len(gone) + len(behind) + len(stopped)


def _stands_as_read(rows: list[Upload], part: Part) -> bool:
    return any(row.part_id == part.id and row.state == State.READ for row in rows)


def _row_of(actor: Actor, rows: list[Upload], part: Part) -> Upload:
    """The row that a part belongs to; a new one where the part came in by another door."""
    for row in rows:
        if row.part_id == part.id or (row.state == State.READING and row.sha256 == part.sha256):
            return row
    bodies = Organisation.objects.filter(partnership_id=actor.partnership_id)
    return Upload(
        partnership_id=actor.partnership_id,
        anchor=bodies.filter(id=part.anchor_id).first() or name_anchor(actor, name=part.anchor),
        file_name=shelves.plain_name(part.file),
        sha256=part.sha256,
        size=0,
        uploaded_at=datetime.fromisoformat(part.added_at),
    )


def _is_being_read(upload: Upload) -> bool:
    going = [Job.State.WAITING, Job.State.RUNNING]
    return Job.objects.filter(subject_id=upload.id, state__in=going).exists()


def _sweep(partnership_id: str) -> None:
    with transaction.atomic():
        _hold(partnership_id)
        shelves.sweep_originals(partnership_id, _wanted(partnership_id), clock.real(), GRACE)
    if shelves.has_ledger(partnership_id):
        shelves.ledger_of(partnership_id).sweep(clock.real(), older_than=GRACE)


def _wanted(partnership_id: str) -> set[str]:
    """Fingerprints of the bytes that are still needed."""
    needed = [State.LOOKED, State.READING, State.READ]
    rows = Upload.objects.filter(partnership_id=partnership_id, state__in=needed)
    return set(rows.values_list("sha256", flat=True))


def _mark(actor: Actor, upload: Upload, state: Upload.State, told: str, part: Part | None = None) -> None:
    upload.state = state
    upload.settled_at = None if state == State.LOOKED else clock.now()
    if part is not None:
        upload.part_id, upload.report = part.id, {"part": reports.of_part(part)}
    upload.save()
    _tell(actor, upload, told)


def _tell(actor: Actor, upload: Upload, told: str) -> None:
    write_line(
        actor,
        Act.READ_FILE,
        upload.partnership_id,
        upload.id,
        told=told,
        file=upload.file_name,
        sha256=upload.sha256,
    )


def _hold(partnership_id: str) -> Partnership:
    return Partnership.objects.select_for_update().get(id=partnership_id)


def _own(actor: Actor, upload_id: str) -> Upload:
    return only(Upload.objects.filter(id=upload_id, partnership_id=actor.partnership_id))


def _refuse_twice(partnership: Partnership, sha256: str) -> None:
    """The same bytes are read once: a second reading would count the money twice."""
    for part in shelves.ledger_of(partnership.id).parts():
        if part.sha256 == sha256:
            day = reports.day_of(part, ZoneInfo(partnership.zone))
            raise Refused(
                "This file was read in before.",
                f"It was read on {day} as “{part.file}” of {part.anchor}. "
                "Read twice, its money would count twice.",
                "Open that file in the list, and undo it first if it must be read again.",
                field="file",
            )
    if Upload.objects.filter(partnership=partnership, sha256=sha256, state=State.READING).exists():
        raise Refused("This file is being read in now.", "", "Wait until it is done.", field="file")
