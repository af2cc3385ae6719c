"""Where does the old address of a person lead, whose record became one with another?"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from folkmoot.apps.people.queries import kept_for
from folkmoot.core.kernel.errors import NotFound


def kept_page(request: HttpRequest) -> HttpResponse | None:
    """The same page of the person who was kept, for whoever may see them; nothing for anybody else."""
    match, actor = request.resolver_match, getattr(request, "actor", None)
    person_id = match.kwargs.get("person_id") if match else None
    if request.method not in ("GET", "HEAD") or actor is None or not person_id:
        return None
    try:
        kept = kept_for(actor, person_id)
    except NotFound:
        return None
    return redirect(reverse(match.view_name, kwargs={**match.kwargs, "person_id": kept}))
