"""What can be chosen in mode polis?"""

from collections.abc import Mapping
from dataclasses import dataclass

from folkmoot.core.kernel.errors import Refused

LEAST_PEOPLE = 15  # where fewer have voted enough, the most active join them


@dataclass(frozen=True)
class Settings:
    """groups: how many groups; None lets the silhouette choose from 2 to most_groups.
    membership: the group of each person, where it is given (then nothing is grouped, and nobody else counts).
    least_votes: who has voted less is not grouped (never more than there are statements).
    flat_routing: the reference's fault of March 2025 to July 2026, every priority 49.
    unjudged_out: in a strict conversation, statements that no moderator has judged count as moderated out.
    """

    groups: int | None = None
    membership: Mapping[str, str] | None = None
    most_groups: int = 5
    least_votes: int = 7
    flat_routing: bool = False
    unjudged_out: bool = False

    def __post_init__(self) -> None:
        if self.groups is not None and self.groups < 1:
            raise Refused(
                f"No map has {self.groups} groups.",
                "People are put together in one group at least.",
                "Ask for 1 or more, or leave it open.",
                field="groups",
            )
        if self.most_groups < 2:
            raise Refused(
                f"At most {self.most_groups} groups cannot be compared.",
                "The number of groups is chosen from 2 upwards.",
                "Allow 2 or more, or ask for a number of groups.",
                field="most_groups",
            )
