"""Which cells does an OpenDocument spreadsheet (.ods) hold?

Its rows and cells say how often they are repeated, a million times at the end of every sheet: a repeated
cell counts only as far as something stands in it or behind it.
"""

from dataclasses import replace
from xml.parsers import expat

from folkmoot.core.network.files.grid import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Grid,
    Record,
    not_read,
    record_of,
)

_DATE, _VALUE, _KIND = "office:date-value", "office:value", "office:value-type"


def open_document_sheets(content: bytes, what: str) -> tuple[Grid, ...]:
    """Every sheet with anything in it, from the document's content.xml. Refused for what is no such thing."""
    reading = _Reading(what)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.text
    # No document that a spreadsheet writes declares a type or an entity.
    parser.StartDoctypeDeclHandler = reading.refuse_markup
    parser.EntityDeclHandler = reading.refuse_markup
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise not_read(what, "It is damaged.", "Save it anew, or as CSV.") from error
    if not reading.grids:
        raise not_read(what, "It is empty.")
    return tuple(reading.grids)


class _Reading:
    """The sheets met so far, element by element."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.grids: list[Grid] = []
        self.name = ""
        self.records: list[Record] = []
        self.line = 0
        self.cells: list[str] = []
        self.blank_cells = 0
        self.rows = self.columns = 1
        self.value: str | None = None
        self.pieces: list[str] | None = None
        self.aside = 0  # within a remark that is fixed to a cell

    def refuse_markup(self, *_: object) -> None:
        """A declared type or entity."""
        raise not_read(self.what, "Its markup is none that a spreadsheet has.", "Save it anew, or as CSV.")

    def start(self, name: str, said: dict[str, str]) -> None:
        """An element opens."""
        if name == "office:annotation":
            self.aside += 1
        elif name == "table:table":
            self.name, self.records, self.line = said.get("table:name", ""), [], 0
        elif name == "table:table-row":
            self.rows = _times(said.get("table:number-rows-repeated", "1"))
            self.cells, self.blank_cells = [], 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.columns = _times(said.get("table:number-columns-repeated", "1"))
            self.value, self.pieces = _typed(said), []
        elif name == "text:p" and self.pieces:
            self.pieces.append(" ")
        elif name in ("text:s", "text:tab", "text:line-break"):
            self.text(" ")

    def text(self, text: str) -> None:
        """Characters within a cell."""
        if self.pieces is not None and not self.aside and len(self.pieces) <= LONGEST_CELL:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        """An element closes."""
        if name == "office:annotation":
            self.aside -= 1
        elif name in ("table:table-cell", "table:covered-table-cell") and self.pieces is not None:
            self._cell(self.value if self.value is not None else "".join(self.pieces))
            self.pieces = None
        elif name == "table:table-row":
            self._row()
        elif name == "table:table" and self.records:
            self.grids.append(Grid(self.name, "ods", tuple(self.records)))

    def _cell(self, text: str) -> None:
        if not text.strip():
            self.blank_cells += self.columns
            return
        held = min(self.blank_cells, MOST_COLUMNS)
        self.cells += [""] * held + [text] * min(self.columns, MOST_COLUMNS)
        self.cells, self.blank_cells = self.cells[: MOST_COLUMNS + 1], 0

    def _row(self) -> None:
        first = record_of(self.line + 1, self.cells)
        for _ in range(self.rows if self.cells else 0):
            self.line += 1
            self.records.append(replace(first, line=self.line))
            if len(self.records) > MOST_ROWS:
                raise not_read(self.what, f"It has more than {MOST_ROWS:,} rows.", "Split it in parts.")
        self.line += 0 if self.cells else self.rows


def _times(text: str) -> int:
    return min(int(text), 2_000_000) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def _typed(said: dict[str, str]) -> str | None:
    """The value that the cell itself states, where it is a day or a number."""
    if _DATE in said:
        return said[_DATE].removesuffix("T00:00:00")
    if said.get(_KIND) == "float" and _VALUE in said:
        return said[_VALUE].removesuffix(".0")
    return None
