"""What does this room say on the whole's page, and on the convenor's own?"""

from dataclasses import replace

from django.urls import reverse

from folkmoot.apps.network.pictures import bands_picture
from folkmoot.apps.network.queries import support_and_newest_for, what_next_for
from folkmoot.apps.network.shown import NextThing, SupportShown
from folkmoot.apps.places.models import Partnership
from folkmoot.apps.places.panels import Panel, Step, not_started
from folkmoot.core.access import Actor

QUESTION = "Who stands behind this?"


def network_panel_for(actor: Actor, partnership: Partnership) -> Panel:
    """Support as everybody may see it, the same for every reader; no field holds a person."""
    shown, newest = support_and_newest_for(actor, partnership.id)
    if not shown.begun:
        return not_started(
            QUESTION,
            "Nobody is known here yet. A contacts sheet brings people in; then you say where they stand.",
            reverse("network:support", args=[partnership.slug]),
            "See how support starts",
        )
    href = reverse("network:support", args=[partnership.slug])
    sentence = tuple(replace(piece, href=href) if piece.figure else piece for piece in shown.said)
    picture = bands_picture(shown)
    return Panel(QUESTION, sentence, picture, newest, href, "See people and support", step=_step(shown, href))


def _step(shown: SupportShown, href: str) -> Step | None:
    """Where nobody is active yet; said of parts, never of people."""
    parts = shown.without_support
    if not parts:
        return None
    where = " or ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
    return Step(
        f"Nobody in {where} is active yet", "Who of us could open a door there?", href, "See where support is"
    )


def network_mine_for(actor: Actor, partnership: Partnership) -> tuple[NextThing, ...]:
    """Up to three things worth doing this week, with names and reasons."""
    return what_next_for(actor)
