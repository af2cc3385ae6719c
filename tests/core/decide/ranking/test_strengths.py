"""Are strengths from pairs the most likely ones, and do they say when there are none?"""

from math import exp, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.ranking.small import named
from folkmoot.core.decide.ranking import Method, Pairs, Settings, count
from folkmoot.core.decide.ranking.strengths import bradley_terry
from folkmoot.core.kernel.errors import Refused

# American League East 1987, wins of the row over the column (Agresti, "Categorical Data Analysis", 1990).
TEAMS = ("Milwaukee", "Detroit", "Toronto", "New York", "Boston", "Cleveland", "Baltimore")
WON = (
    (0, 7, 9, 7, 7, 9, 11),
    (6, 0, 7, 5, 11, 9, 9),
    (4, 6, 0, 7, 7, 8, 12),
    (6, 8, 6, 0, 6, 7, 10),
    (6, 2, 6, 7, 0, 7, 12),
    (4, 4, 5, 6, 6, 0, 6),
    (2, 4, 1, 3, 1, 7, 0),
)
PRINTED = (1.581, 1.436, 1.294, 1.248, 1.108, 0.684, 0.0)


def pairs(rows) -> Pairs:
    size = range(len(rows))
    return Pairs.gathered(named(len(rows)), [(x, y, rows[x][y]) for x in size for y in size])


def test_baseball_as_it_is_printed() -> None:
    found = bradley_terry(pairs(WON)).strengths
    assert [one.estimate - found[-1].estimate for one in found] == pytest.approx(PRINTED, abs=6e-4)
    assert sum(one.estimate for one in found) == pytest.approx(0, abs=1e-12)
    assert all(one.low < one.estimate < one.high for one in found)
    assert (found[0].best, found[-1].worst) == (1, 7)
    assert found[-1].best > 2


def test_two_by_hand_and_their_interval() -> None:
    found = bradley_terry(Pairs.gathered(named(2), [(0, 1, 40), (1, 0, 10)]))
    assert found.strengths[0].estimate == pytest.approx(log(4) / 2)
    # half of the log odds; the variance of log odds is 1/40 + 1/10
    half = 1.959963984540054 * (1 / 40 + 1 / 10) ** 0.5 / 2
    assert found.strengths[0].high == pytest.approx(log(4) / 2 + half)
    assert found.bands == found.order == ((0,), (1,))
    # log(15/8) is 0.63, and its standard error 0.44: one is not enough to be clearly apart
    near = bradley_terry(Pairs.gathered(named(2), [(0, 1, 15), (1, 0, 8)]))
    assert near.bands == near.order == ((0, 1),)
    assert [(one.best, one.worst) for one in near.strengths] == [(1, 2), (1, 2)]


def test_a_long_chain_of_clear_wins_is_still_found() -> None:
    size = 60
    chain = [(one, one + 1, 99) for one in range(size - 1)] + [(one + 1, one, 1) for one in range(size - 1)]
    found = bradley_terry(Pairs.gathered([*named(1)] * size, chain)).strengths
    steps = [found[at].estimate - found[at + 1].estimate for at in range(size - 1)]
    assert steps == pytest.approx([log(99)] * (size - 1), rel=1e-8)


def test_never_beaten_never_met_and_the_prior() -> None:
    unbeaten = Pairs.gathered(named(3), [(0, 1, 5), (0, 2, 5), (1, 2, 3), (2, 1, 3)])
    found = bradley_terry(unbeaten)
    assert (found.strengths, found.groups) == ((), ((0,), (1, 2)))
    assert found.beaten == ((False, True), (False, False))
    told = count(unbeaten, Settings(Method.BRADLEY_TERRY))
    assert (told.order, told.elected, told.winners) == ((), (), ())
    assert "no finite estimate" in told.notes[0]
    with_prior = bradley_terry(unbeaten, 0.5).strengths
    assert with_prior[0].estimate > with_prior[1].estimate == pytest.approx(with_prior[2].estimate)
    apart = Pairs.gathered(named(4), [(0, 1, 2), (1, 0, 1), (2, 3, 2), (3, 2, 1)])
    assert bradley_terry(apart).strengths == ()
    assert len(bradley_terry(apart, 0.1).strengths) == 4


@given(st.integers(2, 5), st.data(), st.sampled_from([0.0, 0.25]))
@settings(max_examples=60, deadline=None)
def test_expected_wins_are_the_wins_exactly_where_every_side_wins_something(size, data, prior) -> None:
    """The likelihood equations; and Ford's condition against every split in two."""
    rows = [[data.draw(st.integers(0, 3)) if x != y else 0 for y in range(size)] for x in range(size)]
    found = bradley_terry(pairs(rows), prior)
    splits = [[one for one in range(size) if bits >> one & 1] for bits in range(1, 2**size - 1)]
    ford = all(any(rows[x][y] for x in side for y in set(range(size)) - set(side)) for side in splits)
    assert bool(found.strengths) == (ford or prior > 0)
    assert (len(found.groups) == 1) == ford
    if not found.strengths or prior:
        return
    s = [exp(one.estimate) for one in found.strengths]
    for x in range(size):
        expected = sum((rows[x][y] + rows[y][x]) * s[x] / (s[x] + s[y]) for y in range(size) if y != x)
        assert expected == pytest.approx(sum(rows[x]), abs=1e-8)
    assert sorted(one for tier in found.order for one in tier) == list(range(size))


def test_refused() -> None:
    for wrong, prior in (
        (Pairs.gathered(named(1), []), 0.0),
        (Pairs.gathered(named(2), [(0, 0, 1)]), 0.0),
        (Pairs.gathered(named(2), []), -1.0),
        (Pairs.gathered(named(2), []), float("nan")),
    ):
        with pytest.raises(Refused):
            bradley_terry(wrong, prior)
