"""Where do people and tools read what the routes are?"""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from folkmoot.api.explained import rooms
from folkmoot.api.gathered import API
from folkmoot.apps.places.pages import open_door
from folkmoot.apps.places.problems import KINDS, told_to_program
from folkmoot.core.kernel.errors import NotFound

KEPT = "public, max-age=300"  # it says nothing of any partnership


@open_door("leads to the page about the routes")
def root(request: HttpRequest) -> HttpResponse:
    """The page about the routes."""
    return HttpResponseRedirect(reverse("api:docs"))


@open_door("says what the routes are, and nothing of any partnership")
def openapi(request: HttpRequest) -> HttpResponse:
    """The routes in OpenAPI."""
    response = JsonResponse(schema())
    response.headers["Cache-Control"] = KEPT
    return response


@open_door("says what the routes are, and nothing of any partnership")
def docs(request: HttpRequest) -> HttpResponse:
    """The routes for people to read."""
    return render(request, "api/docs.html", {"rooms": _shown()})


def nothing_here(request: HttpRequest) -> HttpResponse:
    """There is no route at this address."""
    return told_to_program(NotFound("There is no such thing here."))


@cache
def schema() -> dict[str, Any]:
    """The routes in OpenAPI; they change with the program alone."""
    return dict(API.get_openapi_schema())


@cache
def _shown() -> SafeString:
    """The routes as the page shows them; they change with the program alone."""
    return render_to_string("api/rooms.html", {"rooms": rooms(schema()), "kinds": KINDS})
