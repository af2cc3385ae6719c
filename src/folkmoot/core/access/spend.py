"""Who may see and read in what the anchors spend?"""

from folkmoot.core.access.places import CONVENOR_ONLY, CONVENORS, EVERY_MEMBER, MEMBERS_ONLY
from folkmoot.core.access.policy import Act, Rule

RULES = (
    Rule(
        Act.SEE_MONEY, "See what the anchors spend, in sums", EVERY_MEMBER, MEMBERS_ONLY, when_published=True
    ),
    Rule(Act.SEE_PAYMENTS, "Open a sum down to its payments and lines", EVERY_MEMBER, MEMBERS_ONLY),
    Rule(Act.SEE_FILES, "See which files were read and what was set aside", EVERY_MEMBER, MEMBERS_ONLY),
    Rule(Act.READ_FILE, "Upload, read in and undo a published file", CONVENORS, CONVENOR_ONLY, writes=True),
)
