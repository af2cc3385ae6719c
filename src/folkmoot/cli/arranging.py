"""How are short texts arranged from the command line?"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli.opened import content_of
from folkmoot.cli.progress import Progress

if TYPE_CHECKING:
    from folkmoot.core.decide.arranging import Arrangement
    from folkmoot.core.decide.arranging.reading import TextFile

LARGEST = 16_000_000  # bytes; two thousand short texts have less than one million


@click.command()
@click.argument("file", metavar="TEXTS.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--groups", type=int, metavar="K", help="How many.  [default: as many as stand out]")
@click.option("--held", default="", metavar="COLUMN", help="Groups that people made: these are kept.")
@click.option("--text", default="", metavar="COLUMN", help="Where the texts are.  [default: text, idea, ...]")
@click.option(
    "--id", "id_", default="", metavar="COLUMN", help="Names of the texts.  [default: id, or the row]"
)
@click.option("--semantic", is_flag=True, help="By meaning too; needs the extra “semantic”.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def arrange(
    file: Path, groups: int | None, held: str, text: str, id_: str, semantic: bool, as_json: bool
) -> None:
    """Arrange short texts in groups, around what people have placed."""
    from folkmoot.core.decide.arranging import arrange as arranged
    from folkmoot.core.decide.arranging.meanings import read_meanings
    from folkmoot.core.decide.arranging.reading import read_texts

    progress = Progress()
    progress.step(f"Reading {file.name}")
    read = read_texts(content_of(file, "a list of texts", LARGEST), text, id_, held)
    for remark in read.remarks:
        click.echo(f"{file.name}: {remark}", err=True)
    meanings = read_meanings() if semantic else None
    found = arranged(
        read.texts, read.held, groups, meanings, lambda count: progress.step(f"Trying {count} groups")
    )
    progress.end()
    if as_json:
        click.echo(json.dumps(_answer(read, found, semantic), ensure_ascii=False, indent=2))
    else:
        for line in _told(read, found):
            click.echo(line)


def _answer(read: "TextFile", found: "Arrangement", semantic: bool) -> dict[str, Any]:
    """The contract's JSON: a member is its id, or its row from 1 where the file has no ids."""
    return {
        "verdict": found.verdict.value,
        "sentence": found.sentence,
        "settings": {"groups": found.asked, "semantic": semantic},
        "groups": [
            {
                "label": group.label,
                "members": _names(read, group.members),
                "texts": [read.texts[place] for place in group.members],
                "centre": _names(read, (group.centre,))[0],
                "held": group.held is not None,
            }
            for group in found.groups
        ],
        "apart": _names(read, found.apart),
        "remarks": list(read.remarks),
    }


def _told(read: "TextFile", found: "Arrangement") -> Iterator[str]:
    """The same in words."""
    yield found.sentence
    for group in found.groups:
        yield ""
        kept = " (kept as people made it)" if group.held is not None else ""
        yield f"{group.label} ({len(group.members)}){kept}"
        for name, place in zip(_names(read, group.members), group.members, strict=True):
            yield f"- {name}: {' '.join(read.texts[place].split())}"
    if found.apart:
        yield ""
        yield "Apart, with no word to go by: " + ", ".join(str(name) for name in _names(read, found.apart))


def _names(read: "TextFile", places: tuple[int, ...]) -> list[str] | list[int]:
    if read.ids is None:
        return [read.rows[place] for place in places]
    return [read.ids[place] for place in places]
