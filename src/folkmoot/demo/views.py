"""What can be seen and done in a demonstration alone?"""

import email
from email import policy
from pathlib import Path

from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from folkmoot.apps.places.pages import open_door
from folkmoot.apps.places.queries import account_by_email, partnerships_for
from folkmoot.core.access import Actor
from folkmoot.core.kernel.errors import NotFound
from folkmoot.demo.links import email_from, sign_in_links

NEWEST_MAILS = 20


@open_door("only in a demonstration: who is in the cast")
def cast(request: HttpRequest) -> HttpResponse:
    """The cast, with a sign-in link each."""
    return render(request, "demo/cast.html", {"links": sign_in_links("")})


@open_door("only in a demonstration: a link signs one of the cast in")
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Signs one of the cast in and leads to their partnership."""
    try:
        account = account_by_email(email_from(token))
    except signing.BadSignature as error:
        raise NotFound("This is no link of this demonstration.") from error
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    mine = partnerships_for(Actor(account_id=account.id)).filter(membership__account_id=account.id).first()
    return redirect(reverse("site:elephant", args=[mine.slug]) if mine else reverse("site:home"))


@open_door("only in a demonstration: the mail it would have sent")
def mail(request: HttpRequest) -> HttpResponse:
    """The newest mail, read from the files it was written to."""
    folder = Path(settings.EMAIL_FILE_PATH)
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:NEWEST_MAILS]
    messages = [email.message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]
    shown = [
        {"to": message["To"], "subject": message["Subject"], "text": _text(message)} for message in messages
    ]
    return render(request, "demo/mail.html", {"mails": shown})


def _text(message: email.message.EmailMessage) -> str:
    body = message.get_body(("plain",))
    return str(body.get_content()).rstrip("-\n") if body else ""
