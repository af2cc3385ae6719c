"""Do sixty open texts of eight topics come out in their topics?"""

import csv
import os
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from folkmoot.core.decide.arranging import Verdict, arrange
from folkmoot.core.decide.arranging.closeness import Closeness
from folkmoot.core.decide.arranging.grouping import best, grouped
from folkmoot.core.decide.arranging.placing import said
from folkmoot.core.kernel.draw import Draw

OPEN = os.environ.get("FOLKMOOT_OPEN_DATA")
pytestmark = pytest.mark.skipif(not OPEN, reason="FOLKMOOT_OPEN_DATA names no folder of open data")


def workshop(seed: int) -> tuple[list[str], list[str]]:
    """Sixty texts of eight topics, drawn, and their topics (BANKING77, Casanueva and others 2020)."""
    with (Path(OPEN or "") / "opinion/short-text/banking77-test.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    draw = Draw(f"workshop {seed}")
    topics = sorted({row["category"] for row in rows})
    draw.shuffle(topics)
    chosen = []
    for number, topic in enumerate(topics[:8]):
        of_topic = [row for row in rows if row["category"] == topic]
        draw.shuffle(of_topic)
        chosen += of_topic[: 8 if number < 4 else 7]
    draw.shuffle(chosen)
    return [row["text"] for row in chosen], [row["category"] for row in chosen]


@pytest.mark.slow
def test_at_least_point_six_on_the_mean_of_a_hundred_workshops() -> None:
    """By the adjusted Rand index (Hubert and Arabie 1985), with the number given and found. A mean of few
    workshops says little: single ones lie between .38 and .92."""
    given, found = [], []
    for seed in range(100):
        texts, topics = workshop(seed)
        closeness, free = Closeness([said(text) for text in texts]), np.full(len(texts), -1)
        given.append(adjusted_rand_score(topics, grouped(closeness, 8, free)))
        found.append(adjusted_rand_score(topics, best(closeness, free)[0]))
    assert np.mean(given) >= 0.60
    assert np.mean(found) >= 0.60


def test_a_workshop_falls_into_groups() -> None:
    assert arrange(workshop(0)[0]).verdict is Verdict.GROUPS
