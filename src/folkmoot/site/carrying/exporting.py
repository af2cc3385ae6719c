"""How is a partnership written into one file that anybody can read?"""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version  # noqa: TID251 - asks which version this is, imports nothing
from pathlib import Path
from typing import Any

from django.db import connection

from folkmoot.apps.places import clock
from folkmoot.apps.places.models import DiaryDetail, Partnership
from folkmoot.apps.spend.shelves import ledger_of, original
from folkmoot.core.access import Act, Actor, Subject, require
from folkmoot.core.kernel.errors import NotFound, Refused
from folkmoot.core.spend.cells import safe_cell
from folkmoot.site.carrying.figures import figures_of
from folkmoot.site.carrying.packing import CONTENTS, Packing, packing, pieces_of
from folkmoot.site.carrying.readme import readme
from folkmoot.site.carrying.rows import NUMBER, plain_rows
from folkmoot.site.carrying.shelves import ledger_files, wanted_originals
from folkmoot.site.carrying.tables import Table, tables

KIND, FORMAT = "folkmoot export", 1
FIGURES = "figures.json"
TRIES = 5
ROWS_AT_ONCE = 500
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the file's fingerprint and size, whose it is, and the figures in it."""

    file: str
    sha256: str
    size: int
    partnership: dict[str, str]
    figures: dict[str, Any]
    missing: tuple[str, ...]

    def as_plain(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "size": self.size,
            "partnership": self.partnership,
            "figures": self.figures,
            "missing_originals": list(self.missing),
        }


def export_partnership(actor: Actor, slug: str, path: Path, say: Say = lambda _: None) -> Exported:
    """The partnership of this address in a file; the file is there whole, or as it was.

    NotFound for no partnership, Refused when the file cannot be written or the ledger is damaged.
    """
    partnership = Partnership.objects.filter(slug=slug).first()
    if partnership is None:
        raise NotFound(f"There is no partnership at “{slug}”.", "", "Look at its address again.")
    require(Act.CARRY_AWAY, actor, Subject(partnership_id=partnership.id))
    with one_moment(), packing(path) as pack:
        figures, missing = _write(pack, partnership, say)
    digest = hashlib.sha256()
    for piece in pieces_of(path):
        digest.update(piece)
    told = {"id": partnership.id, "slug": partnership.slug, "name": partnership.name}
    return Exported(str(path), digest.hexdigest(), path.stat().st_size, told, figures, missing)


def _write(pack: Packing, partnership: Partnership, say: Say) -> tuple[dict[str, Any], tuple[str, ...]]:
    say("the figures")
    as_of = clock.today(partnership.zone)
    manifest, figures = _settled(partnership, as_of)
    pack.add("README.md", [readme(partnership, as_of.isoformat(), figures["rows"]).encode()])
    pack.add_plain(FIGURES, figures)
    for table in tables():
        say(table.name)
        pack.add(f"tables/{table.name}.csv", as_csv(table, plain_rows(table, partnership.id)))
        pack.add(f"tables/{table.name}.json", as_lines(plain_rows(table, partnership.id)))
    missing = _write_ledger(pack, partnership.id, manifest, say)
    pack.add_plain(
        CONTENTS,
        {
            "kind": KIND,
            "format": FORMAT,
            "written_by": f"Folkmoot {version('folkmoot')}",
            "written_on": as_of.isoformat(),
            "partnership": {"id": partnership.id, "slug": partnership.slug, "name": partnership.name},
            "tables": {table.name: figures["rows"][table.name] for table in tables()},
            # The oldest first: of two recipes for the same headings the newer one is tried first.
            "recipes": [name for name, _ in ledger_files(partnership.id, manifest) if name.endswith(".toml")],
            "missing_originals": list(missing),
        },
    )
    return figures, missing


def _settled(partnership: Partnership, as_of: Any) -> tuple[bytes, dict[str, Any]]:
    """The ledger's manifest and the figures that belong to it."""
    path = ledger_of(partnership.id).folder / "manifest.json"
    for _ in range(TRIES):
        before = path.read_bytes() if path.exists() else b""
        figures = figures_of(partnership.id, as_of)
        if (path.read_bytes() if path.exists() else b"") == before:
            return before, figures
    raise Refused(
        "The export was not written.", "Files come and go at this moment.", "Try again in a minute."
    )


def _write_ledger(pack: Packing, partnership_id: str, manifest: bytes, say: Say) -> tuple[str, ...]:
    if manifest:
        pack.add("ledger/manifest.json", [manifest])
    for name, path in ledger_files(partnership_id, manifest):
        say(name)
        pack.add_file(f"ledger/{name}", path, packed_already=path.suffix == ".parquet")
    missing = []
    for sha256 in wanted_originals(partnership_id):
        path = original(partnership_id, sha256)
        say(f"originals/{sha256}")
        if path.exists():
            pack.add_file(f"originals/{sha256}", path)
        else:
            missing.append(sha256)
    return tuple(missing)


def as_lines(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """A list in JSON with a row on each line, so that it can be read a row at a time."""
    yield b"["
    before = b"\n"
    for rows_here in _some(rows):
        text = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows_here)
        yield before + text.encode("utf-8", "surrogatepass")
        before = b",\n"
    yield b"\n]\n"


def as_csv(table: Table, rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """A table for a spreadsheet, which shows it and runs nothing of it."""
    names = [column.attname for column in table.columns]
    if table.model is DiaryDetail:
        names = [NUMBER, "salt", "text"]
    yield _csv([names])
    for rows_here in _some(rows):
        yield _csv([[_cell(row[name]) for name in names] for row in rows_here])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return safe_cell(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _csv(lines: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8", "replace")


def _some(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    held: list[dict[str, Any]] = []
    for row in rows:
        held.append(row)
        if len(held) >= ROWS_AT_ONCE:
            yield held
            held = []
    if held:
        yield held


@contextmanager
def one_moment() -> Iterator[None]:
    """All rows as they stood at one moment, while others go on writing."""
    if connection.in_atomic_block:
        yield
        return
    begin = (
        "BEGIN DEFERRED"
        if connection.vendor == "sqlite"
        else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    )
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
