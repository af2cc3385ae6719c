"""What stands in the large set of messy files, to the row and the penny?

Every file is made from the real payments of one publisher, over and over, with names, amounts and days
perturbed by a seeded draw; a few rows in a thousand are planted as hard. The truth lies beside the files:
truth.json says how each is laid out and how it adds up, truth/NAME.parquet holds every payment by its key.
"""

import csv
import hashlib
import json
import multiprocessing
import random
from array import array
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.reading.hard import UNCLOSED, is_payment, kinds_for, plant, total_row
from benchmarks.reading.layouts import TITLES, Laid, amount_writer, day_writer, layouts, row_writer
from benchmarks.reading.pool import COLUMNS, open_folder, real_payments

HARD_IN = 65_536
HARD = 160  # rows planted as hard in so many
PROCESSES = 2
FIRST_KEY = 5_000_000_000  # ten digits, as document numbers of a ledger are


@dataclass
class Truth:
    """What one file holds: every payment by key, first physical line, day and pence; the rest counted."""

    keys: "array[int]" = field(default_factory=lambda: array("q"))
    lines: "array[int]" = field(default_factory=lambda: array("q"))
    days: "array[int]" = field(default_factory=lambda: array("i"))
    pence: "array[int]" = field(default_factory=lambda: array("q"))
    rows: int = 0
    widest: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[int]] = field(default_factory=dict)  # the first lines of each planted kind

    def pay(self, key: int, line: int, day: int, pence: int) -> None:
        """Note one payment."""
        self.keys.append(key)
        self.lines.append(line)
        self.days.append(day)
        self.pence.append(pence)

    def note(self, kind: str, line: int) -> None:
        """Note one planted row."""
        self.planted[kind] += 1
        examples = self.examples.setdefault(kind, [])
        if len(examples) < 3:
            examples.append(line)

    def plain(self) -> dict[str, Any]:
        """The sums, as truth.json keeps them."""
        months: Counter[str] = Counter()
        month_of = cache(lambda day: date.fromordinal(day).isoformat()[:7])
        for day, pence in zip(self.days, self.pence, strict=True):
            months[month_of(day)] += pence
        return {
            "rows": self.rows, "widest": self.widest, "payments": len(self.keys), "pence": sum(self.pence),
            "months": dict(sorted(months.items())), "planted": dict(self.planted), "lines": self.examples,
        }  # fmt: skip


def make(folder: Path, rows: int) -> dict[str, Any]:
    """Write the set into an own folder below `folder`, or find it there; answers the truth."""
    folder = folder / f"reading-{rows}"
    stamp = _stamp(rows)
    kept = folder / "truth.json"
    if kept.exists() and (truth := json.loads(kept.read_text(encoding="utf-8")))["stamp"] == stamp:
        return truth | {"folder": str(folder), "made": False}
    (folder / "truth").mkdir(parents=True, exist_ok=True)
    kept.unlink(missing_ok=True)
    laid = layouts(rows)
    with ProcessPoolExecutor(PROCESSES, mp_context=multiprocessing.get_context("spawn")) as processes:
        files = dict(processes.map(_write_file, laid, [folder] * len(laid)))
    whole = {name: sum(one[name] for one in files.values()) for name in ("rows", "payments", "pence")}
    truth = {"stamp": stamp, "real": open_folder() is not None, **whole, "files": files}
    kept.write_text(json.dumps(truth, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return truth | {"folder": str(folder), "made": True}


def _stamp(rows: int) -> str:
    """Changes with the number of rows, their program and the open files they are made from."""
    digest = hashlib.sha256(str(rows).encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem in ("making", "hard", "layouts", "pool"):
            digest.update(path.read_bytes())
    for columns in COLUMNS.values():
        for path in sorted((open_folder() or Path()).glob(f"{columns.folder}/*.csv.gz")):
            digest.update(f"{path.name} {path.stat().st_size}\n".encode())
    return digest.hexdigest()


def _write_file(laid: Laid, folder: Path) -> tuple[str, dict[str, Any]]:
    truth = Truth()
    path = folder / laid.name
    with path.open("w", encoding=laid.encoding, errors="replace", newline="") as file:
        _write_rows(file, laid, truth)
    table = pa.table(
        {
            "key": pa.array(truth.keys, pa.int64()),
            "line": pa.array(truth.lines, pa.int64()),
            "paid_on": pa.array([day - 719_163 for day in truth.days], pa.int32()).cast(pa.date32()),
            "pence": pa.array(truth.pence, pa.int64()),
        }
    )
    pq.write_table(table, folder / "truth" / f"{path.stem}.parquet", compression="zstd")
    return laid.name, laid.told() | truth.plain() | {"bytes": path.stat().st_size}


def _write_rows(file: TextIO, laid: Laid, truth: Truth) -> None:
    writer = csv.writer(file, delimiter=laid.delimiter, lineterminator=laid.line_end)
    day_text, amount, cells_of = day_writer(laid.dates), amount_writer(laid.amounts), row_writer(laid)
    bits = random.Random(f"large set, file {laid.number}").getrandbits
    pool, kinds = real_payments(laid.shape.publisher), kinds_for(laid)
    # Steps through the whole of it: a file whose days are all below 13 could be read day or month first.
    start, step = laid.number * 7919, max(1, len(pool) // laid.rows)
    for title in TITLES[: laid.titles]:
        file.write(title + laid.line_end)
    writer.writerow(laid.shape.headings[laid.number % len(laid.shape.headings)])
    line, truth.widest = laid.titles + 2, len(laid.shape.headings[0])
    unclosed = {laid.rows // 3, laid.rows * 2 // 3} if laid.number % 4 == 0 else set()
    for number in range(laid.rows):
        again, at = divmod(start + number * step, len(pool))
        real, draw, key = pool[at], bits(64), FIRST_KEY + laid.number * 10_000_000 + number
        payee = perturbed(real.payee, draw & 0xFFFF)
        day = real.day - 364 * (again % 3)
        pence = real.pence + (draw >> 16) % 199 - 99
        cells = cells_of(real, payee, day_text(day), pence, key, amount)
        hard = number in unclosed or (draw >> 24) % HARD_IN < HARD
        if not hard:
            writer.writerow(cells)
            truth.pay(key, line, day, pence)
            line += 1
            continue
        kind = UNCLOSED if number in unclosed else kinds[(draw >> 40) % len(kinds)]
        planted = plant(kind, laid, cells, pence, draw >> 48, amount)
        truth.note(kind, line)
        if is_payment(kind):
            truth.pay(key, line, day, planted.pence)
        if planted.cells is None:
            file.write(planted.raw)
        else:
            writer.writerow(planted.cells)
            truth.widest = max(truth.widest, len(planted.cells))
        line += 1 + (kind == "many lines")
    if laid.total:
        truth.note("total", line)
        writer.writerow(total_row(laid, "Total", amount(sum(truth.pence))))
    for _ in range(laid.tail):
        writer.writerow([""] * len(laid.shape.headings[0]))
    truth.planted["blank tail"] = laid.tail
    truth.rows = laid.rows + laid.total + laid.tail


def perturbed(name: str, draw: int) -> str:
    """A name as another clerk would have typed it: case, suffix, a slip of two letters, cut at 35."""
    way, at = draw & 15, (draw >> 4) % max(len(name), 1)
    if way in (0, 1):
        name = name.upper()
    elif way == 2:
        name = name.replace(" Ltd", " Limited") if " Ltd" in name else name.replace(" Limited", " Ltd.")
    elif way == 3 and 0 < at < len(name) - 1:
        name = f"{name[:at]}{name[at + 1]}{name[at]}{name[at + 2 :]}"
    elif way == 4:
        name = name[:35]
    elif way == 5:
        name = f"{name} – Café"  # a dash and an accent: other bytes in each encoding
    elif way == 6:
        name = f"{name} "
    return name
