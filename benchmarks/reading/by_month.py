"""What does a ledger come to by file and month? The ledger's folder and the answer's file are handed in."""

import json
import sys
from pathlib import Path

from folkmoot.core.spend import Ledger


def main(ledger: str, answer: str) -> None:
    """Ask the ledger, as the peers add up what they read."""
    months: dict[str, dict[str, int]] = {}
    for one in Ledger(ledger).totals(("file", "month")):
        months.setdefault(one.keys["file"], {})[one.keys["month"]] = one.pence
    Path(answer).write_text(json.dumps(months), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
