"""Who may do what with partnerships, people and organisations?"""

from folkmoot.core.access.actor import Role
from folkmoot.core.access.policy import Act, Rule

EVERY_MEMBER = frozenset({Role.MEMBER, Role.CORE, Role.CONVENOR, Role.OPERATOR})
CORE_TEAM = frozenset({Role.CORE, Role.CONVENOR, Role.OPERATOR})
CONVENORS = frozenset({Role.CONVENOR, Role.OPERATOR})

MEMBERS_ONLY = "This is open to members of the partnership."
CORE_ONLY = "This is open to the core team of the partnership."
OTHERS_NOTE = "This is open to the circle that it was written for."
YOUR_OWN = "This is open to whoever holds it."
CONVENOR_ONLY = "This is kept by the partnership's convenor."

RULES = (
    Rule(
        Act.FOUND_PARTNERSHIP,
        "Found a partnership and name its first convenor",
        frozenset({Role.OPERATOR}),
        "Partnerships are founded by whoever runs this server.",
        writes=True,
    ),
    Rule(Act.SEE_WHOLE, "See the whole, without names", EVERY_MEMBER, MEMBERS_ONLY, when_published=True),
    Rule(Act.SEE_MINE, "See the convenor's own page, with names", CONVENORS, CONVENOR_ONLY),
    Rule(Act.SEE_ORGANISATIONS, "See which organisations belong", EVERY_MEMBER, MEMBERS_ONLY),
    Rule(Act.RECORD_ORGANISATION, "Record organisations and parts", CONVENORS, CONVENOR_ONLY, writes=True),
    Rule(
        Act.SEE_PEOPLE,
        "Open the list of people, which holds those whom one may see",
        EVERY_MEMBER,
        MEMBERS_ONLY,
        when_published=True,
    ),
    Rule(
        Act.SEE_PERSON,
        "See a person and their posts, within the circle that they are kept in",
        EVERY_MEMBER,
        OTHERS_NOTE,
        when_published=True,
        own=True,
        by_circle=True,
    ),
    Rule(Act.RECORD_PERSON, "Record people and their posts", CONVENORS, CONVENOR_ONLY, writes=True),
    Rule(Act.SEE_MEMBERS, "See who belongs, and in which role", EVERY_MEMBER, MEMBERS_ONLY),
    Rule(
        Act.ADMIT_MEMBER,
        "Invite and admit members, change their role, and take them out",
        CONVENORS,
        CONVENOR_ONLY,
        writes=True,
    ),
    Rule(Act.LEAVE, "Leave the partnership", frozenset(), YOUR_OWN, own_account=True, writes=True),
    Rule(
        Act.HOLD_TOKEN,
        "Make and end tokens of one's own",
        frozenset(),
        YOUR_OWN,
        own_account=True,
        writes=True,
    ),
    Rule(
        Act.SETTLE_PARTNERSHIP,
        "Change what the partnership says of itself",
        CONVENORS,
        CONVENOR_ONLY,
        writes=True,
    ),
    Rule(Act.SEE_DIARY, "Check that nothing changed silently", CORE_TEAM, CORE_ONLY),
    Rule(Act.CARRY_AWAY, "Take the whole partnership away as one file", CONVENORS, CONVENOR_ONLY),
)
