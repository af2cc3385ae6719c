"""Which files of the data folder belong to a partnership's record?"""

import json
from collections.abc import Iterator
from pathlib import Path

from folkmoot.apps.spend.rows import wanted
from folkmoot.apps.spend.shelves import ledger_of, original
from folkmoot.core.kernel.errors import Refused

PASSING = {"lock", "manifest.json"}  # the one is nothing, the other is taken first and by itself


def ledger_files(partnership_id: str, manifest: bytes) -> Iterator[tuple[str, Path]]:
    """The files of a ledger beside its manifest: those of the parts that it lists, and what persons said.

    What persons said comes in the order in which they said it; the newer goes before the older.
    """
    folder = ledger_of(partnership_id).folder
    for part_id in part_ids(manifest):
        found = sorted((folder / "parts").glob(f"{part_id}.*"))
        if folder / "parts" / f"{part_id}.parquet" not in found:
            raise Refused(
                "The ledger is not whole.",
                f"The file of its part {part_id} is missing.",
                "Restore the ledger folder from a backup.",
            )
        yield from ((f"parts/{path.name}", path) for path in found)
    said = [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.parent.name != "parts" and not _passes(path)
    ]
    for path in sorted(said, key=lambda path: (path.stat().st_mtime_ns, str(path))):
        yield path.relative_to(folder).as_posix(), path


def part_ids(manifest: bytes) -> list[str]:
    """The parts that a manifest lists, sorted; none for no manifest."""
    return sorted(part["id"] for part in json.loads(manifest)["parts"]) if manifest else []


def wanted_originals(partnership_id: str) -> list[str]:
    """The fingerprints of the published files that are kept."""
    return sorted(sha256 for sha256 in wanted(partnership_id) if sha256)


def originals_of(partnership_id: str) -> Iterator[tuple[str, Path]]:
    """Those of them that lie there."""
    for sha256 in wanted_originals(partnership_id):
        if (path := original(partnership_id, sha256)).exists():
            yield sha256, path


def _passes(path: Path) -> bool:
    return path.name in PASSING or path.suffix in (".new", ".part") or path.name.startswith(".")
