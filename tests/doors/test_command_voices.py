"""Does `folkmoot learn voices` answer as the contract says?"""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import voices as door
from folkmoot.cli.learn import learn
from folkmoot.core.kernel.errors import Refused

KEYS = ("people", "told", "dimensions", "suppressed", "effective_n")
OF_DIMENSION = ("name", "told", "d", "d_fair", "p", "verdict", "sentence", "values")
OF_VALUE = ("name", "n", "share", "low", "high", "place", "index", "needed", "verdict")
PLACE = """category,name,count
age,16-24,120
age,25-64,640
age,65+,240
home,rents,400
home,owns,600
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A hundred people of a small town, none of them young; three have not told how they live."""
    homes = ["rents"] * 40 + ["owns"] * 57 + ["prefer not to say"] * 3
    ages = ["25-64"] * 62 + ["65+"] * 38
    rows = [f"p{at},{age},{home}" for at, (age, home) in enumerate(zip(ages, homes, strict=True))]
    (tmp_path / "people.csv").write_text("id,age,home\n" + "\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "deciders.csv").write_text("id,age,home\n" + "\n".join(rows[::2]) + "\n", encoding="utf-8")
    (tmp_path / "place.csv").write_text(PLACE, encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(
        learn, ["voices", str(folder / "people.csv"), str(folder / "place.csv"), *words]
    )


def answer(folder: Path, *words: str) -> Any:
    result = run(folder, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_one_json_object_as_the_contract_says(town: Path) -> None:
    told = answer(town)
    assert set(KEYS) <= set(told)
    age, home = told["dimensions"]
    assert set(OF_DIMENSION) <= set(age)
    assert set(OF_VALUE) <= set(age["values"][0])
    young = age["values"][0]
    assert (young["name"], young["n"], young["low"], young["verdict"]) == ("16-24", 0, 0, "missing")
    assert (young["needed"], young["index"], young["place"]) == (14, 0, 0.12)
    assert age["d"] == pytest.approx(0.14)
    assert 0 < age["d_fair"]["median"] < age["d_fair"]["p95"] < age["d"]
    assert age["verdict"] == "differs more than a fair draw would"
    assert home["verdict"] == "too few to tell"
    assert answer(town) == told


def test_published_by_default_and_full_with_a_warning(town: Path) -> None:
    told, everything = answer(town), answer(town, "--full")
    assert (told["published"], everything["published"]) == (True, False)
    assert (told["people"], everything["people"]) == (None, 100)  # three told nothing of their home
    assert (told["dimensions"][1]["not_compared"], everything["dimensions"][1]["not_compared"]) == (None, 3)
    assert door.FULL in run(town, "--full").stderr
    assert door.FULL not in run(town).stderr


def test_counts_under_the_threshold_are_hidden_with_another(town: Path) -> None:
    rows = (town / "people.csv").read_text(encoding="utf-8").replace("p0,25-64", "p0,16-24")
    (town / "people.csv").write_text(rows, encoding="utf-8")
    age = answer(town)["dimensions"][0]
    assert [value["n"] for value in age["values"]] == [None, 61, None]
    assert age["together"] == {"values": 2, "n": 39, "share": 0.39, "place": pytest.approx(0.36)}
    assert [value["n"] for value in answer(town, "--full")["dimensions"][0]["values"]] == [1, 61, 38]
    assert "not shown one by one: 39" in run(town).stdout


def test_circles_stand_side_by_side(town: Path) -> None:
    told = answer(town, "--full", "--beside", str(town / "deciders.csv"))
    assert [(one["circle"], one["people"]) for one in told["circles"]] == [("people", 100), ("deciders", 50)]
    assert told["dimensions"] == told["circles"][0]["dimensions"]
    assert told["questions"] == 2 * answer(town)["questions"]


def test_rounded_counts_are_of_five(town: Path) -> None:
    told = answer(town, "--round")
    shown = [value["n"] for one in told["dimensions"] for value in one["values"]]
    assert shown == [0, 60, 40, 40, 55]
    assert told["rounded"] is True


def test_in_words(town: Path) -> None:
    said = run(town).stdout
    assert "- 16-24: nobody took part (0.0% to 2.5%; place 12.0%): missing; 14 more would bring them" in said
    assert "at most one fair draw in twenty" in said
    assert "Counts under 10" in said


def test_the_picture_is_written(town: Path) -> None:
    result = run(town, "--picture", str(town / "voices.svg"))
    assert result.exit_code == 0, result.output
    drawn = (town / "voices.svg").read_text(encoding="utf-8")
    assert ET.fromstring(drawn).tag.endswith("svg")
    assert "Under their share: age: 16-24." in drawn


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--least", "4"), "people can be picked out"),
        (("--full", "--round"), "not rounded"),
        (("--picture", "voices.png"), "ends in .svg"),
        (("--beside", "people.csv"), "Two have one name"),
    ],
)
def test_what_cannot_be_done_is_refused(town: Path, words: tuple[str, ...], why: str) -> None:
    words = tuple(str(town / word) if word == "people.csv" else word for word in words)
    result = run(town, *words)
    assert isinstance(result.exception, Refused)
    assert why in str(result.exception)
