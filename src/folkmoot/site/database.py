"""Where do the tables lie: in a file of the data folder, or with PostgreSQL?

What DATABASE_URL says holds a password, and a badly written one holds it in unforeseen places. So nothing of
it is ever repeated: neither here nor in what is said about a connection that failed.
"""

from pathlib import Path
from typing import Any

import dj_database_url

from folkmoot.core.kernel.errors import Refused

SQLITE, POSTGRES = "sqlite", ("postgres", "postgresql")
EXAMPLE = "postgres://folkmoot:password@db.example/folkmoot"
MINUTE = 60
# What PostgreSQL says of a connection that failed, and the same without any name, address or password.
FAILURES = {
    "password authentication failed": "It does not take this name and password.",
    "no password supplied": "It asks for a password.",
    "does not exist": "It knows no such database, or no such user.",
    "refused": "Nothing answers at that address and port.",
    "timeout": "It does not answer.",
    "timed out": "It does not answer.",
    "resolve": "No machine of that name is known.",
    "translate host name": "No machine of that name is known.",
    "No such file": "No server has its socket in that folder.",
    "too many": "It has no connection left to give.",
    "starting up": "It is starting.",
    "invalid connection option": "The URL holds an option that PostgreSQL does not know.",
}


def tables(url: str, folder: Path) -> dict[str, Any]:
    """The database as Django is told of it: an SQLite file in the data folder where no URL is given."""
    scheme = url.split("://", 1)[0] if "://" in url else ""
    if not url:
        return _sqlite(folder / "folkmoot.sqlite3", folder)
    if scheme == SQLITE:
        return _sqlite(Path(_parsed(url)["NAME"]), folder)
    if scheme in POSTGRES:
        return _postgres(_parsed(url))
    raise Refused(
        "The setting DATABASE_URL cannot be used.",
        "It names neither PostgreSQL nor SQLite. (It may hold a password, so it is not shown here.)",
        f"Write it like {EXAMPLE}, or leave it out: the tables then lie in the data folder.",
    )


def why_not(error: BaseException) -> str:
    """Why the database could not be reached, without a word of the URL."""
    return next((words for told, words in FAILURES.items() if told in str(error)), "It could not be reached.")


def unreachable(error: BaseException, vendor: str) -> Refused:
    """What is said when the database does not answer at the start; the error is one of our own wrapper's."""
    if vendor == SQLITE:
        return Refused(
            "The database cannot be opened.",
            f"SQLite says: {error}.",
            "Look at the data folder, FOLKMOOT_DATA.",
        )
    return Refused(
        "The database named in DATABASE_URL cannot be reached.",
        str(error),
        "See that it runs and lets Folkmoot in, and look at DATABASE_URL again.",
    )


def _parsed(url: str) -> dict[str, Any]:
    try:
        parsed = dict(dj_database_url.parse(url))
    except ValueError:
        parsed = {}
    if parsed.get("NAME"):
        return parsed
    raise Refused(  # outside of the except, as the cause may hold a piece of the password
        "The setting DATABASE_URL cannot be read.",
        "It is no address, or names no database. (It may hold a password, so it is not shown here.)",
        f"Write it like {EXAMPLE}; signs such as / @ : # ? in the password as %2F %40 %3A %23 %3F.",
    )


def _sqlite(path: Path, folder: Path) -> dict[str, Any]:
    # IMMEDIATE and a long wait: with Django's defaults more than half of the writes failed under two web
    # workers and a task worker (measured; docs/decisions).
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # What is deleted is overwritten: an erased person is not to be found in the file's free space.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
            "PRAGMA cache_size=-16000;",
        },
        "TEST": {"NAME": folder / "test.sqlite3"},
    }


def _postgres(parsed: dict[str, Any]) -> dict[str, Any]:
    try:
        import psycopg  # noqa: F401, PLC0415 - an optional part, asked for only where the URL names it
    except ImportError:
        raise Refused(
            "PostgreSQL's driver is not installed.",
            "DATABASE_URL names PostgreSQL, and the driver does not come with Folkmoot by itself.",
            "Install it: pip install 'folkmoot[postgres]'.",
        ) from None
    own = {
        "connect_timeout": 10,
        "application_name": "folkmoot",
        "options": "-c lock_timeout=20s",  # as long as a writer waits for another with SQLite
    }
    # A connection is kept for a minute and asked whether it still lives, so that a server that was started
    # anew is found again by the next page.
    return parsed | {
        "ENGINE": "folkmoot.site.postgres",
        "CONN_MAX_AGE": MINUTE,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": own | parsed.get("OPTIONS", {}),
    }
