"""Does a contacts sheet bring in everybody once, and say what it left out?"""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from folkmoot.apps.network import actions, queries
from folkmoot.apps.network.contacts import Records, plan_contacts
from folkmoot.apps.network.models import Stance
from folkmoot.apps.places.models import Account, DiaryLine, Organisation, Part, Person, Post
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.network import read_people
from partnership import Town

SHEET = b"""Full name,Organisation,Part,Level,Job title,E-mail,From,To
Ada Quill,Marram Council,Council,chief,Director,ada@council.example,2024-05-01,
Ben Oke,Marram Council,Council,front line,Clerk,,01/02/2025,
Ada Quill,Bay Trust,Health,middle,Trustee,ADA@council.example,,31/1/2027
Cy Marsh,,Residents,,,not an address,,
,,,,,nobody@council.example,,
Dee Holt,Bay Trust,Health,boss,Nurse,,2026-02-30,
"""


def test_a_sheet_brings_in_everybody_once(town: Town) -> None:
    plan = actions.import_contacts(town.convenor, content=SHEET, file_name="people.csv")
    assert (plan.rows_in, len(plan.added), len(plan.set_aside)) == (6, 4, 1)
    assert plan.new_parts == ("Residents",)
    people = {person.name: person for person in Person.objects.all()}
    assert sorted(people) == ["Ada Quill", "Ben Oke", "Cy Marsh", "Dee Holt"]
    assert people["Ada Quill"].post_set.count() == 2
    assert people["Ada Quill"].email == "ada@council.example"
    assert Organisation.objects.get(name="Bay Trust").part.name == "Health"
    alone = Post.objects.get(person=people["Cy Marsh"])
    assert (alone.organisation, alone.part.name) == (None, "Residents")
    reasons = " ".join(remark.reason for remark in plan.remarks)
    assert all(word in reasons for word in ("boss", "2026-02-30", "Cy Marsh"))
    assert Account.objects.filter(email__contains="council.example").count() == 0


def test_the_same_sheet_again_changes_nothing(town: Town) -> None:
    actions.import_contacts(town.convenor, content=SHEET)
    lines = DiaryLine.objects.count()
    before = [list(table.objects.order_by("id").values()) for table in (Person, Post, Organisation, Part)]
    again = actions.import_contacts(town.convenor, content=SHEET)
    assert (len(again.added), len(again.updated), again.unchanged) == (0, 0, 4)
    assert [list(t.objects.order_by("id").values()) for t in (Person, Post, Organisation, Part)] == before
    assert DiaryLine.objects.count() == lines


def test_a_newer_sheet_brings_up_to_date_and_overwrites_no_name(town: Town) -> None:
    actions.import_contacts(town.convenor, content=SHEET)
    newer = (
        b"name,organisation,post,email,to\n"
        b"Benjamin Oke,Marram Council,Clerk,ben@council.example,\n"
        b"Ben Oke,MARRAM  council,clerk,ben@council.example,2026-12-31\n"
        b"A. Quill,Marram Council,Head,ada@council.example,\n"
    )
    plan = actions.import_contacts(town.convenor, content=newer)
    assert [person.name for person in plan.added] == ["Benjamin Oke"]
    assert sorted(person.name for person in plan.updated) == ["Ada Quill", "Ben Oke"]
    clerk = Post.objects.get(person__name="Ben Oke")
    assert (clerk.ends_on, clerk.starts_on) == (date(2026, 12, 31), date(2025, 2, 1))
    assert Post.objects.filter(person__name="Ada Quill").count() == 3


def test_people_who_share_a_mailbox_stay_two(town: Town) -> None:
    sheet = (
        b"name,organisation,email\nCllr Ada Oke,Council,office@c.example\n"
        b"Cllr Ben Oke,Council,office@c.example\nCllr Benjamin Oke,Trust,office@c.example\n"
    )
    plan = actions.import_contacts(town.convenor, content=sheet)
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Cllr Ada Oke", "Cllr Ben Oke"]
    assert "Cllr Ben Oke has the same e-mail address as Cllr Ada Oke" in plan.remarks[0].reason
    assert not actions.import_contacts(town.convenor, content=sheet).changes


def test_two_ids_are_two_people_even_of_one_name(town: Town) -> None:
    sheet = b"id,name,organisation\n1,John Smith,Council\n2,John Smith,Council\n"
    actions.import_contacts(town.convenor, content=sheet)
    assert Person.objects.count() == 2
    assert not actions.import_contacts(town.convenor, content=sheet).changes


def test_a_sheet_of_ids_and_parts_is_enough_for_support(town: Town) -> None:
    actions.import_contacts(town.convenor, content=b"id,part\np1,Health\np2,health\n")
    read = actions.import_stances(
        town.convenor, content=b"person,on,stance,evidence\np1,2026-11-01,active,Said so.\n"
    )
    assert read.added == 1
    assert queries.support_for(town.convenor, town.partnership.id).parts["Health"] == 1


def test_a_file_that_is_no_sheet_is_refused_and_nothing_changes(town: Town) -> None:
    for content in (b"", b"PK\x03\x04workbook", b"colour,shape\nred,round\n"):
        with pytest.raises(Refused):
            actions.import_contacts(town.convenor, content=content)
    assert not Person.objects.exists()


def test_the_neighbours_people_are_not_ours(town: Town) -> None:
    actions.import_contacts(town.neighbour, content=SHEET)
    assert len(actions.import_contacts(town.convenor, content=SHEET).added) == 4
    assert Person.objects.filter(partnership=town.partnership).count() == 4


def test_stances_are_brought_in_once_and_every_row_is_accounted_for(town: Town) -> None:
    actions.import_contacts(town.convenor, content=SHEET)
    sheet = (
        b"person,on,stance,evidence,ask\n"
        b"Ada Quill,2026-10-01,champion,Opened the day.,Buy in lots\n"
        b"ben-oke.marram-council,2026-10-02,warm,Said so.,\n"
        b"Ada Quill,2026-10-01,champion,Opened the day.,buy in LOTS\n"
        b"Ben Oke,2026-10-03,active,,Buy in lots\n"
        b"Ben Oke,2027-10-03,active,Will say so.,Buy in lots\n"
        b"Nobody Here,2026-10-03,active,x,Buy in lots\n"
        b"Ben Oke,2026-10-03,keen,x,Buy in lots\n"
    )
    done = actions.import_stances(town.convenor, content=sheet)
    assert (done.rows_in, done.added, done.known, len(done.set_aside)) == (7, 2, 1, 4)
    again = actions.import_stances(town.convenor, content=sheet)
    assert (again.added, again.known, len(again.set_aside)) == (0, 3, 4)
    assert Stance.objects.count() == 2


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


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(CELLS, min_size=1, max_size=8))
@example(rows=[ADA, ("Ada Quill", "", "", "", "office@c.example", "", "")])
def test_no_sheet_adds_anybody_twice_or_loses_a_row(town: Town, rows: list[tuple[str, ...]]) -> None:
    Person.objects.all().delete()
    Organisation.objects.all().delete()
    heading = "name,organisation,part,post,email,from,to"
    content = "\n".join([heading, *(",".join(row) for row in rows)]).encode()
    plan = actions.import_contacts(town.convenor, content=content)
    assert Person.objects.count() == len(plan.added)
    assert not plan.updated
    assert plan.rows_in >= len(plan.set_aside) + len(plan.added)
    people = Person.objects.count()
    again = actions.import_contacts(town.convenor, content=content)
    assert not again.added
    assert Person.objects.count() == people
    third = actions.import_contacts(town.convenor, content=content)
    assert not third.changes


def test_the_plan_needs_no_database() -> None:
    plan = plan_contacts(read_people(SHEET), Records((), (), ("Council",)))
    assert [person.name for person in plan.added] == ["Ada Quill", "Ben Oke", "Cy Marsh", "Dee Holt"]
    assert plan.new_parts == ("Health", "Residents")
