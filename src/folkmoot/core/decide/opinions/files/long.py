"""Which votes does a table hold that has one in each row?"""

from dataclasses import dataclass, field

import numpy as np

from folkmoot.core.decide.opinions.files.cells import SECONDS_END, id_fault, moment_of, plain, vote_of, whole
from folkmoot.core.decide.opinions.files.refusing import short, wrong
from folkmoot.core.decide.opinions.files.sheet import Column, Sheet
from folkmoot.core.decide.opinions.files.told import Ballots, Kind
from folkmoot.core.decide.opinions.history import log_of
from folkmoot.core.decide.opinions.votes import Bytes, Counts, Marks, Places, placed
from folkmoot.core.kernel.errors import Refused

PERSONS = (
    *("voter-id", "person", "participant", "participant-id", "person-id", "voter", "user", "user-id"),
    *("respondent", "respondent-id", "pid", "id"),
)
STATEMENTS = ("comment-id", "statement", "statement-id", "comment", "tid")
VOTES = ("vote", "opinion", "answer")
TIMES = ("at", "timestamp", "time", "when", "datetime", "date", "modified", "created")
NO_VOTE, BLANK = 99, 98
NO_TIME, NO_MOMENT = np.iinfo(np.int64).min, np.iinfo(np.int64).min + 1
STEPS = {
    "vote": "Write agree, disagree or pass, or 1, -1 or 0.",
    "time": "Write milliseconds since 1970, or 2026-11-22T16:40:00Z.",
}


@dataclass
class _Ids:
    """Ids met so far, and the number of each; the words that they were written as."""

    numbers: dict[str, int] = field(default_factory=dict)
    met: dict[str, int] = field(default_factory=dict)

    def of(self, column: Column) -> Places:
        """The number of the id in each row; -1 where there is none that can stand."""
        words, codes = column
        known = [self._number(word) for word in words]
        return np.array([*known, -1], dtype=np.int32)[codes]

    def _number(self, word: str) -> int:
        if word not in self.met:
            id_ = plain(word.strip())
            self.met[word] = -1 if id_fault(id_) else self.numbers.setdefault(id_, len(self.numbers))
        return self.met[word]


@dataclass(frozen=True)
class _Rows:
    person: Places
    statement: Places
    value: Bytes
    at: Counts
    row: Counts


def is_long(sheet: Sheet) -> bool:
    """Whether it names a person, a statement and a vote in each row."""
    return all(sheet.column(*names) is not None for names in (PERSONS, STATEMENTS, VOTES))


def read_long(sheet: Sheet, agree_is: int) -> Ballots:
    """Its votes in order of time, where there are times, else as they stand.

    Raises Refused, with line and column, for a row that cannot be read.
    """
    columns = [sheet.column(*names) for names in (PERSONS, STATEMENTS, VOTES)]
    timed = sheet.column(*TIMES)
    wanted = [one for one in (*columns, timed) if one is not None]
    people, statements = _Ids(), _Ids()
    told: list[_Rows] = []
    words: set[str] = set()
    start = 0
    for block in sheet.blocks(wanted):
        words.update(block[2][0])
        rows = _rows(block, people, statements, agree_is, start)
        start += len(block[0][1])
        faulty = (rows.person < 0) | (rows.statement < 0) | (rows.value >= BLANK) | (rows.at == NO_MOMENT)
        if faulty.any():
            raise _fault(sheet, wanted, int(rows.row[faulty][0]))
        told.append(rows)
    rows = _joined(told)
    remarks: list[str] = []
    at = _times(sheet, wanted, rows, remarks)
    names, person = _ascending(people, rows.person)
    asked, statement = _ascending(statements, rows.statement)
    polis = sheet.column("voter-id") is not None and sheet.column("comment-id") is not None
    return Ballots(
        log_of(names, asked, person, statement, rows.value, at),
        Kind.POLIS_LONG if polis else Kind.LONG,
        agree_is if any(whole(word) for word in words) else 0,
        remarks=tuple(remarks),
    )


def _rows(block: list[Column], people: _Ids, statements: _Ids, agree_is: int, start: int) -> _Rows:
    """The rows of a block that are not blank, with what is wrong in them marked."""
    words, codes = block[2]
    values = np.array([*(_vote(word, agree_is) for word in words), BLANK], dtype=np.int8)[codes]
    count = len(codes)
    at = np.full(count, NO_TIME) if len(block) < 4 else np.append(_moments(block[3][0]), NO_TIME)[block[3][1]]
    rows = np.arange(start, start + count)
    kept = ~(_blanks(block[0]) & _blanks(block[1]) & (values == BLANK))
    return _Rows(people.of(block[0])[kept], statements.of(block[1])[kept], values[kept], at[kept], rows[kept])


def _blanks(column: Column) -> Marks:
    words, codes = column
    return np.array([*(not word.strip() for word in words), True], dtype=bool)[codes]


def _vote(word: str, agree_is: int) -> int:
    bare = plain(word.strip())
    vote = vote_of(bare, agree_is)
    return (NO_VOTE if bare else BLANK) if vote is None else vote


def _moments(words: list[str]) -> Counts:
    if all(map(str.isdigit, words)) and "".join(words).isascii() and max(map(len, words), default=0) < 15:
        return np.array(words, dtype=np.int64) if words else np.zeros(0, np.int64)
    told = [(NO_TIME if not word.strip() else _moment(word)) for word in words]
    return np.array(told, dtype=np.int64)


def _moment(word: str) -> int:
    at = moment_of(plain(word.strip()))
    return NO_MOMENT if at is None else at


def _joined(told: list[_Rows]) -> _Rows:
    if not told:
        none = np.zeros(0, np.int32)
        return _Rows(none, none, none.astype(np.int8), none.astype(np.int64), none.astype(np.int64))
    return _Rows(
        np.concatenate([one.person for one in told]),
        np.concatenate([one.statement for one in told]),
        np.concatenate([one.value for one in told]),
        np.concatenate([one.at for one in told]),
        np.concatenate([one.row for one in told]),
    )


def _ascending(ids: _Ids, numbers: Places) -> tuple[tuple[str, ...], Places]:
    """The ids in ascending order, and the place of each number."""
    order, place = placed(list(ids.numbers))
    return order, (place[numbers] if len(numbers) else numbers)


def _times(sheet: Sheet, wanted: list[int], rows: _Rows, remarks: list[str]) -> Counts | None:
    """Milliseconds since 1970, where there is a time in each row; None where there is in none."""
    missing = rows.at == NO_TIME
    if missing.all():
        return None
    if missing.any():
        line = sheet.line_of(int(rows.row[missing][0]))
        why = "There is no time, and other rows have one."
        raise wrong(
            sheet.name, why, "Add it, or leave the column out.", line=line, column=sheet.header[wanted[3]]
        )
    if np.abs(rows.at).max() < SECONDS_END:
        remarks.append("Its times are so small that they were read as seconds since 1970.")
        return rows.at * 1000
    return rows.at


def _fault(sheet: Sheet, wanted: list[int], row: int) -> Refused:
    """What is wrong in this row, in the first of its cells that cannot be read."""
    line, cells = next(told for place, told in enumerate(sheet.rows()) if place == row)
    person, statement, vote = (plain(cells[one].strip()) for one in wanted[:3])
    for place, id_ in zip(wanted, (person, statement), strict=False):
        if id_fault(id_):
            return wrong(sheet.name, id_fault(id_), line=line, column=sheet.header[place])
    if vote_of(vote, 1) is None:
        why = f"“{short(vote)}” is no vote." if vote else "There is no vote."
        return wrong(sheet.name, why, STEPS["vote"], line=line, column=sheet.header[wanted[2]])
    why = f"“{short(cells[wanted[3]])}” is no time."
    return wrong(sheet.name, why, STEPS["time"], line=line, column=sheet.header[wanted[3]])
