"""Which rows of a sheet are ready to be handed on, and are they few enough?"""

from folkmoot.core.spend.reading.files.refusals import damaged, too_large

MOST_COLUMNS = 16_384  # Excel's own limits
MOST_ROWS = 1_048_576
MOST_CELLS = 12_000_000  # filled cells and rows of a sheet
MOST_CHARACTERS = 1 << 30  # of all cells of a sheet, repeated ones counted as often as they are said
LONGEST_ROW = 4 << 20  # characters; a cell of Excel holds 32,767


class Rows:
    """Rows that are ready to be handed on: the empty ones before a filled row, then that row."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.ready: list[list[str]] = []
        self.given = 0  # rows handed on
        self.cells = self.characters = 0

    def hear(self, pieces: list[str]) -> None:
        """The text of a cell so far; Refused where it is longer than any row."""
        if sum(map(len, pieces)) > LONGEST_ROW:
            raise too_large(self.name, f"A cell holds more than {LONGEST_ROW:,} characters.")

    def add(self, number: int, row: list[str], repeat: int = 1) -> None:
        """A filled row by its number (from 1), which must follow those before; Refused beyond the limits."""
        last = number + repeat - 1
        if not self.given < number <= last <= MOST_ROWS:
            raise damaged(self.name, "Its rows are out of order or beyond the last one.")
        self.cells += last - self.given + len(row) * repeat
        if self.cells > MOST_CELLS:
            raise too_large(self.name, f"A sheet holds more than {MOST_CELLS:,} cells.")
        length = sum(map(len, row))
        if length > LONGEST_ROW:
            raise too_large(self.name, f"A row holds more than {LONGEST_ROW:,} characters.")
        self.characters += length * repeat
        if self.characters > MOST_CHARACTERS:
            raise too_large(self.name, f"The cells of a sheet hold more than {MOST_CHARACTERS:,} characters.")
        self.ready.extend([] for _ in range(number - self.given - 1))
        self.ready.append(row)
        self.ready.extend(list(row) for _ in range(repeat - 1))
        self.given = last
