"""How are ballots that rank, approve, mark or compare counted from the command line?"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli.opened import content_of
from folkmoot.core.kernel.errors import Refused

if TYPE_CHECKING:
    from folkmoot.core.decide.ranking import Ballots, Settings

# The core's own words, written out so that the help needs no engine; a test holds them together.
METHODS = (
    "borda",
    "schulze",
    "irv",
    "stv",
    "bradley-terry",
    "approval",
    "gradients",
    "score",
    "opera",
    "mes",
    "phragmen",
    "pav",
    "seqpav",
    "cc",
    "seqcc",
)
TRANSFERS = ("wig", "gregory")
COMPLETIONS = ("phragmen", "votes", "none")
LARGEST = 64_000_000  # bytes after unpacking


@click.command()
@click.argument("ballots", metavar="BALLOTS", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--method", default="borda", show_default=True, type=click.Choice(METHODS))
@click.option("--seats", type=int, help="How many are to be elected.  [default: the file's, or 1]")
@click.option(
    "--ties",
    default="none",
    show_default=True,
    help="Ties stay ties (none), or go by id, or seed: and a seed.",
)
@click.option(
    "--transfer", default="wig", show_default=True, type=click.Choice(TRANSFERS), help="Surpluses in STV."
)
@click.option(
    "--completion",
    default="phragmen",
    show_default=True,
    type=click.Choice(COMPLETIONS),
    help="Seats that equal shares leave.",
)
@click.option(
    "--prior",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0),
    help="Bradley-Terry: wins and losses of each against an imaginary one.",
)
@click.option(
    "--blt", metavar="FILE.blt", type=click.Path(dir_okay=False, path_type=Path), help="Write BLT too."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def rank(ballots: Path, blt: Path | None, as_json: bool, **chosen: Any) -> None:
    """Rank ideas or elect by ballots: BLT, or CSV with one row a voter. Ties are shown as ties."""
    from folkmoot.cli import ranks
    from folkmoot.core.decide.ranking import count
    from folkmoot.core.decide.ranking.files import read_ballots

    settings = _settings(chosen)
    read = read_ballots(content_of(ballots, "ballots", LARGEST), settings.method)
    result = count(read, settings)
    if blt:
        _write(read, settings.seats, blt)
    if as_json:
        click.echo(json.dumps(ranks.answer(read, result), ensure_ascii=False, indent=2))
    else:
        for line in ranks.told(read, result):
            click.echo(line)


def _settings(chosen: dict[str, Any]) -> "Settings":
    from folkmoot.core.decide.ranking import Completion, Method, Settings, Ties
    from folkmoot.core.decide.ranking.settings import Transfer

    return Settings(
        Method(chosen["method"]),
        chosen["seats"],
        Ties(chosen["ties"]),
        Transfer(chosen["transfer"]),
        Completion(chosen["completion"]),
        chosen["prior"],
    )


def _write(read: "Ballots", seats: int | None, file: Path) -> None:
    from folkmoot.core.decide.ranking import Rankings
    from folkmoot.core.decide.ranking.blt import write_blt

    if not isinstance(read, Rankings):
        raise Refused(
            f"{file.name} was not written.",
            "BLT holds rankings, and these ballots are none.",
            "Leave --blt out.",
            field="blt",
        )
    try:
        file.write_text(write_blt(read, seats or read.seats or 1), encoding="utf-8")
    except OSError as error:
        raise Refused(f"{file.name} was not written.", f"{error}.", "Choose another place.") from error
