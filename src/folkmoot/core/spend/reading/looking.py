"""What does this file seem to be, before any of it is read in?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.spend.reading.files.decoding import Text
from folkmoot.core.spend.reading.files.source import Source
from folkmoot.core.spend.reading.files.table import Table
from folkmoot.core.spend.reading.guessing.columns import Columns, find_columns
from folkmoot.core.spend.reading.guessing.headings import Role, fold
from folkmoot.core.spend.reading.guessing.kinds import Kind, WrongDataset, tell_kind
from folkmoot.core.spend.reading.guessing.layout import Layout, find_layout, find_sheet_layout
from folkmoot.core.spend.reading.guessing.order import Order, tell_order
from folkmoot.core.spend.reading.guessing.sums import Sums, is_parted, tell_sums
from folkmoot.core.spend.reading.questions import Question, Unsure, questions_of
from folkmoot.core.spend.reading.recipe import Recipe
from folkmoot.core.spend.reading.row import Payment, Reason, Reported, Row
from folkmoot.core.spend.reading.rows import read_rows
from folkmoot.core.spend.reading.values.dates import is_month_only

SAMPLE = 250  # lines, or rows of a sheet, that settle the layout
SHOWN = 20
FEWEST = 5  # rows without which a share says nothing
MOST_DATES = 50_000  # distinct dates looked at where the order is open
# What a row is told to be when a column is not what it was taken for.
_MISREAD = {Reason.AMOUNT_UNREADABLE, Reason.DATE_UNREADABLE, Reason.PAYEE_BLANK, Reason.TOO_FEW_CELLS}


@dataclass(frozen=True, slots=True)
class Look:
    """A guess at how to read a file and how sure it is (0 to 1), with the first rows as they would be read.

    `kind` is what the file seems to be and `why` says so in a sentence; only payments are read.
    `questions` are those that a person must answer first. `because` says why a setting is as it is.
    `other_sheets` are further sheets of the workbook that look like payments too.
    """

    recipe: Recipe
    kind: Kind
    why: str
    confidence: float
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    warnings: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    because: Mapping[str, str] = field(default_factory=dict)
    other_sheets: tuple[str, ...] = ()

    def refusal(self, name: str) -> WrongDataset | None:
        """Why the file is not read, or None when it is a list of payments."""
        return None if self.kind is Kind.PAYMENTS else WrongDataset(self.kind, name, self.why)

    def doubt(self, name: str) -> Unsure | None:
        """What a person must say first, or None when the guess is good enough."""
        return Unsure(name, self.questions) if self.questions and self.kind is Kind.PAYMENTS else None


def look(
    source: Source,
    *,
    recipe: Recipe | None = None,
    currency: str = "GBP",
    sheet: str | None = None,
    heading_row: int | None = None,
    known: Sequence[Recipe] = (),
    usual_order: str = "",
) -> Look:
    """Guess the recipe of a file from its first lines, and the order of its dates from as many as it takes.

    What a person has told, `sheet` and `heading_row`, is taken as it is. `known` are recipes that persons
    confirmed for this publisher, the newest first: the first that fits is taken. Never raises for what is
    in the file: a file that is no list of payments has another `kind`.

    A `recipe` that a person gave leaves nothing to guess: it is moved to where its headings stand in this
    file, and Refused when the file has no such sheet or headings.

    >>> import pathlib, tempfile
    >>> from folkmoot.core.spend.reading import open_source
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "a.csv"
    >>> _ = path.write_text("Spend over 500\\nDate;Supplier;Net\\n30/04/2020;A Ltd;1.50\\n")
    >>> seen = look(open_source(path))
    >>> seen.kind.value, seen.recipe.delimiter, seen.recipe.heading_row, seen.recipe.amount_basis
    ('payments', ';', 2, 'net')
    """
    if recipe is not None:
        return _by(source, recipe)
    sheets = [sheet] if sheet is not None else _visible(source)
    for one in known if heading_row is None else ():
        # A recipe without headings would fit anything.
        ours = [name for name in sheets if one.heading_row or not _layout(source, name, None).heading_row]
        if fitting := _fitted_to(one, source, ours):
            guess = _Guess.of(fitting[0], "this publisher's files were read so before")
            named = tuple(found.sheet for found in fitting[1:])
            return replace(_seen(source, fitting[0], guess), other_sheets=named)
    guesses = [_guess(source, one, heading_row, currency, usual_order) for one in sheets]
    best = max(guesses, key=lambda guess: (guess.kind is Kind.PAYMENTS, guess.layout.score))
    others = [g for g in guesses if g is not best and g.kind is Kind.PAYMENTS]
    return replace(_seen(source, best.recipe, best), other_sheets=tuple(g.recipe.sheet for g in others))


def _by(source: Source, recipe: Recipe) -> Look:
    """What the file becomes by a recipe that a person gave."""
    fitting = _fitted_to(
        recipe, source, [recipe.sheet] if recipe.sheet in source.sheets else _visible(source)
    )
    if not fitting:
        sheets = f" Its sheets are {', '.join(source.sheets)}." if source.sheets else ""
        raise Refused(
            f"The recipe does not fit “{source.name}”.",
            f"The headings {', '.join(_needed_headings(recipe)) or 'of the recipe'} do not stand "
            f"in its first {SAMPLE} lines.{sheets}",
            "Look at the file again without the recipe, or change the recipe's headings and columns.",
            field="recipe",
        )
    return _seen(source, fitting[0], _Guess.of(fitting[0], "the recipe says so"))


@dataclass(frozen=True, slots=True)
class _Guess:
    """A recipe and what speaks for it."""

    recipe: Recipe
    layout: Layout
    columns: Columns
    order: Order
    kind: Kind
    why: str
    sums: Sums = field(default_factory=Sums)

    @classmethod
    def of(cls, recipe: Recipe, because: str) -> "_Guess":
        """A recipe that needs no guessing."""
        kind, why = tell_kind(recipe.headings, recipe.columns)
        kind = kind if recipe.kind is not Kind.PAYMENTS else Kind.PAYMENTS
        layout = Layout(recipe.delimiter, recipe.heading_row, recipe.headings, ())
        columns = Columns(dict(recipe.columns), recipe.amount_basis, 1.0, (), {})
        return cls(recipe, layout, columns, Order(recipe.date_order, because), kind, why)


def _guess(source: Source, sheet: str, heading_row: int | None, currency: str, usual: str) -> _Guess:
    layout = _layout(source, sheet, heading_row)
    rows = [cells for _, cells, _ in layout.data]
    columns = find_columns(layout.headings, rows)
    texts = (source.name, sheet, *layout.titles)
    sums = _sums(layout, rows, columns, currency)
    kind, why = tell_kind(layout.headings, columns.roles, texts=texts, fault=sums.fault)
    recipe = Recipe(
        encoding=source.encoding,
        delimiter=layout.delimiter,
        heading_row=layout.heading_row,
        headings=layout.headings,
        columns=columns.roles,
        amount_basis=columns.basis,
        currency=currency,
        decimal_mark=sums.decimal_mark,
        kind=kind,
        sheet=sheet,
    )
    order = Order(recipe.date_order, "")
    if kind is Kind.PAYMENTS:
        at = columns.roles[Role.PAID_ON]
        first = [cells[at] for cells in rows if at < len(cells)]
        order = tell_order(first, lambda: _column(source, recipe, at), texts, usual)
    return _Guess(replace(recipe, date_order=order.order), layout, columns, order, kind, why, sums)


def _sums(layout: Layout, rows: Sequence[Sequence[str]], columns: Columns, currency: str) -> Sums:
    """How the amounts are written; a column of its own may name their currency."""

    def cells(role: Role) -> list[str]:
        at = columns.roles.get(role)
        return [] if at is None else [row[at] for row in rows if at < len(row)]

    at = columns.roles.get(Role.AMOUNT, len(layout.headings))
    heading = layout.headings[at] if at < len(layout.headings) else ""
    told = [" ".join(pair) for pair in zip(cells(Role.CURRENCY), cells(Role.AMOUNT), strict=False)]
    width = len(layout.headings)
    parted = [",".join(row[at:]) for row in rows if layout.delimiter == "," and is_parted(row, at, width)]
    return tell_sums(heading, told or cells(Role.AMOUNT), layout.titles, currency, parted=parted)


def _layout(source: Source, sheet: str, heading_row: int | None) -> Layout:
    most = max(SAMPLE, (heading_row or 0) + SAMPLE)
    if source.form != "text":
        rows = [(at, cells, None) for at, cells in enumerate(islice(source.rows(sheet), most), 1)]
        return find_sheet_layout(rows, heading_row=heading_row)
    return find_layout(list(islice(_lines(source), most)), heading_row=heading_row)


def _lines(source: Source, encoding: str = "") -> Iterator[str]:
    for block in Text(source.open(), encoding or source.encoding).blocks():
        yield from block


def _seen(source: Source, recipe: Recipe, guess: _Guess) -> Look:
    """The first rows by a recipe, and how sure it is."""
    sample = list(islice(read_rows(source, recipe), SAMPLE))
    read = sum(isinstance(row, Payment) for row in sample)
    misread = sum(isinstance(row, Reported) and row.reason in _MISREAD for row in sample)
    payments = guess.kind is Kind.PAYMENTS
    share = misread / (read + misread) if read + misread >= FEWEST else 0.0
    questions = (
        questions_of(recipe, guess.columns, guess.order, guess.sums, share)
        if payments and recipe.told_by == "guess"
        else ()
    )
    return Look(
        recipe=recipe,
        kind=guess.kind,
        why=guess.why,
        confidence=round(guess.columns.sureness * read / max(read + misread, 1), 2) if payments else 0.0,
        headings=recipe.headings,
        rows=tuple(sample[:SHOWN]),
        warnings=tuple(_warnings(source, recipe, guess, sample)) if payments else (),
        questions=questions,
        because={"date_order": guess.order.because},
    )


def _warnings(source: Source, recipe: Recipe, guess: _Guess, sample: Sequence[Row]) -> Iterator[str]:
    if not recipe.heading_row:
        yield "The file has no headings; its columns were told by their cells alone."
    yield from guess.columns.warnings
    if guess.order.warning:
        yield guess.order.warning
    at = recipe.columns[Role.PAID_ON]
    if any(isinstance(row, Payment) and is_month_only(row.cells[at]) for row in sample):
        yield "Dates name a month and no day; such payments are put on the first day of their month."
    if hidden := [sheet for sheet in source.hidden if sheet != recipe.sheet]:
        yield f"The workbook has hidden sheets that were not looked at: {', '.join(hidden[:5])}."


def _visible(source: Source) -> list[str]:
    """The sheets that a person would see; of a text the one that it is."""
    return [one for one in source.sheets if one not in source.hidden] or [*source.sheets[:1]] or [""]


def _fitted_to(recipe: Recipe, source: Source, sheets: Sequence[str]) -> list[Recipe]:
    """The recipe for each of the sheets that it fits."""
    return [found for one in sheets if (found := _fitted(replace(recipe, sheet=one), source))]


def _fitted(recipe: Recipe, source: Source) -> Recipe | None:
    """The recipe with its lines and columns moved to where the same headings stand in this file."""
    told = (
        replace(recipe, encoding=source.encoding) if source.form != "text" or not recipe.encoding else recipe
    )
    if source.form == "text" and not told.delimiter:
        told = replace(told, delimiter=_layout(source, "", recipe.heading_row).delimiter)
    if not recipe.heading_row:
        return told
    at = recipe.heading_row
    for row, layout in _heading_rows(source, told, at):
        if columns := _moved(recipe, layout.headings):
            return replace(told, heading_row=row, headings=layout.headings, columns=columns,
                           delimiter=layout.delimiter)  # fmt: skip
    return None


def _heading_rows(source: Source, recipe: Recipe, first: int) -> Iterator[tuple[int, Layout]]:
    """Layouts by each line that could hold the headings: that of the recipe, then that of a guess."""
    if source.form == "text":
        lines = list(islice(_lines(source, recipe.encoding), first + SAMPLE))
        if first <= len(lines):
            yield first, find_layout(lines, delimiter=recipe.delimiter, heading_row=first)
        guessed = find_layout(lines, delimiter=recipe.delimiter)
    else:
        rows = [
            (at, cells, None) for at, cells in enumerate(islice(source.rows(recipe.sheet), first + SAMPLE), 1)
        ]
        if first <= len(rows):
            yield first, find_sheet_layout(rows, heading_row=first)
        guessed = find_sheet_layout(rows)
    if guessed.heading_row:
        yield guessed.heading_row, guessed


def _moved(recipe: Recipe, headings: Sequence[str]) -> dict[Role, int] | None:
    """Where the recipe's columns stand among these headings; None when a needed one is missing."""
    if tuple(map(fold, headings)) == tuple(map(fold, recipe.headings)) or not recipe.headings:
        return dict(recipe.columns)
    places: dict[str, list[int]] = {}
    for at, heading in enumerate(headings):
        places.setdefault(fold(heading), []).append(at)
    columns = {}
    for role, at in recipe.columns.items():
        named = fold(recipe.headings[at]) if at < len(recipe.headings) else ""
        if named and len(places.get(named, ())) == 1:
            columns[role] = places[named][0]
        elif role in (Role.PAID_ON, Role.AMOUNT, Role.PAYEE):
            return None
    return columns


def _needed_headings(recipe: Recipe) -> list[str]:
    needed = [
        recipe.columns[role] for role in (Role.PAID_ON, Role.PAYEE, Role.AMOUNT) if role in recipe.columns
    ]
    return [f"“{recipe.headings[at]}”" for at in needed if at < len(recipe.headings)]


def _column(source: Source, recipe: Recipe, at: int) -> set[str]:
    """The distinct cells of one column, as far as a bounded memory holds them."""
    table = Table(source, encoding=recipe.encoding, delimiter=recipe.delimiter, sheet=recipe.sheet,
                  first_line=recipe.heading_row + 1)  # fmt: skip
    seen: set[str] = set()
    for block in table.blocks():
        seen.update(cells[at][:40] for _, cells, _ in block.records() if at < len(cells))
        if len(seen) > MOST_DATES:
            break
    return seen
