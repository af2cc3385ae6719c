"""What is an arrangement of texts: which groups, made by whom, and is there anything in them?"""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Held:
    """A group that people made or moved texts into: the places of its texts, and its name if it has one."""

    members: tuple[int, ...]
    label: str = ""


class Verdict(StrEnum):
    """Do the texts fall into groups by themselves?"""

    GROUPS = "groups"  # better than the same words dealt out at random, every time
    NO_GROUPS = "no groups"  # not better
    TOO_FEW = "too few to tell"
    BY_PEOPLE = "by people"  # people have made groups: whether to have some is not asked


SENTENCES = {
    Verdict.GROUPS: "These texts fall into groups.",
    Verdict.NO_GROUPS: (
        "These texts do not fall into groups by their words: the same words dealt out at random do as well."
    ),
    Verdict.TOO_FEW: (
        "These are too few different texts to tell whether they fall into groups: take it as a proposal."
    ),
    Verdict.BY_PEOPLE: "Groups that people made are kept as they are; the other texts lie around them.",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Texts that lie together: their places in the order handed in, the most central first in `centre`."""

    label: str
    members: tuple[int, ...]
    centre: int  # the place of the text that is closest to all of its group
    held: int | None = None  # which of the groups that people made, from 0; None for one found here


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Every text once: in one of the groups, or apart because it has no letter or digit to go by."""

    groups: tuple[Group, ...]
    apart: tuple[int, ...]
    verdict: Verdict
    asked: int | None  # how many groups were asked for; None where the number was found here

    @property
    def sentence(self) -> str:
        """The verdict in words."""
        return SENTENCES[self.verdict]
