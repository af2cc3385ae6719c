"""Which pages offer two records as one person's, merge them, and take that back?"""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from folkmoot.apps.people import actions, queries
from folkmoot.apps.people.duplicates_forms import MergeForm
from folkmoot.apps.people.notes_views import done
from folkmoot.apps.places.pages import PlaceRequest, door
from folkmoot.apps.places.paging import page_asked
from folkmoot.core.access import Act


@door(Act.MERGE_PEOPLE)
def duplicates(request: PlaceRequest) -> HttpResponse:
    """Pairs that could be one person, and what was merged."""
    seen = queries.duplicates_for(request.actor, page_asked(request.GET.get("page", "")))
    return render(request, "people/duplicates.html", {"seen": seen})


@door(Act.MERGE_PEOPLE, methods=("GET", "POST"))
def merge(request: PlaceRequest, kept_id: str, gone_id: str) -> HttpResponse:
    """Two records side by side; they are made one once somebody says so."""
    page = queries.merge_page_for(request.actor, kept_id, gone_id)
    form = MergeForm(request.POST or None, page=page)
    if request.method == "POST" and form.is_valid():
        chosen = {"from_other": form.from_other(), "from_kept": form.from_kept()}
        told = {"kept_id": kept_id, "gone_id": gone_id, **chosen}
        if done(form, partial(actions.merge_people, request.actor, **told)):
            messages.success(request, "The two records are one now. You can take that back.")
            return redirect("people:duplicates", request.partnership.slug)
    return render(request, "people/merge.html", {"form": form, "page": page})


@door(Act.MERGE_PEOPLE, methods=("POST",))
def apart(request: PlaceRequest, kept_id: str, gone_id: str) -> HttpResponse:
    """Somebody says that these are two people."""
    actions.tell_apart(request.actor, one_id=kept_id, other_id=gone_id)
    messages.success(request, "They stay two people, and are not offered as one again.")
    return redirect("people:duplicates", request.partnership.slug)


@door(Act.MERGE_PEOPLE, methods=("POST",))
def merge_undo(request: PlaceRequest, merge_id: str) -> HttpResponse:
    """The two records stand apart again."""
    row = actions.undo_merge(request.actor, merge_id=merge_id)
    messages.success(request, "They are two records again.")
    return redirect("network:person", request.partnership.slug, row.kept_id)
