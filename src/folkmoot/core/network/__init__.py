"""Who stands behind this, in which parts of the system, and how sure are we?"""

from folkmoot.core.network.gaps import GapKind
from folkmoot.core.network.people import Contact, Level, PostSpell, Stance, StanceRecord
from folkmoot.core.network.reading import PeopleRead, StancesRead, read_people, read_stances
from folkmoot.core.network.support import Standing, Support, support
from folkmoot.core.network.words import breadth_in_words, in_words

__all__ = [
    "Contact",
    "GapKind",
    "Level",
    "PeopleRead",
    "PostSpell",
    "Stance",
    "StanceRecord",
    "StancesRead",
    "Standing",
    "Support",
    "breadth_in_words",
    "in_words",
    "read_people",
    "read_stances",
    "support",
]
