"""Which pictures of the guide does the program draw itself?

Maps of open conversations need these: `python -m folkmoot.cli.drawings` draws them anew where
FOLKMOOT_OPEN_DATA names the folder that holds them.
"""

import os
from pathlib import Path

from folkmoot.core.decide.lottery import Person, Pool, Quota, draw, lottery
from folkmoot.core.decide.lottery.pictured import panels_pictured
from folkmoot.core.pictures.alone import alone

SEED = "Marram, 14 March 2026: 3 14 22 31 40 49"  # also in the guide's text

# By the name of the picture: the folder of the Polis export, and the title.
CONVERSATIONS = {
    "land-bank": ("ssis.land-bank-farmland", "Land in the San Juan Islands"),
    "brexit": ("brexit-consensus", "Consensus on Brexit"),
    "bowling-green": ("american-assembly.bowling-green", "Improving Bowling Green"),
    "concussions": ("football-concussions", "Concussions in the NFL"),
}


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


def open_maps(root: Path, data: Path) -> dict[Path, str]:
    """The map of each conversation that the guide tells of, as read in mode careful."""
    return {
        root / "docs" / "pictures" / f"opinions-{name}.svg": opinion_map_of(
            data / "opinion" / "polis-open-data" / folder, title
        )
        for name, (folder, title) in CONVERSATIONS.items()
    }


def opinion_map_of(folder: Path, title: str) -> str:
    """The map of a conversation in a folder of a Polis export."""
    from folkmoot.core.decide.opinions.careful import reading
    from folkmoot.core.decide.opinions.files import read_conversation
    from folkmoot.core.decide.opinions.pictured import opinion_map

    files = {one.name: one.read_bytes() for one in folder.iterdir()}
    votes = "votes.csv" if "votes.csv" in files else "participants-votes.csv"
    found = reading(read_conversation(votes, files.pop(votes), files).conversation)
    names = [part.name for part in found.groups]
    return alone(opinion_map(found.places, found.marks, names, found.sentence, title=title))


def main() -> None:
    """Draw the maps of open conversations anew."""
    for path, content in open_maps(
        Path(__file__).resolve().parents[3], Path(os.environ["FOLKMOOT_OPEN_DATA"])
    ).items():
        path.write_text(content, encoding="utf-8")
        print(path.name)


if __name__ == "__main__":
    main()
