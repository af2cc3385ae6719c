"""How is a panel drawn by lot from the command line?"""

import json
import math
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli.opened import content_of
from folkmoot.cli.progress import Progress
from folkmoot.core.kernel.errors import Refused

if TYPE_CHECKING:
    from folkmoot.core.decide.lottery import Drawn, Infeasible, Lottery, Method, Pool, Quota

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
# The core's own words, written out so that the help needs no engine; a test holds them together.
METHODS = ("maximin", "leximin", "nash", "greedy")


@dataclass(frozen=True)
class Told:
    """A lottery and, where it was held, its draw; and that for the places of those who declined."""

    lottery: "Lottery"
    drawn: "Drawn | None"


@click.command()
@click.argument("respondents", metavar="RESPONDENTS.csv", type=_FILE)
@click.argument("categories", metavar="CATEGORIES.csv", type=_FILE)
@click.option("--size", required=True, type=click.IntRange(min=1), metavar="N", help="How many are drawn.")
@click.option("--method", default="maximin", show_default=True, type=click.Choice(METHODS))
@click.option("--seed", metavar="TEXT", help="A public seed.  [default: one made now]")
@click.option(
    "--no-draw", is_flag=True, help="Only make the list of panels, to be published before the draw."
)
@click.option("--household", metavar="COLUMN,COLUMN", default="", help="Alike for those who live together.")
@click.option(
    "--id", "id_column", metavar="COLUMN", default="", help="Who is who.  [default: id, or the row]"
)
@click.option("--census", is_flag=True, help="CATEGORIES.csv has a count for each value, not min and max.")
@click.option(
    "--tolerance", default=0.0, type=click.FloatRange(0, 100), metavar="PERCENT", help="With --census."
)
@click.option("--person", metavar="ID", help="What was this person's chance?")
@click.option("--result", metavar="FILE.json", type=_FILE, help="The draw in which somebody declined.")
@click.option("--declined", metavar="ID,ID", help="Who will not come; with --result.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def lottery(respondents: Path, categories: Path, size: int, as_json: bool, **chosen: Any) -> None:
    """Draw a panel by lot that keeps its quotas, with chances as fair as can be."""
    from folkmoot.core.decide.lottery import Infeasible, Method

    progress = Progress()
    pool = _pool(respondents, categories, size, chosen)
    method = Method(chosen["method"])
    try:
        answer, told = _held(pool, method, chosen, progress)
    except Infeasible as error:
        if as_json:
            click.echo(json.dumps(_not_feasible(error), ensure_ascii=False))
        raise
    finally:
        progress.end()
    person = chosen["person"]
    if person is not None:
        answer["person"] = {
            "id": person,
            "sentence": told.lottery.sentence(_place(told.lottery.pool, person)),
        }
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        for line in _in_words(told, answer):
            click.echo(line)


def _pool(respondents: Path, categories: Path, size: int, chosen: dict[str, Any]) -> "Pool":
    from folkmoot.core.decide.lottery.reading import read_census, read_pool, read_quotas

    asked, name = content_of(categories, "a list of quotas"), f"The quotas of {categories.name}"
    quotas: tuple[Quota, ...]
    if chosen["census"]:
        tolerance = chosen["tolerance"]
        if not math.isfinite(tolerance):
            raise Refused("No quotas were made.", "The tolerance is no number.", "Give it in per cent.")
        quotas = read_census(asked, size, Fraction(str(tolerance)) / 100, name)
    elif chosen["tolerance"]:
        raise Refused(
            "No quotas were made.",
            "A tolerance widens quotas from a census, and these are given.",
            "Give --census too, or leave --tolerance out.",
            field="tolerance",
        )
    else:
        quotas = read_quotas(asked, name)
    return read_pool(
        content_of(respondents, "a list of people"),
        quotas,
        size,
        id_column=chosen["id_column"],
        household=_parts(chosen["household"]),
        name=f"The people of {respondents.name}",
    )


def _held(
    pool: "Pool", method: "Method", chosen: dict[str, Any], progress: Progress
) -> tuple[dict[str, Any], Told]:
    """The lottery, or that for the places that came free in one."""
    from folkmoot.core.decide.lottery import draw, remaining
    from folkmoot.core.decide.lottery import lottery as found

    before: dict[str, list[str]] | None = None
    declined = _parts(chosen["declined"] or "")
    if bool(declined) != bool(chosen["result"]):
        raise Refused(
            "No replacements were drawn.", "It needs both.", "Give --result and --declined.", field="declined"
        )
    whole = pool
    if chosen["result"]:
        before = _read_result(chosen["result"])
        _check_size(pool, len(before["selected"]))
        declined = list(dict.fromkeys([*before["declined"], *declined]))
        pool = remaining(pool, before["selected"], declined)
    if chosen["person"] is not None:
        _place(pool, chosen["person"])
    made = found(pool, method, progress.step)
    seed = chosen["seed"] if chosen["seed"] is not None else secrets.token_hex(16)
    told = Told(made, None if chosen["no_draw"] else draw(pool.ids, made.panels, seed))
    answer = _answer(told, seed_given=chosen["seed"] is not None)
    if before is not None and told.drawn:
        staying = [one for one in before["selected"] if one not in set(declined)]
        panel = [*staying, *told.drawn.selected]
        answer = {
            "selected": panel,
            "replaced_by": list(told.drawn.selected),
            "declined": declined,
            "quotas": _quotas(whole, panel),
            "replacement": answer,
        }
    return answer, told


def _check_size(pool: "Pool", drawn: int) -> None:
    if drawn != pool.size:
        raise Refused(
            "No replacements were drawn.",
            f"{drawn:,} people were drawn then, and the size is {pool.size:,}.",
            "Give the size of that draw.",
            field="size",
        )


def _read_result(path: Path) -> dict[str, list[str]]:
    try:
        told = json.loads(content_of(path, "a lottery"))
        lists = {"selected": told["selected"], "declined": told.get("declined", [])}
        return {name: [str(one) for one in ids] for name, ids in lists.items()}
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise Refused(
            f"{path.name} was not read.",
            "It is not the JSON of a lottery.",
            "Give it as it was.",
            field="result",
        ) from error


def _answer(told: Told, seed_given: bool) -> dict[str, Any]:
    """The contract's JSON."""
    made, drawn = told.lottery, told.drawn
    pool = made.pool
    chances = [round(float(one), 12) for one in made.chances]
    selected = list(drawn.selected) if drawn else []
    return {
        "method": made.method.value,
        "size": pool.size,
        "selected": selected,
        "probabilities": dict(zip(pool.ids, chances, strict=True)),
        "min_probability": min(chances),
        "gini": round(made.gini, 12),
        "quotas": _quotas(pool, selected if drawn else None),
        "relaxations": [],
        "no_chance": [id_ for id_, came in zip(pool.ids, made.appearances, strict=True) if not came],
        "appearances": dict(zip(pool.ids, map(int, made.appearances), strict=True)),
        "furthest_off": round(made.furthest_off, 12),
        "seed": drawn.seed if drawn else None,
        "seed_given": seed_given,
        "number": drawn.number if drawn else None,
        "hash": made.hash,
        "ids": list(pool.ids),
        "panels": [list(panel) for panel in made.panels],
    }


def _quotas(pool: "Pool", selected: list[str] | None) -> list[dict[str, Any]]:
    """Each quota, and how many of those drawn count to it."""
    chosen = set(selected or ())
    drawn = [
        (category, answer)
        for one in pool.people
        if one.id in chosen
        for category, answer in zip(pool.categories, one.answers, strict=True)
    ]
    return [
        {
            "category": one.category,
            "value": one.value,
            "min": one.low,
            "max": one.high,
            "drawn": None if selected is None else drawn.count((one.category, one.value)),
        }
        for one in pool.quotas
    ]


def _not_feasible(error: "Infeasible") -> dict[str, Any]:
    return {
        "selected": [],
        "feasible": False,
        "reasons": list(error.reasons),
        "relaxations": [
            {
                "category": one.quota.category,
                "value": one.quota.value,
                "min": one.quota.low,
                "max": one.quota.high,
                "new_min": one.low,
                "new_max": one.high,
            }
            for one in error.relaxations
        ],
    }


def _in_words(told: Told, answer: dict[str, Any]) -> Iterator[str]:
    made, drawn = told.lottery, told.drawn
    own = answer.get("replacement", answer)
    yield (
        f"{made.pool.size:,} of {len(made.pool.people):,} people by {made.method.value}. "
        f"The lowest chance is {made.lowest:.1%}, the highest {float(made.chances.max()):.1%}; "
        f"Gini {made.gini:.3f}."
    )
    never = len(made.pool.people) - int(made.reachable.sum())
    if never:
        yield f"{never:,} could not be drawn: on no panel that keeps the quotas are they."
    if (left_out := len(own["no_chance"]) - never) > 0:
        yield f"{left_out:,} are on none of the panels by chance alone."
    yield f"{len(made.panels):,} panels, each as likely as the next. Their hash: {made.hash}"
    if "person" in answer:
        yield answer["person"]["sentence"]
    if drawn is None:
        yield "Nothing was drawn. Publish the list (--json) before the seed can be known."
        return
    if not own["seed_given"]:
        yield "The seed was made here and now. For a draw that others can trust, name one beforehand."
    yield f"Seed “{drawn.seed}” draws panel {drawn.number}: {', '.join(drawn.selected)}"
    for one in answer["quotas"]:
        asked = f"{one['min']} to {one['max']} asked for"
        yield f"- {one['category']}: {one['value']}: {one['drawn']} drawn, {asked}"


def _place(pool: "Pool", person: str) -> int:
    if person not in pool.ids:
        raise Refused(f"There is nobody with the id {person}.", "", "Check the id.", field="person")
    return pool.ids.index(person)


def _parts(words: str) -> list[str]:
    return [part.strip() for part in words.split(",") if part.strip()]
