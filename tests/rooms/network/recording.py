"""Who is known in the small partnership, so that a test says only what it is about?"""

from datetime import date, timedelta

from folkmoot.apps.network import actions
from folkmoot.apps.network.models import Ask, Stance
from folkmoot.apps.places import actions as ground
from folkmoot.apps.places import clock
from folkmoot.apps.places.models import Organisation, Part, Person
from partnership import Town


def ask_of(town: Town, text: str = "Buy in lots") -> Ask:
    """The ask with these words."""
    found = Ask.objects.filter(partnership=town.partnership, text=text).first()
    return found or actions.make_ask(town.convenor, text=text)


def known(
    town: Town, name: str, part: str = "Health", level: str = "chief", ends_on: date | None = None
) -> Person:
    """Somebody in a post of a body in that part."""
    there = Part.objects.get(partnership=town.partnership, name=part)
    body = Organisation.objects.filter(partnership=town.partnership, part=there).first()
    body = body or ground.record_organisation(town.convenor, name=f"{part} body", part_id=there.id)
    person = ground.record_person(town.convenor, name=name)
    ground.record_post(
        town.convenor,
        person_id=person.id,
        organisation_id=body.id,
        title="Lead",
        level=level,
        ends_on=ends_on,
    )
    return person


def stands(town: Town, person: Person, stance: str = "active", ago: int = 10, **more: object) -> Stance:
    """Where they stood so many days ago."""
    return actions.record_stance(
        town.convenor,
        person_id=person.id,
        ask_id=ask_of(town).id,
        stance=stance,
        on=clock.today() - timedelta(days=ago),
        evidence="Said so at the board.",
        **more,
    )
