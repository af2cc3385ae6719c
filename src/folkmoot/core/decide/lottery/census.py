"""Which quotas make a panel look like the place, by the counts of its census?"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor

from folkmoot.core.decide.lottery.pool import Quota
from folkmoot.core.kernel.errors import Refused


def quotas_from_counts(
    counts: Mapping[str, Mapping[str, Fraction | int]], size: int, tolerance: Fraction = Fraction(0)
) -> tuple[Quota, ...]:
    """For each category and value from as many to as many as its share of the count says.

    counts: people, or shares of any whole, for each value of each category; size: of the panel; tolerance:
    as a part of the panel, added on both sides (1/20: five in a hundred members). Without any, the share is
    rounded down and up, so that the quotas of a category always leave room for the whole panel. Raises
    Refused for a negative count, a category without people, a size below 1 or a tolerance outside 0 to 1.

    >>> census = {"age": {"under 30": 2510, "30 and over": 7490}}
    >>> [(one.value, one.low, one.high) for one in quotas_from_counts(census, 20)]
    [('under 30', 5, 6), ('30 and over', 14, 15)]
    >>> [(one.low, one.high) for one in quotas_from_counts(census, 20, Fraction(1, 20))]
    [(4, 7), (13, 16)]
    """
    if size < 1 or not 0 <= tolerance <= 1:
        raise Refused(
            "No quotas were made.",
            f"The size is {size}, the tolerance {float(tolerance):.0%}.",
            "Give a size from 1 and a tolerance from 0 to 100 per cent.",
            field="tolerance",
        )
    told = []
    for category, values in counts.items():
        whole = sum(values.values(), Fraction(0))
        if whole <= 0 or min(values.values()) < 0:
            raise Refused(
                f"No quotas were made for {category}.",
                "Its counts sum to nothing, or one is below nought.",
                "Correct the counts.",
                field="census",
            )
        for value, count in values.items():
            share = Fraction(count) / whole
            low = max(0, floor(size * (share - tolerance)))
            told.append(Quota(category, value, low, min(size, ceil(size * (share + tolerance)))))
    return tuple(told)
