"""Who may see, record and erase what is kept about people?"""

from folkmoot.core.access.places import CONVENOR_ONLY, CONVENORS, EVERY_MEMBER, OTHERS_NOTE
from folkmoot.core.access.policy import Act, Rule

RULES = (
    Rule(Act.IMPORT_CONTACTS, "Import contacts and undo an import", CONVENORS, CONVENOR_ONLY, writes=True),
    Rule(
        Act.MERGE_PEOPLE,
        "Merge two records of one person, and take that back",
        CONVENORS,
        CONVENOR_ONLY,
        writes=True,
    ),
    Rule(
        Act.SEE_NOTE,
        "See a note about a person, within the circle that it was written for",
        EVERY_MEMBER,
        OTHERS_NOTE,
        when_published=True,
        own=True,
        by_circle=True,
    ),
    Rule(
        Act.RECORD_NOTE, "Write, correct and review notes about people", CONVENORS, CONVENOR_ONLY, writes=True
    ),
    Rule(
        Act.SEE_RECORD,
        "See and take away all that is kept about a person",
        CONVENORS,
        CONVENOR_ONLY,
        own=True,
    ),
    Rule(Act.SEE_DUE, "See which records are due to be looked at again", CONVENORS, CONVENOR_ONLY),
    Rule(Act.ERASE_PERSON, "Erase a person from every record", CONVENORS, CONVENOR_ONLY, writes=True),
)
