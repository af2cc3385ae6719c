"""Which shapes do partnerships, organisations, people and members have for programs?"""

from datetime import date, datetime

from pydantic import Field

from folkmoot.apps.places.shapes import Count, Day, Email, Id, Line, Name, Purpose, Sent, Shape, Short, Yes


class NamedOut(Shape):
    """Something by its id and name."""

    id: str
    name: str


class PlaceOut(Shape):
    """A partnership in a list: its name in addresses, and what it says of itself."""

    slug: str
    name: str
    purpose: str
    place: str
    published: bool


class PartnershipOut(PlaceOut):
    """A partnership as everybody sees it who may see the whole."""

    founded_on: date
    zone: str
    currency: str
    target: int
    window_days: int
    colour: str
    level_words: dict[str, str]
    organisations: int = Field(description="How many belong.")


class SettledOut(PartnershipOut):
    """A partnership with what only its convenors settle."""

    keep_months: int


class OrganisationOut(Shape):
    """A body that people hold posts in; an anchor also publishes what it spends."""

    id: str
    name: str
    part: NamedOut | None
    sector: str
    size: str
    anchor: bool


class InitiativeOut(Shape):
    """A piece of work of the partnership."""

    id: str
    name: str
    purpose: str


class PersonOut(Shape):
    """Somebody the partnership knows."""

    id: str
    name: str
    email: str
    circle: str


class PostOut(Shape):
    """A post that a person holds, from a day to a day."""

    id: str
    person_id: str
    organisation_id: str | None
    title: str
    level: str
    part_id: str | None
    starts_on: date | None
    ends_on: date | None


class MemberOut(Shape):
    """One who belongs; the address only where you may see it."""

    id: str
    name: str
    role: str
    since: datetime | None
    email: str
    person_id: str


class MembershipOut(Shape):
    """A membership and its role."""

    id: str
    role: str


class InvitationOut(Shape):
    """Somebody is asked to belong. The secret of the link is in the letter alone."""

    id: str
    email: str
    name: str
    role: str
    person_id: str | None
    made_at: datetime
    expires_at: datetime


class TokenOut(Shape):
    """A token of your own, without its secret."""

    id: str
    name: str
    hint: str
    scopes: list[str]
    made_at: datetime
    expires_on: date | None
    last_used_on: date | None
    revoked_at: datetime | None


class LineOut(Shape):
    """One line of the diary: what was done, when, and the hashes that hold the chain together."""

    number: int
    act: str
    account_id: str
    subject_id: str
    at: datetime
    detail_hash: str
    previous: str
    hash: str


class PartHeldOut(Shape):
    """A part of the system and what hangs on it, in words."""

    id: str
    name: str
    hangs: str


class NameSent(Sent):
    """What it is called."""

    name: Line


class PartNameSent(Sent):
    """What a part of the system is called."""

    name: Name


class MoveSent(Sent):
    """Up the list, or down."""

    up: Yes


class IntoSent(Sent):
    """Which part takes over what hangs on this one."""

    into_id: Id = ""


class OrganisationSent(Sent):
    """A body that people hold posts in."""

    name: Line
    part_id: Id = ""
    sector: Name = ""
    size: Name = ""
    anchor: Yes = False


class PersonSent(Sent):
    """Somebody the partnership knows. Knowing somebody never creates an account."""

    name: Line
    email: Email | None = None


class PostSent(Sent):
    """A post; without an organisation the person speaks for a part."""

    organisation_id: Id = ""
    title: Line = ""
    level: Short = Field("", description="elected, chief, middle, front line or next generation")
    part_id: Id = ""
    starts_on: Day | None = None
    ends_on: Day | None = None


class InitiativeSent(Sent):
    """A piece of work."""

    name: Line
    purpose: Purpose = ""


class RoleSent(Sent):
    """Which role somebody has."""

    role: Short = Field(description="member, core or convenor")


class InvitationSent(Sent):
    """Who is asked to belong, and in which role."""

    email: Email
    role: Short = Field("member", description="member, core or convenor")
    name: Line = ""
    person_id: Id = ""


class SettingsSent(Sent):
    """What the partnership says of itself; what is left out stays as it is."""

    published: Yes | None = None
    name: Line | None = None
    purpose: Purpose | None = None
    target: Count | None = None
    colour: Short | None = None
    level_words: dict[Short, Short] | None = Field(None, max_length=5)
    window_days: Count | None = None
    zone: Line | None = None
    currency: Short | None = None
    keep_months: Count | None = None
