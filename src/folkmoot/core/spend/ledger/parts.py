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

from folkmoot.core.spend.reading.batch import PAYMENT, Batch

BATCH_ROWS = 50_000
BATCH_BYTES = 32_000_000  # rows of very long cells are written sooner, so that memory stays bounded

_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode

_PAYMENTS = pa.schema([("part", pa.dictionary(pa.int32(), pa.string())), *PAYMENT])
_REPEATED = {"part", "payee", "unit", "purpose", "category", "basis", "flags", "reason", "paid_on"}
_REPORTED = pa.schema(
    [("line", pa.int64()), ("reason", pa.string()), ("pence", pa.int64()), ("raw", pa.string())]
)


@dataclass(frozen=True, slots=True)
class Part:
    """One source file in the ledger: where it came from and how its rows add up.

    rows_in = accepted + reported, and pence_in = pence_accepted + pence_reported. `file` is a name, never
    a path, and `sheet` that of a workbook; `sha256` is of the inner bytes; `added_at` is UTC. `flags` counts
    flagged payments, `cut_at` is the width at which the publisher cut names (0 when it did not), `alike`
    counts payments that equal an earlier one of the file in every cell, and
    `total_differs` marks a file whose printed total is not the sum above it. `already` is True in the
    answer to adding bytes that the ledger held before; it is not kept.
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
    sheet: str = ""
    flags: Mapping[str, int] = field(default_factory=dict)
    cut_at: int = 0
    alike: int = 0
    total_differs: bool = False
    already: bool = False

    def as_plain(self) -> dict[str, Any]:
        """The part as the manifest keeps it."""
        plain = asdict(self)
        del plain["already"]
        plain["reasons"], plain["flags"] = dict(self.reasons), dict(self.flags)
        plain["warnings"] = list(self.warnings)
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
        self._folder, self._part_id = folder, part_id
        self._payments = _Table(payments_file(folder, part_id), _PAYMENTS)
        self._reported = _Table(reported_file(folder, part_id), _REPORTED)

    def add(self, batch: Batch) -> None:
        """Write some rows, sooner or later."""
        if batch.reported:
            rows = [(row.line, str(row.reason), row.pence, _as_json(row.cells)) for row in batch.reported]
            arrays = [
                pa.array(values, one.type)
                for values, one in zip(zip(*rows, strict=True), _REPORTED, strict=True)
            ]
            self._reported.add(pa.Table.from_arrays(arrays, schema=_REPORTED))
        if count := batch.payments.num_rows:
            part = pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), [self._part_id])
            columns = [pa.chunked_array([part]), *batch.payments.columns]
            self._payments.add(pa.Table.from_arrays(columns, schema=_PAYMENTS))

    def finish(self) -> None:
        """Write what is left and wait until it is on the disk."""
        self._payments.close()
        self._reported.close()

    def discard(self) -> None:
        """Leave nothing behind."""
        self._payments.discard()
        self._reported.discard()
        for path in (self._folder / "parts").glob(f"{self._part_id}.*"):
            path.unlink(missing_ok=True)


class _Table:
    """One Parquet file being written."""

    def __init__(self, path: Path, schema: Any) -> None:
        self._path, self._schema = path, schema
        self._file: BinaryIO = path.open("wb")
        self._writer = pq.ParquetWriter(
            self._file, schema, compression="zstd", use_dictionary=[*_REPEATED.intersection(schema.names)]
        )
        self._waiting: list[pa.Table] = []
        self._rows = self._bytes = 0

    def add(self, rows: pa.Table) -> None:
        """Some rows."""
        self._waiting.append(rows)
        self._rows += rows.num_rows
        self._bytes += rows.nbytes
        if self._rows >= BATCH_ROWS or self._bytes >= BATCH_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting).unify_dictionaries())
        self._waiting, self._rows, self._bytes = [], 0, 0

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
