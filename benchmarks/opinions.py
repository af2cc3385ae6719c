"""How fast is a map of opinions drawn, in how much memory, against red-dwarf on the same votes?

Equal answers first: a bench of ours with another centre or other components fails. Each run is a process of
its own with one thread of linear algebra, so that its peak memory is its own and processor seconds can be
compared. Three sizes are real conversations. The fourth is Bowling Green upscaled with a fixed seed: its
people are drawn again and again, each time keeping some of their votes, of which one in ten is anybody's.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.measured import Measured
from benchmarks.peers.ready import peers_python

HERE = Path(__file__).parent
PEER = "red-dwarf 0.4.0"
REAL = ("15-per-hour-seattle", "scoop-hivemind.biodiversity", "american-assembly.bowling-green")
PEOPLE, STATEMENTS, VOTES = 33_422, 783, 2_000_000  # the largest conversation that Polis tells of
SEED, ANYBODYS = 5, 0.1
BUDGET = 0.005  # seconds for one vote more at 536 people

Whole = npt.NDArray[np.int64]


class Unequal(AssertionError):
    """Our centre or components are not the peer's."""


def measure() -> Iterator[Measured]:
    """Four sizes: a map, and one vote more."""
    folder, python = os.environ.get("FOLKMOOT_OPEN_DATA"), peers_python()
    if not folder or not python:
        sys.stderr.write(
            "FOLKMOOT_OPEN_DATA names no conversations, or there is no peer: nothing is measured.\n"
        )
        return
    with tempfile.TemporaryDirectory() as room:
        for name in (*REAL, "upscaled"):
            votes = _upscaled(folder) if name == "upscaled" else _real(folder, name)
            path = Path(room, "votes.npz")
            np.savez(path, person=votes[0], statement=votes[1], vote=votes[2])
            yield from _told(votes, path, python)


def _told(votes: tuple[Whole, Whole, Whole], path: Path, python: Path) -> Iterator[Measured]:
    size = f"{len(set(votes[0].tolist())):,} x {len(set(votes[1].tolist()))}"
    ours = _run([sys.executable, "-m", "benchmarks.opine_alone", str(path)])
    theirs = _run([str(python), str(HERE / "peers" / "opine_with_red_dwarf.py"), str(path)])
    whole = [one["building"] + one["mapping"] for one in (ours, theirs)]
    note = (
        f"processor seconds; our first map {ours['first']:.2f}; with the table of votes {whole[0]:.2f} "
        f"against {whole[1]:.2f}; {_compared(ours, theirs)}"
    )
    work, memory = f"{size}, {ours['votes']:,} votes", (ours["mib"], theirs["mib"])
    yield Measured("opinions", work, ours["mapping"], PEER, theirs["mapping"], note, *memory)
    for work, key in (("one vote more, places", "one_more_places"), ("one vote more, all", "one_more_map")):
        yield Measured("opinions", f"{size}: {work}", ours[key], f"{PEER}, anew", whole[1])
    if size.startswith("536 "):
        yield Measured(
            "opinions", f"{size}: one vote more, places", ours["one_more_places"], "budget", BUDGET
        )


def _compared(ours: Any, theirs: Any) -> str:
    """The furthest that the centre is off, and the least cosine of a component."""
    place = {id_: number for number, id_ in enumerate(theirs["statements"])}
    order = [place[id_] for id_ in ours["statements"]]
    off = float(np.abs(np.array(ours["centre"]) - np.array(theirs["centre"])[order]).max())
    cosines = [
        abs(float(np.dot(mine, np.array(peers)[order])))
        for mine, peers in zip(ours["components"], theirs["components"], strict=True)
    ]
    if off > 1e-9 or min(cosines) < 0.999999:
        raise Unequal(f"centre off by {off}, components' cosines {cosines}")
    return f"centre within {off:.0e}, |cos| {min(cosines):.7f}"


def _run(command: list[str]) -> Any:
    alone = os.environ | dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    with tempfile.TemporaryDirectory() as room:
        figures = Path(room, "figures.json")
        watched = [sys.executable, "-S", str(HERE / "stopwatch.py"), str(figures), *command]
        done = subprocess.run(watched, check=True, capture_output=True, text=True, cwd=HERE.parent, env=alone)
        told = json.loads(done.stdout[done.stdout.index("{") :])
        return told | {"mib": json.loads(figures.read_text())["peak_bytes"] / 2**20}


def _real(folder: str, name: str) -> tuple[Whole, Whole, Whole]:
    """All votes of an open conversation, person by person."""
    path = Path(folder, "opinion", "polis-open-data", name, "participants-votes.csv")
    with path.open(newline="", encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    columns = [place for place, one in enumerate(head) if one.isdigit()]
    cells = [
        (person, int(head[place]), int(float(row[place])))
        for person, row in enumerate(rows)
        for place in columns
        if row[place] != ""
    ]
    person, statement, vote = np.array(cells, dtype=np.int64).T
    return person, statement, vote


def _upscaled(folder: str) -> tuple[Whole, Whole, Whole]:
    person, statement, vote = _real(folder, REAL[-1])
    kept = np.isin(statement, np.unique(statement)[:STATEMENTS])
    person, statement, vote = person[kept], statement[kept], vote[kept]
    drawn = np.random.default_rng(SEED)
    starts = np.searchsorted(person, np.arange(person.max() + 2))
    models = drawn.choice(np.flatnonzero(np.diff(starts)), size=PEOPLE)
    cells = np.concatenate([np.arange(starts[one], starts[one + 1]) for one in models])
    people = np.repeat(np.arange(PEOPLE), np.diff(starts)[models])
    chosen = drawn.random(len(cells)) < VOTES / len(cells)
    chosen[np.searchsorted(people, np.arange(PEOPLE))] = True  # everybody keeps one vote at least
    people, statement, vote = people[chosen], statement[cells[chosen]], vote[cells[chosen]]
    others = drawn.random(len(vote)) < ANYBODYS
    vote[others] = drawn.integers(-1, 2, int(others.sum()))
    return people, statement, vote
