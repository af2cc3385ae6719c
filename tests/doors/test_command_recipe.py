"""Does the command ask what it must, take the answer as a recipe, and read all that a file holds?"""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from core.spend.books import zip_of
from folkmoot.cli import handed_in
from folkmoot.cli.spend import spend
from folkmoot.core.spend import Ledger, Recipe

HEAD = ["Date", "Supplier", "Amount"]
OPEN = "Date,Supplier,Amount\n04/05/2020,B Ltd,1.00\n"


def text(day: str, pounds: int) -> str:
    return f"Date,Supplier,Amount\n{day},B Ltd,{pounds}.00\n"


def call(*words: str | Path) -> Result:
    return CliRunner().invoke(spend, [str(word) for word in words])


def read(folder: Path, *words: str | Path) -> Result:
    return call("read", *words, "--anchor", "Riverton Council", "--ledger", folder / "ledger", "--json")


def test_an_open_question_stops_and_says_how_to_answer(tmp_path: Path) -> None:
    file, recipe = tmp_path / "open.csv", tmp_path / "recipe.toml"
    file.write_text(OPEN, encoding="utf-8")
    result = read(tmp_path, file)
    assert result.exit_code == 1
    (entry,) = json.loads(result.stdout)["files"]
    assert (entry["kind"], entry["rows_in"]) == ("payments", 0)
    assert [question["key"] for question in entry["questions"]] == ["date_order"]
    assert "4 May 2020 or 5 April 2020" in result.stderr
    assert f"folkmoot spend recipe {file} > recipe.toml" in result.stderr
    guess = call("recipe", file)
    assert "To be answered (date_order)" in guess.stderr
    assert Recipe.from_toml(guess.stdout).date_order == "dmy"
    recipe.write_text(guess.stdout.replace('date_order = "dmy"', 'date_order = "mdy"'), encoding="utf-8")
    result = read(tmp_path, file, "--recipe", recipe)
    assert (result.exit_code, json.loads(result.stdout)["files"][0]["accepted"]) == (0, 1)
    ledger = Ledger(tmp_path / "ledger")
    assert ledger.payments()[0][0].paid_on == date(2020, 4, 5)
    assert [one.date_order for one in ledger.recipes("Riverton Council")] == ["mdy"]


def test_a_recipe_that_does_not_fit_or_cannot_be_read_is_refused(tmp_path: Path) -> None:
    file, recipe = tmp_path / "open.csv", tmp_path / "recipe.toml"
    file.write_text(OPEN, encoding="utf-8")
    recipe.write_text(call("recipe", file).stdout.replace("Supplier", "Vendor"), encoding="utf-8")
    result = read(tmp_path, file, "--recipe", recipe)
    assert (result.exit_code, "does not fit" in result.stderr) == (1, True)
    recipe.write_text("kind = ", encoding="utf-8")
    result = read(tmp_path, file, "--recipe", recipe)
    assert (result.exit_code, "no TOML" in result.stderr) == (1, True)
    assert Ledger(tmp_path / "ledger").parts() == []


def test_the_guess_as_json(tmp_path: Path) -> None:
    file = tmp_path / "may.csv"
    file.write_text("Spend\n" + text("2020-05-13", 1), encoding="utf-8")
    answer = json.loads(call("recipe", file, "--json").stdout)
    assert (answer["kind"], answer["recipe"]["heading_row"], answer["questions"]) == ("payments", 2, [])
    assert answer["rows"] == [{"line": 3, "paid_on": "2020-05-13", "pence": 100, "payee": "B Ltd"}]


def test_every_list_in_a_zip_is_read_and_the_rest_is_told(tmp_path: Path) -> None:
    members = {"a.csv": text("2020-04-13", 1), "b.csv": text("2020-05-13", 2), "about.pdf": b"%PDF-1.7"}
    file = tmp_path / "year.zip"
    file.write_bytes(zip_of(members))
    answer = json.loads(read(tmp_path, file).stdout)
    assert [(entry["file"], entry["accepted"]) for entry in answer["files"]] == [
        ("year.zip/a.csv", 1),
        ("year.zip/b.csv", 1),
        ("year.zip/about.pdf", 0),
    ]
    assert "PDF" in answer["files"][2]["error"]["reason"]
    assert answer["totals"]["pence_accepted"] == 300
    assert answer["ledger"] == {"parts": 2, "rows": 2, "pence": 300}


def book_of(folder: Path, sheets: dict[str, list[list[str]]]) -> Path:
    """A workbook of several sheets, written by another library than the one that reads it."""
    xlwt = pytest.importorskip("xlwt")
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell)
    path = folder / "book.xls"
    book.save(str(path))
    return path


def test_every_sheet_of_payments_is_read_once(tmp_path: Path) -> None:
    may, june = [HEAD, ["2020-05-13", "A", "1.00"]], [HEAD, ["2020-06-13", "B", "2.00"]]
    notes = [["Notes on this workbook"], ["Payments over £500"]]
    path = book_of(tmp_path, {"Notes": notes, "May": may, "June": june, "June again": june})
    result = read(tmp_path, path)
    entries = json.loads(result.stdout)["files"]
    assert [(entry["sheet"], entry["accepted"]) for entry in entries if entry["accepted"]] == [
        ("May", 1),
        ("June", 1),
    ]
    assert "holds the same rows as" in result.stderr
    assert Ledger(tmp_path / "ledger").totals()[0].pence == 300
    assert json.loads(read(tmp_path, path).stdout)["files"][0]["already"]
    only = call("read", path, "--sheet", "June", "--anchor", "X", "--ledger", tmp_path / "other", "--json")
    assert [entry["sheet"] for entry in json.loads(only.stdout)["files"]] == ["June"]


def test_large_files_read_side_by_side_come_to_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handed_in, "TOGETHER", 1)
    files = [tmp_path / f"{number}.csv" for number in range(3)]
    for number, file in enumerate(files):
        file.write_text(text(f"2020-0{number + 1}-13", number + 1), encoding="utf-8")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("Ward,Population\nA,5\n", encoding="utf-8")
    result = read(tmp_path, *files, wrong, files[0])
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert [entry["accepted"] for entry in answer["files"]] == [1, 1, 1, 0, 1]
    assert answer["totals"]["pence_accepted"] == answer["ledger"]["pence"] == 600
    assert "Population" in result.stderr


def test_what_finance_would_ask_stands_with_the_files(tmp_path: Path) -> None:
    invoice = "2020-0{0}-13,B Ltd,5000.00,INV-77123\n2020-0{0}-14,C Ltd,{0}.00,INV-{0}\n"
    for month in (4, 5):
        content = "Date,Supplier,Amount,Invoice Number\n" + invoice.format(month)
        (tmp_path / f"{month}.csv").write_text(content, encoding="utf-8")
    answer = json.loads(read(tmp_path, tmp_path / "4.csv", tmp_path / "5.csv").stdout)
    (check,) = answer["checks"]
    assert check["kind"] == "invoices_twice"
    assert "£5,000.00" in check["sentence"]
    assert all(check["sentence"] in entry["warnings"] for entry in answer["files"])
    again = read(tmp_path, tmp_path / "4.csv")
    assert json.loads(again.stdout)["checks"] == []
