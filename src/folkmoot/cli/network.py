"""How are people and support counted from the command line?"""

import json
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli.opened import content_of
from folkmoot.core.kernel.errors import FolkmootError, Refused

if TYPE_CHECKING:
    from folkmoot.core.network import PeopleRead, StancesRead, Support

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def network() -> None:
    """Who stands behind this: people, posts and support."""


@network.command()
@click.argument("people", metavar="PEOPLE.csv", type=_FILE)
@click.option(
    "--stances", required=True, metavar="STANCES.csv", type=_FILE, help="Who stood where, and when."
)
@click.option(
    "--target", default=20, show_default=True, type=click.IntRange(min=1), help="Supporters wanted."
)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to count on.  [default: today]")
@click.option(
    "--window", default=180, show_default=True, type=click.IntRange(min=0), help="Days until stale."
)
@click.option("--ask", metavar="ASK", help="Count stances towards this ask alone.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def support(
    people: Path,
    stances: Path,
    target: int,
    as_of: datetime | None,
    window: int,
    ask: str | None,
    as_json: bool,
) -> None:
    """Count active support by part of the system and by level."""
    from folkmoot.core import network as core

    day = as_of.date() if as_of else _today()
    try:
        contacts = core.read_people(content_of(people, "a sheet"))
        if not any(spell.part for person in contacts.people for spell in person.posts):
            raise Refused(
                "Support was not counted.",
                "No row of the people file names a part of the system.",
                "Add a column with the heading “part”, such as Health or Housing.",
            )
        told = core.read_stances(content_of(stances, "a sheet"), contacts.people)
    except FolkmootError as error:
        click.echo(str(error), err=True)
        raise SystemExit(1) from error
    counted = core.support(contacts.people, told.stances, as_of=day, target=target, window=window, ask=ask)
    _tell_rows(contacts, told)
    click.echo(core.in_words(counted), err=as_json)
    if as_json:
        click.echo(json.dumps(_answer(counted, contacts, told), ensure_ascii=False, indent=2))
    else:
        _tell(counted, core.breadth_in_words(counted))


def _today() -> date:
    return date.today()  # noqa: TID251, DTZ011 (a door reads the clock once, in the user's own zone)


def _answer(counted: "Support", people: "PeopleRead", stances: "StancesRead") -> dict[str, Any]:
    return {
        "as_of": counted.as_of.isoformat(),
        "window": counted.window,
        "active": counted.active,
        "active_fresh": counted.active_fresh,
        "target": counted.target,
        "parts": counted.parts,
        "levels": counted.levels,
        "effective_parts": counted.effective_parts,
        "largest_share": counted.largest_share,
        "breadth_ok": counted.breadth_ok,
        "gaps": [
            {"part": g.part, "level": g.level, "kind": g.kind, "sentence": g.sentence, "act": g.act}
            for g in counted.gaps
        ],
        "warnings": list(counted.warnings),
        "rows": {"people": people.rows_in, "stances": stances.rows_in},
        "reported": [
            {"file": file, "line": note.line, "reason": note.reason, "cells": list(note.cells), "read": read}
            for file, note, read in _rows(people, stances)
        ],
    }


def _rows(people: "PeopleRead", stances: "StancesRead") -> list[tuple[str, Any, bool]]:
    """Every row to tell of: its file, what is to tell, and whether it was read all the same."""
    return [
        *(("people", note, False) for note in people.reported),
        *(("people", note, True) for note in people.noted),
        *(("stances", note, False) for note in stances.reported),
    ]


def _tell_rows(people: "PeopleRead", stances: "StancesRead") -> None:
    for file, note, read in _rows(people, stances):
        outcome = "read, but" if read else "set aside:"
        click.echo(f"{file}, line {note.line}, {outcome} {note.reason}", err=True)


def _tell(counted: "Support", breadth: str) -> None:
    click.echo(breadth)
    for tally in counted.by_part:
        stale = tally.active - tally.active_fresh
        heard = f", {stale} not heard for {counted.window} days" if stale else ""
        click.echo(f"  {tally.part}: {tally.active} active{heard}, {tally.known} known")
    for gap in counted.gaps:
        click.echo(f"- {gap.sentence} {gap.act}")
    for warning in counted.warnings:
        click.echo(f"Note: {warning}")
