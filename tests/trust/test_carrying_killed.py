"""Is an install as before or as after, whenever an import, an export or a restore is killed?"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from signal import SIGKILL
from typing import Any

import pytest

from trust import carrier
from trust.killing import COUNTED, Death, Warm, with_django

MOMENTS, LAST = 3, 16
AGAIN = 4  # after each so many kills the act is done again, and after the last


@dataclass(frozen=True)
class Bench:
    """Three installs to copy, two files, and a process to kill."""

    folder: Path
    warm: Warm

    def begin(self, name: str, of: str) -> Path:
        """An install anew."""
        return Path(copytree(self.folder / of, self.folder / name))

    def see(self, data: Path) -> dict[str, Any]:
        """What it holds."""
        return self.warm.run(carrier.seen, data).answer

    def moments(self, act: Any, data: Path, file: Path) -> list[int]:
        """Before which of its reaches outside the act is killed: spread over all, and each of the last."""
        count = len(self.warm.run(act, data, file, death=COUNTED).reaches)
        spread = {1 + at * count // MOMENTS for at in range(MOMENTS)}
        return sorted(spread | set(range(max(1, count - LAST), count + 1)))


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    folder = tmp_path_factory.mktemp("carried")
    warm = Warm(with_django, folder / "early")
    warm.run(carrier.make, folder)
    yield Bench(folder, warm)
    warm.close()


@pytest.mark.slow
def test_a_killed_restore_is_before_or_after_or_is_finished_by_the_next_tick(bench: Bench) -> None:
    before, after = bench.see(bench.folder / "late"), bench.see(bench.folder / "early")
    assert before != after
    file, found = bench.folder / "early.zip", set()
    moments = bench.moments(carrier.restore, bench.begin("counted", "late"), file)
    for moment in moments:
        data = bench.begin(f"restore-{moment}", "late")
        fate = bench.warm.run(carrier.restore, data, file, death=Death(reach=moment))
        assert fate.killed_by == SIGKILL
        finished = bench.warm.run(carrier.finish, data).answer
        held = bench.see(data)
        assert held in (before, after), moment
        assert held == after or not finished
        found.add((finished, held == after))
        if moment in moments[::-AGAIN]:
            assert bench.warm.run(carrier.restore, data, file).over
            assert bench.see(data) == after
            assert not (data / "restoring").exists()
    assert found >= {(False, False), (True, True)}


@pytest.mark.slow
def test_a_killed_import_is_before_or_after_and_can_be_done_again(bench: Bench) -> None:
    file, found = bench.folder / "place.zip", set()
    counted = bench.begin("taken", "empty")
    moments = bench.moments(carrier.take_in, counted, file)
    after = bench.see(counted)["told"]
    for moment in moments:
        data = bench.begin(f"import-{moment}", "empty")
        assert bench.warm.run(carrier.take_in, data, file, death=Death(reach=moment)).killed_by == SIGKILL
        held = bench.see(data)["told"]
        done = bool(held)
        assert held == {} or list(held) == list(after)
        found.add(done)
        if moment in moments[::-AGAIN]:
            said = bench.warm.run(carrier.take_in, data, file).answer
            assert ("here already" in said) if done else said == ""
            again = bench.see(data)
            assert again["told"]["marram"]["money"] == after["marram"]["money"]
            assert again["told"]["marram"]["rows"] == after["marram"]["rows"]
    assert False in found


@pytest.mark.slow
def test_a_killed_export_leaves_the_older_file(bench: Bench) -> None:
    older = (bench.folder / "place.zip").read_bytes()
    moments = bench.moments(carrier.export, bench.folder / "late", bench.folder / "counted.zip")
    for moment in moments:
        file = bench.folder / "out" / "place.zip"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(older)
        bench.warm.run(carrier.export, bench.folder / "late", file, death=Death(reach=moment))
        assert file.read_bytes() == older or zipfile.ZipFile(file).testzip() is None
        if moment in moments[::-AGAIN]:
            assert bench.warm.run(carrier.export, bench.folder / "late", file).over
            assert [path.name for path in file.parent.iterdir()] == ["place.zip"]
