"""What did each voter write, and on which line?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from folkmoot.core.decide.budgeting.pabulib.places import refused
from folkmoot.core.decide.budgeting.pabulib.records import Record, records
from folkmoot.core.decide.budgeting.pabulib.sections import TITLES, VOTES, Header, check_width, title_of


@dataclass(frozen=True)
class Votes:
    """The section VOTES as it is written; nothing is split before somebody asks.

    `text` is the file with plain newlines, of which the ballots are all from `start`, which is on `line`.
    """

    header: Header
    text: bytes
    start: int
    line: int

    def rows(self, *names: str) -> Iterator[Record]:
        """The rows one by one with their lines, each with a cell for the columns named.

        Slower than `cells`: for naming a place, and for sections that have quotes or uneven rows.
        Raises Refused.
        """
        needed = max(self.header.needed(name, VOTES) for name in (*names, "voter_id", "vote")) + 1
        for record in records(self.text, self.start, self.line):
            if title := title_of(record.cells):
                raise refused(record.line, title, f"The section {title} stands after the section VOTES.")
            check_width(record.line, record.cells, self.header, VOTES, needed)
            yield record

    def cells(self, *names: str) -> list[list[bytes]]:
        """For each column named, the cells of all voters as they are written. Raises Refused."""
        places = [self.header.needed(name, VOTES) for name in names]
        lines = self._even_lines()
        if lines is None:
            split = [record.cells for record in self.rows(*names)]
        else:
            end = max(places) + 1
            split = [line.split(b";", end) for line in lines]
        return [[row[place] for row in split] for place in places]

    def column(self, name: str) -> tuple[str, ...]:
        """A column (age, sex, neighborhood ...), a cell a voter; empty where a short row has none."""
        place = self.header.needed(name, VOTES)
        if self._even_lines() is not None:
            told = self.cells(name)[0]
        else:
            told = [record.cells[place] if place < len(record.cells) else b"" for record in self.rows()]
        return tuple(cell.strip().decode() for cell in told)

    def line_where(self, holds: Callable[[list[bytes]], bool], *names: str) -> int:
        """The line of the first row of which this holds; that of the header if there is none."""
        return next((row.line for row in self.rows(*names) if holds(row.cells)), self.header.line)

    def _even_lines(self) -> list[bytes] | None:
        """The lines, if each is a row with a cell for every column and no quotes: they are split in bulk."""
        body = self.text[self.start :]
        letters = b"\n" + body.upper()
        if b'"' in body or any(b"\n" + title.encode() in letters for title in TITLES):
            return None
        lines = [line for line in body.split(b"\n") if line.strip(b" \t;")]
        return lines if {line.count(b";") for line in lines} <= {len(self.header.columns) - 1} else None
