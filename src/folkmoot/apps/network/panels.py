"""What does this room say on the whole's page, and on the convenor's own?"""

from dataclasses import replace

from django.urls import reverse

from folkmoot.apps.network.pictures import bands_picture
from folkmoot.apps.network.queries import Seen, support_and_newest_for, support_and_next_for
from folkmoot.apps.network.shown import NextThing, SupportShown
from folkmoot.apps.places.models import Partnership
from folkmoot.apps.places.panels import Panel, Step, not_started
from folkmoot.core.access import Actor

QUESTION = "Who stands behind this?"


def network_panel_for(actor: Actor, partnership: Partnership) -> Panel:
    """Support as everybody may see it, the same for every reader; no field holds a person."""
    return _panel(support_and_newest_for(actor, partnership.id), partnership)


def network_mine_for(actor: Actor, partnership: Partnership) -> tuple[Panel, tuple[NextThing, ...]]:
    """The same panel, and up to three things worth doing this week, with names and reasons."""
    seen = support_and_next_for(actor, partnership.id)
    return _panel(seen, partnership), seen.next


def _panel(seen: Seen, partnership: Partnership) -> Panel:
    href = reverse("network:support", args=[partnership.slug])
    if not seen.shown.begun:
        return not_started(
            QUESTION,
            "Nobody is known here yet. A contacts sheet brings people in; then you say where they stand.",
            href,
            "See how support starts",
        )
    said = tuple(replace(piece, href=href) if piece.figure else piece for piece in seen.shown.said)
    picture, step = bands_picture(seen.shown), _step(seen.shown, href)
    return Panel(QUESTION, said, picture, seen.newest, href, "See people and support", step=step)


def _step(shown: SupportShown, href: str) -> Step | None:
    """Where nobody is active yet; said of parts, never of people."""
    parts = shown.without_support
    if not parts:
        return None
    where = " or ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)
    return Step(
        f"Nobody in {where} is active yet", "Who of us could open a door there?", href, "See where support is"
    )
