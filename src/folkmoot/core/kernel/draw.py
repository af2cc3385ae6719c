"""What was drawn, so that anyone can draw it again from the seed?"""

import hashlib
from collections.abc import MutableSequence, Sequence
from typing import TypeVar

from folkmoot.core.kernel.errors import Refused

Item = TypeVar("Item")


class Draw:
    """A replayable stream of draws: SHA-256 over the seed and a counter.

    The stream depends on the seed alone, never on the machine or on Python's version.
    Bounded numbers come by rejection, so that every outcome is equally likely. Raises Refused for a seed that
    is no text.

    >>> Draw("a public seed").below(100) == Draw("a public seed").below(100)
    True
    """

    def __init__(self, seed: str) -> None:
        try:
            self._seed = seed.encode()
        except UnicodeEncodeError as error:  # a command line may hold bytes that are no text
            raise Refused(
                "Nothing was drawn.", "The seed is no text.", "Give one that others can write.", field="seed"
            ) from error
        self._count = 0

    def _word(self) -> int:
        block = hashlib.sha256(self._seed + b"\x00" + str(self._count).encode()).digest()
        self._count += 1
        return int.from_bytes(block[:8], "big")

    def below(self, bound: int) -> int:
        """A whole number from 0 to bound - 1. Bound is 1 to 2**64."""
        if not 1 <= bound <= 2**64:
            raise ValueError("a bound is 1 to 2**64")
        limit = 2**64 - 2**64 % bound
        while (word := self._word()) >= limit:
            pass
        return word % bound

    def between(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + self.below(high - low + 1)

    def chance(self, one_in: int) -> bool:
        """True once in so many draws, on average."""
        return self.below(one_in) == 0

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items, each equally likely."""
        return items[self.below(len(items))]

    def shuffle(self, items: MutableSequence[Item]) -> None:
        """The items in a drawn order, in place (Fisher and Yates; Durstenfeld 1964)."""
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
