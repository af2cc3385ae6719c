"""What does every page know about where it is?"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from folkmoot.apps.places.clock import now
from folkmoot.apps.places.queries import my_partnerships_for
from folkmoot.core.access import NOBODY
from folkmoot.core.kernel.when import say_day


def here(request: HttpRequest) -> dict[str, Any]:
    """The partnership and actor (if the page has them), the room's name, and the demonstration's banner."""
    banner = f"A demonstration: the day is {say_day(now())}." if settings.FOLKMOOT_DEMO else ""
    return {
        "partnership": getattr(request, "partnership", None),
        "actor": getattr(request, "actor", NOBODY),
        "here": _room(request),
        "demo_banner": banner,
        # Asked for only by a page that shows it.
        "my_partnerships": lambda: my_partnerships_for(getattr(request, "actor", NOBODY)),
    }


def _room(request: HttpRequest) -> str:
    try:
        match = request.resolver_match or resolve(request.path_info)
    except Resolver404:
        return ""
    name = match.url_name or ""
    return name if match.namespace == "site" else match.namespace or name
