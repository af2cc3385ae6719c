"""Which work of this room is done by the worker?"""

from django_tasks import task

from folkmoot.apps.spend.actions import carry_out
from folkmoot.core.access import OPERATOR


@task()
def read_upload_task(job_id: str) -> None:
    """Reads an uploaded file into the ledger; delivered twice, it reads once."""
    carry_out(OPERATOR, job_id=job_id)
