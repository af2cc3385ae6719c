"""Does a file of contacts meet the people who are on record, and nobody else?"""

import csv
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.network.planning import applied
from folkmoot.core.network import read_people
from folkmoot.core.network.contacts.plan import ContactsPlan, plan_contacts
from folkmoot.core.network.contacts.records import PlannedPerson, PlannedPost, Records

HEADINGS = ("id", "name", "organisation", "part", "post", "email", "from", "to", "level")
Rows = list[tuple[str, ...]]


def sheet(rows: Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEADINGS, *rows])
    return out.getvalue().encode()


def brought(rows: Rows, records: Records) -> tuple[Records, ContactsPlan]:
    plan = plan_contacts(read_people(sheet(rows)), records)
    return applied(records, plan), plan


rows = st.lists(
    st.tuples(
        st.sampled_from(["", "", "", "1", "2"]),
        st.sampled_from(
            ["Ada Quill", "Quill, Ada", "Dr ADA QUILL", "A. Quill", "Ada Holt", "Ben Oke", "Benjamin Oke",
             "Oké, Ben"]
        ),
        st.sampled_from(["Council", "council ", "Trust", ""]),
        st.sampled_from(["Health", "health", "Housing", ""]),
        st.sampled_from(["Lead", "lead", "Clerk", ""]),
        st.sampled_from(["ada@c.example", "info@c.example", "ben@c.example", "bad", ""]),
        st.sampled_from(["2024-01-01", "2025-01-01", "", "never"]),
        st.sampled_from(["2024-06-01", "2026-06-01", ""]),
        st.sampled_from(["", "chief", "middle"]),
    ),
    max_size=8,
).map(lambda told: [(row[0], "Ada Quill", *row[2:]) if row[0] else row for row in told])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(before=rows, told=rows)
def test_the_same_file_again_changes_nothing(before: Rows, told: Rows) -> None:
    held, _ = brought(before, Records())
    after, _ = brought(told, held)
    again = plan_contacts(read_people(sheet(told)), after)
    assert not again.changes, (again.added, again.updated, again.bodies)


@settings(max_examples=50, deadline=None)
@given(before=rows, told=rows, shuffled=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter_to_who_is_met(before: Rows, told: Rows, shuffled) -> None:
    held, _ = brought(before, Records())
    other = told[:]
    shuffled.shuffle(other)
    plans = [brought(one, held)[1] for one in (told, other)]
    met = [sorted((p.id, p.name, p.email) for p in (*x.added, *x.updated, *x.unchanged)) for x in plans]
    assert met[0] == met[1]


@settings(max_examples=50, deadline=None)
@given(told=rows)
def test_each_row_is_used_or_set_aside(told: Rows) -> None:
    _, plan = brought(told, Records())
    used = sorted(line for person in plan.added for line in person.lines)
    assert plan.rows_in == plan.rows_used + len(plan.set_aside)
    assert used == sorted(set(range(2, len(told) + 2)) - {note.line for note in plan.set_aside})


ANN = PlannedPerson("p1", "Ann Lee", "ann@hall.example", posts=(PlannedPost("q1", "Town Hall", "Clerk"),))


@pytest.mark.parametrize(
    ("name", "organisation", "post", "email", "met"),
    [
        ("Lee, Ann", "Town Hall", "", "", True),
        ("LEE, DR ANN", "town  hall", "", "", True),
        ("Cllr Ann Lée MBE", "Town Hall", "", "", True),
        ("Ann Lee", "Elsewhere", "", "ANN@hall.example", True),
        ("A. Lee", "", "", "ann@hall.example", True),
        ("Annie Lee", "", "", "Ann <ann@hall.example>", True),
        ("Ann Marsh", "", "", "ann@hall.example", True),
        ("Ann Lee", "", "", "", False),  # the name alone is nobody
        ("Ann Lee", "Elsewhere", "", "", False),
        ("Ben Oke", "", "", "ann@hall.example", False),
        ("Ann Lee", "Town Hall", "", "ann+news@hall.example", False),
        ("Ann Lee", "Town Hall", "Porter", "ann2@hall.example", False),
        ("Ann Lee", "Town Hall", "Clerk", "ann.lee@new.example", True),
    ],
)
def test_who_is_met(name: str, organisation: str, post: str, email: str, met: bool) -> None:
    _, plan = brought([("", name, organisation, "", post, email, "", "", "")], Records((ANN,)))
    assert (len(plan.added) == 0) is met
    assert all(person.name == "Ann Lee" for person in plan.updated)


def test_at_a_shared_mailbox_only_a_form_of_the_name_is_met() -> None:
    bob = PlannedPerson("p1", "Robert Oke", "info@trust.example")
    told = [("", name, "", "", "", "info@trust.example", "", "", "") for name in ("Rita Oke", "Bob Oke")]
    _, plan = brought(told, Records((bob,)))
    assert [person.name for person in plan.added] == ["Rita Oke"]
    assert [person.id for person in plan.unchanged] == ["p1"]


def test_names_and_addresses_of_merged_records_meet_the_person_who_was_kept() -> None:
    kept = PlannedPerson("p1", "Ann Lee", "ann@hall.example", also=(("Ann Marsh", "marsh@trust.example"),))
    told = [
        ("", "Ann Marsh", "", "", "", "marsh@trust.example", "", "", ""),
        ("", "A Marsh", "Trust", "", "", "marsh@trust.example", "", "", ""),
    ]
    _, plan = brought(told, Records((kept,)))
    assert not plan.added
    assert [person.id for person in plan.updated] == ["p1"]


def test_bodies_and_parts_are_written_as_most_rows_write_them_but_not_in_capitals() -> None:
    spelt = [("THE HALL", "health"), ("THE HALL", "health"), ("The Hall", "Health"), ("the hall", "health")]
    told = [("", f"P{n}", *names, "", "", "", "", "") for n, names in enumerate(spelt)]
    records, plan = brought(told, Records())
    assert ([body.name for body in records.bodies], plan.new_parts) == (["The Hall"], ("Health",))


def test_namesakes_in_one_body_with_addresses_and_posts_of_their_own_are_two_people() -> None:
    told = [
        ("", "John Smith", "Council", "", "Clerk", "john@c.example", "", "", ""),
        ("", "John Smith", "Council", "", "Porter", "john2@c.example", "", "", ""),
        ("", "John Smith", "Council", "", "Porter", "", "2024-01-01", "", ""),
        ("", "John Smith", "Council", "", "Clerk", "j.smith@c.example", "", "", ""),
    ]
    records, plan = brought(told, Records())
    assert sorted((person.email, len(person.posts), person.lines) for person in plan.added) == [
        ("j.smith@c.example", 1, (2, 5)),
        ("john2@c.example", 1, (3, 4)),
    ]
    assert not plan_contacts(read_people(sheet(told)), records).changes


def test_thousands_of_one_name_in_one_body_take_no_longer_than_others() -> None:
    told = [("", "John Smith", "Council", "", f"P{n}", f"a{n}@c.example", "", "", "") for n in range(1500)]
    began = time.process_time()
    _, plan = brought(told, Records())
    assert len(plan.added) == 1500
    assert time.process_time() - began < 4
