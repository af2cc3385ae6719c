"""What goes wrong in the published files of the demonstration, and where?"""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from folkmoot.demo.anchors import COLLEGE, COUNCIL, HOSPITAL, HOUSING, UNIVERSITY, Anchor
from folkmoot.demo.invoices import Entry
from folkmoot.demo.publishing import Cells, Style, pounds


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A row that is no payment: the reason for which a reader should set it aside, and a cell's text."""

    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """A file as published, and what its publisher meant: payments, their pence, rows that are none."""

    content: bytes
    payments: int
    pence: int
    reported: dict[str, int]


_TOTAL, _BLANK, _HEADING, _SHORT, _NOBODY = map(
    Spoilt, ("total_line", "blank", "repeated_heading", "too_few_cells", "payee_blank")
)
_NOTE = Spoilt("note_line", "Note: payments under £100 and payments to learners are not included.")

# By anchor and quarter, counted from 0. Real files are mostly sound: none of these reaches one row in fifty.
SPOILT: dict[Anchor, dict[int, tuple[Spoilt, ...]]] = {
    COUNCIL: {
        1: (Spoilt("date_unreadable", "TBC"),),
        2: (Spoilt("amount_unreadable", "9..9"),),
        4: (_HEADING,),
        6: (Spoilt("date_unreadable", "1900-01-00"), _NOBODY),
    },
    HOSPITAL: {
        **dict.fromkeys(range(8), (_TOTAL,)),
        3: (Spoilt("currency_unknown", "EUR 1,200.00"), _TOTAL),
        5: (Spoilt("outside_period", "01/01/1900"), _TOTAL),
    },
    UNIVERSITY: {
        **dict.fromkeys((0, 1, 4, 6), (_BLANK, _BLANK)),
        2: (_HEADING, _BLANK),
        3: (Spoilt("amount_unreadable", "see note"),),
        5: (_HEADING,),
        7: (Spoilt("currency_unknown", "€2,480.00"), _BLANK),
    },
    COLLEGE: {
        **dict.fromkeys((0, 1, 3, 4, 7), (_NOTE,)),
        **dict.fromkeys((2, 5, 6), (_NOBODY,)),
    },
    HOUSING: {
        2: (_SHORT,),
        4: (Spoilt("date_unreadable", "on completion"),),
        7: (_SHORT,),
    },
}


def publish(anchor: Anchor, number: int, style: Style, entries: Sequence[Entry], odd: Entry) -> Published:
    """The file of a quarter. `odd` is the entry that is spoilt wherever a row of its own is needed."""
    spoilt = SPOILT[anchor].get(number, ())
    pence = sum(entry.pence for entry in entries)
    rows = [style.cells(at, entry) for at, entry in enumerate(entries)]
    for wrong in spoilt:
        _spoil(rows, style, wrong, style.cells(0, odd), pence)
    reported = dict(sorted(Counter(wrong.reason for wrong in spoilt).items()))
    return Published(written(style, rows), len(entries), pence, reported)


def written(style: Style, rows: Sequence[Cells]) -> bytes:
    """Titles, headings and rows in the bytes of a style."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=style.delimiter, lineterminator=style.newline)
    writer.writerows(_title(style, title) for title in style.titles)
    writer.writerow(style.headings)
    writer.writerows(rows)
    return text.getvalue().encode(style.encoding)


def _title(style: Style, title: str) -> Cells:
    return [title, *[""] * (len(style.headings) - 1)]


def _spoil(rows: list[Cells], style: Style, wrong: Spoilt, cells: Cells, pence: int) -> None:
    """Put the row where it would stand: totals, notes and blanks at the foot, all else among the payments."""
    foot = {
        "total_line": _total(style, pence),
        "note_line": [wrong.text],
        "blank": [""] * len(style.headings),
    }
    if wrong.reason in foot:
        rows.append(foot[wrong.reason])
        return
    middle = {"repeated_heading": [*style.headings], "too_few_cells": cells[: style.paid_on]}
    row = middle.get(wrong.reason) or [*_with(cells, _column(style, wrong.reason), wrong.text)]
    rows.insert(len(rows) * (3 + len(wrong.reason) % 4) // 8, row)


def _with(cells: Cells, at: int, text: str) -> Iterator[str]:
    return (text if column == at else cell for column, cell in enumerate(cells))


def _column(style: Style, reason: str) -> int:
    if reason in ("date_unreadable", "outside_period"):
        return style.paid_on
    return style.payee if reason == "payee_blank" else style.amount


def _total(style: Style, pence: int) -> Cells:
    cells = [""] * len(style.headings)
    cells[0], cells[style.amount] = "TOTAL", pounds(pence)
    return cells
