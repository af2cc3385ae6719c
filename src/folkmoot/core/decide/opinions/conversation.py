"""What was asked, what was said to it, and how was it run?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from folkmoot.core.decide.opinions.votes import Votes

OUT, UNJUDGED, IN = -1, 0, 1  # what a moderator has said


@dataclass(frozen=True)
class Statement:
    """A short statement that people vote on. `came_of` names the statements that it was split or reworded
    from: their votes are not its votes, as nobody has voted on its words."""

    id: str
    text: str = ""
    author: str = ""
    moderated: int = UNJUDGED
    meta: bool = False
    seed: bool = False
    at: int | None = None  # milliseconds since 1970
    came_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conversation:
    """Votes with what is known of statements and people.

    strict: a statement is shown only once a moderator has let it in. agree_is: the sign that its file uses
    for agreement, 1 or -1 (Polis's database and mathematics have -1, its exports 1); the votes here have 1.
    group_of: the group of each person as published with the file, where it was.
    """

    votes: Votes
    statements: Mapping[str, Statement] = field(default_factory=dict)
    topic: str = ""
    strict: bool = False
    agree_is: int = 1
    group_of: Mapping[str, str] = field(default_factory=dict)

    def statement(self, id_: str) -> Statement:
        """The statement, also where only its votes are known."""
        return self.statements.get(id_) or Statement(id_)
