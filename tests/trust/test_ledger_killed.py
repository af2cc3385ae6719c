"""Is the ledger as before or as after, whenever a writer is killed, and does nobody's work get lost?"""

import multiprocessing
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from core.spend.importing import add, clock
from folkmoot.core.spend import Ledger, Part, open_source

SEED, MOMENTS, ROWS = 20261116, 20, 4500


@pytest.fixture(scope="module")
def processes():
    """Processes that start fast, because the engines are loaded once and then forked."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["folkmoot.core.spend"])
    return context


def write(path: Path, first: int, rows: int = ROWS) -> str:
    lines = (f"2026-04-{row % 28 + 1:02d},Firm {row},{first + row}.{row % 100:02d}\n" for row in range(rows))
    path.write_text("Date,Supplier,Amount\n" + "".join(lines) + "Total,,0\n", encoding="utf-8")
    return str(path)


def summary(ledger: Ledger) -> tuple:
    """All that the ledger says, by manifest and by payments; the two must agree."""
    parts = ledger.parts()
    whole = ledger.totals()[0]
    assert whole.rows == sum(part.accepted for part in parts)
    assert whole.pence == sum(part.pence_accepted for part in parts)
    assert all(len(ledger.reported(part.id)) == part.reported for part in parts)
    return sorted(part.sha256 for part in parts), whole


def started(processes, folder: Path, *paths: str, **more):
    process = processes.Process(target=add, args=(str(folder), *paths), kwargs=more)
    process.start()
    return process


def test_killed_at_any_moment_it_is_before_or_after(tmp_path: Path, processes) -> None:
    held, added = write(tmp_path / "held.csv", 1, 50), write(tmp_path / "added.csv", 7)
    started(processes, tmp_path / "whole", held).join()
    before = summary(Ledger(tmp_path / "whole"))
    copytree(tmp_path / "whole", tmp_path / "copy")
    began = time.monotonic()
    started(processes, tmp_path / "whole", added).join()
    lasts = time.monotonic() - began
    after = summary(Ledger(tmp_path / "whole"))
    assert before != after
    moments, seen = random.Random(SEED), set()
    for number in range(MOMENTS):
        folder = tmp_path / str(number)
        copytree(tmp_path / "copy", folder)
        process = started(processes, folder, added)
        process.join(moments.uniform(0.2, 1.1) * lasts)
        process.kill()
        process.join()
        found = summary(Ledger(folder))
        assert found in (before, after)
        seen.add(found == after)
        add(str(folder), added)
        assert summary(Ledger(folder)) == after
    assert False in seen


@pytest.mark.parametrize("where", [{"dies_at_row": 0}, {"dies_at_row": 4000}, {"dies": True}])
def test_killed_at_the_worst_moments_and_swept(tmp_path: Path, processes, where: dict) -> None:
    held, added = write(tmp_path / "held.csv", 1, 50), write(tmp_path / "added.csv", 7)
    folder = tmp_path / "ledger"
    add(str(folder), held)
    before, ledger = summary(Ledger(folder)), Ledger(folder)
    process = started(processes, folder, added, **where)
    process.join()
    assert process.exitcode == -9
    assert summary(ledger) == before
    assert len(list((folder / "parts").iterdir())) == 4
    assert ledger.sweep(datetime.now(UTC)) == []
    assert len(ledger.sweep(datetime.now(UTC) + timedelta(hours=2))) == 2
    assert summary(ledger) == before


def test_two_writers_at_once_lose_nothing_and_double_nothing(tmp_path: Path, processes) -> None:
    paths = [write(tmp_path / f"{number}.csv", number, 300) for number in range(9)]
    folder = tmp_path / "ledger"
    writers = [
        started(processes, folder, *paths[:6], anchor="One"),
        started(processes, folder, *reversed(paths[3:]), anchor="Two"),
    ]
    ledger, counts = Ledger(folder), [0]
    while any(writer.is_alive() for writer in writers):
        counts.append(ledger.totals()[0].rows)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert counts == sorted(counts)
    assert all(count % 300 == 0 for count in counts)
    hashes, whole = summary(ledger)
    assert hashes == sorted(open_source(path).sha256 for path in paths)
    assert whole.rows == 9 * 300


def test_a_reader_of_the_old_list_still_reads_after_undo(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 1, 50)
    ledger = Ledger(tmp_path / "ledger")
    part: Part = ledger.add_file(open_source(path), anchor="A", clock=clock)
    files = [
        ledger.folder / "parts" / f"{part.id}.parquet",
        ledger.folder / "parts" / f"{part.id}.reported.parquet",
    ]
    ledger.forget(part.id)
    ledger.sweep(datetime.now(UTC))
    assert all(file.exists() for file in files)
