"""How long does red-dwarf take to draw a map of opinions, and what are its centre and components?

`python opine_with_red_dwarf.py VOTES.npz`: one JSON object with processor seconds. The file has the arrays
person, statement and vote. Its table of votes is built once more beforehand, to know that part of its time.
"""

import json
import sys
import time

import numpy as np
from reddwarf.implementations.polis import run_pipeline
from reddwarf.utils.matrix import generate_raw_matrix


def main(path: str) -> None:
    """Build the table (timed alone), then run all of it (timed)."""
    with np.load(path) as file:
        rows = [
            {"participant_id": person, "statement_id": statement, "vote": vote, "modified": place}
            for place, (person, statement, vote) in enumerate(
                zip(file["person"].tolist(), file["statement"].tolist(), file["vote"].tolist(), strict=True)
            )
        ]
    begun = time.process_time()
    generate_raw_matrix(votes=rows)
    building = time.process_time() - begun
    began = time.perf_counter(), time.process_time()
    result = run_pipeline(votes=rows, random_state=1)
    whole, wall = time.process_time() - began[1], time.perf_counter() - began[0]
    answer = {
        "building": building,
        "mapping": whole - building,
        "wall": wall,
        "statements": [str(one) for one in result.statements_df.index],
        "centre": result.statements_df["mean"].tolist(),
        "components": result.reducer.components_[:2].tolist(),
    }
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1])
