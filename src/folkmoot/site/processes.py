"""Which processes is a running Folkmoot, and how do they start and end together?"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import django
from django.core.management import call_command

GRACE_SECONDS = 15
MOST_QUIET = 0.2


def prepare() -> None:
    """Tables and static files are brought up to date before anybody is let in."""
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def commands(host: str, port: int) -> dict[str, list[str]]:
    """Two web workers, a worker for long tasks, and a tick each minute."""
    python = [sys.executable, "-m"]
    web = [*python, "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "2"]
    return {
        "web": [
            *web,
            "--blocking-threads",
            "4",
            "--no-ws",
            "--log-level",
            "warning",
            "folkmoot.site.wsgi:application",
        ],
        "worker": [*python, "django", "db_worker", "--no-startup-delay", "--interval", "0.5", "-v", "0"],
        "tick": [*python, "folkmoot.site.tick"],
    }


@dataclass
class Household:
    """Processes that live and end together: when one ends by itself, all do."""

    environment: Mapping[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    asked_to_end: bool = False

    def start(self, wanted: Mapping[str, list[str]]) -> None:
        """Starts each process; SIGTERM and Ctrl-C from now on end them all."""
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self._ask_to_end)
        for name, command in wanted.items():
            # Own sessions: a Ctrl-C at the terminal reaches us alone, and we end them in order.
            self.running[name] = subprocess.Popen(  # noqa: S603 - our own commands, no shell
                command, env=dict(self.environment), start_new_session=True, preexec_fn=_end_with_parent()
            )

    def watch(self) -> str:
        """The name of the process that ended by itself, or nothing once we were asked to end."""
        while not self.asked_to_end:
            for name, process in self.running.items():
                if process.poll() is not None:
                    return name
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
