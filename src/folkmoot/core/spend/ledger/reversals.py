"""Which payments of a file were taken back by another row of it?"""

import os
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend.ledger.engine import ENGINE
from folkmoot.core.spend.ledger.parts import Part

# Rows of one payee, texts and size of amount are walked through in order of date and line: a payment goes a
# step up, a credit a step down. The steps between the same two levels go up and down in turn, and each is
# paired with the next: so a credit goes with the last payment before it that is still open, and one that
# comes too early with the next payment. Of p payments and n credits exactly min(p, n) find a partner, for
# the walk ends p - n levels from where it began, and each level on the way keeps one step. Where p = n no
# other pairing has fewer days between partners in sum: it is the area under the walk. The walk is decided
# by dates and lines alone. Texts are compared by a hash of 64 bits: among a million rows the chance that
# two unlike ones meet is below one in ten million, and then only with the same amount.
_PAIRS = """
WITH signed AS (
  SELECT line, paid_on, pence, abs(pence) AS size, hash(payee, purpose, unit, category) AS texts
  FROM read_parquet(?) WHERE pence <> 0
), both_signs AS (
  SELECT texts, size FROM signed GROUP BY ALL HAVING min(pence) < 0 AND max(pence) > 0
), walked AS (
  SELECT line, paid_on, texts, size, sum(sign(pence)) OVER (
    PARTITION BY texts, size ORDER BY paid_on, line ROWS UNBOUNDED PRECEDING
  ) - CAST(pence > 0 AS INT) AS level
  FROM signed SEMI JOIN both_signs USING (texts, size)
), paired AS (
  SELECT line, CASE row_number() OVER turns % 2
    WHEN 1 THEN lead(line) OVER turns ELSE lag(line) OVER turns END AS other
  FROM walked WINDOW turns AS (PARTITION BY texts, size, level ORDER BY paid_on, line)
)
SELECT line, other FROM paired WHERE other IS NOT NULL ORDER BY line
"""


def reversals_file(folder: Path, part_id: str) -> Path:
    """Where a part's pairs lie, when it has any: line and other line, each pair from both sides."""
    return folder / "parts" / f"{part_id}.reversals.parquet"


def find_reversals(payments: Path) -> pa.Table:
    """The pairs of rows in a part's payments file that cancel each other, each pair from both sides.

    Two rows are a pair when payee, purpose, unit and category are published alike and the amounts are
    opposite and not nought; each row is in one pair at most, and a credit goes with the last open payment
    before it. A table of `line` and `other` in the order of lines. Raises Refused for a damaged file.

    >>> import tempfile; from datetime import date
    >>> file = Path(tempfile.mkdtemp()) / "a.parquet"
    >>> texts = dict.fromkeys(("payee", "purpose", "unit", "category"), ["A"] * 3)
    >>> days = [date(2020, 4, day) for day in (1, 2, 3)]
    >>> rows = {"line": [2, 3, 4], "paid_on": days, "pence": [500, 500, -500], **texts}
    >>> pq.write_table(pa.table(rows), file)
    >>> find_reversals(file).to_pylist()
    [{'line': 3, 'other': 4}, {'line': 4, 'other': 3}]
    """
    with closing(duckdb.connect(":memory:", config=ENGINE)) as connection:
        try:
            return connection.sql(_PAIRS, params=[str(payments)]).to_arrow_table()
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise _damaged() from error


def write_reversals(payments: Path) -> int:
    """Keep the pairs of a payments file beside it, on the disk when this returns; answers how many pairs.

    Where there are none, nothing is written. The caller syncs the folder, as it does for the part itself.
    """
    table = find_reversals(payments)
    if not table.num_rows:
        return 0
    target = payments.with_name(f"{payments.stem}.reversals.parquet")
    fresh = target.with_name(f"{target.name}.new")
    with fresh.open("wb") as file:
        pq.write_table(table, file, compression="zstd")
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, target)
    return int(table.num_rows) // 2


def reversal_of(folder: Path, part: Part, line: int) -> int | None:
    """The line that cancels this one in the same part, or None."""
    return reversal_lines(folder, part, (line,)).get(line)


def reversal_lines(folder: Path, part: Part, lines: Iterable[int]) -> dict[int, int]:
    """Those of the lines that another line of the part cancels, with that line."""
    path, wanted = reversals_file(folder, part.id), list(lines)
    if not wanted:
        return {}
    try:
        table = pq.read_table(path, filters=[("line", "in", wanted)], partitioning=None)
    except FileNotFoundError:
        return {}
    except (pa.ArrowException, OSError) as error:
        raise _damaged() from error
    return dict(zip(table["line"].to_pylist(), table["other"].to_pylist(), strict=True))


def _damaged() -> Refused:
    return Refused(
        "The ledger could not be asked.",
        "A file that its manifest lists is missing or damaged.",
        "Restore the ledger folder from a backup.",
    )
