"""How fast are participatory budgets counted, in how much memory, against pabutools on the same files?

Equal answers first: a bench of ours with other winners fails. Each count is a process of its own, so that its
peak memory is its own. A run of the peer that would take over a minute is timed on one level of Add1 and
multiplied by the number of levels; the table says so.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measured import Measured
from benchmarks.peers.ready import peers_python

SIZES = {
    "Assen 2024": "Netherlands_Assen_2024.pb",
    "Świecie 2023": "Poland_Swiecie_2023.pb",
    "Wieliczka 2023": "Poland_Wieliczka_2023_Green_Budget.pb",
    "Mokotów 2024": "Poland_Warszawa_2024_Mokotow.pb",
    "Łódź 2025": "Poland_Lodz_2025.pb",
    "Warszawa 2026": "Poland_Warszawa_2026.pb",
}
TO_THE_END = ("Assen 2024", "Świecie 2023", "Wieliczka 2023")  # where the peer ends Add1 within a minute
HERE = Path(__file__).parent
PEER = "pabutools 1.2.3"


class Unequal(AssertionError):
    """Our winners are not the peer's."""


def measure() -> Iterator[Measured]:
    """Reading, one run of equal shares, Add1 to the end, Phragmén, greedy."""
    folder, python = os.environ.get("FOLKMOOT_OPEN_DATA"), peers_python()
    if not folder or not python:
        sys.stderr.write("FOLKMOOT_OPEN_DATA names no elections, or there is no peer: nothing is measured.\n")
        return
    for name, file in SIZES.items():
        path = Path(folder, "vote", "pb", file)
        once = _both(path, "equal-shares", python)
        yield _told(f"{name}: reading", once, "read")
        yield _told(f"{name}: equal shares", once, "count", f"first run {once[0]['first']:.2f} s")
        for task in ("phragmen", "greedy"):
            yield _told(f"{name}: {task}", _both(path, task, python, ordered=task == "greedy"), "count")
        yield _add1(name, path, python, once)


def _add1(name: str, path: Path, python: Path, once: tuple[Any, Any]) -> Measured:
    if name in TO_THE_END:
        both = _both(path, "add1", python)
        return _told(f"{name}: Add1", both, "count", f"{both[0]['levels']:,} levels")
    ours = _run([sys.executable, "-m", "benchmarks.count_alone", str(path), "add1"])
    theirs = once[1] | {"count": once[1]["count"] * ours["levels"]}
    note = f"{ours['levels']:,} levels; the peer's one level multiplied by them"
    return _told(f"{name}: Add1", (ours, theirs), "count", note)


def _both(path: Path, task: str, python: Path, ordered: bool = True) -> tuple[Any, Any]:
    """Our answer and the peer's; its Phragmén sorts the winners, so there only their set is compared."""
    ours = _run([sys.executable, "-m", "benchmarks.count_alone", str(path), task])
    theirs = _run([str(python), str(HERE / "peers" / "count_with_pabutools.py"), str(path), task])
    told = [
        one["winners"] if ordered and task != "phragmen" else sorted(one["winners"]) for one in (ours, theirs)
    ]
    if told[0] != told[1]:
        raise Unequal(f"{path.name}, {task}: {told[0]} and {told[1]}")
    return ours, theirs


def _run(command: list[str]) -> Any:
    with tempfile.TemporaryDirectory() as room:
        figures = Path(room, "figures.json")
        watched = [sys.executable, "-S", str(HERE / "stopwatch.py"), str(figures), *command]
        done = subprocess.run(watched, check=True, capture_output=True, text=True, cwd=HERE.parent)
        return json.loads(done.stdout) | {"mib": json.loads(figures.read_text())["peak_bytes"] / 2**20}


def _told(work: str, both: tuple[Any, Any], key: str, note: str = "") -> Measured:
    ours, theirs = both
    return Measured(
        "budgets", work, ours[key], PEER, theirs[key], note, ours_mib=ours["mib"], theirs_mib=theirs["mib"]
    )
