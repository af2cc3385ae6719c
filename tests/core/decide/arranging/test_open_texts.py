"""Do sixty open texts of eight topics come out in their topics?"""

import csv
import os
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from folkmoot.core.decide.arranging import Verdict, arrange
from folkmoot.core.decide.arranging.closeness import Closeness, Meanings
from folkmoot.core.decide.arranging.grouping import best, grouped
from folkmoot.core.decide.arranging.meanings import read_meanings
from folkmoot.core.decide.arranging.placing import said
from folkmoot.core.kernel.draw import Draw

OPEN = os.environ.get("FOLKMOOT_OPEN_DATA")
pytestmark = pytest.mark.skipif(not OPEN, reason="FOLKMOOT_OPEN_DATA names no folder of open data")


def rows() -> list[dict[str, str]]:
    with (Path(OPEN or "") / "opinion/short-text/banking77-test.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def meanings() -> Meanings:
    """What each of the texts means, read once."""
    texts = sorted({said(row["text"]) for row in rows()})
    known = dict(zip(texts, read_meanings()(texts), strict=True))
    return lambda asked: np.array([known[text] for text in asked])


def workshop(seed: int, half: int | None = None) -> tuple[list[str], list[str]]:
    """Sixty texts of eight topics, drawn, and their topics (BANKING77, Casanueva and others 2020). `half` is
    one of the two into which the topics are drawn: numbers are chosen on the first, tried on the second."""
    texts = rows()
    draw = Draw(f"workshop {seed}")
    topics = sorted({row["category"] for row in texts})
    if half is not None:
        Draw("topics in two halves").shuffle(topics)
        topics = sorted(topics[:38] if half == 0 else topics[38:])
    draw.shuffle(topics)
    chosen = []
    for number, topic in enumerate(topics[:8]):
        of_topic = [row for row in texts if row["category"] == topic]
        draw.shuffle(of_topic)
        chosen += of_topic[: 8 if number < 4 else 7]
    draw.shuffle(chosen)
    return [row["text"] for row in chosen], [row["category"] for row in chosen]


def means(known: Meanings | None, half: int | None = None) -> tuple[float, float]:
    """The mean adjusted Rand index (Hubert and Arabie 1985) of a hundred workshops, with the number given and
    found. A mean of few workshops says little: single ones lie between .38 and .96."""
    given, found = [], []
    for seed in range(100):
        texts, topics = workshop(seed, half)
        closeness, free = Closeness([said(text) for text in texts], known), np.full(len(texts), -1)
        given.append(adjusted_rand_score(topics, grouped(closeness, 8, free)))
        found.append(adjusted_rand_score(topics, best(closeness, free)[0]))
    return float(np.mean(given)), float(np.mean(found))


@pytest.mark.slow
def test_at_least_point_six_on_the_mean_of_a_hundred_workshops() -> None:
    assert min(means(None)) >= 0.60


@pytest.mark.slow
@pytest.mark.parametrize("half", [None, 1], ids=["all topics", "the half that nothing was chosen on"])
def test_at_least_point_seven_by_meaning(meanings: Meanings, half: int | None) -> None:
    assert min(means(meanings, half)) >= 0.70


def test_a_workshop_falls_into_groups() -> None:
    assert arrange(workshop(0)[0]).verdict is Verdict.GROUPS
