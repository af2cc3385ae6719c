"""Which of the questions do these files raise?"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import duckdb

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend.ledger.checks import months, signs, twice
from folkmoot.core.spend.ledger.checks.check import Anchor, Check, CheckKind
from folkmoot.core.spend.ledger.engine import ENGINE
from folkmoot.core.spend.ledger.parts import Part, payments_file

FRUGAL = ENGINE | {"memory_limit": "192MB"}  # five million payments take more, and then use the disk

# Everything is asked of this one table, so that each file is opened once. Texts are kept as their hashes
# of 64 bits, which takes a tenth of the room. A reference without a digit other than nought ("NA", "000")
# tells no invoice from another.
_PAYMENTS = """
CREATE TEMP TABLE payments AS
SELECT CAST(anchor AS INT) AS anchor, CAST(place AS INT) AS place, CAST(line AS INT) AS line, paid_on, pence,
  hash(payee) AS payee,
  CASE WHEN regexp_matches(reference, '[1-9]') THEN hash(reference) END AS reference,
  CASE WHEN regexp_matches(reference, '[1-9]') THEN hash(payee, reference) END AS bill
FROM read_parquet(?)
JOIN (SELECT unnest(?) AS part, unnest(?) AS place, unnest(?) AS anchor) USING (part)
"""
_PIECES = """
SELECT anchor, place, CAST(date_trunc('month', paid_on) AS DATE) AS month, count(*),
  count(*) FILTER (pence < 0), coalesce(sum(pence) FILTER (pence > 0), 0), min(paid_on), max(paid_on)
FROM payments GROUP BY ALL ORDER BY ALL
"""


def ask_checks(folder: Path, parts: Sequence[Part], about: Collection[str] = ()) -> list[Check]:
    """What somebody in finance would ask about the parts whose ids are in `about` (about all, when empty).

    They are seen among all `parts` of the ledger in `folder`: a month is missing only beside others. Parts
    of one anchor_id belong together, else those of one name. Answers by anchor, the gravest first, at most
    one of a kind for each anchor. Raises Refused when a file of the ledger is missing or damaged.

    >>> ask_checks(Path("/nowhere"), [])
    []
    """
    anchors = _anchors(parts, about)
    if not anchors:
        return []
    with closing(duckdb.connect(":memory:", config=FRUGAL)) as connection:
        try:
            return list(_ask(connection, folder, parts, anchors))
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise Refused(
                "The ledger could not be asked.",
                "A file that its manifest lists is missing or damaged.",
                "Restore the ledger folder from a backup.",
            ) from error


def _anchors(parts: Sequence[Part], about: Collection[str]) -> list[Anchor]:
    """The anchors that are asked about, each with all of its parts."""
    places: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for place, part in enumerate(parts):
        if part.accepted:
            places[bool(part.anchor_id), part.anchor_id or part.anchor].append(place)
    wanted = set(about)
    found = []
    for held in places.values():
        last = parts[held[-1]]
        asked = frozenset(place for place in held if not wanted or parts[place].id in wanted)
        if asked:
            found.append(Anchor(last.anchor, last.anchor_id, last.currency, tuple(held), asked))
    return sorted(found, key=lambda one: (one.name, one.id))


def _ask(
    connection: duckdb.DuckDBPyConnection, folder: Path, parts: Sequence[Part], anchors: Sequence[Anchor]
) -> Iterator[Check]:
    """Read all payments of these anchors once, then put every question."""
    held = [(at, place) for at, anchor in enumerate(anchors) for place in anchor.places]
    columns = [
        [str(payments_file(folder, parts[place].id)) for _, place in held],
        [parts[place].id for _, place in held],
        [place for _, place in held],
        [at for at, _ in held],
    ]
    connection.execute(_PAYMENTS, columns)
    pieces: dict[int, list[months.Piece]] = defaultdict(list)
    for at, place, month, payments, credits, paid, first, last in connection.execute(_PIECES).fetchall():
        pieces[at].append(months.Piece(place, month, payments, credits, int(paid), first, last))
    covered = {at: months.months_of(pieces[at]) for at in pieces}
    laps = {at: twice.count_shared(connection, twice.find_overlaps(covered[at])) for at in pieces}
    invoices = twice.ask_invoices(connection)
    order = list(CheckKind)
    for at, anchor in enumerate(anchors):
        double = twice.doubled(laps[at], covered[at])
        change = signs.find_change(anchor, covered[at])
        checks = [
            *(signs.tell_change(anchor, pieces[at], parts, change) if change else ()),
            *signs.find_years(anchor, pieces[at], parts, change),
            *twice.tell_doubled(anchor, double, parts),
            *months.find_missing(anchor, covered[at], parts),
            *months.find_unusual(anchor, covered[at], parts, [lap.month.start for lap in double]),
            *twice.tell_invoices(anchor, invoices.get(at, ()), parts, double),
            *twice.tell_alike(anchor, parts),
        ]
        yield from sorted(checks, key=lambda one: order.index(one.kind))
