"""How is an election of our own written as a `.pb` file?"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from folkmoot.core.decide.budgeting.election import Election, Project
from folkmoot.core.decide.budgeting.pabulib.digits import decimal
from folkmoot.core.decide.budgeting.pabulib.file import PbFile, read_pb
from folkmoot.core.kernel.errors import Refused

_OURS = ("num_projects", "num_votes", "budget", "vote_type")  # told by the election itself
_QUOTED = (";", '"', "\n", "\r")


def pb_of(election: Election, meta: Mapping[str, str]) -> PbFile:
    """The election as a file: META with the keys given, those of the election itself put in their places.

    Voters are numbered from 1, group after group. Votes (and scores, where there are points) are written
    from the ballots. Raises Refused where the format cannot say it: a number without an end in decimals, an
    id or a category with a comma, a budget that is not above nothing.

    >>> from folkmoot.core.decide.budgeting.election import Ballots
    >>> pond = Project("pond", Fraction(5, 2), "Pond; with newts")
    >>> file = pb_of(Election((pond,), Fraction(4), Ballots.gathered([[0], []], [2, 1])), {"currency": "GBP"})
    >>> file.election.votes, file.election.ballots.voters, file.projects.rows[0].cells
    ((2,), 3, ('pond', '2.5', '2', 'Pond; with newts', '', ''))
    """
    told = {key: value for key, value in meta.items() if key not in _OURS}
    ours = (str(len(election.projects)), str(election.ballots.voters), _digits(election.budget, "budget"))
    entries = {**told, **dict(zip(_OURS, (*ours, election.vote_type.value), strict=True))}
    lines = ["META", "key;value", *(_row(*entry) for entry in entries.items())]
    lines += ["PROJECTS", *_project_rows(election), "VOTES", *_vote_rows(election)]
    try:
        file = read_pb(("\n".join(lines) + "\n").encode())
    except UnicodeEncodeError as wrong:
        raise _not_said("text", f"{wrong.object[wrong.start]!a} is not a letter.") from None
    same = [(project.id, project.cost) for project in election.projects]
    if [(project.id, project.cost) for project in file.election.projects] != same:
        raise _not_said("project_id", "An id begins or ends with a blank.")
    return file


def _project_rows(election: Election) -> Iterator[str]:
    points = election.vote_type.has_points
    yield _row("project_id", "cost", "votes", *["score"] * points, "name", "category", "neighborhood")
    unit = election.ballots.point_unit
    for project, votes, score in zip(election.projects, election.votes, election.points, strict=True):
        scores = [_digits(Fraction(score, unit), "score")] * points
        about = (project.name, _categories(project), project.neighbourhood)
        yield _row(project.id, _digits(project.cost, "cost"), str(votes), *scores, *about)


def _vote_rows(election: Election) -> Iterator[str]:
    ballots, ids = election.ballots, [project.id for project in election.projects]
    has_points = election.vote_type.has_points
    if has_points and ballots.points is None:
        raise _not_said("points", f"The ballots of a {election.vote_type} vote have no points.")
    yield _row("voter_id", "vote", *["points"] * has_points)
    starts, voter = ballots.starts.tolist(), 0
    for group, count in enumerate(ballots.counts.tolist()):
        chosen = slice(starts[group], starts[group + 1])
        told = [",".join(ids[place] for place in ballots.choices[chosen].tolist())]
        if has_points and ballots.points is not None:
            points = (Fraction(one, ballots.point_unit) for one in ballots.points[chosen].tolist())
            told.append(",".join(_digits(one, "points") for one in points))
        for _ in range(count):
            voter += 1
            yield _row(str(voter), *told)


def _row(*cells: str) -> str:
    return ";".join(_cell(cell) for cell in cells)


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in _QUOTED) else text


def _categories(project: Project) -> str:
    if any("," in category for category in project.categories):
        raise _not_said("category", f"A comma parts categories, and one of “{project.id}” has a comma.")
    return ",".join(project.categories)


def _digits(number: Fraction, field: str) -> str:
    try:
        return decimal(number)
    except ValueError as wrong:
        raise _not_said(field, f"{number}: {wrong}.") from None


def _not_said(field: str, reason: str) -> Refused:
    sentence = "This election cannot be written as a .pb file."
    return Refused(sentence, reason, "Change it, and write it again.", field=field)
