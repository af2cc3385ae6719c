"""Are two records offered as one person for a good reason only?"""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.network.contacts.duplicates import Recorded, find_duplicates, seek_duplicates


def reason(one: tuple[str, str, str], other: tuple[str, str, str]) -> str:
    people = [
        Recorded(str(number), name, email, (body,)) for number, (name, email, body) in enumerate((one, other))
    ]
    return "".join(pair.reason for pair in find_duplicates(people))


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (("Ann Lee", "", "Hall"), ("LEE, Ann", "", "hall"), "called"),
        (("Ann Lee", "a@b.example", ""), ("Ann Lee", "a@b.example", "Hall"), "called"),
        (("Ann Lee", "a@b.example", ""), ("Ann Marsh", "A@b.example", "Hall"), "address"),
        (("Bob Oke", "", "Hall"), ("Robert Oke", "", "Hall"), "forms"),
        (("B. Oke", "", "Hall"), ("Ben Oke", "", "Hall"), "initial"),
        (("Jonathan Quill", "", "Hall"), ("Jonathon Quill", "x@b.example", "Hall"), "one letter"),
        (("Siobhan Quill", "", "Hall"), ("Sioban Quill", "", "Hall"), "one letter"),
        (("Ann Lee", "a@b.example", "Hall"), ("Ann Lee", "z@b.example", "Hall"), "called"),
    ],
)
def test_pairs_that_are_offered(one, other, why: str) -> None:
    assert why in reason(one, other)
    assert reason(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("John Smith", "", "Hall"), ("John Smith", "", "Trust")),  # the same name is no reason
        (("John Smith", "", ""), ("John Smith", "", "")),
        (("Ann Oke", "home@b.example", "Hall"), ("Ben Oke", "home@b.example", "Hall")),
        (("Rita Oke", "info@b.example", ""), ("Rob Oke", "info@b.example", "")),
        (("Jon Smithson", "jon@b.example", "Hall"), ("Joan Smithson", "joan@b.example", "Hall")),
        (("Bob Oke", "bob@b.example", "Hall"), ("Robert Oke", "rob@b.example", "Hall")),
        (("Al Ek", "", "Hall"), ("Al Eko", "", "Hall")),
    ],
)
def test_pairs_that_are_not(one, other) -> None:
    assert reason(one, other) == ""


def test_an_initial_that_could_be_two_people_is_not_offered() -> None:
    names = ("A. Quill", "Ada Quill", "Adam Quill")
    people = [Recorded(name, name, "", ("Hall",)) for name in names]
    assert not [pair for pair in find_duplicates(people) if "initial" in pair.reason]


def test_those_who_were_told_apart_are_not_offered_again() -> None:
    people = [Recorded(number, "Ann Lee", "", ("Hall",)) for number in "123"]
    assert len(find_duplicates(people)) == 3
    assert {(pair.one, pair.other) for pair in find_duplicates(people, {("1", "3")})} == {
        ("1", "2"),
        ("2", "3"),
    }


@pytest.mark.parametrize(
    "name", ["Ada Quill", "Person Number{:05}", "A{:05} Quill"], ids=["one name", "one letter", "one surname"]
)
def test_a_crowd_is_named_and_takes_no_minutes(name: str) -> None:
    crowd = [Recorded(f"{at:05}", name.format(at), "", ("Hall",)) for at in range(12_000)]
    twins = [Recorded(f"{at:05}", "Benedict Okereke", "", ("Hall", "Trust")) for at in (20_000, 20_001)]
    began = process_time()
    sought = seek_duplicates([*twins, *crowd])
    assert process_time() - began < 5  # without a limit, most of a minute
    assert sought.crowded == ("Hall",)
    assert ("20000", "20001") in {(pair.one, pair.other) for pair in sought.pairs}
    assert seek_duplicates(twins).crowded == ()


def test_a_crowd_at_one_address_is_named() -> None:
    crowd = [Recorded(str(at), "Ann Lee", "A@b.example") for at in range(41)]
    assert seek_duplicates(crowd).crowded == ("a@b.example",)
    assert seek_duplicates(crowd[1:]).crowded == ()


people = st.builds(
    Recorded,
    st.uuids().map(str),
    st.sampled_from(["Ada Quill", "A Quill", "Ada Quil", "Quill, Ada", "Ben Oke", "Benny Oke", "", "É"]),
    st.sampled_from(["", "info@b.example", "a@b.example", "A@B.example"]),
    st.lists(st.sampled_from(["Hall", "hall ", "Trust"]), max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(people, max_size=8, unique_by=lambda one: one.id), st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(held: list[Recorded], shuffled) -> None:
    other = held[:]
    shuffled.shuffle(other)
    pairs = find_duplicates(held)
    assert [(p.grade, p.one, p.other) for p in pairs] == [
        (p.grade, p.one, p.other) for p in find_duplicates(other)
    ]
    assert all(pair.one < pair.other for pair in pairs)
