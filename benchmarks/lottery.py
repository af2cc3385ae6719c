"""How fast are fair chances found, against sortition-algorithms on the same pools?

Equal answers first: a bench of ours with another lowest chance (6 digits) or, for leximin, another Gini (4
digits) fails. Each run is a process of its own. A peer's run is stopped after some minutes; the ratio is then
the least that it can be, and the table says so. Pools of 150, 312 and 2,000 people are open; those of 240 and
404 are made here, with a fixed seed: people put their names down unevenly, quotas are those of everybody.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measured import Measured
from benchmarks.peers.ready import peers_python
from folkmoot.core.decide.lottery.lot import gini

HERE = Path(__file__).parent
PEER = "sortition-algorithms 0.12.15"
LIMIT = 150  # seconds that the peer is given
OPEN = {
    150: ("sf_fixture_22", "candidates.csv", "features.csv", 22),
    312: ("syn_b_35", "respondents.csv", "categories.csv", 35),
    2000: ("example_large_200", "respondents.csv", "categories.csv", 200),
}
MADE = {240: (1, 30, (2, 5, 4, 3, 3, 2)), 404: (2, 40, (2, 6, 6, 4, 4, 3))}  # seed, size, values a category


class Unequal(AssertionError):
    """Our chances are not the peer's."""


@dataclass(frozen=True)
class Files:
    """A pool as both read it."""

    people: Path
    quotas: Path
    size: int


def measure() -> Iterator[Measured]:
    """Maximin and leximin on five pools."""
    folder, python = os.environ.get("FOLKMOOT_OPEN_DATA"), peers_python()
    if not folder or not python:
        sys.stderr.write("FOLKMOOT_OPEN_DATA names no pools, or there is no peer: nothing is measured.\n")
        return
    with tempfile.TemporaryDirectory() as room:
        for people in (150, 240, 312, 404, 2000):
            files = _opened(Path(folder), people, Path(room)) if people in OPEN else _made(people, Path(room))
            for method in ("maximin", "leximin"):
                yield _told(people, method, files, python)


def _told(people: int, method: str, files: Files, python: Path) -> Measured:
    words = [str(files.people), str(files.quotas), str(files.size), method]
    ours = _run([sys.executable, "-m", "benchmarks.draw_alone", *words])
    assert ours is not None, "we were not done in time"
    theirs = _run([str(python), str(HERE / "peers" / "draw_with_sortition.py"), *words])
    note = f"{ours['types']} types; {ours['with_panels']:.1f} s with a thousand panels"
    if theirs is None or "seconds" not in theirs:
        why = f"peer not done in {LIMIT} s, so at least" if theirs is None else theirs["failed"]
        return Measured(
            "lottery", f"{people:,} people, {method}", ours["seconds"], PEER, LIMIT, f"{note}; {why}"
        )
    note += _compare(people, method, ours["chances"], theirs["chances"])
    return Measured("lottery", f"{people:,} people, {method}", ours["seconds"], PEER, theirs["seconds"], note)


def _compare(people: int, method: str, ours: dict[str, float], theirs: dict[str, float]) -> str:
    """What differs, within what the peer allows itself: its leximin lowers a level by 0.0001 where its solver
    finds the next one impossible, so that its lowest may be that much lower, never higher."""
    mine, peers = (np.array([one[id_] for id_ in ours]) for one in (ours, theirs))
    higher = mine.min() - peers.min()
    if not -5e-7 <= higher <= (2e-4 if method == "leximin" else 5e-7):
        raise Unequal(f"{people} people, {method}: lowest {mine.min():.8f} and {peers.min():.8f}")
    if method == "leximin" and abs(gini(mine) - gini(peers)) > 1e-4 + higher:
        raise Unequal(f"{people} people, {method}: Gini {gini(mine):.6f} and {gini(peers):.6f}")
    return f"; the peer's lowest is {higher:.6f} too low" if higher > 5e-7 else ""


def _run(command: list[str]) -> Any:
    """What the command answers; None where it is not done in time."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=HERE.parent, timeout=LIMIT + 20)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        return {"failed": f"peer failed: {(done.stderr.strip().splitlines() or ['no word'])[-1][:80]}"}
    return json.loads(done.stdout[done.stdout.index("{") :])


def _opened(folder: Path, people: int, room: Path) -> Files:
    """An open pool, its people numbered and its quotas under the peer's headings."""
    name, persons, quotas, size = OPEN[people]
    source = folder / "vote" / "sortition" / name
    with (source / quotas).open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    first, second = ("category", "feature") if "category" in rows[0] else ("feature", "value")
    asked = [(row[first], row[second], row["min"], row["max"]) for row in rows]
    with (source / persons).open(newline="", encoding="utf-8-sig") as file:
        categories = list(dict.fromkeys(row[0] for row in asked))
        told = [[row[one] for one in categories] for row in csv.DictReader(file)]
    return _written(room, people, size, categories, told, asked)


def _made(people: int, room: Path) -> Files:
    seed, size, widths = MADE[people]
    drawn = np.random.default_rng(seed)
    everybody = [drawn.dirichlet(np.full(width, 4.0)) for width in widths]
    tilted = [share * drawn.dirichlet(np.full(len(share), 2.0)) for share in everybody]
    told = [
        [f"v{drawn.choice(len(share), p=share / share.sum())}" for share in tilted] for _ in range(people)
    ]
    asked = []
    for place, share in enumerate(everybody):
        for value, part in enumerate(share):
            there = sum(1 for row in told if row[place] == f"v{value}")
            low, high = min(int(np.floor(part * size)), there), int(np.ceil(part * size))
            asked.append((f"c{place}", f"v{value}", str(low), str(high)))
    return _written(room, people, size, [f"c{place}" for place in range(len(widths))], told, asked)


def _written(
    room: Path, people: int, size: int, categories: list[str], told: list[list[str]], asked: list[Any]
) -> Files:
    files = Files(room / f"people{people}.csv", room / f"quotas{people}.csv", size)
    with files.people.open("w", newline="", encoding="utf-8") as file:
        rows = ([str(number), *row] for number, row in enumerate(told, start=1))
        csv.writer(file).writerows([["id", *categories], *rows])
    with files.quotas.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["feature", "value", "min", "max"], *asked])
    return files
