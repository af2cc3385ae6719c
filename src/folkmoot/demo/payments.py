"""Which files did the anchors of the demonstration publish, and what should a reader find in them?"""

import json
import sys
from pathlib import Path

from folkmoot.demo.anchors import COUNCIL
from folkmoot.demo.contracts import CONTRACTS, contracts_register
from folkmoot.demo.invoices import BUYERS, QUARTERS, made_in, odd_entry
from folkmoot.demo.publishing import style_of
from folkmoot.demo.spoiling import Published, publish

KNOWN = "known.json"
REGISTER = "council-2026-11.csv"  # the link of the next quarter serves the contracts register


def write_files(folder: Path) -> list[tuple[Path, str]]:
    """Write all published files and known.json, the same bytes each time; answers paths and anchor keys."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[tuple[Path, str]] = []
    known: dict[str, dict[str, object]] = {}
    for buyer in BUYERS:
        for number, (year, month) in enumerate(QUARTERS):
            path = folder / f"{buyer.anchor.key}-{year}-{month:02d}.csv"
            style = style_of(buyer.anchor, number)
            made = publish(buyer.anchor, number, style, made_in(buyer, number), odd_entry(buyer, number))
            path.write_bytes(made.content)
            known[path.name] = _told(buyer.anchor.name, made)
            written.append((path, buyer.anchor.key))
    (folder / REGISTER).write_bytes(contracts_register())
    known[REGISTER] = _told(COUNCIL.name, Published(b"", 0, 0, {"wrong_dataset": len(CONTRACTS)}))
    written.append((folder / REGISTER, COUNCIL.key))
    (folder / KNOWN).write_bytes((json.dumps(known, indent=1, ensure_ascii=False) + "\n").encode())
    return written


def _told(anchor: str, made: Published) -> dict[str, object]:
    return {"anchor": anchor, "payments": made.payments, "pence": made.pence, "reported": made.reported}


if __name__ == "__main__":
    write_files(Path(sys.argv[1]))
