"""Does `folkmoot spend read` answer as the contract says?"""

import csv
import gzip
import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from folkmoot.cli import COMMANDS, main
from folkmoot.cli.spend import spend

HEAD = "Date,Supplier,Amount\n"
GOOD = HEAD + "2026-04-01,A Ltd,10.00\n2026-04-02,=B(),-2.50\nTotal,,7.50\n,,\n2026-04-03,=cmd(),x\n"
WRONG = "Contract Title,Supplier,Start Date,End Date\nPaper,A Ltd,2026-01-01,2027-01-01\n"
FIELDS = ["file", "sha256", "kind", "encoding", "heading_row", "rows_in", "accepted", "reported", "pence_in",
          "pence_accepted", "pence_reported", "reasons", "warnings"]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.csv.gz").write_bytes(gzip.compress(GOOD.encode()))
    (tmp_path / "wrong.csv").write_text(WRONG, encoding="utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> Result:
    paths = [str(folder / word) if word.endswith(("csv", "gz")) else word for word in words]
    ledger = ["--anchor", "Riverton Council", "--ledger", str(folder / "ledger")]
    return CliRunner().invoke(spend, ["read", *paths, *ledger])


def test_one_json_object_as_the_contract_says(folder: Path) -> None:
    result = run(folder, "good.csv.gz", "--json")
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    entry = answer["files"][0]
    assert list(entry)[: len(FIELDS)] == FIELDS
    assert (entry["file"], entry["sha256"]) == ("good.csv.gz", sha256(GOOD.encode()).hexdigest())
    assert (entry["rows_in"], entry["accepted"], entry["reported"]) == (5, 2, 3)
    assert (entry["pence_in"], entry["pence_accepted"], entry["pence_reported"]) == (1500, 750, 750)
    assert entry["reasons"] == {"total_line": 1, "blank": 1, "amount_unreadable": 1}
    assert {name: answer["totals"][name] for name in FIELDS[5:12]} == {
        name: entry[name] for name in FIELDS[5:12]
    }
    assert answer["ledger"] == {"parts": 1, "rows": 2, "pence": 750}
    assert result.stderr == ""


def test_one_refused_file_does_not_stop_the_others(folder: Path) -> None:
    result = run(folder, "wrong.csv", "none.csv", "good.csv.gz", "--json")
    assert result.exit_code == 1
    wrong, none, good = json.loads(result.stdout)["files"]
    assert (wrong["kind"], wrong["rows_in"], wrong["accepted"]) == ("contracts", 1, 0)
    assert wrong["reasons"] == {"wrong_dataset": 1}
    assert set(wrong["error"]) == {"sentence", "reason", "next_step"}
    assert all(wrong["error"].values())
    assert (none["kind"], none["rows_in"]) == ("unknown", 0)
    assert good["accepted"] == 2
    assert wrong["error"]["sentence"] in result.stderr
    assert json.loads(run(folder, "good.csv.gz", "--json").stdout)["ledger"]["parts"] == 1


def test_reading_twice_adds_nothing(folder: Path) -> None:
    first = json.loads(run(folder, "good.csv.gz", "--json").stdout)
    again = json.loads(run(folder, "good.csv.gz", "good.csv.gz", "--json").stdout)
    assert again["ledger"] == first["ledger"]
    assert again["totals"] == first["totals"]
    assert [entry["already"] for entry in again["files"]] == [True, True]


def test_reported_rows_are_written_and_no_formula_runs(folder: Path) -> None:
    run(folder, "good.csv.gz", "wrong.csv", "--reported", str(folder / "out.csv"))
    rows = list(csv.reader((folder / "out.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[0][:4] == ["file", "line", "reason", "cell_1"]
    assert [row[:3] for row in rows[1:]] == [
        ["good.csv.gz", "4", "total_line"],
        ["good.csv.gz", "5", "blank"],
        ["good.csv.gz", "6", "amount_unreadable"],
        ["wrong.csv", "2", "wrong_dataset"],
    ]
    assert rows[3][3:] == ["2026-04-03", "'=cmd()", "x", ""]


def test_words_for_people_and_silence_in_a_pipe(folder: Path) -> None:
    result = run(folder, "good.csv.gz")
    assert "good.csv.gz: 2 payments, £7.50; 3 rows set aside" in result.stdout
    assert "The ledger holds 2 payments of 1 file, £7.50." in result.stdout
    assert result.stderr == ""


def test_wrong_usage_and_a_damaged_ledger(folder: Path) -> None:
    assert CliRunner().invoke(spend, ["read", str(folder / "good.csv.gz")]).exit_code == 2
    run(folder, "good.csv.gz")
    (folder / "ledger" / "manifest.json").write_text("{", encoding="utf-8")
    result = run(folder, "good.csv.gz", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "could not be opened" in result.stderr


def test_help_loads_no_engine_and_every_command_loads() -> None:
    code = "import sys; from folkmoot.cli import main; main(['--help'], standalone_mode=False);" \
        " assert not {'duckdb', 'pyarrow', 'django'} & set(sys.modules)"  # fmt: skip
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert shown.returncode == 0, shown.stderr
    assert all(name in shown.stdout for name in COMMANDS)
    assert CliRunner().invoke(main, ["spend", "read", "--help"]).exit_code == 0
    assert CliRunner().invoke(main, ["none"]).exit_code == 2
