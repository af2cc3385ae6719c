"""What can be done to partnerships, people and organisations?"""

import re
from datetime import date

from folkmoot.apps.places import clock
from folkmoot.apps.places.admitting import only, whole_of
from folkmoot.apps.places.diary import write_line
from folkmoot.apps.places.invitations import (
    accept_invitation,
    invite_member,
    send_invitation_again,
    withdraw_invitation,
)
from folkmoot.apps.places.members import admit_member, change_role, leave_partnership, take_out_member
from folkmoot.apps.places.models import (
    Initiative,
    Organisation,
    Part,
    Partnership,
    Person,
    Place,
    Post,
)
from folkmoot.apps.places.parts import move_part, name_part, remove_part, rename_part
from folkmoot.apps.places.settling import settle_partnership
from folkmoot.apps.places.tokens import make_token, revoke_token
from folkmoot.apps.places.turns import in_turn
from folkmoot.core.access import Act, Actor, Subject, require
from folkmoot.core.kernel.errors import Refused

__all__ = [
    "RESERVED",
    "accept_invitation",
    "admit_member",
    "change_role",
    "found_partnership",
    "invite_member",
    "leave_partnership",
    "make_token",
    "move_part",
    "name_anchor",
    "name_part",
    "record_organisation",
    "record_person",
    "record_post",
    "remove_part",
    "rename_part",
    "revoke_token",
    "send_invitation_again",
    "settle_partnership",
    "start_initiative",
    "take_out_member",
    "withdraw_invitation",
]

# Addresses of the site's own pages: a partnership cannot take one as its name in the address.
LONGEST_NAME = 200  # characters, as in the tables
RESERVED = frozenset(
    {"guide", "sign-in", "sign-out", "healthz", "static", "demo", "api", "accounts", "mine", "invitation"}
)
SLUG = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")


@in_turn
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


@in_turn
def record_organisation(
    actor: Actor, *, name: str, part_id: str = "", sector: str = "", size: str = "", anchor: bool = False
) -> Organisation:
    """An organisation of the partnership."""
    require(Act.RECORD_ORGANISATION, actor, whole_of(actor))
    said = _named(name)
    if Organisation.objects.filter(partnership_id=actor.partnership_id, name__iexact=said).exists():
        raise Refused(f"{said} is recorded already.", field="name")
    organisation = Organisation.objects.create(
        partnership_id=actor.partnership_id,
        name=said,
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


@in_turn
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


@in_turn
def record_person(actor: Actor, *, name: str, email: str = "") -> Person:
    """Somebody the partnership knows."""
    require(Act.RECORD_PERSON, actor, whole_of(actor))
    person = Person.objects.create(
        partnership_id=actor.partnership_id, name=_named(name), email=email.strip().lower()
    )
    write_line(actor, Act.RECORD_PERSON, actor.partnership_id, person.id, name=person.name)
    return person


@in_turn
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


@in_turn
def start_initiative(actor: Actor, *, name: str, purpose: str = "") -> Initiative:
    """A piece of work of the partnership."""
    require(Act.RECORD_ORGANISATION, actor, whole_of(actor))
    said = _named(name)
    if Initiative.objects.filter(partnership_id=actor.partnership_id, name=said).exists():
        raise Refused(f"{said} is recorded already.", field="name")
    initiative = Initiative.objects.create(partnership_id=actor.partnership_id, name=said, purpose=purpose)
    write_line(actor, Act.RECORD_ORGANISATION, actor.partnership_id, initiative.id, initiative=said)
    return initiative


def _named(text: str) -> str:
    """A name on one line, without signs that nobody sees; refused where nothing is left, or too much."""
    said = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if not said:
        raise Refused("The name is missing.", "", "Write it down.", field="name")
    if len(said) > LONGEST_NAME:
        raise Refused(f"This name is longer than {LONGEST_NAME} characters.", "", "Shorten it.", field="name")
    return said


def _part(actor: Actor, part_id: str) -> Part | None:
    if not part_id:
        return None
    return only(Part.objects.filter(id=part_id, partnership_id=actor.partnership_id))
