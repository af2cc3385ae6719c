"""How does a place move, and how is it kept safe, from the command line?"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from folkmoot.cli.progress import Progress
from folkmoot.cli.published import check_published, is_published

OUT = click.Path(dir_okay=False, path_type=Path)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")


@click.command()
@click.option("--partnership", "slug", required=True, metavar="SLUG", help="Its name in addresses.")
@click.argument("file", metavar="FILE.zip", type=OUT)
@AS_JSON
def export(slug: str, file: Path, as_json: bool) -> None:
    """Write a partnership's whole record into one file that anybody can read.

    A zip of CSV, JSON and Parquet with a README inside. It holds personal data.
    """
    _set_up()
    from folkmoot.core.access import OPERATOR
    from folkmoot.site.carrying.exporting import export_partnership

    written = _with_progress(lambda say: export_partnership(OPERATOR, slug, file, say))
    rows, diary = sum(written.figures["rows"].values()), written.figures["diary"]
    _answer(
        as_json,
        written.as_plain(),
        f"{written.partnership['name']} is in {file}: {rows:,} rows and {written.size:,} bytes. "
        f"It holds personal data.\nIts diary has {diary['lines']:,} lines and ends with {diary['last']}.",
    )
    for sha256 in written.missing:
        click.echo(f"The published file {sha256} is no longer kept here, so it is not in it.", err=True)


@click.command(name="import")
@click.argument("file", metavar="FILE.zip", type=OUT)
@click.option("--slug", default="", metavar="NEW", help="Another name in addresses than the file's.")
@AS_JSON
def import_(file: Path, slug: str, as_json: bool) -> None:
    """Take in a partnership that was exported, whole or not at all.

    Everything is checked first; afterwards the figures are those of the file.
    """
    _set_up(makes_tables=True)
    from folkmoot.core.access import OPERATOR
    from folkmoot.site.carrying.importing import import_partnership

    taken = _with_progress(lambda say: import_partnership(OPERATOR, file, slug, say))
    name, address = taken.partnership["name"], taken.partnership["slug"]
    rows = sum(taken.figures["rows"].values())
    _answer(
        as_json,
        taken.as_plain(),
        f"{name} is here, at /{address}/: {rows:,} rows, and its figures are equal.",
    )


@click.command()
@click.argument("file", type=OUT)
@AS_JSON
def backup(file: Path, as_json: bool) -> None:
    """Write everything that this install keeps into FILE, while it runs.

    Database, ledgers and originals; not the secret key. It holds personal data.
    """
    _set_up()
    from folkmoot.core.access import OPERATOR
    from folkmoot.site.carrying.backing_up import back_up

    written = _with_progress(lambda say: back_up(OPERATOR, file, say))
    names = ", ".join(one["slug"] for one in written.contents["diaries"]) or "no partnership"
    _answer(
        as_json, written.as_plain(), f"{names}: in {file}, {written.size:,} bytes. It holds personal data."
    )


@click.command()
@click.argument("file", type=OUT)
@click.option("--over", is_flag=True, help="Restore over what is here, which is kept aside.")
@AS_JSON
def restore(file: Path, over: bool, as_json: bool) -> None:
    """Put everything back to what the backup FILE holds, also while Folkmoot runs.

    What is here is kept aside in the data folder, and asked about first.
    """
    _set_up(needs_tables=False)
    from django.conf import settings
    from django.core.management import call_command

    from folkmoot.core.access import OPERATOR
    from folkmoot.site.carrying import restoring

    def agree() -> bool:
        asked = "Something is kept here already. Type yes to go on"
        return over or (sys.stdin.isatty() and click.prompt(asked, err=True) == "yes")

    put = _with_progress(lambda say: restoring.restore(OPERATOR, file, agree, say))
    call_command("migrate", verbosity=0, interactive=False)
    names = ", ".join(put.partnerships) or "no partnership"
    aside = f" What was here is in {settings.FOLKMOOT_DATA / put.kept_aside}." if put.kept_aside else ""
    _answer(as_json, put.as_plain(), f"Restored to {put.made_at}: {names}.{aside}")


@click.command()
@click.argument("file", required=False, type=OUT)
@click.option("--against-here", is_flag=True, help="Whether the diary here still begins as FILE knew it.")
@AS_JSON
def verify(file: Path | None, against_here: bool, as_json: bool) -> None:
    """Work out again what an export, a backup or a published draw says, and say whether it matches.

    A published draw is the JSON of `folkmoot decide lottery`; no database is needed. Without FILE: the diary
    of every partnership here, from its first line. Ends with 1 for no match.
    """
    if against_here and file is None:
        raise click.UsageError("--against-here needs a FILE to hold the diary against.")
    if file is not None and not against_here and is_published(file):
        return _tell_checks([check_published(file)], as_json)
    _set_up(needs_tables=file is None or against_here)
    from folkmoot.core.access import OPERATOR
    from folkmoot.site.carrying import checking

    def check(say: Callable[[str], None]) -> list[checking.Check]:
        if file is None:
            return checking.check_chains(OPERATOR)
        found = checking.check_file(file, say)
        if against_here and all(one.ok for one in found):
            found += checking.check_against_here(OPERATOR, file)
        return found

    return _tell_checks([one.as_plain() for one in _with_progress(check)], as_json)


def _tell_checks(checks: list[dict[str, Any]], as_json: bool) -> None:
    match = all(one["ok"] for one in checks)
    lines = [f"{'holds' if one['ok'] else 'DOES NOT HOLD'}: {one['name']}: {one['words']}" for one in checks]
    told = {"match": match, "checks": checks}
    _answer(as_json, told, "\n".join([*lines, "match" if match else "no match"]))
    if not match:
        raise SystemExit(1)


def _set_up(*, makes_tables: bool = False, needs_tables: bool = True) -> None:
    """Django, and tables as this version knows them. Refused where they are not and may not be made."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "folkmoot.site.settings")
    os.umask(0o077)
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from folkmoot.core.kernel.errors import Refused

    if makes_tables:
        call_command("migrate", verbosity=0, interactive=False)
    elif needs_tables:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise Refused(
                "The tables here are not those of this version.",
                "They were made by an earlier one, or not yet.",
                "Start “folkmoot serve” once: it brings them up to date.",
            )


def _with_progress(work: Callable[[Callable[[str], None]], Any]) -> Any:
    progress = Progress()
    try:
        return work(progress.step)
    finally:
        progress.end()


def _answer(as_json: bool, plain: dict[str, Any], words: str) -> None:
    click.echo(json.dumps(plain, ensure_ascii=False) if as_json else words)
