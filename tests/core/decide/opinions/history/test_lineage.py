"""Does each wording keep its own votes, and its family?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from folkmoot.core.decide.opinions import Conversation, Statement, votes_of
from folkmoot.core.decide.opinions.lineage import Together, check_lineage, families, family_of, together
from folkmoot.core.kernel.errors import Refused

VOTES = votes_of([("a", "1", 1), ("b", "1", -1), ("a", "2", 1), ("c", "2", 0), ("b", "3", 1), ("d", "9", 1)])
KNOWN = {
    one.id: one
    for one in (
        Statement("1", "Trees and buses"),
        Statement("2", "Trees", came_of=("1",)),
        Statement("3", "Buses", came_of=("1",)),
        Statement("10", "Trees by the road", came_of=("2", "8")),
        Statement("9", "Alone"),
    )
}
TALK = Conversation(VOTES, KNOWN)


def test_a_family_shows_each_wording_with_its_own_votes():
    told = [
        (one.statement.id, one.depth, one.agree, one.disagree, one.passed)
        for one in family_of(TALK, "3").wordings
    ]
    assert told == [
        ("1", 0, 1, 1, 0),
        ("8", 0, 0, 0, 0),
        ("2", 1, 1, 0, 1),
        ("3", 1, 1, 0, 0),
        ("10", 2, 0, 0, 0),
    ]
    assert all(family_of(TALK, one).ids == ("1", "8", "2", "3", "10") for one in ("1", "2", "10", "8"))
    assert family_of(TALK, "9").ids == ("9",)
    assert family_of(TALK, "none").ids == ("none",)
    assert [one.ids for one in families(TALK)] == [("1", "8", "2", "3", "10")]


def test_votes_are_put_together_only_where_asked_and_once_a_person():
    assert together(TALK, ["1", "2", "3"]) == Together(agree=1, disagree=0, passed=1, differing=1)
    assert together(TALK, ["none"]) == Together(0, 0, 0, 0)


@pytest.mark.parametrize("chain", [["1"], ["1", "2"], ["1", "2", "3", "4"]])
def test_a_circle_is_refused(chain):
    known = {one: Statement(one, came_of=(chain[place - 1],)) for place, one in enumerate(chain)}
    with pytest.raises(Refused, match="came of"):
        check_lineage(known)
    with pytest.raises(Refused, match="came of"):
        families(Conversation(VOTES, known))


@given(st.permutations(list(KNOWN)))
@settings(max_examples=20)
def test_order_of_statements_means_nothing(order):
    known = {one: KNOWN[one] for one in order}
    assert families(Conversation(VOTES, known)) == families(TALK)
    assert check_lineage(known) == check_lineage(KNOWN)


def test_a_long_chain_and_many_families():
    chain = {
        str(one): Statement(str(one), came_of=(str(one - 1),) if one % 5 else ()) for one in range(10_000)
    }
    assert len(families(Conversation(VOTES, chain))) == 2_000
    line = {str(one): Statement(str(one), came_of=(str(one - 1),) if one else ()) for one in range(10_000)}
    assert family_of(Conversation(VOTES, line), "5000").wordings[-1].depth == 9_999
