"""Is active support counted once, fresh, and in the right parts?"""

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.network import (
    Contact,
    GapKind,
    Level,
    PostSpell,
    Stance,
    StanceRecord,
    breadth_in_words,
    in_words,
    support,
)
from folkmoot.core.network.support import effective_number

DAY = date(2026, 11, 16)
FRESH = date(2026, 10, 1)


def person(name: str, *parts: str, level: Level | None = None) -> Contact:
    return Contact(name, name, posts=tuple(PostSpell(part, level) for part in parts))


def said(
    name: str, stance: Stance = Stance.ACTIVE, on: date = FRESH, ask: str = "", expires: date | None = None
):
    return StanceRecord(name, on, stance, "said so", ask, expires)


def count(people, stances, **settings):
    return support(people, stances, as_of=DAY, **settings)


def test_the_latest_stance_that_has_not_expired_holds() -> None:
    ann = [person("a", "Health")]
    past, before = date(2026, 9, 1), date(2026, 8, 1)
    assert count(ann, [said("a"), said("a", Stance.WARY, past)]).active == 1
    assert count(ann, [said("a", on=past), said("a", Stance.WARY)]).active == 0
    # The later word has expired, so the earlier one holds again; the day of expiry is its last.
    assert count(ann, [said("a", on=before), said("a", Stance.WARY, past, expires=DAY)]).active == 0
    gone = DAY - timedelta(1)
    assert count(ann, [said("a", on=before), said("a", Stance.WARY, past, expires=gone)]).active == 1
    assert count(ann, [said("a", on=DAY)]).active == 1
    assert count(ann, [said("a", on=DAY + timedelta(1))]).active == 0


def test_of_two_stances_on_one_day_the_lower_holds_and_it_is_told() -> None:
    counted = count([person("a", "Health")], [said("a"), said("a", Stance.WARM)])
    assert counted.active == 0
    assert counted.warnings == ("1 person with two stances on one day: the lower one holds.",)


def test_stale_is_older_than_the_window_and_still_active() -> None:
    people = [person("a", "Health"), person("b", "Housing")]
    stances = [said("a", on=DAY - timedelta(180)), said("b", Stance.CHAMPION, DAY - timedelta(181))]
    counted = count(people, stances)
    assert (counted.active, counted.active_fresh) == (2, 1)
    assert [(gap.part, gap.kind) for gap in counted.gaps] == [("Housing", GapKind.STALE)]
    assert [standing.stale for standing in counted.standings] == [False, True]


def test_towards_several_asks_a_person_is_active_if_active_towards_any() -> None:
    stances = [said("a", ask="Buy local"), said("a", Stance.NOT_NOW, DAY, ask="Living wage")]
    ann = [person("a", "Health")]
    assert count(ann, stances).active == 1
    assert count(ann, stances).standings[0].ask == "Buy local"
    assert [count(ann, stances, ask=ask).active for ask in ("buy local", "Living wage", "")] == [1, 0, 0]


def test_a_person_with_two_posts_counts_once_and_stands_in_both_parts() -> None:
    ann = person("a", "Health", "Housing", "health ")
    counted = count([ann, replace(ann, posts=(PostSpell("Council"),))], [said("a")])
    assert counted.active == 1
    assert counted.parts == {"Council": 1, "Health": 1, "Housing": 1}


def test_posts_that_have_ended_or_not_begun_do_not_count() -> None:
    ended, begins = (
        PostSpell("Health", end=DAY - timedelta(1)),
        PostSpell("Housing", start=DAY + timedelta(1)),
    )
    last_day = PostSpell("Council", start=DAY, end=DAY)
    people = [
        Contact("a", posts=(ended,)),
        Contact("b", posts=(begins,)),
        Contact("c", posts=(ended, last_day)),
    ]
    counted = count(people, [said("a"), said("b"), said("c")])
    assert counted.active == 1
    assert counted.parts == {"Council": 1, "Health": 0, "Housing": 0}
    assert counted.warnings == (
        "2 people active by their last word, but in no post on this day: not counted.",
    )


def test_a_partnerships_own_list_of_parts_rules_the_breadth() -> None:
    people = [person("a", "Health"), person("b", "Old part"), person("c")]
    counted = count(people, [said(p.id) for p in people] + [said("stranger")], parts=["Housing", "Health"])
    assert counted.active == 3
    assert list(counted.parts.items()) == [("Housing", 0), ("Health", 1)]
    assert counted.warnings == (
        "2 people active, but in none of the parts: counted in the whole, not in the breadth.",
        "1 person with a stance but not among the people: not counted.",
    )


def test_gaps_say_what_is_missing_and_name_nobody() -> None:
    people = [person("Zebedee", "Business"), person("Quentin", "Education"), person("Yolanda", "Health")]
    stances = [said("Zebedee", Stance.WARM), said("Yolanda")]
    counted = count(people, stances, parts=["Business", "Education", "Health", "Housing"])
    assert [(gap.part, gap.kind, gap.sentence) for gap in counted.gaps] == [
        ("Business", "none active", "1 person has said where they stand in Business; none is active yet."),
        ("Education", "nobody", "We know 1 person in Education, and not yet where they stand."),
        ("Housing", "nobody", "We know nobody in Housing yet."),
    ]
    told = " ".join(gap.sentence + gap.act for gap in counted.gaps)
    assert not any(name.id in told for name in people)


def test_a_stance_of_tomorrow_is_not_yet_heard_and_an_expired_one_was() -> None:
    people = [person("a", "Health"), person("b", "Housing")]
    stances = [said("a", on=DAY + timedelta(1)), said("b", expires=FRESH)]
    counted = count(people, stances)
    assert [(gap.part, gap.kind) for gap in counted.gaps] == [
        ("Health", "nobody"),
        ("Housing", "none active"),
    ]


def test_levels_have_gaps_once_levels_are_known() -> None:
    counted = count([person("a", "Health", level=Level.CHIEF)], [said("a")])
    assert counted.levels == {"elected": 0, "chief": 1, "middle": 0, "front line": 0, "next generation": 0}
    assert [gap.level for gap in counted.gaps] == [level for level in Level if level is not Level.CHIEF]
    assert {(t.part, t.level): t.active for t in counted.matrix}["Health", Level.CHIEF] == 1


def test_nothing_gives_noughts() -> None:
    counted = count([], [])
    assert (counted.active, counted.effective_parts, counted.largest_share, counted.breadth_ok) == (
        0,
        0.0,
        0.0,
        False,
    )
    assert count([person("a", "Health")], []).parts == {"Health": 0}


def test_breadth_is_exact_at_a_third() -> None:
    people = [person(f"p{n}", part) for n, part in enumerate("AAABBBCCC")]
    assert count(people, [said(p.id) for p in people]).breadth_ok
    assert not count(people, [said(p.id) for p in people], parts="ABCD").breadth_ok
    assert not count(people, [said(p.id) for p in people[1:]]).breadth_ok  # 3 of 8


def test_words() -> None:
    people = [person(f"p{n}", part) for n, part in enumerate("AAAABBBBCCCDD")]
    counted = count(people, [said(p.id) for p in people], parts="ABCDEFG")
    assert in_words(counted) == "13 of the 20 active supporters you want, in 4 of 7 parts of the system."
    assert breadth_in_words(counted) == "E, F and G have nobody active yet."
    assert in_words(replace(counted, target=12)) == (
        "13 active supporters, more than the 12 you want, in 4 of 7 parts of the system."
    )
    one = count(people[:1], [said("p0")], target=1)
    assert in_words(one) == "1 of the 1 active supporter you want, in 1 of 1 part of the system."
    assert breadth_in_words(one) == "A holds 1 of 1, more than a third."


@pytest.mark.parametrize(("setting", "field"), [({"target": 0}, "target"), ({"window": -1}, "window")])
def test_a_setting_without_sense_is_refused(setting, field) -> None:
    with pytest.raises(Refused) as refusal:
        count([], [], **setting)
    assert refusal.value.field == field


@pytest.mark.parametrize("k", [1, 2, 3, 7, 12])
def test_equal_shares_of_k_parts_give_exactly_k(k: int) -> None:
    """Hill 1973: a diversity number of order 1 is the number of equally common kinds."""
    assert effective_number([5] * k + [0]) == k


def test_effective_number_by_hand() -> None:
    # Shares 1/2, 1/4, 1/4: the entropy is 1.5 ln 2, so the number is 2 to the power 1.5.
    assert effective_number([2, 1, 1]) == pytest.approx(2**1.5)


PARTS = ["Council", "Health", "Housing", ""]
spells = st.builds(
    PostSpell,
    st.sampled_from(PARTS),
    st.sampled_from([None, *Level]),
    start=st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    end=st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
)
ids = st.sampled_from("abcdefgh")
crowds = st.lists(
    st.builds(lambda i, s: Contact(i, posts=tuple(s)), ids, st.lists(spells, max_size=3)),
    max_size=8,
    unique_by=lambda contact: contact.id,
)
records = st.lists(
    st.builds(
        StanceRecord,
        ids,
        st.dates(date(2026, 3, 1), date(2026, 12, 31)),
        st.sampled_from(Stance),
        ask=st.sampled_from(["", "x"]),
        expires=st.none() | st.dates(date(2026, 6, 1), date(2027, 6, 1)),
    ),
    max_size=14,
)


@settings(max_examples=80)
@given(crowds, records, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(people, stances, chance) -> None:
    before = count(people, stances)
    chance.shuffle(people)
    chance.shuffle(stances)
    assert count(people, stances) == before


@settings(max_examples=80)
@given(crowds, records, st.sampled_from(PARTS[:3]))
def test_one_more_active_supporter_never_lowers_a_count(people, stances, part) -> None:
    before = count(people, stances, parts=PARTS[:3])
    after = count([*people, person("new", part)], [*stances, said("new")], parts=PARTS[:3])
    assert after.active == before.active + 1
    assert after.parts == before.parts | {part: before.parts[part] + 1}


def plainly(people, stances):
    """The same count in ten lines that share nothing with the code under test."""
    parts = {"Council": 0, "Health": 0, "Housing": 0}
    active = 0
    for who in people:
        now = [s for s in who.posts if (s.start or DAY) <= DAY <= (s.end or DAY)]
        for_asks = []
        for ask in ("", "x"):
            own = [
                r for r in stances if (r.person, r.ask) == (who.id, ask) and r.on <= DAY <= (r.expires or DAY)
            ]
            newest = max((r.on for r in own), default=None)
            last = [r.stance in ("active", "champion") for r in own if r.on == newest]
            for_asks.append(bool(last) and all(last))
        if any(for_asks) and (now or not who.posts):
            active += 1
            for part in {s.part for s in now if s.part}:
                parts[part] += 1
    shares = [n / sum(parts.values()) for n in parts.values() if n]
    return active, parts, math.exp(-sum(p * math.log(p) for p in shares)) if shares else 0.0


@settings(max_examples=150)
@given(crowds, records)
def test_the_count_equals_a_plain_one(people, stances) -> None:
    counted = count(people, stances, parts=PARTS[:3])
    active, parts, effective = plainly(people, stances)
    assert (counted.active, counted.parts) == (active, parts)
    assert counted.effective_parts == pytest.approx(effective)
    held = sum(1 for number in parts.values() if number)
    assert (1 <= counted.effective_parts <= held) if held else counted.effective_parts == 0
    assert counted.active_fresh <= counted.active
