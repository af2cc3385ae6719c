"""What does the file say about its election as a whole?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from folkmoot.core.decide.budgeting.election import VoteType
from folkmoot.core.decide.budgeting.pabulib.digits import exact
from folkmoot.core.decide.budgeting.pabulib.places import refused, said
from folkmoot.core.decide.budgeting.pabulib.sections import Row

COUNTED = ("budget", "vote_type", "rule", "min_project_score_threshold", "default_score")
_COMMENT = re.compile(r"(?:^|(?<=[\s,.;]))#[0-9]{1,3}:")


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of META with its value, both without blanks around them."""

    line: int
    key: str
    value: str


@dataclass(frozen=True)
class Meta:
    """The entries of META in the order of the file; of a key written twice, the first holds."""

    entries: tuple[Entry, ...]

    @cached_property
    def _places(self) -> dict[str, Entry]:
        return {entry.key.casefold(): entry for entry in reversed(self.entries)}

    def get(self, key: str, default: str = "") -> str:
        """The value of a key.

        >>> Meta((Entry(3, "currency", "PLN"),)).get("currency")
        'PLN'
        """
        entry = self._places.get(key.casefold())
        return entry.value if entry else default

    def line(self, key: str) -> int:
        """The line of a key; 1, where META begins, if it is missing."""
        entry = self._places.get(key.casefold())
        return entry.line if entry else 1

    def number(self, key: str) -> Fraction | None:
        """The number of a key, nothing if it is missing or empty. Raises Refused where it is no number."""
        value = self.get(key)
        if not value:
            return None
        try:
            return exact(value)
        except ValueError as wrong:
            raise refused(self.line(key), key, f"{said(value)}: {wrong}.") from None

    @property
    def budget(self) -> Fraction:
        """The money, in currency, more than nothing. Raises Refused."""
        told = self.number("budget")
        if told is None:
            raise refused(self.line("budget"), "budget", "META does not say the budget.")
        if told <= 0:
            reason = f"A budget of {said(self.get('budget'))} funds nothing."
            raise refused(self.line("budget"), "budget", reason)
        return told

    @property
    def vote_type(self) -> VoteType:
        """How people voted. Raises Refused."""
        told = self.get("vote_type")
        try:
            return VoteType(told.casefold())
        except ValueError:
            known = ", ".join(VoteType)
            reason = f"{said(told)} is not one of {known}." if told else "META does not say how people voted."
            raise refused(self.line("vote_type"), "vote_type", reason) from None

    @property
    def rule(self) -> str:
        """The official rule, as the file calls it; empty where it does not say."""
        return self.get("rule")

    @property
    def currency(self) -> str:
        """The code of the currency; empty where the file does not say."""
        return self.get("currency")

    @property
    def min_project_score_threshold(self) -> Fraction | None:
        """The votes or points below which nothing is funded. Raises Refused where it is no number."""
        return self.number("min_project_score_threshold")

    @property
    def fully_funded(self) -> bool:
        """Whether the file says that every project could be paid."""
        return self.get("fully_funded").casefold() in ("1", "true", "yes")

    @property
    def comments(self) -> tuple[str, ...]:
        """The comments, each by itself: the format numbers them "#1: ".

        >>> Meta((Entry(9, "comment", "#1: Two were withdrawn. #2: Ages are rounded."),)).comments
        ('Two were withdrawn.', 'Ages are rounded.')
        """
        return tuple(part for told in _COMMENT.split(self.get("comment")) if (part := told.strip(" ,;")))


def meta_of(rows: Iterable[Row]) -> Meta:
    """META from its rows. Raises Refused for a row without a value and for two values of a key that counts.

    A semicolon in an unquoted value is taken as part of it, save in keys that the count needs.
    """
    entries: list[Entry] = []
    told: dict[str, Entry] = {}
    for place, row in enumerate(rows):
        entry = _entry(row)
        if place == 0 and (entry.key.casefold(), entry.value.casefold()) == ("key", "value"):
            continue
        before = told.setdefault(entry.key.casefold(), entry)
        if before.value != entry.value and entry.key.casefold() in COUNTED:
            reason = f"It is {said(before.value)} on line {before.line} and {said(entry.value)} here."
            raise refused(row.line, entry.key, reason)
        entries.append(entry)
    return Meta(tuple(entries))


def _entry(row: Row) -> Entry:
    key = row.cells[0].strip()
    if len(row.cells) == 1:
        raise refused(row.line, key, f"{said(key)} is neither the title of a section nor a key with a value.")
    cells = list(row.cells)
    while len(cells) > 2 and not cells[-1].strip():  # a spreadsheet fills lines up with semicolons
        cells.pop()
    if len(cells) > 2 and key.casefold() in COUNTED:
        raise refused(row.line, key, f"There are {len(cells) - 1} values.")
    return Entry(row.line, key, ";".join(cells[1:]).strip())
