"""Does `folkmoot decide lottery` answer as the contract says?"""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import lotteries as door
from folkmoot.cli import place
from folkmoot.core.decide.lottery import Method, replay
from folkmoot.core.kernel.errors import Refused

KEYS = ("selected", "probabilities", "min_probability", "gini", "panels", "quotas")


@pytest.fixture
def marram(tmp_path: Path) -> Path:
    """Twelve people of a small town who put their names down, two of them of one home."""
    rows = [f"p{n},{'young' if n < 4 else 'old'},{'north' if n % 3 else 'south'}," for n in range(12)]
    rows[0] += "1 Mill Lane"
    rows[4] += "1 Mill Lane"
    (tmp_path / "people.csv").write_text("id,age,part,home\n" + "\n".join(rows) + "\n", encoding="utf-8")
    quotas = "category,name,min,max\nage,young,2,2\nage,old,2,3\npart,north,2,3\npart,south,1,2\n"
    (tmp_path / "quotas.csv").write_text(quotas, encoding="utf-8")
    census = "category,name,count\nage,young,400\nage,old,600\npart,north,700\npart,south,300\n"
    (tmp_path / "census.csv").write_text(census, encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str, quotas: str = "quotas.csv", size: str = "4") -> Result:
    files = [str(folder / "people.csv"), str(folder / quotas)]
    return CliRunner().invoke(door.lottery, [*files, "--size", size, *words])


def answer(folder: Path, *words: str, quotas: str = "quotas.csv", size: str = "4") -> Any:
    result = run(folder, *words, "--json", quotas=quotas, size=size)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_one_json_object_as_the_contract_says(marram: Path) -> None:
    for method in door.METHODS:
        told = answer(marram, "--seed", "14 March", "--method", method)
        assert set(KEYS) <= set(told)
        assert (len(told["selected"]), len(told["panels"])) == (4, 1000)
        assert sum(told["probabilities"].values()) == pytest.approx(4)
        assert told["min_probability"] == min(told["probabilities"].values())
        assert all(one["min"] <= one["drawn"] <= one["max"] for one in told["quotas"])
        assert told["quotas"][0] == {"category": "age", "value": "young", "min": 2, "max": 2, "drawn": 2}
        assert replay(told).matches
        assert answer(marram, "--seed", "14 March", "--method", method) == told


def test_the_methods_of_the_help_are_the_core_s() -> None:
    assert [one.value for one in Method] == list(door.METHODS)


def test_without_a_seed_one_is_made_and_said(marram: Path) -> None:
    told = answer(marram)
    assert told["seed_given"] is False
    assert replay(told).matches
    assert "The seed was made here and now." in run(marram).stdout


def test_the_list_is_published_before_the_draw(marram: Path) -> None:
    before, after = answer(marram, "--no-draw"), answer(marram, "--seed", "x")
    assert (before["selected"], before["seed"], before["number"]) == ([], None, None)
    assert (before["hash"], before["panels"]) == (after["hash"], after["panels"])
    assert "Nothing was drawn." in run(marram, "--no-draw").stdout


def test_nobody_is_drawn_beside_somebody_of_their_home(marram: Path) -> None:
    told = answer(marram, "--household", "home")
    both = {told["ids"].index("p0"), told["ids"].index("p4")}
    assert not any(both <= set(panel) for panel in told["panels"])
    assert any(both <= set(panel) for panel in answer(marram)["panels"])


def test_a_census_makes_the_quotas(marram: Path) -> None:
    told = answer(marram, "--census", quotas="census.csv", size="5")
    assert [(one["min"], one["max"]) for one in told["quotas"]] == [(2, 2), (3, 3), (3, 4), (1, 2)]
    wide = answer(marram, "--census", "--tolerance", "20", quotas="census.csv", size="5")
    assert [(one["min"], one["max"]) for one in wide["quotas"]] == [(1, 3), (2, 4), (2, 5), (0, 3)]


def test_who_declines_is_replaced_with_the_quotas_kept(marram: Path) -> None:
    first = answer(marram, "--seed", "x")
    file = marram / "result.json"
    file.write_text(json.dumps(first), encoding="utf-8")
    gone = first["selected"][0]
    told = answer(marram, "--seed", "y", "--result", str(file), "--declined", gone)
    assert gone not in told["selected"]
    assert len(set(told["selected"])) == 4
    assert all(one["min"] <= one["drawn"] <= one["max"] for one in told["quotas"])
    assert replay(told["replacement"]).matches
    assert isinstance(run(marram, "--declined", gone).exception, Refused)


@pytest.mark.parametrize(
    "told",
    [
        '{"selected": ["p0", "p1", "p4", "p5"], "declined": null}',
        '{"selected": ["p0", "p1", "p4"]}',
        "[" * 100_000,
        "{}",
    ],
)
def test_what_is_no_draw_is_not_replaced_from(marram: Path, told: str) -> None:
    (marram / "result.json").write_text(told, encoding="utf-8")
    found = run(marram, "--result", str(marram / "result.json"), "--declined", "p0")
    assert isinstance(found.exception, Refused)


def test_ids_of_who_declined_may_be_numbers(marram: Path) -> None:
    text = (marram / "people.csv").read_text(encoding="utf-8").replace("\np", "\n")
    (marram / "people.csv").write_text(text, encoding="utf-8")
    first = answer(marram, "--seed", "x") | {"declined": [11]}
    (marram / "result.json").write_text(json.dumps(first), encoding="utf-8")
    gone = next(one for one in first["selected"] if 4 <= int(one) < 11)
    again = ("--result", str(marram / "result.json"), "--declined", f"{gone},{gone}")
    told = answer(marram, "--seed", "y", *again)
    assert told["declined"] == ["11", gone]


@pytest.mark.parametrize(
    "words",
    [("--seed", "\udcff"), ("--tolerance", "5"), ("--census", "--tolerance", "nan")],
)
def test_odd_options_are_refused(marram: Path, words: tuple[str, ...]) -> None:
    quotas = "census.csv" if "--census" in words else "quotas.csv"
    assert isinstance(run(marram, *words, quotas=quotas).exception, Refused)


def test_quotas_that_cannot_be_kept_are_explained(marram: Path) -> None:
    (marram / "quotas.csv").write_text(
        "category,name,min,max\nage,young,5,5\nage,old,1,1\n", encoding="utf-8"
    )
    result = run(marram, "--json", size="6")
    assert isinstance(result.exception, Refused)
    told = json.loads(result.stdout)
    assert told["feasible"] is False
    assert told["reasons"] == ["At least 5 with age: young are asked for, and there are 4."]
    assert [(one["value"], one["new_min"], one["new_max"]) for one in told["relaxations"]] == [
        ("young", 4, 5),
        ("old", 1, 2),
    ]


def test_somebody_is_told_their_chance(marram: Path) -> None:
    assert answer(marram, "--person", "p0")["person"]["sentence"].startswith("Your chance was 75.0%")
    assert isinstance(run(marram, "--person", "nobody").exception, Refused)


def test_the_guide_s_few_lines_draw_the_same_panel(marram: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = answer(marram, "--seed", "3 14 22 31 40 49")
    (marram / "answer.json").write_text(json.dumps(told), encoding="utf-8")
    page = Path(__file__).parents[2] / "docs" / "look-up" / "lottery.md"
    lines = page.read_text(encoding="utf-8").partition("```\nfrom hashlib")[2].partition("```")[0]
    with (marram / "answer.json").open(encoding="utf-8") as opened:
        exec("from hashlib" + lines.replace('open("answer.json")', "opened"), {"opened": opened})
    assert capsys.readouterr().out.strip() == str(told["selected"])


def verified(file: Path, told: Any) -> Any:
    file.write_text(json.dumps(told), encoding="utf-8")
    result = CliRunner().invoke(place.verify, [str(file), "--json"])
    assert result.exit_code == (0 if json.loads(result.stdout)["match"] else 1)
    return json.loads(result.stdout)["checks"][0]


def test_verify_replays_a_published_draw(marram: Path) -> None:
    drawn, file = answer(marram, "--seed", "14 March"), marram / "drawn.json"
    assert verified(file, drawn)["ok"]
    other = [one for one in drawn["ids"] if one not in drawn["selected"]]
    found = verified(file, drawn | {"selected": [*drawn["selected"][:3], other[0]]})
    assert (found["ok"], found["words"].endswith("differs in selected")) == (False, True)
    wrong = drawn["appearances"] | {other[0]: 1000}
    assert verified(file, drawn | {"appearances": wrong})["words"].endswith("differs in appearances")
    listed = answer(marram, "--no-draw")
    assert "nothing was drawn yet" in verified(file, listed)["words"]
    assert not verified(file, listed | {"panels": [*listed["panels"][1:], [0, 1, 2, 3]]})["ok"]


def test_verify_replays_a_replacement(marram: Path) -> None:
    drawn, file = answer(marram, "--seed", "14 March"), marram / "drawn.json"
    file.write_text(json.dumps(drawn), encoding="utf-8")
    leaving = drawn["selected"][0]
    again = answer(marram, "--seed", "15 March", "--result", str(file), "--declined", leaving)
    assert verified(file, again)["ok"]
    assert "declined" in verified(file, again | {"declined": again["selected"][:1]})["words"]
    assert "replaced_by" in verified(file, again | {"replaced_by": [leaving]})["words"]


@pytest.mark.parametrize(
    "content", ['{"a": 1}', '{"panels": 3}', '{"panels": [[9]], "ids": ["a"]', "{" * 5000]
)
def test_what_is_no_published_draw_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "odd.json").write_text(content, encoding="utf-8")
    with pytest.raises(Refused):
        CliRunner().invoke(place.verify, [str(tmp_path / "odd.json")], catch_exceptions=False)
