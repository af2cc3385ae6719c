"""Which line and field of a `.pb` file cannot be used, and why?"""

from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.core.kernel.errors import Refused

FEW = 3  # ids that a remark names
LONGEST_SAID = 40  # characters of the file that an error repeats
CORRECT = "Correct this in the file, and hand it in again."


class PlacedRefusal(Refused):
    """A refusal that knows the line of the file it is about."""

    def __init__(self, line: int, field: str, reason: str, next_step: str) -> None:
        told = str(Remark(line, field, reason))
        super().__init__("This file of votes cannot be used.", told, next_step, field=field)
        self.line = line
        self.told = reason


def refused(line: int, field: str, reason: str, next_step: str = CORRECT) -> PlacedRefusal:
    """The error for one place of a `.pb` file: a line, counted from 1, and a column or a key of META.

    >>> refused(7, "budget", "“much” is not a number.").reason
    'Line 7, budget: “much” is not a number.'
    """
    return PlacedRefusal(line, field, reason, next_step)


def said(text: str, *, quoted: bool = True) -> str:
    """What the file says, short enough and printable enough to be repeated to a person.

    >>> said("one" * 20), said("a" + chr(7) + "b")
    ('“oneoneoneoneoneoneoneoneoneoneoneoneoneo…”', '“a?b”')
    """
    short = text if len(text) <= LONGEST_SAID else text[:LONGEST_SAID] + "…"
    plain = "".join(one if one.isprintable() else "?" for one in short)
    return f"“{plain}”" if quoted else plain


@dataclass(frozen=True, slots=True)
class Remark:
    """One oddity: the line on which it stands (or that of its section's head), the field, a sentence."""

    line: int
    field: str
    sentence: str

    def __str__(self) -> str:
        place = f"Line {self.line}, {said(self.field, quoted=False)}" if self.field else f"Line {self.line}"
        return f"{place}: {self.sentence}"


def some(ids: Sequence[str]) -> str:
    """The first few of some ids, and how many more there are.

    >>> some(["a", "b", "c", "d", "e"])
    '“a”, “b”, “c” and 2 more'
    """
    more = len(ids) - FEW
    told = ", ".join(said(id) for id in ids[:FEW])
    return f"{told} and {more} more" if more > 0 else told
