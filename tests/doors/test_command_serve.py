"""Do the commands that run Folkmoot say what is wrong, and leave alone what is not theirs?"""

import os
import socket
import sqlite3
import subprocess
from pathlib import Path

import pytest

from serving import FOLKMOOT

CONVENOR = [
    "convenor",
    "ada@marram.example",
    "--name",
    "Ada",
    "--partnership",
    "Our Town",
    "--place",
    "Our Town",
]


def run(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    ours = ("FOLKMOOT_", "DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [FOLKMOOT, *words], env=environment | settings, capture_output=True, text=True, timeout=60
    )


def told(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """It could not be done, and says so without a traceback."""
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        told(run("serve", "--port", port, FOLKMOOT_DATA=str(tmp_path)), f"port {port}", "--port")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("FOLKMOOT_CLOCK", "yesterday"),
        ("FOLKMOOT_CLOCK", "2026-11-16T09:00"),
        ("FOLKMOOT_DEMO", "perhaps"),
        ("FOLKMOOT_WORKERS", "0"),
        ("FOLKMOOT_LOG_LEVEL", "DEBUG"),
        ("FOLKMOOT_PROXIES", "-1"),
        ("FOLKMOOT_UPLOAD_MB", "much"),
    ],
)
def test_a_setting_that_cannot_be_read(tmp_path: Path, setting: str, value: str) -> None:
    done = run(*CONVENOR, "--slug", "our-town", FOLKMOOT_DATA=str(tmp_path), **{setting: value})
    told(done, setting, value)


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("mysql://folk:hidden-word@db.example/folkmoot", "neither PostgreSQL nor SQLite"),
        ("hidden-word", "neither PostgreSQL nor SQLite"),
        ("postgres://folk:hidden-word/rest@db.example/folkmoot", "DATABASE_URL cannot be read"),
        ("postgres://folk:1?hidden-word=x@db.example/folkmoot", "DATABASE_URL cannot be read"),
        ("postgres://folk@127.0.0.1:9/folkmoot?hidden-word=x", "an option that PostgreSQL does not know"),
        ("postgres://folk:hidden-word@127.0.0.1:9/folkmoot", "Nothing answers"),
        ("postgres://folk:hidden-word@/folkmoot?host=/nowhere/at/all", "No server has its socket"),
        ("postgres://folk:1%00hidden-word@127.0.0.1:9/folkmoot", "DATABASE_URL"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_without_its_password(
    tmp_path: Path, url: str, word: str
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    done = run("serve", "--port", port, FOLKMOOT_DATA=str(tmp_path), DATABASE_URL=url)
    told(done, word, "DATABASE_URL")
    assert "hidden-word" not in done.stderr + done.stdout


def test_a_database_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "folkmoot.sqlite3").write_text("a letter to nobody " * 100)
    told(
        run(*CONVENOR, "--slug", "our-town", FOLKMOOT_DATA=str(tmp_path)), "cannot be opened", "FOLKMOOT_DATA"
    )


def test_a_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = run(*CONVENOR, "--slug", "our-town", FOLKMOOT_DATA=str(tmp_path / "file" / "data"))
    told(done, "data folder", "FOLKMOOT_DATA")


def test_a_demonstration_leaves_another_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("kept")
    told(run("demo", "--no-serve", FOLKMOOT_DATA=str(tmp_path)), "something else")
    assert [path.name for path in tmp_path.iterdir()] == ["precious"]


def test_the_first_convenor_and_a_second(tmp_path: Path) -> None:
    for command in (CONVENOR, ["convenor", "ben@marram.example", *CONVENOR[2:]]):
        done = run(*command, "--slug", "our-town", FOLKMOOT_DATA=str(tmp_path))
        assert done.returncode == 0, done.stderr
    with sqlite3.connect(tmp_path / "folkmoot.sqlite3") as database:
        held = database.execute("SELECT role, count(*) FROM places_membership GROUP BY role").fetchall()
        assert held == [("convenor", 2)]
        assert database.execute("SELECT count(*) FROM places_partnership").fetchone() == (1,)
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_an_address_that_the_site_keeps_for_itself(tmp_path: Path) -> None:
    told(run(*CONVENOR, "--slug", "guide", FOLKMOOT_DATA=str(tmp_path)), "guide")
