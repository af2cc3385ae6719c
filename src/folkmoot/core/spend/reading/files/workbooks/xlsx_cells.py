"""Where does each cell of an Excel sheet stand, and what does it say?"""

from folkmoot.core.spend.reading.files.refusals import damaged
from folkmoot.core.spend.reading.files.workbooks.markup import Attributes, local, parser
from folkmoot.core.spend.reading.files.workbooks.rows import MOST_COLUMNS, MOST_ROWS, Rows
from folkmoot.core.spend.reading.files.workbooks.texts import (
    NUMBER,
    decimal_text,
    moment_of,
    plain_text,
    serial_text,
)


class Runs:
    """Gathers the text between <t> and </t>, but not that of readings (<rPh>).

    The parser appends whatever text it meets to `heard`, which is emptied where text begins that counts.
    """

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._pieces: list[str] = []
        self._is_reading = False

    def started(self, tag: str) -> None:
        """An element began."""
        if tag == "t":
            self.heard.clear()
        elif tag == "rPh":
            self._is_reading = True

    def ended(self, tag: str) -> None:
        """An element ended."""
        if tag == "t":
            if not self._is_reading:
                self._pieces += self.heard
        elif tag == "rPh":
            self._is_reading = False

    def taken(self) -> str:
        """What was gathered since the last time."""
        text = "".join(self._pieces)
        self._pieces.clear()
        return text


class SheetRows(Rows):
    """Turns the elements of a sheet into rows of texts."""

    def __init__(self, name: str, strings: list[str], styles: list[str], is_1904: bool) -> None:
        super().__init__(name)
        self.parser = parser(self._started, self._ended)
        self._strings, self._is_1904 = strings, is_1904
        self._shown = {str(at): shown for at, shown in enumerate(styles) if shown != NUMBER}
        self._columns: dict[str, int] = {}
        self._runs = Runs()
        self.text = self._runs.heard
        self.parser.CharacterDataHandler = self.text.append
        self._row: list[str] = []
        self._number = 0  # of the current row, from 1
        self._ending = "0"  # of the places of its cells
        self._next = 0  # column of the next cell that does not say where it stands
        self._about: Attributes = {}
        self._value: str | None = None

    def _started(self, tag: str, about: Attributes) -> None:
        if ":" in tag:
            tag = local(tag)
        if tag == "c":
            self._about, self._value = about, None
        elif tag == "v":
            self.text.clear()
        elif tag == "row":
            self._begin_row(about)
        else:
            self._runs.started(tag)

    def _ended(self, tag: str) -> None:
        if ":" in tag:
            tag = local(tag)
        if tag == "v":
            self._value = "".join(self.text)
        elif tag == "c":
            self._place()
        elif tag == "is":
            self._value = self._runs.taken()
        elif tag == "row":
            if self._row:
                self.add(self._number, self._row)
                self._row = []
        elif tag == "sheetData":
            self.parser.StartElementHandler = self.parser.EndElementHandler = None
            self.parser.CharacterDataHandler = None
        else:
            self._runs.ended(tag)

    def _begin_row(self, about: Attributes) -> None:
        said = about.get("r")
        number = self._number + 1 if said is None else int(said) if said.isdecimal() else 0
        if not self._number < number <= MOST_ROWS:
            raise damaged(self.name, "Its rows are out of order.")
        self._number, self._ending, self._next = number, str(number), 0

    def _place(self) -> None:
        at = self._column()
        self._next = at + 1
        if self._value is None:
            return
        text = self._said(self._about.get("t", "n"), self._value)
        if not text:
            return
        row = self._row
        if len(row) < at:
            row.extend([""] * (at - len(row)))
        elif len(row) > at:
            raise damaged(self.name, "Its cells are out of order.")
        row.append(text)

    def _column(self) -> int:
        said = self._about.get("r")
        if said is None:
            at = self._next
        else:
            if not said.endswith(self._ending):
                raise damaged(self.name, "A cell says that it stands in another row.")
            letters = said[: -len(self._ending)]
            at = self._columns.get(letters, -1)
            if at < 0:
                at = self._columns[letters] = column_of(letters)
        if not 0 <= at < MOST_COLUMNS:
            raise damaged(self.name, "A cell stands beyond the last column.")
        return at

    def _said(self, kind: str, value: str) -> str:
        if kind == "s":
            if value.isdecimal() and int(value) < len(self._strings):
                return self._strings[int(value)]
            raise damaged(self.name, "A cell names a text that is not there.")
        if kind == "n":
            shown = self._shown.get(self._about.get("s", ""))
            if shown is None:
                return decimal_text(value)
            try:
                return serial_text(float(value), shown, self._is_1904)
            except ValueError:
                return value
        if kind == "b":
            return "TRUE" if value in ("1", "true") else "FALSE"
        return moment_of(value) if kind == "d" else plain_text(value)


def column_of(letters: str) -> int:
    """The column from 0 that these letters name; -1 when they are none.

    >>> column_of("A"), column_of("XFD"), column_of("?"), column_of("")
    (0, 16383, -1, -1)
    """
    at = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or at > MOST_COLUMNS:
            return -1
        at = at * 26 + ord(letter) - 64
    return at - 1
