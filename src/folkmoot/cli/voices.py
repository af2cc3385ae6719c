"""Whose voice is missing, from the command line?"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli.opened import content_of
from folkmoot.cli.progress import Progress
from folkmoot.core.kernel.errors import Refused

if TYPE_CHECKING:
    from folkmoot.core.learn.representation.answer import Answer, CircleVoices, DimensionVoices, ValueVoice
    from folkmoot.core.learn.representation.reading import Asked

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FULL = "These are full counts: single people may be found out by them. Do not publish them."


@click.command()
@click.argument("people", metavar="PEOPLE.csv", type=_FILE)
@click.argument("place", metavar="PLACE.csv", type=_FILE)
@click.option("--beside", metavar="OTHERS.csv", type=_FILE, multiple=True, help="Another circle (repeat).")
@click.option("--least", default=10, show_default=True, metavar="N", help="The least count shown, from 5.")
@click.option("--draws", default=10_000, show_default=True, type=click.IntRange(100, 1_000_000), metavar="N")
@click.option("--round", "rounding", is_flag=True, help="Publish counts to the nearest 5.")
@click.option("--full", "whole", is_flag=True, help="Every count, for the convenor alone.")
@click.option("--counted", is_flag=True, help="PLACE.csv counts everybody of a small place.")
@click.option("--picture", metavar="FILE.svg", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def voices(
    people: Path, place: Path, beside: tuple[Path, ...], picture: Path | None, as_json: bool, **chosen: Any
) -> None:
    """Whose voice is missing among PEOPLE, beside the people of PLACE?"""
    from folkmoot.core.learn.representation import full, published

    if picture and picture.suffix != ".svg":
        raise Refused(f"{picture.name} was not written.", "A picture's file ends in .svg.", "Name it so.")
    if chosen["whole"] and chosen["rounding"]:
        raise Refused("Nothing was compared.", "Full counts are not rounded.", "Leave out --full or --round.")
    progress = Progress()
    progress.step("Comparing")
    asked = _read(people, place, beside, chosen["counted"])
    if chosen["whole"]:
        answer = full(asked.place, asked.circles, chosen["draws"], chosen["least"])
        click.echo(FULL, err=True)
    else:
        settings = (chosen["draws"], chosen["least"], chosen["rounding"])
        answer = published(asked.place, asked.circles, *settings)
    progress.end()
    for remark in asked.remarks:
        click.echo(f"{people.name}: {remark}", err=True)
    if picture:
        _draw(answer, picture)
    if as_json:
        click.echo(json.dumps(_answer(answer), ensure_ascii=False))
    else:
        for line in _told(answer):
            click.echo(line)


def _read(people: Path, place: Path, others: tuple[Path, ...], counted: bool) -> "Asked":
    from folkmoot.core.learn.representation.reading import beside, read_people, read_place

    known = read_place(content_of(place, "a place's people"), counted, f"The place's people of {place.name}")
    files = [
        read_people(content_of(file, "a list of people"), known, _stem(file), f"The people of {file.name}")
        for file in (people, *others)
    ]
    return beside(files[0], files[1:])


def _stem(file: Path) -> str:
    """The file's name without its endings."""
    return file.name.split(".")[0] or file.name


def _answer(answer: "Answer") -> dict[str, Any]:
    """The contract's JSON: the widest circle, and with several all of them."""
    told = {
        **_circle(answer.circles[0]),
        "questions": answer.questions,
        "least": answer.least,
        "draws": answer.draws,
        "published": answer.published,
        "rounded": answer.rounded,
    }
    if len(answer.circles) > 1:
        told["circles"] = [_circle(one) for one in answer.circles]
    return told


def _circle(circle: "CircleVoices") -> dict[str, Any]:
    strain = circle.strain
    return {
        "circle": circle.name,
        "people": circle.people,
        "told": circle.told,
        "dimensions": [_dimension(one) for one in circle.dimensions],
        "suppressed": circle.suppressed,
        "effective_n": strain.effective if strain else None,
        "weighting": {**asdict(strain), "warning": strain.warning} if strain else None,
    }


def _dimension(one: "DimensionVoices") -> dict[str, Any]:
    fair = {"median": one.fair_median, "p95": one.fair_p95, "exact": one.exact}
    return {
        "name": one.name,
        "told": one.told,
        "not_compared": one.not_compared,
        "unlisted": one.unlisted,
        "d": one.d,
        "d_fair": None if one.d is None else fair,
        "p": one.p,
        "enough": one.enough,
        "verdict": one.verdict.value,
        "sentence": one.sentence,
        "together": asdict(one.together) if one.together else None,
        "values": [{**asdict(value), "verdict": value.verdict.value} for value in one.values],
    }


def _told(answer: "Answer") -> Iterator[str]:
    for circle in answer.circles:
        people = "too few people to show" if circle.people is None else f"{circle.people:,} people"
        if circle.people is None and any(one.told for one in circle.dimensions):
            people = f"about {max(one.told or 0 for one in circle.dimensions):,} people or more"
        yield f"{circle.name}: {people}, beside the place."
        for dimension in circle.dimensions:
            yield from _of_dimension(dimension)
        if circle.strain and circle.strain.warning:
            yield circle.strain.warning
    if answer.published:
        yield f"Counts under {answer.least}, and those by which one could be worked out, are not shown."
    yield (
        f"{answer.questions} questions were asked: at most one fair draw in twenty gets any verdict of "
        "fewer, more or missing."
    )


def _of_dimension(one: "DimensionVoices") -> Iterator[str]:
    if one.d is None or one.fair_median is None:
        yield f"{one.name}: {one.sentence}"
        return
    yield (
        f"{one.name}, told by {one.told:,}: {one.verdict.value}. {one.d:.1%} would have to be others; "
        f"of a fair draw, typically {one.fair_median:.1%}. {one.sentence}"
    )
    for value in one.values:
        yield f"- {value.name}: {_of_value(value)}"
    if one.together:
        rest = one.together
        share = f"{rest.n:,}, {rest.share:.1%} (place {rest.place:.1%})"
        yield f"- {rest.values} values not shown one by one: {share}"


def _of_value(value: "ValueVoice") -> str:
    if value.share is None or value.low is None or value.high is None:
        return f"{value.verdict.value} (place {value.place:.1%})"
    who = f"{value.n:,}, {value.share:.1%}" if value.n else "nobody took part"
    words = f"{who} ({value.low:.1%} to {value.high:.1%}; place {value.place:.1%}): {value.verdict.value}"
    if value.needed and value.verdict.value in ("missing", "fewer than their share"):
        words += f"; {value.needed:,} more would bring them to their share"
    if value.verdict.value == "too few to tell" and value.enough:
        words += f"; about {value.enough:,} people would tell"
    return words


def _draw(answer: "Answer", picture: Path) -> None:
    """The widest circle's picture."""
    from folkmoot.core.learn.representation.pictured import voices_pictured
    from folkmoot.core.pictures.alone import alone

    try:
        picture.write_text(alone(voices_pictured(answer.circles[0])), encoding="utf-8")
    except OSError as error:
        raise Refused(f"{picture.name} was not written.", f"{error}.", "Choose another place.") from error
