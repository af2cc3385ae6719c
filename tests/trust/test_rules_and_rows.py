"""Does the database let through exactly what the table of rules allows?

The rows are two partnerships full of people, posts, notes, memberships and tokens, one of each in every
circle; hypothesis draws the actors, and which of the partnerships is published.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from folkmoot.apps.people.models import Basis, Note
from folkmoot.apps.places import actions, clock
from folkmoot.apps.places.models import Membership, Partnership, Person, Post, Token
from folkmoot.apps.places.queries import HELD, HOME, PARTNERSHIP, PERSON, POST, admitted
from folkmoot.core.access import TABLE, Act, Actor, Circle, Role, Subject, answer
from partnership import Town

NOTE = {**HOME, "circle": "circle"}


@dataclass(frozen=True)
class Kind:
    """A table whose rows the rules are about: where a subject's fields lie, and a row as a subject."""

    model: type[models.Model]
    fields: Mapping[str, str]
    subject_of: Callable[..., Subject]


def of_person(row: Person) -> Subject:
    """A person as the rules see them."""
    return Subject(row.partnership_id, row.partnership.published, row.id, circle=row.circle)


def of_post(row: Post) -> Subject:
    """A post is about the person who holds it."""
    return of_person(row.person)


def of_note(row: Note) -> Subject:
    """A note is about its person, and in a circle of its own."""
    return Subject(row.partnership_id, row.partnership.published, row.person_id, circle=row.circle)


def of_partnership(row: Partnership) -> Subject:
    """The partnership itself."""
    return Subject(row.id, row.published)


def of_held(row: Membership | Token) -> Subject:
    """What belongs to an account."""
    person = getattr(row, "person_id", "") or ""
    return Subject(row.partnership_id, row.partnership.published, person, row.account_id)


HELD_BY_PERSON = {**HELD, "person_id": "person_id"}
HELD_ALONE = {name: field for name, field in HELD.items() if name != "person_id"}
KINDS = [
    Kind(Person, PERSON, of_person),
    Kind(Post, POST, of_post),
    Kind(Note, NOTE, of_note),
    Kind(Partnership, PARTNERSHIP, of_partnership),
    Kind(Membership, HELD_BY_PERSON, of_held),
    Kind(Token, HELD_ALONE, of_held),
]


def fill(convenor: Actor) -> None:
    """Somebody in every circle with a post, and a note of every circle about each; a token."""
    today = clock.today()
    for circle in Circle:
        person = actions.record_person(convenor, name=f"Known to {circle}")
        Person.objects.filter(id=person.id).update(circle=circle)
        actions.record_post(convenor, person_id=person.id, title="Clerk")
        for within in Circle:
            Note.objects.create(
                partnership_id=convenor.partnership_id, person=person, text="Met at the market.",
                source="In conversation", basis=Basis.PUBLIC_TASK, circle=within, noted_on=today,
                review_on=today + timedelta(days=30), recorded_at=clock.now(),
            )  # fmt: skip
    Token.objects.create(
        partnership_id=convenor.partnership_id, account_id=convenor.account_id, name="A program",
        secret_hash=convenor.account_id, hint="fm_", made_at=clock.now(),
    )  # fmt: skip


@pytest.fixture
def full(town: Town) -> Town:
    """Both partnerships, full."""
    for convenor in (town.convenor, town.neighbour):
        fill(convenor)
    Membership.objects.filter(account_id=town.member.account_id).update(
        person=Person.objects.filter(partnership=town.partnership).first()
    )
    return town


def actors(town: Town) -> some.SearchStrategy[Actor]:
    """Whoever could stand at a door, with a token or without."""
    homes = some.sampled_from(["", town.partnership.id, town.elsewhere.id])
    accounts = some.sampled_from(["", town.member.account_id, town.convenor.account_id])
    people = some.sampled_from(["", *Person.objects.values_list("id", flat=True)])
    scopes = some.none() | some.frozensets(some.sampled_from([rule.scope for rule in TABLE.values()]))
    return some.builds(Actor, some.sampled_from(Role), homes, accounts, people, scopes)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.model.__name__)
def test_the_filter_is_the_rule(full: Town, kind: Kind) -> None:
    seen = set()

    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(actors(full), some.booleans(), some.booleans())
    def agrees(actor: Actor, here: bool, there: bool) -> None:
        with transaction.atomic():
            Partnership.objects.filter(id=full.partnership.id).update(published=here)
            Partnership.objects.filter(id=full.elsewhere.id).update(published=there)
            rows = list(kind.model.objects.all())
            for act in Act:
                through = set(admitted(act, actor, kind.model.objects.all(), kind.fields))
                allowed = {row for row in rows if answer(act, actor, kind.subject_of(row)).allowed}
                assert through == allowed, f"{act} by {actor}"
                seen.update(row in through for row in rows)

    agrees()
    assert seen == {True, False}


def test_people_see_themselves_and_nobody_else_outside_their_circles(full: Town) -> None:
    themself = Actor(Role.PARTICIPANT, full.partnership.id, "", Person.objects.filter(
        partnership=full.partnership, circle=Circle.CONVENOR
    ).get().id)  # fmt: skip
    seen = admitted(Act.SEE_PERSON, themself, Person.objects.all(), PERSON)
    assert [row.id for row in seen] == [themself.person_id]
