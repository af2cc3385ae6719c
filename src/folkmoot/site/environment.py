"""Which settings does the environment carry, and what does each mean?"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from folkmoot.core.kernel.errors import Refused

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, what it is by default, what it does. The guide lists these."""

    name: str
    default: str
    meaning: str
    secret: bool = False

    def text(self) -> str:
        """The value as it stands."""
        return os.environ.get(self.name, self.default)

    def flag(self) -> bool:
        """1 or 0."""
        return self._read(lambda text: {"1": True, "0": False, "": False}[text], "1 or 0")

    def number(self, least: int = 0, most: int = 65_535) -> int:
        """A whole number from one to another."""
        number = self._read(int, "a whole number")
        if not least <= number <= most:
            raise self._refusal(f"a whole number from {least} to {most}")
        return number

    def one_of(self, *words: str) -> str:
        """One of these words, in the capitals that they have here."""
        known = {word.casefold(): word for word in words}
        return self._read(lambda text: known[text.strip().casefold()], f"one of {', '.join(words)}")

    def names(self) -> list[str]:
        """A list with commas."""
        return [name.strip() for name in self.text().split(",") if name.strip()]

    def folder(self) -> Path:
        """A folder, made absolute."""
        return Path(self.text()).expanduser().resolve()

    def moment(self) -> datetime | None:
        """A moment that names its zone, or none."""
        if not self.text():
            return None
        moment = self._read(datetime.fromisoformat, "a time such as 2026-11-16T09:00+00:00")
        if moment.tzinfo is None:
            raise self._refusal("a time that names its zone, such as 2026-11-16T09:00+00:00")
        return moment

    def _read(self, reader: Callable[[str], Value], wanted: str) -> Value:
        try:
            return reader(self.text())
        except (ValueError, KeyError) as error:
            raise self._refusal(wanted) from error

    def _refusal(self, wanted: str) -> Refused:
        said = f"It says “{self.text()}”."
        if self.secret:
            said = "It may hold a password, so it is not shown here."
        return Refused(f"The setting {self.name} cannot be read.", said, f"Give it {wanted}.")


DATA = Setting(
    "FOLKMOOT_DATA", "var", "The folder that holds the database, ledgers, originals and the secret key."
)
DATABASE_URL = Setting(
    "DATABASE_URL",
    "",
    "Where PostgreSQL keeps the tables, such as postgres://folkmoot:password@db.example/folkmoot. "
    "Empty: in an SQLite file in the data folder.",
    secret=True,
)
OPEN_DATA = Setting(
    "FOLKMOOT_OPEN_DATA", "", "The folder of open data that tests and benchmarks read, if there is one."
)
HOSTS = Setting(
    "FOLKMOOT_HOSTS",
    "localhost,127.0.0.1,[::1]",
    "The names under which this server is reached, with commas.",
)
ORIGINS = Setting(
    "FOLKMOOT_ORIGINS", "", "Full origins behind a proxy, such as https://folkmoot.example, with commas."
)
HTTPS = Setting(
    "FOLKMOOT_HTTPS",
    "0",
    "1 where a proxy speaks HTTPS: cookies become secure and browsers are told to stay on HTTPS.",
)
PROXIES = Setting(
    "FOLKMOOT_PROXIES",
    "0",
    "How many proxies of your own stand in front and add to X-Forwarded-For. With 0 the header is not "
    "believed, and behind a proxy all visitors share one limit of sign-in codes.",
)
WORKERS = Setting("FOLKMOOT_WORKERS", "2", "How many web processes answer; each does four things at once.")
LOG_LEVEL = Setting(
    "FOLKMOOT_LOG_LEVEL", "WARNING", "What is written to stderr: ERROR, WARNING or INFO, and all above it."
)
DEMO = Setting(
    "FOLKMOOT_DEMO",
    "0",
    "1 shows the demonstration's banner, sign-in links and outgoing mail. Never for real work.",
)
CLOCK = Setting("FOLKMOOT_CLOCK", "", "A moment at which the clock stands still, for demonstrations.")
MAIL_HOST = Setting(
    "FOLKMOOT_MAIL_HOST", "", "The mail server. Empty: mail is written to files in the data folder."
)
MAIL_PORT = Setting("FOLKMOOT_MAIL_PORT", "587", "The mail server's port.")
MAIL_USER = Setting("FOLKMOOT_MAIL_USER", "", "The account at the mail server.")
MAIL_PASSWORD = Setting("FOLKMOOT_MAIL_PASSWORD", "", "Its password.", secret=True)
MAIL_SECURITY = Setting(
    "FOLKMOOT_MAIL_SECURITY",
    "starttls",
    "How the mail server is spoken to: starttls (port 587), tls (port 465), or none within one machine.",
)
MAIL_FROM = Setting("FOLKMOOT_MAIL_FROM", "folkmoot@localhost", "The address that mail comes from.")
UPLOAD_MB = Setting("FOLKMOOT_UPLOAD_MB", "100", "The largest file that may be uploaded, in megabytes.")

SETTINGS = (
    DATA, DATABASE_URL, OPEN_DATA, HOSTS, ORIGINS, HTTPS, PROXIES, WORKERS, LOG_LEVEL, DEMO, CLOCK,
    MAIL_HOST, MAIL_PORT, MAIL_SECURITY, MAIL_USER, MAIL_PASSWORD, MAIL_FROM, UPLOAD_MB,
)  # fmt: skip
