"""Which processes is a running Folkmoot, and how do they start and end together?"""

import contextlib
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from folkmoot.site import database

GRACE_SECONDS = 15
END = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)  # a service manager, Ctrl-C, a terminal that was closed
WEB_LOG = Path(__file__).with_name("web-log.json")
MOST_QUIET = 0.2
STEADY_SECONDS = 10.0  # what ends sooner than this would end again: a port in use, a setting that is wrong
logger = logging.getLogger(__name__)


def prepare() -> None:
    """Tables and static files are brought up to date before anybody is let in."""
    # Also where the folder is open to others on the machine, what is written into it is not.
    os.umask(0o077)
    django.setup()
    _finish_restore()
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise database.unreachable(error, connection.vendor) from error
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    connection.close()  # nothing is asked by this process any more


def _finish_restore() -> None:
    """A restore that was killed at its end is finished before anybody is let in."""
    from folkmoot.site.carrying import restoring  # noqa: PLC0415 - Django is set up first

    restoring.finish_left()


def commands(host: str, port: int) -> dict[str, list[str]]:
    """The web workers, a worker for long tasks, and a tick each minute."""
    python = [sys.executable, "-m"]
    web = [*python, "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    web += ["--workers", str(settings.FOLKMOOT_WORKERS), "--blocking-threads", "4", "--no-ws"]
    web += ["--respawn-failed-workers", "--log-level", "warning", "--log-config", str(WEB_LOG)]
    return {
        "web": [*web, "folkmoot.site.wsgi:application"],
        "worker": [*python, "folkmoot.site.worker"],
        "tick": [*python, "folkmoot.site.tick"],
    }


@dataclass
class Household:
    """Processes that live and end together: one that ran well and was killed is started again, so that a
    worker out of memory takes no page down; when one ends as soon as it began, all do."""

    environment: Mapping[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    asked_to_end: bool = False
    steady_seconds: float = STEADY_SECONDS
    wanted: dict[str, list[str]] = field(default_factory=dict)
    began: dict[str, float] = field(default_factory=dict)

    def start(self, wanted: Mapping[str, list[str]]) -> None:
        """Starts each process; SIGTERM, Ctrl-C and SIGHUP from now on end them all."""
        for signum in END:
            signal.signal(signum, self._ask_to_end)
        self.wanted = dict(wanted)
        for name in wanted:
            self._start(name)

    def watch(self) -> str:
        """The name of the process that cannot be kept running, or nothing once we were asked to end."""
        while not self.asked_to_end:
            for name, process in list(self.running.items()):
                if process.poll() is not None:
                    if time.monotonic() - self.began[name] < self.steady_seconds:
                        return name
                    self._start_again(name)
            time.sleep(MOST_QUIET)
        return ""

    def end(self) -> None:
        """Asks each to end, waits, and ends by force what has not."""
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in self.running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _start(self, name: str) -> None:
        # Own sessions: a Ctrl-C at the terminal reaches us alone, and we end them in order.
        self.running[name] = subprocess.Popen(  # noqa: S603 - our own commands, no shell
            self.wanted[name],
            env=dict(self.environment),
            start_new_session=True,
            preexec_fn=_end_with_parent(),
        )
        self.began[name] = time.monotonic()
        logger.info("the %s process is %s", name, self.running[name].pid)

    def _start_again(self, name: str) -> None:
        logger.error("the %s process ended by itself; it is started again", name)
        # Its own children may still hold the port.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.running[name].pid, signal.SIGKILL)
        self._start(name)

    def _ask_to_end(self, signum: int, frame: object) -> None:
        self.asked_to_end = True


def _end_with_parent() -> Callable[[], None] | None:
    """On Linux a child is told when we are killed outright, so that no half of a Folkmoot lives on."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes  # noqa: PLC0415 - not there on every platform

    prctl = ctypes.CDLL(None, use_errno=True).prctl
    death_signal = 1  # PR_SET_PDEATHSIG, from linux/prctl.h
    return lambda: prctl(death_signal, signal.SIGTERM)
