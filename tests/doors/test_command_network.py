"""Does `folkmoot network` answer as the contract says?"""

import gzip
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli.network import network

PEOPLE = (
    "id,name,part,level\np1,Ann Lee,Council,elected\np2,Bo Ek,Health,chief\n"
    "p3,Cy Fox,Housing,lord\np2,Di Gow,Health,\n"
)
STANCES = (
    "person,on,stance,evidence\np1,2026-10-01,active,said so\np2,2026-01-01,champion,\np9,2026-10-01,warm,\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "stances.csv").write_text(STANCES, encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str, people: str = "people.csv") -> Result:
    stances = ["--stances", str(folder / "stances.csv")]
    return CliRunner().invoke(network, ["support", str(folder / people), *stances, *words])


def test_one_json_object_as_the_contract_says(folder: Path) -> None:
    result = run(folder, "--as-of", "2026-11-16", "--json")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["parts"] == {"Council": 1, "Health": 1, "Housing": 0}
    assert answer["levels"]["chief"] == 1
    keys = ("active", "active_fresh", "target", "effective_parts", "largest_share", "breadth_ok", "as_of")
    assert [answer[key] for key in keys] == [2, 1, 20, 2.0, 0.5, False, "2026-11-16"]
    assert [(gap["part"], gap["kind"]) for gap in answer["gaps"]][:2] == [
        ("Health", "stale"),
        ("Housing", "nobody"),
    ]
    assert [(row["file"], row["line"], row["read"]) for row in answer["reported"]] == [
        ("people", 5, False), ("people", 4, True), ("stances", 4, False)
    ]  # fmt: skip
    assert "2 of the 20 active supporters you want, in 2 of 3 parts of the system." in result.stderr


def test_words_without_json(folder: Path) -> None:
    result = run(folder, "--as-of", "2026-11-16", "--target", "2")
    assert result.exit_code == 0
    assert result.stdout.startswith("2 of the 2 active supporters you want")
    assert "We know 1 person in Housing, and not yet where they stand." in result.stdout
    assert "people, line 5, set aside: The id “p2” already belongs to Bo Ek." in result.stderr


def test_the_window_is_a_setting_and_packed_files_are_opened(folder: Path) -> None:
    (folder / "people.csv.gz").write_bytes(gzip.compress(PEOPLE.encode()))
    result = run(folder, "--as-of", "2026-11-16", "--window", "365", "--json", people="people.csv.gz")
    assert json.loads(result.stdout)["active_fresh"] == 2


def test_the_day_is_today_unless_told(folder: Path) -> None:
    before = date.today()
    answer = json.loads(run(folder, "--json").stdout)
    assert before <= date.fromisoformat(answer["as_of"]) <= date.today()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "It is empty."),
        (b"id,name\np1,Ann\n", "names a part of the system"),
        (b"x,y\n1,2\n", "No column with the heading"),
    ],
)
def test_what_could_not_be_done_exits_1_with_the_reason(folder: Path, content: bytes, reason: str) -> None:
    (folder / "people.csv").write_bytes(content)
    result = run(folder, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert reason in result.stderr


def test_a_broken_packed_file_exits_1(folder: Path) -> None:
    (folder / "people.csv.gz").write_bytes(gzip.compress(PEOPLE.encode())[:20])
    assert run(folder, people="people.csv.gz").exit_code == 1


@pytest.mark.parametrize("words", [["--target", "0"], ["--as-of", "yesterday"], ["--window", "-1"]])
def test_wrong_usage_exits_2(folder: Path, words: list[str]) -> None:
    assert run(folder, *words).exit_code == 2
