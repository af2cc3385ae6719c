"""Which rows may an actor do something with?

Every query and action of every room fetches its rows through here: a rule of the table is turned into a
database filter in one place alone.
"""

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from folkmoot.core.access import Act, Actor, Subject, criterion
from folkmoot.core.kernel.errors import NotFound

Row = TypeVar("Row", bound=Model)

# Where a Subject's fields lie on rows that belong to a partnership.
HOME = {"partnership_id": "partnership_id", "published": "partnership__published", "person_id": "person_id"}
PERSON = {**HOME, "person_id": "id", "circle": "circle"}
POST = {**HOME, "circle": "person__circle"}
HELD = {**HOME, "account_id": "account_id"}  # what belongs to an account: a membership, a token
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


def only(rows: QuerySet[Row]) -> Row:
    """The one row, or NotFound: nobody can tell what is missing from what is closed to them."""
    row = rows.first()
    if row is None:
        raise NotFound("There is no such thing here.")
    return row
