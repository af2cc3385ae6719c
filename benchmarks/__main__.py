"""Which benchmarks are there, and what did they measure? Prints a table, writes benchmarks/latest.json."""

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from benchmarks import budgets, lottery, opinions, pages, reading
from benchmarks.measured import Measured

BENCHMARKS: dict[str, Callable[[], Iterable[Measured]]] = {
    "reading": reading.measure,
    "pages": pages.measure,
    "budgets": budgets.measure,
    "lottery": lottery.measure,
    "opinions": opinions.measure,
}
LATEST = Path(__file__).with_name("latest.json")


def main(arguments: list[str]) -> None:
    """Runs the named benchmarks, or all; `--rows` makes the set of the reading bench smaller."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHMARKS)}")
    parser.add_argument("--rows", type=int, default=0, help="rows of the reading bench")
    asked = parser.parse_args(arguments)
    unknown = set(asked.names) - set(BENCHMARKS)
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(BENCHMARKS)}.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that nothing is left behind
    benchmarks = BENCHMARKS | ({"reading": partial(reading.measure, asked.rows)} if asked.rows else {})
    found: list[Measured] = []
    for name in asked.names or benchmarks:
        for measured in benchmarks[name]():
            print(measured.line(), flush=True)
            found.append(measured)
    LATEST.write_text(json.dumps([one.as_row() for one in found], indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
