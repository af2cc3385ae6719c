"""How long do we take to draw a map of opinions, and how long for one vote more?

`python -m benchmarks.opine_alone VOTES.npz`: one JSON object, as the peer's script. The file has the arrays
person, statement and vote, in the order in which votes were cast.
"""

import json
import sys
import time
from statistics import median

import numpy as np
import numpy.typing as npt

from folkmoot.core.decide.opinions import Conversation, Votes
from folkmoot.core.decide.opinions.polis import Running, mapped
from folkmoot.core.decide.opinions.votes import Bytes, settled

MORE = 15  # votes cast one by one
ROUNDS = 3


def main(path: str) -> None:
    """Arrays to votes, votes to a map (the first in this process, and the median of some), one vote more."""
    with np.load(path) as file:
        person, statement, vote = (file[one] for one in ("person", "statement", "vote"))
    begun = time.process_time()
    votes = _votes(person, statement, vote.astype(np.int8))
    building = time.process_time() - begun
    conversation, took = Conversation(votes), []
    for _ in range(ROUNDS + 1):
        began = time.perf_counter(), time.process_time()
        map_ = mapped(conversation)
        took.append((time.process_time() - began[1], time.perf_counter() - began[0]))
    places, whole = _one_more(Running(conversation))
    answer = {
        "building": building,
        "first": took[0][0],
        "mapping": median(one[0] for one in took[1:]),
        "wall": median(one[1] for one in took[1:]),
        "one_more_places": places,
        "one_more_map": whole,
        "votes": len(votes),
        "statements": list(votes.statements),
        "centre": map_.centre.tolist(),
        "components": map_.components.tolist(),
        "groups": len(map_.groups),
    }
    sys.stdout.write(json.dumps(answer))


def _votes(person: npt.NDArray[np.int64], statement: npt.NDArray[np.int64], vote: Bytes) -> Votes:
    """Votes from arrays of numbers, as a reader makes them."""
    (people, row), (statements, column) = (np.unique(one, return_inverse=True) for one in (person, statement))
    names = (tuple(map(str, one.tolist())) for one in (people, statements))
    return settled(*names, row.astype(np.int32), column.astype(np.int32), vote)


def _one_more(running: Running) -> tuple[float, float]:
    """Median processor seconds from a vote to everybody's new place, and to the whole new map."""
    votes, drawn = running.conversation.votes, np.random.default_rng(1)
    running.map()
    places, whole = [], []
    for _ in range(MORE):
        person, statement = (one[drawn.integers(len(one))] for one in (votes.people, votes.statements))
        begun = time.process_time()
        running.cast(person, statement, int(drawn.integers(-1, 2)))
        running.axes()
        places.append(time.process_time() - begun)
        running.map()
        whole.append(time.process_time() - begun)
    return median(places), median(whole)


if __name__ == "__main__":
    main(sys.argv[1])
