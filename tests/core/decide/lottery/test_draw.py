"""Does a draw replay, is each panel as likely as the next, and are the places of those who decline filled?"""

import json
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.decide.lottery.small import all_panels, keeps, pools
from folkmoot.core.decide.lottery import (
    Person,
    Pool,
    Quota,
    draw,
    lottery,
    quotas_from_counts,
    remaining,
    replay,
)
from folkmoot.core.decide.lottery.drawing import hash_of
from folkmoot.core.kernel.errors import Refused

FEW = settings(max_examples=20, deadline=None)


def published(pool: Pool, seed: str) -> dict[str, object]:
    made = lottery(pool)
    drawn = draw(pool.ids, made.panels, seed)
    told = {"ids": pool.ids, "panels": made.panels, "hash": made.hash, "seed": seed}
    answer = told | {"number": drawn.number, "selected": drawn.selected}
    return json.loads(json.dumps(answer))  # as it comes out of a file


@FEW
@given(pools(), st.text(min_size=1).filter(str.strip))
def test_a_draw_replays_and_a_changed_one_does_not(pool: Pool, seed: str) -> None:
    assume(all_panels(pool))
    told = published(pool, seed)
    assert replay(told).matches
    assert lottery(pool).hash == told["hash"]
    assert "number" in replay(told | {"number": int(str(told["number"])) + 1}).differs
    assert "selected" in replay(told | {"selected": ["somebody else"]}).differs
    assert "hash" in replay(told | {"panels": [*list(told["panels"])[::-1], [0]]}).differs


def test_what_is_no_lottery_is_refused() -> None:
    for told in ({}, {"ids": ["a"], "panels": [[1]]}, {"ids": ["a"], "panels": [], "seed": "x"}):
        with pytest.raises(Refused):
            replay(told)
    with pytest.raises(Refused):
        draw(["a"], [[0]], " ")


def test_each_panel_and_person_is_drawn_as_often_as_said() -> None:
    people = tuple(Person(f"p{n}", ("young" if n < 2 else "old",)) for n in range(10))
    made = lottery(Pool(people, 4, (Quota("age", "young", 1, 1), Quota("age", "old", 3, 3))))
    came: Counter[str] = Counter()
    numbers: Counter[int] = Counter()
    for seed in range(8000):
        drawn = draw(made.pool.ids, made.panels, f"seed {seed}")
        came.update(drawn.selected)
        numbers[drawn.number * 10 // 1000] += 1
    for at, person in enumerate(made.pool.ids):
        assert came[person] / 8000 == pytest.approx(made.appearances[at] / 1000, abs=0.02)
    # Ten tenths of the list: chi squared with 9 degrees of freedom is below 27.9 in 999 of 1,000 cases.
    assert sum((numbers[tenth] - 800) ** 2 / 800 for tenth in range(10)) < 27.9


@FEW
@given(pools(), st.integers(0, 3))
def test_replacements_keep_every_quota(pool: Pool, who: int) -> None:
    assume(all_panels(pool))
    first = draw(pool.ids, lottery(pool).panels, "a").selected
    gone = [first[who % len(first)]]
    places = {id_: at for at, id_ in enumerate(pool.ids)}
    stay = {places[one] for one in first} - {places[gone[0]]}
    able = [panel for panel in all_panels(pool) if stay < set(panel) and places[gone[0]] not in panel]
    if not able:
        with pytest.raises(Refused):
            lottery(remaining(pool, first, gone))
        return
    left = remaining(pool, first, gone)
    came = draw(left.ids, lottery(left).panels, "b").selected
    assert keeps(pool, tuple(stay | {places[one] for one in came}))


def test_who_declines_must_be_known_and_drawn() -> None:
    people = tuple(Person(one, ("x",)) for one in "abc")
    pool = Pool(people, 1, (Quota("c", "x", 0, 1),))
    for declined in (["nobody"], [], ["b"]):
        with pytest.raises(Refused):
            remaining(pool, ["a"], declined)
    assert remaining(pool, ["a"], ["a", "b"]).ids == ("c",)


def test_the_hash_hangs_on_every_panel_and_id() -> None:
    one = hash_of(["a", "b"], [[0], [1]])
    assert one != hash_of(["a", "b"], [[1], [0]])
    assert one != hash_of(["a", "c"], [[0], [1]])


@FEW
@given(
    st.lists(st.integers(0, 9999), min_size=1, max_size=6).filter(any), st.integers(1, 60), st.integers(0, 20)
)
def test_quotas_of_a_census_leave_room_for_the_panel(counts: list[int], size: int, percent: int) -> None:
    census = {"c": {f"v{at}": count for at, count in enumerate(counts)}}
    told = quotas_from_counts(census, size, Fraction(percent, 100))
    assert sum(one.low for one in told) <= size <= sum(one.high for one in told)
    for one, count in zip(told, counts, strict=True):
        assert one.low <= Fraction(count * size, sum(counts)) <= one.high <= size
