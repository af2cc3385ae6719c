"""How do programs ask about partnerships, organisations and members, and record them?"""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router

from folkmoot.apps.places import actions, place_shapes, queries
from folkmoot.apps.places.callers import caller
from folkmoot.apps.places.letters import invitation_letter, send
from folkmoot.apps.places.routes import Call, Routes, listed
from folkmoot.apps.places.shapes import Listed, Page
from folkmoot.core.access import NOBODY, Act

routes = Routes("places")
install = Router(tags=["install"])
Out = dict[str, Any]


def everybody(request: HttpRequest) -> bool:
    """Anybody may ask; a token that does not hold is refused here too."""
    caller(request)
    return True


@install.get(
    "/partnerships",
    auth=everybody,
    response=Listed[place_shapes.PlaceOut],
    operation_id="partnerships",
    url_name="partnerships",
    summary="The partnerships that are published, and the token's own",
)
def partnerships(request: HttpRequest, page: Query[Page]) -> Out:
    """The partnerships that are published, and the one that the token is of."""
    home, actor = caller(request)
    found = list(queries.partnerships_for(NOBODY))
    if home is not None and not home.published:
        found.insert(0, queries.partnership_for(actor, home.id))
    return listed(request, [_place(one) for one in found], page)


@routes.get("/partnership", Act.SEE_WHOLE, place_shapes.PartnershipOut)
def partnership(request: Call) -> Out:
    """What the partnership says of itself."""
    return _partnership(request, queries.partnership_for(request.actor, request.partnership.id))


@routes.post("/partnership", Act.SETTLE_PARTNERSHIP, place_shapes.SettledOut)
def settle_partnership(request: Call, body: place_shapes.SettingsSent) -> Out:
    """What the partnership says of itself is changed, all of it or nothing."""
    settled = actions.settle_partnership(request.actor, **body.dict())
    return {**_partnership(request, settled), "keep_months": settled.keep_months}


@routes.get("/parts", Act.SEE_WHOLE, Listed[place_shapes.NamedOut])
def parts(request: Call, page: Query[Page]) -> Out:
    """The parts that the partnership sees its system in, in its own order."""
    return listed(request, queries.parts_for(request.actor, request.partnership.id), page)


@routes.post("/parts", Act.RECORD_ORGANISATION, place_shapes.NamedOut, made=True)
def name_part(request: Call, body: place_shapes.PartNameSent) -> Any:
    """A part of the system, added at the end of the list."""
    return actions.name_part(request.actor, name=body.name)


@routes.get("/parts/held", Act.RECORD_ORGANISATION, Listed[place_shapes.PartHeldOut])
def parts_held(request: Call, page: Query[Page]) -> Out:
    """The parts, each with what hangs on it."""
    return listed(request, queries.parts_held_for(request.actor), page)


@routes.post("/parts/{part_id}/rename", Act.RECORD_ORGANISATION, place_shapes.NamedOut)
def rename_part(request: Call, part_id: str, body: place_shapes.PartNameSent) -> Any:
    """The part is called so from now on."""
    return actions.rename_part(request.actor, part_id=part_id, name=body.name)


@routes.post("/parts/{part_id}/move", Act.RECORD_ORGANISATION, place_shapes.NamedOut)
def move_part(request: Call, part_id: str, body: place_shapes.MoveSent) -> Any:
    """The part changes places with the one above it, or below."""
    return actions.move_part(request.actor, part_id=part_id, up=body.up)


@routes.post("/parts/{part_id}/remove", Act.RECORD_ORGANISATION)
def remove_part(request: Call, part_id: str, body: place_shapes.IntoSent) -> None:
    """The part is there no more; what hangs on it goes into another, which is named where anything does."""
    actions.remove_part(request.actor, part_id=part_id, into_id=body.into_id)


@routes.get("/organisations", Act.SEE_ORGANISATIONS, Listed[place_shapes.OrganisationOut])
def organisations(request: Call, page: Query[Page]) -> Out:
    """The organisations that belong, by name."""
    return listed(request, queries.organisations_for(request.actor), page)


@routes.post("/organisations", Act.RECORD_ORGANISATION, place_shapes.OrganisationOut, made=True)
def record_organisation(request: Call, body: place_shapes.OrganisationSent) -> Any:
    """An organisation of the partnership."""
    return actions.record_organisation(request.actor, **body.dict())


@routes.get("/anchors", Act.SEE_WHOLE, Listed[place_shapes.NamedOut])
def anchors(request: Call, page: Query[Page]) -> Out:
    """The anchors: bodies that publish what they spend."""
    return listed(request, queries.anchors_for(request.actor, request.partnership.id), page)


@routes.post("/anchors", Act.RECORD_ORGANISATION, place_shapes.OrganisationOut, made=True)
def name_anchor(request: Call, body: place_shapes.NameSent) -> Any:
    """The organisation of that name is an anchor from now on; it is recorded where it is not known."""
    return actions.name_anchor(request.actor, name=body.name)


@routes.get("/initiatives", Act.SEE_ORGANISATIONS, Listed[place_shapes.InitiativeOut])
def initiatives(request: Call, page: Query[Page]) -> Out:
    """Pieces of work of the partnership."""
    return listed(request, queries.initiatives_for(request.actor), page)


@routes.post("/initiatives", Act.RECORD_ORGANISATION, place_shapes.InitiativeOut, made=True)
def start_initiative(request: Call, body: place_shapes.InitiativeSent) -> Any:
    """A piece of work of the partnership."""
    return actions.start_initiative(request.actor, **body.dict())


@routes.post("/people", Act.RECORD_PERSON, place_shapes.PersonOut, made=True)
def record_person(request: Call, body: place_shapes.PersonSent) -> Any:
    """Somebody the partnership knows."""
    return actions.record_person(request.actor, name=body.name, email=body.email or "")


@routes.post("/people/{person_id}/posts", Act.RECORD_PERSON, place_shapes.PostOut, made=True)
def record_post(request: Call, person_id: str, body: place_shapes.PostSent) -> Any:
    """A person holds a post in an organisation; a resident speaks for a part without one."""
    return actions.record_post(request.actor, person_id=person_id, **body.dict())


@routes.get("/members", Act.SEE_MEMBERS, Listed[place_shapes.MemberOut])
def members(request: Call, page: Query[Page]) -> Out:
    """Everybody who belongs, convenors first; addresses where you may see them."""
    return listed(request, queries.members_for(request.actor), page)


@routes.get("/members/{membership_id}", Act.SEE_MEMBERS, place_shapes.MemberOut)
def member(request: Call, membership_id: str) -> Any:
    """One who belongs."""
    return queries.member_for(request.actor, membership_id)


@routes.post("/members/{membership_id}/role", Act.ADMIT_MEMBER, place_shapes.MembershipOut)
def change_role(request: Call, membership_id: str, body: place_shapes.RoleSent) -> Any:
    """A member has another role from now on. The last convenor stays one."""
    return actions.change_role(request.actor, membership_id=membership_id, role=body.role)


@routes.post("/members/{membership_id}/take-out", Act.ADMIT_MEMBER)
def take_out_member(request: Call, membership_id: str) -> None:
    """Somebody belongs no more: their pages and tokens are closed at once. What is recorded stays."""
    actions.take_out_member(request.actor, membership_id=membership_id)


@routes.post("/members/{membership_id}/leave", Act.LEAVE)
def leave_partnership(request: Call, membership_id: str) -> None:
    """You yourself belong no more, and this token ends with it."""
    actions.leave_partnership(request.actor, membership_id=membership_id)


@routes.get("/invitations", Act.ADMIT_MEMBER, Listed[place_shapes.InvitationOut])
def invitations(request: Call, page: Query[Page]) -> Out:
    """Invitations that are neither accepted nor withdrawn, the newest first; some may have run out."""
    return listed(request, queries.invitations_for(request.actor), page)


@routes.post("/invitations", Act.ADMIT_MEMBER, place_shapes.InvitationOut, made=True)
def invite_member(request: Call, body: place_shapes.InvitationSent) -> Any:
    """Somebody is asked to belong; a letter goes to them. Its link is in the letter alone."""
    return _post(request, actions.invite_member(request.actor, **body.dict()))


@routes.post("/invitations/{invitation_id}/again", Act.ADMIT_MEMBER, place_shapes.InvitationOut)
def send_invitation_again(request: Call, invitation_id: str) -> Any:
    """The same invitation with a new link, for another fourteen days; the old link is dead."""
    return _post(request, actions.send_invitation_again(request.actor, invitation_id=invitation_id))


@routes.post("/invitations/{invitation_id}/withdraw", Act.ADMIT_MEMBER, place_shapes.InvitationOut)
def withdraw_invitation(request: Call, invitation_id: str) -> Any:
    """The link is dead, and nobody joins by it."""
    return actions.withdraw_invitation(request.actor, invitation_id=invitation_id)


@routes.get("/tokens", Act.HOLD_TOKEN, Listed[place_shapes.TokenOut])
def tokens(request: Call, page: Query[Page]) -> Out:
    """The holder's own tokens here, without their secrets."""
    return listed(request, queries.tokens_for(request.actor), page)


@routes.post("/tokens/{token_id}/revoke", Act.HOLD_TOKEN, place_shapes.TokenOut)
def revoke_token(request: Call, token_id: str) -> Any:
    """One of the holder's own tokens ends, at once and for good."""
    return actions.revoke_token(request.actor, token_id=token_id)


@routes.get("/diary", Act.SEE_DIARY, Listed[place_shapes.LineOut])
def diary(request: Call, page: Query[Page]) -> Out:
    """The partnership's diary, newest first: enough to recount its chain."""
    return listed(request, queries.diary_for(request.actor), page)


def _post(request: Call, sent: Any) -> Any:
    """The letter goes out; the link is spoken of here and nowhere else."""
    link = request.build_absolute_uri(reverse("invitation", args=[sent.secret]))
    send([invitation_letter(sent, link)])
    return sent.invitation


def _place(found: Any) -> Out:
    told = ("slug", "name", "purpose", "published")
    return {"place": found.place.name, **{name: getattr(found, name) for name in told}}


def _partnership(request: Call, found: Any) -> Out:
    own = ("founded_on", "zone", "currency", "target", "window_days", "colour", "level_words")
    return {
        **_place(found),
        **{name: getattr(found, name) for name in own},
        "organisations": queries.organisation_count_for(request.actor, found.id),
    }
