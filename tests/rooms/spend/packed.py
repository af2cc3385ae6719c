"""Which workbooks and archives do the tests of this room bring in?"""

import io
import zipfile
from collections.abc import Sequence

from xlwt import Workbook

HEADINGS = ("Payment Date", "Supplier Name", "Purpose", "Amount")
Rows = Sequence[Sequence[object]]


def workbook(**sheets: Rows) -> bytes:
    """A workbook with these sheets, by name."""
    made, packed = Workbook(), io.BytesIO()
    for name, rows in sheets.items():
        sheet = made.add_sheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell)
    made.save(packed)
    return packed.getvalue()


def month(number: int, payee: str = "Bay Bakers") -> Rows:
    """A list of three payments, the last of them on a day that no month has."""
    return [HEADINGS, *((f"{day:02d}/{number:02d}/2026", payee, "Bread", 10.5) for day in (3, 14, 25))]


def archive(**members: str | bytes) -> bytes:
    """A zip with these members; an underscore in a name is its point."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, held in members.items():
            made.writestr(name.replace("_", "."), held)
    return packed.getvalue()


def as_csv(rows: Rows) -> str:
    """The same rows as text."""
    return "".join(",".join(map(str, row)) + "\n" for row in rows)
