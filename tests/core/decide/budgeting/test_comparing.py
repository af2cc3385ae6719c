"""Are outcomes compared voter by voter, and is a project with too few votes for its cost shut out?"""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from core.decide.budgeting.small import Small, smalls
from folkmoot.core.decide.budgeting.comparing import Comparison, compared, ineligible
from folkmoot.core.decide.budgeting.election import Ballots, Election, Project
from folkmoot.core.decide.budgeting.settings import Utility

OUTCOMES = st.sets(st.integers(0, 4))


@settings(max_examples=90, deadline=None)
@given(smalls(free=True), OUTCOMES, OUTCOMES, st.sampled_from(list(Utility)))
def test_every_voter_is_asked(small: Small, one: set[int], two: set[int], kind: Utility) -> None:
    first, second = ({place for place in told if place < len(small.costs)} for told in (one, two))
    held = [
        tuple(sum(small.utility(kind, who, place) for place in told) for told in (first, second))
        for who in range(len(small.ballots))
    ]
    told = compared(small.election(), first, second, kind)
    assert told == compared(small.grouped(), first, second, kind)
    assert told == Comparison(
        sum(mine > yours for mine, yours in held),
        sum(mine < yours for mine, yours in held),
        sum(mine == yours for mine, yours in held),
        sum(not first & set(row) for row in small.ballots),
        sum(not second & set(row) for row in small.ballots),
    )
    assert told.first_stands == (told.first >= told.second)


@settings(max_examples=60, deadline=None)
@given(smalls(free=True), st.fractions(0, 3, max_denominator=4))
def test_eligible_by_share_of_votes_against_share_of_budget(small: Small, part: Fraction) -> None:
    voters = len(small.ballots)
    shut = tuple(
        place
        for place, cost in enumerate(small.costs)
        if voters and Fraction(small.votes(place), voters) < part * Fraction(cost, small.budget)
    )
    assert ineligible(small.election(), part) == shut
    assert ineligible(small.election(), None) == ()


def test_costs_beyond_64_bits_are_compared_exactly() -> None:
    projects = (Project("a", Fraction(2**70 + 1)), Project("b", Fraction(2**70)))
    vote = Election(projects, Fraction(2**71), Ballots.gathered([[0, 1]], [1]))
    assert compared(vote, [0], [1]).first == 1
    assert compared(vote, [1], [0]).second == 1
