"""How does polars read the large set when a person tells it the layout of each file?

`python read_with_polars.py JOB.json`: the job names the files with their layouts, the Parquet to write and
where to put the answer. File by file, so that memory is bounded by the largest file. Nothing is dropped
knowingly: what polars gives as a row is written, with an empty day or amount where there is none to read.
"""

import io
import json
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq

TEXTS = ("payee", "reference", "unit", "purpose")


def main(job: dict[str, Any]) -> dict[str, Any]:
    """Read, canonicalise, write, sum."""
    answer = {"peer": f"polars {pl.__version__}", "files": {}, "refused": {}}
    writer = None
    for laid in job["files"]:
        try:
            frame = canonical(read(laid), laid).collect()
        except pl.exceptions.PolarsError as error:
            # A quote that never closes stops it. Without the lines whose quotes do not pair it goes on.
            answer["refused"][laid["name"]] = str(error)[:200]
            frame = canonical(read(laid, paired=True), laid).collect()
        answer["files"][laid["name"]] = sums(frame)
        table = frame.to_arrow()
        writer = writer or pq.ParquetWriter(job["parquet"], table.schema, compression="zstd")
        writer.write_table(table)
    if writer:
        writer.close()
    return answer


def read(laid: dict[str, Any], paired: bool = False) -> pl.LazyFrame:
    """The told columns as text; polars itself reads UTF-8 only, so other bytes are decoded first."""
    path, stream = Path(laid["path"]), None
    if paired or not laid["encoding"].startswith("utf-8"):
        text = path.read_bytes().decode(laid["encoding"])
        if paired:
            text = "".join(line for line in text.splitlines(keepends=True) if line.count('"') % 2 == 0)
        stream = io.BytesIO(text.encode())
    return pl.scan_csv(
        stream or path,
        separator=laid["delimiter"],
        has_header=False,
        skip_lines=laid["skip_lines"],
        schema={f"column_{at}": pl.String for at in range(laid["width"])},
        truncate_ragged_lines=True,
        extra_columns="ignore",
        ignore_errors=True,
    )


def canonical(frame: pl.LazyFrame, laid: dict[str, Any]) -> pl.LazyFrame:
    """Days by the told format, pence by the told style; cells of another style get a second chance."""
    columns = {role: pl.col(f"column_{at}") for role, at in laid["columns"].items()}
    day = columns["paid_on"].str.to_date(laid["date_format"], strict=False)
    text = columns["amount"]
    pounds = pl.coalesce(number(in_style(text, laid["amounts"])), number(in_any_style(text)))
    return frame.select(
        pl.lit(laid["name"]).alias("file"),
        *(columns[name].alias(name) for name in TEXTS),
        day.alias("paid_on"),
        (pounds * 100).round().cast(pl.Int64).alias("pence"),
    )


def number(text: pl.Expr) -> pl.Expr:
    """The text as a number, or nothing."""
    return text.cast(pl.Float64, strict=False)


def in_style(text: pl.Expr, style: str) -> pl.Expr:
    """The amounts as plain numbers by the told style."""
    if style == "plain":
        return text
    text = text.str.replace_all(",", "", literal=True)
    if style == "pounds":
        return text.str.replace_all("£", "", literal=True)
    if style == "brackets":
        return text.str.replace("(", "-", literal=True).str.replace(")", "", literal=True)
    if style == "trailing":
        return pl.when(text.str.ends_with("-")).then("-" + text.str.strip_chars_end("-")).otherwise(text)
    return text


def in_any_style(text: pl.Expr) -> pl.Expr:
    """The few amounts that are not in the told style."""
    return text.str.replace_all(r"[£,\s]", "").str.replace(r"^(?:\((.*)\)|(.*)-)$", "-${1}${2}")


def sums(frame: pl.DataFrame) -> dict[str, Any]:
    """Payments and their pence by month: rows with a day and an amount."""
    whole = frame.filter(pl.col("paid_on").is_not_null() & pl.col("pence").is_not_null())
    months = whole.group_by(pl.col("paid_on").dt.strftime("%Y-%m").alias("month")).agg(pl.col("pence").sum())
    return {
        "rows": len(frame),
        "payments": len(whole),
        "pence": int(whole["pence"].sum()),
        "months": dict(months.sort("month").iter_rows()),
    }


if __name__ == "__main__":
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Path(job["answer"]).write_text(json.dumps(main(job)), encoding="utf-8")
