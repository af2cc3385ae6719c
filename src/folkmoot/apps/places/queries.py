"""What may this actor see of partnerships, people and organisations?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db import DatabaseError
from django.db.models import Model, Q, QuerySet

from folkmoot.apps.places.models import (
    Account,
    DiaryLine,
    Membership,
    Organisation,
    Part,
    Partnership,
    Person,
    Post,
)
from folkmoot.core.access import Act, Actor, Role, Subject, criterion, require
from folkmoot.core.kernel.errors import NotFound

Row = TypeVar("Row", bound=Model)

# Where a Subject's fields lie on rows that belong to a partnership.
HOME = {"partnership_id": "partnership_id", "published": "partnership__published", "person_id": "person_id"}
PERSON = {**HOME, "person_id": "id"}
PARTNERSHIP = {"partnership_id": "id", "published": "published"}


def admitted(act: Act, actor: Actor, rows: QuerySet[Row], fields: Mapping[str, str] = HOME) -> QuerySet[Row]:
    """The rows on which the actor may do this act: a criterion turned into a database filter, here alone."""
    found = Q(pk__in=[])
    for way in criterion(act, actor).any_of:
        if set(way) <= set(fields):
            found |= Q(**{fields[field]: value for field, value in way.items()}) if way else Q()
            if not way:
                return rows
    return rows.filter(found)


def whole_of(actor: Actor) -> Subject:
    """The actor's own partnership as a subject."""
    return Subject(partnership_id=actor.partnership_id)


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


def person_for(actor: Actor, person_id: str) -> Person:
    """One of them."""
    return only(people_for(actor).filter(id=person_id))


def posts_for(actor: Actor) -> QuerySet[Post]:
    """Posts of the people the actor may see."""
    return admitted(Act.SEE_PERSON, actor, Post.objects.select_related("organisation__part", "part"))


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


def only(rows: QuerySet[Row]) -> Row:
    """The one row, or NotFound: nobody can tell what is missing from what is closed to them."""
    row = rows.first()
    if row is None:
        raise NotFound("There is no such thing here.")
    return row
