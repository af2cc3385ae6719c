"""How far has long work come, and who takes it up again when a worker dies?

The rows are ours because a killed worker leaves the queue's own task "running" for ever; the queue only
carries. A job that has not said anything for two minutes is handed out again, three times at most.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.module_loading import import_string

from folkmoot.apps.places import clock
from folkmoot.apps.places.models import Job
from folkmoot.core.access import Actor

STALE_AFTER = timedelta(minutes=2)
MOST_TRIES = 3


def start_job(actor: Actor, *, task: str, subject_id: str) -> Job:
    """A waiting job, handed to the queue once the transaction around it has held.

    `task` is the dotted path of a task that takes the job's id.
    """
    moment = clock.real()
    job = Job.objects.create(
        partnership_id=actor.partnership_id,
        task=task,
        subject_id=subject_id,
        account_id=actor.account_id,
        made_at=moment,
        heartbeat=moment,
    )
    transaction.on_commit(lambda: import_string(task).enqueue(job.id))
    return job


def take_up(job_id: str) -> Job | None:
    """The job, marked as running; None when it is done already or gone (a task may be delivered twice)."""
    open_states = [Job.State.WAITING, Job.State.RUNNING]
    taken = Job.objects.filter(id=job_id, state__in=open_states).update(
        state=Job.State.RUNNING, tries=F("tries") + 1, heartbeat=clock.real()
    )
    return Job.objects.get(id=job_id) if taken else None


def say_progress(job: Job, done: int, total: int) -> None:
    """The job is alive and has come so far."""
    Job.objects.filter(id=job.id).update(done=done, total=total, heartbeat=clock.real())


def finish_job(job: Job, state: Job.State) -> None:
    """The job has ended."""
    Job.objects.filter(id=job.id).update(state=state, heartbeat=clock.real())


def hand_out_again() -> int:
    """Jobs that fell silent go back to the queue; those that failed too often are marked as failed."""
    silent = Job.objects.filter(
        state__in=[Job.State.WAITING, Job.State.RUNNING], heartbeat__lt=clock.real() - STALE_AFTER
    )
    silent.filter(tries__gte=MOST_TRIES).update(state=Job.State.FAILED)
    again = list(silent.filter(tries__lt=MOST_TRIES))
    for job in again:
        Job.objects.filter(id=job.id).update(state=Job.State.WAITING, heartbeat=clock.real())
        import_string(job.task).enqueue(job.id)
    return len(again)


def job_about(actor: Actor, subject_id: str) -> Job | None:
    """The newest job about something, within the actor's own partnership."""
    return (
        Job.objects.filter(partnership_id=actor.partnership_id, subject_id=subject_id)
        .order_by("-made_at")
        .first()
    )
