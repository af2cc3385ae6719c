"""Does a `.pb` file read as a person would read it, whatever its writing?"""

from fractions import Fraction

import pytest

from core.decide.budgeting.pabulib.marram import FILES, META, PROJECTS, SMALL, ballots_of, plainly, small
from folkmoot.core.decide.budgeting.election import VoteType
from folkmoot.core.decide.budgeting.pabulib import WITHDRAWN_COST, Remark, check_pb, read_pb, write_pb
from folkmoot.core.kernel.errors import NotFound

EXPECTED = {
    "approval": ((5, 4, 4, 2, 1), (5, 4, 4, 2, 1), 6, 8),
    "choose_1": ((3, 1), (3, 1), 2, 4),
    "cumulative": ((3, 3, 1), (175, 145, 50), 4, 5),
    "ordinal": ((4, 3, 4, 1), (4, 3, 4, 1), 3, 4),
    "scoring": ((3, 2), (9, 3), 3, 3),
}


@pytest.mark.parametrize("kind", sorted(EXPECTED))
def test_each_vote_type_of_marram(kind: str) -> None:
    file = read_pb(FILES[kind])
    election = file.election
    tenth = 10 if kind == "cumulative" else 1
    points = tuple(point * tenth // election.ballots.point_unit for point in election.points)
    assert (election.votes, points, len(election.ballots), election.ballots.voters) == EXPECTED[kind]
    assert election.vote_type == VoteType(kind.replace("_", "-"))
    assert ballots_of(election) == plainly(FILES[kind])
    assert write_pb(file) == FILES[kind]
    assert file.election is election


def test_the_approvals_of_marram_in_full() -> None:
    file = read_pb(FILES["approval"])
    projects = file.projects
    pond, benches, lamps, shelter, bell = file.election.projects
    assert (pond.name, pond.categories) == ("Pond; with newts", ("nature", "water"))
    assert (pond.neighbourhood, shelter.name) == ("Harbour", "Bus shelter\nwith a roof")
    assert (benches.name, benches.cost) == ('Benches by the "Long Wall"', 400)
    assert (lamps.cost, bell.cost) == (Fraction(501, 2), WITHDRAWN_COST)
    assert (projects.winners, projects.special, projects.withdrawn) == ({"pond", "10"}, {}, ("bell",))
    assert file.meta.comments == ('"bell" was withdrawn after printing; its votes stay.', "Invented.")
    assert file.cast.written == 8
    assert file.voter_group.tolist() == [0, 0, 1, 2, 3, 1, 4, 5]
    assert file.votes.column("age")[:4] == ("31", "45", "", "70")
    assert file.voter_ids[file.voter("v7")] == "v7"
    with pytest.raises(NotFound):
        file.voter("v9")


def test_what_meta_says() -> None:
    meta = read_pb(FILES["cumulative"]).meta
    assert (meta.budget, meta.rule, meta.vote_type) == (900, "greedy-threshold", VoteType.CUMULATIVE)
    assert (meta.min_project_score_threshold, meta.currency, meta.fully_funded) == (Fraction(5, 2), "", False)
    assert (meta.comments, meta.line("rule"), meta.get("no_such", "-")) == ((), 11, "-")
    assert read_pb(FILES["cumulative"]).projects.column("beneficiaries") == ("children,seniors", "", "adults")
    assert read_pb(FILES["choose_1"]).meta.budget == Fraction(603, 4)
    assert read_pb(FILES["scoring"]).meta.min_project_score_threshold is None


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "mixed"])
@pytest.mark.parametrize("kind", sorted(FILES))
def test_newlines_change_nothing(kind: str, newline: str) -> None:
    lines = FILES[kind].replace(b"\r\n", b"\n").split(b"\n")
    if newline == "mixed":
        content = b"".join(line + (b"\n", b"\r\n", b"\r")[at % 3] for at, line in enumerate(lines))
    else:
        content = newline.encode().join(lines)
    file, usual = read_pb(content), read_pb(FILES[kind])
    assert ballots_of(file.election) == ballots_of(usual.election)
    assert file.election.projects == usual.election.projects
    assert write_pb(file) == content
    assert file.meta == usual.meta  # the lines are the same too


@pytest.mark.parametrize("kind", sorted(FILES))
def test_quotes_blanks_and_marks_change_nothing(kind: str) -> None:
    usual = read_pb(FILES[kind]).election
    title = "VOTES" if kind != "scoring" else "votes"
    before, title, ballots = FILES[kind].decode("utf-8-sig").partition(title)
    quoted = "\n".join(";".join(f'"{cell}"' if cell else "" for cell in line.split(";"))
                       for line in ballots.splitlines())  # fmt: skip
    spaced = before + title + ballots.replace(",", " , \t")
    for content in (before + title + quoted, spaced, "\ufeff\n\n" + before + title + ballots + "\n \n;;\n"):
        assert ballots_of(read_pb(content.encode()).election) == ballots_of(usual)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("META", "meta;"),
        ("PROJECTS", '"Projects";;'),
        ("VOTES", "votes;"),
        ("key;value\n", ""),
        ("project_id;cost", "Project_ID; COST "),
        ("budget;900", "budget;900;;"),
        ("budget;900", "budget;+9e2"),
        ("budget;900", "budget; 900,00 \nbudget;900,00"),
        ("approval", "Approval"),
        ("pond;600", "pond;600.000;"),
        ("2;pond,bench", "2;bench,pond,"),
        ("2;pond,bench", "2;\u00a0bench , pond\u2003"),
        ("2;pond,bench", "2;,pond,,bench;;"),
        ("2;pond,bench", '"2";"pond, bench"'),
        ("1;pond\n", "\n1;pond\n \n;\n"),
    ],
)
def test_writing_that_means_the_same(old: str, new: str) -> None:
    file, usual = small(old, new), small()
    assert ballots_of(file.election) == ballots_of(usual.election)
    assert (file.election.projects, file.election.budget) == (usual.election.projects, usual.election.budget)
    assert write_pb(file) == SMALL.replace(old, new).encode()


def test_a_project_named_twice_counts_once_and_is_told() -> None:
    file = small("2;pond,bench", "2;pond,bench,pond")
    assert (file.election.votes, file.cast.repeated) == ((2, 1), 1)
    told = "There is one ballot with a project named twice, first on this line; it counts once."
    assert Remark(12, "vote", told) in check_pb(file)


def test_of_a_ranked_ballot_the_first_place_counts() -> None:
    content = SMALL.replace("approval", "ordinal").replace("1;pond\n2;pond,bench", "1;bench,pond,bench")
    file = read_pb(content.encode())
    assert file.election.ballots.choices.tolist() == [1, 0]


def test_empty_ballots_count_as_voters() -> None:
    file = small("1;pond", "1;")
    assert (file.election.votes, file.election.ballots.voters) == ((1, 1), 2)


def test_what_the_votes_keep_beside_the_ballots_is_read_when_asked_for() -> None:
    file = read_pb((META + PROJECTS + "VOTES\nvoter_id;vote;sex\n1;pond;F\n2;bench\n3;\n").encode())
    assert file.election.votes == (1, 1)
    assert file.votes.column("sex") == ("F", "", "")
    told = "There are 2 ballots with fewer cells than columns, first on this line."
    assert Remark(12, "sex", told) in check_pb(file)
