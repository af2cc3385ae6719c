"""What do the guide's look-up pages say? They are made from the program itself, so that they are true.

`python -m folkmoot.cli.reference` writes them; a test fails while one of them is out of date.
"""

import ast
import atexit
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import django
from django.conf import settings

from folkmoot.apps.places.problems import KINDS
from folkmoot.cli import main as commands
from folkmoot.cli.drawings import drawings
from folkmoot.core.access import TABLE, Role, Rule
from folkmoot.core.kernel import errors
from folkmoot.core.spend import Reason
from folkmoot.core.spend.reading.guessing.headings import NAMES
from folkmoot.core.spend.reading.recipe import KEYS
from folkmoot.core.spend.reading.row import Flag
from folkmoot.site.environment import SETTINGS

PACKAGE = Path(__file__).resolve().parent.parent
MADE = "This page is made from the program by `make docs`; do not edit it by hand."
TREE_OPENS, TREE_CLOSES = "<!-- The tree is made by `make docs`. -->\n", "<!-- The tree ends. -->\n"
FAMILY = {
    name
    for name, held in vars(errors).items()
    if isinstance(held, type) and issubclass(held, errors.FolkmootError)
}


def pages(root: Path) -> dict[Path, str]:
    """Every generated page under the project's root, with the text that it should have."""
    shelf = root / "docs" / "look-up"
    house = root / "HOUSE.md"
    return {
        shelf / "settings.md": settings_page(),
        shelf / "who-may-do-what.md": table_page(),
        shelf / "commands.md": commands_page(),
        shelf / "errors.md": errors_page(root / "src" / "folkmoot"),
        shelf / "reported-rows.md": reported_rows_page(),
        shelf / "recipes.md": recipes_page(),
        shelf / "api.md": api_page(),
        **drawings(root),
        house: with_tree(house.read_text(encoding="utf-8"), root / "src" / "folkmoot"),
    }


def table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def settings_page() -> str:
    """Each setting with its default and meaning."""
    rows = [
        (f"`{setting.name}`", f"`{setting.default}`" if setting.default else "nothing", setting.meaning)
        for setting in SETTINGS
    ]
    return (
        f"# Settings\n\n{MADE}\n\nFolkmoot reads its settings from the environment when it starts.\n\n"
        + table(("Setting", "Without it", "What it does"), rows)
    )


def table_page() -> str:
    """Each act and who may do it."""
    parts = [
        f"# Who may do what\n\n{MADE}\n\nWhatever is not named here is open to nobody.\n"
        "“Operator” is whoever holds the machine and its command line.\n"
        "“Themselves” means a person about their own record.\n"
    ]
    for room in dict.fromkeys(act.split(".")[0] for act in TABLE):
        rules = [rule for act, rule in TABLE.items() if act.startswith(f"{room}.")]
        rows = [(rule.words, _who(rule), rule.why_not) for rule in rules]
        parts.append(f"## {room.capitalize()}\n\n" + table(("What", "Who", "What others are told"), rows))
    return "\n".join(parts)


def _who(rule: Rule) -> str:
    named = [role.capitalize() for role in Role if role in rule.roles]
    if rule.own:
        named.append("Themselves")
    if rule.own_account:
        named.append("Whoever holds it")
    if rule.when_published:
        named.append("Anybody, once the partnership is published")
    return ", ".join(named)


def commands_page() -> str:
    """Each command with its arguments and options."""
    opening = (
        f"# Commands\n\n{MADE}\n\nA command ends with 0 when it is done, 1 when it could not be done "
        "(with a sentence, the reason and the next step), and 2 when it was called wrongly.\n"
    )
    return "\n".join([opening, *_commands(commands, click.Context(commands, info_name="folkmoot"))])


def _commands(command: click.Command, context: click.Context) -> Iterator[str]:
    yield _command(command, context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from _commands(below, click.Context(below, info_name=name, parent=context))


def _command(command: click.Command, context: click.Context) -> str:
    usage = " ".join(command.get_usage(context).removeprefix("Usage: ").split())
    words = re.sub(r"[ \t]+", " ", (command.help or "").replace("\b", "").strip())
    records = [parameter.get_help_record(context) for parameter in command.params]
    rows = [(f"`{record[0]}`", record[1]) for record in records if record]
    listed = "\n" + table(("Option", "What it does"), rows) if rows else ""
    return f"## {context.command_path}\n\n`{usage}`\n\n{words}\n{listed}"


def reported_rows_page() -> str:
    """Each reason for which a row of a published file is set aside."""
    rows = [(reason.words, f"`{reason}`") for reason in Reason]
    return (
        f"# Reported rows\n\n{MADE}\n\nEvery row of a published file is either read as a payment or set "
        "aside with one of these reasons, its line in the file and its cells as they were published. "
        "An amount that can be read in a row set aside is summed with the rows set aside, so that rows and "
        "pounds always add up to the file's own. "
        "See [the ledger](/guide/understand/the-ledger/).\n\n"
        + table(("Reason", "In exports and commands"), rows)
    )


def recipes_page() -> str:
    """Each key of a recipe, each role of a column, and each flag of a payment."""
    keys = [(f"`{key}`", words) for key, words in KEYS.items()]
    roles = [(f"`{role}`", f"“{names[0]}”, “{names[1]}”") for role, names in NAMES.items()]
    flags = [(flag.words, f"`{flag}`") for flag in Flag]
    return (
        f"# Recipes\n\n{MADE}\n\nA recipe says how files of a publisher are to be read. "
        "`folkmoot spend recipe FILE` writes the guess about a file; edit it and hand it over with "
        "`folkmoot spend read --recipe`. It is TOML.\n\n"
        + table(("Key", "What it says"), keys)
        + "\n## Columns\n\nUnder `[columns]`, each role names a heading or a column's number from 1. "
        "`paid_on`, `payee` and one of `net`, `amount` and `gross` are needed; of these three the first that "
        "is there is summed.\n\n"
        + table(("Role", "Called, for example"), roles)
        + "\n## Flags\n\nWhat is known about a payment beside what it says. No flag takes money out of a sum."
        "\n\n" + table(("Flag", "In exports and commands"), flags)
    )


def errors_page(package: Path) -> str:
    """Each sentence that Folkmoot says when something cannot be done."""
    parts = [
        f"# Errors\n\n{MADE}\n\nEvery error is a sentence, the reason for it, and the next step. "
        "An ellipsis stands for what differs from case to case. Refused means that nothing was changed.\n"
    ]
    found: dict[str, list[tuple[str, ...]]] = {}
    for path in sorted(package.rglob("*.py")):
        place = "/".join(path.relative_to(package).parts[:2]).removesuffix(".py")
        for kind, sentences in _raised(path):
            if any(sentence.strip("… ") for sentence in sentences):
                found.setdefault(place, []).append((*sentences, kind))
    kinds = [(f"`{kind.name}`", str(kind.status), kind.sentence, kind.next_step) for kind in KINDS]
    told = table(("Kind", "Status", "What it says by itself", "What to do"), kinds)
    parts.append(
        "## Told to programs\n\nA program gets the same words as a problem (RFC 9457) of one of these kinds. "
        f"[How to use it from a program](/guide/do/use-the-api/).\n\n{told}"
    )
    for place, rows in found.items():
        unique = sorted(set(rows))
        parts.append(f"## {place}\n\n" + table(("What it says", "Why", "What to do", "Kind"), unique))
    return "\n".join(parts)


def api_page() -> str:
    """Each route with who may, and each query and action that has none, with the reason."""
    _set_up_django()
    from folkmoot.api.explained import rooms
    from folkmoot.api.left_out import LEFT_OUT
    from folkmoot.api.pages import schema

    parts = [
        f"# Routes for programs\n\n{MADE}\n\nEach route with its fields and an example stands at "
        "[/api/docs](/api/docs), and for tools at [/api/openapi.json](/api/openapi.json). "
        "How to begin: [Use it from a program](/guide/do/use-the-api/). "
        "What a program is told when something cannot be done: [Errors](/guide/look-up/errors/).\n"
    ]
    for room, routes in rooms(schema()).items():
        rows = [
            (
                f"`{one.method} {one.address}`",
                one.words,
                one.who.capitalize(),
                ", ".join(f"`{s}`" for s in one.scopes),
            )
            for one in routes
        ]
        listed = table(("Route", "What it does", "Who", "A token needs"), rows)
        parts.append(f"## {room.capitalize()}\n\n{listed}")
    without = [(f"`{name}`", why.capitalize()) for name, why in LEFT_OUT.items()]
    parts.append("## What has no route\n\n" + table(("Query or action", "Why"), without))
    return "\n".join(parts)


def _set_up_django() -> None:
    """The routes are read from the rooms, which need Django; nothing of theirs is touched."""
    if not settings.configured:
        os.environ["FOLKMOOT_DATA"] = tempfile.mkdtemp(prefix="folkmoot-docs-")
        os.environ["DJANGO_SETTINGS_MODULE"] = "folkmoot.site.settings"
        django.setup()
        atexit.register(shutil.rmtree, os.environ["FOLKMOOT_DATA"], ignore_errors=True)


def _raised(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FAMILY:
            said = [_said(piece) for piece in node.args[:3]]
            yield node.func.id, tuple([*said, "", "", ""][:3])


def _said(piece: ast.expr) -> str:
    if isinstance(piece, ast.Constant):
        return str(piece.value)
    if isinstance(piece, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in piece.values)
    return "…"


def with_tree(text: str, package: Path) -> str:
    """The text with the tree between its two marks made new."""
    before, rest = text.split(TREE_OPENS)
    after = rest.split(TREE_CLOSES)[1]
    return f"{before}{TREE_OPENS}```\n" + "\n".join(_tree(package)) + f"\n```\n{TREE_CLOSES}{after}"


def _tree(package: Path) -> Iterator[str]:
    for path in sorted(package.rglob("__init__.py")):
        folder = path.parent.relative_to(package)
        words = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        if words and len(folder.parts) <= 2:
            question = words.split("?")[0].split("\n")[0] + "?"
            indent = "  " * len(folder.parts)
            yield f"{indent}{(folder.name or package.name) + '/':<{28 - len(indent)}}{question}"


def main() -> None:
    """Writes every page that is out of date, and names it."""
    root = PACKAGE.parent.parent
    for path, text in pages(root).items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            click.echo(path.relative_to(root).as_posix())


if __name__ == "__main__":
    main()
