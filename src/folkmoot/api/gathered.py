"""Which routes are there, from all rooms, and what does each answer when something cannot be done?"""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from folkmoot.api.described import described
from folkmoot.apps.network.api import routes as network
from folkmoot.apps.people.api import routes as people
from folkmoot.apps.places import problems
from folkmoot.apps.places.api import install
from folkmoot.apps.places.api import routes as places
from folkmoot.apps.places.problems import Problem, Wrong, told_to_program
from folkmoot.apps.places.routes import Route, Routes
from folkmoot.apps.places.shapes import where_of, words_of
from folkmoot.apps.spend.api import routes as spend
from folkmoot.core.kernel.errors import FolkmootError, NotFound

logger = logging.getLogger(__name__)
ROOMS: tuple[Routes, ...] = (places, network, people, spend)
VERSION = "1"  # of the routes: within one, things are added and nothing is taken away
MOST_WRONG = 20  # places of what was sent that one answer names


class ReadBefore(Parser):
    """The body was read, strictly, where the door stands."""

    def parse_body(self, request: HttpRequest) -> Any:
        """What was read there."""
        return request.sent_json


class Programs(NinjaAPI):
    """Every room's routes behind one door."""

    def create_response(self, request: HttpRequest, data: Any, **how: Any) -> HttpResponse:
        """The answer; a page of a list links to those beside it."""
        response = super().create_response(request, data, **how)
        if links := ", ".join(_links(request)):
            response.headers["Link"] = links
        return response

    def get_openapi_schema(self, **how: Any) -> Any:
        """The routes in OpenAPI, with their problems and scopes."""
        return described(super().get_openapi_schema(path_prefix="api/", **how))


def _links(request: HttpRequest) -> Iterator[str]:
    turned = getattr(request, "turned", None)
    if turned is None:
        return
    page, last = turned
    beside = {"first": 1, "prev": min(page - 1, last), "next": page + 1, "last": last}
    for rel, number in beside.items():
        if 1 <= number <= last:
            asked = urlencode({**request.GET.dict(), "page": number})
            yield f'<{request.path}?{asked}>; rel="{rel}"'


def refused(request: HttpRequest, error: FolkmootError) -> HttpResponse:
    """One of the family, as it is told on pages."""
    return told_to_program(error)


def misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What was sent has another shape: where, and in which way."""
    wrong = [Wrong(where_of(one), words_of(one)) for one in error.errors[:MOST_WRONG]]
    return told_to_program(Problem(problems.SHAPE, wrong=wrong))


def unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    """It is no request that anybody could answer."""
    return told_to_program(Problem(problems.UNREADABLE))


def too_large(request: HttpRequest, error: Exception) -> HttpResponse:
    """It is more than is taken in."""
    return told_to_program(Problem(problems.TOO_LARGE))


def missing(request: HttpRequest, error: Exception) -> HttpResponse:
    """There is nothing at this address."""
    return told_to_program(NotFound("There is no such thing here."))


def by_status(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the framework refuses by itself, with the status that it gives."""
    kinds = {kind.status: kind for kind in (problems.UNREADABLE, problems.UNKNOWN_TOKEN, problems.TOO_MANY)}
    return told_to_program(Problem(kinds.get(error.status_code, problems.UNREADABLE)))


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """Something broke: it is written down, and nothing of it is told."""
    logger.error("a route broke", exc_info=error)
    return told_to_program(Problem(problems.BROKEN))


def gathered() -> NinjaAPI:
    """All rooms' routes."""
    api = Programs(
        title="Folkmoot",
        version=VERSION,
        description="The same answers as the pages, for programs. See /api/docs.",
        openapi_url=None,
        docs_url=None,
        parser=ReadBefore(),
    )
    api.add_router("", install)
    for routes in ROOMS:
        api.add_router(f"/{{slug:partnership}}/{routes.room}", routes.router)
    for kind, handler in (
        (FolkmootError, refused),
        (ValidationError, misshapen),
        (HttpError, by_status),
        (Http404, missing),
        (RequestDataTooBig, too_large),
        (MultiPartParserError, unreadable),
        (SuspiciousOperation, unreadable),
        (BadRequest, unreadable),
        (Exception, broken),
    ):
        api.add_exception_handler(kind, handler)
    return api


def every_route() -> Iterator[Route]:
    """The routes of every partnership, room by room."""
    for routes in ROOMS:
        yield from routes.listed


API = gathered()
