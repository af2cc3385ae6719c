"""The mathematics that Polis published about three real conversations, given who it put where."""

import numpy as np
import pytest

from core.decide.opinions.polis.published import NAMES, published
from folkmoot.core.decide.opinions.polis import Settings, mapped

WAY = {"agree": 1, "disagree": -1}


@pytest.fixture(params=NAMES, scope="module")
def both(request):
    """Our map with agreement written as theirs, their mathematics, and the places of their statements."""
    conversation, math, membership = published(request.param)
    ours = mapped(conversation, Settings(membership=membership)).in_sign(-1)
    places = [ours.votes.statements.index(str(one)) for one in math["tids"]]
    return ours, math, places


def test_the_same_people_are_counted(both):
    ours, math, _ = both
    assert len(ours.votes.people) == math["n"]
    assert sum(ours.votes.by_statement > 0) == math["n-cmts"]
    inside = {int(one) for one, is_in in zip(ours.votes.people, ours.inside, strict=True) if is_in}
    assert inside == set(math["in-conv"])
    assert (
        dict(zip(ours.votes.people, ours.votes.by_person.tolist(), strict=True)) == math["user-vote-counts"]
    )


def test_centre_components_and_extremity(both):
    ours, math, places = both
    told = math["pca"]
    assert np.abs(ours.centre[places] - told["center"]).max() < 1e-12
    for mine, theirs in zip(ours.components[:, places], told["comps"], strict=True):
        assert abs(mine @ theirs) > 0.999999
    assert np.abs(ours.extremity[places] - told["comment-extremity"]).max() < 1e-12
    for axis, theirs in enumerate(told["comment-projection"]):
        assert np.abs(np.abs(ours.axes.places[places, axis]) - np.abs(theirs)).max() < 1e-12


def test_what_stands_out_along_an_axis_points_the_same_way(both):
    """Signs of components are free; people's and statements' places turn with them."""
    ours, math, places = both
    for axis, theirs in enumerate(math["pca"]["comps"]):
        turn = np.sign(ours.components[axis, places] @ theirs)
        told = turn * np.array(math["pca"]["comment-projection"][axis])
        assert np.abs(ours.axes.places[places, axis] - told).max() < 1e-12


def test_votes_of_groups(both):
    ours, math, _ = both
    counts, statements = ours.group_votes, ours.votes.statements
    assert [group.name for group in ours.groups] == sorted(math["group-votes"])
    for number, group in enumerate(ours.groups):
        told = math["group-votes"][group.name]
        assert len(group.members) == told["n-members"]
        for statement, votes in told["votes"].items():
            at = number, statements.index(statement)
            assert (counts.agree[at], counts.disagree[at], counts.seen[at]) == (
                votes["A"],
                votes["D"],
                votes["S"],
            )


def test_group_aware_consensus(both):
    ours, math, _ = both
    for statement, told in math["group-aware-consensus"].items():
        assert ours.group_aware[ours.votes.statements.index(statement)] == pytest.approx(told, rel=1e-12)


def test_representative_statements(both):
    """Their test of the ratio is kept in single precision."""
    ours, math, _ = both
    for group, told in zip(ours.groups, ours.representative, strict=True):
        theirs = math["repness"][group.name]
        assert [(int(one.statement), one.way, one.successes, one.seen, one.best_agreed) for one in told] == [
            (
                one["tid"],
                WAY[one["repful-for"]],
                one["n-success"],
                one["n-trials"],
                one.get("best-agree", False),
            )
            for one in theirs
        ]
        for mine, other in zip(told, theirs, strict=True):
            assert [mine.share, mine.test, mine.ratio] == pytest.approx(
                [other["p-success"], other["p-test"], other["repness"]], rel=1e-12, abs=1e-12
            )
            assert mine.ratio_test == pytest.approx(other["repness-test"], rel=1e-6, abs=1e-7)


def test_what_everybody_agrees_on(both):
    ours, math, _ = both
    for mine, theirs in (
        (ours.agreed, math["consensus"]["agree"]),
        (ours.disagreed, math["consensus"]["disagree"]),
    ):
        assert [(int(one.statement), one.successes, one.seen) for one in mine] == [
            (one["tid"], one["n-success"], one["n-trials"]) for one in theirs
        ]
        assert [one.share * one.test for one in mine] == pytest.approx(
            [one["p-success"] * one["p-test"] for one in theirs], rel=1e-12
        )


def test_priorities_without_the_fault(both):
    ours, math, _ = both
    for statement, told in math["comment-priorities"].items():
        assert ours.priorities[ours.votes.statements.index(statement)] == pytest.approx(told, rel=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_priorities_with_the_fault(name):
    conversation, _, membership = published(name)
    ours = mapped(conversation, Settings(membership=membership, flat_routing=True))
    assert (ours.priorities == 49).all()


@pytest.mark.parametrize("name", NAMES)
def test_both_signs_are_one_map(name):
    """A file in the other sign is the same conversation: only centre and components are written otherwise."""
    conversation, _, membership = published(name)
    ours = mapped(conversation, Settings(membership=membership))
    theirs = ours.in_sign(-1)
    assert (theirs.centre == -ours.centre).all()
    assert (theirs.projections == ours.projections).all()
    assert (theirs.in_sign(1).components == ours.components).all()
