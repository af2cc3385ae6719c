"""How does somebody prove that an address is theirs?"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context
from django.conf import settings
from django.contrib.sessions.models import Session
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from folkmoot.apps.places.letters import beside, post

NO_ADDRESS = "Type your e-mail address, such as name@example.org."
NO_CODE = "Type the code from the mail."


class AskForCode(RequestLoginCodeForm):
    """Asks for the address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        address = self.fields["email"]
        address.label = "E-mail address"
        address.error_messages |= {"required": NO_ADDRESS, "invalid": NO_ADDRESS}


class EnterCode(ConfirmLoginCodeForm):
    """Asks for the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages["required"] = NO_CODE


class SignIn(DefaultAccountAdapter):
    """Sign-in by e-mail code alone: accounts are made by invitation, never by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Sign-up is closed."""
        return False

    def send_mail(self, template_prefix: str, email: str, context_: dict[str, Any]) -> None:
        """The letter is handed over beside the answer, never before it: an answer that waited for the mail
        server, or told of its failure, would say whether an address is known."""
        request = context.request
        told = {"request": request, "email": email, "current_site": get_current_site(request), **context_}
        beside(post, [self.render_mail(template_prefix, email, told)])


def one_at_a_time(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Codes are tried one after another, each against the session as the try before it left it: sent side by
    side, each would find that none had been tried yet, and a code would not stand for three tries alone."""

    @wraps(view)
    def enter(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.session.session_key:
            return view(request)
        with transaction.atomic():
            # Each waits here for the others in every process: SQLite at the transaction's beginning, and
            # PostgreSQL at the session's row. What is read after it is as they left it.
            key = request.session.session_key
            Session.objects.select_for_update().filter(session_key=key).first()
            request.session = type(request.session)(key)
            response = view(request)
            if request.session.modified and not request.session.is_empty():
                request.session.save()
                # Saved again after the others, it would take their tries back; a new key needs its cookie.
                request.session.modified = request.session.session_key != request.COOKIES.get(
                    settings.SESSION_COOKIE_NAME
                )
        return response

    return enter
