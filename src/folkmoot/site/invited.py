"""How does somebody who was invited come in?

The page behind the letter's link changes nothing by being opened: mail scanners open links. Its one button
sends a sign-in code to the address that the invitation is bound to, whoever pressed it; after the code the
person is shown what waits for them, and joins with one button. The link's secret stands in no other address.
"""

from typing import Any

from allauth.account.views import RequestLoginCodeView
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse

from folkmoot.apps.places import actions, queries
from folkmoot.apps.places.forms import JoinForm
from folkmoot.apps.places.invitations import account_invited, invitation_behind
from folkmoot.apps.places.pages import open_door
from folkmoot.core.access import TABLE, Actor, Role
from folkmoot.core.kernel.addresses import masked

MAY = {
    "member": "You will see the whole, who belongs, and the money down to its payments.",
    "core": "You will see the whole, who belongs, the money, people and their posts, and support counted "
    "part by part.",
    "convenor": "You will see and record everything, invite others, and settle what the partnership says.",
}


@open_door("whoever was invited is not yet known")
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Who invites to what, and one button; every link that does not hold looks the same."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "POST"])
    asked = invitation_behind(secret)
    if asked is None:
        return _closed(render(request, "invitation/gone.html", status=404))
    mine = request.user.is_authenticated and request.user.email.lower() == asked.email.lower()
    if mine:
        return _closed(redirect("invitations"))
    if request.method == "POST" and not request.user.is_authenticated and account_invited(secret):
        return _closed(CodeToInvited.as_view(address=asked.email)(request))
    told: dict[str, Any] = {"asked": asked, "masked": masked(asked.email), **_may(asked.role)}
    return _closed(render(request, "invitation/open.html", told))


@open_door("shows what waits for whoever signed in, and to others only where to sign in")
def invitations(request: HttpRequest) -> HttpResponse:
    """What waits for the address that somebody signed in with; each is joined with one button."""
    actor = Actor(account_id=request.user.id if request.user.is_authenticated else "")
    waiting = queries.waiting_for(actor)
    asks_name = bool(actor.account_id) and not request.user.name
    form = JoinForm(request.POST if request.method == "POST" else None) if asks_name else None
    chosen = next((each for each in waiting if each.id == request.POST.get("invitation")), None)
    if request.method == "POST" and chosen and (form is None or form.is_valid()):
        name = form.cleaned_data["name"] if form else ""
        actions.accept_invitation(actor, invitation_id=chosen.id, name=name)
        messages.success(request, f"Welcome to {chosen.partnership.name}.")
        return redirect("site:elephant", chosen.partnership.slug)
    told = {"waiting": [{"asked": each, **_may(each.role)} for each in waiting], "form": form}
    return render(request, "invitation/waiting.html", told)


def _may(role: str) -> dict[str, Any]:
    """What the role may do: in a sentence, and as the table of rules has it."""
    return {"may": MAY[role], "rules": [rule.words for rule in TABLE.values() if Role(role) in rule.roles]}


class CodeToInvited(RequestLoginCodeView):
    """Sends a code as if the bound address had been typed at the sign-in page, with all its limits; what
    comes back does not say the address whole."""

    address = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        """The address is the invitation's, whatever was sent with the button."""
        return super().get_form_kwargs() | {"data": {"email": self.address}}

    def get_success_url(self) -> str:
        """To the code, and then to what waits."""
        return f"{reverse('account_confirm_login_code')}?next={reverse('invitations')}"

    def form_invalid(self, form: Form) -> HttpResponse:
        """Too many codes were asked for."""
        return render(self.request, "invitation/wait.html", status=429)


def _closed(answer: HttpResponse) -> HttpResponse:
    """The address of this page is a secret: it is neither kept nor told to the next page."""
    answer.headers["Referrer-Policy"] = "strict-origin"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
