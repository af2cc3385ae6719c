"""Which anchors publish what they spend in the demonstration?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Anchor:
    """An anchor institution: a short key for file names, and its name."""

    key: str
    name: str


COUNCIL = Anchor("council", "Marram Bay Council")
HOSPITAL = Anchor("hospital", "Marram General Hospital")
UNIVERSITY = Anchor("university", "University of the Marram Coast")
COLLEGE = Anchor("college", "Saltmarsh College")
HOUSING = Anchor("housing", "Tidewater Homes")

ANCHORS = (COUNCIL, HOSPITAL, UNIVERSITY, COLLEGE, HOUSING)
