"""How are opinions on short statements mapped from the command line?"""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from folkmoot.cli.opened import content_of
from folkmoot.cli.progress import Progress
from folkmoot.core.kernel.errors import Refused

if TYPE_CHECKING:
    from folkmoot.core.decide.opinions import Conversation
    from folkmoot.core.decide.opinions.files import Read
    from folkmoot.core.pictures import Picture

_FILE = click.Path(exists=True, path_type=Path)
LARGEST = 400_000_000  # bytes after unpacking: some million votes as JSON
# What a folder of Polis holds: the first that is there has the votes; the others are read beside it.
VOTES = ("votes.csv", "votes.json", "participants-votes.csv")
BESIDE = ("comments.csv", "comments.json", "conversation.json", "math-pca2.json", "summary.csv", VOTES[-1])
MODES = ("careful", "polis")


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line."""

    mode: str
    groups: int | None
    published: bool
    person: str | None
    steps: int | None
    seed: str | None


@click.command()
@click.argument("votes", metavar="VOTES", type=_FILE)
@click.option("--mode", default="careful", show_default=True, type=click.Choice(MODES))
@click.option(
    "--groups", type=click.IntRange(1, 5), metavar="K", help="How many.  [default: what the votes say]"
)
@click.option("--published", is_flag=True, help="Mode polis: the groups that stand in the files.")
@click.option("--alone", is_flag=True, help="Read no files beside VOTES (statements, moderation).")
@click.option(
    "--agree-is", type=click.Choice(("1", "-1")), help="The number that means agree.  [default: by kind]"
)
@click.option("--until", type=int, metavar="TIME", help="Votes up to then, in milliseconds since 1970.")
@click.option("--steps", type=click.IntRange(2, 50), metavar="N", help="How it came about: N moments.")
@click.option("--aside", default="", metavar="ID,ID", help="Set these people aside, and say what it changes.")
@click.option("--unusual", is_flag=True, help="List people whose votes look unusual, and set nobody aside.")
@click.option("--person", metavar="ID", help="What is this person told first of their own group?")
@click.option("--next", "seed", metavar="SEED", help="With --person: the statement to show them next.")
@click.option("--pictures", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--polis",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="A Polis export.",
)
@click.option(
    "--whole", metavar="FILE.json", type=click.Path(dir_okay=False, path_type=Path), help="Write all of it."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def opinions(
    votes: Path,
    mode: str,
    groups: int | None,
    published: bool,
    person: str | None,
    steps: int | None,
    seed: str | None,
    as_json: bool,
    **chosen: Any,
) -> None:
    """What unites people, what divides them, and how sure that is.

    VOTES is a file of a Polis export or its folder, votes of Polis as JSON, or a table of votes.
    """
    asked = Asked(mode, groups, published, person, steps, seed)
    _check(asked)
    if chosen["unusual"] and (person or steps or chosen["aside"] or chosen["pictures"]):
        raise click.UsageError("--unusual only lists people: leave out what belongs to a reading.")
    progress = Progress()
    progress.step(f"Reading {votes.name}")
    read = _read(votes, chosen)
    for remark in read.remarks:
        click.echo(f"{votes.name}: {remark}", err=True)
    aside = _ids(chosen["aside"])
    _known(read.conversation, aside)
    if chosen["polis"] or chosen["whole"]:
        _write(read, chosen["polis"], chosen["whole"], aside, {"mode": mode, "groups": groups})
    if chosen["unusual"]:
        lines, answer = _unusual(read)
    else:
        lines, answer = _reading(read, asked, aside, chosen["pictures"], progress)
    progress.end()
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        for line in lines:
            click.echo(line)


def _check(asked: Asked) -> None:
    if asked.seed is not None and asked.person is None:
        raise click.UsageError("--next needs a --person to whom the statement is shown.")
    if asked.groups == 1 and asked.mode == "careful":
        raise click.UsageError("--groups 1 is for --mode polis: mode careful looks for two or more.")
    if asked.published and asked.mode != "polis":
        raise click.UsageError("--published is for --mode polis: groups that are given are not tried.")
    if asked.published and asked.groups is not None:
        raise click.UsageError("--published takes the groups that stand in the files: leave out --groups.")


def _read(votes: Path, chosen: dict[str, Any]) -> "Read":
    """The votes, with what stands beside them; up to a moment, where one is named."""
    from folkmoot.core.decide.opinions.files import read_conversation
    from folkmoot.core.decide.opinions.history import as_of

    file = _votes_in(votes) if votes.is_dir() else votes
    around = {} if chosen["alone"] else {name: file.parent / name for name in BESIDE if name != file.name}
    beside = {
        name: content_of(path, "statements", LARGEST) for name, path in around.items() if path.is_file()
    }
    sign = int(chosen["agree_is"] or 0)
    read = read_conversation(file.name, content_of(file, "votes", LARGEST), beside, agree_is=sign)
    if beside:
        told = f"read with what stands beside it: {', '.join(sorted(beside))} (--alone leaves them out)."
        read = replace(read, remarks=(told, *read.remarks))
    if read.aside:
        told = f"{len(read.aside):,} people are set aside in it, and are left out."
        read = replace(read, remarks=(told, *read.remarks))
    if chosen["until"] is not None:
        casts = read.casts.until(chosen["until"])
        read = replace(read, casts=casts, conversation=as_of(read.conversation, casts))
    return read


def _votes_in(folder: Path) -> Path:
    for name in VOTES:
        if (folder / name).is_file():
            return folder / name
    raise Refused(
        f"{folder.name} was not read.", f"It has none of {', '.join(VOTES)}.", "Name the file of votes."
    )


def _write(
    read: "Read", polis: Path | None, whole: Path | None, aside: tuple[str, ...], settings: dict[str, Any]
) -> None:
    """A Polis export, and all of it with who is set aside and how it was read."""
    from folkmoot.core.decide.opinions.files import write_polis, write_whole

    if polis:
        files = write_polis(read.conversation, read.casts)
        _put({polis / name: content for name, content in files.items()})
    if whole:
        left = {**dict.fromkeys(aside, "set aside when it was written"), **read.aside}
        _put({whole: write_whole(read.conversation, read.casts, left, settings)})


def _put(files: dict[Path, bytes]) -> None:
    for path, content in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise Refused(f"{path.name} was not written.", f"{error}.", "Choose another place.") from error


def _unusual(read: "Read") -> tuple[list[str], dict[str, Any]]:
    """People to look at; nobody is set aside by it."""
    from folkmoot.core.decide.opinions.aside import unusual

    found = unusual(read.conversation, read.casts)
    rows = [{"person": one.person, "sign": one.sign.value, "sentence": one.sentence} for one in found]
    lines = [f"{one.person}: {one.sentence}" for one in found] or ["Nobody's votes look unusual."]
    if found:
        lines.append("Honest people vote like this too. Nobody is set aside but by --aside.")
    return lines, {"unusual": rows}


def _reading(
    read: "Read", asked: Asked, aside: tuple[str, ...], pictures: Path | None, progress: Progress
) -> tuple[list[str], dict[str, Any]]:
    """The whole answer in words and as JSON, by the mode that was asked for."""
    from folkmoot.cli import careful_reading, polis_map
    from folkmoot.core.decide.opinions.aside import without

    engine: Any = polis_map if asked.mode == "polis" else careful_reading
    conversation, sign = read.conversation, _sign(read)
    gone = tuple(one for one in read.aside if one in conversation.votes.people)  # others come later
    conversation = without(conversation, gone)
    held = engine.found(conversation, sign, asked, progress)
    effect, before = None, held
    if aside:
        held = engine.found(without(conversation, aside), sign, asked, progress)
        effect = engine.effects(before, held)
    lines, answer = list(engine.told(held)), engine.answer(held)
    if effect:
        answer["aside"] = {"people": list(aside), "effect": effect}
        lines += [
            "",
            f"{len(aside)} set aside. What that changes:",
            *(f"- {one}" for one in effect["sentences"]),
        ]
    if asked.person is not None:
        answer["person"] = engine.own(held, asked.person)
        lines += ["", answer["person"]["sentence"]]
    if asked.seed is not None and asked.person is not None:
        answer["next"] = _next(held, asked)
        lines.append(_next_told(held.conversation, answer["next"]))
    if asked.steps:
        answer["steps"] = _steps(
            replace(read, casts=read.casts.without((*gone, *aside))), engine, asked, progress
        )
        lines += ["", *(_step_told(one) for one in answer["steps"])]
    if pictures:
        _draw(engine.pictures(held), pictures)
    return lines, answer


def _known(conversation: "Conversation", people: tuple[str, ...]) -> None:
    """Whoever is to be set aside has voted."""
    unknown = sorted(set(people) - set(conversation.votes.people))
    if unknown:
        raise Refused(f"Nobody with the id {unknown[0]} has voted here.", "", "Check the ids.", field="aside")


def _next(held: Any, asked: Asked) -> str | None:
    """The statement that this person is shown next, drawn in proportion to priorities."""
    from folkmoot.core.decide.opinions.polis import mapped, next_statement
    from folkmoot.core.kernel.draw import Draw

    drawn = held.map if asked.mode == "polis" else mapped(held.conversation)
    return next_statement(drawn, held.conversation.votes, asked.person or "", Draw(asked.seed or ""))


def _next_told(conversation: "Conversation", statement: str | None) -> str:
    if statement is None:
        return "They have voted on every statement that is shown."
    return f"Next: {conversation.statement(statement).text or statement}"


def _steps(read: "Read", engine: Any, asked: Asked, progress: Progress) -> list[dict[str, Any]]:
    """How it came about: the same reading at equal steps of votes."""
    from folkmoot.core.decide.opinions.history import as_of

    told = []
    for step in read.casts.steps(asked.steps or 1):
        then = as_of(read.conversation, step.casts)
        held = engine.found(then, _sign(read), replace(asked, published=False), progress)
        told.append({"at": step.at, **engine.moment(then.votes, held)})
    return told


def _step_told(step: dict[str, Any]) -> str:
    groups = f", groups of {', '.join(map(str, step['groups']))}" if step["groups"] else ""
    crowd = f"{step['votes']:,} votes of {step['participants']:,} people"
    return f"At {crowd}: {step['verdict'] or 'not tried'}{groups}"


def _draw(pictures: dict[str, "Picture"], folder: Path) -> None:
    """Each picture as SVG that stands by itself, and its numbers as a table beside it."""
    from folkmoot.cli.tables import csv_of
    from folkmoot.core.pictures.alone import alone

    files = {folder / f"{name}.svg": alone(one).encode() for name, one in pictures.items()}
    _put({**files, **{folder / f"{name}.csv": csv_of(one.table) for name, one in pictures.items()}})


def _sign(read: "Read") -> int:
    """What agreement is in the numbers that are written: votes as JSON go with the mathematics of Polis, in
    which it is -1, whatever the votes themselves have; tables have their own."""
    from folkmoot.core.decide.opinions.files import Kind

    return -1 if read.kind is Kind.POLIS_JSON else read.conversation.agree_is or 1


def _ids(words: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in words.split(",") if part.strip())
