"""Which rows did a contender lose, misread, or take for payments, against the truth?"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.reading.contenders import Finished

# A row is a payment of a contender when it has a day and an amount. Each true payment carries its own key in
# the reference column; a contender that tells lines must tell the right one.
_BOTH = """
WITH truth AS (SELECT filename, key, line, paid_on, pence FROM read_parquet(?, filename = true)),
found AS (
  SELECT try_cast(trim(reference) AS BIGINT) AS key, {line} AS line, paid_on, pence
  FROM read_parquet(?) WHERE paid_on IS NOT NULL AND pence IS NOT NULL
),
pairs AS (
  SELECT t.filename, t.line, t.paid_on, t.pence,
    f.line AS said_line, f.paid_on AS said_day, f.pence AS said_pence,
    key, f.key IS NOT NULL AS met,
    met AND t.paid_on = f.paid_on AND t.pence = f.pence AND coalesce(f.line, t.line) = t.line AS same
  FROM truth t LEFT JOIN found f USING (key)
)
"""
_COUNTS = """
SELECT count(*) FILTER (NOT met), count(*) FILTER (met AND NOT same),
  (SELECT count(*) FROM found) - count(*) FILTER (met)
FROM (SELECT key, bool_or(met) AS met, bool_or(same) AS same FROM pairs GROUP BY key)
"""
_FIRST = """
SELECT parse_filename(filename, true), line, paid_on, pence, met, said_line, said_day, said_pence
FROM pairs WHERE NOT same ORDER BY filename, line LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """Against the truth: what is lost, what is wrong, and what is too much.

    Payments lost; payments with another day or amount (or line); rows taken for payments that are none or
    are there twice; sums of a month in a file that are wrong or missing.
    """

    lost: int
    misread: int
    taken: int
    months_wrong: int


def judge(run: Finished, truth: Mapping[str, Any]) -> Judged:
    """Compare every row of a contender with the truth by its planted key."""
    lost, misread, taken = map(int, _ask(_COUNTS, run, truth)[0])
    return Judged(lost, misread, taken, months_wrong(run, truth))


def first_wrong_row(run: Finished, truth: Mapping[str, Any]) -> str:
    """The first payment that a contender lost or misread, in words; empty when there is none."""
    for name, line, day, pence, met, *said in _ask(_FIRST, run, truth):
        was = "line {}, {}, {} pence".format(*said) if met else "lost"
        return f"{name}.csv, line {line}: {day}, {pence} pence was read as {was}"
    return ""


def _ask(question: str, run: Finished, truth: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    folder = Path(truth["folder"], "truth")
    true_files = [str(folder / f"{Path(name).stem}.parquet") for name in truth["files"]]
    with duckdb.connect(config={"threads": 2, "memory_limit": "2GB"}) as connection:
        parquets = list(run.parquets)
        columns = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [parquets]).fetchall()
        line = "line" if "line" in {column[0] for column in columns} else "NULL::BIGINT"
        return connection.execute(_BOTH.format(line=line) + question, [true_files, parquets]).fetchall()


def months_wrong(run: Finished, truth: Mapping[str, Any]) -> int:
    """How many sums of a month in a file differ from the truth."""
    wrong = 0
    for name, laid in truth["files"].items():
        right, said = laid["months"], run.months.get(name, {})
        wrong += sum(right.get(month) != said.get(month) for month in {*right, *said})
    return wrong


def first_difference(run: Finished, truth: Mapping[str, Any]) -> str:
    """The first file for which our own figures are not the truth, in words; empty when all are right."""
    names = {"rows_in": "rows", "accepted": "payments", "pence_accepted": "pence"}
    for name, laid in truth["files"].items():
        said = run.figures.get(name, {})
        for ours, true in names.items():
            if said.get(ours) != laid[true]:
                reasons, planted = said.get("reasons"), laid["planted"]
                return (
                    f"{name}: {ours} is {said.get(ours)}, in truth {laid[true]}; set aside: {reasons};"
                    f" planted: {planted}, on lines such as {laid['lines']}"
                )
        if laid["months"] != run.months.get(name):
            return f"{name}: its sums by month are not the true ones"
    return ""
