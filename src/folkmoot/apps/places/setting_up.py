"""What is still to be set up here, step by step?"""

from dataclasses import dataclass

from folkmoot.apps.places.admitting import whole_of
from folkmoot.apps.places.models import Invitation, Membership, Part, Partnership, Person
from folkmoot.core.access import Act, Actor, require


@dataclass(frozen=True, slots=True)
class SetUpStep:
    """One step: its words, where it is taken, and whether it was."""

    words: str
    page: str
    done: bool


def setting_up_for(actor: Actor) -> tuple[SetUpStep, ...]:
    """The first steps of a new partnership, those that are taken among them; none once all are."""
    require(Act.SEE_MINE, actor, whole_of(actor))
    here = {"partnership_id": actor.partnership_id}
    others = Membership.objects.filter(**here).exclude(account_id=actor.account_id)
    purpose = Partnership.objects.exclude(purpose="").filter(id=actor.partnership_id)
    steps = (
        SetUpStep("Say in one line what you are for", "places:settle", purpose.exists()),
        SetUpStep("Name the parts of your system", "places:parts", Part.objects.filter(**here).exists()),
        SetUpStep(
            "Invite somebody to the core team",
            "places:invite",
            others.exists() or Invitation.objects.filter(**here).exists(),
        ),
        SetUpStep("Bring in the people you know", "network:people", Person.objects.filter(**here).exists()),
    )
    return () if all(step.done for step in steps) else steps
