"""Does `folkmoot decide rank` answer as the contract says, on the files of the guide?"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import rank as door
from folkmoot.core.decide.ranking import Completion, Method
from folkmoot.core.decide.ranking.settings import Transfer
from folkmoot.core.kernel.errors import Refused

DOCS = Path(__file__).parents[2] / "docs"
KEYS = {"method", "settings", "voters", "seats", "winners", "order", "elected", "tied", "candidates", "notes"}
BLT = '4 2\n-2\n6 1 2 3 0\n3 2 3 0\n2 4 0\n0\n"Anna"\n"Ben"\n"Cy"\n"Di"\n"Officers"\n'


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The tables of the guide as they stand there, by their first heading, and a BLT file."""
    pages = [DOCS / "do" / "rank-ideas.md", DOCS / "look-up" / "committees.md"]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    tables = re.findall(r"```\n((?:voter|pair|winner),.*?)```", text, re.DOTALL)
    found = {table.splitlines()[0]: table for table in tables} | {"blt": BLT}
    told = {}
    for place, (head, content) in enumerate(found.items()):
        told[head] = tmp_path / f"{place}.csv"
        told[head].write_text(content, encoding="utf-8")
    return told


def run(file: Path, *words: str) -> Result:
    return CliRunner().invoke(door.rank, [str(file), *words])


def answer(file: Path, *words: str) -> Any:
    result = run(file, *words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_orders_of_the_guide(files: dict[str, Path]) -> None:
    ideas = files["voter,ranking"]
    schulze, borda = answer(ideas, "--method", "schulze"), answer(ideas)
    assert set(schulze) >= KEYS
    assert (schulze["winners"], schulze["condorcet_winner"]) == (["bus shelter"], "bus shelter")
    assert (borda["method"], borda["elected"]) == ("borda", ["repair shop"])
    assert {one["id"]: one["score"] for one in borda["candidates"]} == {
        "bus shelter": 15.5,
        "library bench": 9,
        "orchard": 13,
        "repair shop": 16.5,
    }
    assert (borda["voters"], borda["ballots"]) == (9, 9)
    assert answer(ideas, "--method", "irv")["rounds"][0]["out"] == ["repair shop"]


def test_marks_and_pairs_of_the_guide(files: dict[str, Path]) -> None:
    marks = answer(files["pair,marks,own"], "--method", "opera")
    assert marks["order"][:2] == [["orchard"], ["bus shelter", "repair shop"]]
    assert [one["place"] for one in marks["candidates"] if one["id"] == "repair shop"] == [2]
    pairs = answer(files["winner,loser,count"], "--method", "bradley-terry")
    assert pairs["bands"] == [["orchard", "bus shelter"], ["bus shelter", "bench"]]
    orchard = next(one for one in pairs["candidates"] if one["id"] == "orchard")
    assert (orchard["best_place"], orchard["worst_place"], orchard["wins"]) == (1, 2, 19)
    assert orchard["low"] < orchard["estimate"] < orchard["high"]


def test_committees_of_the_guide(files: dict[str, Path]) -> None:
    votes = files["voter,approved"]
    assert answer(votes, "--method", "approval", "--seats", "3")["elected"] == ["Ann", "Ben", "Cy"]
    for method in ("mes", "phragmen", "pav"):
        told = answer(votes, "--method", method, "--seats", "3")
        assert (told["elected"], told["tied"], told["seats_tied"]) == (["Ann", "Dee"], ["Ben", "Cy"], 1)
        assert told["committees"] == [["Ann", "Ben", "Dee"], ["Ann", "Cy", "Dee"]]
    told = answer(votes, "--method", "cc", "--seats", "3")
    assert told["elected"] == ["Ann", "Dee", "Fay"]
    by_id = answer(votes, "--method", "mes", "--seats", "3", "--ties", "id")
    assert (set(by_id["elected"]), by_id["tied"]) == ({"Ann", "Ben", "Dee"}, [])


def test_stv_takes_the_seats_of_the_file_and_writes_it_again(files: dict[str, Path], tmp_path: Path) -> None:
    again = tmp_path / "again.blt"
    told = answer(files["blt"], "--method", "stv", "--blt", str(again))
    assert (told["seats"], told["quota"], told["elected"]) == (2, 4, ["1", "3"])
    assert [one["name"] for one in told["candidates"]] == ["Anna", "Cy", "Di"]
    assert told["stages"][1]["votes"] == {"3": 5, "1": 4, "4": 2}
    assert again.read_text() == BLT
    assert answer(again, "--method", "stv")["elected"] == ["1", "3"]
    assert "The surplus of Anna is passed on." in run(files["blt"], "--method", "stv").stdout


def test_words_for_every_method(files: dict[str, Path], tmp_path: Path) -> None:
    grades = tmp_path / "grades.csv"
    grades.write_text("voter,a,b\n1,1,8\n2,2,1\n")
    suits = {Method.OPERA: "pair,marks,own", Method.BRADLEY_TERRY: "winner,loser,count"}
    ranked = (Method.BORDA, Method.SCHULZE, Method.IRV, Method.STV)
    for method in Method:
        file = files[suits.get(method, "voter,ranking" if method in ranked else "voter,approved")]
        file = grades if method in (Method.SCORE, Method.GRADIENTS) else file
        seats = "2" if method in (Method.STV, Method.MES, Method.PAV, Method.SEQPAV) else "1"
        result = run(file, "--method", method.value, "--seats", seats)
        assert result.exit_code == 0, (method, result.exception)
        assert f"counted by {method.value}, ties: none." in result.stdout
    assert "divided" in run(grades, "--method", "gradients").stdout


def test_what_cannot_be_done_is_said(files: dict[str, Path], tmp_path: Path) -> None:
    for words, reason in (
        (("--method", "pav"), "nobody said how many"),
        (("--method", "pav", "--seats", "9"), "9 seats for 6 candidates"),
        (("--method", "pav", "--seats", "2", "--ties", "lot"), "no order of ties"),
        (("--method", "approval", "--blt", str(tmp_path / "no.blt")), "BLT holds rankings"),
        (("--method", "bradley-terry"), "winner"),
    ):
        result = run(files["voter,approved"], *words)
        assert isinstance(result.exception, Refused), words
        assert reason in str(result.exception)
        assert not result.stdout


def test_the_help_names_what_the_core_has() -> None:
    assert set(door.METHODS) == {one.value for one in Method}
    assert set(door.TRANSFERS) == {one.value for one in Transfer}
    assert set(door.COMPLETIONS) == {one.value for one in Completion}
