"""Is the ledger as before or as after, whenever a writer is killed, and does nobody's work get lost?"""

import multiprocessing
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from shutil import copytree
from signal import SIGKILL

import pytest

from core.spend.importing import add, clock, forget, spend_list
from folkmoot.core.spend import Ledger, Part, open_source
from trust.killing import COUNTED, Death, Fate, Warm

pytestmark = pytest.mark.slow
SEED, MOMENTS, SIZES, ROWS = 20261116, 30, 10, 1000


def write(path: Path, first: int, rows: int = ROWS) -> str:
    """A list in a file."""
    path.write_text(spend_list(first, rows), encoding="utf-8")
    return str(path)


def told(folder: Path) -> tuple:
    """What the ledger says, by manifest and by payments, but for the ids of its parts.

    What was set aside is asked of all parts but the first: the first one's file is compared by its bytes.
    """
    ledger = Ledger(folder)
    parts = ledger.parts()
    months = [(one.keys["month"], one.rows, one.pence) for one in ledger.totals("month")]
    assert sum(rows for _, rows, _ in months) == sum(part.accepted for part in parts)
    assert sum(pence for _, _, pence in months) == sum(part.pence_accepted for part in parts)
    rows = [ledger.reported(part.id, limit=ROWS) for part in parts[1:]]
    assert [len(reported) for reported in rows] == [part.reported for part in parts[1:]]
    partners = [ledger.reversal(part.id, 3) for part in parts]
    return tuple(replace(part, id="") for part in parts), months, rows, partners


def files(folder: Path) -> dict[str, bytes]:
    """What lies in a ledger's parts, by name."""
    return {path.name: path.read_bytes() for path in (folder / "parts").iterdir()}


@dataclass(frozen=True)
class Bench:
    """A ledger with one file, and one to add: what it says before and after, and a way to try it."""

    folder: Path
    warm: Warm
    added: str
    before: tuple
    after: tuple
    held: dict[str, bytes]

    def begin(self, name: str, of: str = "before") -> Path:
        """The ledger anew, as it was before or after the addition."""
        return Path(copytree(self.folder / of, self.folder / name))

    def is_after(self, folder: Path) -> bool:
        """Whether the ledger is as after; it is as before otherwise, and nothing else."""
        found = told(folder)
        assert found in (self.before, self.after)
        lying = files(folder)
        assert self.held.items() <= lying.items()
        listed = {part.id for part in Ledger(folder).parts()}
        assert listed <= {name.removesuffix(".parquet") for name in lying}
        return found == self.after

    def clear_up(self, folder: Path, after: bool) -> None:
        """Strays of today stay, those of yesterday go, and nothing else does; the file can be added."""
        ledger, lying = Ledger(folder), files(folder)
        listed = {part.id for part in ledger.parts()}
        stray = {name for name in lying if name.partition(".")[0] not in listed}
        assert ledger.sweep(datetime.now(UTC)) == []
        assert set(ledger.sweep(datetime.now(UTC) + timedelta(hours=2))) == stray
        assert files(folder).items() == {one for one in lying.items() if one[0] not in stray}
        assert self.is_after(folder) == after
        add(str(folder), self.added)
        assert told(folder) == self.after


def made(folder: Path, rows: int) -> Iterator[Bench]:
    """A bench with a file of so many rows to add."""
    held, added = write(folder / "held.csv", 1, 50), write(folder / "added.csv", 7, rows)
    before, after = folder / "before", folder / "after"
    add(str(before), held)
    copytree(before, after)
    add(str(after), added)
    warm = Warm(add, str(folder / "warmed"), held, added)
    yield Bench(folder, warm, added, told(before), told(after), files(before))
    warm.close()


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """One for all kills; every try has a copy of the ledger."""
    yield from made(tmp_path_factory.mktemp("bench"), ROWS)


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """One where every call is counted, which takes time; how often the disk is reached is the same."""
    yield from made(tmp_path_factory.mktemp("little"), 100)


def test_killed_at_any_moment_it_is_before_or_after(bench: Bench) -> None:
    assert bench.before != bench.after
    span = 1.2 * bench.warm.run(add, str(bench.begin("measured")), bench.added).seconds
    moments, outcomes = random.Random(SEED), []
    for number in range(MOMENTS):
        folder = bench.begin(f"moment {number}")
        death = Death(seconds=moments.uniform(0, span))
        fate = bench.warm.run(add, str(folder), bench.added, death=death)
        outcomes.append(bench.is_after(folder))
        assert fate.killed_by == SIGKILL
        assert outcomes[-1] or not fate.over
        # However busy the machine becomes, a quarter or so of the kills fall behind the commit.
        span *= 0.75 if outcomes[-1] else 1.1
        if number % 10 == 0:
            bench.clear_up(folder, outcomes[-1])
    assert sum(outcomes) >= 3
    assert MOMENTS - sum(outcomes) >= 15


def test_killed_between_any_two_reaches_to_the_disk_the_commit_is_one_step(little: Bench) -> None:
    reaches = little.warm.run(add, str(little.begin("counted")), little.added, death=COUNTED).reaches
    first, last, outcomes = reaches.index("mkdir") + 1, len(reaches), {}
    # Each about the one by which the ledger changes, and every third of the others.
    commit = last - reaches[::-1].index("replace")
    for number in sorted({*range(first, last, 3), *range(commit - 3, min(commit + 4, last + 1)), last}):
        folder = little.begin(f"reach {number}")
        fate = little.warm.run(add, str(folder), little.added, death=Death(reach=number))
        assert (fate.killed_by, fate.over) == (SIGKILL, False)
        outcomes[number] = little.is_after(folder)
        if len(outcomes) % 10 == 0:
            little.clear_up(folder, outcomes[number])
    # Each died before its own reach: whoever died before this one is before, whoever died later after.
    assert outcomes == {number: number > commit for number in outcomes}
    assert reaches[commit - 1] == "replace"
    assert {"write", "fsync", "flock"} <= set(reaches[: commit - 1])


def test_killed_amid_the_payments_it_is_as_before(bench: Bench) -> None:
    payments = max(len(content) for content in files(bench.folder / "after").values())
    least = max(len(content) for content in bench.held.values())
    sizes = random.Random(SEED)
    for number in range(SIZES):
        folder, size = bench.begin(f"size {number}"), sizes.randrange(least, payments)
        assert bench.warm.run(add, str(folder), bench.added, death=Death(size=size)).killed_by
        assert not bench.is_after(folder)
        assert size in {len(content) for content in files(folder).values()}
        if number % 10 == 0:
            bench.clear_up(folder, False)


def undone(bench: Bench, name: str, death: Death) -> tuple[bool, Fate]:
    """Whether the added file is undone, where the process that did it died so."""
    folder, sha = bench.begin(name, "after"), sha256(Path(bench.added).read_bytes()).hexdigest()
    fate = bench.warm.run(forget, str(folder), sha, death=death)
    left = not bench.is_after(folder)
    forget(str(folder), sha)
    assert told(folder) == bench.before
    return left, fate


def test_undoing_killed_between_any_two_reaches_is_one_step(little: Bench) -> None:
    left, whole = undone(little, "undone", COUNTED)
    assert left
    first = whole.reaches.index("flock") + 1
    reaches = range(first, len(whole.reaches) + 1)
    outcomes = [undone(little, f"undone {number}", Death(reach=number)) for number in reaches]
    assert {fate.killed_by for _, fate in outcomes} == {SIGKILL}
    steps = [left for left, _ in outcomes]
    assert steps == sorted(steps)
    assert whole.reaches[first + steps.index(True) - 2] == "replace"


@pytest.mark.parametrize("size", [1, 100, 500])
def test_undoing_killed_amid_the_new_manifest_undoes_nothing(little: Bench, size: int) -> None:
    left, fate = undone(little, f"amid {size}", Death(size=size))
    assert fate.killed_by
    assert not left


def test_two_writers_at_once_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["folkmoot.core.spend"])
    paths = [write(tmp_path / f"{number}.csv", number, 300) for number in range(9)]
    folder = tmp_path / "ledger"
    jobs = [(paths[:6], "One"), (paths[:2:-1], "Two")]
    writers = [
        context.Process(target=add, args=(str(folder), *those), kwargs={"anchor": anchor})
        for those, anchor in jobs
    ]
    for writer in writers:
        writer.start()
    ledger, counts = Ledger(folder), [0]
    while any(writer.is_alive() for writer in writers):
        counts.append(ledger.totals()[0].rows)
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert counts == sorted(counts)
    assert all(count % 300 == 0 for count in counts)
    assert sorted(part.sha256 for part in ledger.parts()) == sorted(
        open_source(path).sha256 for path in paths
    )
    assert ledger.totals()[0].rows == 9 * 300


def test_a_reader_of_the_old_list_still_reads_after_undo(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 1, 50)
    ledger = Ledger(tmp_path / "ledger")
    part: Part = ledger.add_file(open_source(path), anchor="A", clock=clock)
    lying = files(ledger.folder)
    assert len(lying) == 3
    ledger.forget(part.id)
    ledger.sweep(datetime.now(UTC))
    assert files(ledger.folder) == lying
