"""Does `folkmoot decide budget` answer as the contract says?"""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import decide as door
from folkmoot.cli import main
from folkmoot.core.decide.budgeting import Completion, Rule, Start, Utility

GUIDE = Path(__file__).parents[2] / "docs" / "do" / "count-a-budget.md"
KEYS = ("rule", "settings", "winners", "cost", "budget", "projects", "fairness")


@pytest.fixture
def marram(tmp_path: Path) -> Path:
    """The small town of the guide, as it stands there."""
    _, _, rest = GUIDE.read_text(encoding="utf-8").partition("```\nMETA\n")
    file = tmp_path / "marram.pb"
    file.write_text("META\n" + rest.partition("```")[0], encoding="utf-8")
    return file


def run(file: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["decide", "budget", str(file), *words])


def answer(file: Path, *words: str) -> Any:
    result = run(file, *words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_one_json_object_as_the_contract_says(marram: Path) -> None:
    told = answer(marram, "--completion", "add1")
    assert set(KEYS) <= set(told)
    assert (told["winners"], told["cost"], told["budget"]) == (["park", "bench", "hall", "garden"], 922, 1000)
    assert told["settings"]["completion"] == "add1"
    first, lights = told["projects"][0], told["projects"][1]
    assert (first["id"], first["name"], first["cost"], first["votes"], first["won"]) == (
        "park",
        "Park",
        420,
        7,
        True,
    )
    assert first["effective_support"] is None
    assert (lights["won"], lights["lack"]) == (False, "supporters' money")
    assert lights["reason"].startswith("Not funded: its 6 supporters had ")
    assert lights["effective_support"] == lights["votes"] + lights["needed"]
    assert told["fairness"]["voters_with_nothing"] == 0
    assert told["fairness"]["ejr_plus_up_to_one"] is True


def test_each_rule_counts_and_the_answer_says_by_what(marram: Path) -> None:
    seen = {}
    for rule in Rule:
        told = answer(marram, "--rule", rule.value)
        assert told["rule"] == rule.value
        assert told["cost"] <= 1000
        seen[rule.value] = told["winners"]
    assert seen["greedy"] == ["park", "lights", "bench"]
    assert seen["greedy-no-skip"] == seen["greedy-threshold"] == seen["greedy"]
    assert answer(marram, "--rule", "greedy-threshold", "--threshold", "5")["winners"] == ["park", "lights"]
    rivals = answer(marram, "--rule", "greedy-exclusive", "--rivals", "park, lights")
    assert "lights" not in rivals["winners"]


def test_what_if_and_what_a_share_paid_for(marram: Path) -> None:
    told = answer(marram, "--completion", "add1", "--without", "park", "--voter", "7")
    assert told["winners"][0] == "park"
    assert told["what_if"]["goes_out"][0] == "park"
    assert told["voter"]["sentence"].startswith("Your share was £")
    paid = sum(one["amount"] for one in told["voter"]["paid"])
    assert paid + told["voter"]["left"] == pytest.approx(told["voter"]["had"], abs=1e-4)
    larger = answer(marram, "--completion", "add1", "--budget", "5000")
    assert (larger["what_if"]["goes_out"], larger["budget"]) == ([], 1000)
    other = answer(marram, "--completion", "add1", "--instead", "greedy")["what_if"]
    assert (other["comes_in"], other["goes_out"]) == (["lights"], ["hall", "garden"])
    words = run(marram, "--completion", "add1", "--budget", "1000")
    assert "What if: the same projects would be funded." in words.stdout


def test_the_greedy_outcome_in_its_place_is_said(marram: Path) -> None:
    file = marram.with_name("two.pb")
    text = marram.read_text().partition("VOTES")[0].replace("approval", "ordinal")
    file.write_text(text + "VOTES\nvoter_id;vote\n1;park,lights\n2;lights\n", encoding="utf-8")
    told = answer(file, "--compare")
    assert (told["greedy_instead"], told["rule"]) == (True, "equal-shares")
    words = run(file, "--compare").stdout
    assert "the greedy outcome stands in its place." in words
    assert "compared with most votes first" in words


def test_words_a_resident_can_read(marram: Path) -> None:
    result = run(marram, "--completion", "add1", "--voter", "1")
    assert result.exit_code == 0
    assert result.stdout.startswith("4 projects of 5 funded, for £922 of £1,000; 10 people voted.")
    assert "- park Park: Funded: 7 people chose it, and it costs £420." in result.stdout
    assert "voters of 10 have nothing of what they chose." in result.stdout
    assert "By most votes first lights would be funded in place of hall, garden" in result.stdout
    assert result.stderr == ""


def test_a_packed_file_is_opened_and_a_picture_stands_by_itself(marram: Path, tmp_path: Path) -> None:
    packed = tmp_path / "marram.pb.gz"
    packed.write_bytes(gzip.compress(marram.read_bytes()))
    assert answer(packed) == answer(marram)
    renamed = tmp_path / "renamed.pb"
    renamed.write_bytes(packed.read_bytes())
    assert answer(renamed) == answer(marram)
    renamed.write_bytes(packed.read_bytes()[:-9])
    assert "packed, and damaged" in run(renamed).stderr
    picture = tmp_path / "marram.svg"
    assert run(marram, "--picture", str(picture)).exit_code == 0
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    assert run(marram, "--picture", str(tmp_path / "none" / "x.svg")).exit_code == 1


def test_what_is_odd_is_told_and_what_is_wrong_is_refused(marram: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.pb"
    odd.write_text(marram.read_text().replace("park;420;7;", "park;420;9;"), encoding="utf-8")
    result = run(odd, "--json")
    assert result.exit_code == 0
    assert "odd.pb: Line " in result.stderr
    assert json.loads(result.stdout)["remarks"]
    wrong = tmp_path / "wrong.pb"
    wrong.write_text(marram.read_text().replace("7;park,hall", "7;park,hull"), encoding="utf-8")
    result = run(wrong)
    assert result.exit_code == 1
    assert "vote" in result.stderr
    assert "hull" in result.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--rule", "fair"), 2),
        (("--step", "much"), 2),
        (("--step", "0"), 1),
        (("--ties", "luck"), 1),
        (("--utility", "points"), 1),
        (("--voter", "nobody"), 1),
        (("--without", "nothing"), 1),
        (("--budget", "-1"), 2),
        (("--budget", "1e300000000"), 2),
        (("--eligible", "-1"), 2),
        (("--budget", "0"), 1),
        (("--threshold", "4"), 1),
        (("--rivals", "park,hall"), 1),
        (("--picture", "marram.pb"), 1),
        (("--rule", "greedy", "--voter", "1"), 1),
    ],
)
def test_settings_that_cannot_be_are_refused_in_a_sentence(
    marram: Path, words: tuple[str, ...], code: int
) -> None:
    result = run(marram, *words)
    assert result.exit_code == code
    assert result.stderr
    assert "Traceback" not in result.output


def test_the_help_has_the_cores_own_words() -> None:
    for told, kind in (
        (door.RULES, Rule),
        (door.UTILITIES, Utility),
        (door.COMPLETIONS, Completion),
        (door.STARTS, Start),
    ):
        assert sorted(told) == sorted(one.value for one in kind)
