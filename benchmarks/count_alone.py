"""How long does Folkmoot take to count an election, in a process of its own?

`python -m benchmarks.count_alone FILE.pb TASK`: the same answer as the peer's program. What is compiled is
compiled, or loaded, before the clock starts, as a long-running server has it; the first run is told too.
"""

import json
import sys
import time
from pathlib import Path

from benchmarks.measured import timed
from folkmoot.core.decide.budgeting import Completion, Rule, Settings, count
from folkmoot.core.decide.budgeting.pabulib import read_pb

TASKS = {
    "equal-shares": Settings(),
    "add1": Settings(completion=Completion.ADD1),
    "phragmen": Settings(rule=Rule.PHRAGMEN),
    "greedy": Settings(rule=Rule.GREEDY),
}
ROUNDS = {"equal-shares": 9, "add1": 3, "phragmen": 9, "greedy": 9}


def main(file: str, task: str) -> None:
    """Read and group, then count."""
    content, settings = Path(file).read_bytes(), TASKS[task]
    begun = time.perf_counter()
    election = read_pb(content).election
    first_read = time.perf_counter() - begun
    read, _ = timed(lambda: read_pb(content).election, rounds=3)
    begun = time.perf_counter()
    count(
        election,
        Settings(completion=Completion.ADD1) if task == "add1" and len(content) < 10**5 else Settings(),
    )
    first = time.perf_counter() - begun

    def once() -> tuple[int, ...]:
        for held in ("votes", "points"):  # summed anew each time, as for an election just read
            vars(election).pop(held, None)
        return count(election, settings).winners

    seconds, winners = timed(once, ROUNDS[task])
    answer = {
        "read": min(read, first_read),
        "count": seconds,
        "first": first,
        "levels": count(election, settings).levels if task == "add1" else 0,
        "winners": [election.projects[place].id for place in winners],
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
