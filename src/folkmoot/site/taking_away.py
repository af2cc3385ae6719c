"""How does a convenor take the whole partnership away as one file?"""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render

from folkmoot.apps.places import jobs
from folkmoot.apps.places.exported import exported_file
from folkmoot.apps.places.models import Job
from folkmoot.apps.places.pages import PlaceRequest, door
from folkmoot.core.access import Act

TASK = "folkmoot.site.tasks.take_away_task"


@door(Act.CARRY_AWAY, methods=("GET", "POST"))
def take_away(request: PlaceRequest) -> HttpResponse:
    """What the file holds, the newest one to fetch, and a button that makes a new one."""
    own = request.partnership
    job = jobs.job_about(request.actor, own.id)
    going = job is not None and job.state in (Job.State.WAITING, Job.State.RUNNING)
    if request.method == "POST":
        if not going:
            jobs.start_job(request.actor, task=TASK, subject_id=own.id)
        return redirect("site:take_away", own.slug)
    file = exported_file(own.id)
    made_at = datetime.fromtimestamp(file.stat().st_mtime, tz=UTC) if file.exists() else None
    failed = job is not None and job.state == Job.State.FAILED
    told = {"going": going, "failed": failed, "made_at": made_at, "size": made_at and file.stat().st_size}
    return render(request, "parts/taken_away.html" if request.htmx else "take_away.html", told)


@door(Act.CARRY_AWAY)
def taken(request: PlaceRequest) -> FileResponse | HttpResponse:
    """The file itself; where it is gone, the page that makes one."""
    file = exported_file(request.partnership.id)
    if not file.exists():
        messages.info(request, "That file is gone: it is kept for a day. You can make a new one.")
        return redirect("site:take_away", request.partnership.slug)
    name = f"{request.partnership.slug}.folkmoot.zip"
    return FileResponse(file.open("rb"), as_attachment=True, filename=name)
