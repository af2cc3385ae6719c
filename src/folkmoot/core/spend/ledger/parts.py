"""What does one source file leave behind in the ledger?"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from folkmoot.core.spend.reading import Payment, Reported

BATCH_ROWS = 50_000
BATCH_CHARACTERS = 32_000_000  # rows of very long cells are written sooner, so that memory stays bounded

_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode

_PAYMENTS = pa.schema(
    [
        ("part", pa.dictionary(pa.int32(), pa.string())),
        ("line", pa.int64()),
        ("paid_on", pa.date32()),
        ("pence", pa.int64()),
        *(
            (name, pa.string())
            for name in ("payee", "reference", "unit", "purpose", "category", "basis", "raw")
        ),
    ]
)
_REPORTED = pa.schema(
    [("line", pa.int64()), ("reason", pa.string()), ("pence", pa.int64()), ("raw", pa.string())]
)


@dataclass(frozen=True, slots=True)
class Part:
    """One source file in the ledger: where it came from and how its rows add up.

    rows_in = accepted + reported, and pence_in = pence_accepted + pence_reported. `file` is a name, never
    a path; `sha256` is of the inner bytes; `added_at` is UTC. `already` is True in the answer to adding
    bytes that the ledger held before; it is not kept.
    """

    id: str
    file: str
    sha256: str
    anchor: str
    anchor_id: str
    kind: str
    encoding: str
    heading_row: int
    rows_in: int
    accepted: int
    reported: int
    pence_in: int
    pence_accepted: int
    pence_reported: int
    reasons: Mapping[str, int]
    warnings: tuple[str, ...]
    first_paid_on: date | None
    last_paid_on: date | None
    currency: str
    added_at: str
    recipe: Mapping[str, Any] = field(repr=False)
    already: bool = False

    def as_plain(self) -> dict[str, Any]:
        """The part as the manifest keeps it."""
        plain = asdict(self)
        del plain["already"]
        plain["reasons"], plain["warnings"] = dict(self.reasons), list(self.warnings)
        for name in ("first_paid_on", "last_paid_on"):
            plain[name] = plain[name].isoformat() if plain[name] else None
        return plain

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Part":
        """The part from what the manifest keeps; fields of a later version are passed over."""
        known = {one.name: plain[one.name] for one in fields(cls) if one.name in plain}
        for name in ("first_paid_on", "last_paid_on"):
            known[name] = date.fromisoformat(known[name]) if known[name] else None
        known["warnings"] = tuple(known["warnings"])
        return cls(**known)


def payments_file(folder: Path, part_id: str) -> Path:
    """Where a part's payments lie."""
    return folder / "parts" / f"{part_id}.parquet"


def reported_file(folder: Path, part_id: str) -> Path:
    """Where a part's reported rows lie."""
    return folder / "parts" / f"{part_id}.reported.parquet"


class PartWriter:
    """Writes the two files of a part in batches; `finish` makes them lasting, `discard` removes them."""

    def __init__(self, folder: Path, part_id: str) -> None:
        (folder / "parts").mkdir(parents=True, exist_ok=True)
        self._part_id = part_id
        self._payments = _Table(payments_file(folder, part_id), _PAYMENTS)
        self._reported = _Table(reported_file(folder, part_id), _REPORTED)

    def add(self, row: Payment | Reported) -> None:
        """Write one row, sooner or later."""
        raw = _as_json(row.cells)
        if isinstance(row, Reported):
            self._reported.add((row.line, str(row.reason), row.pence, raw), len(raw))
            return
        values = (
            self._part_id, row.line, row.paid_on, row.pence, row.payee, row.reference, row.unit,
            row.purpose, row.category, row.basis, raw,
        )  # fmt: skip
        self._payments.add(values, len(raw))

    def finish(self) -> None:
        """Write what is left and wait until it is on the disk."""
        self._payments.close()
        self._reported.close()

    def discard(self) -> None:
        """Leave nothing behind."""
        self._payments.discard()
        self._reported.discard()


class _Table:
    """One Parquet file being written."""

    def __init__(self, path: Path, schema: Any) -> None:
        self._path, self._schema = path, schema
        self._file: BinaryIO = path.open("wb")
        self._writer = pq.ParquetWriter(self._file, schema, compression="zstd")
        self._rows: list[tuple[Any, ...]] = []
        self._characters = 0

    def add(self, values: tuple[Any, ...], characters: int) -> None:
        self._rows.append(values)
        self._characters += characters
        if len(self._rows) >= BATCH_ROWS or self._characters >= BATCH_CHARACTERS:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            columns = zip(*self._rows, strict=True)
            arrays = [pa.array(values, one.type) for values, one in zip(columns, self._schema, strict=True)]
            self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows, self._characters = [], 0

    def close(self) -> None:
        self._flush()
        self._writer.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def discard(self) -> None:
        if self._writer.is_open:
            self._writer.close()
        self._file.close()
        self._path.unlink(missing_ok=True)
