"""Which texts lie together, into how many groups, and is that more than chance?"""

import re
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

from folkmoot.core.decide.arranging.closeness import WORD, Closeness, Floats, Meanings
from folkmoot.core.kernel.draw import Draw

Marks = npt.NDArray[np.int64]  # the group of each text
FINENESS = 1.5  # above 1 for more and smaller groups; found on drawn workshops of 60 texts in 8 topics
FINENESS_BY_MEANING = 2.0  # the same, where meanings count: they draw neighbouring topics together
MOST_GROUPS = 30  # that are looked for where no number is asked
TOGETHER, ASUNDER = -1.0, 1e9  # distances of what people put together, and into different groups
DEALS = 19  # one chance in twenty to be told of groups where there are none
ENOUGH = 20  # different texts, below which chance does as well even where people see topics
TESTED = 120  # texts at most on which chance is tried


def grouped(closeness: Closeness, count: int, placed: Marks) -> Marks:
    """So many groups by average linkage (Sokal and Michener 1958), 0 for the first. `placed` has the number
    of a group that people made, or -1: texts of one such group stay together, those of two stay asunder."""
    size = len(placed)
    if size == 1:
        return np.zeros(1, dtype=np.int64)
    distance = np.clip(1.0 - closeness.within(count), 0.0, None)
    people = placed >= 0
    both = people[:, None] & people[None, :]
    same = placed[:, None] == placed[None, :]
    distance[both & same] = TOGETHER
    distance[both & ~same] = ASUNDER
    np.fill_diagonal(distance, 0.0)
    steps = linkage(squareform(distance, checks=False), "average")
    return _cut(steps, size, count)


def best(
    closeness: Closeness, placed: Marks, told: Callable[[int], None] | None = None
) -> tuple[Marks, float]:
    """The grouping of the number of groups that stands out most, and by how much: the most modular one. More
    than one text in three would not be a group, so no more groups than that are tried."""
    made = int(placed.max(initial=-1)) + 1
    free = int((placed < 0).sum())
    least = min(max(2, made), made + free)
    fineness = FINENESS_BY_MEANING if closeness.by_meaning else FINENESS
    chosen, height = None, -np.inf
    for count in range(least, max(least, min(made + free // 3, made + MOST_GROUPS)) + 1):
        if told:
            told(count)
        marks = grouped(closeness, count, placed)
        stands = modularity(closeness.cosines, marks, fineness)
        if stands > height + 1e-12:
            chosen, height = marks, stands
    assert chosen is not None
    return chosen, float(height)


def modularity(cosines: Floats, marks: Marks, fineness: float = FINENESS) -> float:
    """How much more of all closeness lies within groups than if it were spread by each text's own total
    (Newman and Girvan 2004, with the resolution of Reichardt and Bornholdt 2006): at most 1."""
    near = np.clip(cosines, 0.0, None)
    np.fill_diagonal(near, 0.0)
    totals = near.sum(axis=1)
    whole = float(totals.sum())
    if whole <= 0.0:
        return 0.0
    member = (marks[:, None] == np.unique(marks)[None, :]).astype(np.float64)
    within = float((member * (near @ member)).sum())
    shares = totals @ member / whole
    return within / whole - fineness * float((shares * shares).sum())


def beyond_chance(texts: Sequence[str], meanings: Meanings | None) -> bool:
    """Whether the texts group better than each of nineteen deals of the same words over the same lengths (a
    Monte Carlo test, Barnard 1963). Of many texts, a drawn sample is tried."""
    draw = Draw("arranging\n" + "\n".join(texts))
    chosen = list(range(len(texts)))
    if len(chosen) > TESTED:
        draw.shuffle(chosen)
        chosen = sorted(chosen[:TESTED])
    sample = [texts[place] for place in chosen]
    free = np.full(len(sample), -1)
    found = best(Closeness(sample, meanings), free)[1]
    deals = (Closeness(_dealt(sample, draw), meanings) for _ in range(DEALS))
    return all(best(dealt, free)[1] < found for dealt in deals)


def _dealt(texts: Sequence[str], draw: Draw) -> list[str]:
    rows = [re.findall(WORD, text) for text in texts]
    words = [word for row in rows for word in row]
    draw.shuffle(words)
    ends = np.cumsum([len(row) for row in rows])
    return [" ".join(words[end - len(row) : end]) for row, end in zip(rows, ends, strict=True)]


def _cut(steps: Floats, size: int, count: int) -> Marks:
    """The groups after all but the last `count - 1` of the steps, numbered by their first text."""
    above = list(range(2 * size - 1))
    for number in range(max(0, size - count)):
        for side in (0, 1):
            above[int(steps[number, side])] = size + number
    for node in range(len(above) - 1, -1, -1):
        above[node] = above[above[node]]
    numbers: dict[int, int] = {}
    return np.array([numbers.setdefault(above[place], len(numbers)) for place in range(size)])
