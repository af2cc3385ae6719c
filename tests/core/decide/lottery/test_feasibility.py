"""Are quotas that cannot be kept explained, with the least that would have to give way?"""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.lottery.small import all_panels, keeps, pools
from folkmoot.core.decide.lottery import (
    Infeasible,
    Person,
    Pool,
    Quota,
    least_relaxations,
    lottery,
    reasons_against,
)


@st.composite
def strict(draw: st.DrawFn) -> Pool:
    """A small pool whose quotas were drawn without a look at the people."""
    pool = draw(pools())
    most = pool.size + draw(st.sampled_from([0, 5]))  # also more than a panel holds
    low = st.integers(0, most)
    quotas = []
    for quota in pool.quotas:
        least = draw(low)
        quotas.append(Quota(quota.category, quota.value, least, draw(st.integers(least, most))))
    return Pool(pool.people, pool.size, tuple(quotas))


def least_change(pool: Pool) -> int | None:
    """The fewest people by which quotas give way, over every panel without two of a household."""
    changes = []
    for panel in combinations(range(len(pool.people)), pool.size):
        if not keeps(pool, panel, ()):
            continue
        change = 0
        for quota in pool.quotas:
            at = pool.categories.index(quota.category)
            there = sum(1 for one in panel if pool.people[one].answers[at] == quota.value)
            change += max(quota.low - there, 0) + max(there - quota.high, 0)
        changes.append(change)
    return min(changes, default=None)


@settings(max_examples=80, deadline=None)
@given(strict())
def test_relaxations_are_the_least_and_none_where_none_are_needed(pool: Pool) -> None:
    relaxed = least_relaxations(pool)
    least = least_change(pool)
    assert sum(one.change for one in relaxed) == (least or 0)
    if all_panels(pool):
        assert relaxed == ()
        assert reasons_against(pool) == ()
    else:
        assert reasons_against(pool)
    if least:
        ends = {(one.quota.category, one.quota.value): (one.low, one.high) for one in relaxed}
        quotas = [
            Quota(one.category, one.value, *ends.get((one.category, one.value), (one.low, one.high)))
            for one in pool.quotas
        ]
        assert all_panels(Pool(pool.people, pool.size, tuple(quotas)))


def test_what_no_quota_does_alone_is_said_to_be_done_together() -> None:
    people = tuple(
        Person(f"p{n}", (age, work)) for n, (age, work) in enumerate([("young", "no"), ("old", "yes")] * 3)
    )
    quotas = (
        Quota("age", "young", 2, 2), Quota("age", "old", 0, 2),
        Quota("work", "yes", 1, 2), Quota("work", "no", 0, 2),
    )  # fmt: skip
    with pytest.raises(Infeasible) as caught:
        lottery(Pool(people, 2, quotas))
    assert caught.value.reasons[0].endswith("age: young (2 to 2), work: yes (1 to 2).")
    assert sum(one.change for one in caught.value.relaxations) == 1
    assert "The least change that would do, 1 in all" in caught.value.next_step


def test_a_quota_may_give_way_by_more_than_a_panel_holds() -> None:
    people = tuple(Person(str(n), ("young" if n < 2 else "old",)) for n in range(5))
    pool = Pool(people, 3, (Quota("age", "young", 10, 12), Quota("age", "old", 0, 2)))
    assert [(one.low, one.high) for one in least_relaxations(pool)] == [(2, 12)]


def test_people_of_one_home_are_counted_as_people_and_as_homes() -> None:
    people = tuple(Person(str(n), ("young" if n < 3 else "old",), "Quay" if n < 3 else "") for n in range(5))
    pool = Pool(people, 3, (Quota("age", "young", 2, 2), Quota("age", "old", 1, 1)))
    told = ("At least 2 with age: young are asked for, and there are 3, in 1 household.",)
    assert reasons_against(pool) == told


def test_too_few_households_are_named() -> None:
    people = tuple(Person(f"p{n}", ("x",), "one") for n in range(4))
    pool = Pool(people, 2, (Quota("c", "x", 0, 2),))
    assert "1 households" in reasons_against(pool)[0]
    assert least_relaxations(pool) == ()


def test_each_reason_has_its_sentence() -> None:
    people = tuple(Person(f"p{n}", ("x" if n else "y",)) for n in range(4))
    low = Pool(people, 2, (Quota("c", "x", 2, 2), Quota("c", "y", 1, 1)))
    high = Pool(people, 3, (Quota("c", "x", 1, 1), Quota("c", "y", 1, 1)))
    none = Pool(people, 3, (Quota("c", "x", 0, 3), Quota("c", "y", 2, 3)))
    assert reasons_against(low) == ("The least numbers for c sum to 3, more than the 2 of a panel.",)
    assert reasons_against(high) == ("The greatest numbers for c sum to 2, fewer than the 3 of a panel.",)
    assert reasons_against(none) == ("At least 2 with c: y are asked for, and there is 1.",)
