"""Small elections full of ties, as plain rows, for oracles that know nothing of arrays."""

from dataclasses import dataclass, replace
from fractions import Fraction

from hypothesis import strategies as st

from folkmoot.core.decide.budgeting.election import Ballots, Election, Project, VoteType
from folkmoot.core.decide.budgeting.settings import Utility
from folkmoot.core.kernel.draw import Draw

IDS = "zyxwvutsrqponmlkjihgfedcba"  # against the order of the list


@dataclass(frozen=True)
class Small:
    """Costs, a budget, and for each voter the places chosen and the points given."""

    costs: tuple[int, ...]
    budget: int
    ballots: tuple[tuple[int, ...], ...]
    points: tuple[tuple[int, ...], ...]
    scale: Fraction = Fraction(1)  # of the currency

    def election(self, order: tuple[int, ...] | None = None) -> Election:
        """The election, a group a voter, its projects in this order (places here)."""
        order = order or tuple(range(len(self.costs)))
        seat = {place: at for at, place in enumerate(order)}
        projects = tuple(Project(IDS[place], self.costs[place] * self.scale) for place in order)
        rows = [[seat[place] for place in ballot] for ballot in self.ballots]
        ballots = Ballots.gathered(rows, [1] * len(rows), self.points)
        return Election(projects, self.budget * self.scale, ballots, VoteType.ORDINAL)

    def grouped(self) -> Election:
        """The same election with equal ballots gathered, the last voter first."""
        counts: dict[tuple[tuple[int, ...], tuple[int, ...]], int] = {}
        for row in reversed(list(zip(self.ballots, self.points, strict=True))):
            counts[row] = counts.get(row, 0) + 1
        told = Ballots.gathered([row[0] for row in counts], counts.values(), [row[1] for row in counts])
        return replace(self.election(), ballots=told)

    def utility(self, kind: Utility, voter: int, place: int) -> int:
        """What a project is worth to a voter, 0 where they did not choose it."""
        if place not in self.ballots[voter]:
            return 0
        at = self.ballots[voter].index(place)
        return {
            Utility.COST: self.costs[place],
            Utility.CARDINALITY: 1,
            Utility.POINTS: self.points[voter][at],
            Utility.BORDA: len(self.ballots[voter]) - 1 - at,
        }[kind]

    def votes(self, place: int) -> int:
        return sum(place in ballot for ballot in self.ballots)


@st.composite
def smalls(draw: st.DrawFn, free: bool = False) -> Small:
    """Up to 5 projects of cost 1 to 4 (0 too if free) and up to 6 voters."""
    size = draw(st.integers(1, 5))
    cost = st.integers(0 if free else 1, 4)
    rows = draw(st.lists(st.lists(st.integers(0, size - 1), unique=True, max_size=size), max_size=6))
    points = [draw(st.lists(st.integers(0, 3), min_size=len(row), max_size=len(row))) for row in rows]
    return Small(
        tuple(draw(st.lists(cost, min_size=size, max_size=size))),
        draw(st.integers(1, 12)),
        tuple(map(tuple, rows)),
        tuple(map(tuple, points)),
    )


def drawn(seed: int) -> Small:
    """One of many fuller elections, where purchases follow upon each other (hypothesis likes empty ones)."""
    draw = Draw(f"small {seed}")
    size, top = draw.between(3, 7), (2, 4, 9)[draw.below(3)]
    order = list(range(size))
    rows = []
    for _ in range(draw.between(2, 8)):
        draw.shuffle(order)
        rows.append(tuple(order[: draw.between(1, size)]))
    points = tuple(tuple(draw.below(4) for _ in row) for row in rows)
    costs = tuple(draw.between(1, top) for _ in range(size))
    return Small(costs, draw.between(sum(costs) // 2, sum(costs)), tuple(rows), points)


def by_id(places: range | list[int]) -> list[int]:
    """Places in the order of their ids, which is not the order of the list."""
    return sorted(places, key=IDS.__getitem__)
