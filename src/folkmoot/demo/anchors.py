"""Which anchors publish what they spend in the demonstration?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor institution: a short key for file names, and its name."""

    key: str
    name: str


COUNCIL = Anchor("council", "Marram Bay Borough Council")
HOSPITAL = Anchor("hospital", "Marram Bay Hospitals Trust")
UNIVERSITY = Anchor("university", "University of Marram Bay")
COLLEGE = Anchor("college", "Marram Bay College")
HOUSING = Anchor("housing", "Pennant Shore Homes")

ANCHORS = (COUNCIL, HOSPITAL, UNIVERSITY, COLLEGE, HOUSING)
