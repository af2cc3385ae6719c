"""Do a file's row and the ledger agree again, wherever the worker was killed between the two?"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from signal import SIGKILL

import pytest

from core.spend.importing import spend_list
from trust import reader
from trust.killing import COUNTED, LIFE, Death, Fate, Warm, with_django
from trust.reader import Seen

pytestmark = pytest.mark.slow
SEED, MOMENTS, SIZES = 20261117, 16, 6
SHARED_MEMORY = 33_000  # a file of the database that is never written to, but as long as this from the start


@dataclass(frozen=True)
class Try:
    """What was found after a kill: at once, then mended, and in the end when it was done again."""

    fate: Fate
    at_once: Seen
    mended: Seen
    in_the_end: Seen


@dataclass(frozen=True)
class Install:
    """A data folder with a job that waits, the same when it is done, and a way to try it."""

    folder: Path
    warm: Warm
    waiting: Seen
    done: Seen

    def try_it(self, name: str, act: Callable[[Path], None], death: Death, mends: bool = True) -> Try:
        """The act in a copy of the folder, killed as told, and what comes of it."""
        reads = act is reader.read
        data = self.begin(name, "waiting" if reads else "done")
        fate = self.warm.run(act, data, death=death)
        after = reader.after_reading if reads else reader.after_undoing
        return Try(fate, *self.warm.run(after, data, mends).answer)

    def begin(self, name: str, of: str) -> Path:
        """The folder anew."""
        return Path(copytree(self.folder / of, self.folder / name))


@pytest.fixture(scope="module")
def install(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Install]:
    """Founded once; every try has a copy."""
    folder = tmp_path_factory.mktemp("install")
    warm = Warm(with_django, folder / "warm")
    (folder / "waiting").mkdir()
    lists = spend_list(1, 50), spend_list(7, 300)
    waiting, done = warm.do(reader.found, folder, *lists)
    assert (waiting.is_read, done.is_read) == (False, True)
    yield Install(folder, warm, waiting, done)
    warm.close()


def sums(seen: Seen) -> tuple[int, int]:
    """What the money page says."""
    return seen.rows, seen.pence


def check_reading(install: Install, tried: Try, mends: bool = True) -> None:
    """Before or after; and after in the end, once."""
    at_once, mended, end = tried.at_once, tried.mended, tried.in_the_end
    for seen in (at_once, mended, end):
        assert len(seen.parts) <= 1
        assert sums(seen) == sums(install.done if seen.parts else install.waiting)
        assert seen.is_read or seen.state == "reading"
        assert seen.told[:2] == install.waiting.told
    if mends:
        assert mended.is_read or (mended.is_out and mended.job in ("waiting", "running"))
        assert mended.is_read == bool(at_once.parts)
    assert end.is_read
    assert end.job == "done"
    assert len(end.told) == 3
    assert end.told[-1] in ("read in", "found read in")


def check_undoing(install: Install, tried: Try, mends: bool = True) -> None:
    """After or before; and before in the end, once."""
    at_once, mended, end = tried.at_once, tried.mended, tried.in_the_end
    for seen in (at_once, mended, end):
        assert sums(seen) == sums(install.done if seen.parts else install.waiting)
        assert seen.state in ("read", "undone")
        assert seen.told[:3] == install.done.told
    if mends:
        assert mended.is_read or mended.is_out
        assert mended.is_read == bool(at_once.parts)
    assert end.is_out
    assert len(end.told) == 4
    assert end.told[-1] in ("undone", "found undone")


def commit_of(reaches: tuple[str, ...]) -> int:
    """The number of the reach outside by which the ledger changes: the last name put in place."""
    return len(reaches) - reaches[::-1].index("replace")


def test_a_reading_killed_at_any_moment_agrees_again(install: Install) -> None:
    span = install.try_it("measured", reader.read, LIFE).fate.seconds
    moments, outcomes = random.Random(SEED), []
    for number in range(MOMENTS):
        mends = bool(number % 2)
        death = Death(seconds=moments.uniform(0, span))
        tried = install.try_it(f"moment {number}", reader.read, death, mends)
        check_reading(install, tried, mends)
        assert tried.fate.killed_by == SIGKILL
        outcomes.append(bool(tried.at_once.parts))
        span *= 0.8 if outcomes[-1] else 1.15  # however busy the machine, some fall on either side
    assert 3 <= sum(outcomes) <= MOMENTS - 3


def test_a_reading_killed_after_the_ledgers_commit_agrees_again(install: Install) -> None:
    reaches = install.try_it("counted", reader.read, COUNTED).fate.reaches
    commit, states = commit_of(reaches), []
    # Each about the ledger's commit, every other one later, and the last.
    numbers = {*range(commit - 1, commit + 6), *range(commit + 7, len(reaches), 2), len(reaches)}
    for turn, number in enumerate(sorted(numbers)):
        tried = install.try_it(f"reach {number}", reader.read, Death(reach=number), mends := bool(turn % 2))
        check_reading(install, tried, mends)
        assert tried.fate.killed_by == SIGKILL
        states.append((bool(tried.at_once.parts), tried.at_once.state))
    assert states[:2] == [(False, "reading")] * 2
    # Read in already while the row does not know it yet; then the row's own commit, in one step.
    behind = [(True, "reading")] * states.count((True, "reading")) + [(True, "read")]
    assert states[2 : len(behind) + 2] == behind
    assert set(states[len(behind) + 2 :]) <= {(True, "read")}


def test_a_reading_killed_about_the_ledgers_commit_and_then_stopped_agrees(install: Install) -> None:
    """Whoever stops it may come before the row was mended."""
    commit = commit_of(install.try_it("to stop", reader.read, COUNTED).fate.reaches)
    for number in (commit, commit + 1, commit + 5):
        data = install.begin(f"stopped {number}", "waiting")
        install.warm.run(reader.read, data, death=Death(reach=number))
        stopped, mended = install.warm.run(reader.after_stopping, data).answer
        assert stopped.is_read or stopped.is_out
        assert mended == stopped


def test_a_reading_killed_amid_a_write_of_the_database_agrees_again(install: Install) -> None:
    data = install.begin("whole log", "waiting")
    install.warm.run(reader.read, data)
    log = (data / "folkmoot.sqlite3-wal").stat().st_size
    sizes, found = random.Random(SEED), set()
    for number in range(SIZES):
        mends, death = bool(number % 2), Death(size=sizes.randrange(SHARED_MEMORY, log))
        tried = install.try_it(f"size {number}", reader.read, death, mends)
        check_reading(install, tried, mends)
        assert tried.fate.killed_by
        found.add((bool(tried.at_once.parts), tried.at_once.state))
    assert (True, "reading") in found


def test_an_undoing_killed_anywhere_agrees_again(install: Install) -> None:
    reaches = install.try_it("undone", reader.undo, COUNTED).fate.reaches
    found = set()
    for number in range(commit_of(reaches) - 3, len(reaches) + 1):
        mends = bool(number % 2)
        tried = install.try_it(f"undone {number}", reader.undo, Death(reach=number), mends)
        check_undoing(install, tried, mends)
        assert tried.fate.killed_by == SIGKILL
        found.add((bool(tried.at_once.parts), tried.at_once.state))
    assert found == {(True, "read"), (False, "read")}
