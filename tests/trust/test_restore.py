"""Is everything as before once a backup was put back, while the server runs, whatever had become of it?"""

import os
import shutil
import sqlite3
import subprocess
import time
import urllib.error
from contextlib import closing, suppress
from pathlib import Path

import pytest

from folkmoot.cli.demo import ENDS_AT
from folkmoot.demo import cast
from folkmoot.demo.scenes import HELD_BACK
from folkmoot.demo.story import FILES
from serving import FOLKMOOT, Server, visitor

SLUG = cast.MARRAM.slug
PAGES = (f"/{SLUG}/", f"/{SLUG}/spend/", f"/{SLUG}/network/", f"/{SLUG}/spend/payees/")


def folkmoot(data: Path, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """A command on a data folder, in a process of its own."""
    own = {"FOLKMOOT_DATA": str(data), "FOLKMOOT_CLOCK": ENDS_AT, "FOLKMOOT_DEMO": "1"}
    done = subprocess.run(
        [FOLKMOOT, *words], env=os.environ | own, capture_output=True, text=True, timeout=120
    )
    assert not check or done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done


def figures(server: Server) -> list[str]:
    """What the pages show to a visitor who signs in anew, but for the tokens of their forms."""
    somebody = visitor(server, cast.CONVENOR.email)
    return [line for page in PAGES for line in somebody(page).splitlines() if "csrf" not in line]


def delete_rows(data: Path) -> None:
    """What a slip of the hand does."""
    with closing(sqlite3.connect(data / "folkmoot.sqlite3", timeout=20)) as database:
        for table in ("network_stance", "places_membership", "spend_upload", "places_diaryline"):
            database.execute(f"DELETE FROM {table}")
        database.commit()


def write_garbage(data: Path) -> None:
    """What a broken disk does."""
    with (data / "folkmoot.sqlite3").open("r+b") as file:
        file.write(os.urandom(200_000))


def cut_short(data: Path) -> None:
    """What a full disk does."""
    os.truncate(data / "folkmoot.sqlite3", 0)


def delete_all(data: Path) -> None:
    """What rm does."""
    for path in data.glob("folkmoot.sqlite3*"):
        path.unlink()
    shutil.rmtree(data / "ledgers")


def knock(server: Server) -> None:
    """Somebody asks for a page meanwhile, and gets an answer of whatever kind."""
    with suppress(urllib.error.URLError, OSError, AssertionError):
        visitor(server, cast.CONVENOR.email)(PAGES[0])


def read_a_file(server: Server) -> None:
    """The task worker still reads what is uploaded."""
    somebody = visitor(server, cast.CONVENOR.email)
    with closing(sqlite3.connect(server.data / "folkmoot.sqlite3", timeout=20)) as database:
        named = "SELECT id FROM places_organisation WHERE name = 'Pennant Shore Homes'"
        anchor = database.execute(named).fetchone()[0]
    files = f"/{SLUG}/spend/files/"
    somebody(f"{files}new/")
    _, led_to = somebody.upload(f"{files}new/", FILES / HELD_BACK, anchor=anchor)
    upload = led_to.removesuffix("/check/").rsplit("/", 1)[-1]
    assert somebody.send(f"{files}{upload}/read/")[0] == 200
    until = time.monotonic() + 60
    while "Undo this file" not in somebody(f"{files}{upload}/"):
        assert time.monotonic() < until, "the file was not read"
        time.sleep(0.1)


@pytest.mark.slow
def test_backup_wreck_and_restore_with_the_server_running(own_server: Server, tmp_path: Path) -> None:
    data, file = own_server.data, tmp_path / "kept.zip"
    before = figures(own_server)
    folkmoot(data, "backup", str(file))
    assert folkmoot(data, "restore", str(file), check=False).returncode == 1  # nobody agreed
    for wreck in (delete_rows, write_garbage, cut_short, delete_all):
        wreck(data)
        knock(own_server)
        folkmoot(data, "restore", "--over", str(file))
        assert figures(own_server) == before, wreck.__name__
        assert folkmoot(data, "verify", str(file), "--against-here").returncode == 0
    read_a_file(own_server)
    assert len(list(data.glob("before-restore-*"))) == 4
    assert figures(own_server) != before
    folkmoot(data, "verify")
