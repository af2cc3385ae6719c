"""What does a person see when something cannot be done?"""

import json
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse

from folkmoot.apps.places import problems
from folkmoot.apps.places.callers import caller
from folkmoot.apps.places.pages import open_door
from folkmoot.apps.places.problems import Problem, is_for_programs, told_to_program
from folkmoot.apps.places.queries import database_answers
from folkmoot.core.kernel.errors import FolkmootError, NotAllowed, NotFound
from folkmoot.site.merged import kept_page

MEGABYTE = 1 << 20
ROOM = 2 * MEGABYTE  # beside an upload: the form around it
LARGEST_FROM_NOBODY = MEGABYTE  # whoever is not signed in has nothing to send but an address and a code


class ErrorsMiddleware:
    """Turns the error family into pages, and keeps personal pages out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pages behind a door, or for somebody signed in, are never stored; nor is what is missing, or the
        header would tell a closed partnership from none."""
        response = too_large(request) or self.get_response(request)
        behind = getattr(request, "partnership", None) is not None or response.status_code == 404
        if behind or request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Missing and closed are one page to outsiders; members are told why not."""
        if not isinstance(error, FolkmootError):
            return None
        if is_for_programs(request):
            return told_to_program(error)
        if isinstance(error, NotFound):
            return kept_page(request) or missing(request)
        return told(request, error, 403 if isinstance(error, NotAllowed) else 400)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The one page for what is not here and what is not open: it knows nothing of who asks."""
    if is_for_programs(request):
        return told_to_program(NotFound("There is no such thing here."))
    return HttpResponse(render_to_string("404.html"), status=404)


def told(request: HttpRequest, error: FolkmootError, status: int) -> HttpResponse:
    """The sentence, the reason and the next step."""
    return TemplateResponse(request, "told.html", {"error": error}, status=status).render()


def too_large(request: HttpRequest) -> HttpResponse | None:
    """A body that is refused by the size it gives, before any of it is written to the disk."""
    given = request.META.get("CONTENT_LENGTH") or ""
    size = int(given) if given.isdecimal() else 0
    most = int(settings.FOLKMOOT_UPLOAD_MB) * MEGABYTE + ROOM
    if size <= LARGEST_FROM_NOBODY:
        return None
    if is_for_programs(request):
        return _too_large_from_program(request, size <= most)
    if size <= most and request.user.is_authenticated:
        return None
    return HttpResponse(render_to_string("413.html"), status=413)


def _too_large_from_program(request: HttpRequest, may_be_sent: bool) -> HttpResponse | None:
    """A program is known by its token alone."""
    try:
        if may_be_sent and caller(request)[1].account_id:
            return None
    except Problem as problem:
        return told_to_program(problem)
    return told_to_program(Problem(problems.TOO_LARGE))


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that is no request; the form in it is not looked at, or looking would fail again."""
    if is_for_programs(request):
        return told_to_program(Problem(problems.UNREADABLE))
    return HttpResponse(render_to_string("400.html"), status=400)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from one of our own pages."""
    return HttpResponse(render_to_string("403_csrf.html"), status=403)


@open_door("monitors ask whether the server is ready")
def healthz(request: HttpRequest) -> HttpResponse:
    """The server is ready when the database answers."""
    from_database = database_answers()
    answer = {"status": "ok" if from_database else "no database", "demo": settings.FOLKMOOT_DEMO}
    return HttpResponse(
        json.dumps(answer), content_type="application/json", status=200 if from_database else 503
    )
