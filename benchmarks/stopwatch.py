"""What does one command cost: seconds, processor seconds, peak memory?

A small program of its own: a process inherits the memory mark of the one that starts it, so that a large
parent would hide a small child. `python -S benchmarks/stopwatch.py FIGURES.json COMMAND...` ends as the
command ends and writes the figures; told to stop, it stops the command first.
"""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

EVERY = 0.05  # seconds between two looks at the memory of all its processes
KIB = 1024 if sys.platform != "darwin" else 1  # what ru_maxrss counts in


def main(figures: str, command: list[str]) -> int:
    """Run the command, write its figures, answer its exit code."""
    began = time.perf_counter()
    process = subprocess.Popen(command, start_new_session=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    peak, ended = [0], threading.Event()
    looking = threading.Thread(target=_look, args=(process.pid, peak, ended), daemon=True)
    looking.start()
    try:
        _, status, used = os.wait4(process.pid, 0)
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)
        raise
    seconds = time.perf_counter() - began
    ended.set()
    looking.join()
    written = {
        "seconds": seconds,
        "processor_seconds": used.ru_utime + used.ru_stime,
        # One process: its own mark. More: the largest sum seen, each page that they share counted once.
        "peak_bytes": max(used.ru_maxrss * KIB, peak[0]),
    }
    Path(figures).write_text(json.dumps(written), encoding="utf-8")
    return os.waitstatus_to_exitcode(status)


def _look(leader: int, peak: list[int], ended: threading.Event) -> None:
    while not ended.wait(EVERY):
        if len(family := _family(leader)) > 1:
            peak[0] = max(peak[0], sum(map(_proportional, family)))


def _family(leader: int) -> list[int]:
    """The process and all below it, where the system shows them (Linux)."""
    found = [leader]
    for process in found:
        for children in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:
                continue  # it ended meanwhile
    return found


def _proportional(process: int) -> int:
    """The bytes that a process holds in memory, of shared pages its share."""
    try:
        found = re.search(
            r"^Pss:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE
        )
        return int(found[1]) * 1024 if found else 0
    except OSError:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
