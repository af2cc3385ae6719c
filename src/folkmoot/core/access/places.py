"""Who may do what with partnerships, people and organisations?"""

from folkmoot.core.access.actor import Role
from folkmoot.core.access.policy import Act, Rule

EVERY_MEMBER = frozenset({Role.MEMBER, Role.CORE, Role.CONVENOR, Role.OPERATOR})
CORE_TEAM = frozenset({Role.CORE, Role.CONVENOR, Role.OPERATOR})
CONVENORS = frozenset({Role.CONVENOR, Role.OPERATOR})

MEMBERS_ONLY = "This is open to members of the partnership."
CORE_ONLY = "This is open to the core team of the partnership."
CONVENOR_ONLY = "This is kept by the partnership's convenor."

RULES = (
    Rule(
        Act.FOUND_PARTNERSHIP,
        "Found a partnership and name its first convenor",
        frozenset({Role.OPERATOR}),
        "Partnerships are founded by whoever runs this server.",
    ),
    Rule(Act.SEE_WHOLE, "See the whole, without names", EVERY_MEMBER, MEMBERS_ONLY, when_published=True),
    Rule(Act.SEE_MINE, "See the convenor's own page, with names", CONVENORS, CONVENOR_ONLY),
    Rule(Act.SEE_ORGANISATIONS, "See which organisations belong", EVERY_MEMBER, MEMBERS_ONLY),
    Rule(Act.RECORD_ORGANISATION, "Record organisations and parts", CONVENORS, CONVENOR_ONLY),
    Rule(Act.SEE_PERSON, "See a person and their posts", CORE_TEAM, CORE_ONLY, own=True),
    Rule(Act.RECORD_PERSON, "Record people and their posts", CONVENORS, CONVENOR_ONLY),
    Rule(Act.ADMIT_MEMBER, "Admit a member and give them a role", CONVENORS, CONVENOR_ONLY),
    Rule(Act.SETTLE_PARTNERSHIP, "Change what the partnership says of itself", CONVENORS, CONVENOR_ONLY),
    Rule(Act.SEE_DIARY, "Check that nothing changed silently", CORE_TEAM, CORE_ONLY),
)
