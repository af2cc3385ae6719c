"""What can be done with a published file?

The ledger's manifest is the truth about what was read; rows here follow it. A change always takes the
partnership's row first, so that a manifest read after it holds every part that a row may speak of.
"""

import logging
from collections.abc import Collection, Iterable
from contextlib import ExitStack
from dataclasses import asdict, replace
from typing import BinaryIO

from django.db import transaction

from folkmoot.apps.places import clock, jobs
from folkmoot.apps.places.models import Job, Organisation, Partnership
from folkmoot.apps.places.queries import only, whole_of
from folkmoot.apps.places.turns import hold, in_turn
from folkmoot.apps.spend import reports, shelves
from folkmoot.apps.spend.looks import Found, look_again, look_into, source_of
from folkmoot.apps.spend.mending import mend, sweep
from folkmoot.apps.spend.models import Upload
from folkmoot.apps.spend.pace import Pace, is_wanted
from folkmoot.apps.spend.rows import GOING, mark, own, read_before, tell, wanted
from folkmoot.core.access import Act, Actor, Subject, require
from folkmoot.core.kernel.errors import FolkmootError, NotFound, Refused
from folkmoot.core.spend import Part, Recipe
from folkmoot.core.spend.reading import Unsure

READING_TASK = "folkmoot.apps.spend.tasks.read_upload_task"
State = Upload.State
logger = logging.getLogger(__name__)


def upload_file(actor: Actor, *, anchor_id: str, file: BinaryIO, file_name: str) -> Upload:
    """A file that holds one list comes in; of one that holds several, the first is answered."""
    return upload_files(actor, anchor_id=anchor_id, file=file, file_name=file_name)[0]


def upload_files(actor: Actor, *, anchor_id: str, file: BinaryIO, file_name: str) -> list[Upload]:
    """A published file of an anchor comes in and each list in it is looked at; nothing is read in yet.

    Each file of a zip and each sheet with payments has a row of its own. What is no list of payments is
    kept as a row that says why, without its bytes. Refused when the file is too large, or holds nothing
    that was not read before.
    """
    require(Act.READ_FILE, actor, whole_of(actor))
    anchors = Organisation.objects.filter(partnership_id=actor.partnership_id, anchor=True)
    anchor = only(anchors.filter(id=anchor_id).select_related("partnership"))
    name = shelves.plain_name(file_name)
    with ExitStack() as stack:
        arrived = stack.enter_context(shelves.arriving(actor.partnership_id, file, shelves.most_uploaded()))
        found = look_into(arrived, name, anchor)
        kept = _bytes_to_keep(stack, actor.partnership_id, arrived, found)
        return _record(actor, anchor, name, arrived.size, found, kept)


def _bytes_to_keep(
    stack: ExitStack, partnership_id: str, arrived: shelves.Arrived, found: Iterable[Found]
) -> dict[str, shelves.Arrived]:
    """Where the bytes of each list lie, by fingerprint; a member of a zip is taken out of it."""
    kept: dict[str, shelves.Arrived] = {}
    for one in found:
        if one.source is None or one.sha256 in kept:
            continue
        if one.member:
            file = stack.enter_context(one.source.open())
            kept[one.sha256] = stack.enter_context(
                shelves.arriving(partnership_id, file, shelves.most_unpacked())
            )
        else:
            kept[one.sha256] = arrived
    return kept


@in_turn
def _record(
    actor: Actor, anchor: Organisation, name: str, size: int, found: list[Found],
    kept: dict[str, shelves.Arrived],
) -> list[Upload]:  # fmt: skip
    partnership = hold(actor.partnership_id)
    before = [one.source and read_before(partnership, one.sha256, one.sheet) for one in found]
    if all(before):
        raise before[0]
    uploads = []
    for one, why in zip(found, before, strict=True):
        report = {"error": reports.of_error(why)} if why else one.report
        state = State.LOOKED if "look" in report else State.REFUSED
        upload = Upload(
            partnership=partnership,
            anchor=anchor,
            file_name=name,
            member=one.member,
            sheet=one.sheet,
            sha256=one.sha256,
            size=kept[one.sha256].size if one.sha256 in kept else size,
            state=state,
            report=report,
            account_id=actor.account_id,
            uploaded_at=clock.now(),
            settled_at=clock.now() if state == State.REFUSED else None,
        )
        _take_the_place(upload)
        tell(actor, upload, "uploaded")
        uploads.append(upload)
    needed = {upload.sha256 for upload in uploads if upload.state == State.LOOKED}
    for sha256 in needed & set(kept):
        shelves.keep(kept[sha256], partnership.id, sha256)
    return uploads


def _take_the_place(upload: Upload) -> None:
    """The row stands instead of what was known of the same bytes and was not read."""
    same = Upload.objects.filter(partnership=upload.partnership, sha256=upload.sha256, sheet=upload.sheet)
    unread = same.filter(state__in=[State.LOOKED, State.REFUSED])
    (unread if upload.state == State.LOOKED else unread.filter(member=upload.member)).delete()
    upload.save()


def guess_again(actor: Actor, *, upload_id: str, sheet: str, heading_row: int | None) -> Upload:
    """A person said which sheet to read, and where its headings stand (0: nowhere; None: guess that too)."""
    require(Act.READ_FILE, actor, whole_of(actor))
    upload = own(actor, upload_id)
    seen, report = look_again(upload, sheet=sheet, heading_row=heading_row)
    return _told(actor, upload, seen.recipe, report)


def tell_recipe(
    actor: Actor, *, upload_id: str, recipe: Recipe, answered: Collection[str] | None = None
) -> Upload:
    """A person said how to read a file, and which questions that answers (None: all of them).

    Refused, on the field “recipe”, when it does not fit the file.
    """
    require(Act.READ_FILE, actor, whole_of(actor))
    upload = own(actor, upload_id)
    seen, report = look_again(upload, recipe=replace(recipe, told_by="person"))
    before = upload.report.get("look", {})
    left = [one for one in before.get("questions", []) if answered is not None and one["key"] not in answered]
    same = before and before["recipe"]["date_order"] == seen.recipe.date_order
    report["because"] = before["because"] if same else {"date_order": "you said so"}
    report["questions"] = report["questions"] or left
    return _told(actor, upload, seen.recipe, report)


@in_turn
def _told(actor: Actor, seen: Upload, recipe: Recipe, report: dict[str, object]) -> Upload:
    hold(actor.partnership_id)
    upload = own(actor, seen.id)
    _refuse_unless_waiting(upload)
    upload.recipe = replace(recipe, told_by="person").as_plain()
    upload.sheet, upload.report = recipe.sheet, {"look": report}
    upload.save()
    tell(actor, upload, "told how to read it")
    return upload


def read_upload(actor: Actor, *, upload_id: str) -> Upload:
    """A file that was looked at is handed to the worker; asking twice reads once.

    What a person said about it is remembered for the publisher, and tried on its other waiting files.
    Refused while a question is open.
    """
    require(Act.READ_FILE, actor, whole_of(actor))
    upload, began = _begin(actor, upload_id)
    if began and upload.recipe:
        ledger = shelves.ledger_of(upload.partnership_id, upload.partnership.currency)
        recipe = Recipe.from_plain(upload.recipe)
        ledger.keep_recipe(recipe, anchor=upload.anchor.name, anchor_id=upload.anchor_id)
        _look_at_the_others(upload)
    return upload


@in_turn
def _begin(actor: Actor, upload_id: str) -> tuple[Upload, bool]:
    partnership = hold(actor.partnership_id)
    upload = own(actor, upload_id)
    if upload.state in (State.READING, State.READ):
        return upload, False
    _refuse_unless_waiting(upload)
    if asked := upload.report["look"]["questions"]:
        raise Refused(asked[0]["sentence"], asked[0]["reason"], "Answer on the page that checks the file.")
    if why := read_before(partnership, upload.sha256, upload.sheet):
        raise why
    upload.state = State.READING
    upload.report.pop("stopped", None)
    upload.save(update_fields=["state", "report"])
    tell(actor, upload, "reading began")
    jobs.start_job(actor, task=READING_TASK, subject_id=upload.id)
    return upload, True


def _refuse_unless_waiting(upload: Upload) -> None:
    if upload.state != State.LOOKED:
        stands = f"It stands as “{upload.get_state_display().lower()}”."
        raise Refused("This file cannot be read in.", stands, "Upload it again.")


def _look_at_the_others(told: Upload) -> None:
    """What was said of one file may hold for those of the same publisher that wait beside it."""
    waiting = Upload.objects.filter(anchor=told.anchor, state=State.LOOKED, recipe={})
    for upload in waiting.select_related("anchor", "partnership"):
        try:
            seen, report = look_again(upload, sheet=upload.sheet)
        except FolkmootError:
            logger.exception("%s could not be looked at again", upload.id)
            continue
        still = Upload.objects.filter(id=upload.id, state=State.LOOKED, recipe={})
        still.update(report={"look": report}, sheet=seen.recipe.sheet)


def stop_reading(actor: Actor, *, upload_id: str) -> Upload:
    """The reading ends within a second or so and nothing of the file is read; it waits to be checked again.

    Where it has ended already, nothing is changed: the row says what it came to.
    """
    require(Act.READ_FILE, actor, whole_of(actor))
    with transaction.atomic():
        hold(actor.partnership_id)
        upload = own(actor, upload_id)
        if upload.state == State.READING:
            for job in Job.objects.filter(subject_id=upload.id, state__in=GOING):
                jobs.finish_job(job, Job.State.DONE)  # the worker asks whether it is still wanted
            mark(actor, upload, State.LOOKED, "stopped")
            for part in shelves.ledger_of(upload.partnership_id).parts():
                if (part.sha256, part.sheet) == (upload.sha256, upload.sheet):
                    _forget(upload.partnership_id, part.id)  # a worker that was killed left it behind
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
            part = _read(upload, Pace(job))
        except FolkmootError as error:
            _settle(asker, upload, job, error)
        else:
            _settle(asker, upload, job, part)
            _note_checks(upload, part)
    jobs.finish_job(job, Job.State.DONE)


def _read(upload: Upload, pace: Pace) -> Part:
    return shelves.ledger_of(upload.partnership_id, upload.partnership.currency).add_file(
        source_of(upload),
        anchor=upload.anchor.name,
        anchor_id=upload.anchor_id,
        clock=clock.now,
        recipe=Recipe.from_plain(upload.recipe) if upload.recipe else None,
        sheet=upload.sheet or None,
        progress=pace.say,
        cancelled=pace.is_unwanted,
    )


@in_turn
def _settle(actor: Actor, taken_up: Upload, job: Job, outcome: Part | FolkmootError) -> None:
    """The row takes over what the reading came to, unless somebody stopped it or did so meanwhile."""
    hold(taken_up.partnership_id)
    upload = Upload.objects.filter(id=taken_up.id, state=State.READING).first()
    if upload is None or not is_wanted(job):
        _let_go(taken_up, outcome)
    elif isinstance(outcome, Part):
        mark(actor, upload, State.READ, "read in", outcome)
    elif isinstance(outcome, Unsure):
        upload.report["look"]["questions"] = [asdict(question) for question in outcome.questions]
        mark(actor, upload, State.LOOKED, "must be asked about")
    else:
        upload.report = {"error": reports.of_error(outcome)}
        mark(actor, upload, State.REFUSED, "not read")


def _note_checks(taken_up: Upload, part: Part) -> None:
    """What finance would ask about the new file, seen among all that the ledger holds at this moment."""
    ledger = shelves.ledger_of(taken_up.partnership_id)
    checks = [check.sentence for check in ledger.checks([part.id])]
    with transaction.atomic():
        hold(taken_up.partnership_id)
        row = Upload.objects.filter(id=taken_up.id, state=State.READ, part_id=part.id).first()
        if row is not None and checks:
            row.report["checks"] = checks
            row.save(update_fields=["report"])


def _let_go(taken_up: Upload, outcome: Part | FolkmootError) -> None:
    """What a reading brought in that nobody wants any more leaves the ledger again."""
    if not isinstance(outcome, Part) or outcome.already:
        return
    if not Upload.objects.filter(part_id=outcome.id, state=State.READ).exists():
        _forget(taken_up.partnership_id, outcome.id)


def _forget(partnership_id: str, part_id: str) -> None:
    try:
        shelves.ledger_of(partnership_id).forget(part_id)
    except NotFound:
        logger.info("part %s had left the ledger before", part_id)


@in_turn
def undo_upload(actor: Actor, *, upload_id: str) -> Upload:
    """A file that was read is taken out of the ledger again: every sum is as it was without it."""
    require(Act.READ_FILE, actor, whole_of(actor))
    hold(actor.partnership_id)
    upload = own(actor, upload_id)
    if upload.state == State.UNDONE:
        return upload
    if upload.state != State.READ:
        raise Refused("This file cannot be undone.", "It is not read in.", "Look at the list of files.")
    _forget(upload.partnership_id, upload.part_id)
    mark(actor, upload, State.UNDONE, "undone")
    return upload


def reopen_upload(actor: Actor, *, upload_id: str) -> Upload:
    """A file that was read is taken out of the ledger, and waits to be checked as it was read.

    Asked twice, it waits once. Refused where its bytes are not kept: it then stays as it is.
    """
    require(Act.READ_FILE, actor, whole_of(actor))
    upload = own(actor, upload_id)
    if upload.state == State.LOOKED:
        return upload
    if upload.state != State.READ:
        raise Refused("This file is not read in.", "", "Look at the list of files.")
    part = shelves.ledger_of(upload.partnership_id).part(upload.part_id)
    recipe = Recipe.from_plain(part.recipe)
    _, report = look_again(upload, recipe=recipe)
    with transaction.atomic():
        hold(actor.partnership_id)
        upload = own(actor, upload_id)
        if upload.part_id != part.id or upload.state != State.READ:
            return upload
        _forget(upload.partnership_id, part.id)
        upload.part_id, upload.report = "", {"look": report}
        upload.recipe = recipe.as_plain() if recipe.told_by == "person" else {}
        mark(actor, upload, State.LOOKED, "undone to be read otherwise")
    return upload


@in_turn
def discard_upload(actor: Actor, *, upload_id: str) -> None:
    """A file that was only looked at, or not read, is forgotten."""
    require(Act.READ_FILE, actor, whole_of(actor))
    hold(actor.partnership_id)
    upload = own(actor, upload_id)
    if upload.state not in (State.LOOKED, State.REFUSED):
        raise Refused("This file is more than looked at.", "", "Undo it instead.")
    tell(actor, upload, "discarded")
    upload.delete()
    if upload.sha256 not in wanted(actor.partnership_id):
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
            mended += mend(replace(actor, partnership_id=partnership.id))
            sweep(partnership.id)
        except FolkmootError:
            logger.exception("the ledger of %s could not be mended", partnership.slug)
    return mended
