"""Which small partnership do tests work in?"""

from dataclasses import dataclass

from folkmoot.apps.places import actions
from folkmoot.apps.places.models import Account, Partnership
from folkmoot.apps.places.queries import actor_for
from folkmoot.core.access import NOBODY, OPERATOR, Actor, Role


@dataclass(frozen=True)
class Town:
    """One partnership, another on the same install, and an actor in each role."""

    partnership: Partnership
    elsewhere: Partnership
    convenor: Actor
    core: Actor
    member: Actor
    outsider: Actor  # signed in, but nothing to this partnership
    neighbour: Actor  # the same account where it belongs: the convenor of the other partnership
    nobody: Actor = NOBODY

    def account(self, actor: Actor) -> Account:
        """The account behind an actor, to sign in with."""
        return Account.objects.get(id=actor.account_id)


def found_town(slug: str = "marram") -> Town:
    """Founded through the same actions as everything else."""
    partnership = actions.found_partnership(
        OPERATOR, place="Marram Bay", name="Marram Bay Anchor Network", slug=slug
    )
    elsewhere = actions.found_partnership(
        OPERATOR, place="Fell Side", name="Fell Side Together", slug=f"{slug}-fell"
    )
    convenor = admit(partnership, Role.CONVENOR)
    neighbour = admit(elsewhere, Role.CONVENOR)
    for name in ("Council", "Health", "Housing"):
        actions.name_part(convenor, name=name)
    return Town(
        partnership=partnership,
        elsewhere=elsewhere,
        convenor=convenor,
        core=admit(partnership, Role.CORE),
        member=admit(partnership, Role.MEMBER),
        outsider=actor_for(Account.objects.get(id=neighbour.account_id), slug)[1],
        neighbour=neighbour,
    )


def admit(partnership: Partnership, role: Role) -> Actor:
    """An account in a role, as an actor."""
    membership = actions.admit_member(
        OPERATOR,
        partnership_id=partnership.id,
        email=f"{role}@{partnership.slug}.example",
        name=f"{role} of {partnership.slug}",
        role=role,
    )
    return actor_for(membership.account, partnership.slug)[1]
