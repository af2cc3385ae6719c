"""Who comes with a token?"""

from django.http import HttpRequest

from folkmoot.apps.places import problems
from folkmoot.apps.places.models import Partnership
from folkmoot.apps.places.problems import Problem
from folkmoot.apps.places.tokens import token_actor
from folkmoot.core.access import NOBODY, Actor

BEARER = "bearer "


def caller(request: HttpRequest) -> tuple[Partnership | None, Actor]:
    """Whose token comes with the request, and to which partnership: nobody where none comes.

    Looked up once a request. Raises the problem for a token that does not hold, and for every other way of
    saying who one is.
    """
    if not hasattr(request, "_caller"):
        given = request.headers.get("Authorization")
        request._caller = (None, NOBODY) if given is None else _holder(given)
    return request._caller


def _holder(given: str) -> tuple[Partnership, Actor]:
    secret = given[len(BEARER) :].strip() if given.lower().startswith(BEARER) else ""
    held = token_actor(secret)
    if held is None:
        raise Problem(problems.UNKNOWN_TOKEN)
    _, partnership, actor = held
    return partnership, actor
