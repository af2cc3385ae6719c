"""How is a process killed at a chosen moment, a hundred times over?

One process has everything loaded and does nothing but fork: a child costs a few milliseconds instead of
the second or more that a fresh Python needs. All that may be killed happens in children.
"""

import gc
import os
import pickle
import resource
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from io import IOBase
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType
from typing import Any

import django

# Built-in calls that change a file, a lock or the database: between two of them nothing changes outside the
# process. `__exit__` is how `with` closes a file.
ON_DISK = {"open", "write", "flush", "fsync", "close", "__exit__", "replace", "rename", "unlink", "remove",
           "mkdir", "flock", "utime", "truncate"}  # fmt: skip
IN_DATABASE = {"execute", "executemany", "commit", "rollback"}


@dataclass(frozen=True)
class Death:
    """When a process dies: so many seconds after it began, before its n-th reach outside (1 is the first),
    or when a file of it would grow beyond so many bytes."""

    seconds: float | None = None
    reach: int | None = None
    size: int | None = None


LIFE = Death()
COUNTED = Death(reach=0)  # it lives, and its reaches outside are counted


@dataclass(frozen=True)
class Fate:
    """What became of a process: which signal ended it (0: none), whether its act was over by then, how long
    that took, what it answered, and where counted, how it reached outside."""

    killed_by: int
    over: bool = False
    seconds: float = 0.0
    answer: Any = None
    reaches: tuple[str, ...] = ()


class Warm:
    """The process that forks. `prepare` is done in it once, before anything else."""

    def __init__(self, prepare: Callable[..., Any], *args: object) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, prepare, args), daemon=True)
        self._process.start()
        theirs.close()

    def run(self, act: Callable[..., Any], *args: object, death: Death = LIFE) -> Fate:
        """The act in a child of its own, which dies as told. An act that fails by itself fails the test."""
        fate = self._ask(act, args, death)
        assert fate.killed_by or death.seconds is None
        return fate

    def do(self, act: Callable[..., Any], *args: object) -> Any:
        """The act in the warm process itself: what it loads is then ready for all children."""
        return self._ask(act, args, None).answer

    def _ask(self, act: Callable[..., Any], args: tuple[object, ...], death: Death | None) -> Fate:
        self._pipe.send((act, args, death))
        fate: Fate = self._pipe.recv()
        if isinstance(fate.answer, _Failed):
            raise AssertionError(fate.answer.told)
        return fate

    def close(self) -> None:
        """Nothing more is to be done."""
        self._pipe.close()
        self._process.join(10)


def with_django(data: Path) -> None:
    """Makes a process ready for the rooms, before it imports them; no database is opened."""
    os.environ |= {"FOLKMOOT_DATA": str(data), "DJANGO_SETTINGS_MODULE": "folkmoot.site.settings"}
    django.setup()


@dataclass(frozen=True)
class _Failed:
    told: str


def _serve(pipe: Connection, prepare: Callable[..., Any], args: tuple[object, ...]) -> None:
    prepare(*args)
    while True:
        try:
            act, args, death = pipe.recv()
        except EOFError:
            return
        pipe.send(Fate(0, True, answer=_answer(act, args)) if death is None else _fork(act, args, death))


def _fork(act: Callable[..., Any], args: tuple[object, ...], death: Death) -> Fate:
    heard, told = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(heard)
        _live(act, args, death, told)
    os.close(told)
    with os.fdopen(heard, "rb") as pipe:
        pipe.read(1)  # it has begun
        if death.seconds is not None:
            time.sleep(death.seconds)
            os.kill(child, signal.SIGKILL)
        last_words = pipe.read()
    _, status = os.waitpid(child, 0)
    killed_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
    try:
        seconds, answer, reaches = pickle.loads(last_words)
    except (EOFError, pickle.UnpicklingError):
        return Fate(killed_by)
    return Fate(killed_by, True, seconds, answer, reaches)


def _live(act: Callable[..., Any], args: tuple[object, ...], death: Death, told: int) -> None:
    """The child's whole life; it never returns."""
    _limit(death)
    reaches: list[str] = []
    os.write(told, b".")
    began = time.monotonic()
    if death.reach is not None:
        gc.disable()  # it would close a forgotten file at a moment of its own, and the count would differ
        sys.setprofile(_counting(reaches, death.reach))
    answer = _answer(act, args)
    sys.setprofile(None)
    os.write(told, pickle.dumps((time.monotonic() - began, answer, tuple(reaches))))
    while death.seconds is not None:
        signal.pause()
    os._exit(0)


def _answer(act: Callable[..., Any], args: tuple[object, ...]) -> Any:
    try:
        return act(*args)
    except BaseException:  # noqa: BLE001 - whatever it is, the test must hear of it
        return _Failed(traceback.format_exc())


def _limit(death: Death) -> None:
    """The kernel kills a process at the byte by which a file of it would become too long."""
    if death.size is not None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (death.size, death.size))
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)


def _counting(reaches: list[str], last: int) -> Callable[[FrameType, str, Any], None]:
    def hear(frame: FrameType, event: str, called: Any) -> None:
        # What is imported on the way may be compiled already or not: that is no reach of the act's own.
        own = not frame.f_code.co_filename.startswith("<frozen importlib")
        if event == "c_call" and own and _reaches_outside(called):
            reaches.append(called.__name__)
            if len(reaches) == last:
                os.kill(os.getpid(), signal.SIGKILL)

    return hear


def _reaches_outside(called: Any) -> bool:
    name, owner = called.__name__, getattr(called, "__self__", None)
    if isinstance(owner, sqlite3.Cursor | sqlite3.Connection):
        return name in IN_DATABASE
    # Texts and dates, too, know a `replace`.
    ours = isinstance(owner, IOBase) or called.__module__ in {"posix", "io", "_io", "fcntl"}
    return name in ON_DISK and ours
