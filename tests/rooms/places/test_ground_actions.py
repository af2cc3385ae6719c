"""What does the ground allow, and what can never be?"""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from folkmoot.apps.people.actions import import_contacts
from folkmoot.apps.places import actions, queries
from folkmoot.apps.places.models import Account, Membership, Organisation, Partnership, Post
from folkmoot.core.access import OPERATOR, Actor, Role
from folkmoot.core.kernel.errors import NotAllowed, NotFound, Refused
from partnership import Town


@pytest.mark.parametrize("slug", sorted(actions.RESERVED))
def test_no_partnership_takes_an_address_of_the_site(town: Town, slug: str) -> None:
    with pytest.raises(Refused):
        actions.found_partnership(OPERATOR, place="Anywhere", name="Anybody", slug=slug)


def test_one_partnership_an_address(town: Town) -> None:
    with pytest.raises(Refused):
        actions.found_partnership(OPERATOR, place="Elsewhere", name="Another", slug=town.partnership.slug)
    assert Partnership.objects.count() == 2


def test_a_contact_is_no_account(town: Town) -> None:
    before = Account.objects.count()
    import_contacts(town.convenor, content=b"name,part,email\nAda Quill,Health,ada@marram.example\n")
    assert queries.people_for(town.convenor).count() == 1
    assert Account.objects.count() == before


def test_an_address_is_one_account_whatever_its_capitals(town: Town) -> None:
    first, second = (
        actions.admit_member(
            OPERATOR, partnership_id=town.elsewhere.id, email=email, name="Ada", role=Role.MEMBER
        )
        for email in ("Ada@Marram.example", " ada@marram.EXAMPLE ")
    )
    assert first.account_id == second.account_id
    assert Membership.objects.filter(partnership=town.elsewhere, account_id=first.account_id).count() == 1


def test_somebody_with_another_partnerships_person_is_refused(town: Town) -> None:
    stranger = actions.record_person(town.neighbour, name="Stranger")
    with pytest.raises(Refused):
        actions.admit_member(
            town.convenor,
            partnership_id=town.partnership.id,
            email="a@b.example",
            name="A",
            role=Role.MEMBER,
            person_id=stranger.id,
        )


def test_a_role_is_what_the_membership_says_and_goes_with_it(town: Town) -> None:
    account = town.account(town.convenor)
    assert queries.actor_for(account, town.partnership.slug)[1].role is Role.CONVENOR
    assert queries.actor_for(account, town.elsewhere.slug)[1] == Actor(account_id=account.id)
    Membership.objects.filter(account=account).delete()
    assert queries.actor_for(account, town.partnership.slug)[1].role is Role.PUBLIC
    with pytest.raises(NotFound):
        queries.actor_for(account, "no-such-place")


def test_settling_what_the_partnership_says_is_the_convenors(town: Town) -> None:
    actions.settle_partnership(town.convenor, published=True, purpose="For everybody.", target=12)
    assert list(queries.partnerships_for(town.nobody)) == [town.partnership]
    for actor in (town.core, town.member, town.outsider, town.nobody):
        with pytest.raises(NotAllowed):
            actions.settle_partnership(actor, published=False, purpose="", target=1)


def test_a_post_cannot_end_before_it_starts(town: Town) -> None:
    person = actions.record_person(town.convenor, name="Ada Quill")
    body = actions.record_organisation(town.convenor, name="The Council")
    with pytest.raises(Refused):
        actions.record_post(
            town.convenor,
            person_id=person.id,
            organisation_id=body.id,
            starts_on=date(2026, 2, 1),
            ends_on=date(2026, 1, 1),
        )
    post = actions.record_post(town.convenor, person_id=person.id, organisation_id=body.id)
    wrong = {"starts_on": date(2026, 2, 1), "ends_on": date(2026, 1, 1)}
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(id=post.id).update(**wrong)


def test_an_organisation_is_recorded_once(town: Town) -> None:
    actions.record_organisation(town.convenor, name="The Council")
    with pytest.raises(Refused):
        actions.record_organisation(town.convenor, name="the council ")
    assert actions.name_anchor(town.convenor, name="THE COUNCIL").anchor
    assert Organisation.objects.filter(partnership=town.partnership).count() == 1
