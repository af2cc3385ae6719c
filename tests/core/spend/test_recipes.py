"""Does a recipe say all that reading depends on, and is it remembered, moved and mended as a person would?"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.spend.importing import clock
from core.spend.shapes import source_of
from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend import Ledger, Payment, Recipe, look, read_rows
from folkmoot.core.spend.reading import Role, Unsure

HEAD = "When,Whom,How much,Where\n"
ODD = "Date,Details,Supplier,Trades as,Value\n"
headings = st.lists(st.text(min_size=0, max_size=12), min_size=1, max_size=8).map(tuple)
recipes = st.builds(
    Recipe,
    encoding=st.sampled_from(("", "utf-8", "cp1252", "utf-16")),
    delimiter=st.sampled_from((",", ";", "\t", "|", "")),
    heading_row=st.integers(0, 300),
    headings=headings,
    columns=st.dictionaries(st.sampled_from(Role), st.integers(0, 12)).map(
        lambda columns: {Role.PAID_ON: 0, Role.PAYEE: 1, Role.AMOUNT: 2} | columns
    ),
    date_order=st.sampled_from(("dmy", "mdy", "ymd")),
    amount_basis=st.sampled_from(("net", "gross", "unknown")),
    decimal_mark=st.sampled_from((".", ",")),
    first_day=st.dates(max_value=date(2000, 1, 1)),
    last_day=st.dates(min_value=date(2001, 1, 1)),
    sheet=st.text(max_size=9),
)


@settings(max_examples=150, deadline=None)
@given(recipe=recipes)
def test_a_recipe_survives_being_written_and_read(recipe: Recipe) -> None:
    whole = replace(recipe, columns=recipe.with_columns(recipe.columns).columns)
    again = Recipe.from_toml(whole.as_toml("a\nb.csv"))
    assert again == replace(whole, told_by="person")
    assert Recipe.from_plain(whole.as_plain()) == whole


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("date_order = \"dmy\"", "date_order = \"ydm\""), "none of dmy"),
        (("heading_row = 1", "heading_row = -1"), "counted from 1"),
        (("payee = \"Whom\"", "payee = \"Who else\""), "None of the recipe's headings"),
        (("payee = \"Whom\"", "payer = \"Whom\""), "no such role"),
        (("payee = \"Whom\"", "payee = true"), "None of the recipe's headings is “True”"),
        (("currency = \"GBP\"", "currency = \"pounds\""), "three capital letters"),
        (("encoding = \"utf-8\"", "encoding = \"klingon\""), "not known"),
        (("first_day = \"1990-01-01\"", "first_day = \"soon\""), "no day such as"),
        (("first_day = \"1990-01-01\"", "first_day = 1990-01-01T10:00:00"), "no day such as"),
        (("first_day = \"1990-01-01\"", "first_day = 5"), "no day such as"),
        (("headings = [", "headings = [3, "), "list of texts"),
        (("kind = \"payments\"", "kind = "), "no TOML"),
        (("kind = \"payments\"", "mood = \"good\""), "no such key"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_said(change: tuple[str, str], words: str) -> None:
    columns = {Role.PAID_ON: 0, Role.PAYEE: 1, Role.AMOUNT: 2}
    text = Recipe("utf-8", ",", 1, ("When", "Whom", "How much"), columns).as_toml()
    assert change[0] in text
    with pytest.raises(Refused, match=words) as refused:
        Recipe.from_toml(text.replace(*change))
    assert (refused.value.field, bool(refused.value.next_step)) == ("recipe", True)


def mended(folder: Path, content: str, **columns: str) -> Recipe:
    """The guess about a file, with some columns put right by a person."""
    guess = look(source_of(content, folder)).recipe
    named = {Role(role): guess.headings.index(heading) for role, heading in columns.items()}
    return replace(guess.with_columns(guess.columns | named), told_by="person")


def payees(content: str, folder: Path, recipe: Recipe, name: str = "file.csv") -> list[str]:
    source = source_of(content, folder, name)
    rows = read_rows(source, look(source, recipe=recipe).recipe)
    return [row.payee for row in rows if isinstance(row, Payment)]


ROWS = "".join(f"{day}/04/2020,Work {day},Firm,Brine {day} Ltd,{day}.50\n" for day in range(1, 29))


def test_a_wrong_guess_put_right_is_remembered_for_the_publisher(tmp_path: Path) -> None:
    ledger, recipe = Ledger(tmp_path / "ledger"), mended(tmp_path, ODD + ROWS, payee="Trades as")
    assert look(source_of(ODD + ROWS, tmp_path)).rows[0].payee != "Brine 1 Ltd"
    ledger.keep_recipe(recipe, anchor="Riverton Council")
    moved = "Spend in May\n\nTrades as,Value,Details,Date,Supplier\n" + "".join(
        f"Moss {day} Ltd,{day}.50,Work,{day:02d}/05/2020,Firm\n" for day in range(1, 13)
    )
    seen = ledger.look(source_of(moved, tmp_path, "may.csv"), anchor="riverton council ")
    assert (seen.rows[0].payee, seen.rows[0].paid_on) == ("Moss 1 Ltd", date(2020, 5, 1))
    assert (seen.recipe.heading_row, seen.recipe.told_by, seen.questions) == (3, "person", ())
    other = ledger.look(source_of(moved, tmp_path, "may.csv"), anchor="Another Council")
    assert other.recipe.told_by == "guess"


def test_new_headings_of_a_publisher_are_guessed_again(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    ledger.keep_recipe(mended(tmp_path, ODD + ROWS, payee="Trades as"), anchor="A")
    plain = source_of("Date,Supplier,Amount\n2020-04-30,B Ltd,1\n", tmp_path, "b.csv")
    assert ledger.look(plain, anchor="A").recipe.told_by == "guess"
    with pytest.raises(Refused, match="does not fit"):
        look(plain, recipe=mended(tmp_path, ODD + ROWS, payee="Trades as"))


def test_a_kept_recipe_that_was_spoilt_is_named(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    path = ledger.keep_recipe(mended(tmp_path, ODD + ROWS, payee="Trades as"), anchor="../../A")
    assert (tmp_path / "ledger" / "recipes") in path.parents
    path.write_text("kind =", encoding="utf-8")
    with pytest.raises(Refused, match="kept recipe"):
        ledger.recipes("../../A")


def test_an_open_order_of_dates_waits_for_a_person(tmp_path: Path) -> None:
    source = source_of("Date,Supplier,Amount\n04/05/2020,B Ltd,1\n", tmp_path)
    ledger = Ledger(tmp_path / "ledger")
    with pytest.raises(Unsure) as unsure:
        ledger.add_file(source, anchor="A", clock=clock)
    (question,) = unsure.value.questions
    assert (question.key, [value for value, _ in question.choices]) == ("date_order", ["dmy", "mdy"])
    assert ledger.parts() == []
    told = replace(ledger.look(source, anchor="A").recipe, date_order="mdy", told_by="person")
    ledger.add_file(source, anchor="A", clock=clock, recipe=told)
    assert ledger.payments()[0][0].paid_on == date(2020, 4, 5)
    # The publisher's own files settle the next one.
    again = source_of("Date,Supplier,Amount\n04/06/2020,B Ltd,1\n", tmp_path, "b.csv")
    assert ledger.look(again, anchor="A").recipe.date_order == "mdy"


@pytest.mark.parametrize(
    ("name", "rows", "order"),
    [
        ("spend april 2020.csv", ["04/05/2020"], "mdy"),
        ("spend-2020-05.csv", ["04/05/2020"], "dmy"),
        ("a.csv", ["05/05/2020"], "dmy"),
        ("a.csv", [f"{day:02d}/05/2020" for day in (4, 6, 8, 11)], "dmy"),
        ("a.csv", [f"05/{day:02d}/2020" for day in (4, 6, 8, 11)], "mdy"),
    ],
)
def test_dates_below_thirteen_are_settled_by_thought(
    tmp_path: Path, name: str, rows: list[str], order: str
) -> None:
    text = "Date,Supplier,Amount\n" + "".join(f"{day},B Ltd,1\n" for day in rows)
    seen = look(source_of(text, tmp_path, name))
    assert (seen.recipe.date_order, seen.questions) == (order, ())
    assert seen.because["date_order"]


def test_the_whole_file_may_overrule_its_first_lines(tmp_path: Path) -> None:
    rows = ["13/01/2020,A,1\n"] + [f"01/{day}/2020,A,1\n" for day in range(13, 29)] * 40
    rows[1:1] = ["01/02/2020,A,1\n"] * 300
    ledger = Ledger(tmp_path / "ledger")
    part = ledger.add_file(
        source_of("Date,Supplier,Amount\n" + "".join(rows), tmp_path), anchor="A", clock=clock
    )
    assert (part.recipe["date_order"], part.reported) == ("mdy", 1)
    assert len(list((tmp_path / "ledger" / "parts").iterdir())) == 2


def test_a_file_without_clear_columns_is_asked_about(tmp_path: Path) -> None:
    rows = "".join(f"{day:02d}/04/2020,7{day:03d},Firm {day} Ltd,{day}.50\n" for day in range(1, 30))
    assert [question.key for question in look(source_of(rows, tmp_path)).questions] == ["columns"]
    twice = "Date,Supplier,Amount,Amount\n" + "30/04/2020,B Ltd,12,10\n" * 3
    (question,) = look(source_of(twice, tmp_path)).questions
    assert (question.key, [value for value, _ in question.choices]) == ("columns.amount", ["3", "4"])
