"""Does a partnership keep its convenor, and an invitation its one use, when several press at once?"""

from contextlib import suppress

import pytest

from folkmoot.apps.places import actions
from folkmoot.apps.places.invitations import account_invited
from folkmoot.apps.places.members import convenors_of
from folkmoot.apps.places.models import Account, DiaryDetail, Invitation, Membership
from folkmoot.apps.places.queries import actor_for
from folkmoot.core.access import OPERATOR, Actor, Role
from folkmoot.core.kernel.errors import NotFound
from partnership import Town
from trust.test_two_at_once import HANDS, at_once, done

pytestmark = pytest.mark.django_db(transaction=True)
ADA = "ada@marram.example"


def test_21_an_invitation_that_is_pressed_at_once_is_one_account_and_one_membership(town: Town) -> None:
    told = at_once(lambda hand: actions.invite_member(town.convenor, email=ADA, role=Role.CORE))
    assert done(told) == 1
    secret = next(one.secret for one in told if hasattr(one, "secret"))
    accounts = at_once(lambda hand: account_invited(secret).id)
    assert len(set(accounts)) == Account.objects.filter(email=ADA).count() == 1
    actor, asked = Actor(account_id=accounts[0]), Invitation.objects.get()
    held = at_once(lambda hand: actions.accept_invitation(actor, invitation_id=asked.id).id)
    assert len(set(held)) == Membership.objects.filter(account__email=ADA).count() == 1
    assert DiaryDetail.objects.filter(text__contains='"joined"').count() == 1


def test_when_every_convenor_leaves_at_once_one_stays(town: Town) -> None:
    actors = [town.convenor]
    for name in "abc":
        given = {"email": f"{name}@marram.example", "name": name, "role": Role.CONVENOR}
        held = actions.admit_member(OPERATOR, partnership_id=town.partnership.id, **given)
        actors.append(actor_for(held.account, town.partnership.slug)[1])
    own = [Membership.objects.get(account_id=actor.account_id).id for actor in actors]
    ways = (
        lambda hand: actions.leave_partnership(actors[hand], membership_id=own[hand]),
        lambda hand: actions.take_out_member(actors[hand], membership_id=own[hand]),
        lambda hand: actions.change_role(actors[hand], membership_id=own[hand], role=Role.MEMBER),
    )
    told = at_once(lambda hand: ways[hand % 3](hand))
    assert done(told) == HANDS - 1
    assert len(convenors_of(town.partnership.id)) == 1


def test_an_invitation_that_is_withdrawn_while_it_is_accepted_ends_in_one_of_the_two(town: Town) -> None:
    sent = actions.invite_member(town.convenor, email=ADA, role=Role.MEMBER)
    actor = Actor(account_id=account_invited(sent.secret).id)

    def press(hand: int) -> None:
        if hand % 2:
            actions.accept_invitation(actor, invitation_id=sent.invitation.id)
        elif hand == 0:
            actions.withdraw_invitation(town.convenor, invitation_id=sent.invitation.id)

    with suppress(NotFound):  # it was accepted first, so there was nothing to withdraw
        at_once(press)
    row = Invitation.objects.get()
    joined = Membership.objects.filter(account__email=ADA).exists()
    assert (row.accepted_at is None) != (row.withdrawn_at is None)
    assert joined == (row.accepted_at is not None)
