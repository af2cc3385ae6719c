"""Which address leads to which route, and which methods does each answer?"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_safe

from folkmoot.api import pages
from folkmoot.api.gathered import API, every_route
from folkmoot.apps.places import problems
from folkmoot.apps.places.pages import open_door
from folkmoot.apps.places.problems import Problem, told_to_program
from folkmoot.core.access import Act

app_name = "api"
View = Callable[..., HttpResponse]


def answered(view: View) -> View:
    """The route with what goes for every route: HEAD is GET without a body, OPTIONS names the methods, and a
    method that is not answered is a problem too. No header says that another method is meant."""

    @wraps(view)
    def answer(request: HttpRequest, **captured: Any) -> HttpResponse:
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"
        response = view(request, **captured)
        request.method = asked
        if response.status_code == 405:
            response = _other_method(request, response.headers["Allow"])
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    answer.csrf_exempt = True  # nobody is known here by a cookie, so none can be misused
    return answer


def _other_method(request: HttpRequest, allowed: str) -> HttpResponse:
    named = {method.strip() for method in allowed.split(",")} | {"OPTIONS"}
    named |= {"HEAD"} if "GET" in named else set()
    response = HttpResponse(status=204) if request.method == "OPTIONS" else _refused()
    response.headers["Allow"] = ", ".join(sorted(named))
    return response


def _refused() -> HttpResponse:
    return told_to_program(Problem(problems.METHOD))


def _acts() -> dict[str, dict[str, Act]]:
    """By address the act of each method."""
    acts: dict[str, dict[str, Act]] = {}
    for route in every_route():
        acts.setdefault(route.address, {})[route.method] = route.act
    return acts


def _patterns() -> Iterator[URLPattern]:
    """One pattern an address, marked with the acts that it needs or with why anybody may ask there."""
    acts, met = _acts(), set()
    for pattern in API.urls[0]:
        address = str(pattern.pattern)
        if address and address not in met:
            met.add(address)
            view = answered(pattern.callback)
            view.acts = acts.get(address, {})
            view.open_because = "" if view.acts else "lists what is published"
            yield path(address, view, name=pattern.name)


nothing = open_door("says that there is nothing at an address")(answered(pages.nothing_here))

urlpatterns = [
    path("", answered(require_safe(pages.root)), name="root"),
    path("openapi.json", answered(require_safe(pages.openapi)), name="openapi"),
    path("docs", answered(require_safe(pages.docs)), name="docs"),
    *_patterns(),
    re_path("", nothing, name="nothing"),
]
