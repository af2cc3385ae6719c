"""Is the cast of the demonstration the one that every page and test relies on?"""

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from folkmoot.core.access import Role
from folkmoot.core.network import Contact, PostSpell, StanceRecord, support
from folkmoot.demo.anchors import ANCHORS
from folkmoot.demo.cast import (
    ACCOUNTS,
    ASKS,
    BODIES,
    CONVENOR,
    FELL_SIDE,
    PARTS,
    PEOPLE,
    POSTS,
    PROMISES,
    STANCES,
)

TODAY = date(2026, 11, 16)
BODY = {body.key: body for body in BODIES}


def _contacts() -> list[Contact]:
    return [
        Contact(
            person.key,
            person.name,
            person.email,
            tuple(
                PostSpell(part=BODY[post.body].part, level=post.level, start=post.since, end=post.until)
                for post in POSTS
                if post.person == person.key
            ),
        )
        for person in PEOPLE
    ]


def _told() -> list[StanceRecord]:
    return [StanceRecord(t.person, t.on, t.stance, t.evidence, t.ask, t.expires) for t in STANCES]


def test_the_cast_is_as_large_as_the_story_needs():
    assert len(PARTS) == 7
    assert len(BODIES) == 14
    assert {body.part for body in BODIES} == set(PARTS)
    assert {body.name for body in BODIES if body.anchor} == {anchor.name for anchor in ANCHORS}
    assert len(PEOPLE) >= 60
    assert len(STANCES) == 40


def test_names_and_keys_are_distinct_and_every_reference_leads_somewhere():
    people = {person.key for person in PEOPLE}
    assert len(people) == len({person.name.casefold() for person in PEOPLE}) == len(PEOPLE)
    assert len(BODY) == len({body.name.casefold() for body in BODIES}) == len(BODIES)
    assert {post.person for post in POSTS} == people
    assert {post.body for post in POSTS} == set(BODY)
    assert {told.person for told in (*STANCES, *PROMISES)} <= people
    assert {told.ask for told in STANCES} == {ask.key for ask in ASKS}
    assert {account.person for account in ACCOUNTS if account.person} <= people


def test_no_address_leaves_the_invented_world():
    addresses = [thing.email for thing in (*PEOPLE, *ACCOUNTS) if thing.email]
    assert all(re.fullmatch(r"[a-z.\-]+@\w+\.example", address) for address in addresses)
    assert len({person.email for person in PEOPLE if person.email}) == sum(bool(p.email) for p in PEOPLE)


def test_seven_sign_in_and_one_of_them_is_an_outsider():
    roles = Counter((account.partnership == FELL_SIDE.slug, account.role) for account in ACCOUNTS)
    inside, outside = False, True
    assert roles == {
        (inside, Role.CONVENOR): 1,
        (inside, Role.CORE): 2,
        (inside, Role.MEMBER): 3,
        (outside, Role.CONVENOR): 1,
    }
    assert CONVENOR.role is Role.CONVENOR


def test_thirteen_are_active_eleven_of_them_freshly_in_four_of_seven_parts():
    counted = support(_contacts(), _told(), as_of=TODAY, parts=PARTS)
    assert (counted.active, counted.active_fresh) == (13, 11)
    with_active = {"Council": 5, "Health": 3, "Voluntary": 3, "Residents": 2}
    assert counted.parts == dict.fromkeys(PARTS, 0) | with_active
    gaps = {gap.part: gap.kind for gap in counted.gaps if gap.level is None}
    assert gaps == {"Business": "none active", "Education": "none active", "Housing": "nobody"}
    assert not counted.warnings


def test_the_count_is_the_same_when_the_asks_are_taken_as_one():
    as_one = [replace(record, ask="") for record in _told()]
    counted = support(_contacts(), as_one, as_of=TODAY, parts=PARTS)
    assert (counted.active, counted.active_fresh) == (13, 11)


def test_a_champion_is_stale_someone_turned_wary_and_some_stances_expired():
    standings = {s.person: s for s in support(_contacts(), _told(), as_of=TODAY, parts=PARTS).standings}
    assert [s.person for s in standings.values() if s.stance == "champion" and s.stale] == ["helen-marsh"]
    assert standings["alistair-finch"].stance == "wary"
    assert next(t.stance for t in STANCES if t.person == "alistair-finch") == "active"
    assert sum(t.expires is not None and t.expires < TODAY for t in STANCES) >= 3


@pytest.mark.parametrize("told", STANCES, ids=lambda told: f"{told.person} {told.on}")
def test_a_stance_follows_its_ask_and_has_evidence_that_a_table_holds(told):
    asked = {ask.key: ask.made_on for ask in ASKS}[told.ask]
    assert asked <= told.on <= TODAY
    assert 10 <= len(told.evidence) <= 500
    assert told.source
    assert told.expires is None or told.expires > told.on
    assert any(
        post.since <= told.on and (post.until is None or told.on <= post.until)
        for post in POSTS
        if post.person == told.person
    ), "said while in a post"


def test_posts_hold_one_who_leaves_one_who_left_one_who_moved_and_one_in_two():
    now = Counter(p.person for p in POSTS if p.since <= TODAY and (p.until is None or p.until >= TODAY))
    ever = Counter(post.person for post in POSTS)
    assert [post.person for post in POSTS if post.until == date(2027, 1, 31)] == ["dan-whitlock"]
    assert [person for person, posts in now.items() if posts == 2] == ["louise-bramhall"]
    assert [person for person in ever if ever[person] == 2 and now[person] == 1] == ["priya-raman"]
    assert [person for person in ever if now[person] == 0] == ["callum-reid"]


def test_six_promises_run_both_ways_and_one_kept_waits_for_thanks():
    state = Counter(
        ("thanked" if p.thanked_on else "to thank") if p.kept
        else "broken" if p.kept is False
        else "overdue" if p.due_on < TODAY
        else "open"
        for p in PROMISES
    )  # fmt: skip
    assert state == {"thanked": 1, "to thank": 1, "broken": 1, "overdue": 1, "open": 2}
    assert {promise.ours for promise in PROMISES} == {True, False}
    assert all((p.kept is None) == (p.settled_on is None) for p in PROMISES)
    assert all(p.made_on <= (p.settled_on or TODAY) <= TODAY and p.made_on < p.due_on for p in PROMISES)
