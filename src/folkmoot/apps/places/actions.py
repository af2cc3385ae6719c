"""What can be done to partnerships, people and organisations?"""

import re
from datetime import date

from django.db import transaction

from folkmoot.apps.places import clock
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.models import (
    Account,
    Initiative,
    Membership,
    Organisation,
    Part,
    Partnership,
    Person,
    Place,
    Post,
)
from folkmoot.apps.places.queries import only, whole_of
from folkmoot.core.access import Act, Actor, Role, Subject, require
from folkmoot.core.kernel.errors import Refused

# Addresses of the site's own pages: a partnership cannot take one as its name in the address.
RESERVED = frozenset({"guide", "sign-in", "sign-out", "healthz", "static", "demo", "api", "accounts", "mine"})
SLUG = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")


@transaction.atomic
def found_partnership(
    actor: Actor,
    *,
    place: str,
    name: str,
    slug: str,
    purpose: str = "",
    published: bool = False,
    founded_on: date | None = None,
) -> Partnership:
    """A new partnership in a place, with nobody in it yet."""
    require(Act.FOUND_PARTNERSHIP, actor, Subject())
    if slug in RESERVED:
        raise Refused(
            f"A partnership cannot be called “{slug}” in addresses.", "Folkmoot uses it.", field="slug"
        )
    if not SLUG.fullmatch(slug):
        raise Refused(
            f"A partnership cannot be called “{slug}” in addresses.",
            "An address holds small letters, digits and single dashes, 60 at most.",
            "Write it like marram-bay.",
            field="slug",
        )
    if Partnership.objects.filter(slug=slug).exists():
        raise Refused(
            f"There is a partnership at “{slug}” already.", "", "Choose another name.", field="slug"
        )
    there, _ = Place.objects.get_or_create(name=place)
    partnership = Partnership.objects.create(
        place=there,
        name=name,
        slug=slug,
        purpose=purpose,
        published=published,
        founded_on=founded_on or clock.today(),
    )
    write_line(actor, Act.FOUND_PARTNERSHIP, partnership.id, partnership.id, slug=slug)
    return partnership


@transaction.atomic
def admit_member(
    actor: Actor, *, partnership_id: str, email: str, name: str, role: Role, person_id: str = ""
) -> Membership:
    """Somebody belongs to the partnership in a role; their account is made where there is none."""
    require(Act.ADMIT_MEMBER, actor, Subject(partnership_id=partnership_id))
    if person_id and not Person.objects.filter(id=person_id, partnership_id=partnership_id).exists():
        raise Refused("This person is not known here.", field="person_id")
    address = email.strip().lower()
    account = Account.objects.filter(email__iexact=address).first()
    account = account or Account.objects.create(email=address, name=name)
    membership, _ = Membership.objects.update_or_create(
        partnership_id=partnership_id,
        account=account,
        defaults={"role": str(role), "person_id": person_id or None},
    )
    write_line(actor, Act.ADMIT_MEMBER, partnership_id, membership.id, role=str(role), email=address)
    return membership


@transaction.atomic
def settle_partnership(actor: Actor, *, published: bool, purpose: str, target: int) -> Partnership:
    """What the partnership says of itself, and whether its whole is open to the public."""
    require(Act.SETTLE_PARTNERSHIP, actor, whole_of(actor))
    partnership = Partnership.objects.select_for_update().get(id=actor.partnership_id)
    partnership.published, partnership.purpose, partnership.target = published, purpose, target
    partnership.save(update_fields=["published", "purpose", "target"])
    write_line(
        actor, Act.SETTLE_PARTNERSHIP, partnership.id, partnership.id, published=published, target=target
    )
    return partnership


@transaction.atomic
def name_part(actor: Actor, *, name: str) -> Part:
    """A part of the system, added at the end of the partnership's list."""
    require(Act.RECORD_ORGANISATION, actor, whole_of(actor))
    position = Part.objects.filter(partnership_id=actor.partnership_id).count()
    part, made = Part.objects.get_or_create(
        partnership_id=actor.partnership_id, name=name.strip(), defaults={"position": position}
    )
    if made:
        write_line(actor, Act.RECORD_ORGANISATION, actor.partnership_id, part.id, part=part.name)
    return part


@transaction.atomic
def record_organisation(
    actor: Actor, *, name: str, part_id: str = "", sector: str = "", size: str = "", anchor: bool = False
) -> Organisation:
    """An organisation of the partnership."""
    require(Act.RECORD_ORGANISATION, actor, whole_of(actor))
    if Organisation.objects.filter(partnership_id=actor.partnership_id, name__iexact=name.strip()).exists():
        raise Refused(f"{name.strip()} is recorded already.", field="name")
    organisation = Organisation.objects.create(
        partnership_id=actor.partnership_id,
        name=name.strip(),
        part=_part(actor, part_id),
        sector=sector,
        size=size,
        anchor=anchor,
    )
    write_line(
        actor,
        Act.RECORD_ORGANISATION,
        actor.partnership_id,
        organisation.id,
        name=organisation.name,
        anchor=anchor,
    )
    return organisation


@transaction.atomic
def name_anchor(actor: Actor, *, name: str) -> Organisation:
    """The organisation of that name is an anchor from now on; it is recorded where it is not known yet."""
    require(Act.RECORD_ORGANISATION, actor, whole_of(actor))
    own = Organisation.objects.filter(partnership_id=actor.partnership_id)
    organisation = own.filter(name__iexact=name.strip()).first()
    if organisation is None:
        return record_organisation(actor, name=name, anchor=True)
    if not organisation.anchor:
        organisation.anchor = True
        organisation.save(update_fields=["anchor"])
        write_line(
            actor, Act.RECORD_ORGANISATION, actor.partnership_id, organisation.id, anchor=organisation.name
        )
    return organisation


@transaction.atomic
def record_person(actor: Actor, *, name: str, email: str = "") -> Person:
    """Somebody the partnership knows."""
    require(Act.RECORD_PERSON, actor, whole_of(actor))
    person = Person.objects.create(
        partnership_id=actor.partnership_id, name=name.strip(), email=email.strip().lower()
    )
    write_line(actor, Act.RECORD_PERSON, actor.partnership_id, person.id, name=person.name)
    return person


@transaction.atomic
def record_post(
    actor: Actor,
    *,
    person_id: str,
    organisation_id: str = "",
    title: str = "",
    level: str = "",
    part_id: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Post:
    """A person holds a post in an organisation; a resident speaks for a part without one."""
    require(Act.RECORD_PERSON, actor, whole_of(actor))
    if starts_on and ends_on and ends_on < starts_on:
        raise Refused("This post would end before it starts.", field="ends_on")
    person = only(Person.objects.filter(id=person_id, partnership_id=actor.partnership_id))
    body = None
    if organisation_id:
        body = only(Organisation.objects.filter(id=organisation_id, partnership_id=actor.partnership_id))
    post = Post.objects.create(
        partnership_id=actor.partnership_id,
        person=person,
        organisation=body,
        title=title,
        level=level,
        part=_part(actor, part_id),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    write_line(
        actor,
        Act.RECORD_PERSON,
        actor.partnership_id,
        person.id,
        post=title,
        organisation=body.name if body else "",
    )
    return post


@transaction.atomic
def start_initiative(actor: Actor, *, name: str, purpose: str = "") -> Initiative:
    """A piece of work of the partnership."""
    require(Act.RECORD_ORGANISATION, actor, whole_of(actor))
    initiative = Initiative.objects.create(
        partnership_id=actor.partnership_id, name=name.strip(), purpose=purpose
    )
    write_line(actor, Act.RECORD_ORGANISATION, actor.partnership_id, initiative.id, initiative=name)
    return initiative


def _part(actor: Actor, part_id: str) -> Part | None:
    if not part_id:
        return None
    return only(Part.objects.filter(id=part_id, partnership_id=actor.partnership_id))
