"""At how many characters did the publisher's system cut names off?"""

from collections.abc import Mapping
from itertools import accumulate
from math import log

NARROWEST = 15
FEWEST = 5  # names at the width itself
MOST_BEYOND = 0.2  # a few names typed in by another way may pass the width
WINDOW = 6  # lengths before the width that show how names thin out
SURE = log(1e-6)


def cut_width(lengths: Mapping[int, int]) -> int:
    """The width at which names end because the field ended, or 0 when nothing speaks for one.

    `lengths` counts distinct names by length. Of the names that reach a length a share ends there, and in
    natural names this share changes slowly from one length to the next. At a cut nearly all that reach it end
    there, or one short of it where the cut fell on a blank. The width is told when so few names past it would
    come about less than once in a million, were names to go on ending at the highest share of the lengths
    just before (Chernoff's bound on the binomial tail). A short file that shows too little gives 0.

    >>> natural = {length: 60 - length for length in range(5, 60)}
    >>> cut = {length: count for length, count in natural.items() if length < 35}
    >>> rest = sum(natural[length] for length in range(35, 60))
    >>> cut_width(natural), cut_width(cut | {35: rest}), cut_width({})
    (0, 35, 0)
    """
    longest = max(lengths, default=0)
    counts = accumulate(lengths.get(length, 0) for length in range(longest, -1, -1))
    reaching = [*reversed([*counts]), 0]  # by length: the names at least so long
    surest, width = SURE, 0
    for length in range(NARROWEST, longest + 1):
        here, beyond = lengths.get(length, 0), reaching[length + 1]
        if here >= FEWEST and beyond <= MOST_BEYOND * here:
            chance = _log_chance(reaching, length)
            if chance < surest:
                surest, width = chance, length
    return width


def _log_chance(reaching: list[int], width: int) -> float:
    """A bound on the logarithm of the chance that so few of the names that come near the width pass it."""
    before = range(width - 1 - WINDOW, width - 1)
    ending = max((reaching[at] - reaching[at + 1] + 1) / (reaching[at] + 2) for at in before)
    near, passed, expected = reaching[width - 1], reaching[width + 1] / reaching[width - 1], (1 - ending) ** 2
    if passed >= expected:
        return 0.0
    spread = passed * log(passed / expected) if passed else 0.0
    return -near * (spread + (1 - passed) * log((1 - passed) / (1 - expected)))
