"""What is kept about people in the small partnership, so that a test says only what it is about?"""

from datetime import UTC, datetime

from folkmoot.apps.people import actions
from folkmoot.apps.people.models import Note
from folkmoot.apps.places import actions as ground
from folkmoot.apps.places.models import Membership, Person
from folkmoot.apps.places.queries import actor_for
from folkmoot.core.access import Actor
from partnership import Town

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
SAID = {"text": "Prefers to be rung before nine.", "source": "Own words", "basis": "legitimate interests"}


def known(town: Town, name: str = "Ada Quill", email: str = "", circle: str = "core") -> Person:
    """Somebody whom the partnership knows, in a circle."""
    person = ground.record_person(town.convenor, name=name, email=email)
    return actions.keep_in_circle(town.convenor, person_id=person.id, circle=circle)


def noted(town: Town, person: Person, **more: object) -> Note:
    """A note about them."""
    return actions.write_note(town.convenor, **(SAID | {"person_id": person.id} | more))


def joined(town: Town, actor: Actor, person: Person) -> Actor:
    """The same account, now joined to the person: they may read what is kept about themselves."""
    Membership.objects.filter(account_id=actor.account_id).update(person=person)
    return actor_for(town.account(actor), town.partnership.slug)[1]
