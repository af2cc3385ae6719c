"""Are the chances on open pools those that were found elsewhere?"""

import json
import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from core.decide.lottery.small import keeps
from folkmoot.core.decide.lottery import Lottery, Method, lottery
from folkmoot.core.decide.lottery.reading import read_pool, read_quotas

OPEN = os.environ.get("FOLKMOOT_OPEN_DATA", "")
FOLDER = Path(OPEN, "vote", "sortition")
FILES = {
    "example_small_20": ("respondents.csv", "categories.csv"),
    "example_large_200": ("respondents.csv", "categories.csv"),
    "sf_fixture_22": ("candidates.csv", "features.csv"),
    "syn_a_24": ("respondents.csv", "categories.csv"),
    "syn_b_35": ("respondents.csv", "categories.csv"),
}
pytestmark = pytest.mark.skipif(not OPEN, reason="FOLKMOOT_OPEN_DATA is not set: no open pools")


@cache
def held(name: str, method: Method) -> Lottery:
    people, quotas = FILES[name]
    asked = read_quotas((FOLDER / name / quotas).read_bytes())
    pool = read_pool((FOLDER / name / people).read_bytes(), asked, int(name.rpartition("_")[2]))
    return lottery(pool, method)


def reference(name: str) -> list[dict[str, float]]:
    told = json.loads((FOLDER / "reference_probabilities.json").read_text())
    return [one for one in told[name] if "leximin" in str(one["alg"])]


@pytest.mark.parametrize("name", list(FILES))
def test_the_lowest_and_the_gini_are_the_reference(name: str) -> None:
    found = held(name, Method.LEXIMIN)
    assert reference(name)
    for one in reference(name):
        assert found.lowest == pytest.approx(one["min"], abs=5e-7)
        assert round(found.gini, 4) == round(one["gini"], 4)
    assert held(name, Method.MAXIMIN).lowest == pytest.approx(found.lowest, abs=1e-8)


@pytest.mark.parametrize("name", ["example_small_20", "example_large_200"])
def test_the_published_ten_per_cent(name: str) -> None:
    for method in (Method.MAXIMIN, Method.LEXIMIN, Method.NASH):
        assert held(name, method).chances == pytest.approx(0.1, abs=1e-6)


@pytest.mark.parametrize("name", list(FILES))
def test_a_thousand_panels_come_within_one_in_a_thousand_or_near_it(name: str) -> None:
    for method in (Method.MAXIMIN, Method.LEXIMIN):
        found = held(name, method)
        assert all(keeps(found.pool, panel) for panel in set(found.panels))
        off = np.abs(found.appearances - 1000 * found.chances)
        assert off.max() < 1.2  # one pool of five has a type of three people with 1.16
        assert (off > 1 + 1e-6).sum() <= 6


def test_nash_has_the_greatest_product_known() -> None:
    told = held("syn_a_24", Method.NASH).chances
    assert np.log(told).sum() > np.log(held("syn_a_24", Method.LEXIMIN).chances).sum()
    assert np.exp(np.log(told).mean()) == pytest.approx(0.2556198, abs=1e-6)
