"""Who is asked to belong, and what becomes of it?

An invitation is bound to one address, holds for fourteen days and serves once. Its link holds a secret, of
which only the hash is kept, so that neither the tables nor a copy of them can open it; sent again, it has a
new secret and the old link is dead. The secret only opens the page and lets a code be sent to the bound
address: joining takes that code, so a letter that is forwarded lets nobody else in.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from folkmoot.apps.places import clock
from folkmoot.apps.places.admitting import admitted, only, whole_of
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.members import known_role, not_by_token
from folkmoot.apps.places.models import (
    Account,
    DiaryLine,
    Invitation,
    MemberRole,
    Membership,
    Partnership,
    Person,
)
from folkmoot.apps.places.tokens import hash_of
from folkmoot.apps.places.turns import hold, in_turn
from folkmoot.core.access import Act, Actor, Role, require
from folkmoot.core.kernel.addresses import is_address
from folkmoot.core.kernel.errors import NotAllowed, Refused

HOLDS_FOR = timedelta(days=14)
SECRET = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
MOST_LETTERS = 5  # to one address within a day: an invitation is no way to flood somebody


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation with the secret of its link, which goes into the letter and nowhere else."""

    invitation: Invitation
    secret: str
    inviter: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An open invitation as whoever is invited sees it."""

    id: str
    email: str
    name: str
    role: str
    role_words: str
    partnership: Partnership
    inviter: str
    expires_at: datetime


def invitations_for(actor: Actor) -> QuerySet[Invitation]:
    """Invitations that are neither accepted nor withdrawn, the newest first; some may have run out."""
    rows = Invitation.objects.select_related("person").filter(accepted_at=None, withdrawn_at=None)
    return admitted(Act.ADMIT_MEMBER, actor, rows)


def invitation_for(actor: Actor, invitation_id: str) -> Invitation:
    """One of them."""
    return only(invitations_for(actor).filter(id=invitation_id))


def waiting_for(actor: Actor) -> tuple[Asked, ...]:
    """Open invitations to the address with which the actor signed in: the code has proved it theirs."""
    account = _account(actor)
    if account is None:
        return ()
    rows = _open().filter(email__iexact=account.email)
    return tuple(_asked(row) for row in rows.select_related("partnership__place"))


def invitation_behind(secret: str) -> Asked | None:
    """The open invitation that this link leads to; used, withdrawn, run out and unknown are all None."""
    row = _behind(secret)
    return _asked(row) if row else None


def account_invited(secret: str) -> Account | None:
    """The account at the address that an open invitation is bound to, made now where there is none.

    It belongs to nothing yet. None where the link leads to no open invitation.
    """
    with transaction.atomic():
        row = _behind(secret)
        if row is None:
            return None
        if held := Account.objects.filter(email__iexact=row.email).first():
            return held
        # Two at once make one account.
        return Account.objects.get_or_create(email=row.email, defaults={"name": row.name})[0]


@in_turn
def invite_member(actor: Actor, *, email: str, role: Role, name: str = "", person_id: str = "") -> Sent:
    """Somebody is asked to belong in a role; the letter is sent by whoever called this, once it holds."""
    require(Act.ADMIT_MEMBER, actor, whole_of(actor))
    address, known = email.strip().lower(), known_role(role)
    not_by_token(actor, known)
    if not is_address(address):
        raise Refused("This is no e-mail address.", "", "Write it like name@example.org.", field="email")
    if Membership.objects.filter(
        partnership_id=actor.partnership_id, account__email__iexact=address
    ).exists():
        raise Refused(f"{address} belongs already.", field="email")
    if _open().filter(partnership_id=actor.partnership_id, email__iexact=address).exists():
        raise Refused(
            f"{address} is invited already.", "", "Send that invitation again, or withdraw it.", field="email"
        )
    if person_id and not Person.objects.filter(id=person_id, partnership_id=actor.partnership_id).exists():
        raise Refused("This person is not known here.", field="person_id")
    # One that ran out is over for good, even if the clock is put back.
    invitations_for(actor).filter(email__iexact=address).update(withdrawn_at=clock.now())
    row = Invitation(
        partnership_id=actor.partnership_id,
        email=address,
        name=one_line(name)[:200],
        role=known,
        person_id=person_id or None,
    )
    return _send(actor, row)


@in_turn
def send_invitation_again(actor: Actor, *, invitation_id: str) -> Sent:
    """The same invitation with a new link, for another fourteen days; the old link is dead."""
    require(Act.ADMIT_MEMBER, actor, whole_of(actor))
    row = invitation_for(actor, invitation_id)
    not_by_token(actor, row.role)
    return _send(actor, row)


@in_turn
def withdraw_invitation(actor: Actor, *, invitation_id: str) -> Invitation:
    """The link is dead, and nobody joins by it."""
    require(Act.ADMIT_MEMBER, actor, whole_of(actor))
    row = invitation_for(actor, invitation_id)
    row.withdrawn_at = clock.now()
    row.save(update_fields=["withdrawn_at"])
    write_line(actor, Act.ADMIT_MEMBER, row.partnership_id, row.id, withdrawn=row.email)
    return row


@transaction.atomic
def accept_invitation(actor: Actor, *, invitation_id: str, name: str = "") -> Membership:
    """The account that the invitation is bound to belongs from now on, in the role that it says.

    Whoever belongs already keeps their role. Pressed twice, it is still one membership.
    """
    account = _account(actor)
    mine = Invitation.objects.filter(id=invitation_id, email__iexact=account.email if account else "")
    row = mine.first()
    if account is None or row is None:
        raise NotAllowed(
            "This invitation is not open to you.",
            "It is bound to another address, or there is none.",
            "Sign in with the address that the letter came to.",
        )
    hold(row.partnership_id)
    row.refresh_from_db()
    held = Membership.objects.filter(partnership_id=row.partnership_id, account=account).first()
    if held is None:
        _still_open(row)
        held = Membership.objects.create(
            partnership_id=row.partnership_id, account=account, person_id=row.person_id, role=row.role
        )
        _named(account, name or row.name)
        joined = Actor(Role(held.role), row.partnership_id, account.id, row.person_id or "")
        write_line(joined, Act.ADMIT_MEMBER, row.partnership_id, held.id, joined=row.role, by=row.id)
    if row.accepted_at is None and row.withdrawn_at is None:
        row.accepted_at = clock.now()
        row.save(update_fields=["accepted_at"])
    return held


def one_line(text: str) -> str:
    """A text for a subject or a name in a letter: no line of it can become a line of the letter's head."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _send(actor: Actor, row: Invitation) -> Sent:
    """A fresh secret and fourteen days, kept and written down."""
    _not_too_often(row)
    secret, moment = secrets.token_urlsafe(32), clock.now()
    row.secret_hash, row.account_id = hash_of(secret), actor.account_id
    row.made_at, row.expires_at = moment, moment + HOLDS_FOR
    row.save()
    write_line(actor, Act.ADMIT_MEMBER, row.partnership_id, row.id, invited=row.email, role=row.role)
    return Sent(row, secret, _name_of(row.account_id))


def _not_too_often(row: Invitation) -> None:
    to_them = Invitation.objects.filter(partnership_id=row.partnership_id, email__iexact=row.email)
    sent = DiaryLine.objects.filter(
        partnership_id=row.partnership_id,
        act=Act.ADMIT_MEMBER,
        subject_id__in=to_them.values("id"),
        at__gt=clock.now() - timedelta(days=1),
    )
    if sent.count() >= MOST_LETTERS:
        raise Refused(
            f"{row.email} has had several letters today.", "", "Speak with them, or try again tomorrow."
        )


def _open() -> QuerySet[Invitation]:
    """Those that hold: an invitation is as good as the convenor who sent it."""
    convene = Membership.objects.filter(
        partnership=OuterRef("partnership"), account_id=OuterRef("account_id"), role=MemberRole.CONVENOR
    )
    rows = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=clock.now())
    return rows.filter(Q(account_id="") | Exists(convene))


def _behind(secret: str) -> Invitation | None:
    if not SECRET.fullmatch(secret):
        return None
    return _open().filter(secret_hash=hash_of(secret)).select_related("partnership__place").first()


def _still_open(row: Invitation) -> None:
    if not _open().filter(id=row.id).exists():
        raise Refused(
            "This invitation does not hold any more.",
            "It was used, withdrawn, or is older than fourteen days.",
            "Ask whoever invited you for a new one.",
        )


def _account(actor: Actor) -> Account | None:
    """Whoever signed in; a token speaks for one partnership and joins no other."""
    if not actor.account_id or actor.scopes is not None:
        return None
    return Account.objects.filter(id=actor.account_id, is_active=True).first()


def _named(account: Account, name: str) -> None:
    if not account.name and (said := one_line(name)[:200]):
        account.name = said
        account.save(update_fields=["name"])


def _asked(row: Invitation) -> Asked:
    words = MemberRole(row.role).label
    inviter = _name_of(row.account_id)
    return Asked(row.id, row.email, row.name, row.role, words, row.partnership, inviter, row.expires_at)


def _name_of(account_id: str) -> str:
    return Account.objects.filter(id=account_id).values_list("name", flat=True).first() or ""
