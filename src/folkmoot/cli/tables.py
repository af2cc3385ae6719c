"""How is a picture's table written as a file?"""

import csv
import io

from folkmoot.core.pictures import Table

RUNS = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would run


def csv_of(table: Table) -> bytes:
    """The table as CSV in UTF-8; cells that a spreadsheet would run begin with an apostrophe.

    >>> csv_of(Table("x", ("Group", "People"), (("=A", "5"),))).decode("utf-8-sig").splitlines()
    ['Group,People', "'=A,5"]
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in (table.headings, *table.rows):
        writer.writerow([f"'{cell}" if cell.startswith(RUNS) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")
