"""Which ballots does a file hold, as a BLT file or as a table?"""

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from folkmoot.core.decide.ranking.ballots import (
    Approvals,
    Ballots,
    Candidate,
    Marker,
    Marks,
    Pairs,
    Ranked,
    Rankings,
    Scores,
    Tiers,
)
from folkmoot.core.decide.ranking.blt import MOST_CANDIDATES, is_count, read_blt, wrong
from folkmoot.core.decide.ranking.scoring import GRADES
from folkmoot.core.decide.ranking.settings import Method
from folkmoot.core.decide.ranking.tables import Row, Table, decoded, listed, table_of, whole

RANKING = frozenset({"ranking", "order", "ballot", "preferences"})
APPROVED = frozenset({"approved", "approves", "approvals", "choices", "chosen", "ballot"})
MARKED = frozenset({"marks", "marked"})
OWN = frozenset({"own", "own ideas"})
YES = frozenset({"1", "x", "yes", "y", "true", "✓", "✔"})
NO = frozenset({"", "0", "no", "n", "false", "-"})

_PLACE = re.compile(
    r"(?:rank|choice|place|preference|pref)?[ _.#]*"
    r"(\d{1,4})(?:st|nd|rd|th)?\.?(?: (?:choice|place|preference))?"
)
_WORDED = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def read_ballots(content: bytes, method: Method) -> Ballots:
    """The ballots of a file for a method: BLT, or a table with a heading and one row a voter.

    A table is CSV in UTF-8 with commas, semicolons or tabs. A column `voter` names the voter, `count` says
    how many voted so. For rankings the rest is a column `ranking` with `a > b = c`; or columns `1`, `2`, ...
    with who was put there; or a column for each candidate with the place that they were given. For approvals
    a column `approved` with a list, or a column for each candidate with 1 or x. For scores and gradients a
    column for each candidate. For pairs `winner`, `loser`. For OPERA `pair` and lists in `marks` and `own`,
    or a column for each idea with x (marked), own, or both.

    Raises Refused, with line and field, for whatever does not fit.

    >>> read_ballots(b"voter,ranking\\n1,a>b\\n2,b>a\\n3,a>b\\n", Method.BORDA).ballots[0].count
    2
    """
    text = decoded(content)
    if looks_like_blt(text):
        return _of_blt(read_blt(text), method)
    table = table_of(text, once=method is not Method.BRADLEY_TERRY)
    return _READERS.get(method, _approvals)(table)


def looks_like_blt(text: str) -> bool:
    """Whether the file begins with two whole numbers, as BLT does and no heading of a table can.

    >>> looks_like_blt("3 1\\n2 1 2 0\\n0\\n"), looks_like_blt("1,2,3\\na,b,c\\n")
    (True, False)
    """
    bare = (line.split("#")[0].strip() for line in text.splitlines())
    first = next((line for line in bare if line), "")
    if first.split("\t") == [str(number) for number in range(1, first.count("\t") + 2)]:
        return False  # the heading of a table with tabs: first place, second place, ...
    return re.match(r"\d+[ \t]+\d+(?:[ \t]|$)", first) is not None and '"' not in first


def _of_blt(rankings: Rankings, method: Method) -> Ballots:
    if method in (Method.BORDA, Method.SCHULZE, Method.IRV, Method.STV):
        return rankings
    if _READERS.get(method, _approvals) is not _approvals:
        raise wrong(f"A BLT file holds rankings, and {method.value} counts something else.", 0)
    told = rankings.running
    chosen = [([one for tier in ballot.tiers for one in tier], ballot.count) for ballot in told.ballots]
    approvals = Approvals.gathered(told.candidates, chosen)
    return Approvals(approvals.candidates, approvals.ballots, rankings.seats)


class _Places:
    """The candidates as they are met, then in the order of their ids, whoever voted first."""

    def __init__(self, ids: set[str]) -> None:
        if len(ids) > MOST_CANDIDATES:
            raise wrong(f"There are more than {MOST_CANDIDATES:,} candidates.", 0)
        self.ids = sorted(ids)
        self.place = {id: place for place, id in enumerate(self.ids)}

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return tuple(Candidate(id) for id in self.ids)

    def tiers(self, named: Sequence[Sequence[str]]) -> Tiers:
        return tuple(tuple(self.place[id] for id in tier) for tier in named)


def _column(table: Table, names: frozenset[str]) -> str | None:
    return next((name for name in table.columns if name.lower() in names), None)


def _place_of(name: str) -> int | None:
    low = name.lower()
    worded = low.removesuffix(" choice").removesuffix(" preference").removesuffix(" place")
    if worded in _WORDED:
        return _WORDED.index(worded) + 1
    found = _PLACE.fullmatch(low)
    return int(found.group(1)) if found else None


def _rankings(table: Table) -> Rankings:
    if name := _column(table, RANKING):
        arrows = any(">" in row.cells[name] for row in table.rows)
        return _named(
            table,
            lambda row: [
                (name, part) for part in (row.cells[name].split(">") if arrows else listed(row.cells[name]))
            ],
        )
    places = {name: _place_of(name) for name in table.columns}
    if places and sorted(place or 0 for place in places.values()) == [*range(1, len(places) + 1)]:
        order = sorted(places, key=lambda name: places[name] or 0)
        return _named(table, lambda row: [(name, row.cells[name]) for name in order])
    if 1 in places.values():
        other = [name for name in table.columns if not places[name]]
        if other:
            raise wrong(f"Column “{other[0]}” is not known beside the columns of places.", 1)
        raise wrong("The columns of places do not go from 1 on without a gap, each once.", 1)
    return _numbered(table)


def _named(table: Table, parts: Callable[[Row], list[tuple[str, str]]]) -> Rankings:
    """Ballots whose cells name candidates, `=` between those in one place."""
    told: list[tuple[list[list[str]], Row]] = []
    for row in table.rows:
        named: list[list[str]] = []
        seen = set[str]()
        for column, part in parts(row):
            tier = [entry.strip() for entry in part.split("=") if entry.strip()]
            for entry in tier:
                if entry in seen:
                    raise wrong(f"{column}: “{entry}” stands twice on one ballot.", row.line)
                seen.add(entry)
            named.append(tier)
        told.append((named, row))
    places = _Places({id for named, _ in told for tier in named for id in tier})
    ballots = (Ranked(places.tiers(named), row.count, row.line) for named, row in told)
    return Rankings.gathered(places.candidates, ballots)


def _numbered(table: Table) -> Rankings:
    """Ballots with a column for each candidate and their place in it."""
    places = _Places(set(table.columns))
    ballots = []
    for row in table.rows:
        found: dict[int, list[str]] = {}
        for name in table.columns:
            if row.cells[name]:
                found.setdefault(whole(row.cells[name], name, row.line), []).append(name)
        named = [found[number] for number in sorted(found)]
        ballots.append(Ranked(places.tiers(named), row.count, row.line))
    return Rankings.gathered(places.candidates, ballots)


def _approvals(table: Table) -> Approvals:
    name = _column(table, APPROVED)
    if name is None:
        return _ticked(table)
    lists = [(listed(row.cells[name]), row) for row in table.rows]
    for chosen, row in lists:
        if twice := next((one for at, one in enumerate(chosen) if one in chosen[:at]), None):
            raise wrong(f"{name}: “{twice}” stands twice on one ballot.", row.line)
    places = _Places({id for chosen, _ in lists for id in chosen})
    ballots = (([places.place[id] for id in chosen], row.count) for chosen, row in lists)
    return Approvals.gathered(places.candidates, ballots)


def _ticked(table: Table) -> Approvals:
    places = _Places(set(table.columns))
    ballots = []
    for row in table.rows:
        chosen = []
        for name in table.columns:
            cell = row.cells[name].lower()
            if cell in YES:
                chosen.append(places.place[name])
            elif cell not in NO:
                raise wrong(f"{name}: “{row.cells[name]}” is neither yes (1, x) nor no (0, empty).", row.line)
        ballots.append((chosen, row.count))
    return Approvals.gathered(places.candidates, ballots)


def _score(cell: str, name: str, line: int) -> Fraction | None:
    if not cell:
        return None
    if re.fullmatch(r"[+-]?\d{1,15}(?:\.\d{1,15})?", cell, re.ASCII):
        return Fraction(cell)
    raise wrong(f"{name}: “{cell}” is no number.", line)


def _grade(cell: str, name: str, line: int) -> Fraction | None:
    low = cell.lower().replace("’", "'")
    if not cell:
        return None
    if low in GRADES:
        return Fraction(GRADES.index(low) + 1)
    if is_count(cell) and 1 <= int(cell) <= len(GRADES):
        return Fraction(int(cell))
    raise wrong(f"{name}: “{cell}” is no grade from 1 ({GRADES[0]}) to 8 ({GRADES[-1]}).", line)


def _scores(read: Callable[[str, str, int], Fraction | None]) -> Callable[[Table], Scores]:
    def scores(table: Table) -> Scores:
        places = _Places(set(table.columns))
        ballots = [
            ([read(row.cells[name], name, row.line) for name in places.ids], row.count) for row in table.rows
        ]
        return Scores.gathered(places.candidates, ballots)

    return scores


def _pairs(table: Table) -> Pairs:
    lows = {name.lower(): name for name in table.columns}
    if not {"winner", "loser"} <= lows.keys():
        raise wrong("Pairs have columns “winner” and “loser”, and perhaps “count”.", 1)
    winner, loser = lows["winner"], lows["loser"]
    for row in table.rows:
        for name in (winner, loser):
            if not row.cells[name]:
                raise wrong(f"{name}: It is empty.", row.line)
        if row.cells[winner] == row.cells[loser]:
            raise wrong(f"{loser}: “{row.cells[loser]}” is the winner too.", row.line)
    places = _Places({row.cells[name] for row in table.rows for name in (winner, loser)})
    wins = [
        (places.place[row.cells[winner]], places.place[row.cells[loser]], row.count) for row in table.rows
    ]
    return Pairs.gathered(places.candidates, wins)


def _marks(table: Table) -> Marks:
    if table.who is None:
        raise wrong("OPERA's marks have a column “pair” that says who marks.", 1)
    if many := next((row for row in table.rows if row.count != 1), None):
        raise wrong("Marks are one row a pair, without a count.", many.line)
    marked, own = _column(table, MARKED), _column(table, OWN)
    return _listed_marks(table, marked, own) if marked and own else _board(table)


def _listed_marks(table: Table, marked: str, own: str) -> Marks:
    """Marks and own ideas as lists; every idea on the board is somebody's own."""
    lists = {(row.line, name): _distinct(row, name) for row in table.rows for name in (marked, own)}
    places = _Places({id for (_, name), ids in lists.items() if name == own for id in ids})
    for (line, name), ids in lists.items():
        if strange := next((id for id in ids if id not in places.place), None):
            raise wrong(
                f"{name}: “{strange}” is among nobody's own ideas. List every idea under “{own}”, or use a "
                "column for each idea.",
                line,
            )
    markers = tuple(
        Marker(
            row.cells[table.who or ""],
            frozenset(places.place[id] for id in lists[row.line, marked]),
            frozenset(places.place[id] for id in lists[row.line, own]),
            row.line,
        )
        for row in table.rows
    )
    return Marks(places.candidates, markers)


def _distinct(row: Row, name: str) -> list[str]:
    entries = listed(row.cells[name])
    if twice := next((one for at, one in enumerate(entries) if one in entries[:at]), None):
        raise wrong(f"{name}: “{twice}” stands twice.", row.line)
    return entries


def _board(table: Table) -> Marks:
    """A column for each idea: x where it is marked, own where it is the pair's own, both where both."""
    places = _Places(set(table.columns))
    markers = []
    for row in table.rows:
        words = {name: row.cells[name].lower().replace(",", " ").split() for name in table.columns}
        for name, said in words.items():
            if strange := next((word for word in said if word not in YES | NO | OWN), None):
                raise wrong(f"{name}: “{strange}” is neither x nor own.", row.line)
        marked = frozenset(places.place[name] for name, said in words.items() if YES & set(said))
        own = frozenset(places.place[name] for name, said in words.items() if OWN & set(said))
        markers.append(Marker(row.cells[table.who or ""], marked, own, row.line))
    return Marks(places.candidates, tuple(markers))


_READERS: dict[Method, Callable[[Table], Ballots]] = {
    Method.BORDA: _rankings,
    Method.SCHULZE: _rankings,
    Method.IRV: _rankings,
    Method.STV: _rankings,
    Method.SCORE: _scores(_score),
    Method.GRADIENTS: _scores(_grade),
    Method.BRADLEY_TERRY: _pairs,
    Method.OPERA: _marks,
}
