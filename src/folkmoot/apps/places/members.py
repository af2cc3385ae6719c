"""Who belongs to the partnership, in which role, and how does that end?

A partnership never loses its last convenor: whoever would be it can neither leave nor be given another role.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django.db.models.functions import Lower

from folkmoot.apps.places import clock
from folkmoot.apps.places.admitting import HELD, admitted, only, whole_of
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.models import (
    Account,
    DiaryLine,
    Invitation,
    MemberRole,
    Membership,
    Partnership,
    Person,
)
from folkmoot.apps.places.tokens import end_tokens_of
from folkmoot.apps.places.turns import hold, in_turn
from folkmoot.core.access import Act, Actor, Role, Subject, answer, require
from folkmoot.core.kernel.errors import NotAllowed, Refused


@dataclass(frozen=True, slots=True)
class Member:
    """One who belongs, as other members see them; the address only where the reader is a convenor."""

    id: str
    name: str
    role: str
    role_words: str
    since: datetime | None
    email: str = ""
    person_id: str = ""
    is_me: bool = False
    closed: bool = False
    last_convenor: bool = False


def members_for(actor: Actor) -> tuple[Member, ...]:
    """Everybody who belongs, convenors first, then by name."""
    require(Act.SEE_MEMBERS, actor, whole_of(actor))
    rows = admitted(Act.SEE_MEMBERS, actor, Membership.objects.select_related("account", "person"))
    since, convenors = _since(actor.partnership_id), convenors_of(actor.partnership_id)
    open_addresses = answer(Act.ADMIT_MEMBER, actor, whole_of(actor)).allowed
    members = [_shown(row, actor, since, open_addresses, convenors == {row.id}) for row in rows]
    order = list(MemberRole.values)[::-1]
    return tuple(sorted(members, key=lambda each: (order.index(each.role), each.name.casefold(), each.id)))


def member_for(actor: Actor, membership_id: str) -> Member:
    """One of them."""
    only(admitted(Act.SEE_MEMBERS, actor, Membership.objects.filter(id=membership_id)))
    return next(each for each in members_for(actor) if each.id == membership_id)


def my_partnerships_for(actor: Actor) -> list[tuple[str, str]]:
    """Where this account belongs, as names in addresses and names, for whoever goes from one to another."""
    if not actor.account_id:
        return []
    mine = Partnership.objects.filter(membership__account_id=actor.account_id)
    return list(mine.order_by(Lower("name"), "slug").values_list("slug", "name"))


@in_turn
def admit_member(
    actor: Actor, *, partnership_id: str, email: str, name: str, role: Role, person_id: str = ""
) -> Membership:
    """Somebody belongs to the partnership in a role; their account is made where there is none."""
    require(Act.ADMIT_MEMBER, actor, Subject(partnership_id=partnership_id))
    hold(partnership_id)  # the operator has none of their own
    known = known_role(role)
    if person_id and not Person.objects.filter(id=person_id, partnership_id=partnership_id).exists():
        raise Refused("This person is not known here.", field="person_id")
    address = email.strip().lower()
    account = Account.objects.filter(email__iexact=address).first()
    if account is None:
        # Another partnership may admit the same new address at this moment.
        account, _ = Account.objects.get_or_create(email=address, defaults={"name": name})
    held = Membership.objects.filter(partnership_id=partnership_id, account=account).first()
    if held:
        _keep_a_convenor(held, known)
    membership, _ = Membership.objects.update_or_create(
        partnership_id=partnership_id,
        account=account,
        defaults={"role": known, "person_id": person_id or None},
    )
    write_line(actor, Act.ADMIT_MEMBER, partnership_id, membership.id, role=known, email=address)
    return membership


@in_turn
def change_role(actor: Actor, *, membership_id: str, role: Role) -> Membership:
    """A member has another role from now on; what they may see changes with their next page."""
    require(Act.ADMIT_MEMBER, actor, whole_of(actor))
    known = known_role(role)
    not_by_token(actor, known)
    held = only(admitted(Act.ADMIT_MEMBER, actor, Membership.objects.filter(id=membership_id)))
    before = held.role
    if before != known:
        _keep_a_convenor(held, known)
        held.role = known
        held.save(update_fields=["role"])
        write_line(actor, Act.ADMIT_MEMBER, held.partnership_id, held.id, role=known, before=before)
    return held


@in_turn
def take_out_member(actor: Actor, *, membership_id: str) -> None:
    """Somebody belongs no more: their pages and tokens are closed at once. What is recorded stays."""
    require(Act.ADMIT_MEMBER, actor, whole_of(actor))
    _end(
        actor,
        Act.ADMIT_MEMBER,
        only(admitted(Act.ADMIT_MEMBER, actor, Membership.objects.filter(id=membership_id))),
    )


@in_turn
def leave_partnership(actor: Actor, *, membership_id: str) -> None:
    """The actor themself belongs no more."""
    require(Act.LEAVE, actor, Subject(partnership_id=actor.partnership_id, account_id=actor.account_id))
    _end(
        actor, Act.LEAVE, only(admitted(Act.LEAVE, actor, Membership.objects.filter(id=membership_id), HELD))
    )


def known_role(role: str) -> str:
    """A role that somebody can be given, or a refusal: nobody is made the operator by a form."""
    if role not in MemberRole.values:
        raise Refused("There is no such role.", "", "Choose member, core member or convenor.", field="role")
    return str(role)


def not_by_token(actor: Actor, role: str) -> None:
    """A token hands out no role but a member's: it would give somebody more than it was given itself."""
    if actor.scopes is not None and role != MemberRole.MEMBER:
        raise NotAllowed(
            "A token cannot make somebody a convenor or core member.",
            "Whoever became one could do what the token may not.",
            "Sign in, and do it there.",
        )


def convenors_of(partnership_id: str) -> set[str]:
    """The memberships of the convenors who can sign in."""
    rows = Membership.objects.filter(
        partnership_id=partnership_id, role=MemberRole.CONVENOR, account__is_active=True
    )
    return set(rows.values_list("id", flat=True))


def _keep_a_convenor(held: Membership, becoming: str = "") -> None:
    if becoming != MemberRole.CONVENOR and convenors_of(held.partnership_id) == {held.id}:
        raise Refused(
            "The last convenor stays.",
            "Without a convenor nobody could invite, record or settle anything here.",
            "Make somebody else a convenor first.",
        )


def _end(actor: Actor, act: Act, held: Membership) -> None:
    _keep_a_convenor(held)
    tokens = end_tokens_of(held.account_id, held.partnership_id)
    # An invitation that still waits for them would let them back in.
    Invitation.objects.filter(
        partnership_id=held.partnership_id,
        email__iexact=held.account.email,
        accepted_at=None,
        withdrawn_at=None,
    ).update(withdrawn_at=clock.now())
    write_line(actor, act, held.partnership_id, held.id, ended=held.role, tokens=tokens)
    held.delete()


def _since(partnership_id: str) -> Mapping[str, datetime]:
    """Since when each membership is there: its first line in the diary says so."""
    lines = DiaryLine.objects.filter(partnership_id=partnership_id, act=Act.ADMIT_MEMBER)
    return dict(lines.values_list("subject_id").annotate(Min("at")))


def _shown(
    row: Membership, actor: Actor, since: Mapping[str, datetime], open_address: bool, last: bool
) -> Member:
    is_me = row.account_id == actor.account_id
    return Member(
        id=row.id,
        name=row.account.name or _known_as(row, actor),
        role=row.role,
        role_words=MemberRole(row.role).label,
        since=since.get(row.id),
        email=row.account.email if open_address or is_me else "",
        person_id=row.person_id or "",
        is_me=is_me,
        closed=not row.account.is_active,
        last_convenor=last,
    )


def _known_as(row: Membership, actor: Actor) -> str:
    """The name that the partnership knows them by, where the reader may see that person."""
    person = row.person
    if person is None:
        return ""
    about = Subject(row.partnership_id, person_id=person.id, circle=person.circle)
    return person.name if answer(Act.SEE_PERSON, actor, about).allowed else ""
