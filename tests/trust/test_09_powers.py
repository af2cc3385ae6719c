"""Does power end where it should: a token's, a former convenor's, a file's that was made too early?"""

import zipfile

import pytest
from django.test import Client

from folkmoot.apps.people import actions as people
from folkmoot.apps.places import actions
from folkmoot.apps.places.exported import exported_file
from folkmoot.apps.places.models import Job, Membership, Person
from folkmoot.apps.places.queries import actor_for, members_for
from folkmoot.core.access import Actor, Role
from folkmoot.core.kernel.errors import NotAllowed, Refused
from folkmoot.site import tasks
from partnership import Town
from trust.samples import person


def with_token(actor: Actor, *scopes: str) -> Actor:
    """The same actor, come with a token."""
    return Actor(actor.role, actor.partnership_id, actor.account_id, actor.person_id, frozenset(scopes))


def membership(actor: Actor) -> Membership:
    """The actor's own."""
    return Membership.objects.get(account_id=actor.account_id, partnership_id=actor.partnership_id)


@pytest.mark.parametrize("role", [Role.CONVENOR, Role.CORE])
def test_08_a_token_hands_out_no_power(town: Town, role: Role) -> None:
    program = with_token(town.convenor, "places.write", "places.read")
    with pytest.raises(NotAllowed, match="A token cannot make somebody"):
        actions.invite_member(program, email="new@marram.example", role=role)
    with pytest.raises(NotAllowed, match="A token cannot make somebody"):
        actions.change_role(program, membership_id=membership(town.member).id, role=role)
    sent = actions.invite_member(town.convenor, email="new@marram.example", role=role)
    with pytest.raises(NotAllowed, match="A token cannot make somebody"):
        actions.send_invitation_again(program, invitation_id=sent.invitation.id)
    actions.invite_member(program, email="member2@marram.example", role=Role.MEMBER)


def test_09_an_invitation_ends_with_the_convenor_who_sent_it(town: Town) -> None:
    actions.change_role(town.convenor, membership_id=membership(town.core).id, role=Role.CONVENOR)
    core = actor_for(town.account(town.core), town.partnership.slug)[1]
    sent = actions.invite_member(core, email="second@marram.example", role=Role.CONVENOR)
    guest = actions.admit_member(
        town.neighbour,
        partnership_id=town.elsewhere.id,
        email="second@marram.example",
        name="",
        role=Role.MEMBER,
    ).account
    actions.take_out_member(town.convenor, membership_id=membership(town.core).id)
    with pytest.raises(Refused, match="does not hold any more"):
        actions.accept_invitation(Actor(account_id=guest.id), invitation_id=sent.invitation.id)
    assert (
        Client().get(f"/invitation/{sent.secret}/").content
        == Client().get(f"/invitation/{'x' * 43}/").content
    )


def test_03_what_may_be_changed_is_not_read_with_a_scope_for_writing(town: Town) -> None:
    def asked(*scopes: str) -> int:
        made = actions.make_token(town.convenor, name="A program", scopes=scopes)
        answer = Client().get(
            f"/api/{town.partnership.slug}/people/duplicates", HTTP_AUTHORIZATION=f"Bearer {made.secret}"
        )
        return answer.status_code

    assert asked("people.write", "places.read") == 403
    assert asked("people.write", "people.read", "places.read") == 200


def test_a_member_is_not_called_by_a_name_that_one_may_not_see(town: Town) -> None:
    hidden = actions.record_person(town.convenor, name="Hidden Hal")
    Person.objects.filter(id=hidden.id).update(circle="convenor")
    held = membership(town.member)
    Membership.objects.filter(id=held.id).update(person=hidden)
    held.account.name = ""
    held.account.save()
    assert "Hidden Hal" in {member.name for member in members_for(town.convenor)}
    assert "Hidden Hal" not in {member.name for member in members_for(town.core)}


@pytest.mark.parametrize("name", ["", "   ", "\u202e", "x" * 201])
def test_38_nothing_is_called_by_nothing(town: Town, name: str) -> None:
    for act in (
        actions.record_person,
        actions.record_organisation,
        actions.name_anchor,
        actions.start_initiative,
    ):
        with pytest.raises(Refused):
            act(town.convenor, name=name)
    assert actions.record_person(town.convenor, name="Ann\u202e  Lee").name == "Ann Lee"


def test_somebody_erased_while_the_file_is_made_is_not_in_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = Person.objects.get(id=person(town.convenor))
    export, rounds = tasks.export_partnership, []

    def erased_meanwhile(*given: object) -> object:
        written = export(*given)
        if not rounds:
            people.erase_person(town.convenor, person_id=gone.id, name=gone.name)
        rounds.append(written)
        return written

    monkeypatch.setattr(tasks, "export_partnership", erased_meanwhile)
    town_client = Client()
    town_client.force_login(town.account(town.convenor))
    town_client.post(f"/{town.partnership.slug}/take-away/")
    tasks.take_away_task.func(Job.objects.get(partnership=town.partnership, task=tasks_path()).id)
    assert len(rounds) == 2
    with zipfile.ZipFile(exported_file(town.partnership.id)) as file:
        assert not any(gone.name.encode() in file.read(name) for name in file.namelist())


def tasks_path() -> str:
    """The task that makes the file, as a job names it."""
    return "folkmoot.site.tasks.take_away_task"
