"""Do two records become one with both histories, and two again to the letter?"""

from datetime import date

import pytest
from django.apps import apps
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from folkmoot.apps.network import actions as network
from folkmoot.apps.network.models import Promise, Stance
from folkmoot.apps.people import actions, queries
from folkmoot.apps.people.models import Distinct, Merge, Note
from folkmoot.apps.places import actions as ground
from folkmoot.apps.places.models import DiaryDetail, DiaryLine, Membership, Person, Post
from folkmoot.core.kernel.errors import NotFound, Refused
from partnership import Town
from rooms.people.kept import joined, known, noted


def rows() -> dict[str, list[dict[str, object]]]:
    """Every row of our tables, but for the diary and for what merging itself writes down."""
    ours = (model for config in apps.get_app_configs() if config.name.startswith("folkmoot.")
            for model in config.get_models())  # fmt: skip
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for model in ours
        if model not in (Merge, DiaryLine, DiaryDetail)
    }


def lived(town: Town, person: Person, stance: str = "warm", title: str = "Clerk") -> None:
    """A post, a stance, a promise and a note."""
    body = ground.name_anchor(town.convenor, name="Town Hall")
    ground.record_post(town.convenor, person_id=person.id, organisation_id=body.id, title=title)
    ask = network.Ask.objects.first() or network.make_ask(town.convenor, text="Buy in lots")
    told = {"ask_id": ask.id, "stance": stance, "on": date(2026, 11, 1), "evidence": f"Said by {person.name}"}
    network.record_stance(town.convenor, person_id=person.id, **told)
    network.record_promise(town.convenor, person_id=person.id, text=f"A room of {person.name}")
    noted(town, person, text=f"About {person.name}")


def two(town: Town) -> tuple[Person, Person]:
    ann, other = known(town, "Ann Lee", "ann@hall.example"), known(town, "A. Marsh", "marsh@hall.example")
    lived(town, ann)
    lived(town, other, "active", "Head")
    return ann, other


def test_both_histories_are_kept_and_what_was_chosen(town: Town) -> None:
    ann, other = two(town)
    told = {"kept_id": ann.id, "gone_id": other.id, "from_other": ["name"]}
    actions.merge_people(town.convenor, **told)
    kept = Person.objects.get()
    assert (kept.id, kept.name, kept.email) == (ann.id, "A. Marsh", "ann@hall.example")
    assert [table.objects.filter(person=kept).count() for table in (Post, Stance, Promise, Note)] == [
        2,
        2,
        2,
        2,
    ]
    assert queries.kept_for(town.convenor, other.id) == ann.id
    for actor in (town.outsider, town.nobody, town.neighbour):
        with pytest.raises(NotFound):
            queries.kept_for(actor, other.id)
    with pytest.raises(NotFound):
        actions.merge_people(town.convenor, **told)
    with pytest.raises(Refused):
        actions.merge_people(town.convenor, kept_id=ann.id, gone_id=ann.id)


def test_a_later_file_with_either_name_or_address_meets_the_kept_person(town: Town) -> None:
    ann, other = two(town)
    actions.merge_people(town.convenor, kept_id=ann.id, gone_id=other.id)
    sheet = (
        b"name,organisation,email\nA. Marsh,,marsh@hall.example\nAnn Lee,Town Hall,\nA. Marsh,Town Hall,\n"
    )
    plan = actions.import_contacts(town.convenor, content=sheet)
    assert not plan.added
    assert Person.objects.get().id == ann.id


def test_a_merge_is_taken_back_to_the_letter_twice_as_once(town: Town) -> None:
    ann, other = two(town)
    third = known(town, "Third")
    actions.tell_apart(town.convenor, one_id=other.id, other_id=third.id)
    Membership.objects.filter(account_id=town.member.account_id).update(person=other)
    before = rows()
    told = {"kept_id": ann.id, "gone_id": other.id, "from_other": ["email", "name"]}
    merge = actions.merge_people(town.convenor, **told)
    assert Distinct.objects.get().one_id in (ann.id, third.id)
    assert Membership.objects.get(account_id=town.member.account_id).person_id == ann.id
    for _ in range(2):
        actions.undo_merge(town.convenor, merge_id=merge.id)
        assert rows() == before


def test_what_came_since_stays_with_the_kept_record(town: Town) -> None:
    ann, other = two(town)
    merge = actions.merge_people(town.convenor, kept_id=ann.id, gone_id=other.id, from_other=["name"])
    note = noted(town, ann, text="Came later")
    Person.objects.filter(id=ann.id).update(email="newer@hall.example")
    Post.objects.filter(title="Head").delete()
    actions.undo_merge(town.convenor, merge_id=merge.id)
    assert Note.objects.get(id=note.id).person_id == ann.id
    assert Note.objects.filter(person=other).count() == 1
    kept = Person.objects.get(id=ann.id)
    assert (kept.name, kept.email) == ("Ann Lee", "newer@hall.example")
    assert not Post.objects.filter(person=other).exists()


def test_notes_reach_no_further_than_the_person_does_afterwards(town: Town) -> None:
    ann, other = known(town, "Ann Lee", circle="member"), known(town, "Anne Lee", circle="convenor")
    note = noted(town, ann, circle="member")
    told = {"kept_id": ann.id, "gone_id": other.id, "from_other": ["circle"]}
    merge = actions.merge_people(town.convenor, **told)
    assert Note.objects.get(id=note.id).circle == "convenor"
    actions.undo_merge(town.convenor, merge_id=merge.id)
    assert Note.objects.get(id=note.id).circle == "member"


CLOSER = [
    ("public", "convenor", {}, "convenor"),
    ("core", "public", {}, "core"),
    ("public", "convenor", {"from_kept": ["circle"]}, "public"),
    ("core", "public", {"from_other": ["circle"]}, "public"),
    ("public", "convenor", {"from_kept": ["name"], "from_other": ["email"]}, "convenor"),
]


@pytest.mark.parametrize(("mine", "theirs", "chosen", "after"), CLOSER)
def test_the_closer_circle_holds_unless_somebody_chose(
    town: Town, mine: str, theirs: str, chosen: dict[str, list[str]], after: str
) -> None:
    ann, other = known(town, "Ann Lee", circle=mine), known(town, "Anne Lee", circle=theirs)
    for person, circle in ((ann, mine), (other, theirs)):
        noted(town, person, circle=circle)
    before = rows()
    merge = actions.merge_people(town.convenor, kept_id=ann.id, gone_id=other.id, **chosen)
    assert Person.objects.get().circle == after
    assert after == "public" or set(Note.objects.values_list("circle", flat=True)) == {after}
    actions.undo_merge(town.convenor, merge_id=merge.id)
    assert rows() == before


@pytest.mark.parametrize(("chosen", "after"), [("kept", "public"), ("other", "convenor")])
def test_the_page_hands_on_which_circle_was_chosen(
    town: Town, client: Client, chosen: str, after: str
) -> None:
    ann, other = known(town, "Ann Lee", circle="public"), known(town, "Ann Lee", circle="convenor")
    client.force_login(town.account(town.convenor))
    client.post(f"/{town.partnership.slug}/people/merge/{ann.id}/{other.id}/", {"circle": chosen})
    assert Person.objects.get().circle == after


def test_a_field_is_chosen_from_one_record_alone(town: Town) -> None:
    ann, other = known(town, "Ann Lee"), known(town, "Anne Lee")
    ids = {"kept_id": ann.id, "gone_id": other.id}
    for chosen in ({"from_kept": ["id"]}, {"from_kept": ["name"], "from_other": ["name"]}):
        with pytest.raises(Refused) as refusal:
            actions.merge_people(town.convenor, **ids, **chosen)
        assert refusal.value.field == "from_kept"
    assert Person.objects.count() == 2


def test_an_old_address_leads_nobody_to_a_record_that_they_may_not_see(town: Town, client: Client) -> None:
    ann, other = known(town, "Ann Lee", circle="core"), known(town, "Anne Lee", circle="core")
    actions.merge_people(town.convenor, kept_id=ann.id, gone_id=other.id)
    for actor in (town.convenor, town.core):
        assert queries.kept_for(actor, other.id) == ann.id
    with pytest.raises(NotFound):
        queries.kept_for(town.member, other.id)
    client.force_login(town.account(town.member))
    answer = client.get(f"/{town.partnership.slug}/network/people/{other.id}/")
    assert answer.status_code == 404
    assert ann.id not in answer.content.decode()
    assert queries.kept_for(joined(town, town.member, ann), other.id) == ann.id


def test_merges_upon_merges_are_taken_back_the_last_first(town: Town) -> None:
    ann, other = two(town)
    third = known(town, "Anne Lee")
    before = rows()
    first = actions.merge_people(town.convenor, kept_id=ann.id, gone_id=other.id)
    second = actions.merge_people(town.convenor, kept_id=third.id, gone_id=ann.id)
    assert queries.kept_for(town.convenor, other.id) == third.id
    with pytest.raises(Refused):
        actions.undo_merge(town.convenor, merge_id=first.id)
    assert [seen.by_now_elsewhere for seen in queries.duplicates_for(town.convenor).merges] in (
        [True, False],
        [False, True],
    )
    actions.undo_merge(town.convenor, merge_id=second.id)
    actions.undo_merge(town.convenor, merge_id=first.id)
    assert rows() == before


def test_one_post_held_twice_is_shown_once_and_comes_back(town: Town) -> None:
    ann, other = two(town)
    body = Post.objects.first().organisation
    ground.record_post(town.convenor, person_id=other.id, organisation_id=body.id, title="clerk")
    before = rows()
    merge = actions.merge_people(town.convenor, kept_id=ann.id, gone_id=other.id)
    assert Post.objects.filter(person=ann).count() == 2
    actions.undo_merge(town.convenor, merge_id=merge.id)
    assert rows() == before


def test_pairs_are_offered_until_somebody_says_that_they_are_two(town: Town) -> None:
    ann, other = known(town, "Ann Lee", "a@hall.example"), known(town, "A. Lee", "a@hall.example")
    (pair,) = queries.duplicates_for(town.convenor).pairs
    assert {pair.one.id, pair.other.id} == {ann.id, other.id}
    assert "a@hall.example" in pair.reason
    page = queries.merge_page_for(town.convenor, ann.id, other.id)
    assert [choice.name for choice in page.choices] == ["name"]
    for _ in range(2):
        actions.tell_apart(town.convenor, one_id=ann.id, other_id=other.id)
    assert (queries.duplicates_for(town.convenor).total, Distinct.objects.count()) == (0, 1)


def test_an_import_whose_person_was_merged_is_undone_around_them(town: Town) -> None:
    sheet = b"name,organisation\nA. Lee,Hall\nBen Oke,Hall\n"
    ann = known(town, "Ann Lee")
    row = actions.take_contacts(town.convenor, content=sheet)
    actions.confirm_contacts(town.convenor, contacts_id=row.id)
    gone = Person.objects.get(name="A. Lee")
    merge = actions.merge_people(town.convenor, kept_id=ann.id, gone_id=gone.id)
    actions.undo_contacts(town.convenor, contacts_id=row.id)
    seen = queries.contacts_import_for(town.convenor, row.id)
    assert ("A. Lee", "is one with Ann Lee by now") in [(name, reason) for _, name, reason in seen.stayed]
    assert [person.name for person in Person.objects.all()] == ["Ann Lee"]
    actions.undo_merge(town.convenor, merge_id=merge.id)
    actions.undo_contacts(town.convenor, contacts_id=row.id)
    assert [person.name for person in Person.objects.all()] == ["Ann Lee"]
    assert not Post.objects.exists()


def test_a_merge_that_was_taken_back_holds_nobody(town: Town) -> None:
    row = actions.take_contacts(town.convenor, content=b"name,organisation\nA. Lee,Hall\nAnn Lee,Hall\n")
    actions.confirm_contacts(town.convenor, contacts_id=row.id)
    (pair,) = queries.duplicates_for(town.convenor).pairs
    merge = actions.merge_people(town.convenor, kept_id=pair.one.id, gone_id=pair.other.id)
    actions.undo_merge(town.convenor, merge_id=merge.id)
    actions.tell_apart(town.convenor, one_id=pair.one.id, other_id=pair.other.id)
    actions.undo_contacts(town.convenor, contacts_id=row.id)
    assert not Person.objects.exists()


LIVES = st.lists(st.sampled_from(["post", "stance", "promise", "note", "membership", "apart"]), max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=LIVES, theirs=LIVES, chosen=st.sets(st.sampled_from(["name", "email", "circle", "review_on"])))
def test_whatever_the_two_lived_undoing_leaves_every_row_as_it_was(
    town: Town, mine: list[str], theirs: list[str], chosen: set[str]
) -> None:
    Merge.objects.all().delete()
    Person.objects.all().delete()
    third = known(town, "Third")
    people = [known(town, "Ann Lee", "ann@hall.example", "member"), known(town, "A. Marsh", "", "convenor")]
    body = ground.name_anchor(town.convenor, name="Town Hall")
    for person, lives in zip(people, (mine, theirs), strict=True):
        for number, what in enumerate(lives):
            live(town, person, what, number, body.id, third)
    before = rows()
    ids = {"kept_id": people[0].id, "gone_id": people[1].id}
    merge = actions.merge_people(town.convenor, **ids, from_other=sorted(chosen))
    assert not Post.objects.filter(person_id=people[1].id).exists()
    actions.undo_merge(town.convenor, merge_id=merge.id)
    assert rows() == before


def live(town: Town, person: Person, what: str, number: int, body: str, third: Person) -> None:
    """One thing that hangs on a record."""
    match what:
        case "post":
            told = {"organisation_id": body, "title": ["Clerk", "Head"][number % 2]}
            ground.record_post(town.convenor, person_id=person.id, **told)
        case "stance":
            ask = network.Ask.objects.first() or network.make_ask(town.convenor, text="Buy in lots")
            said = {
                "ask_id": ask.id,
                "stance": "warm",
                "on": date(2026, 11, 1 + number),
                "evidence": "Said so.",
            }
            network.record_stance(town.convenor, person_id=person.id, **said)
        case "promise":
            network.record_promise(town.convenor, person_id=person.id, text="A room")
        case "note":
            noted(town, person, circle=person.circle)
        case "membership":
            Membership.objects.filter(account_id=town.core.account_id).update(person=person)
        case "apart":
            other = Person.objects.exclude(id__in=[person.id, third.id]).first()
            for one in (third, other):
                actions.tell_apart(town.convenor, one_id=person.id, other_id=one.id)
