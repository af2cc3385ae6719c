"""Who is left when the last is taken out again and again (instant run-off)?"""

from collections.abc import Sequence
from dataclasses import dataclass

from folkmoot.core.decide.ranking.ballots import Rankings, Tiers
from folkmoot.core.kernel.errors import Refused

MOST_STATES = 10_000  # sets of those left; ties can lead to very many

Left = frozenset[int]


@dataclass(frozen=True, slots=True)
class Round:
    """One round: the votes of those left, who has the fewest, and how many ballots name nobody left."""

    votes: tuple[tuple[int, int], ...]  # candidate and votes, most first
    last: tuple[int, ...]  # more than one where they are equal
    out: tuple[int, ...]  # who went out; empty where any one of the last might have gone
    exhausted: int


@dataclass(frozen=True, slots=True)
class RunOff:
    """Who can win, and in which places each can end, over every way in which ties might fall."""

    winners: tuple[int, ...]
    order: Tiers  # who stand together might change places if a tie fell otherwise
    places: tuple[tuple[int, int], ...]  # best and worst of each, 1 first
    rounds: tuple[Round, ...]  # those that every way in which ties might fall leads through


def run_off(rankings: Rankings, ranks: Sequence[int] | None = None) -> RunOff:
    """Each ballot counts for the first of those left; who has the fewest votes goes out; until one is left.

    Where several have the fewest, every one of them is tried, so that the winners are all who win in one way
    or another (“parallel universes”: Conitzer, Rognlie and Xia, "Preference Functions that Score Rankings",
    IJCAI 2009). With ranks the last of the equals by rank goes out. It is counted down to the end, also after
    somebody has a majority: that changes no winner, and gives the others their places.

    Raises Refused for ballots that put two in one place, and where ties lead to too many different rounds.

    >>> from folkmoot.core.decide.ranking.ballots import Candidate, Ranked
    >>> votes = [Ranked(((0,), (1,)), 4), Ranked(((1,), (0,)), 3), Ranked(((2,), (1,)), 2)]
    >>> run_off(Rankings.gathered(map(Candidate, "abc"), votes)).order
    ((1,), (0,), (2,))
    """
    everybody = frozenset(range(len(rankings.candidates)))
    best = dict.fromkeys(everybody, len(everybody))
    worst = dict.fromkeys(everybody, 1)
    layers: dict[int, set[Left]] = {len(everybody): {everybody}}
    rounds: list[Round] = []
    visited = 0
    for size in range(len(everybody), 0, -1):
        layer = layers.pop(size, set())
        visited += len(layer)
        if visited > MOST_STATES:
            raise _too_many_ties()
        for left in layer:
            now, ways = _round(rankings, left, ranks)
            if len(layer) == 1 and not layers:
                rounds.append(now)
            for out in ways:
                for one in out:
                    best[one] = min(best[one], size - len(out) + 1)
                    worst[one] = max(worst[one], size)
                layers.setdefault(size - len(out), set()).add(left - set(out))
    places = tuple((best[one], worst[one]) for one in sorted(everybody))
    winners = tuple(one for one in sorted(everybody) if best[one] == 1)
    return RunOff(winners, _order(places), places, tuple(rounds))


def _round(
    rankings: Rankings, left: Left, ranks: Sequence[int] | None
) -> tuple[Round, list[tuple[int, ...]]]:
    """The round of those left, and the ways in which it can end: who go out together in each."""
    votes, exhausted = dict.fromkeys(sorted(left), 0), 0
    for line, count in rankings.lines:
        first = next((one for one in line if one in left), None)
        if first is None:
            exhausted += count
        else:
            votes[first] += count
    fewest = min(votes.values())
    last = tuple(one for one in votes if votes[one] == fewest)
    if ranks is not None:
        ways: list[tuple[int, ...]] = [(max(last, key=ranks.__getitem__),)]
    elif fewest == 0:
        ways = [last]  # nobody's vote moves, so that they go out one after the other, in whatever order
    else:
        ways = [(one,) for one in last]
    out = ways[0] if len(ways) == 1 else ()
    shown = tuple(sorted(votes.items(), key=lambda one: -one[1]))
    return Round(shown, last, out, exhausted), ways


def _order(places: Sequence[tuple[int, int]]) -> Tiers:
    """Tiers of those whose ranges of places overlap, directly or through others."""
    tiers: list[tuple[int, ...]] = []
    reach = 0
    for one in sorted(range(len(places)), key=lambda one: places[one]):
        if places[one][0] > reach:
            tiers.append((one,))
        else:
            tiers[-1] += (one,)
        reach = max(reach, places[one][1])
    return tuple(tuple(sorted(tier)) for tier in tiers)


def _too_many_ties() -> Refused:
    return Refused(
        "These ballots were not counted.",
        "So many candidates are equal for the last place, again and again, that not every way was tried.",
        "Count with an order of ties, by id or by a public seed.",
        field="ties",
    )
