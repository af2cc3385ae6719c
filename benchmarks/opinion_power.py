"""How often does the careful mode find groups that are there, and groups that are not?

People are made who vote by a known rule, then read. Prints the two tables of the guide's page on the careful
mode as Markdown: `python -m benchmarks.opinion_power [--times N] [--only none|groups] [--people N]`. Every
draw is seeded, so that the same figures come again; the whole takes about an hour on one core.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt
from sklearn.metrics import adjusted_rand_score

from folkmoot.core.decide.opinions import Conversation
from folkmoot.core.decide.opinions.careful import Settings, Verdict, reading
from folkmoot.core.decide.opinions.votes import Votes, settled

Floats = npt.NDArray[np.float64]
Marks = npt.NDArray[np.int64]
CUT = 0.25  # between passing and either side, where a vote's own noise has a deviation of 1
QUICK = Settings(shuffles=39, bootstraps=20)  # p from 1 in 40, as in careful reading from 1 in 100
LEANS, WITHIN = 0.4, 0.3  # deviations of how much people agree in general, and of what parts a group within
SPECTRA = ("shuffled", "agreeing", "even", "bell", "skewed", "two even")
PLANTED = {"2 equal": (1, 1), "3 equal": (1, 1, 1), "4 equal": (1, 1, 1, 1), "80/15/5": (80, 15, 5)}


@dataclass(frozen=True)
class Crowd:
    """How many people, of how many statements, who saw what share of them on average."""

    people: int
    statements: int
    density: float


def votes_by(crowd: Crowd, taste: Floats, leans: float, drawn: np.random.Generator) -> Votes:
    """Votes of people with these tastes (people x statements), and more or less time to vote."""
    size = (crowd.people, crowd.statements)
    level = taste + 0.5 + 0.8 * drawn.standard_normal(crowd.statements)
    level = level + leans * drawn.standard_normal((crowd.people, 1)) + drawn.standard_normal(size)
    value = np.where(level > CUT, 1, np.where(level < -CUT, -1, 0)).astype(np.int8)
    share = np.ones(crowd.people)
    if crowd.density < 1.0:
        share = np.clip(crowd.density * drawn.gamma(3.0, 1.0 / 3.0, crowd.people), 3 / crowd.statements, 1.0)
    person, statement = np.nonzero(drawn.random(size) < share[:, None])
    ids = tuple(f"p{number:04}" for number in range(crowd.people))
    named = tuple(str(number) for number in range(crowd.statements))
    return settled(ids, named, person.astype(np.int32), statement.astype(np.int32), value[person, statement])


def without_groups(kind: str, crowd: Crowd, drawn: np.random.Generator) -> Votes:
    """People who stand in no groups."""
    size, wide = crowd.people, np.sqrt(3.0)
    spread = {
        "even": lambda: drawn.uniform(-wide, wide, (size, 1)),
        "two even": lambda: drawn.uniform(-wide, wide, (size, 2)),
        "bell": lambda: drawn.standard_normal((size, 1)),
        "skewed": lambda: drawn.exponential(1.0, (size, 1)) - 1.0,
        "agreeing": lambda: np.zeros((size, 1)),
        "shuffled": lambda: drawn.standard_normal((size, 1)),
    }[kind]()
    taste = spread @ drawn.standard_normal((spread.shape[1], crowd.statements))
    votes = votes_by(crowd, taste, 1.0 if kind == "agreeing" else LEANS, drawn)
    return _shuffled(votes, drawn) if kind == "shuffled" else votes


def _shuffled(votes: Votes, drawn: np.random.Generator) -> Votes:
    order = np.argsort(votes.seen, kind="stable")
    value = np.empty_like(votes.value)
    value[order] = votes.value[np.lexsort((drawn.random(len(votes)), votes.seen))]
    return Votes(votes.people, votes.statements, votes.starts, votes.seen, value)


def with_groups(
    sizes: tuple[int, ...], strength: float, crowd: Crowd, drawn: np.random.Generator
) -> tuple[Votes, Marks]:
    """Groups whose tastes differ by `strength` deviations on each statement, and the group of each person."""
    share = np.cumsum(np.array(sizes) / sum(sizes))
    group = np.searchsorted(share, (np.arange(crowd.people) + 0.5) / crowd.people)
    taste = strength * drawn.standard_normal((len(sizes), crowd.statements))[group]
    within = drawn.standard_normal((crowd.people, 2)) @ drawn.standard_normal((2, crowd.statements))
    return votes_by(crowd, taste + WITHIN * within, LEANS, drawn), group.astype(np.int64)


def none_there(times: int) -> Iterator[str]:
    """How often groups are said to be reliable where there are none, and how often with gaps."""
    yield "| people who stand | people | statements | seen | reliable | with gaps |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for kind in SPECTRA:
        for crowd in (Crowd(150, 60, 0.5), Crowd(400, 30, 0.5)):
            called = gaps = 0
            for number in range(times):
                votes = without_groups(kind, crowd, np.random.default_rng(number))
                found = reading(Conversation(votes), QUICK)
                called += found.verdict is Verdict.RELIABLE
                gaps += found.gaps
            where = f"{crowd.people} | {crowd.statements} | {crowd.density:.0%}"
            yield f"| {kind} | {where} | {called} of {times} | {gaps} of {times} |"


def groups_there(times: int, some: int | None = None) -> Iterator[str]:
    """How often planted groups are found, how truly, and how often their gaps are seen."""
    yield "| people | statements | seen | strength | " + " | ".join(PLANTED) + " |\n|" + " --- |" * 8
    plain = product((30, 60, 150, 400), (30, 60), (1.0, 0.5, 0.2), (1.0,))
    weak = product((150,), (60,), (1.0, 0.5, 0.2), (0.7,))
    for people, statements, density, strength in (*plain, *weak):
        if some not in (None, people):
            continue
        crowd = Crowd(people, statements, density)
        cells = [_found(sizes, strength, crowd, times) for sizes in PLANTED.values()]
        yield f"| {people} | {statements} | {density:.0%} | {strength} | " + " | ".join(cells) + " |"


def _found(sizes: tuple[int, ...], strength: float, crowd: Crowd, times: int) -> str:
    called, gaps, too_few, alike = 0, 0, 0, []
    for number in range(times):
        votes, group = with_groups(sizes, strength, crowd, np.random.default_rng(number))
        found = reading(Conversation(votes), QUICK)
        too_few += found.verdict is Verdict.TOO_FEW
        if found.verdict is Verdict.RELIABLE:
            called, gaps = called + 1, gaps + found.gaps
            alike.append(adjusted_rand_score(group[found.marks >= 0], found.marks[found.marks >= 0]))
    words = f"{called / times:.0%}, {gaps / times:.0%} ({np.mean(alike):.2f})" if alike else "0%"
    return f"{words}; too few" if 2 * too_few > times - called > 0 else words


def main() -> None:
    """Both tables, or one, or the rows of so many people."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--times", type=int, default=20)
    words.add_argument("--only", choices=("none", "groups"))
    words.add_argument("--people", type=int)
    asked = words.parse_args()
    tables = {"none": none_there(asked.times), "groups": groups_there(asked.times, asked.people)}
    for name, table in tables.items():
        if asked.only in (None, name):
            for line in table:
                print(line, flush=True)


if __name__ == "__main__":
    main()
