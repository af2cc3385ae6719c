"""Which value stands in an address, or goes into an action, for each name that asks for one?

A new page or action whose names are not here fails the tests until it brings its sample.
"""

from collections.abc import Callable
from datetime import date

from folkmoot.apps.places import actions
from folkmoot.apps.places.models import Organisation, Part, Person
from folkmoot.core.access import Actor, Role

DAY = date(2026, 11, 2)


def person(convenor: Actor) -> str:
    """Somebody whom the partnership knows, with a post."""
    known = Person.objects.filter(partnership_id=convenor.partnership_id, name="Ada Quill").first()
    if known is None:
        known = actions.record_person(convenor, name="Ada Quill")
        actions.record_post(convenor, person_id=known.id, organisation_id=organisation(convenor))
    return known.id


def organisation(convenor: Actor) -> str:
    """One of its bodies, an anchor."""
    rows = Organisation.objects.filter(partnership_id=convenor.partnership_id)
    return (rows.first() or actions.record_organisation(convenor, name="The Infirmary", anchor=True)).id


def part(convenor: Actor) -> str:
    """One of its parts."""
    rows = Part.objects.filter(partnership_id=convenor.partnership_id)
    return (rows.first() or actions.name_part(convenor, name="Council")).id


# Ids that a page's address or an action may ask for, made by the partnership's convenor.
IDS: dict[str, Callable[[Actor], str]] = {
    "person_id": person,
    "organisation_id": organisation,
    "part_id": part,
    "partnership_id": lambda convenor: convenor.partnership_id,
}
# Plain values that an action may ask for.
VALUES: dict[str, object] = {
    "name": "A sample",
    "place": "Sample Bay",
    "slug": "sample-bay",
    "email": "sample@marram.example",
    "role": Role.MEMBER,
    "published": False,
    "purpose": "A sample.",
    "target": 20,
}


def sample(name: str, convenor: Actor) -> object:
    """The value for one name, in the partnership of this convenor."""
    if name in IDS:
        return IDS[name](convenor)
    if name in VALUES:
        return VALUES[name]
    raise LookupError(
        f"tests/trust/samples.py has no sample for “{name}”: bring one for the new page or action"
    )
