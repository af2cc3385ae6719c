"""Do textbook examples and paradoxes come out as they are printed?"""

from fractions import Fraction

import pytest

from core.decide.ranking.small import approving, written
from folkmoot.core.decide.ranking import (
    Approvals,
    Candidate,
    Completion,
    Method,
    Ranked,
    Rankings,
    Settings,
    Ties,
    count,
)
from folkmoot.core.decide.ranking.committees import equal_shares
from folkmoot.core.decide.ranking.optimal import harmonic, optimal
from folkmoot.core.decide.ranking.runoff import run_off
from folkmoot.core.decide.ranking.schulze import schulze
from folkmoot.core.decide.ranking.scoring import borda
from folkmoot.core.decide.ranking.settings import Transfer
from folkmoot.core.decide.ranking.transfers import stv
from folkmoot.core.kernel.errors import Refused

TENNESSEE = written("42 mnck", "26 nckm", "15 cknm", "17 kcnm")  # c, k, m, n: by distance to each town


def test_schulzes_own_example() -> None:
    cast = ("5 acbed", "5 adecb", "8 bedac", "3 cabed", "7 caebd", "2 cbade", "7 dceba", "8 ebadc")
    found = schulze(written(*cast))
    assert found.order == ((4,), (0,), (2,), (1,), (3,))  # e, a, c, b, d
    assert found.condorcet is None
    assert found.strengths.tolist() == [
        [0, 28, 28, 30, 24],
        [25, 0, 28, 33, 24],
        [25, 29, 0, 29, 24],
        [25, 28, 28, 0, 24],
        [25, 28, 28, 31, 0],
    ]


def test_a_circle_of_equals_stays_a_tie() -> None:
    circle = written("1 abc", "1 bca", "1 cab")
    for method in (Method.BORDA, Method.SCHULZE, Method.IRV):
        told = count(circle, Settings(method))
        assert (told.order, told.winners, told.elected, told.tied) == (((0, 1, 2),), (0, 1, 2), (), (0, 1, 2))
        by_id = count(circle, Settings(method, ties=Ties("id")))
        assert by_id.elected == ((0,) if method is not Method.IRV else by_id.winners)
        assert by_id.notes


def test_the_town_that_every_method_answers_in_its_own_way() -> None:
    chattanooga, knoxville, memphis, nashville = range(4)
    assert schulze(TENNESSEE).condorcet == nashville
    assert [int(one) for one in borda(TENNESSEE)] == [173, 107, 126, 194]
    found = run_off(TENNESSEE)
    assert found.winners == (knoxville,)
    assert [one.out for one in found.rounds[:2]] == [(chattanooga,), (nashville,)]
    assert memphis in found.order[1]


def test_a_run_off_can_be_lost_by_being_raised() -> None:
    before = written("39 abc", "35 bca", "26 cab")
    after = written("49 abc", "25 bca", "26 cab")  # ten raised a to the top
    assert run_off(before).winners == (0,)
    assert run_off(after).winners == (2,)


def test_a_run_off_can_be_lost_by_turning_up() -> None:
    assert run_off(written("20 xyz", "25 yzx", "28 zyx")).winners == (1,)
    assert run_off(written("26 xyz", "25 yzx", "28 zyx")).winners == (2,)  # the worst for the six more


def test_a_truncated_ballot_is_exhausted() -> None:
    found = run_off(written("4 a", "3 b", "2 c"))
    assert [one.exhausted for one in found.rounds] == [0, 2, 5]
    assert found.winners == (0,)


def test_the_party_food_by_single_transferable_vote() -> None:
    # o oranges, p pears, c chocolate, r strawberries, s sweets: three of them for twenty guests
    found = stv(written("4 o", "2 po", "8 cr", "4 cs", "1 r", "1 s"), 3)
    names = "coprs"
    assert found.quota == 6
    assert [names[one] for one in found.elected] == ["c", "o", "r"]
    votes = [{names[one]: votes for one, votes in stage.votes} for stage in found.stages]
    assert votes[0] == {"c": 12, "o": 4, "p": 2, "r": 1, "s": 1}
    assert votes[1] == {"c": 6, "r": 5, "o": 4, "s": 3, "p": 2}
    assert votes[2] == {"c": 6, "o": 6, "r": 5, "s": 3}
    assert [stage.excluded for stage in found.stages[1:]] == [(2,), (4,), ()]


def test_the_two_transfers_differ_in_which_papers_move() -> None:
    votes = written("3 ac", "2 bad", "3 c", "3 d")
    wig, last = stv(votes, 2), stv(votes, 2, transfer=Transfer.GREGORY)
    assert (wig.elected, last.elected) == ((0, 2), (0, 3))
    assert dict(wig.stages[2].votes) == {0: 4, 2: Fraction(18, 5), 3: Fraction(17, 5)}
    assert dict(last.stages[2].votes) == {0: 4, 2: 3, 3: 4}


def test_the_largest_surplus_goes_first_and_whom_it_elects_takes_no_more() -> None:
    votes = written("9 afd", "8 bfe", "2 c", "3 d", "2 e", "3 f")
    found = stv(votes, 4)
    assert [stage.surplus_of for stage in found.stages[:2]] == [0, 1]
    # a's three make f full, so that b's two go on to e
    assert dict(found.stages[2].votes) == {0: 6, 1: 6, 5: 6, 4: 4, 3: 3, 2: 2}
    assert set(found.elected) == {0, 1, 5, 4}


def test_what_cannot_move_is_lost_and_every_vote_stays_counted() -> None:
    votes = written("8 a", "1 ab", "2 b", "3 c")
    for transfer, moved in ((Transfer.WIG, Fraction(4, 9)), (Transfer.GREGORY, Fraction(1))):
        found = stv(votes, 2, transfer=transfer)
        assert found.quota == 5
        assert dict(found.stages[1].votes)[1] == 2 + moved
        for stage in found.stages:
            assert sum(votes for _, votes in stage.votes) + stage.exhausted == 14


def test_ties_for_a_seat_are_shown_and_broken_only_when_asked() -> None:
    votes = written("3 a", "1 b", "1 c")
    found = count(votes, Settings(Method.STV, 2))
    assert (found.elected, found.tied, found.open) == ((0,), (1, 2), 1)
    assert count(votes, Settings(Method.STV, 2, Ties("id"))).elected == (0, 1)
    drawn = [count(votes, Settings(Method.STV, 2, Ties(f"seed:{n}"))).elected for n in range(20)]
    assert set(drawn) == {(0, 1), (0, 2)}


def test_nobody_voted_and_many_without_a_vote() -> None:
    nobody = Rankings.gathered(map(Candidate, "abcd"), [Ranked((), 3)])
    assert stv(nobody, 2).tied == run_off(nobody).winners == (0, 1, 2, 3)
    many = Rankings.gathered(map(Candidate, map(str, range(30))), [Ranked(((0,), (1,)), 9)])
    assert run_off(many).places[0] == (1, 1)
    found = stv(many, 3)
    assert found.elected == (0, 1)
    assert len(found.tied) == 28


def test_two_in_one_place_cannot_be_run_off() -> None:
    level = Rankings.gathered(map(Candidate, "ab"), [Ranked(((0, 1),), 2, 7)])
    assert schulze(level).order == ((0, 1),)
    with pytest.raises(Refused, match="line 7 puts “a” and “b” in one place"):
        count(level, Settings(Method.IRV))


def test_no_silent_end_where_ties_lead_everywhere() -> None:
    many = written(*(f"1 {one}" for one in "abcdefghijklmnopqrst"))
    with pytest.raises(Refused, match="order of ties"):
        count(many, Settings(Method.IRV))
    assert count(many, Settings(Method.IRV, ties=Ties("id"))).elected == (0,)
    with pytest.raises(Refused, match="order of ties"):
        count(many, Settings(Method.STV, 6))


def test_proportional_rules_give_the_minority_its_seat() -> None:
    votes = approving(6, [(0, 1, 2)] * 6 + [(3, 4, 5)] * 3)
    assert count(votes, Settings(Method.APPROVAL, 3)).elected == (0, 1, 2)
    for method in (Method.MES, Method.PHRAGMEN, Method.PAV, Method.SEQPAV):
        told = count(votes, Settings(method, 3))
        assert len(told.detail.all) == 9, method  # any two of the one and one of the other
        assert all(len({0, 1, 2} & set(one)) == 2 for one in told.detail.all)


def test_equal_shares_that_go_on_by_phragmen_do_not_go_back() -> None:
    votes = approving(5, [(0, 1, 3), (4,), (1, 3), (2,)])
    # as abcvoting 2.19.2 finds them
    assert equal_shares(votes, 3).all == ((1, 2, 3), (1, 2, 4), (1, 3, 4), (2, 3, 4))


def test_equal_shares_may_leave_seats_empty_and_says_so() -> None:
    votes = approving(4, [(0,), (1,), (2,), (3,)])
    assert equal_shares(votes, 2, completion=Completion.NONE).all == ((),)
    told = count(votes, Settings(Method.MES, 2, completion=Completion.NONE))
    assert told.notes == ("Seats left empty: 2.",)


def test_large_searches_end_with_a_refusal_that_names_the_way_out() -> None:
    votes = approving(10, [(place, (place + 1) % 10, (place + 3) % 10) for place in range(10)])
    assert optimal(votes, 5, harmonic(5)).all
    ballots = [([place, (place * 7 + 3) % 40, (place * 11 + 5) % 40], 1) for place in range(40)]
    wide = Approvals.gathered((Candidate(str(place)) for place in range(40)), ballots)
    with pytest.raises(Refused, match="seqpav"):
        optimal(wide, 20, harmonic(20))
    crowd = Approvals.gathered((Candidate(str(place)) for place in range(900)), [([0, 899], 1)])
    assert optimal(crowd, 2, harmonic(2)).all == ((0, 899),)
    with pytest.raises(Refused, match="seqpav"):
        optimal(crowd, 300, harmonic(300))


@pytest.mark.parametrize(
    "method", [Method.STV, Method.SEQPAV, Method.PHRAGMEN, Method.MES, Method.PAV, Method.CC]
)
def test_where_an_order_of_ties_decided_is_said(method: Method) -> None:
    even = written("2 ab", "2 ba") if method is Method.STV else approving(2, [[0], [1]])
    told = count(even, Settings(method, 1, Ties("id")))
    assert told.elected == (0,)
    assert len(told.notes) == 1
    assert told.notes[0].endswith("by id.")
    assert count(even, Settings(method, 1)).notes == ()


def test_which_surplus_went_first_by_an_order_of_ties_is_said() -> None:
    found = count(written("6 ac", "6 bd", "2 c", "1 d", "1 e"), Settings(Method.STV, 3, Ties("id")))
    assert found.notes[0] == "a, b had the same surplus; that of a went first by id."
