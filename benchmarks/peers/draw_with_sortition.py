"""How long does sortition-algorithms take to find everybody's chance, and what are the chances?

`python draw_with_sortition.py PEOPLE.csv QUOTAS.csv SIZE METHOD`: one JSON object with the seconds and the
chances by id. METHOD is maximin (by HiGHS) or leximin (by Gurobi, whose free licence ends at 2,000 columns).
"""

import csv
import json
import sys
import time

from sortition_algorithms.committee_generation import find_distribution_leximin, find_distribution_maximin
from sortition_algorithms.features import read_in_features
from sortition_algorithms.people import read_in_people
from sortition_algorithms.settings import Settings


def main(people_file: str, quotas_file: str, size: str, method: str) -> None:
    """Read, then find the distribution."""
    with open(quotas_file, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
        features = read_in_features(list(rows[0]), rows)[0]
    with open(people_file, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
        settings = Settings(id_column="id", columns_to_keep=[])
        people = read_in_people(list(rows[0]), rows, features, settings)[0]
    find = find_distribution_maximin if method == "maximin" else find_distribution_leximin
    begun = time.perf_counter()
    committees, chances, *_ = find(features, people, int(size), [])
    took = time.perf_counter() - begun
    told = dict.fromkeys(people, 0.0)
    for committee, chance in zip(committees, chances, strict=True):
        for person in committee:
            told[person] += float(chance)
    sys.stdout.write(json.dumps({"seconds": took, "chances": told}))


if __name__ == "__main__":
    main(*sys.argv[1:])
