"""How does a person at a terminal see how far long work is?"""

import sys
import time

import click

SLOW = 2.0  # seconds after which a person is told


class Progress:
    """Tells a person at a terminal how far a slow command is; says nothing in a pipe."""

    def __init__(self) -> None:
        self._began, self._shown, self._name = time.monotonic(), False, ""

    def file(self, at: int, count: int, name: str) -> None:
        """The next of several files begins."""
        self._name = f"{name} ({at + 1} of {count})" if count > 1 else name
        self._say(self._name)

    def __call__(self, rows: int, done: int, whole: int) -> None:
        """So many rows and bytes of the file at hand are done."""
        self._say(f"{self._name}: {rows:,} rows, {100 * done // max(whole, 1)} %")

    def step(self, name: str) -> None:
        """The work is at something of this name."""
        self._say(name)

    def now(self, name: str) -> None:
        """The work begins something that may be slow and cannot be asked how far it is: told at once."""
        self._say(name, at_once=True)

    def end(self) -> None:
        """The work is over."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)

    def _say(self, words: str, at_once: bool = False) -> None:
        if sys.stderr.isatty() and (at_once or time.monotonic() - self._began > SLOW):
            self._shown = True
            click.echo(f"\r\x1b[K{words}", nl=False, err=True)
