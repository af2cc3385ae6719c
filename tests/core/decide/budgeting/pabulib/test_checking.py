"""Is all that is odd told, with its place, and nothing where nothing is odd?"""

import pytest

from core.decide.budgeting.pabulib.marram import FILES, SMALL, small
from folkmoot.core.decide.budgeting.pabulib import Remark, check_pb, read_pb

ODD = [
    ("approval", "num_votes;8", "num_votes;9", 8, "num_votes", "says 9 votes and has 8"),
    ("approval", "num_projects;5", "num_projects;4.5", 7, "num_projects", "says 9/2 projects and has 5"),
    ("approval", "num_projects;5", "num_projects;five", 7, "num_projects", "not a number"),
    ("approval", "pond;600;5", "pond;600;6", 20, "votes", "has 5 votes on ballots, and 6"),
    ("approval", "pond;600;5", "pond;600;many", 20, "votes", "not a number"),
    ("cumulative", "3;17.5", "3;18", 18, "score", "has 17.5 points on ballots, and 18"),
    ("ordinal", "w;100;4;9", "w;100;4;8", 18, "score", "has 9 points by rank on ballots, and 8"),
    ("approval", "budget;1000", "budget;200", 9, "budget", "the cheapest project costs 250.5"),
    ("approval", "budget;1000", "budget;1000000000", 25, "cost", "The budget would pay it"),
    ("approval", "L-02;300", "L-02;0", 23, "cost", "costs nothing"),
    ("approval", "currency;GBP", "fully_funded;1", 16, "fully_funded", "Not every project can be paid"),
    ("approval", "country;Nowhere\n", "", 1, "country", "does not tell this key"),
    ("approval", "unit;Marram", "unit;", 5, "unit", "does not tell this key"),
    ("approval", "currency;GBP", "unit;Dunes", 16, "unit", "stands on line 5 already"),
    ("approval", "01.09.2026", "15.09.2026", 13, "date_end", "ends before it begins"),
    ("approval", "01.09.2026", "2027", 13, "date_end", "ends before it begins"),
    ("approval", "01.09.2026", "31.09.2026", 12, "date_begin", "neither a day"),
    ("approval", "01.09.2026", "first", 12, "date_begin", "neither a day"),
    ("approval", "max_length;3", "max_length;2", 31, "vote", "There are 2 ballots with more than 2 projects"),
    ("approval", "min_length;1", "min_length;2", 32, "vote", "There are 2 ballots with less than 2 projects"),
    ("approval", "min_length;1", "min_length;4", 14, "min_length", "It is 4, and max_length is 3"),
    ("approval", "max_length;3", "max_sum_cost;900", 28, "vote", "4 ballots with more than 900 cost in all"),
    ("approval", "v8;", "v1;", 35, "voter_id", "One voter id stands on more than one ballot"),
    ("approval", "v8;pond", "v8;", 35, "vote", "one ballot without a project"),
    ("approval", "54.1;-3.2", "91;-3.2", 20, "latitude", "not between -90 and 90"),
    ("approval", "54.1;-3.2", "54;west", 20, "longitude", "not between -180 and 180"),
    ("approval", "Harbour;1;54.1", "Harbour;2;54.1", 20, "selected", "neither 0 nor 1"),
    ("approval", "Dunes;0;54.3", "Dunes;1;54.3", 19, "selected", "The winners cost 1250.5, more than"),
    ("approval", ";;;0;;", ";;;1;;", 19, "selected", "Withdrawn and yet funded: “bell”"),
    ("approval", "Dunes;0;54.3;-3.0", "Dunes", 22, "selected", "The row has 6 of 9 cells"),
    ("cumulative", "max_sum_points;10", "max_sum_points;9", 23, "points", "3 ballots with more than 9"),
    ("cumulative", "max_sum_points;10", "min_sum_points;9.6", 25, "points", "3 ballots with less than 9.6"),
    ("scoring", "max_points;5", "max_points;4", 24, "points", "one ballot with more than 4 points"),
    ("scoring", "min_points;0", "min_points;0.5", 24, "points", "2 ballots with less than 0.5 points"),
    ("scoring", "min_points;0", "default_score;1", 14, "default_score", "would get 1 points"),
    ("choose_1", "2;slide", ";\n2;slide", 21, "voter_id", "one row without a voter or a vote"),
    ("choose_1", "2;slide", "2;slide,swing", 21, "vote", "more than the one project of this vote"),
]  # fmt: skip


@pytest.mark.parametrize("kind", sorted(FILES))
def test_nothing_is_odd_in_marram_but_the_bell(kind: str) -> None:
    bell = (Remark(25, "cost", "Project “bell” bears the cost of a withdrawn one."),)
    counts = "There is one ballot without a project; whoever cast it counts all the same."
    empty = (Remark(27, "vote", counts),)
    assert check_pb(read_pb(FILES[kind])) == {"approval": bell, "cumulative": empty}.get(kind, ())


@pytest.mark.parametrize(("kind", "old", "new", "line", "field", "words"), ODD)
def test_what_is_odd_is_told(kind: str, old: str, new: str, line: int, field: str, words: str) -> None:
    content = FILES[kind].decode()
    assert content.count(old) >= 1
    usual = check_pb(read_pb(FILES[kind]))
    remarks = check_pb(read_pb(content.replace(old, new, 1).encode()))
    told = [remark for remark in remarks if words in remark.sentence]
    assert [(remark.line, remark.field) for remark in told] == [(line, field)], remarks
    assert not set(told) & set(usual)


def test_the_official_result_is_held_against_the_rule() -> None:
    file = read_pb(FILES["approval"])
    assert check_pb(file, lambda told: frozenset({"pond", "10"})) == check_pb(file, lambda told: None)
    told = [str(remark) for remark in check_pb(file, lambda told: frozenset({"pond", "9"}))]
    assert "Line 19, selected: By the rule greedy, also funded would be “9”." in told
    assert "Line 19, selected: By the rule greedy, not funded would be “10”." in told


def test_a_special_code_is_not_held_against_the_rule() -> None:
    file = read_pb(FILES["approval"].replace(b"Dunes;0;54.3", b"Dunes;3;54.3"))
    told = check_pb(file, lambda told: frozenset({"pond", "10", "9"}))
    assert not [remark for remark in told if "By the rule" in remark.sentence]


def test_a_vote_without_voters_or_projects_is_told() -> None:
    assert Remark(10, "vote", "Nobody voted.") in check_pb(small("1;pond\n2;pond,bench\n", ""))
    listed = SMALL.index("pond;600")
    empty = small(SMALL[listed:], "VOTES\nvoter_id;vote\n1;")
    assert Remark(6, "project_id", "There is no project.") in check_pb(empty)
    assert empty.election.votes == ()
