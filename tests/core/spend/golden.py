"""What is guessed about each open file, in a table that a person can check line by line?

`python -m core.spend.golden` (with FOLKMOOT_OPEN_DATA set, from the folder `tests`) writes the table again;
look at what changed before you keep it.
"""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

from folkmoot.core.kernel.errors import FolkmootError
from folkmoot.core.spend import Look, Recipe, Source, look
from folkmoot.core.spend.reading import Reading, open_sources
from folkmoot.core.spend.reading.guessing.headings import Role

TABLE = Path(__file__).parent / "golden_recipes.csv"
NAMES = (
    "file", "sheet", "kind", "heading_row", "delimiter", "encoding", "date_order", "amount_basis",
    "decimal_mark", "columns", "asks", "rows_in", "reported", "pence_in", "reasons",
)  # fmt: skip


def open_files(folder: Path) -> list[Path]:
    """Every published file of the open data."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".md")


def told_of(path: Path, folder: Path) -> Iterator[dict[str, str]]:
    """A row of the table for each list in a file."""
    named = path.relative_to(folder).as_posix()
    try:
        opened = open_sources(path)
    except FolkmootError as error:
        yield dict.fromkeys(NAMES, "") | {"file": named, "kind": f"refused: {error.reason}"}
        return
    for source in opened.sources:
        seen = look(source)
        yield {"file": named, **_of_recipe(seen.recipe), **_of_rows(source, seen)}


def _of_recipe(recipe: Recipe) -> dict[str, str]:
    columns = [
        f"{role}={recipe.headings[at].strip() or at + 1}"
        for role, at in sorted(recipe.columns.items(), key=lambda one: list(Role).index(one[0]))
    ]
    names = ("sheet", "kind", "heading_row", "encoding", "date_order", "amount_basis", "decimal_mark")
    return {name: str(getattr(recipe, name)) for name in names} | {
        "delimiter": {"\t": "tab"}.get(recipe.delimiter, recipe.delimiter),
        "columns": "; ".join(columns),
    }


def _of_rows(source: Source, seen: Look) -> dict[str, str]:
    asks = {"asks": ", ".join(question.key for question in seen.questions)}
    if seen.refusal(source.name):
        return asks | dict.fromkeys(("rows_in", "reported", "pence_in", "reasons"), "")
    reading = Reading(source, seen.recipe)
    for _ in reading.batches():
        pass
    tally = reading.tally
    reasons = " ".join(f"{reason}={count}" for reason, count in sorted(tally.reasons.items()))
    figures = {name: str(getattr(tally, name)) for name in ("rows_in", "reported", "pence_in")}
    return asks | figures | {"reasons": reasons}


def read_table() -> list[dict[str, str]]:
    """The table as a person checked it."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write() -> None:
    folder = Path(os.environ["FOLKMOOT_OPEN_DATA"]) / "spend"
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, NAMES, lineterminator="\n")
        writer.writeheader()
        for path in open_files(folder):
            writer.writerows(told_of(path, folder))


if __name__ == "__main__":
    _write()
