"""How are published spend files read from the command line?"""

import csv
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from folkmoot.core.kernel.errors import FolkmootError, Refused

if TYPE_CHECKING:
    from folkmoot.core.spend import Ledger, Part, Reported, Source

FIGURES = ("rows_in", "accepted", "reported", "pence_in", "pence_accepted", "pence_reported")
PAGE = 5_000  # reported rows fetched at a time
SLOW = 2.0  # seconds after which a person at a terminal is told how far it is


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file: its part in the ledger, or the error for which nothing of it was kept."""

    path: Path
    source: "Source | None"
    part: "Part | None" = None
    error: FolkmootError | None = None


@click.group()
def spend() -> None:
    """What the anchors spend: published files, read to the penny."""


@spend.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--anchor", required=True, metavar="NAME", help="The organisation that paid.")
@click.option(
    "--ledger", "folder", required=True, metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    help="The ledger's folder; made when it is not there.",
)  # fmt: skip
@click.option(
    "--reported", "reported_to", metavar="FILE.csv", type=click.Path(dir_okay=False, path_type=Path),
    help="Write each row that was set aside here: file, line, reason, cells.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def read(files: Sequence[Path], anchor: str, folder: Path, reported_to: Path | None, as_json: bool) -> None:
    """Read published CSV files (also .gz) into a ledger. The same bytes twice add nothing."""
    from folkmoot.core.spend import Ledger

    ledger = Ledger(folder)
    try:
        ledger.parts()  # a damaged ledger is said once, not for each file
        answers = [_read_one(ledger, path, anchor) for path in files]
        if reported_to:
            _write_reported(ledger, answers, reported_to)
        entries = [_entry(answer) for answer in answers]
        held = ledger.totals()[0]
        parts = len(ledger.parts())
    except FolkmootError as error:
        _say_error(error)
        raise SystemExit(1) from error
    whole = {"files": entries, "totals": _totals(entries)}
    whole["ledger"] = {"parts": parts, "rows": held.rows, "pence": held.pence}
    click.echo(json.dumps(whole, ensure_ascii=False) if as_json else _in_words(whole))
    if any(answer.error for answer in answers):
        raise SystemExit(1)


def _read_one(ledger: "Ledger", path: Path, anchor: str) -> Answer:
    from folkmoot.core.spend import open_source

    source = None
    try:
        source = open_source(path)
        part = ledger.add_file(source, anchor=anchor, clock=_now, progress=_Progress(source.name))
    except FolkmootError as error:
        _say_error(error)
        return Answer(path, source, error=error)
    except OSError as error:
        refused = Refused(
            f"“{path.name}” could not be read in.",
            f"{error.strerror or error}.",
            "Check the folder and the disk.",
        )
        _say_error(refused)
        return Answer(path, source, error=refused)
    return Answer(path, source, part)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  the clock comes in by this door


class _Progress:
    """Tells a person at a terminal how far a slow file is; says nothing in a pipe."""

    def __init__(self, name: str) -> None:
        self._name, self._began, self._shown = name, time.monotonic(), False

    def __call__(self, rows: int, done: int, whole: int) -> None:
        if not sys.stderr.isatty():
            return
        if done >= whole and self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
        elif done < whole and time.monotonic() - self._began > SLOW:
            self._shown = True
            click.echo(f"\r{self._name}: {rows:,} rows, {100 * done // whole} %", nl=False, err=True)


def _entry(answer: Answer) -> dict[str, Any]:
    """One entry of files[]; a refused file counts its rows as set aside and brings no money."""
    if answer.part:
        part = answer.part
        names = ("file", "sha256", "kind", "encoding", "heading_row", *FIGURES)
        return {name: getattr(part, name) for name in names} | {
            "reasons": dict(part.reasons),
            "warnings": list(part.warnings),
            "part": part.id,
            "already": part.already,
        }
    source, error = answer.source, answer.error or FolkmootError("It was not read.")
    kind, heading_row, reasons = _refused_as(answer)
    count = sum(reasons.values())
    return {
        "file": source.name if source else answer.path.name,
        "sha256": source.sha256 if source else "",
        "kind": kind,
        "encoding": source.encoding if source else "",
        "heading_row": heading_row,
        **dict.fromkeys(FIGURES, 0),
        "rows_in": count,
        "reported": count,
        "reasons": reasons,
        "warnings": [],
        "error": {"sentence": error.sentence, "reason": error.reason, "next_step": error.next_step},
    }


def _refused_as(answer: Answer) -> tuple[str, int, dict[str, int]]:
    from folkmoot.core.spend import WrongDataset, look

    if not answer.source or not isinstance(answer.error, WrongDataset):
        return "unknown", 0, {}
    reasons: dict[str, int] = {}
    for row in _refused_rows(answer.source):
        reasons[row.reason.value] = reasons.get(row.reason.value, 0) + 1
    return answer.error.kind.value, look(answer.source).recipe.heading_row, reasons


def _refused_rows(source: "Source") -> Iterator["Reported"]:
    from folkmoot.core.spend import Reported, look, read_rows

    return (row for row in read_rows(source, look(source).recipe) if isinstance(row, Reported))


def _totals(entries: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Sums over the files; bytes that were given twice are counted once, as in the ledger."""
    once = {entry["sha256"] or number: entry for number, entry in enumerate(entries)}.values()
    reasons: dict[str, int] = {}
    for entry in once:
        for reason, count in entry["reasons"].items():
            reasons[reason] = reasons.get(reason, 0) + count
    return {name: sum(entry[name] for entry in once) for name in FIGURES} | {"reasons": reasons}


def _write_reported(ledger: "Ledger", answers: Sequence[Answer], path: Path) -> None:
    """Every row that was set aside, once for each file, as wide as the widest."""
    from folkmoot.core.spend import WrongDataset
    from folkmoot.core.spend.cells import safe_cell

    def rows() -> Iterator[tuple[str, "Reported"]]:
        for answer in {(one.source.sha256 if one.source else one.path): one for one in answers}.values():
            if answer.part:
                yield from ((answer.part.file, row) for row in _reported_of(ledger, answer.part))
            elif answer.source and isinstance(answer.error, WrongDataset):
                yield from ((answer.source.name, row) for row in _refused_rows(answer.source))

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


def _reported_of(ledger: "Ledger", part: "Part") -> Iterator["Reported"]:
    for offset in range(0, part.reported, PAGE):
        yield from ledger.reported(part.id, offset=offset, limit=PAGE)


def _in_words(whole: dict[str, Any]) -> str:
    from folkmoot.core.kernel.money import say

    lines = []
    for entry in whole["files"]:
        if "error" in entry:
            lines.append(f"{entry['file']}: not read. {entry['error']['reason']}")
            continue
        already = " (read before; nothing added)" if entry["already"] else ""
        lines.append(
            f"{entry['file']}: {entry['accepted']:,} payments, {say(entry['pence_accepted'])};"
            f" {entry['reported']:,} rows set aside{already}"
        )
        lines += [f"  {warning}" for warning in entry["warnings"]]
    held = whole["ledger"]
    lines.append(
        f"The ledger holds {held['rows']:,} payments of {held['parts']} files, {say(held['pence'])}."
    )
    return "\n".join(lines)


def _say_error(error: FolkmootError) -> None:
    click.echo(str(error), err=True)
