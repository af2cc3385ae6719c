"""Does an election that is written read back as the same, and a file as the same bytes?"""

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.decide.budgeting.pabulib.marram import FILES, ballots_of
from folkmoot.core.decide.budgeting.election import Ballots, Election, Project, VoteType
from folkmoot.core.decide.budgeting.pabulib import check_pb, pb_of, read_pb, write_pb
from folkmoot.core.kernel.errors import Refused

META = {"description": 'Marram; "new"\ntown', "country": "Nowhere", "unit": "Marram", "instance": "2026",
        "rule": "greedy", "date_begin": "2026", "date_end": "2026", "comment": "#1: x"}  # fmt: skip
letters = st.characters(exclude_categories=("C", "Z"), exclude_characters=",")
ids = st.text(letters | st.sampled_from(';"'), min_size=1, max_size=4)
names = st.text(letters | st.sampled_from(' ;,"\n'), max_size=12).map(str.strip)
money = st.decimals(0, 10**9, places=2).map(Fraction)


@st.composite
def elections(draw: st.DrawFn) -> Election:
    """Small elections of every vote type, with odd ids and names, empty ballots and broken amounts."""
    kind = draw(st.sampled_from(VoteType))
    places = draw(st.lists(ids, max_size=5, unique=True))
    projects = tuple(Project(id, draw(money), draw(names), ("green", "a b"), draw(names)) for id in places)
    most = min(len(places), 1 if kind is VoteType.CHOOSE_1 else 5)
    shuffled = st.permutations(range(len(places)))
    rows = [draw(shuffled)[: draw(st.integers(0, most))] for _ in range(draw(st.integers(0, 6)))]
    counts = [draw(st.integers(1, 3)) for _ in rows]
    if not kind.has_points:
        return Election(projects, draw(money) + 1, Ballots.gathered(rows, counts), kind)
    points = [[draw(st.integers(0, 99)) for _ in row] for row in rows]
    told = Ballots.gathered(rows, counts, points)
    unit = draw(st.sampled_from([1, 10, 8]))
    ballots = Ballots(told.starts, told.choices, told.counts, told.points, unit)
    return Election(projects, draw(money) + 1, ballots, kind)


@settings(max_examples=80, deadline=None)
@given(election=elections())
@example(Election((), Fraction(1), Ballots.gathered([], [])))
@example(Election((Project("META", Fraction(0)),), Fraction(1), Ballots.gathered([[0]], [1])))
def test_what_is_written_reads_back(election: Election) -> None:
    file = read_pb(write_pb(pb_of(election, META)))
    again = file.election
    assert (again.projects, again.budget) == (election.projects, election.budget)
    assert again.vote_type is election.vote_type
    assert ballots_of(again) == ballots_of(election)
    assert sum(again.ballots.counts) == len(file.voter_group) == len(file.voter_ids)
    assert Counter(file.voter_group.tolist()) == dict(enumerate(again.ballots.counts.tolist()))
    assert len(ballots_of(again)) == len(again.ballots)  # equal ballots are one group
    assert file.meta.get("description") == META["description"]
    remarks = [remark.field for remark in check_pb(file)]
    assert set(remarks) <= {"vote", "cost", "budget", "project_id"}  # empty, free, too dear, nothing at all


@pytest.mark.parametrize("kind", sorted(FILES))
def test_the_files_of_marram_read_back_after_writing_anew(kind: str) -> None:
    file = read_pb(FILES[kind])
    anew = pb_of(file.election, {entry.key: entry.value for entry in file.meta.entries})
    assert anew.election.projects == file.election.projects
    assert ballots_of(anew.election) == ballots_of(file.election)
    assert {entry.key: entry.value for entry in anew.meta.entries if entry.key != "budget"} == {
        entry.key: entry.value for entry in file.meta.entries if entry.key != "budget"
    }
    assert anew == read_pb(anew.content)


POND = Project("pond", Fraction(1))
ONE = Ballots.gathered([[0]], [1])


@pytest.mark.parametrize(
    ("election", "field"),
    [
        (Election((POND,), Fraction(1, 3), ONE), "budget"),
        (Election((POND,), Fraction(0), ONE), "budget"),
        (Election((Project("pond", Fraction(1, 7)),), Fraction(1), ONE), "cost"),
        (Election((Project("a,b", Fraction(1)),), Fraction(1), ONE), "project_id"),
        (Election((Project(" a", Fraction(1)),), Fraction(1), ONE), "project_id"),
        (Election((POND, POND), Fraction(1), ONE), "project_id"),
        (Election((Project("a", Fraction(1), categories=("a,b",)),), Fraction(1), ONE), "category"),
        (Election((POND,), Fraction(1), ONE, VoteType.SCORING), "points"),
        (Election((POND,), Fraction(1), Ballots.gathered([[0]], [1], [[-1]]), VoteType.SCORING), "points"),
        (Election((Project("\ud800", Fraction(1)),), Fraction(1), ONE), "text"),
    ],
)
def test_what_the_format_cannot_say_is_refused(election: Election, field: str) -> None:
    with pytest.raises(Refused) as wrong:
        pb_of(election, {})
    assert wrong.value.field == field
