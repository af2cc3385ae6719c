"""Which flags do payments carry that their own row cannot tell?

A name is known to be cut, a row to be cancelled and a payee to be an anchor only once the whole file, or the
whole ledger, is at hand.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from folkmoot.core.spend.ledger.engine import run
from folkmoot.core.spend.ledger.parts import Part, payments_file
from folkmoot.core.spend.ledger.reversals import reversal_lines, reversals_file
from folkmoot.core.spend.reading.row import Flag
from folkmoot.core.spend.reading.values.payees import is_same_body

_REVERSED = """(part, line) IN (
  SELECT (regexp_extract(filename, '([^/\\\\]+)\\.reversals\\.parquet$', 1), line)
  FROM read_parquet(?, filename => true)
)"""


def flag_clause(
    flag: Flag, folder: Path, parts: Sequence[Part], anchors: Sequence[str]
) -> tuple[str, list[Any]]:
    """The choice of payments with a flag, as SQL with its values apart; `anchors` as for `late_flags`."""
    if flag is Flag.NAME_CUT:
        return "cut_at > 0 AND length(payee) = cut_at", []
    if flag is Flag.REVERSED:
        files = [str(path) for part in parts if (path := reversals_file(folder, part.id)).exists()]
        return (_REVERSED, [files]) if files else ("false", [])
    if flag is Flag.TO_ANCHOR:
        pairs = _names_of_anchors(folder, parts, tuple(anchors))
        columns = [[one[0] for one in pairs], [one[1] for one in pairs]]
        return ("(anchor, payee) IN (SELECT unnest(?), unnest(?))", columns) if pairs else ("false", [])
    return "contains(flags, ?)", [str(flag)]


def late_flags(
    folder: Path, parts: Sequence[Part], anchors: Sequence[str], lines: Sequence[tuple[str, int, str]]
) -> list[tuple[Flag, ...]]:
    """The flags of some payments, each given as part, line and payee, that their rows cannot tell.

    `anchors` are the names of all anchors of the ledger.
    """
    known = {part.id: part for part in parts}
    wanted: dict[str, list[int]] = {}
    for part_id, line, _ in lines:
        wanted.setdefault(part_id, []).append(line)
    to_anchor = {
        (part_id, payee): is_to_anchor(payee, known[part_id], anchors)
        for part_id, payee in {(part_id, payee) for part_id, _, payee in lines}
    }
    reversed_lines = {part_id: reversal_lines(folder, known[part_id], of) for part_id, of in wanted.items()}
    return [
        tuple(
            flag
            for flag, holds in (
                (Flag.NAME_CUT, 0 < known[part_id].cut_at == len(payee)),
                (Flag.TO_ANCHOR, to_anchor[part_id, payee]),
                (Flag.REVERSED, line in reversed_lines[part_id]),
            )
            if holds
        )
        for part_id, line, payee in lines
    ]


def is_to_anchor(payee: str, part: Part, anchors: Sequence[str]) -> bool:
    """Whether the payee is an anchor other than the one that paid."""
    others = (anchor for anchor in anchors if not is_same_body(anchor, part.anchor))
    return any(is_same_body(payee, anchor, cut_at=part.cut_at) for anchor in others)


def _names_of_anchors(folder: Path, parts: Sequence[Part], anchors: tuple[str, ...]) -> list[tuple[str, str]]:
    """Pairs of anchor and payee as published where the payee is another anchor."""
    found: set[tuple[str, str]] = set()
    for part in parts:
        found |= {
            (part.anchor, name)
            for name in _payees_to_anchors(folder, part.id, part.anchor, part.cut_at, anchors)
        }
    return sorted(found)


@lru_cache(maxsize=4096)
def _payees_to_anchors(
    folder: Path, part_id: str, anchor: str, cut_at: int, anchors: tuple[str, ...]
) -> tuple[str, ...]:
    """A part never changes once it is listed, so what its payees are is worked out once."""
    others = [other for other in anchors if not is_same_body(other, anchor)]
    if not others:
        return ()
    names = run("SELECT DISTINCT payee FROM read_parquet(?)", [str(payments_file(folder, part_id))])
    return tuple(
        name for (name,) in names if any(is_same_body(name, other, cut_at=cut_at) for other in others)
    )
