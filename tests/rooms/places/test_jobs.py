"""Is long work taken up again when a worker dies, and done only once?"""

from datetime import timedelta

import pytest
from django_tasks import task

from folkmoot.apps.places import clock, jobs
from folkmoot.apps.places.models import Job
from partnership import Town

delivered: list[str] = []
TASK = f"{__name__}.note"


@task()
def note(job_id: str) -> None:
    """Only writes down that the job was delivered."""
    delivered.append(job_id)


@pytest.fixture
def job(town: Town, settings: object, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A job that was handed to a queue which delivers at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    monkeypatch.setattr(jobs, "import_string", lambda path: {TASK: note}[path])
    delivered.clear()
    return jobs.start_job(town.convenor, task=TASK, subject_id="a file")


def silent_for(job: Job, time: timedelta) -> None:
    """The job last said something so long ago."""
    Job.objects.filter(id=job.id).update(heartbeat=clock.real() - time)


def test_a_silent_job_is_handed_out_again_and_a_lively_one_is_not(job: Job) -> None:
    jobs.take_up(job.id)
    silent_for(job, jobs.STALE_AFTER - timedelta(seconds=10))
    assert jobs.hand_out_again() == 0
    silent_for(job, jobs.STALE_AFTER + timedelta(seconds=10))
    assert jobs.hand_out_again() == 1
    assert delivered == [job.id]
    assert jobs.hand_out_again() == 0, "handed out a moment ago"


def test_a_job_that_dies_three_times_is_given_up(job: Job) -> None:
    for _ in range(jobs.MOST_TRIES):
        assert jobs.take_up(job.id)
        silent_for(job, jobs.STALE_AFTER * 2)
        jobs.hand_out_again()
    assert Job.objects.get(id=job.id).state == Job.State.FAILED
    assert len(delivered) == jobs.MOST_TRIES - 1
    assert jobs.take_up(job.id) is None


def test_a_job_delivered_twice_is_done_once(job: Job) -> None:
    taken = jobs.take_up(job.id)
    assert taken
    jobs.finish_job(taken, Job.State.DONE)
    assert jobs.take_up(job.id) is None
    silent_for(job, jobs.STALE_AFTER * 2)
    assert jobs.hand_out_again() == 0


def test_progress_is_a_sign_of_life(job: Job) -> None:
    taken = jobs.take_up(job.id)
    silent_for(job, jobs.STALE_AFTER * 2)
    jobs.say_progress(taken, 50, 200)
    assert jobs.hand_out_again() == 0
    assert (Job.objects.get(id=job.id).done, Job.objects.get(id=job.id).total) == (50, 200)


def test_only_ones_own_partnership_sees_the_job(town: Town, job: Job) -> None:
    assert jobs.job_about(town.convenor, "a file") == job
    assert jobs.job_about(town.neighbour, "a file") is None
