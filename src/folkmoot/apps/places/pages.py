"""Through which door is a page reached, and who stands at it?

Every page of a partnership is wrapped in `door`, which says the act that the page needs. The door matrix
in the tests is made from these marks, so that a page without one fails on the day it is written.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from folkmoot.apps.places.models import Partnership
from folkmoot.apps.places.queries import actor_for
from folkmoot.core.access import Act, Actor, Subject, answer
from folkmoot.core.kernel.errors import NotAllowed, NotFound

View = Callable[..., HttpResponse]


class PlaceRequest(HttpRequest):
    """A request that has come through a partnership's door."""

    partnership: Partnership
    actor: Actor


def door(act: Act, *, methods: tuple[str, ...] = ("GET",), own: str = "") -> Callable[[View], View]:
    """Only who may do `act` comes in; the view is handed a request that knows its partnership and actor.

    `own` names the part of the address that holds a person's id, for pages that people may open about
    themselves. An outsider cannot tell a closed page from one that does not exist; a member is told why.
    """

    def fit(view: View) -> View:
        @wraps(view)
        def enter(request: PlaceRequest, partnership: str, **captured: Any) -> HttpResponse:
            account = request.user if request.user.is_authenticated else None
            request.partnership, request.actor = actor_for(account, partnership)
            subject = Subject(
                request.partnership.id,
                request.partnership.published,
                str(captured.get(own, "")),
                # What belongs to an account is shown to whoever signed in with it.
                request.actor.account_id,
            )
            given = answer(act, request.actor, subject)
            if not given.allowed:
                if request.actor.partnership_id:
                    raise NotAllowed(
                        "This page is not open to you.", given.why_not, "Ask your convenor if you need it."
                    )
                raise NotFound("There is no such page.")
            if request.method not in (*methods, *(("HEAD",) if "GET" in methods else ())):
                return HttpResponseNotAllowed(methods)
            return view(request, **captured)

        enter.door = (act, methods, own)
        return enter

    return fit


def open_door(because: str) -> Callable[[View], View]:
    """A page that anybody may open, and the reason why."""

    def fit(view: View) -> View:
        view.open_because = because
        return view

    return fit
