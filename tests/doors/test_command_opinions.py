"""Does `folkmoot decide opinions` answer as the contract says?"""

import csv
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import opinions as door
from folkmoot.core.decide.opinions.files import read_conversation
from folkmoot.core.decide.opinions.polis import Settings, mapped, next_statement
from folkmoot.core.kernel.draw import Draw
from folkmoot.core.kernel.errors import FolkmootError, NotFound, Refused

KEYS = ("mode", "participants", "statements", "centre", "components", "groups", "representative", "consensus",
        "dividing", "reliability")  # fmt: skip
SURE = ("silhouette", "null", "bootstrap_ari", "verdict")
BOTH = pytest.mark.parametrize("mode", ["careful", "polis"])


@cache
def parted(seed: int = 5) -> list[list[int | None]]:
    """Eighty people of two camps of fifty and thirty on fourteen statements, of which they saw some. Nearly
    all agree with the last two, and hardly anybody with the one before."""
    drawn = np.random.default_rng(seed)
    rows: list[list[int | None]] = []
    for person in range(80):
        camp = 1 if person < 50 else -1
        votes = [
            camp * (1 if number % 2 else -1) * (1 if drawn.random() < 0.93 else -1) for number in range(11)
        ]
        votes += [-1 if drawn.random() < 0.95 else 1, *(1 if drawn.random() < 0.95 else 0 for _ in range(2))]
        rows.append([int(vote) if drawn.random() < 0.8 else None for vote in votes])
    return rows


def noise(seed: int = 5) -> list[list[int | None]]:
    drawn = np.random.default_rng(seed)
    return [
        [int(drawn.choice([-1, 0, 1])) if drawn.random() < 0.8 else None for _ in range(14)]
        for _ in range(80)
    ]


def wide(rows: list[list[int | None]], sign: int = 1) -> str:
    lines = [",".join(["participant", *map(str, range(len(rows[0])))])]
    lines += [
        ",".join([f"p{at}", *("" if vote is None else str(sign * vote) for vote in row)])
        for at, row in enumerate(rows)
    ]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def marram(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The votes of two camps, with what was asked beside them."""
    tmp_path = tmp_path_factory.mktemp("marram")
    (tmp_path / "participants-votes.csv").write_text(wide(parted()), encoding="utf-8")
    text = io.StringIO()
    told = csv.writer(text)
    told.writerow(["comment-id", "author-id", "moderated", "comment-body"])
    told.writerows([[number, 0, 1, f"Statement, number {number}"] for number in range(14)])
    (tmp_path / "comments.csv").write_text(text.getvalue(), encoding="utf-8")
    return tmp_path


def run(file: Path, *words: str) -> Result:
    return CliRunner().invoke(door.opinions, [str(file), *words], catch_exceptions=False)


@cache
def answer(file: Path, *words: str) -> Any:
    result = run(file, *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def camps(told: Any) -> list[list[str]]:
    return [sorted(group["members"], key=lambda one: int(one[1:])) for group in told["groups"]]


@BOTH
def test_one_json_object_as_the_contract_says(marram: Path, mode: str) -> None:
    told = answer(marram, "--mode", mode)
    assert set(KEYS) <= set(told)
    assert (told["mode"], told["participants"]) == (mode, 80)
    assert told["statements"] == [str(number) for number in range(14)]
    assert len(told["centre"]) == len(told["components"][0]) == 14
    assert set(SURE) <= set(told["reliability"])
    assert told["reliability"]["verdict"] == "reliable"
    assert mode == "polis" or told["reliability"]["gaps"]
    assert [len(one) for one in camps(told)] == [50, 30]
    assert camps(told)[0] == [f"p{at}" for at in range(50)]
    assert all(isinstance(one, str) for group in told["groups"] for one in group["members"])
    united = {row["statement"] for row in told["consensus"]}
    assert {"11", "12", "13"} <= united
    # Polis asks for a majority of everybody, so that what the large camp alone wants may stand there.
    assert mode == "polis" or not united & {row["statement"] for row in told["dividing"]}
    assert answer(marram / "participants-votes.csv", "--mode", mode) == told


@BOTH
def test_noise_has_no_reliable_groups_and_names_nobody(tmp_path: Path, mode: str) -> None:
    file = tmp_path / "votes.csv"
    file.write_text(wide(noise()), encoding="utf-8")
    told = answer(file, "--mode", mode, "--person", "p3")
    assert told["reliability"]["verdict"] == "no reliable groups"
    assert (told["person"]["group"], "nobody is told a group" in told["person"]["sentence"]) == (None, True)
    assert mode == "polis" or told["groups"] == []


@BOTH
def test_the_words_say_what_the_json_says(marram: Path, mode: str) -> None:
    words, told = run(marram, "--mode", mode).stdout, answer(marram, "--mode", mode)
    assert "80 people on 14 statements" in words
    assert "reliable" in words
    for row in (*told["consensus"], *told["dividing"])[:4]:
        assert row["text"] in words


def test_the_sign_follows_the_kind_of_file(marram: Path) -> None:
    table = answer(marram / "participants-votes.csv", "--mode", "polis")
    votes = [
        {"pid": at, "tid": number, "vote": -vote}
        for at, row in enumerate(parted())
        for number, vote in enumerate(row)
        if vote is not None
    ]
    (marram / "alone.json").write_text(json.dumps(votes), encoding="utf-8")
    listed = answer(marram / "alone.json", "--alone", "--mode", "polis")
    assert (table["agree_is"], listed["agree_is"]) == (1, -1)
    assert np.allclose(table["centre"], np.negative(listed["centre"]), atol=1e-15)
    agreed = [[(row["statement"], row["agrees"]) for row in told["consensus"]] for told in (table, listed)]
    assert agreed[0] == agreed[1]
    (marram / "turned.csv").write_text(wide(parted(), -1), encoding="utf-8")
    turned = answer(marram / "turned.csv", "--alone", "--agree-is", "-1", "--mode", "polis")
    assert [row["agrees"] for row in turned["consensus"]] == [row["agrees"] for row in table["consensus"]]


@BOTH
def test_a_person_is_told_their_own_group_and_the_next_statement(marram: Path, mode: str) -> None:
    told = answer(marram, "--mode", mode, "--person", "p7", "--next", "14 March")
    assert told["person"]["group"] == told["groups"][0]["id"]
    assert f"{told['groups'][0]['size']} people" in told["person"]["sentence"]
    seen = {str(number) for number, vote in enumerate(parted()[7]) if vote is not None}
    assert told["next"] in set(told["statements"]) - seen
    with pytest.raises(NotFound):
        run(marram, "--mode", mode, "--person", "nobody")


@BOTH
def test_people_set_aside_and_what_it_changes(marram: Path, mode: str) -> None:
    others = ",".join(f"p{at}" for at in range(50, 76))
    told = answer(marram, "--mode", mode, "--aside", others)
    assert told["participants"] == 54
    assert told["aside"]["effect"]["people_gone"] == 26
    with pytest.raises(Refused, match="Nobody with the id x"):
        run(marram, "--aside", "x", "--whole", str(marram / "never.json"))
    assert not (marram / "never.json").exists()


def test_unusual_people_are_listed_and_stay(tmp_path: Path) -> None:
    rows = [[*row, *row] for row in parted()]
    rows[0] = [1] * 28
    (tmp_path / "votes.csv").write_text(wide(rows), encoding="utf-8")
    told = answer(tmp_path / "votes.csv", "--unusual")
    assert ("p0", "always the same") in [(row["person"], row["sign"]) for row in told["unusual"]]
    assert "Nobody is set aside" in run(tmp_path / "votes.csv", "--unusual").stdout


@BOTH
def test_pictures_and_their_tables(marram: Path, mode: str, tmp_path: Path) -> None:
    run(marram, "--mode", mode, "--pictures", str(tmp_path / "drawn"))
    names = {one.name for one in (tmp_path / "drawn").iterdir()}
    assert {"map.svg", "map.csv", "unites.svg", "unites.csv", "divides.svg", "divides.csv"} < names
    assert len(names) == 10  # and one of each group
    table = (tmp_path / "drawn" / "map.csv").read_text(encoding="utf-8-sig")
    assert "50 people" in table
    assert "p7" not in table + (tmp_path / "drawn" / "map.svg").read_text(encoding="utf-8")


def test_how_it_came_about(tmp_path: Path) -> None:
    cast = [
        (person, number, vote, 1_700_000_000_000 + person * 1000 + number)
        for person, row in enumerate(parted())
        for number, vote in enumerate(row)
        if vote is not None
    ]
    lines = ["person,statement,vote,at", *(",".join(map(str, one)) for one in cast)]
    (tmp_path / "votes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = answer(tmp_path / "votes.csv", "--steps", "3")
    assert [step["votes"] for step in told["steps"]] == sorted(step["votes"] for step in told["steps"])
    assert told["steps"][-1]["verdict"] == told["verdict"]
    early = answer(tmp_path / "votes.csv", "--until", str(told["steps"][0]["at"]))
    assert (early["votes"], early["verdict"]) == (told["steps"][0]["votes"], told["steps"][0]["verdict"])


def test_what_was_written_is_read_again_and_says_the_same(marram: Path, tmp_path: Path) -> None:
    run(marram, "--polis", str(tmp_path / "export"), "--whole", str(tmp_path / "whole.json"))
    told = answer(marram)
    for again in (answer(tmp_path / "export"), answer(tmp_path / "whole.json")):
        assert (again["sentence"], camps(again)) == (told["sentence"], camps(told))
        assert again["lines"] == told["lines"]


def test_who_was_set_aside_stays_aside_in_the_whole(marram: Path, tmp_path: Path) -> None:
    run(marram, "--mode", "polis", "--aside", "p60,p61", "--whole", str(tmp_path / "all.json"))
    again = run(tmp_path / "all.json", "--mode", "polis", "--json")
    assert json.loads(again.stdout)["participants"] == 78
    assert "2 people are set aside in it" in again.stderr


def timed() -> str:
    """The same votes with times, person after person."""
    lines = ["person,statement,vote,at"]
    lines += [
        f"p{person},{number},{vote},{1_700_000_000_000 + person * 1000 + number}"
        for person, row in enumerate(parted())
        for number, vote in enumerate(row)
        if vote is not None
    ]
    return "\n".join(lines) + "\n"


def test_who_is_set_aside_is_in_no_moment(tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_text(timed(), encoding="utf-8")
    whole = tmp_path / "whole.json"
    words = ("--mode", "polis", "--groups", "1")
    told = answer(tmp_path / "votes.csv", *words, "--steps", "2", "--aside", "p70,p71", "--whole", str(whole))
    assert told["steps"][-1]["participants"] == told["participants"] == 78
    assert answer(whole, "--alone", *words, "--steps", "2")["steps"] == told["steps"]
    early = answer(whole, "--alone", *words, "--until", str(told["steps"][0]["at"]))
    assert early["participants"] == told["steps"][0]["participants"]


def test_next_is_drawn_by_the_priorities_that_are_shown(tmp_path: Path) -> None:
    rows = [row.split(",", 1) for row in wide(parted()).splitlines()]
    groups = ["group-id", *("0" if at < 5 else "" for at in range(80))]  # of p0 to p4 alone
    lines = [f"{name},{group},{votes}" for (name, votes), group in zip(rows, groups, strict=True)]
    (tmp_path / "votes.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    words = ("--mode", "polis", "--published", "--person", "p7", "--next")
    told = read_conversation("votes.csv", (tmp_path / "votes.csv").read_bytes()).conversation
    by_groups = mapped(told, Settings(membership=told.group_of))
    for seed in map(str, range(12)):
        wanted = next_statement(by_groups, told.votes, "p7", Draw(seed))
        assert answer(tmp_path / "votes.csv", *words, seed)["next"] == wanted


def test_a_map_of_nobody_has_no_group(tmp_path: Path) -> None:
    (tmp_path / "votes.csv").write_text(timed(), encoding="utf-8")
    assert "No group." in run(tmp_path / "votes.csv", "--mode", "polis", "--until", "5").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("--next", "x"),
        ("--unusual", "--person", "p1"),
        ("--groups", "1"),
        ("--published",),
        ("--mode", "polis", "--published", "--groups", "2"),
        ("--groups", "9"),
        ("--mode", "careful", "--published"),
    ],
)
def test_wrong_usage_is_said(marram: Path, words: tuple[str, ...]) -> None:
    assert run(marram, *words).exit_code == 2


def test_a_folder_without_votes_and_groups_that_are_not_there(marram: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for file, words in ((tmp_path / "empty", ()), (marram, ("--mode", "polis", "--published"))):
        with pytest.raises(FolkmootError):
            run(file, *words)
