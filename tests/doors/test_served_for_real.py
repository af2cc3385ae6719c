"""Does `folkmoot serve` run as a service: kept up, ended in order, and silent about people?"""

import os
import signal
import sqlite3
import subprocess
import time
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from folkmoot.demo import cast
from folkmoot.site.processes import STEADY_SECONDS
from serving import POSTGRES, Server, Visitor, asked, start_server, stop_server, visitor

pytestmark = pytest.mark.slow
PEOPLE = f"/{cast.MARRAM.slug}/network/people/"
HOSTILE = "Jo-Hostile-%3Cscript%3E"
SEARCHED = "Wilhelmina-Searched-For"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server's log goes."""
    return tmp_path_factory.mktemp("log") / "written"


@pytest.fixture(scope="module")
def served(told: Path, tmp_path_factory: pytest.TempPathFactory, log: Path) -> Iterator[Server]:
    """One server for all that follows, as each takes seconds to start; the last test ends it."""
    with log.open("wb") as stderr:
        running = start_server(
            told, tmp_path_factory.mktemp("real") / "marram", stderr, FOLKMOOT_LOG_LEVEL="INFO"
        )
    yield running
    if running.process.poll() is None:
        stop_server(running)


def until(true: Callable[[], object], seconds: float = 30) -> bool:
    """Whether it comes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.1)
    return False


def status(somebody: Visitor, path: str) -> int:
    """How an address is answered."""
    try:
        somebody(path)
    except urllib.error.HTTPError as error:
        return error.code
    return 200


def children(pid: int) -> dict[int, str]:
    """The processes below one, with what each is."""
    everything = ["ps", "-eo", "pid=,ppid=,args="]
    told = subprocess.run(everything, capture_output=True, text=True, check=True)
    lines = [line.split(None, 2) for line in told.stdout.splitlines()]
    own = {int(line[0]): line[2] for line in lines if int(line[1]) == pid}
    return own | {key: held for child in own for key, held in children(child).items()}


def spoil(server: Server) -> None:
    """A table is gone, so that a page fails."""
    question = "ALTER TABLE network_ask RENAME TO gone"
    if server.database:
        asked(server.database, question)
    else:
        with closing(sqlite3.connect(server.data / "folkmoot.sqlite3", timeout=20)) as database:
            database.execute(question)


def test_a_killed_process_is_started_again(served: Server, log: Path) -> None:
    def working() -> list[int]:
        return [pid for pid, what in children(served.process.pid).items() if "folkmoot.site.worker" in what]

    time.sleep(STEADY_SECONDS)  # what ends sooner after its start would end again
    (worker,) = working()
    os.kill(worker, signal.SIGKILL)
    assert until(lambda: working() and working() != [worker])
    assert status(visitor(served, cast.CONVENOR.email), PEOPLE) == 200
    assert "the worker process ended by itself; it is started again" in log.read_text()


@pytest.mark.skipif(not POSTGRES, reason="about a database that goes away: tests/postgres/ad-hoc makes one")
def test_pages_come_back_with_the_database(served: Server) -> None:
    somebody = visitor(served, cast.CONVENOR.email)
    assert status(somebody, PEOPLE) == 200
    own = "datname = current_database() AND pid != pg_backend_pid()"
    ended = asked(served.database, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {own}")
    assert len(ended) >= 2, "of a web worker and the task worker at least"
    assert status(somebody, PEOPLE) == 200
    assert served.process.poll() is None


def test_what_is_written_names_nobody(served: Server, log: Path) -> None:
    somebody, email = Visitor(served), cast.CONVENOR.email
    somebody("/sign-in/")
    assert somebody.send("/sign-in/", email=email)[0] == 200
    code = served.newest_code()
    somebody.send("/sign-in/code/", code="WRONGX")
    assert somebody.send("/sign-in/code/", code=code)[0] == 200
    assert cast.CONVENOR.name in somebody(PEOPLE)
    assert status(somebody, f"{PEOPLE}?text={SEARCHED}") == 200
    assert status(somebody, f"/{HOSTILE}/{email}/?q={SEARCHED}") == 404
    assert somebody.send("/sign-out/", csrfmiddlewaretoken="forged")[0] in (200, 403)
    spoil(served)
    assert status(visitor(served, email), f"/{cast.MARRAM.slug}/network/asks/?text={SEARCHED}") == 500
    written = log.read_text()
    for line in ("404 GET an address that leads nowhere", "500 GET /<slug:partnership>/network/asks/"):
        assert line in written
    assert "django.db.utils." in written, "the class of the error and its way are told"
    for never in (email, cast.CONVENOR.name, code, "Hostile", "Searched", "forged", "network_ask"):
        assert never not in written, never


def test_all_end_in_order(served: Server) -> None:
    below = children(served.process.pid)
    assert len(below) >= 5, "two web workers with their parent, the task worker and the tick"
    served.process.send_signal(signal.SIGHUP)
    assert served.process.wait(timeout=30) == 0
    assert not any(Path(f"/proc/{pid}/cmdline").exists() for pid in below)
