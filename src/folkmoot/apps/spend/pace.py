"""How far has a reading come, and is it still wanted?"""

import time

from folkmoot.apps.places import jobs
from folkmoot.apps.places.models import Job

PACE_SECONDS = 1.0


class Pace:
    """Says how far a job has come, and asks whether it is still wanted, each at most once a second."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._said = self._asked = -PACE_SECONDS

    def say(self, rows: int, done: int, total: int) -> None:
        """The reading has come so far."""
        now = time.monotonic()
        if now - self._said >= PACE_SECONDS:
            self._said = now
            jobs.say_progress(self._job, done, total)

    def is_unwanted(self) -> bool:
        """Whether somebody stopped it."""
        now = time.monotonic()
        if now - self._asked < PACE_SECONDS:
            return False
        self._asked = now
        return not is_wanted(self._job)


def is_wanted(job: Job) -> bool:
    """Whether the job still runs: it is done with once it is stopped, or once it ended elsewhere."""
    return Job.objects.filter(id=job.id, state=Job.State.RUNNING).exists()
