"""How are decisions counted from the command line?"""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli.arranging import arrange
from folkmoot.cli.lotteries import lottery
from folkmoot.cli.opened import content_of
from folkmoot.cli.opinions import opinions
from folkmoot.cli.progress import Progress
from folkmoot.cli.rank import rank
from folkmoot.core.kernel.errors import Refused

if TYPE_CHECKING:
    from folkmoot.cli.budgets import Counted
    from folkmoot.core.decide.budgeting import Settings
    from folkmoot.core.decide.budgeting.pabulib import PbFile

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
# The core's own words, written out so that the help needs no engine; a test holds them together.
RULES = (
    "equal-shares",
    "bos",
    "phragmen",
    "greedy",
    "greedy-no-skip",
    "greedy-threshold",
    "greedy-exclusive",
)
UTILITIES = ("cost", "cardinality", "points", "borda")
COMPLETIONS = ("none", "add1", "add1-overspend", "utilitarian", "add1-utilitarian")
STARTS = ("fractional", "integer")
LONGEST = 30  # digits of a number
LARGEST = 256_000_000  # bytes after unpacking; the largest public election has about 20 million


class Amount(click.ParamType):
    """A number, exactly as it was typed: whole, with a point, or as a fraction such as 1/3."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        """The number itself."""
        exponent = re.search(r"[eE]([+-]?\d+)", str(value))
        try:
            if len(str(value)) > LONGEST or (exponent and abs(int(exponent[1])) > LONGEST):
                self.fail("This number is too long.", param, ctx)
            number = Fraction(value)
        except (ValueError, ZeroDivisionError):
            self.fail(f"“{value}” is not a number.", param, ctx)
        if number < 0:
            self.fail(f"{value} is below nothing.", param, ctx)
        return number


@click.group()
def decide() -> None:
    """What we decide, and how: ballots counted exactly, with reasons."""


decide.add_command(arrange)
decide.add_command(lottery)
decide.add_command(opinions)
decide.add_command(rank)


@decide.command()
@click.argument("file", metavar="FILE.pb", type=_FILE)
@click.option("--rule", default="equal-shares", show_default=True, type=click.Choice(RULES))
@click.option(
    "--utility", type=click.Choice(UTILITIES), help="What a project is worth.  [default: as the ballots are]"
)
@click.option("--completion", default="none", show_default=True, type=click.Choice(COMPLETIONS))
@click.option("--start", default="fractional", show_default=True, type=click.Choice(STARTS))
@click.option("--step", default="1", show_default=True, type=Amount(), help="What Add1 gives each time.")
@click.option("--ties", default="id", show_default=True, help="id, cost-votes-id, file, or seed: and a seed.")
@click.option("--threshold", type=Amount(), help="Votes below which nothing wins.  [default: the file's]")
@click.option("--rivals", multiple=True, metavar="ID,ID", help="Projects of which one may win (repeat).")
@click.option("--eligible", type=Amount(), metavar="PART", help="Out: votes/voters below PART x cost/budget.")
@click.option("--compare", is_flag=True, help="The greedy outcome stands where more voters prefer it.")
@click.option("--budget", "amount", type=Amount(), help="What if this were the budget?")
@click.option("--without", multiple=True, metavar="ID", help="What if it were withdrawn (repeat)?")
@click.option("--instead", type=click.Choice(RULES), help="What if it were counted by this rule?")
@click.option("--voter", metavar="ID", help="What did this voter's share pay for?")
@click.option("--picture", metavar="FILE.svg", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def budget(
    file: Path,
    amount: Fraction | None,
    without: tuple[str, ...],
    instead: str | None,
    voter: str | None,
    picture: Path | None,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Count a participatory budget, and say why each project won or did not."""
    from folkmoot.cli import budgets
    from folkmoot.core.decide.budgeting import Rule
    from folkmoot.core.decide.budgeting.pabulib import read_pb

    if picture and picture.suffix != ".svg":
        raise Refused(f"{picture.name} was not written.", "A picture's file ends in .svg.", "Name it so.")
    progress = Progress()
    progress.step(f"Reading {file.name}")
    read = read_pb(content_of(file, "an election", LARGEST))
    if voter is not None:
        read.voter(voter)  # known before a long count
    asked = budgets.WhatIf(amount, without, Rule(instead) if instead else None)
    counted = budgets.counted(read, _settings(read, chosen), progress, asked)
    progress.end()
    for remark in counted.remarks:
        click.echo(f"{file.name}: {remark}", err=True)
    if picture:
        _draw(counted, picture)
    if as_json:
        click.echo(json.dumps(budgets.answer(counted, voter), ensure_ascii=False, indent=2))
    else:
        for line in budgets.told(counted, voter):
            click.echo(line)


def _settings(read: "PbFile", chosen: dict[str, Any]) -> "Settings":
    from folkmoot.core.decide.budgeting import (
        Completion,
        Rule,
        Settings,
        Start,
        Ties,
        Utility,
        utility_of,
    )

    rule, threshold = Rule(chosen["rule"]), chosen["threshold"]
    greedy = rule.value.startswith("greedy")
    suits = Utility.COST if greedy else utility_of(read.meta.vote_type)
    if threshold is None and greedy and rule is not Rule.GREEDY:
        threshold = read.meta.min_project_score_threshold
    if not greedy and (threshold is not None or chosen["rivals"]):
        raise Refused(
            "The threshold and rivals were not applied.",
            f"They belong to greedy rules, not to {rule.value}.",
            "Leave them out, or choose a greedy rule.",
            field="rule",
        )
    if chosen["step"] <= 0:
        raise Refused("The step was not set.", "It is not above nothing.", "Give some money.", field="step")
    return Settings(
        rule=rule,
        utility=Utility(chosen["utility"]) if chosen["utility"] else suits,
        completion=Completion(chosen["completion"]),
        start=Start(chosen["start"]),
        step=chosen["step"],
        ties=Ties(chosen["ties"]),
        threshold=threshold,
        rivals=tuple(frozenset(part.strip() for part in one.split(",")) for one in chosen["rivals"]),
        eligible_at=chosen["eligible"],
        compare=chosen["compare"],
    )


def _draw(counted: "Counted", picture: Path) -> None:
    from folkmoot.cli import budgets

    try:
        picture.write_text(budgets.drawn(counted), encoding="utf-8")
    except OSError as error:
        raise Refused(f"{picture.name} was not written.", f"{error}.", "Choose another place.") from error
