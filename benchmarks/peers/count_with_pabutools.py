"""How long does pabutools take to count an election, and what does it answer?

`python count_with_pabutools.py FILE.pb TASK`: one JSON object with the seconds of reading, of grouping and of
counting, and the winners. TASK is equal-shares, add1, phragmen or greedy. Its own best way: grouped ballots.
"""

import json
import sys
import time

from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.rules import greedy_utilitarian_welfare, method_of_equal_shares, sequential_phragmen

TASKS = {
    "equal-shares": lambda election, votes: method_of_equal_shares(election, votes, Cost_Sat),
    "add1": lambda election, votes: method_of_equal_shares(
        election, votes, Cost_Sat, voter_budget_increment=1
    ),
    "phragmen": sequential_phragmen,
    "greedy": lambda election, votes: greedy_utilitarian_welfare(election, votes, Cost_Sat),
}


def main(file: str, task: str) -> None:
    """Read, group, count."""
    begun = time.perf_counter()
    election, votes = parse_pabulib(file)
    grouped = votes.as_multiprofile()
    read = time.perf_counter()
    winners = TASKS[task](election, grouped)
    counted = time.perf_counter()
    answer = {"read": read - begun, "count": counted - read, "winners": [one.name for one in winners]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
