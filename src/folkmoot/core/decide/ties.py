"""In which order do equals come, so that anybody can repeat it?"""

from collections.abc import Sequence

from folkmoot.core.kernel.draw import Draw
from folkmoot.core.kernel.errors import Refused

SEED = "seed:"


def order_of(ids: Sequence[str], order: str, others: Sequence[str] = ()) -> list[int]:
    """The places of the ids as text sorts them (`id`), or as a public seed draws them (`seed:` and the seed).

    A draw hangs on the seed and the ids alone, not on the order in which they are listed. `others` are the
    orders that the caller knows beside these. Raises Refused for an order that nobody knows.

    >>> order_of(("9", "10", "2"), "id")
    [1, 2, 0]
    >>> order_of(("9", "10"), "seed:x") in ([0, 1], [1, 0])
    True
    """
    places = sorted(range(len(ids)), key=lambda place: ids[place])
    if order == "id":
        return places
    if order.startswith(SEED) and len(order) > len(SEED):
        Draw(order.removeprefix(SEED)).shuffle(places)
        return places
    raise Refused(
        f"There is no order of ties “{order}”.",
        f"It is neither {', '.join(['id', *others])} nor seed: with a seed.",
        "Choose one of these.",
        field="ties",
    )


def ranks_of(order: Sequence[int]) -> tuple[int, ...]:
    """For each place, how far up it stands in the order, 0 first.

    >>> ranks_of([2, 0, 1])
    (1, 2, 0)
    """
    ranks = [0] * len(order)
    for rank, place in enumerate(order):
        ranks[place] = rank
    return tuple(ranks)
