"""What may this actor see of partnerships, people and organisations?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError
from django.db.models import Q, QuerySet

from folkmoot.apps.places.admitting import HELD, HOME, PARTNERSHIP, PERSON, POST, admitted, only, whole_of
from folkmoot.apps.places.invitations import (
    Asked,
    invitation_for,
    invitations_for,
    waiting_for,
)
from folkmoot.apps.places.members import Member, member_for, members_for, my_partnerships_for
from folkmoot.apps.places.models import (
    Account,
    DiaryLine,
    Initiative,
    Membership,
    Organisation,
    Part,
    Partnership,
    Person,
    Post,
)
from folkmoot.apps.places.paging import MOST_CHOICES
from folkmoot.apps.places.parts import PartHeld, part_held_for, parts_held_for
from folkmoot.apps.places.setting_up import SetUpStep, setting_up_for
from folkmoot.apps.places.tokens import token_actor, tokens_for
from folkmoot.core.access import Act, Actor, Role, require
from folkmoot.core.kernel.errors import NotFound

__all__ = [
    "HELD",
    "HOME",
    "PARTNERSHIP",
    "PERSON",
    "POST",
    "Anchor",
    "Asked",
    "Member",
    "PartHeld",
    "SetUpStep",
    "Unjoined",
    "account_by_email",
    "actor_for",
    "admitted",
    "anchors_for",
    "changes_for",
    "database_answers",
    "diary_for",
    "initiatives_for",
    "invitation_for",
    "invitations_for",
    "member_for",
    "members_for",
    "my_partnerships_for",
    "only",
    "organisation_count_for",
    "organisations_for",
    "part_held_for",
    "partnership_for",
    "partnerships_for",
    "parts_for",
    "parts_held_for",
    "people_for",
    "people_without_account_for",
    "person_for",
    "posts_for",
    "setting_up_for",
    "token_actor",
    "tokens_for",
    "waiting_for",
    "whole_of",
]


def actor_for(account: Account | None, slug: str) -> tuple[Partnership, Actor]:
    """The partnership by its name in the address, and who this account is to it."""
    partnership = Partnership.objects.select_related("place").filter(slug=slug).first()
    if partnership is None:
        raise NotFound("There is no such partnership.")
    held = None
    if account is not None:
        held = Membership.objects.filter(partnership=partnership, account=account).first()
    if held is None:
        return partnership, Actor(account_id=account.id if account else "")
    return partnership, Actor(Role(held.role), partnership.id, account.id, held.person_id or "")


def account_by_email(email: str) -> Account:
    """The account at an address, for a door that knows the address is proved."""
    return only(Account.objects.filter(email__iexact=email))


def partnerships_for(actor: Actor) -> QuerySet[Partnership]:
    """Partnerships that are published, and those that this account belongs to."""
    mine = Q(membership__account_id=actor.account_id) if actor.account_id else Q(pk__in=[])
    return (
        Partnership.objects.filter(Q(published=True) | mine)
        .distinct()
        .order_by("name")
        .select_related("place")
    )


def partnership_for(actor: Actor, partnership_id: str) -> Partnership:
    """One partnership whose whole the actor may see."""
    rows = admitted(Act.SEE_WHOLE, actor, Partnership.objects.filter(id=partnership_id), PARTNERSHIP)
    return only(rows.select_related("place"))


def parts_for(actor: Actor, partnership_id: str) -> list[Part]:
    """The partnership's parts in its own order."""
    return list(admitted(Act.SEE_WHOLE, actor, Part.objects.filter(partnership_id=partnership_id)))


def organisations_for(actor: Actor) -> QuerySet[Organisation]:
    """Organisations of the partnership."""
    return admitted(Act.SEE_ORGANISATIONS, actor, Organisation.objects.select_related("part"))


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor by id and name: a body, so its name is public."""

    id: str
    name: str


def anchors_for(actor: Actor, partnership_id: str) -> list[Anchor]:
    """The anchors of a partnership whose whole the actor may see."""
    rows = Organisation.objects.filter(partnership_id=partnership_id, anchor=True)
    return [Anchor(row.id, row.name) for row in admitted(Act.SEE_WHOLE, actor, rows)]


def organisation_count_for(actor: Actor, partnership_id: str) -> int:
    """How many organisations belong."""
    return admitted(Act.SEE_WHOLE, actor, Organisation.objects.filter(partnership_id=partnership_id)).count()


def people_for(actor: Actor) -> QuerySet[Person]:
    """People whose posts the actor may see."""
    return admitted(Act.SEE_PERSON, actor, Person.objects.all(), PERSON)


@dataclass(frozen=True, slots=True)
class Unjoined:
    """Somebody who is recorded, and as whom nobody signs in."""

    id: str
    name: str
    email: str


def people_without_account_for(actor: Actor, person_id: str = "") -> list[Unjoined] | None:
    """People whom nobody who belongs is recorded as: somebody invited may be one of them. All of them, or
    the one who is asked for; None for too many to choose from."""
    taken = Membership.objects.filter(partnership_id=actor.partnership_id, person_id__isnull=False)
    rows = people_for(actor).filter(partnership_id=actor.partnership_id)
    rows = rows.exclude(id__in=taken.values("person_id"))
    found = rows.filter(id=person_id) if person_id else rows[: MOST_CHOICES + 1]
    people = [Unjoined(row.id, row.name, row.email) for row in found]
    return people if len(people) <= MOST_CHOICES else None


def person_for(actor: Actor, person_id: str) -> Person:
    """One of them."""
    return only(people_for(actor).filter(id=person_id))


def posts_for(actor: Actor) -> QuerySet[Post]:
    """Posts of the people the actor may see."""
    return admitted(Act.SEE_PERSON, actor, Post.objects.select_related("organisation__part", "part"), POST)


def initiatives_for(actor: Actor) -> QuerySet[Initiative]:
    """Pieces of work of the partnership."""
    return admitted(Act.SEE_ORGANISATIONS, actor, Initiative.objects.all())


def changes_for(actor: Actor, partnership_id: str, acts: Iterable[str]) -> Iterator[tuple[str, datetime]]:
    """When acts of these kinds were done, newest first: never by whom, nor about whom."""
    partnership_for(actor, partnership_id)
    lines = DiaryLine.objects.filter(partnership_id=partnership_id, act__in=[str(act) for act in acts])
    return lines.order_by("-number").values_list("act", "at").iterator()


def diary_for(actor: Actor) -> QuerySet[DiaryLine]:
    """The partnership's diary, newest first."""
    require(Act.SEE_DIARY, actor, whole_of(actor))
    return DiaryLine.objects.filter(partnership_id=actor.partnership_id).order_by("-number")


def database_answers() -> bool:
    """Whether the tables are there and can be read."""
    try:
        Partnership.objects.exists()
    except DatabaseError:
        return False
    return True
