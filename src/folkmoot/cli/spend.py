"""How are published spend files read from the command line?"""

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli.handed_in import FIGURES, Answer, Job, read_all
from folkmoot.cli.progress import Progress
from folkmoot.core.kernel.errors import FolkmootError, NotFound, Refused

if TYPE_CHECKING:
    from folkmoot.core.spend import Ledger, Look, Recipe, Reported, Source

PAGE = 5_000  # reported rows fetched at a time
LEDGER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def spend() -> None:
    """What the anchors spend: published files, read to the penny."""


@spend.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--anchor", required=True, metavar="NAME", help="The organisation that paid.")
@click.option(
    "--ledger", "folder", required=True, metavar="DIR", type=LEDGER,
    help="The ledger's folder; made when it is not there.",
)  # fmt: skip
@click.option(
    "--recipe", "recipe_file", metavar="FILE.toml", type=FILE, help="How to read: see spend recipe."
)
@click.option("--sheet", metavar="NAME", help="Of a workbook, the one sheet to read.")
@click.option(
    "--reported", "reported_to", metavar="FILE.csv", type=FILE,
    help="Write each row that was set aside here: file, line, reason, cells.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def read(
    files: Sequence[Path],
    anchor: str,
    folder: Path,
    recipe_file: Path | None,
    sheet: str | None,
    reported_to: Path | None,
    as_json: bool,
) -> None:
    """Read published files (CSV, XLSX, XLS, ODS, also in .gz and .zip) into a ledger.

    The same bytes twice add nothing. What a person must settle first is asked, and the file waits.
    """
    from folkmoot.core.spend import Ledger

    ledger, progress = Ledger(folder), Progress()
    try:
        ledger.parts()  # a damaged ledger is said once, not for each file
        recipe = _recipe_of(recipe_file) if recipe_file else None
        answers = list(read_all([Job(path, folder, anchor, recipe, sheet) for path in files], progress))
        checks = _checked(ledger, answers)
        progress.end()
        if reported_to:
            _write_reported(ledger, answers, reported_to)
        held = ledger.totals()[0]
        parts = len(ledger.parts())
    except FolkmootError as error:
        _say_error(error)
        raise SystemExit(1) from error
    entries = [answer.entry for answer in answers]
    whole = {"files": entries, "totals": _totals(answers), "checks": checks}
    whole["ledger"] = {"parts": parts, "rows": held.rows, "pence": held.pence}
    for answer in answers:
        if answer.error:
            click.echo(answer.error, err=True)
    click.echo(json.dumps(whole, ensure_ascii=False) if as_json else _in_words(whole))
    if any(answer.error for answer in answers):
        raise SystemExit(1)


@spend.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--member", metavar="NAME", help="Of a zip with several lists, the one to look at.")
@click.option("--sheet", metavar="NAME", help="Of a workbook, the sheet to look at.")
@click.option("--heading-row", type=click.IntRange(0), metavar="N", help="The line of the headings; 0: none.")
@click.option("--anchor", metavar="NAME", default="", help="The publisher, whose kept recipes are tried.")
@click.option("--ledger", "folder", metavar="DIR", type=LEDGER, help="The ledger that keeps them.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def recipe(
    file: Path,
    member: str | None,
    sheet: str | None,
    heading_row: int | None,
    anchor: str,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Guess how a file is to be read, and write the guess as a recipe (TOML) to edit.

    Nothing is read in. Hand the recipe over with “spend read --recipe”.
    """
    try:
        source = _source_of(file, member)
        seen = _look(source, sheet, heading_row, anchor, folder)
    except FolkmootError as error:
        _say_error(error)
        raise SystemExit(1) from error
    if as_json:
        click.echo(json.dumps(_look_in_plain(source, seen), ensure_ascii=False))
        return
    click.echo(f"{source.name}: {seen.kind.words}, {seen.confidence:.0%} sure. {seen.why}", err=True)
    for question in seen.questions:
        click.echo(f"To be answered ({question.key}): {question.sentence} {question.reason}", err=True)
    for warning in seen.warnings:
        click.echo(warning, err=True)
    click.echo(seen.recipe.as_toml(source.name), nl=False)


def _source_of(file: Path, member: str | None) -> "Source":
    from folkmoot.core.spend.reading import open_source, open_sources

    if member is None:
        return open_source(file)
    for source in open_sources(file).sources:
        if source.member == member:
            return source
    raise NotFound(f"“{file.name}” holds no file “{member}”.", "", "Look at the names in it.")


def _look(
    source: "Source", sheet: str | None, heading_row: int | None, anchor: str, folder: Path | None
) -> "Look":
    from folkmoot.core.spend import Ledger, look

    if sheet is not None and sheet not in source.sheets:
        names = f"Its sheets are {', '.join(source.sheets)}." if source.sheets else "It is no workbook."
        raise NotFound(f"“{source.name}” has no sheet “{sheet}”.", names, "Name one of them.")
    if folder is None:
        return look(source, sheet=sheet, heading_row=heading_row)
    return Ledger(folder).look(source, anchor=anchor, sheet=sheet, heading_row=heading_row)


def _look_in_plain(source: "Source", seen: "Look") -> dict[str, Any]:
    from folkmoot.core.spend import Payment

    rows = [
        {"line": row.line, "paid_on": row.paid_on.isoformat(), "pence": row.pence, "payee": row.payee}
        if isinstance(row, Payment)
        else {"line": row.line, "reason": row.reason.value, "pence": row.pence}
        for row in seen.rows
    ]
    return {
        "file": source.name,
        "sheets": list(source.sheets),
        "kind": seen.kind.value,
        "why": seen.why,
        "confidence": seen.confidence,
        "recipe": seen.recipe.as_plain(),
        "rows": rows,
        "warnings": list(seen.warnings),
        "questions": [
            {"key": one.key, "sentence": one.sentence, "reason": one.reason, "choices": dict(one.choices)}
            for one in seen.questions
        ],
        "other_sheets": list(seen.other_sheets),
    }


def _recipe_of(path: Path) -> "Recipe":
    from folkmoot.core.spend import Recipe

    try:
        return Recipe.from_toml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"The recipe “{path}” could not be opened.", f"{error}.", "Check the path.") from error


def _checked(ledger: "Ledger", answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """What finance would ask about the files that were new; each question stands with its files as well."""
    new = {answer.part_id: answer for answer in answers if answer.part_id and not answer.entry["already"]}
    if not new:
        return []
    checks = ledger.checks(new)
    for check in checks:
        for part_id in check.part_ids:
            if part_id in new:
                new[part_id].entry["warnings"].append(check.sentence)
    return [
        {"kind": check.kind.value, "sentence": check.sentence, "anchor": check.anchor,
         "parts": list(check.part_ids), "years": list(check.years), "months": list(check.months)}
        for check in checks
    ]  # fmt: skip


def _totals(answers: Sequence[Answer]) -> dict[str, Any]:
    """Sums over the files; bytes that were given twice are counted once, as in the ledger."""
    once = [answer.entry for answer in {answer.key: answer for answer in answers}.values()]
    reasons: dict[str, int] = {}
    for entry in once:
        for reason, count in entry["reasons"].items():
            reasons[reason] = reasons.get(reason, 0) + count
    return {name: sum(entry[name] for entry in once) for name in FIGURES} | {"reasons": reasons}


def _write_reported(ledger: "Ledger", answers: Sequence[Answer], path: Path) -> None:
    """Every row that was set aside, once for each file, as wide as the widest."""
    from folkmoot.core.spend.cells import safe_cell

    def rows() -> Iterator[tuple[str, "Reported"]]:
        for answer in {one.key: one for one in answers}.values():
            yield from ((answer.entry["file"], row) for row in _reported_of(ledger, answer))

    width = max((len(row.cells) for _, row in rows()), default=0)
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["file", "line", "reason", *(f"cell_{at}" for at in range(1, width + 1))])
            for name, row in rows():
                padding = [""] * (width - len(row.cells))
                writer.writerow(
                    [safe_cell(name), row.line, row.reason.value, *map(safe_cell, row.cells), *padding]
                )
    except OSError as error:
        raise Refused(
            f"“{path}” could not be written.",
            f"{error.strerror}.",
            "Choose another place. The ledger is complete.",
        ) from error


def _reported_of(ledger: "Ledger", answer: Answer) -> Iterator["Reported"]:
    from folkmoot.core.spend import Reported, look, read_rows
    from folkmoot.core.spend.reading import open_sources

    if answer.part_id:
        for offset in range(0, answer.entry["reported"], PAGE):
            yield from ledger.reported(answer.part_id, offset=offset, limit=PAGE)
    elif answer.entry["reported"]:
        for source in open_sources(answer.path).sources:
            if source.sha256 == answer.entry["sha256"]:
                rows = read_rows(source, look(source).recipe)
                yield from (row for row in rows if isinstance(row, Reported))


def _in_words(whole: dict[str, Any]) -> str:
    from folkmoot.core.kernel.money import say

    lines, told = [], {check["sentence"] for check in whole["checks"]}
    for entry in whole["files"]:
        if "error" in entry:
            lines.append(f"{entry['file']}: not read. {entry['error']['reason']}")
            continue
        already = " (read before; nothing added)" if entry["already"] else ""
        lines.append(
            f"{entry['file']}: {_many(entry['accepted'], 'payment')}, {say(entry['pence_accepted'])};"
            f" {_many(entry['reported'], 'row')} set aside{already}"
        )
        if entry["total_differs"]:
            lines.append("  The total printed in the file is not the sum of its rows: see below.")
        lines += [f"  {warning}" for warning in entry["warnings"] if warning not in told]
        told.update(entry["warnings"])
    lines += [check["sentence"] for check in whole["checks"]]
    held = whole["ledger"]
    lines.append(
        f"The ledger holds {_many(held['rows'], 'payment')} of {_many(held['parts'], 'file')}, "
        f"{say(held['pence'])}."
    )
    return "\n".join(lines)


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _say_error(error: FolkmootError) -> None:
    click.echo(str(error), err=True)
