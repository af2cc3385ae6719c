"""Which conversation does a file hold, and how is one written so that others can read it?"""

from folkmoot.core.decide.opinions.files.exports import write_polis, write_votes_json
from folkmoot.core.decide.opinions.files.membership import read_membership
from folkmoot.core.decide.opinions.files.reading import read_conversation
from folkmoot.core.decide.opinions.files.told import Kind, Read
from folkmoot.core.decide.opinions.files.whole import write_whole

__all__ = [
    "Kind",
    "Read",
    "read_conversation",
    "read_membership",
    "write_polis",
    "write_votes_json",
    "write_whole",
]
