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

    def text(self) -> str:
        """The value as it stands."""
        return os.environ.get(self.name, self.default)

    def flag(self) -> bool:
        """1 or 0."""
        return self._read(lambda text: {"1": True, "0": False, "": False}[text], "1 or 0")

    def number(self) -> int:
        """A whole number."""
        return self._read(int, "a whole number")

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
        return Refused(
            f"The setting {self.name} cannot be read.", f"It says “{self.text()}”.", f"Give it {wanted}."
        )


DATA = Setting(
    "FOLKMOOT_DATA", "var", "The folder that holds the database, ledgers, originals and the secret key."
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
MAIL_PASSWORD = Setting("FOLKMOOT_MAIL_PASSWORD", "", "Its password.")
MAIL_FROM = Setting("FOLKMOOT_MAIL_FROM", "folkmoot@localhost", "The address that mail comes from.")
UPLOAD_MB = Setting("FOLKMOOT_UPLOAD_MB", "100", "The largest file that may be uploaded, in megabytes.")

SETTINGS = (
    DATA, OPEN_DATA, HOSTS, ORIGINS, HTTPS, DEMO, CLOCK,
    MAIL_HOST, MAIL_PORT, MAIL_USER, MAIL_PASSWORD, MAIL_FROM, UPLOAD_MB,
)  # fmt: skip
