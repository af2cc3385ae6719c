"""How do the rows follow a ledger that changed without them?"""

from datetime import datetime, timedelta

from django.db import transaction

from folkmoot.apps.places import clock
from folkmoot.apps.places.actions import name_anchor
from folkmoot.apps.places.models import Organisation
from folkmoot.apps.places.turns import hold
from folkmoot.apps.spend import shelves
from folkmoot.apps.spend.models import Upload
from folkmoot.apps.spend.rows import is_being_read, mark, wanted
from folkmoot.core.access import Actor
from folkmoot.core.spend import Part

GRACE = timedelta(hours=1)  # nobody is still reading a file that was let go of so long ago
State = Upload.State


@transaction.atomic
def mend(actor: Actor) -> int:
    """The rows of the actor's partnership are brought into line with its ledger. Answers how many were."""
    hold(actor.partnership_id)
    parts = {part.id: part for part in shelves.ledger_of(actor.partnership_id).parts()}
    rows = list(Upload.objects.filter(partnership_id=actor.partnership_id))
    gone = [row for row in rows if row.state == State.READ and row.part_id not in parts]
    for row in gone:
        mark(actor, row, State.UNDONE, "found undone")
    behind = [part for part in parts.values() if not _stands_as_read(rows, part)]
    for part in behind:
        mark(actor, _row_of(actor, rows, part), State.READ, "found read in", part)
    stopped = [row for row in rows if row.state == State.READING and not is_being_read(row)]
    for row in stopped:
        row.report["stopped"] = True
        mark(actor, row, State.LOOKED, "found stopped")
    return len(gone) + len(behind) + len(stopped)


def sweep(partnership_id: str) -> None:
    """What nobody needs any more is removed, once it is old enough."""
    with transaction.atomic():
        hold(partnership_id)
        shelves.sweep_originals(partnership_id, wanted(partnership_id), clock.real(), GRACE)
    if shelves.has_ledger(partnership_id):
        shelves.ledger_of(partnership_id).sweep(clock.real(), older_than=GRACE)


def _stands_as_read(rows: list[Upload], part: Part) -> bool:
    return any(row.part_id == part.id and row.state == State.READ for row in rows)


def _row_of(actor: Actor, rows: list[Upload], part: Part) -> Upload:
    """The row that a part belongs to; a new one where the part came in by another door."""
    for row in rows:
        if row.part_id == part.id:
            return row
    for row in rows:
        same = (row.sha256, row.sheet) == (part.sha256, part.sheet)
        if same and row.state in (State.READING, State.LOOKED):
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
