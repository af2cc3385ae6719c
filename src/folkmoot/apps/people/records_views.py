"""Which pages show all that is kept about a person, erase it, and say what is due?"""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render

from folkmoot.apps.people import actions, queries
from folkmoot.apps.people.erasing import STAYS
from folkmoot.apps.people.notes_forms import ErasureForm
from folkmoot.apps.people.notes_views import done
from folkmoot.apps.places import clock
from folkmoot.apps.places.pages import PlaceRequest, door
from folkmoot.apps.places.paging import page_asked
from folkmoot.core.access import Act


@door(Act.SEE_RECORD, own="person_id")
def record(request: PlaceRequest, person_id: str) -> HttpResponse:
    """All that is kept about a person, for the convenor and for themself."""
    return render(request, "people/record.html", {"record": queries.record_for(request.actor, person_id)})


@door(Act.SEE_RECORD, own="person_id")
def record_away(request: PlaceRequest, person_id: str) -> HttpResponse:
    """The same to take away."""
    packed = queries.record_zip_for(request.actor, person_id)
    # No name in the file's own: it lies in a folder of downloads that others may see.
    name = f"record-{clock.today(request.partnership.zone)}.zip"
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(packed, content_type="application/zip", headers=told)


@door(Act.ERASE_PERSON, methods=("GET", "POST"))
def erase(request: PlaceRequest, person_id: str) -> HttpResponse:
    """A person goes from every record, once it was seen what goes and what stays."""
    erasure = queries.erasure_for(request.actor, person_id)
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"person_id": person_id, "name": form.cleaned_data["name"]}
        if done(form, lambda: actions.erase_person(request.actor, **given)):
            if erasure.signs_out:
                logout(request)
            if erasure.own:
                return redirect("site:home")
            messages.success(request, "They were erased from every record.")
            return redirect("network:people", request.partnership.slug)
    told = {"form": form, "erasure": erasure, "stays": STAYS}
    return render(request, "people/erase.html", told)


@door(Act.SEE_DUE)
def due(request: PlaceRequest) -> HttpResponse:
    """What is due to be looked at again."""
    found = queries.due_for(request.actor, page_asked(request.GET.get("page", "")))
    return render(request, "people/due.html", {"due": found})


@door(Act.RECORD_PERSON, methods=("POST",))
def keep(request: PlaceRequest, person_id: str) -> HttpResponse:
    """The person is still known for a reason."""
    actions.keep_person(request.actor, person_id=person_id)
    messages.success(request, "They are kept, and looked at again later.")
    return redirect("people:due", request.partnership.slug)
