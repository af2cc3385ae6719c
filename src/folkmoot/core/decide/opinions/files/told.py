"""What did a file tell, once it was read?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from folkmoot.core.decide.opinions.conversation import Conversation
from folkmoot.core.decide.opinions.history import Casts

Counted = Mapping[str, tuple[int, int]]  # how often agree and disagree were said, by id


class Kind(StrEnum):
    """Which kind of file it was, by its content."""

    POLIS_WIDE = "participants-votes.csv of a Polis export"
    POLIS_LONG = "votes.csv of a Polis export"
    POLIS_JSON = "votes of Polis as JSON"
    LONG = "a table with a vote in each row"
    WIDE = "a table with a person in each row"
    WHOLE = "a whole conversation of Folkmoot"


@dataclass(frozen=True, eq=False)
class Read:
    """A conversation, everything that was cast in it, and what was odd about its files.

    casts: without times where the file has none. aside: people who were set aside, and why; their votes are
    among the others. settings: how a result was reached from it, as its file tells.
    """

    conversation: Conversation
    casts: Casts
    kind: Kind
    remarks: tuple[str, ...] = ()
    aside: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Ballots:
    """What the file of votes alone tells. agree_is: 1 or -1 where it uses numbers, 0 where it has words only.
    counted: agree and disagree of each person as the file itself sums them up."""

    casts: Casts
    kind: Kind
    agree_is: int
    group_of: Mapping[str, str] = field(default_factory=dict)
    counted: Counted = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
