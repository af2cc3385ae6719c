"""Which pictures of the guide does the program draw itself?"""

from pathlib import Path

from folkmoot.core.decide.lottery import Person, Pool, Quota, draw, lottery
from folkmoot.core.decide.lottery.pictured import panels_pictured
from folkmoot.core.pictures.alone import alone

SEED = "Marram, 14 March 2026: 3 14 22 31 40 49"  # also in the guide's text


def drawings(root: Path) -> dict[Path, str]:
    """Every picture that is drawn under the project's root, with what it should hold."""
    return {root / "docs" / "pictures" / "thousand-panels.svg": thousand_panels()}


def thousand_panels() -> str:
    """Seven people, two of them young, and panels of three with exactly one young member."""
    young = tuple(Person(name, ("young",)) for name in ("Ada", "Ben"))
    old = tuple(Person(name, ("old",)) for name in ("Cy", "Dot", "Eve", "Fay", "Gus"))
    quotas = (Quota("age", "young", 1, 1), Quota("age", "old", 2, 2))
    held = lottery(Pool(young + old, 3, quotas))
    return alone(panels_pictured(held, draw(held.pool.ids, held.panels, SEED)))
