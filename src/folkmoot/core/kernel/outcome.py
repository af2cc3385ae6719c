"""What came out, and by which reasons that a person can read?"""

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Value]):
    """A result together with the reasons for it, in sentences.

    >>> Outcome(13, ("13 people hold an active stance.",)).value
    13
    """

    value: Value
    reasons: tuple[str, ...] = ()
