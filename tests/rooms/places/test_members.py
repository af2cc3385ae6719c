"""Does a partnership keep a convenor, and does whoever is taken out lose everything at once?"""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from folkmoot.apps.places import actions, queries
from folkmoot.apps.places.models import DiaryLine, Membership
from folkmoot.core.access import OPERATOR, Act, Actor, Role
from folkmoot.core.kernel.errors import NotAllowed, NotFound, Refused
from partnership import Town, found_town

ROLES = (Role.MEMBER, Role.CORE, Role.CONVENOR)


def membership_of(town: Town, actor: Actor) -> Membership:
    """The membership behind an actor."""
    return Membership.objects.get(partnership=town.partnership, account_id=actor.account_id)


def test_members_see_who_belongs_and_convenors_see_addresses(town: Town) -> None:
    shown = {each.role: each for each in queries.members_for(town.convenor)}
    assert [each.role for each in queries.members_for(town.member)] == ["convenor", "core", "member"]
    assert shown["core"].email == "core@marram.example"
    assert shown["convenor"].is_me
    assert shown["convenor"].last_convenor
    assert all(each.since for each in shown.values())
    to_member = {each.role: each.email for each in queries.members_for(town.member)}
    assert to_member == {"convenor": "", "core": "", "member": "member@marram.example"}
    for actor in (town.outsider, town.neighbour, town.nobody):
        with pytest.raises(NotAllowed):
            queries.members_for(actor) if actor is not town.neighbour else queries.members_for(town.outsider)


def test_a_role_is_changed_by_convenors_alone(town: Town) -> None:
    held = membership_of(town, town.member)
    actions.change_role(town.convenor, membership_id=held.id, role=Role.CORE)
    assert membership_of(town, town.member).role == "core"
    for actor in (town.core, town.member, town.outsider, town.nobody):
        with pytest.raises(NotAllowed):
            actions.change_role(actor, membership_id=held.id, role=Role.CONVENOR)
    with pytest.raises(NotFound):
        actions.change_role(town.neighbour, membership_id=held.id, role=Role.MEMBER)
    for role in ("operator", "public", "", "CONVENOR"):
        with pytest.raises(Refused):
            actions.change_role(town.convenor, membership_id=held.id, role=role)


def test_leaving_is_ones_own_and_the_last_convenor_stays(town: Town) -> None:
    with pytest.raises(NotFound):
        actions.leave_partnership(town.core, membership_id=membership_of(town, town.member).id)
    actions.leave_partnership(town.member, membership_id=membership_of(town, town.member).id)
    assert queries.actor_for(town.account(town.member), town.partnership.slug)[1].role is Role.PUBLIC
    own = membership_of(town, town.convenor)
    for act in (
        lambda: actions.leave_partnership(town.convenor, membership_id=own.id),
        lambda: actions.take_out_member(town.convenor, membership_id=own.id),
        lambda: actions.change_role(town.convenor, membership_id=own.id, role=Role.CORE),
        lambda: actions.admit_member(
            OPERATOR,
            partnership_id=town.partnership.id,
            email="convenor@marram.example",
            name="",
            role=Role.CORE,
        ),
    ):
        with pytest.raises(Refused, match="last convenor"):
            act()


def test_a_convenor_whose_account_is_closed_does_not_count(town: Town) -> None:
    other = membership_of(town, town.core)
    actions.change_role(town.convenor, membership_id=other.id, role=Role.CONVENOR)
    town.account(town.core).__class__.objects.filter(id=town.core.account_id).update(is_active=False)
    with pytest.raises(Refused, match="last convenor"):
        actions.leave_partnership(town.convenor, membership_id=membership_of(town, town.convenor).id)


def test_whoever_is_taken_out_loses_tokens_and_waiting_invitations(town: Town) -> None:
    made = actions.make_token(town.member, name="A program", scopes=["spend.read"])
    held = membership_of(town, town.member)
    assert queries.token_actor(made.secret)[2].role is Role.MEMBER
    actions.take_out_member(town.convenor, membership_id=held.id)
    assert queries.token_actor(made.secret) is None
    given = {"email": "member@marram.example", "name": "", "role": Role.MEMBER}
    actions.admit_member(OPERATOR, partnership_id=town.partnership.id, **given)
    assert queries.token_actor(made.secret) is None, "a token does not come back with its holder"
    line = DiaryLine.objects.filter(act=Act.ADMIT_MEMBER, subject_id=held.id).order_by("number").last()
    assert line.account_id == town.convenor.account_id


class Belonging(RuleBasedStateMachine):
    """Whatever anybody does to memberships in any order, somebody convenes."""

    def __init__(self) -> None:
        super().__init__()
        self.all = transaction.atomic()
        self.all.__enter__()

    @initialize()
    def found(self) -> None:
        """A town of three."""
        self.town = found_town("machine")

    def members(self) -> list[Membership]:
        """Everybody who belongs, in an order that does not change."""
        return list(Membership.objects.filter(partnership=self.town.partnership).order_by("account__email"))

    def actor(self, place: int) -> tuple[Actor, Membership]:
        """One of them as an actor, as they are now."""
        held = self.members()[place % len(self.members())]
        return queries.actor_for(held.account, "machine")[1], held

    @rule(by=some.integers(0, 5), of=some.integers(0, 5), role=some.sampled_from(ROLES))
    def change(self, by: int, of: int, role: Role) -> None:
        """Somebody gives somebody a role; nobody but a convenor raises anybody, themselves least of all."""
        actor, (_, held) = self.actor(by)[0], self.actor(of)
        try:
            actions.change_role(actor, membership_id=held.id, role=role)
        except NotAllowed:
            assert actor.role is not Role.CONVENOR
        except Refused:
            assert role is not Role.CONVENOR
            assert held.role == "convenor"
        else:
            assert actor.role is Role.CONVENOR

    @rule(by=some.integers(0, 5), of=some.integers(0, 5))
    def take_out(self, by: int, of: int) -> None:
        """Somebody takes somebody out."""
        actor, (_, held) = self.actor(by)[0], self.actor(of)
        try:
            actions.take_out_member(actor, membership_id=held.id)
        except (NotAllowed, Refused):
            assert Membership.objects.filter(id=held.id).exists()

    @rule(by=some.integers(0, 5))
    def leave(self, by: int) -> None:
        """Somebody leaves; only the last convenor cannot."""
        actor, held = self.actor(by)
        convenors = sum(each.role == "convenor" for each in self.members())
        try:
            actions.leave_partnership(actor, membership_id=held.id)
        except Refused:
            assert convenors == 1
            assert held.role == "convenor"

    @rule(name=some.sampled_from("abc"), role=some.sampled_from(ROLES))
    def admit(self, name: str, role: Role) -> None:
        """The operator admits somebody."""
        given = {"email": f"{name}@machine.example", "name": name, "role": role}
        try:
            actions.admit_member(OPERATOR, partnership_id=self.town.partnership.id, **given)
        except Refused:
            assert role is not Role.CONVENOR

    @invariant()
    def somebody_convenes(self) -> None:
        """There is a convenor, always."""
        if hasattr(self, "town"):
            assert any(each.role == "convenor" for each in self.members())

    def teardown(self) -> None:
        """Everything is taken back before the next run."""
        transaction.set_rollback(True)
        self.all.__exit__(None, None, None)


@pytest.mark.django_db
def test_somebody_always_convenes() -> None:
    few = settings(
        max_examples=15, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Belonging, settings=few)
