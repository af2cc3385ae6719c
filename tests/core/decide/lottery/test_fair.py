"""Are the chances the fairest of all, by every panel listed, and alike for people who are alike?"""

from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, given, settings

from core.decide.lottery.small import all_panels, highest, keeps, leximin_over_all, pools, table
from folkmoot.core.decide.lottery import Infeasible, Method, Person, Pool, Quota, lottery
from folkmoot.core.decide.lottery.lot import gini
from folkmoot.core.kernel.draw import Draw

FEW = settings(max_examples=20, deadline=None)
FAIR = (Method.MAXIMIN, Method.LEXIMIN, Method.NASH)


def alike(pool: Pool) -> list[list[int]]:
    """People whom the quotas and the households cannot tell apart."""
    kinds: dict[object, list[int]] = {}
    for at, one in enumerate(pool.people):
        home = [other.answers for other in pool.people if other.household == one.household]
        kinds.setdefault((one.answers, tuple(sorted(home)) if one.household else (one.answers,)), []).append(
            at
        )
    return list(kinds.values())


@FEW
@given(pools())
def test_every_panel_keeps_the_quotas_and_chances_sum_to_the_size(pool: Pool) -> None:
    assume(all_panels(pool))
    for method in Method:
        found = lottery(pool, method)
        assert len(found.panels) == 1000
        assert all(keeps(pool, panel) for panel in set(found.panels))
        assert found.chances.sum() == pytest.approx(pool.size, abs=1e-9)
        assert found.appearances.sum() == 1000 * pool.size


@FEW
@given(pools())
def test_the_lowest_is_the_highest_that_all_panels_listed_allow(pool: Pool) -> None:
    assume(all_panels(pool))
    rows = table(pool)
    possible = rows.any(axis=0)
    best = highest(rows, np.zeros(len(possible)), possible)
    for method in (Method.MAXIMIN, Method.LEXIMIN):
        found = lottery(pool, method).chances
        assert found[possible].min() == pytest.approx(best, abs=1e-6)
        assert not found[~possible].any()


@FEW
@given(pools())
def test_leximin_is_leximin_over_all_panels(pool: Pool) -> None:
    assume(all_panels(pool))
    assert np.sort(lottery(pool, Method.LEXIMIN).chances) == pytest.approx(
        np.sort(leximin_over_all(table(pool))), abs=2e-6
    )


@FEW
@given(pools())
def test_no_panel_listed_makes_the_product_larger(pool: Pool) -> None:
    assume(all_panels(pool))
    rows = table(pool)
    possible = rows.any(axis=0)
    chances = lottery(pool, Method.NASH).chances
    # The product grows towards a panel only if its members' prices, 1 / chance, sum to more than the people.
    assert (rows[:, possible] / chances[possible]).sum(axis=1).max() <= possible.sum() * (1 + 1e-6)


@FEW
@given(pools())
def test_people_who_are_alike_have_equal_chances(pool: Pool) -> None:
    assume(all_panels(pool))
    for method in FAIR:
        found = lottery(pool, method)
        for group in alike(pool):
            assert np.ptp(found.chances[group]) < 1e-9


@FEW
@given(pools())
def test_the_thousand_panels_give_everybody_their_chance(pool: Pool) -> None:
    assume(all_panels(pool))
    for method in FAIR:
        found = lottery(pool, method)
        assert np.abs(found.appearances - 1000 * found.chances).max() <= 2


def test_whole_panels_can_be_worse_than_divided_people() -> None:
    """Three quotas that meet in a triangle: divided, everybody would have 1/2; whole, two are never drawn."""
    people = tuple(
        Person(id_, answers)
        for id_, answers in {
            "a": ("x", "x", "n"),
            "b": ("x", "n", "x"),
            "c": ("n", "x", "x"),
            "d": ("n", "n", "n"),
        }.items()
    )
    quotas = tuple(
        Quota(f"c{at}", value, low, high)
        for at in range(3)
        for value, low, high in (("x", 0, 1), ("n", 0, 2))
    )
    found = lottery(Pool(people, 2, quotas), Method.LEXIMIN)
    assert found.chances == pytest.approx([1 / 3, 1 / 3, 1 / 3, 1], abs=1e-6)


def test_leximin_goes_on_where_maximin_stops() -> None:
    people = tuple(Person(f"p{n}", ("a" if n < 4 else "b" if n < 6 else "d",)) for n in range(7))
    quotas = (Quota("c", "a", 1, 1), Quota("c", "b", 0, 2), Quota("c", "d", 0, 1))
    found = lottery(Pool(people, 3, quotas), Method.LEXIMIN)
    assert found.chances == pytest.approx([1 / 4] * 4 + [2 / 3] * 3, abs=1e-6)


def test_a_thousand_panels_of_a_tight_pool_keep_every_quota() -> None:
    for seed in range(4):
        draw = Draw(f"tight {seed}")
        answers = [tuple(f"v{draw.below(3)}" for _ in range(4)) for _ in range(45)]
        people = tuple(Person(f"p{n}", answer) for n, answer in enumerate(answers))
        counts = [Counter(one[at] for one in answers[:10]) for at in range(4)]
        quotas = tuple(
            Quota(f"c{at}", f"v{n}", count[f"v{n}"], count[f"v{n}"] + n % 2)
            for at, count in enumerate(counts)
            for n in range(3)
        )
        found = lottery(Pool(people, 10, quotas), Method.LEXIMIN)
        assert all(keeps(found.pool, panel) for panel in set(found.panels))
        assert found.furthest_off < 0.0015


def test_equal_chances_have_no_gini_and_one_for_all_has_nearly_one() -> None:
    assert gini(np.full(7, 0.3)) == pytest.approx(0)
    assert gini(np.array([0.0] * 99 + [1.0])) == pytest.approx(0.99)


def test_a_chance_is_told_to_its_person() -> None:
    people = tuple(Person(f"p{n}", ("young" if n < 2 else "old",)) for n in range(10))
    found = lottery(Pool(people, 4, (Quota("age", "young", 1, 1), Quota("age", "old", 3, 3))))
    assert found.sentence(0).startswith("Your chance was 50.0%: you are on 500 of the 1,000 panels")
    with pytest.raises(Infeasible):
        lottery(Pool(people, 4, (Quota("age", "young", 3, 3), Quota("age", "old", 1, 1))))


def test_only_who_is_on_no_panel_at_all_is_told_so() -> None:
    many = tuple(Person(f"p{n}", ("x",)) for n in range(4000))
    found = lottery(Pool(many, 1, (Quota("a", "x", 1, 1),)))
    left_out = int(np.flatnonzero(found.appearances == 0)[0])
    assert found.sentence(left_out).startswith("Your chance was 0.0%: you are on 0 of the 1,000 panels")
    people = (*many[:3], Person("never", ("y",)))
    for method in Method:
        told = lottery(Pool(people, 2, (Quota("a", "x", 2, 2), Quota("a", "y", 0, 0))), method)
        assert told.reachable.tolist() == [True, True, True, False]
        assert told.sentence(3).startswith("You could not be drawn")


def test_nobody_s_chance_hangs_on_the_order_of_the_file() -> None:
    """Maximin may be reached in several ways; the way that is taken must not hang on who stands first."""
    lives = {"h3": "aba", "": "a", "h4": "aa", "h2": "ba", "h1": "b"}
    homes = [(answer, home) for home, answers in lives.items() for answer in answers]
    order = (0, 3, 1, 4, 6, 7, 2, 8, 5)
    people = [Person(f"p{n}", (homes[one][0],), homes[one][1]) for n, one in enumerate(order)]
    quotas = (Quota("c", "a", 1, 4), Quota("c", "b", 1, 3))
    told = lottery(Pool(tuple(people), 5, quotas))
    back = lottery(Pool(tuple(people[::-1]), 5, quotas))
    assert back.chances[::-1] == pytest.approx(told.chances, abs=1e-9)


def test_a_greedy_draw_needs_no_quota() -> None:
    people = tuple(Person(f"p{n}", ()) for n in range(5))
    assert lottery(Pool(people, 2, ()), Method.GREEDY).appearances.sum() == 2000
