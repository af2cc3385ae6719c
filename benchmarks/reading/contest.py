"""Who reads 4.8 million messy rows how fast, in how much memory, and how many does each lose?

Folkmoot is told nothing about the files and must account for every row: an answer that is not the truth
fails the bench. pandas and polars are told each file's layout by hand. FOLKMOOT_BENCH_CACHE names a folder
in which the files are kept for the next time; without it they are removed.
"""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.measured import Measured
from benchmarks.peers.ready import peers_python
from benchmarks.reading.contenders import Finished, ours, peer
from benchmarks.reading.judged import Judged, first_difference, first_wrong_row, judge
from benchmarks.reading.layouts import ROWS
from benchmarks.reading.making import make

ROUNDS = 2  # each contender in turn, and again; its faster round counts
PEERS = (("read_with_pandas", "c"), ("read_with_pandas", "pyarrow"), ("read_with_polars", ""))
FLOOR = 1_000_000 / 60  # rows a second below which reading is too slow to live with
LINE = "{:<23}{:>12}{:>10}{:>10}{:>11}{:>9}{:>9}{:>9}{:>10}  {}"
Run = Callable[[Path], Finished]


class Unequal(AssertionError):
    """Our answer is not the truth."""


def measure(rows: int = ROWS) -> Iterator[Measured]:
    """All contenders on one set of 44 files with about `rows` rows."""
    kept = os.environ.get("FOLKMOOT_BENCH_CACHE")
    with tempfile.TemporaryDirectory(prefix="folkmoot-reading-") as room:
        truth = make(Path(kept) if kept else Path(room) / "set", rows)
        print(_about(truth), flush=True)
        yield from _measured(truth, _best(truth, Path(room)))


def _about(truth: Mapping[str, Any]) -> str:
    size = sum(one["bytes"] for one in truth["files"].values()) / 1e6
    origin = "real open payments" if truth["real"] else "a drawn table (FOLKMOOT_OPEN_DATA is not set)"
    planted = sum(count for one in truth["files"].values() for count in one["planted"].values())
    return (
        f"{len(truth['files'])} files, {size:,.0f} MB, {truth['rows']:,} rows, {truth['payments']:,} of them"
        f" payments, from {origin} replicated and perturbed; {planted:,} rows planted as hard"
    )


def _best(truth: Mapping[str, Any], room: Path) -> dict[str, tuple[Finished, Judged]]:
    """Each contender's faster round, with how it was judged; ours first, and only if it is the truth."""
    python = peers_python()
    runs: list[Run] = [partial(ours, truth)]
    runs += [partial(peer, script, engine, python, truth) for script, engine in PEERS if python]
    for name in truth["files"]:  # whoever comes first would otherwise wait for the disk
        Path(truth["folder"], name).read_bytes()
    best: dict[str, tuple[Finished, Judged]] = {}
    for _ in range(ROUNDS):
        for run in runs:
            with tempfile.TemporaryDirectory(dir=room) as place:
                finished = run(Path(place))
                judged = judge(finished, truth)
                if run is runs[0]:
                    _must_be_true(finished, judged, truth)
            if finished.name not in best or finished.seconds < best[finished.name][0].seconds:
                best[finished.name] = (finished, judged)
    return best


def _must_be_true(finished: Finished, judged: Judged, truth: Mapping[str, Any]) -> None:
    if difference := first_difference(finished, truth):
        raise Unequal(difference)
    if judged != Judged(0, 0, 0, 0):
        raise Unequal(f"the sums are right, but not the rows: {judged}; {first_wrong_row(finished, truth)}")


def _measured(truth: Mapping[str, Any], best: dict[str, tuple[Finished, Judged]]) -> Iterator[Measured]:
    print(LINE.format("", "rows/s", "seconds", "CPU s", "peak MiB", "lost", "misread", "taken", "sums", ""))
    print(LINE.format("", "", "", "", "", "", "", "for pay", "wrong", ""))
    rows, whole = truth["rows"], sum(len(one["months"]) for one in truth["files"].values())
    for run, judged in best.values():
        told = "told every layout by hand" if run.name != "Folkmoot" else "told nothing"
        stopped = f"; {run.stopped_at} files stopped it at first" if run.stopped_at else ""
        print(
            LINE.format(
                run.name, f"{rows / run.seconds:,.0f}", f"{run.seconds:.1f}", f"{run.processor_seconds:.1f}",
                f"{run.peak_mib:,.0f}", f"{judged.lost:,}", f"{judged.misread:,}", f"{judged.taken:,}",
                f"{judged.months_wrong}/{whole}", told + stopped,
            ),
            flush=True,
        )  # fmt: skip
    mine = best["Folkmoot"][0]
    work = f"{rows:,} messy rows to a ledger"
    yield Measured(
        "reading", work, mine.seconds, "the floor, 1 M rows a min", rows / FLOOR,
        "every row accounted for", mine.peak_mib,
    )  # fmt: skip
    for run, judged in best.values():
        if run is not mine:
            note = f"it lost {judged.lost:,}, misread {judged.misread:,}, took {judged.taken:,} for payments"
            yield Measured(
                "reading", work, mine.seconds, run.name, run.seconds, note, mine.peak_mib, run.peak_mib
            )
