"""Which work that needs several rooms is done by the worker?"""

import logging
from collections.abc import Callable

from django_tasks import task

from folkmoot.apps.places import jobs
from folkmoot.apps.places.exported import exported_file, forget_exported
from folkmoot.apps.places.models import DiaryLine, Job, Partnership
from folkmoot.core.access import OPERATOR, Act
from folkmoot.core.kernel.errors import FolkmootError, Refused
from folkmoot.site.carrying.exporting import export_partnership

TRIES = 3
logger = logging.getLogger(__name__)


def _export(partnership: Partnership, say: Callable[[str], None]) -> None:
    """The file, without anybody who was erased while it was written."""
    for _ in range(TRIES):
        before = _erased(partnership)
        export_partnership(OPERATOR, partnership.slug, exported_file(partnership.id), say)
        if _erased(partnership) == before:
            return
        forget_exported(partnership.id)
    raise Refused("The file was not made.", "People are being erased at this moment.", "Try again later.")


def _erased(partnership: Partnership) -> int:
    return DiaryLine.objects.filter(partnership_id=partnership.id, act=Act.ERASE_PERSON).count()


@task()
def take_away_task(job_id: str) -> None:
    """Puts a partnership into one file; delivered twice, the file is made once or twice and is the same."""
    job = jobs.take_up(job_id)
    if job is None:
        return
    partnership = Partnership.objects.get(id=job.partnership_id)
    steps = 0

    def say(_: str) -> None:
        nonlocal steps
        steps += 1
        jobs.say_progress(job, steps, 0)

    try:
        _export(partnership, say)
    except FolkmootError:
        logger.exception("%s could not be put into a file", partnership.slug)
        jobs.finish_job(job, Job.State.FAILED)
    else:
        jobs.finish_job(job, Job.State.DONE)
