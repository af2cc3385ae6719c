"""What does each contender make of the large set, in processes of its own?"""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import peers

HERE = Path(__file__).parents[1]
TOLD = (
    "name", "encoding", "delimiter", "skip_lines", "width", "widest", "columns", "date_format", "amounts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finished:
    """One contender's run: what it cost, its answer by file, and the Parquet files that hold its rows."""

    name: str
    seconds: float
    processor_seconds: float
    peak_bytes: int
    months: Mapping[str, Mapping[str, int]]
    figures: Mapping[str, Mapping[str, Any]]
    parquets: tuple[str, ...]
    stopped_at: int = 0  # files that it refused at first and read in another way

    @property
    def peak_mib(self) -> float:
        """Peak memory in MiB."""
        return self.peak_bytes / 2**20


class Broken(Exception):
    """A contender ended with an error, or refused a file that is a list of payments."""


def timed(command: list[str], room: Path, output: Path | None = None) -> dict[str, float]:
    """Run a command under the stopwatch; answers its figures. It is stopped when we are."""
    figures = room / "figures.json"
    whole = [sys.executable, "-S", str(HERE / "stopwatch.py"), str(figures), *command]
    with (output or room / "output").open("wb") as file, subprocess.Popen(whole, stdout=file) as process:
        try:
            code = process.wait()
        except BaseException:
            process.terminate()
            process.wait()
            raise
    if code and not (output and output.stat().st_size):  # what it wrote says more than its code
        raise Broken(f"{Path(command[0]).name} {command[1]} ended with {code}")
    return json.loads(figures.read_text(encoding="utf-8"))


def ours(truth: Mapping[str, Any], room: Path) -> Finished:
    """The command, told nothing but the files; then the sums by month, as a second process."""
    paths = [str(Path(truth["folder"], name)) for name in truth["files"]]
    ledger, answer, months = room / "ledger", room / "ours.json", room / "months.json"
    program = str(Path(sys.executable).with_name("folkmoot"))
    options = ["--anchor", "A Council", "--ledger", str(ledger), "--json"]
    read = timed([program, "spend", "read", *paths, *options], room, answer)
    asked = timed([sys.executable, "-m", "benchmarks.reading.by_month", str(ledger), str(months)], room)
    figures = {one["file"]: one for one in json.loads(answer.read_text(encoding="utf-8"))["files"]}
    for name, one in figures.items():
        if "error" in one:
            raise Broken(f"{name} was refused: {one['error']}")
    return Finished(
        name="Folkmoot",
        seconds=read["seconds"] + asked["seconds"],
        processor_seconds=read["processor_seconds"] + asked["processor_seconds"],
        peak_bytes=int(max(read["peak_bytes"], asked["peak_bytes"])),
        months=json.loads(months.read_text(encoding="utf-8")),
        figures=figures,
        parquets=tuple(str(ledger / "parts" / f"{one['part']}.parquet") for one in figures.values()),
    )


def peer(script: str, engine: str, python: Path, truth: Mapping[str, Any], room: Path) -> Finished:
    """A peer's script in the peers' environment, told the layout of every file by hand."""
    folder = Path(truth["folder"])
    files = [
        {name: laid[name] for name in TOLD} | {"path": str(folder / laid["name"])}
        for laid in truth["files"].values()
    ]
    job, answer, parquet = room / "job.json", room / "answer.json", room / f"{script}.parquet"
    told = {"files": files, "engine": engine, "parquet": str(parquet), "answer": str(answer)}
    job.write_text(json.dumps(told), encoding="utf-8")
    cost = timed([str(python), str(Path(peers.__file__).with_name(f"{script}.py")), str(job)], room)
    found = json.loads(answer.read_text(encoding="utf-8"))
    return Finished(
        name=found["peer"],
        seconds=cost["seconds"],
        processor_seconds=cost["processor_seconds"],
        peak_bytes=int(cost["peak_bytes"]),
        months={name: one["months"] for name, one in found["files"].items()},
        figures=found["files"],
        parquets=(str(parquet),),
        stopped_at=len(found["refused"]),
    )
