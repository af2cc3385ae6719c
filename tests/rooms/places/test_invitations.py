"""Does an invitation serve one address, once, and only while it holds?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from folkmoot.apps.places import actions, clock, queries
from folkmoot.apps.places.diary import verify_chain
from folkmoot.apps.places.invitations import HOLDS_FOR, MOST_LETTERS, Sent, account_invited, invitation_behind
from folkmoot.apps.places.models import Account, DiaryDetail, DiaryLine, Invitation, Membership, Person
from folkmoot.apps.places.paging import MOST_CHOICES
from folkmoot.core.access import Actor, Role
from folkmoot.core.kernel.errors import NotAllowed, NotFound, Refused
from partnership import Town, found_town

ADA = "ada@marram.example"


def invited(town: Town, email: str = ADA, role: Role = Role.CORE, **more: str) -> Sent:
    """Somebody is invited."""
    return actions.invite_member(town.convenor, email=email, role=role, name="Ada Quill", **more)


def signed_in(secret: str) -> Actor:
    """Whoever came by a link and typed the code."""
    return Actor(account_id=account_invited(secret).id)


def test_an_account_is_made_when_the_code_is_asked_for_and_belongs_once_joined(town: Town) -> None:
    person = actions.record_person(town.convenor, name="Ada Quill")
    sent = invited(town, person_id=person.id)
    assert not Account.objects.filter(email=ADA).exists()
    assert invitation_behind(sent.secret).inviter == "convenor of marram"
    actor = signed_in(sent.secret)
    assert not Membership.objects.filter(account_id=actor.account_id).exists()
    assert [each.id for each in queries.waiting_for(actor)] == [sent.invitation.id]
    held = actions.accept_invitation(actor, invitation_id=sent.invitation.id)
    assert (held.role, held.person_id, held.account.name) == ("core", person.id, "Ada Quill")
    assert actions.accept_invitation(actor, invitation_id=sent.invitation.id) == held
    assert invitation_behind(sent.secret) is None
    assert account_invited(sent.secret) is None
    assert verify_chain(town.partnership.id).whole


def test_only_convenors_invite_and_only_within_their_own(town: Town) -> None:
    sent = invited(town)
    for actor in (town.core, town.member, town.outsider, town.nobody):
        with pytest.raises(NotAllowed):
            actions.invite_member(actor, email="b@marram.example", role=Role.MEMBER)
        assert not queries.invitations_for(actor).exists()
    for act in (actions.send_invitation_again, actions.withdraw_invitation):
        with pytest.raises(NotFound):
            act(town.neighbour, invitation_id=sent.invitation.id)
    stranger = actions.record_person(town.neighbour, name="Stranger")
    with pytest.raises(Refused):
        invited(town, "c@marram.example", person_id=stranger.id)


@pytest.mark.parametrize(
    "email",
    ["", "nobody", "a@b", "a b@c.example", "a@c.example\nBcc: all@c.example", "a@c.example, b@c.example"],
)
def test_what_is_no_address_is_refused(town: Town, email: str) -> None:
    with pytest.raises(Refused):
        invited(town, email)
    assert not Invitation.objects.exists()


def test_nobody_else_joins_by_it(town: Town) -> None:
    sent = invited(town)
    for actor in (town.member, town.outsider, town.nobody, Actor(account_id="no such")):
        assert queries.waiting_for(actor) == ()
        with pytest.raises(NotAllowed):
            actions.accept_invitation(actor, invitation_id=sent.invitation.id)
    actor = signed_in(sent.secret)
    program = Actor(account_id=actor.account_id, scopes=frozenset({"places.write"}))
    with pytest.raises(NotAllowed):  # a token speaks for the partnership that it was made in
        actions.accept_invitation(program, invitation_id=sent.invitation.id)


def test_an_old_letter_does_not_let_back_in_who_was_taken_out(town: Town) -> None:
    sent = invited(town)
    actor = signed_in(sent.secret)
    held = actions.accept_invitation(actor, invitation_id=sent.invitation.id)
    actions.take_out_member(town.convenor, membership_id=held.id)
    with pytest.raises(Refused):
        actions.accept_invitation(actor, invitation_id=sent.invitation.id)
    assert queries.waiting_for(actor) == ()


def test_an_invitation_never_changes_the_role_of_somebody_who_belongs(town: Town) -> None:
    sent = invited(town, role=Role.CONVENOR)
    given = {"email": ADA, "name": "Ada", "role": Role.MEMBER}
    actions.admit_member(town.convenor, partnership_id=town.partnership.id, **given)
    held = actions.accept_invitation(signed_in(sent.secret), invitation_id=sent.invitation.id)
    assert held.role == "member"
    with pytest.raises(Refused, match="belongs already"):
        invited(town)


def test_neither_the_tables_nor_the_diary_hold_the_secret(town: Town) -> None:
    sent = invited(town)
    rows = [*Invitation.objects.values_list(), *DiaryDetail.objects.values_list()]
    assert sent.secret not in repr(rows)
    assert len(sent.secret) == 43


def test_one_address_is_not_flooded(town: Town) -> None:
    sent = invited(town)
    for _ in range(4):
        actions.send_invitation_again(town.convenor, invitation_id=sent.invitation.id)
    with pytest.raises(Refused, match="several letters"):
        actions.send_invitation_again(town.convenor, invitation_id=sent.invitation.id)
    actions.withdraw_invitation(town.convenor, invitation_id=sent.invitation.id)
    with pytest.raises(Refused, match="several letters"):
        invited(town)


class OneInvitation(RuleBasedStateMachine):
    """An invitation under any clock: whatever was done before, a link opens only while it holds."""

    def __init__(self) -> None:
        super().__init__()
        self.all = transaction.atomic()
        self.all.__enter__()

    @initialize()
    def found(self) -> None:
        """A town, and a letter on its way."""
        self.now = datetime(2026, 3, 1, 9, tzinfo=UTC)
        clock.stand_at(self.now)
        self.town = found_town("letters")
        self.links: list[str] = []
        self.open_until: datetime | None = None
        self.joined = False
        self.noted(invited(self.town, "Ada@Marram.Example"))

    def noted(self, sent: Sent) -> None:
        """The newest link is the only one that opens anything."""
        self.id = sent.invitation.id
        self.links.append(sent.secret)
        self.open_until = self.now + HOLDS_FOR

    def letters_today(self) -> int:
        """How many lines tell of letters to Ada, of this day or of one that is still to come."""
        asked = Invitation.objects.filter(email=ADA).values("id")
        day = self.now - timedelta(days=1)
        return DiaryLine.objects.filter(subject_id__in=asked, at__gt=day).count()

    def holds(self) -> bool:
        """What the model says of the newest link."""
        return self.open_until is not None and self.now < self.open_until

    @rule(hours=some.sampled_from([-30, 1, 23, 24 * 7, 24 * 14]))
    def time_goes(self, hours: int) -> None:
        """On, and sometimes back."""
        self.now += timedelta(hours=hours)
        clock.stand_at(self.now)

    @rule()
    def send_again(self) -> None:
        """A new link, where the invitation still waits, even when it ran out."""
        try:
            self.noted(actions.send_invitation_again(self.town.convenor, invitation_id=self.id))
        except NotFound:
            assert self.open_until is None
        except Refused:
            assert self.letters_today() >= MOST_LETTERS

    @rule()
    def withdraw(self) -> None:
        """No link opens anything any more."""
        try:
            actions.withdraw_invitation(self.town.convenor, invitation_id=self.id)
        except NotFound:
            assert self.open_until is None
        else:
            self.open_until = None

    @rule(times=some.integers(1, 2))
    def join(self, times: int) -> None:
        """Whoever holds the address joins, perhaps pressing twice."""
        account, _ = Account.objects.get_or_create(email=ADA)
        for _ in range(times):
            try:
                actions.accept_invitation(Actor(account_id=account.id), invitation_id=self.id)
            except Refused:
                assert not self.holds()
                assert not self.joined
            else:
                assert self.joined or self.holds()
                self.joined, self.open_until = True, None

    @rule()
    def invite_afresh(self) -> None:
        """Another invitation, once the one before is over."""
        try:
            self.noted(invited(self.town))
        except Refused:
            assert self.joined or self.holds() or self.letters_today() >= MOST_LETTERS

    @invariant()
    def only_the_newest_link_opens(self) -> None:
        """And only while it holds."""
        opening = [secret for secret in getattr(self, "links", []) if invitation_behind(secret)]
        if hasattr(self, "town"):
            assert opening == (self.links[-1:] if self.holds() else [])

    @invariant()
    def one_membership_at_most(self) -> None:
        """However often they pressed."""
        if hasattr(self, "town"):
            found = Membership.objects.filter(partnership=self.town.partnership, account__email=ADA).count()
            assert found == int(self.joined)

    def teardown(self) -> None:
        """Everything is taken back before the next run."""
        clock.stand_at(None)
        transaction.set_rollback(True)
        self.all.__exit__(None, None, None)


@pytest.mark.django_db
def test_a_link_opens_only_while_it_holds_under_any_clock() -> None:
    few = settings(
        max_examples=20, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(OneInvitation, settings=few)


def test_somebody_recorded_is_invited_from_their_page_however_many_there_are(town: Town) -> None:
    client, slug = Client(), town.partnership.slug
    client.force_login(town.account(town.convenor))
    ada = actions.record_person(town.convenor, name="Ada Quill", email=ADA)
    row = {"partnership": town.partnership, "circle": "core"}
    Person.objects.bulk_create(Person(**row, name=f"Person {n}") for n in range(MOST_CHOICES))
    page = client.get(f"/{slug}/members/invite/").content.decode()
    assert "find them by name" in page
    assert "<select" not in page
    address = f"/{slug}/members/invite/?person={ada.id}"
    assert f'href="{address}"' in client.get(f"/{slug}/network/people/{ada.id}/").content.decode()
    assert f'value="{ADA}"' in client.get(address).content.decode()
    client.post(address, {"email": ADA, "role": "core", "person_id": ada.id})
    asked = Invitation.objects.get()
    assert asked.person_id == ada.id
    joining = Actor(account_id=Account.objects.create(email=ADA).id)
    actions.accept_invitation(joining, invitation_id=asked.id)
    assert address not in client.get(f"/{slug}/network/people/{ada.id}/").content.decode()
    assert client.get(address).status_code == 200
