"""Who may see and record who stands behind this?"""

from folkmoot.core.access.places import (
    CONVENOR_ONLY,
    CONVENORS,
    CORE_ONLY,
    CORE_TEAM,
    EVERY_MEMBER,
    MEMBERS_ONLY,
)
from folkmoot.core.access.policy import Act, Rule

RULES = (
    Rule(
        Act.SEE_SUPPORT,
        "See how much support there is, small numbers hidden",
        EVERY_MEMBER,
        MEMBERS_ONLY,
        when_published=True,
    ),
    Rule(Act.COUNT_SUPPORT, "See support counted part by part, however small", CORE_TEAM, CORE_ONLY),
    Rule(
        Act.SEE_STANCE,
        "See where a named person stands, with the evidence",
        CONVENORS,
        CONVENOR_ONLY,
        own=True,
    ),
    Rule(
        Act.RECORD_STANCE,
        "Record asks and where people stand towards them",
        CONVENORS,
        CONVENOR_ONLY,
        writes=True,
    ),
    Rule(Act.SEE_PROMISE, "See promises made to and by a named person", CONVENORS, CONVENOR_ONLY, own=True),
    Rule(
        Act.RECORD_PROMISE,
        "Record promises, whether they were kept, and thanks",
        CONVENORS,
        CONVENOR_ONLY,
        writes=True,
    ),
)
