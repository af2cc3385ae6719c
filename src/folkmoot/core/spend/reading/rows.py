"""Which rows of this file are payments, and why are the others not?"""

from collections.abc import Iterator

from folkmoot.core.spend.reading.batch import Batch, Sorter
from folkmoot.core.spend.reading.files.decoding import BETWEEN
from folkmoot.core.spend.reading.files.records import Block
from folkmoot.core.spend.reading.files.source import Source
from folkmoot.core.spend.reading.files.table import Table
from folkmoot.core.spend.reading.judging import Judge
from folkmoot.core.spend.reading.recipe import Recipe
from folkmoot.core.spend.reading.row import Row
from folkmoot.core.spend.reading.tally import Tally
from folkmoot.core.spend.reading.values.dates import DAY_FIRST, MONTH_FIRST
from folkmoot.core.spend.reading.values.payees import cut_width


def read_rows(source: Source, recipe: Recipe) -> Iterator[Row]:
    """Every record after the heading row, in file order, as a Payment or a Reported.

    Nothing is dropped and no bad row raises: rows_in = accepted + reported always. Refused only when the
    file itself changed or broke. A recipe of another kind than payments reports each row as wrong_dataset.

    >>> import pathlib, tempfile
    >>> from folkmoot.core.spend.reading import look, open_source
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = path.write_text("Date,Supplier,Amount\\n30/04/2020,A Ltd,12.50\\nTotal,,12.50\\n")
    >>> source = open_source(path)
    >>> [(type(row).__name__, row.line, row.pence) for row in read_rows(source, look(source).recipe)]
    [('Payment', 2, 1250), ('Reported', 3, 1250)]
    """
    return iter(Reading(source, recipe))


class Reading:
    """One pass over a file: take its batches, or its rows; `tally` and `position` say how far it is."""

    def __init__(self, source: Source, recipe: Recipe) -> None:
        self.recipe = recipe
        self.tally = Tally(recipe.currency)
        self._table = Table(
            source,
            encoding=recipe.encoding,
            delimiter=recipe.delimiter,
            sheet=recipe.sheet,
            first_line=recipe.heading_row,
        )
        self._judge = Judge(recipe)

    @property
    def position(self) -> int:
        """Inner bytes taken from the file so far."""
        return self._table.position

    @property
    def cut_at(self) -> int:
        """The width at which the publisher cut names, as far as the names read speak for one; else 0."""
        return cut_width(self._judge.payees.widths)

    @property
    def other_order(self) -> str:
        """The order of dates that the file proved more often than the recipe's; empty where it did not."""
        proofs, own = self._judge.days.proofs, self.recipe.date_order
        other = DAY_FIRST if own == MONTH_FIRST else MONTH_FIRST
        return other if proofs.get(other, 0) > proofs.get(own, 0) else ""

    def batches(self) -> Iterator[Batch]:
        """Some rows at a time, sorted into payments and others."""
        sorter, heading = Sorter(self._judge), self.recipe.heading_row > 0
        width = len(self.recipe.headings) if self.recipe.sheet else 0
        for block in self._table.blocks(self._judge.is_payment):
            if (
                width
            ):  # a row of a sheet ends at its last filled cell; the cells behind it are empty, not missing
                block = Block(block.lines, [_padded(text, width) for text in block.texts])
            batch = sorter.sort(_without_first(block) if heading else block)
            heading = False
            self.tally.add(batch)
            self.tally.nul_lines = self._table.nul_lines
            yield batch

    def __iter__(self) -> Iterator[Row]:
        for batch in self.batches():
            yield from batch.rows()


def _without_first(block: Block) -> Block:
    flaws = {at - 1: flaw for at, flaw in block.flaws.items() if at}
    return Block(block.lines[1:], block.texts[1:], flaws)


def _padded(text: str, width: int) -> str:
    return text + BETWEEN * (width - 1 - text.count(BETWEEN)) if text else text
