"""How does pandas read the large set when a person tells it the layout of each file?

`python read_with_pandas.py JOB.json`: the job names the files with their layouts, the Parquet to write and
where to put the answer, and pandas' engine: "c" takes ragged rows, "pyarrow" is faster and skips them. File
by file, so that memory is bounded by the largest file. Nothing else is dropped knowingly: what pandas gives
as a row is written, with an empty day or amount where there is none to read.
"""

import json
import sys
import warnings
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

TEXTS = ("payee", "reference", "unit", "purpose")
SCHEMA = pa.schema(
    [
        ("file", pa.string()),
        *((name, pa.string()) for name in TEXTS),
        ("paid_on", pa.date32()),
        ("pence", pa.int64()),
    ]
)


def main(job: dict[str, Any]) -> dict[str, Any]:
    """Read, canonicalise, write, sum."""
    engine = job["engine"]
    answer = {"peer": f"pandas {pd.__version__} ({engine})", "files": {}, "refused": {}}
    with pq.ParquetWriter(job["parquet"], SCHEMA, compression="zstd") as writer:
        for laid in job["files"]:
            wanted = sorted(laid["columns"].values()) if engine == "c" else None  # pyarrow needs all names
            try:
                frame = canonical(read(laid, engine, wanted), laid)
            except (ValueError, pd.errors.ParserError) as error:
                # A quote that never closes can swallow the widest row; then it wants to read every column.
                answer["refused"][laid["name"]] = str(error)[:200]
                frame = canonical(read(laid, "c", None), laid)
            answer["files"][laid["name"]] = sums(frame)
            frame["file"] = laid["name"]
            writer.write_table(pa.Table.from_pandas(frame[SCHEMA.names], SCHEMA, preserve_index=False))
    return answer


def read(laid: dict[str, Any], engine: str, wanted: list[int] | None) -> pd.DataFrame:
    """The told columns as text. With all names there are, the C engine skips no row for trailing commas; in
    one piece, because it counts the columns of each piece anew."""
    roles = {at: role for role, at in laid["columns"].items()}
    options = {"na_filter": False, "low_memory": False} if engine == "c" else {"keep_default_na": False}
    frame = pd.read_csv(
        laid["path"],
        sep=laid["delimiter"],
        encoding=laid["encoding"],
        skiprows=laid["skip_lines"],
        header=None,
        names=range(laid["widest" if engine == "c" else "width"]),
        usecols=wanted,
        dtype=str,
        on_bad_lines="skip",
        engine=engine,
        **options,
    )
    return frame[list(roles)].rename(columns=roles)


def canonical(frame: pd.DataFrame, laid: dict[str, Any]) -> pd.DataFrame:
    """Days by the told format, pence by the told style; cells of another style get a second chance."""
    frame["paid_on"] = pd.to_datetime(frame["paid_on"], format=laid["date_format"], errors="coerce")
    text = frame.pop("amount")
    pounds = pd.to_numeric(in_style(text, laid["amounts"]), errors="coerce")
    odd = pounds.isna()
    if odd.any():
        pounds[odd] = pd.to_numeric(in_any_style(text[odd]), errors="coerce")
    frame["pence"] = (pounds * 100).round().astype("Int64")
    return frame


def in_style(text: pd.Series, style: str) -> pd.Series:
    """The amounts as plain numbers by the told style."""
    if style == "plain":
        return text
    text = text.str.replace(",", "", regex=False)
    if style == "pounds":
        return text.str.replace("£", "", regex=False)
    if style == "brackets":
        return text.str.replace("(", "-", regex=False).str.replace(")", "", regex=False)
    if style == "trailing":
        below = text.str.endswith("-")
        return text.where(~below, "-" + text.str.rstrip("-"))
    return text


def in_any_style(text: pd.Series) -> pd.Series:
    """The few amounts that are not in the told style."""
    bare = text.str.replace(r"[£,\s]", "", regex=True)
    return bare.str.replace(r"^(?:\((.*)\)|(.*)-)$", lambda found: f"-{found[1] or found[2]}", regex=True)


def sums(frame: pd.DataFrame) -> dict[str, Any]:
    """Payments and their pence by month: rows with a day and an amount."""
    whole = frame[frame["paid_on"].notna() & frame["pence"].notna()]
    months = whole.groupby(whole["paid_on"].dt.strftime("%Y-%m"))["pence"].sum()
    return {
        "rows": len(frame),
        "payments": len(whole),
        "pence": int(whole["pence"].sum()),
        "months": {month: int(pence) for month, pence in months.items()},
    }


if __name__ == "__main__":
    warnings.simplefilter("ignore", pd.errors.ParserWarning)
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    Path(job["answer"]).write_text(json.dumps(main(job)), encoding="utf-8")
