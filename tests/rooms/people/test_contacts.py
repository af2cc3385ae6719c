"""Does a file of contacts bring in everybody once, and can all of it be undone?"""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from folkmoot.apps.network import actions as network
from folkmoot.apps.people import actions, contacts, queries
from folkmoot.apps.people.contacts import plan_row
from folkmoot.apps.people.models import ContactsImport
from folkmoot.apps.places import actions as ground
from folkmoot.apps.places.models import Account, DiaryLine, Organisation, Part, Person, Post
from folkmoot.core.kernel.errors import NotFound, Refused
from folkmoot.core.network.contacts.plan import ContactsPlan
from partnership import Town
from rooms.people.kept import noted
from rooms.people.messy_contacts import messy_contacts

SHEET = b"""Full name,Organisation,Part,Level,Job title,E-mail,From,To
Ada Quill,Marram Council,Council,chief,Director,ada@council.example,2024-05-01,
Ben Oke,Marram Council,Council,front line,Clerk,,01/02/2025,
Ada Quill,Bay Trust,Health,middle,Trustee,ADA@council.example,,31/1/2027
Cy Marsh,,Residents,,,not an address,,
,,,,,nobody@council.example,,
Dee Holt,Bay Trust,Health,boss,Nurse,,2026-02-30,
"""
TABLES = (Person, Post, Organisation, Part)


def rows() -> list[list[dict[str, object]]]:
    """Everything that a file can change."""
    return [list(table.objects.order_by("id").values()) for table in TABLES]


def brought_in(town: Town, content: bytes = SHEET, name: str = "people.csv") -> ContactsImport:
    actions.import_contacts(town.convenor, content=content, file_name=name)
    return ContactsImport.objects.latest("report__order")


def undone(town: Town, row: ContactsImport) -> list[str]:
    """The reasons for which records stayed."""
    actions.undo_contacts(town.convenor, contacts_id=row.id)
    return [
        f"{name} {reason}" for _, name, reason in queries.contacts_import_for(town.convenor, row.id).stayed
    ]


def test_a_sheet_brings_in_everybody_once(town: Town) -> None:
    plan = actions.import_contacts(town.convenor, content=SHEET, file_name="people.csv")
    assert (plan.rows_in, len(plan.added), len(plan.set_aside)) == (6, 4, 1)
    assert plan.new_parts == ("Residents",)
    people = {person.name: person for person in Person.objects.all()}
    assert sorted(people) == ["Ada Quill", "Ben Oke", "Cy Marsh", "Dee Holt"]
    assert people["Ada Quill"].post_set.count() == 2
    assert people["Ada Quill"].email == "ada@council.example"
    assert "“people.csv”" in people["Ada Quill"].source
    assert Organisation.objects.get(name="Bay Trust").part.name == "Health"
    alone = Post.objects.get(person=people["Cy Marsh"])
    assert (alone.organisation, alone.part.name) == (None, "Residents")
    reasons = " ".join(remark.reason for remark in plan.remarks)
    assert all(word in reasons for word in ("boss", "2026-02-30", "not an address"))
    assert Account.objects.filter(email__contains="council.example").count() == 0
    assert ContactsImport.objects.get().content is None


def test_the_same_sheet_again_changes_nothing(town: Town) -> None:
    brought_in(town)
    before, lines = rows(), DiaryLine.objects.count()
    again = actions.import_contacts(town.convenor, content=SHEET)
    assert (len(again.added), len(again.updated), len(again.unchanged)) == (0, 0, 4)
    assert (rows(), DiaryLine.objects.count(), ContactsImport.objects.count()) == (before, lines, 1)


def test_a_file_of_too_many_rows_is_refused_in_words(town: Town) -> None:
    most = b"name\n" + b"".join(b"Ada Number%d\n" % at for at in range(10_000))
    waiting = actions.take_contacts(town.convenor, content=most + b"\n\n")
    for act in (actions.take_contacts, actions.import_contacts):
        with pytest.raises(Refused) as refusal:
            act(town.convenor, content=most + b"One Toomany\n")
        assert all(word in str(refusal.value) for word in ("10,001 rows", "10,000", "at once", "Split it"))
    assert (ContactsImport.objects.get(), Person.objects.count()) == (waiting, 0)


@pytest.mark.parametrize("waits", [False, True], ids=["at once", "checked first"])
def test_a_change_between_planning_and_saving_is_seen(
    town: Town, monkeypatch: pytest.MonkeyPatch, waits: bool
) -> None:
    planned: list[str] = []

    def plan_and_be_overtaken(row: ContactsImport) -> ContactsPlan:
        plan = plan_row(row)
        if not planned:
            ground.record_person(town.convenor, name="Ada Quill", email="ada@council.example")
        planned.append(row.id)
        return plan

    row = actions.take_contacts(town.convenor, content=SHEET) if waits else None
    monkeypatch.setattr(contacts, "plan_row", plan_and_be_overtaken)
    if row:
        actions.confirm_contacts(town.convenor, contacts_id=row.id)
    else:
        actions.import_contacts(town.convenor, content=SHEET)
    assert len(planned) == 2
    assert Person.objects.filter(name="Ada Quill").count() == 1
    assert ContactsImport.objects.get().report["added"] == 3
    actions.import_contacts(town.convenor, content=SHEET)
    assert len(planned) == 3  # nothing came between, and nothing was planned twice


def test_a_newer_sheet_brings_up_to_date_and_overwrites_no_name(town: Town) -> None:
    brought_in(town)
    newer = (
        b"name,organisation,post,email,to\n"
        b"Quentin Oke,Marram Council,Clerk,ben@council.example,\n"
        b"Ben Oke,MARRAM  council,clerk,ben@council.example,2026-12-31\n"
        b"A. Quill,Marram Council,Head,ada@council.example,\n"
    )
    plan = actions.import_contacts(town.convenor, content=newer)
    assert [person.name for person in plan.added] == ["Quentin Oke"]
    assert sorted(person.name for person in plan.updated) == ["Ada Quill", "Ben Oke"]
    clerk = Post.objects.get(person__name="Ben Oke")
    assert (clerk.ends_on, clerk.starts_on) == (date(2026, 12, 31), date(2025, 2, 1))
    assert Post.objects.filter(person__name="Ada Quill").count() == 3


def test_an_undone_file_leaves_everything_as_it_was(town: Town) -> None:
    ada = ground.record_person(town.convenor, name="Ada Quill", email="ada@council.example")
    before = rows()
    first = brought_in(town)
    assert Post.objects.filter(person=ada).count() == 2
    second = brought_in(
        town, SHEET.replace(b"Nurse", b"Matron").replace(b"01/02/2025,", b"01/02/2025,2026-10-01")
    )
    between = rows()
    assert undone(town, second) == []
    assert undone(town, first) == []
    assert rows() == before != between
    lines = DiaryLine.objects.count()
    assert undone(town, first) == []
    assert (rows(), DiaryLine.objects.count()) == (before, lines)


def test_what_something_rests_on_stays_and_is_named(town: Town) -> None:
    row = brought_in(town)
    people = {person.name: person for person in Person.objects.all()}
    noted(town, people["Ada Quill"])
    ask = network.make_ask(town.convenor, text="Buy in lots")
    told = {"ask_id": ask.id, "stance": "warm", "on": date(2026, 11, 1), "evidence": "Said so."}
    network.record_stance(town.convenor, person_id=people["Ben Oke"].id, **told)
    actions.keep_in_circle(town.convenor, person_id=people["Cy Marsh"].id, circle="member")
    stayed = undone(town, row)
    assert stayed[:3] == [
        "Ada Quill has notes by now",
        "Ben Oke has stances by now",
        "Cy Marsh was changed since",
    ]
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Ada Quill", "Ben Oke", "Cy Marsh"]
    assert Post.objects.filter(person__name="Ada Quill").count() == 2
    actions.erase_person(town.convenor, person_id=people["Ada Quill"].id, name="Ada Quill")
    assert not any("Ada" in reason for reason in undone(town, row))
    assert not Organisation.objects.filter(name="Bay Trust").exists()


def test_whoever_is_in_a_later_file_too_stays(town: Town) -> None:
    first = brought_in(town)
    later = brought_in(town, b"name,email\nAda Quill,ada@council.example\nEd Lomas,\n", "later.csv")
    stayed = undone(town, first)
    assert stayed[0] == "Ada Quill is in “later.csv”, too, which was brought in later"
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Ada Quill", "Ed Lomas"]
    assert undone(town, later) == []
    assert undone(town, first) == []
    assert not Person.objects.exists()


def test_files_wait_are_mapped_are_remembered_and_can_be_put_aside(town: Town) -> None:
    odd = b"Our list\nWer,Wo,Was\nAda Quill,Bay Trust,Nurse\n"
    row = actions.take_contacts(town.convenor, content=odd, file_name="odd.csv")
    assert not queries.contacts_sheet_for(town.convenor, row.id).is_named
    with pytest.raises(Refused):
        actions.confirm_contacts(town.convenor, contacts_id=row.id)
    columns = {"name": 0, "organisation": 1, "post": 2}
    actions.map_contacts(town.convenor, contacts_id=row.id, heading_line=2, columns=columns)
    actions.map_contacts(town.convenor, contacts_id=row.id, heading_line=2, columns=columns)
    actions.confirm_contacts(town.convenor, contacts_id=row.id)
    assert Post.objects.get().title == "Nurse"
    again = actions.take_contacts(town.convenor, content=odd + b"Ben Oke,,\n")
    check = queries.contacts_check_for(town.convenor, again.id)
    assert (len(check.plan.added), len(check.plan.unchanged)) == (1, 1)
    actions.forget_contacts(town.convenor, contacts_id=again.id)
    assert ContactsImport.objects.count() == 1


def test_the_same_file_confirmed_again_is_on_the_list_and_changes_nothing(town: Town) -> None:
    brought_in(town)
    before = rows()
    for _ in range(2):
        row = actions.take_contacts(town.convenor, content=SHEET)
        assert actions.confirm_contacts(town.convenor, contacts_id=row.id).state == "done"
        assert actions.confirm_contacts(town.convenor, contacts_id=row.id).id == row.id
    assert rows() == before
    seen = queries.contacts_imports_for(town.convenor)
    assert [one.changed for one in seen] == [False, False, True]


def test_files_are_the_convenors_own(town: Town) -> None:
    row = actions.take_contacts(town.neighbour, content=SHEET)
    for act in (
        actions.confirm_contacts,
        actions.undo_contacts,
        actions.forget_contacts,
        actions.map_contacts,
    ):
        with pytest.raises(NotFound):
            act(town.convenor, contacts_id=row.id)
    actions.confirm_contacts(town.neighbour, contacts_id=row.id)
    assert len(actions.import_contacts(town.convenor, content=SHEET).added) == 4
    assert Person.objects.filter(partnership=town.partnership).count() == 4


def test_people_who_share_a_mailbox_stay_two(town: Town) -> None:
    sheet = (
        b"name,organisation,email\nCllr Ada Oke,Council,office@c.example\n"
        b"Cllr Ben Oke,Council,office@c.example\nCllr Benjamin Oke,Trust,office@c.example\n"
    )
    plan = actions.import_contacts(town.convenor, content=sheet)
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Cllr Ada Oke", "Cllr Benjamin Oke"]
    assert any("has the same e-mail address as" in remark.reason for remark in plan.remarks)


def test_two_ids_are_two_people_even_of_one_name(town: Town) -> None:
    sheet = b"id,name,organisation,level\n1,John Smith,Council,chief\n2,John Smith,Council,middle\n"
    brought_in(town, sheet)
    assert Person.objects.count() == 2
    assert not actions.import_contacts(town.convenor, content=sheet).changes


def test_a_messy_sheet_of_500_rows(town: Town) -> None:
    messy = messy_contacts()
    before = rows()
    plan = actions.import_contacts(town.convenor, content=messy.content, file_name="Master.csv")
    assert plan.rows_in == messy.rows == plan.rows_used + len(plan.set_aside)
    assert Person.objects.count() == len(plan.added)
    # Somebody in two spellings is known twice until a person says otherwise, never more often.
    assert len(messy.people) <= len(plan.added) < len(messy.people) * 1.06
    assert queries.duplicates_for(town.convenor).total >= 5
    assert not actions.import_contacts(town.convenor, content=messy.content).changes
    assert undone(town, ContactsImport.objects.get()) == []
    assert rows() == before


def test_rows_that_were_set_aside_are_taken_away_with_formulas_kept_from_running(town: Town) -> None:
    row = brought_in(town, b"name,post\n,=cmd|x\n,+44\nAda Quill,Lead\n")
    text = queries.contacts_set_aside_for(town.convenor, row.id)
    assert text.splitlines()[1:] == [
        "2,There is neither an id nor a name.,,'=cmd|x",
        "3,There is neither an id nor a name.,,'+44",
    ]
    brought_in(town, b"name,post\n,x\nBen Oke,Lead\n")
    assert "cmd" not in queries.contacts_set_aside_for(town.convenor, row.id)


CELLS = st.tuples(
    st.sampled_from(["Ada Quill", "Ben Oke", "ada quill", "Dr Ada Quill", "Cy", ""]),
    st.sampled_from(["Council", "council ", "Trust", ""]),
    st.sampled_from(["Health", "health", "Housing", ""]),
    st.sampled_from(["Lead", "lead", "Clerk", ""]),
    st.sampled_from(["ada@c.example", "office@c.example", "bad", ""]),
    st.sampled_from(["2024-01-01", "2025-01-01", "", "never"]),
    st.sampled_from(["2024-06-01", "2026-06-01", ""]),
)
ADA = ("Ada Quill", "Council", "Health", "Lead", "ada@c.example", "2024-01-01", "2024-06-01")
FILES = st.lists(CELLS, min_size=1, max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(held=FILES, told=FILES)
@example(held=[ADA], told=[ADA, ("Ada Quill", "", "", "", "office@c.example", "", "")])
def test_a_file_changes_nothing_twice_and_leaves_nothing_when_undone(
    town: Town, held: list[tuple[str, ...]], told: list[tuple[str, ...]]
) -> None:
    for table in (ContactsImport, Person, Organisation):
        table.objects.all().delete()
    files = []
    for given_rows in (held, told):
        heading = "name,organisation,part,post,email,from,to"
        files.append("\n".join([heading, *(",".join(row) for row in given_rows)]).encode())
    actions.import_contacts(town.convenor, content=files[0])
    before = rows()
    row = actions.take_contacts(town.convenor, content=files[1])
    actions.confirm_contacts(town.convenor, contacts_id=row.id)
    assert not actions.import_contacts(town.convenor, content=files[1]).changes
    if ContactsImport.objects.filter(id=row.id).exists():
        assert undone(town, row) == []
    assert rows() == before


def test_who_is_erased_goes_from_what_files_remember_and_the_rest_is_undone(town: Town) -> None:
    row = brought_in(
        town,
        SHEET.replace(
            b",,,,,nobody@", b"Ada Quill,Marram Council,Council,chief,Director,,2024-05-01,\n,,,,,nobody@"
        ),
    )
    ada = Person.objects.get(name="Ada Quill")
    actions.erase_person(town.convenor, person_id=ada.id, name="Ada Quill")
    row.refresh_from_db()
    kept = f"{row.changes} {row.report}"
    assert not any(word in kept for word in ("Ada Quill", "ada@council.example", ada.id))
    assert undone(town, row) == []
    assert not Person.objects.exists()
    assert not Organisation.objects.exists()
