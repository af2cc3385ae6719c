"""What do opinions look like: who stands near whom, and what do groups say to a statement?"""

from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.core.decide.opinions.votes import Counts, Floats
from folkmoot.core.pictures import Frame, Picture
from folkmoot.core.pictures.scatter import KINDS, Kind, Spot, scatter
from folkmoot.core.pictures.shares import Share, ShareRow, shares

FEWEST = 5  # people: a group, or those of one who saw a statement, is told from here on


@dataclass(frozen=True, slots=True)
class Said:
    """How many of a group agreed, of how many who saw it, and the interval of the share, in parts of one."""

    agreed: int
    seen: int
    low: float
    high: float


def opinion_map(
    places: Floats, group: Counts, names: Sequence[str], sentence: str, *, title: str = "Who stands near whom"
) -> Picture:
    """People x 2 (further axes are left out) as a map; group: the number of each person's group from 0, -1
    for whoever has none.

    Where there are no groups all are of one kind, and the sentence stands in the picture's description: how
    sure the groups are belongs to what is seen. Nobody's place is in the table. A group of fewer than five
    is drawn with those of none. Raises ValueError for more than five groups.

    >>> import numpy as np
    >>> drawn = opinion_map(np.zeros((6, 2)), np.array([-1] * 6), (), "No reliable groups.")
    >>> drawn.table.rows
    (('Everybody', '6 people'),)
    """
    if len(names) > KINDS:
        raise ValueError(f"at most {KINDS} groups")
    sizes = [int((group == number).sum()) for number in range(len(names))]
    shown = [number for number, size in enumerate(sizes) if size >= FEWEST]
    kind = {number: at for at, number in enumerate(shown)}
    spots = [
        Spot(float(x), float(y), kind.get(int(one))) for (x, y), one in zip(places[:, :2], group, strict=True)
    ]
    rest = len(spots) - sum(sizes[number] for number in shown)
    kinds = [Kind(_capital(names[number]), f"{sizes[number]:,} people") for number in shown]
    none = Kind(
        "Too few votes, or of no group" if shown else "Everybody",
        _people(rest) if shown else f"{rest:,} people",
    )
    frame = Frame("opinions", title, sentence, rows_are="Group", empty="Nobody has voted yet.")
    return scatter(frame, kinds, spots, none=none if rest else None)


def said_to(
    title: str,
    sentence: str,
    groups: Sequence[str],
    rows: Sequence[tuple[str, Sequence[Said | None]]],
    *,
    id_: str = "statements",
) -> Picture:
    """What share of each group agreed with each statement, with its interval; too few are not told, nor is
    None: where so few saw it that the count of others would tell of them.

    >>> said_to("What unites", "All agree.", ["A"], [("More trees", [Said(9, 10, 0.6, 0.98)])]).table.rows
    (('More trees', '90 % of 10 (60 to 98 %)'),)
    """
    told = [ShareRow(text, tuple(_share(one) for one in said)) for text, said in rows]
    return shares(Frame(id_, title, sentence, rows_are="Statement", empty="No statement."), groups, told)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _share(said: Said | None) -> Share:
    if said is None:
        return Share(None, said="not counted here, as so few saw it")
    if said.seen < FEWEST:
        return Share(None, said=f"fewer than {FEWEST} saw it")
    at, low, high = (100 * part for part in (said.agreed / said.seen, said.low, said.high))
    return Share(at, low, high, f"{at:.0f} % of {said.seen:,} ({low:.0f} to {high:.0f} %)")


def _people(count: int) -> str:
    return f"{count:,} people" if count >= FEWEST else f"fewer than {FEWEST} people"
