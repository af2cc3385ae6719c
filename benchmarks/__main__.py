"""Which benchmarks are there, and what did they measure? Prints a table, writes benchmarks/latest.json."""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import pages, reading
from benchmarks.measured import Measured

BENCHMARKS: dict[str, Callable[[], Iterable[Measured]]] = {
    "reading": reading.measure,
    "pages": pages.measure,
}
LATEST = Path(__file__).with_name("latest.json")


def main(names: list[str]) -> None:
    """Runs the named benchmarks, or all."""
    unknown = set(names) - set(BENCHMARKS)
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(BENCHMARKS)}.")
    found: list[Measured] = []
    for name in names or BENCHMARKS:
        for measured in BENCHMARKS[name]():
            print(measured.line(), flush=True)
            found.append(measured)
    LATEST.write_text(json.dumps([one.as_row() for one in found], indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
