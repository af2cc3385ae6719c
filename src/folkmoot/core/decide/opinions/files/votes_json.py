"""Which votes does a list of records hold, as Polis keeps them?"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from folkmoot.core.decide.opinions.files.cells import SECONDS_END, id_fault, moment_of, vote_of, whole
from folkmoot.core.decide.opinions.files.refusing import short, wrong
from folkmoot.core.decide.opinions.files.told import Ballots, Kind
from folkmoot.core.decide.opinions.history import log_of
from folkmoot.core.decide.opinions.votes import PASS, placed

PERSONS = ("participant_id", "pid", "person", "participant", "voter")
STATEMENTS = ("statement_id", "tid", "statement", "comment_id", "comment")
TIMES = ("modified", "created", "at", "timestamp")
Record = Mapping[str, object]


def read_votes_json(records: Sequence[object], name: str, agree_is: int) -> Ballots:
    """Votes of records with `pid` and `tid`, or `participant_id` and `statement_id`, `vote` and `modified`.

    Raises Refused, with the number of the record and its key, for what cannot be read.
    """
    people: list[str] = []
    statements: list[str] = []
    values: list[int] = []
    times: list[int] = []
    signed = worded = False
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise wrong(name, f"Record {number:,} is no record of a vote.", "Choose another file.")
        people.append(id_in(record, PERSONS, name, number))
        statements.append(id_in(record, STATEMENTS, name, number))
        value, is_number = _vote(record, name, number, agree_is)
        signed = signed or (is_number and value != PASS)
        worded = worded or not (is_number or value == PASS)
        if signed and worded:
            raise wrong(name, f"Record {number:,}, “vote”: words and numbers stand side by side.")
        values.append(value)
        moment = time_in(record, TIMES, name, number)
        if moment is not None:
            times.append(moment)
        if times and len(times) != number:
            raise wrong(name, f"Record {number:,}: others have a time, and this has none.")
    names, person = placed(people)
    asked, statement = placed(statements)
    at = np.array(times, dtype=np.int64) if times else None
    remarks = []
    if at is not None and np.abs(at).max() < SECONDS_END:
        remarks.append("Its times are so small that they were read as seconds since 1970.")
        at = at * 1000
    casts = log_of(names, asked, person, statement, np.array(values, dtype=np.int8), at)
    return Ballots(casts, Kind.POLIS_JSON, agree_is if signed else 0, remarks=tuple(remarks))


def usual_sign(records: Sequence[object]) -> int:
    """The number that means agree in such records: -1, as Polis keeps them; 1 as red-dwarf saves them, which
    turns the sign and renames the keys."""
    first = records[0] if records else None
    return 1 if isinstance(first, dict) and {"participant_id", "datetime"} <= set(first) else -1


def id_in(record: Record, keys: Sequence[str], name: str, number: int) -> str:
    """The id under the first of these keys that there is, as text."""
    key = next((one for one in keys if record.get(one) is not None), "")
    if not key:
        raise wrong(name, f"Record {number:,} has no “{keys[0]}” (or {', '.join(keys[1:])}).")
    id_ = id_text(record[key])
    if id_ is None or id_fault(id_):
        why = "that is no id." if id_ is None else id_fault(id_)
        raise wrong(name, f"Record {number:,}, “{key}”: {why}")
    return id_


def id_text(told: object) -> str | None:
    """An id of JSON as text: 7 and 7.0 are “7”; true is none."""
    if isinstance(told, bool):
        return None
    if isinstance(told, int):
        return str(told) if abs(told) < 10**18 else None
    if isinstance(told, float):
        number = whole(str(told))
        return None if number is None else str(number)
    return told.strip() if isinstance(told, str) else None


def time_in(record: Record, keys: Sequence[str], name: str, number: int) -> int | None:
    """The time under the first of these keys that there is: a number, or text; None where none is."""
    key = next((one for one in keys if record.get(one) is not None), "")
    if not key:
        return None
    told = record[key]
    at = None
    if isinstance(told, float) and math.isfinite(told):
        told = round(told)
    if isinstance(told, int | str) and not isinstance(told, bool):
        at = moment_of(str(told)[:60])
    if at is None:
        raise wrong(name, f"Record {number:,}, “{key}”: “{short(str(told)[:200])}” is no time.")
    return at


def _vote(record: Record, name: str, number: int, agree_is: int) -> tuple[int, bool]:
    told = record.get("vote")
    vote = None
    if isinstance(told, int | float | str) and not isinstance(told, bool):
        vote = vote_of(str(told)[:60], agree_is)
    if vote is None:
        raise wrong(name, f"Record {number:,}, “vote”: “{short(str(told)[:200])}” is no vote.")
    return vote, whole(str(told)[:60]) is not None
