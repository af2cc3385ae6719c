"""Does the database let through exactly what the table of rules allows?"""

from collections.abc import Callable, Mapping

import pytest
from django.db.models import Model

from folkmoot.apps.places import actions
from folkmoot.apps.places.models import Membership, Partnership, Person, Post
from folkmoot.apps.places.queries import HOME, PARTNERSHIP, PERSON, actor_for, admitted
from folkmoot.core.access import NOBODY, OPERATOR, Act, Actor, Role, Subject, answer
from partnership import Town


def of_person(row: Person) -> Subject:
    """A person as the rules see them."""
    return Subject(row.partnership_id, row.partnership.published, row.id)


def of_post(row: Post) -> Subject:
    """A post is about the person who holds it."""
    return Subject(row.partnership_id, row.partnership.published, row.person_id)


def of_partnership(row: Partnership) -> Subject:
    """The partnership itself."""
    return Subject(row.id, row.published)


KINDS: list[tuple[type[Model], Mapping[str, str], Callable[..., Subject]]] = [
    (Person, PERSON, of_person),
    (Post, HOME, of_post),
    (Partnership, PARTNERSHIP, of_partnership),
]


@pytest.fixture
def actors(town: Town) -> list[Actor]:
    """Everybody there can be, with two people in each of two partnerships, one of which is published."""
    Partnership.objects.filter(id=town.elsewhere.id).update(published=True)
    for convenor in (town.convenor, town.neighbour):
        body = actions.record_organisation(convenor, name="The Body")
        for name in ("Ada Quill", "Ben Oakes"):
            person = actions.record_person(convenor, name=name)
            actions.record_post(convenor, person_id=person.id, organisation_id=body.id)
    roles = [town.convenor, town.core, town.member, town.outsider, town.neighbour, NOBODY, OPERATOR]
    known = Person.objects.filter(partnership=town.partnership).first()
    Membership.objects.filter(account_id=town.member.account_id).update(person=known)
    themself = actor_for(town.account(town.member), town.partnership.slug)[1]
    return [*roles, themself, Actor(Role.PARTICIPANT, town.partnership.id, "", known.id)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind[0].__name__)
def test_the_filter_is_the_rule(actors: list[Actor], kind: tuple) -> None:
    model, fields, subject_of = kind
    rows, seen = list(model.objects.all()), set()
    for act in Act:
        for actor in actors:
            through = set(admitted(act, actor, model.objects.all(), fields))
            allowed = {row for row in rows if answer(act, actor, subject_of(row)).allowed}
            assert through == allowed, f"{act} by {actor}"
            seen |= {row in through for row in rows}
    assert seen == {True, False}


def test_people_see_themselves_and_nobody_else(actors: list[Actor]) -> None:
    themself = actors[-2]
    assert [row.id for row in admitted(Act.SEE_PERSON, themself, Person.objects.all(), PERSON)] == [
        themself.person_id
    ]
