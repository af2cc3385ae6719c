"""Does Folkmoot live on when one of its processes is killed, and is the machine closed to others?"""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from folkmoot.core.kernel.errors import Refused
from folkmoot.demo.tell import _tell_in_fresh
from folkmoot.site.processes import Household

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def no_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own signals stay as they are."""
    monkeypatch.setattr("folkmoot.site.processes.signal.signal", lambda *of: None)


def _until(true: object, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.usefixtures("no_signals")
def test_a_process_that_is_killed_is_started_again() -> None:
    household = Household(os.environ, steady_seconds=0.5)
    household.start({"worker": SLEEPER, "tick": SLEEPER})
    watching = threading.Thread(target=household.watch)
    watching.start()
    first = household.running["worker"]
    try:
        time.sleep(0.6)
        os.kill(first.pid, signal.SIGKILL)
        assert _until(lambda: household.running["worker"] is not first)
        assert household.running["worker"].poll() is None
        assert watching.is_alive()
    finally:
        household.asked_to_end = True
        watching.join(5)
        household.end()
    assert all(process.poll() is not None for process in household.running.values())


@pytest.mark.usefixtures("no_signals")
def test_a_process_that_cannot_live_ends_all() -> None:
    household = Household(os.environ)
    household.start({"web": [sys.executable, "-c", "raise SystemExit(3)"], "tick": SLEEPER})
    assert household.watch() == "web"
    household.end()
    assert household.running["tick"].poll() is not None


def test_40_what_lies_in_the_data_folder_is_closed_to_others(tmp_path: Path) -> None:
    folder = tmp_path / "fresh"
    code = "from folkmoot.site.processes import prepare; prepare()"
    settings = {"FOLKMOOT_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "folkmoot.site.settings"}
    subprocess.run([sys.executable, "-c", code], env=os.environ | settings, check=True, timeout=60)
    for path in (folder, folder / "secret-key", folder / "folkmoot.sqlite3"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_demonstration_never_deletes_real_work(tmp_path: Path) -> None:
    (tmp_path / "told").write_text("an older story")
    with sqlite3.connect(tmp_path / "folkmoot.sqlite3") as database:
        database.execute("CREATE TABLE places_partnership (slug TEXT)")
        database.execute("INSERT INTO places_partnership VALUES ('marram-bay'), ('our-town')")
    database.close()
    with pytest.raises(Refused, match="our-town"):
        _tell_in_fresh(tmp_path)
    assert (tmp_path / "folkmoot.sqlite3").exists()
