"""What must a person say before this file can be read?"""

from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.core.kernel.errors import Refused
from folkmoot.core.kernel.money import say
from folkmoot.core.spend.reading.guessing.columns import Columns
from folkmoot.core.spend.reading.guessing.headings import Role
from folkmoot.core.spend.reading.guessing.order import Order
from folkmoot.core.spend.reading.guessing.sums import Sums
from folkmoot.core.spend.reading.recipe import Recipe
from folkmoot.core.spend.reading.values.amounts import read_amount
from folkmoot.core.spend.reading.values.dates import DAY_FIRST, MONTH_FIRST, read_day

UNSURE = 0.45  # a column whose heading nearly names it, borne out by its cells, lies just above
MISREAD = 0.5  # with more sampled rows than this unreadable, the guess must be wrong somewhere

_PLAIN = {Role.PAID_ON: "the date of payment", Role.PAYEE: "who was paid", Role.AMOUNT: "the amount"}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that nobody but a person can settle, and the recipe's key that answers it.

    `choices` are values of that key with what each would mean; empty where the answer is open.
    """

    key: str
    sentence: str
    reason: str
    choices: tuple[tuple[str, str], ...] = ()


class Unsure(Refused):
    """The file can be read once a person has answered: see `questions`."""

    def __init__(self, name: str, questions: Sequence[Question]) -> None:
        first = questions[0]
        more = f" There are {len(questions) - 1} more questions." if len(questions) > 1 else ""
        super().__init__(
            f"“{name}” is not read yet. {first.sentence}",
            f"{first.reason}{more}",
            f"Say so in its recipe ({', '.join(question.key for question in questions)}).",
        )
        self.questions = tuple(questions)


def questions_of(
    recipe: Recipe, columns: Columns, order: Order, sums: Sums, misread: float
) -> tuple[Question, ...]:
    """What is open about a guessed recipe; `misread` is the share of sampled rows that it cannot read."""
    found = [
        _which_column(recipe, role, ats, columns.because if role is Role.AMOUNT else "")
        for role, ats in columns.doubtful.items()
    ]
    if columns.sureness < UNSURE and not found:
        found.append(
            Question(
                "columns",
                f"Are these the columns: {_chosen(recipe)}?",
                columns.because
                or order.warning
                or " ".join(columns.warnings)
                or "The headings do not say so clearly.",
            )
        )
    if order.open_cell:
        found.append(_which_order(order.open_cell))
    if order.swapped_cell:
        found.append(_swapped(order.swapped_cell))
    if sums.open_cell:
        found.append(_which_mark(sums.open_cell))
    if sums.currency:
        found.append(_which_currency(sums.currency, recipe.currency))
    if misread > MISREAD and not found:
        reason = order.warning or f"Of the first rows {misread:.0%} cannot be read so."
        found.append(Question("columns", f"Are these the columns: {_chosen(recipe)}?", reason))
    return tuple(found)


def _which_column(recipe: Recipe, role: Role, ats: Sequence[int], because: str) -> Question:
    named = [(str(at + 1), _column(recipe, at)) for at in ats]
    words = " or ".join(words for _, words in named)
    return Question(
        f"columns.{role}",
        f"Which column holds {_PLAIN[role]}: {words}?",
        because or "Each of them could.",
        tuple(named),
    )


def _which_order(cell: str) -> Question:
    days = {order: read_day(cell, order) for order in (DAY_FIRST, MONTH_FIRST)}
    words = {order: f"{day.day} {day:%B %Y}" if day else "no day" for order, day in days.items()}
    return Question(
        "date_order",
        f"Does “{cell}” mean {words[DAY_FIRST]} or {words[MONTH_FIRST]}?",
        "No date in the file proves whether the day or the month comes first.",
        ((DAY_FIRST, f"Day first: {words[DAY_FIRST]}"), (MONTH_FIRST, f"Month first: {words[MONTH_FIRST]}")),
    )


def _swapped(cell: str) -> Question:
    return Question(
        "date_order",
        f"Were day and month swapped in dates such as “{cell}”?",
        "All days up to 12 stand as dates and all later ones as texts, as a spreadsheet that puts the month "
        "first leaves them. If so, ask the publisher for the list as it was.",
        ((DAY_FIRST, "No, the dates are right as they stand"),),
    )


def _which_mark(cell: str) -> Question:
    choices = {mark: read_amount(cell, decimal_mark=mark) for mark in ",."}
    words = {mark: say(pence) if isinstance(pence, int) else "no amount" for mark, pence in choices.items()}
    return Question(
        "decimal_mark",
        f"Does “{cell}” mean {words[',']} or {words['.']}?",
        "Each amount with a point has three figures behind it, as thousands have.",
        (
            (",", f"The point marks thousands: {words[',']}"),
            (".", f"The point stands before the pence: {words['.']}"),
        ),
    )


def _which_currency(named: str, expected: str) -> Question:
    return Question(
        "currency",
        f"Are the amounts in {named}?",
        f"The file says so, and {expected} was expected. Amounts are never converted.",
        ((named, f"Yes, in {named}"), (expected, f"No, in {expected}")),
    )


def _chosen(recipe: Recipe) -> str:
    needed = [(role, recipe.columns[role]) for role in _PLAIN if role in recipe.columns]
    return ", ".join(f"{_PLAIN[role]} in {_column(recipe, at)}" for role, at in needed)


def _column(recipe: Recipe, at: int) -> str:
    named = recipe.headings[at].strip() if at < len(recipe.headings) else ""
    return f"column {at + 1} ({named})" if named else f"column {at + 1}"
