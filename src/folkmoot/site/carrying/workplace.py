"""Where does long work on the data folder lie while it is under way, one at a time?"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from folkmoot.core.kernel.errors import Refused


@contextmanager
def workplace(data: Path, name: str) -> Iterator[Path]:
    """An empty folder of this name, gone afterwards; what a killed process left in it goes first.

    Refused while another process is at the same work. A killed holder lets go by itself.
    """
    folder = data / name
    with held(data, name):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def held(data: Path, name: str) -> Iterator[None]:
    """Nobody else does the work of this name meanwhile."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (data / f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refused(
                "Another process is at this work.", f"It is {name}.", "Wait until it is done."
            ) from error
        yield
