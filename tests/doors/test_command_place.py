"""Does a place move to another install by commands alone, with equal figures, and is a change found?"""

import json
import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from folkmoot.cli.demo import ENDS_AT
from folkmoot.demo import cast
from folkmoot.site.carrying.checking import check_file
from serving import FOLKMOOT

pytestmark = pytest.mark.slow
SLUG = cast.MARRAM.slug


def run(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command on a data folder."""
    own = {"FOLKMOOT_DATA": str(data), "FOLKMOOT_CLOCK": ENDS_AT}
    done = subprocess.run(
        [FOLKMOOT, *words], env=os.environ | own, capture_output=True, text=True, timeout=180
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def told_of(done: subprocess.CompletedProcess[str], code: int = 0) -> dict:
    """The one JSON object that it answered with."""
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def here(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demonstration's folder, as its database is opened."""
    return Path(shutil.copytree(told, tmp_path_factory.mktemp("here") / "marram"))


@pytest.fixture(scope="module")
def exported(here: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    """The demonstration's town in a file, and what the command said of it."""
    file = tmp_path_factory.mktemp("exported") / "place.zip"
    return file, told_of(run(here, "export", "--partnership", SLUG, str(file), "--json"))


def test_a_place_moves_to_a_second_install(exported: tuple[Path, dict], tmp_path: Path) -> None:
    file, said = exported
    new = tmp_path / "second"
    taken = told_of(run(new, "import", str(file), "--json"))
    assert taken["figures"] == said["figures"]
    assert taken["figures"]["money"]["whole"]["payments"] > 1000
    assert run(new, "import", str(file)).returncode == 1
    again = tmp_path / "again.zip"
    back = told_of(run(new, "export", "--partnership", SLUG, str(again), "--json"))
    assert back["figures"]["money"] == said["figures"]["money"]
    assert back["figures"]["support"] == said["figures"]["support"]
    assert told_of(run(new, "verify", "--json"))["match"] is True
    assert told_of(run(new, "verify", str(file), "--against-here", "--json"))["match"] is True


def test_verify_answers_match_and_no_match(exported: tuple[Path, dict], tmp_path: Path) -> None:
    file, _ = exported
    found = told_of(run(tmp_path / "none", "verify", str(file), "--json"))
    assert found["match"] is True
    assert [check["name"] for check in found["checks"]] == [
        "seal", "members", "tables", "ledger", "diary", "figures",
    ]  # fmt: skip
    broken = tmp_path / "broken.zip"
    broken.write_bytes(file.read_bytes()[:-1] + b"x")
    found = told_of(run(tmp_path / "none", "verify", str(broken), "--json"), code=1)
    assert found["match"] is False
    assert run(tmp_path / "none", "verify", str(tmp_path / "missing.zip")).returncode == 1
    assert run(tmp_path / "none", "verify", "--against-here").returncode == 2


def test_a_flipped_byte_anywhere_is_found(exported: tuple[Path, dict], tmp_path: Path) -> None:
    file, _ = exported
    whole, other = bytearray(file.read_bytes()), tmp_path / "flipped.zip"
    draw = random.Random(20261116)
    places = {0, 30, len(whole) - 1, len(whole) - 70, len(whole) - 200}
    for at in places | {draw.randrange(len(whole)) for _ in range(60)}:
        whole[at] ^= 1 << draw.randrange(8)
        other.write_bytes(whole)
        assert not all(check.ok for check in check_file(other)), at
        whole[:] = file.read_bytes()
    for cut in (0, 10, len(whole) // 2, len(whole) - 1):
        other.write_bytes(whole[:cut])
        assert not all(check.ok for check in check_file(other)), cut


def test_a_backup_is_not_an_export(here: Path, exported: tuple[Path, dict], tmp_path: Path) -> None:
    file, kept = exported[0], tmp_path / "kept.zip"
    made = told_of(run(here, "backup", str(kept), "--json"))
    assert {one["slug"] for one in made["diaries"]} >= {SLUG}
    new = tmp_path / "second"
    for words in (("import", str(kept)), ("restore", str(file))):
        done = run(new, *words)
        assert done.returncode == 1
        assert "is no folkmoot" in done.stderr
    put = told_of(run(new, "restore", str(kept), "--json"))
    assert put["kept_aside"] == ""
    assert not any(name in kept.read_bytes() for name in (b"secret-key", b"outgoing-mail", b"static/"))
    assert told_of(run(new, "verify", str(kept), "--against-here", "--json"))["match"] is True


def test_what_cannot_be_done_is_said(here: Path, tmp_path: Path) -> None:
    for words in (
        ("export", "--partnership", "nowhere", str(tmp_path / "x.zip")),
        ("export", "--partnership", SLUG, str(tmp_path / "no" / "x.zip")),
        ("backup", str(tmp_path / "no" / "x.zip")),
        ("import", str(tmp_path / "no.zip")),
        ("restore", str(tmp_path / "no.zip")),
    ):
        done = run(here, *words)
        assert done.returncode == 1, words
        assert done.stderr.strip()
    assert run(here, "export", str(tmp_path / "x.zip")).returncode == 2
    assert list(tmp_path.iterdir()) == []
