"""What do the pages of members, tokens and settings show, and what do their forms do?"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from folkmoot.apps.places import actions, clock, queries
from folkmoot.apps.places.colours import stylesheet
from folkmoot.apps.places.forms import (
    SETTLINGS,
    InviteForm,
    InviteManyForm,
    PartForm,
    RemovePartForm,
    RoleForm,
    SureForm,
    TokenForm,
    scope_words,
)
from folkmoot.apps.places.letters import invitation_letter, send
from folkmoot.apps.places.pages import PlaceRequest, door
from folkmoot.apps.places.settling import level_word, time_in
from folkmoot.core.access import TABLE, Act, Role
from folkmoot.core.kernel.addresses import read_addresses
from folkmoot.core.kernel.errors import NotFound, Refused
from folkmoot.core.network import Level


@door(Act.SEE_MEMBERS)
def members(request: PlaceRequest) -> HttpResponse:
    """Who belongs; to convenors also who is invited."""
    told = {"members": queries.members_for(request.actor), "now": clock.now()}
    told["invitations"] = queries.invitations_for(request.actor)
    return render(request, "places/members.html", told)


@door(Act.ADMIT_MEMBER, methods=("GET", "POST"))
def member(request: PlaceRequest, membership_id: str) -> HttpResponse:
    """Another role for a member."""
    held = queries.member_for(request.actor, membership_id)
    form = RoleForm(posted(request), initial={"role": held.role})
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        if done(form, lambda: actions.change_role(request.actor, membership_id=membership_id, role=role)):
            messages.success(request, f"{held.name or 'The member'} has the role now: {role}.")
            return redirect("places:members", request.partnership.slug)
    return render(request, "places/member.html", {"member": held, "form": form})


@door(Act.ADMIT_MEMBER, methods=("GET", "POST"))
def member_out(request: PlaceRequest, membership_id: str) -> HttpResponse:
    """Somebody is taken out, once that is sure."""
    held, form = queries.member_for(request.actor, membership_id), SureForm(posted(request))
    if form.is_valid() and done(
        form, lambda: actions.take_out_member(request.actor, membership_id=membership_id)
    ):
        messages.success(request, f"{held.name or 'The member'} belongs no more.")
        return redirect("places:members", request.partnership.slug)
    return render(request, "places/member_out.html", {"member": held, "form": form})


@door(Act.LEAVE, methods=("GET", "POST"))
def leave(request: PlaceRequest) -> HttpResponse:
    """The visitor leaves, once that is sure."""
    held = next(each for each in queries.members_for(request.actor) if each.is_me)
    form = SureForm(posted(request))
    if form.is_valid() and done(
        form, lambda: actions.leave_partnership(request.actor, membership_id=held.id)
    ):
        messages.success(request, f"You have left {request.partnership.name}.")
        return redirect("site:home")
    return render(request, "places/leave.html", {"member": held, "form": form})


@door(Act.ADMIT_MEMBER, methods=("GET", "POST"))
def invite(request: PlaceRequest) -> HttpResponse:
    """One is invited."""
    chosen = request.GET.get("person", "")
    people = queries.people_without_account_for(request.actor, chosen)
    form = InviteForm(posted(request), people=people, chosen=chosen)
    if form.is_valid():
        given = form.cleaned_data
        if done(form, lambda: _sent(request, actions.invite_member(request.actor, **given))):
            messages.success(request, f"A letter is on its way to {given['email'].lower()}.")
            return redirect("places:members", request.partnership.slug)
    return render(request, "places/invite.html", {"form": form, "find_first": people is None})


@door(Act.ADMIT_MEMBER, methods=("GET", "POST"))
def invite_many(request: PlaceRequest) -> HttpResponse:
    """Many are invited at once; what cannot be read is told line by line, and the others are invited."""
    form = InviteManyForm(posted(request))
    told: dict[str, Any] = {"form": form}
    if form.is_valid():
        role, invited, aside = Role(form.cleaned_data["role"]), [], []
        for line in read_addresses(form.cleaned_data["addresses"]):
            try:
                if line.why_not:
                    raise Refused(line.why_not)
                given = {"email": line.email, "name": line.name, "role": role}
                invited.append(actions.invite_member(request.actor, **given))
            except Refused as refusal:
                aside.append((line, str(refusal)))
        _sent(request, *invited)
        told |= {"invited": invited, "aside": aside, "reported": True}
    return render(request, "places/invite_many.html", told)


@door(Act.ADMIT_MEMBER, methods=("POST",))
def invitation_again(request: PlaceRequest, invitation_id: str) -> HttpResponse:
    """The same invitation with a new link."""
    sent = actions.send_invitation_again(request.actor, invitation_id=invitation_id)
    _sent(request, sent)
    messages.success(request, f"A new letter is on its way to {sent.invitation.email}. The old link is dead.")
    return redirect("places:members", request.partnership.slug)


@door(Act.ADMIT_MEMBER, methods=("POST",))
def invitation_withdraw(request: PlaceRequest, invitation_id: str) -> HttpResponse:
    """The link is dead."""
    row = actions.withdraw_invitation(request.actor, invitation_id=invitation_id)
    messages.success(request, f"The invitation to {row.email} was withdrawn.")
    return redirect("places:members", request.partnership.slug)


@door(Act.HOLD_TOKEN, methods=("GET", "POST"))
def tokens(request: PlaceRequest) -> HttpResponse:
    """One's own tokens, and a new one: this answer alone ever shows its secret."""
    today = clock.today(request.partnership.zone)
    form, made = TokenForm(posted(request), today=today), None
    if form.is_valid():
        made = attempt(form, lambda: actions.make_token(request.actor, **form.cleaned_data))
    if made:
        form = TokenForm(today=today)
    held = [
        (token, [scope_words(scope) for scope in token.scopes]) for token in queries.tokens_for(request.actor)
    ]
    told = {"form": form, "tokens": held, "made": made, "today": today}
    return render(request, "places/tokens.html", told)


@door(Act.HOLD_TOKEN, methods=("POST",))
def token_end(request: PlaceRequest, token_id: str) -> HttpResponse:
    """A token ends."""
    token = actions.revoke_token(request.actor, token_id=token_id)
    messages.success(
        request, f"The token “{token.name}” has ended. Whatever used it gets no answer any more."
    )
    return redirect("places:tokens", request.partnership.slug)


@door(Act.SETTLE_PARTNERSHIP)
def settings(request: PlaceRequest) -> HttpResponse:
    """Everything that the partnership says of itself, each with a way to change it."""
    levels = [(str(level), level_word(request.partnership, level)) for level in Level]
    parts = queries.parts_held_for(request.actor)
    told = {"levels": levels, "parts": parts, "time": time_in(request.partnership.zone)}
    return render(request, "places/settings.html", told)


@door(Act.SETTLE_PARTNERSHIP, methods=("GET", "POST"))
def settle(request: PlaceRequest, what: str) -> HttpResponse:
    """One thing of it is changed."""
    if what not in SETTLINGS:
        raise NotFound("There is no such page.")
    kind, partnership = SETTLINGS[what], request.partnership
    held = {field: getattr(partnership, field, None) for field in (*kind.base_fields, "level_words")}
    form = kind(posted(request), initial=held)
    if form.is_valid() and done(form, lambda: actions.settle_partnership(request.actor, **form.given())):
        messages.success(request, "Saved.")
        return redirect("places:settings", partnership.slug)
    return render(request, "places/settle.html", {"form": form, "heading": kind.title})


@door(Act.SETTLE_PARTNERSHIP, methods=("GET", "POST"))
def publish(request: PlaceRequest) -> HttpResponse:
    """What everybody sees once the partnership is published, and the step itself."""
    partnership = request.partnership
    if request.method == "POST" and request.POST.get("published") in ("0", "1"):
        published = request.POST["published"] == "1"
        actions.settle_partnership(request.actor, published=published)
        now = "Everybody can see the whole now." if published else "Only members see it now."
        messages.success(request, now)
        return redirect("places:settings", partnership.slug)
    shown = [rule for rule in TABLE.values() if rule.when_published]
    return render(request, "places/publish.html", {"shown": shown, "published": partnership.published})


@door(Act.RECORD_ORGANISATION, methods=("GET", "POST"))
def parts(request: PlaceRequest) -> HttpResponse:
    """The parts in their order, and a new one."""
    form = PartForm(posted(request))
    if form.is_valid() and done(
        form, lambda: actions.name_part(request.actor, name=form.cleaned_data["name"])
    ):
        messages.success(request, "The part was added.")
        return redirect("places:parts", request.partnership.slug)
    return render(
        request, "places/parts.html", {"form": form, "parts": queries.parts_held_for(request.actor)}
    )


@door(Act.RECORD_ORGANISATION, methods=("GET", "POST"))
def part(request: PlaceRequest, part_id: str) -> HttpResponse:
    """A part is called otherwise."""
    held = queries.part_held_for(request.actor, part_id)
    form = PartForm(posted(request), initial={"name": held.name})
    if form.is_valid():
        name = form.cleaned_data["name"]
        if done(form, lambda: actions.rename_part(request.actor, part_id=part_id, name=name)):
            messages.success(request, "Saved.")
            return redirect("places:parts", request.partnership.slug)
    return render(request, "places/part.html", {"form": form, "part": held})


@door(Act.RECORD_ORGANISATION, methods=("POST",))
def part_move(request: PlaceRequest, part_id: str) -> HttpResponse:
    """A part goes up or down by one."""
    actions.move_part(request.actor, part_id=part_id, up=request.POST.get("to") == "up")
    return redirect("places:parts", request.partnership.slug)


@door(Act.RECORD_ORGANISATION, methods=("GET", "POST"))
def part_remove(request: PlaceRequest, part_id: str) -> HttpResponse:
    """A part goes, once it is sure where that which hangs on it goes."""
    held, every = queries.part_held_for(request.actor, part_id), queries.parts_held_for(request.actor)
    others = [(each.id, each.name) for each in every if each.id != part_id]
    form = RemovePartForm(posted(request), others=others) if held.hangs else SureForm(posted(request))
    if form.is_valid():
        into = form.cleaned_data.get("into", "")
        if done(form, lambda: actions.remove_part(request.actor, part_id=part_id, into_id=into)):
            messages.success(request, f"{held.name} is no part any more.")
            return redirect("places:parts", request.partnership.slug)
    return render(request, "places/part_remove.html", {"form": form, "part": held, "others": others})


@door(Act.SEE_WHOLE)
def colour(request: PlaceRequest) -> HttpResponse:
    """The partnership's colour as a stylesheet of its own: no page needs an inline style."""
    answer = HttpResponse(stylesheet(request.partnership.colour), content_type="text/css; charset=utf-8")
    # It holds nothing but a colour, and its address changes with it.
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


def _sent(request: PlaceRequest, *sent: Any) -> None:
    """The letters of invitations that hold, on their way; each link is spoken of here and nowhere else."""
    links = [request.build_absolute_uri(reverse("invitation", args=[each.secret])) for each in sent]
    send([invitation_letter(each, link) for each, link in zip(sent, links, strict=True)])


def posted(request: PlaceRequest) -> QueryDict | None:
    """What a form was sent with, even where that is nothing; None for a page that is only looked at."""
    return request.POST if request.method == "POST" else None


def attempt(form: Form, act: Callable[[], Any]) -> Any:
    """What the act gives, or None where it was refused: told beside the field that it is about."""
    try:
        return act()
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return None


def done(form: Form, act: Callable[[], object]) -> bool:
    """Whether the act was done; a refusal is told beside the field that it is about."""
    return attempt(form, lambda: (act(),)) is not None
