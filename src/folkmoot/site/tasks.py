"""Which work that needs several rooms is done by the worker?"""

import logging

from django_tasks import task

from folkmoot.apps.places import jobs
from folkmoot.apps.places.exported import exported_file
from folkmoot.apps.places.models import Job, Partnership
from folkmoot.core.access import OPERATOR
from folkmoot.core.kernel.errors import FolkmootError
from folkmoot.site.carrying.exporting import export_partnership

logger = logging.getLogger(__name__)


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
        export_partnership(OPERATOR, partnership.slug, exported_file(partnership.id), say)
    except FolkmootError:
        logger.exception("%s could not be put into a file", partnership.slug)
        jobs.finish_job(job, Job.State.FAILED)
    else:
        jobs.finish_job(job, Job.State.DONE)
