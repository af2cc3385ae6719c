"""How is a database copied while others write into it, and put back while they read?

SQLite copies itself by its own backup interface, in one step. To put it back, the pages are poured in through
the same interface: one transaction, which every process sees at its next request. Where what lies there is no
database any more, its file is written over, while a lock keeps every process from looking.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connections

from folkmoot.core.kernel.errors import Refused
from folkmoot.site.carrying.packing import sync

SQLITE, POSTGRES = "sqlite", "postgresql"
WAIT_SECONDS = 60.0
# Where SQLite keeps its locks on a file (its file format): a pending byte, a reserved one, 510 shared ones.
LOCKS_AT, LOCKS = 0x40000000, 512
BESIDE = ("-wal", "-shm", "-journal")


def kind_here() -> str:
    """Which database this install has."""
    return SQLITE if "sqlite" in settings.DATABASES["default"]["ENGINE"] else POSTGRES


def sqlite_path() -> Path:
    """Where the SQLite file lies, also while tests use one of their own."""
    return Path(connections["default"].settings_dict["NAME"])


def copy_out(path: Path) -> None:
    """A copy of the whole database as it stands at one moment. Refused when it is not sound."""
    if kind_here() == POSTGRES:
        _dump(path)
        return
    if not sqlite_path().exists():
        raise Refused(
            "There is no database here yet.", f"{sqlite_path()} is missing.", "Run “folkmoot serve” first."
        )
    try:
        with closing(_opened(sqlite_path())) as source, closing(_opened(path)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise _unsound(sqlite_path()) from error
    check_sqlite(path)


def check_sqlite(path: Path) -> None:
    """Refused unless SQLite finds the file whole, and every link in it leading somewhere."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)) as database:
            found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
            loose = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as error:
        raise _unsound(path) from error
    if found != "ok" or loose:
        raise _unsound(path)


def put_back(path: Path) -> None:
    """The database is from now on the one that was copied. Done twice, it is as if it were done once."""
    if kind_here() == POSTGRES:
        _postgres(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            "--exit-on-error",
            str(path),
        )
        return
    here = sqlite_path()
    connections.close_all()
    here.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        _pour(path, here)
        check_live(here)
    except (sqlite3.Error, Refused):
        _write_over(path, here)
        check_live(here)


def keep_aside(folder: Path) -> None:
    """What is here now, whatever state it is in, is kept in a folder."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if kind_here() == POSTGRES:
        _dump(folder / "database.pgdump")
        return
    here = sqlite_path()
    for name in ("", *BESIDE):
        if (lying := here.with_name(here.name + name)).exists():
            shutil.copy2(lying, folder / lying.name)


def holds_something() -> bool:
    """Whether there is a partnership here, or something that cannot be read."""
    if kind_here() == SQLITE:
        if not sqlite_path().exists() or not sqlite_path().stat().st_size:
            return False
        with suppress(sqlite3.Error), closing(_opened(sqlite_path())) as database:
            tables = {
                row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            if "places_partnership" not in tables:
                return False
            return bool(database.execute("SELECT 1 FROM places_partnership LIMIT 1").fetchone())
        return True
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('places_partnership')")
        if cursor.fetchone()[0] is None:
            return False
        cursor.execute("SELECT 1 FROM places_partnership LIMIT 1")
        return cursor.fetchone() is not None


def check_live(path: Path) -> None:
    """Refused unless the database in use is whole, read as any process reads it."""
    with closing(_opened(path)) as database:
        if database.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise _unsound(path)


def _pour(source: Path, here: Path) -> None:
    """Every page in one transaction; whoever reads meanwhile sees all of the old or all of the new."""
    if not here.exists() or here.stat().st_size == 0:
        raise sqlite3.DatabaseError("nothing to pour into")
    with closing(_opened(source)) as new, closing(_opened(here)) as old:
        # Asked first, so that a file that is no database is told before a page is written.
        old.execute("SELECT count(*) FROM sqlite_master").fetchone()
        old.execute("PRAGMA journal_mode=WAL")
        new.backup(old)
        old.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _write_over(source: Path, here: Path) -> None:
    """The file's bytes are replaced where it lies: processes that wait for it must find the new in it."""
    with _nobody_looking(here) as handle:
        for name in BESIDE:
            here.with_name(here.name + name).unlink(missing_ok=True)
        with source.open("rb") as new:
            os.lseek(handle, 0, os.SEEK_SET)
            os.truncate(handle, 0)
            while piece := new.read(1 << 20):
                os.write(handle, piece)
        os.fsync(handle)
    sync(here.parent)


@contextmanager
def _nobody_looking(path: Path) -> Iterator[int]:
    """The file, made where it is missing, locked as SQLite itself locks it against all others."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, LOCKS, LOCKS_AT)
                break
            except OSError as error:
                if time.monotonic() > deadline:
                    raise Refused(
                        "The database could not be put back.",
                        "A process still has it open.",
                        "End “folkmoot serve”, and start it again: it finishes the restore by itself.",
                    ) from error
                time.sleep(0.1)
        yield handle
    finally:
        os.close(handle)


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=20, isolation_level=None)


def _unsound(path: Path) -> Refused:
    return Refused(
        f"The database {path.name} is damaged.",
        "SQLite does not find it whole.",
        "Restore it from a backup that is.",
    )


def _dump(path: Path) -> None:
    _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={path}")


def _variables() -> dict[str, str]:
    """Where the database is, as PostgreSQL's programs are told in the environment."""
    here = connections["default"].settings_dict
    said = {"DATABASE": here["NAME"], **{name: here[name] for name in ("HOST", "PORT", "USER", "PASSWORD")}}
    more = ("host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey")
    said |= {name.upper(): here["OPTIONS"][name] for name in more if name in here["OPTIONS"]}
    return {f"PG{name}": str(value) for name, value in said.items() if value}


def _postgres(command: str, *words: str) -> None:
    """One of PostgreSQL's own programs, told by its variables where the database is: never on the line."""
    program = shutil.which(command)
    if program is None:
        raise Refused(
            f"The program {command} was not found.",
            "Backups of PostgreSQL are made and put back by its own programs.",
            "Install PostgreSQL's client programs, of the server's version or later.",
        )
    own = _variables()
    # pg_restore wants the database by name; the rest comes from the variables.
    words = (f"--dbname={own['PGDATABASE']}", *words) if command == "pg_restore" else words
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL's, no shell
        [program, *words], env=os.environ | own, capture_output=True, text=True, check=False
    )
    if done.returncode:
        told_last = (done.stderr.strip().splitlines() or ["It did not say why."])[0]
        raise Refused(f"{command} did not succeed.", told_last, "See that the server runs, and try again.")
