"""How do the tests apply a plan, so that the next file meets what it made?"""

from dataclasses import replace
from itertools import count

from folkmoot.core.network.contacts.plan import ContactsPlan
from folkmoot.core.network.contacts.records import PlannedBody, PlannedPerson, Records, key


def applied(records: Records, plan: ContactsPlan) -> Records:
    """The records as they are once the plan has been carried out."""
    numbers = count(len(records.people) + 1)
    people = {person.id: person for person in records.people}
    for person in (*plan.updated, *plan.added):
        kept = _saved(person, person.id or f"person {next(numbers):06}")
        people[kept.id] = kept
    bodies = {key(body.name): body for body in records.bodies}
    for body in plan.bodies:
        bodies[key(body.name)] = PlannedBody(
            body.id or key(body.name), body.name, body.part, body.sector, body.size
        )
    return Records(tuple(people.values()), tuple(bodies.values()), (*records.parts, *plan.new_parts))


def _saved(person: PlannedPerson, name: str) -> PlannedPerson:
    posts = tuple(
        replace(post, id=post.id or f"{name} post {number}", changed=False)
        for number, post in enumerate(person.posts)
    )
    return replace(person, id=name, changed=False, posts=posts, lines=())
