"""What is true of the partnership, all of it, on one page?"""

from dataclasses import dataclass

from django.urls import reverse

from folkmoot.apps.network.panels import network_mine_for, network_panel_for
from folkmoot.apps.network.shown import NextThing
from folkmoot.apps.places.models import Partnership
from folkmoot.apps.places.panels import Panel, not_started
from folkmoot.apps.places.queries import organisation_count_for
from folkmoot.apps.spend.panels import spend_panel_for
from folkmoot.core.access import Actor

# Rooms that are still to come say so, and say what can be done until then.
COMING = (
    (
        "What do we decide, and how?",
        "Not started. Meetings, ballots and budgets come next; until then, keep them in your minutes.",
    ),
    (
        "Are we still together?",
        "Not started. Purpose, roles and recommitment will be kept here; your purpose line stands above.",
    ),
    (
        "Does it work, and for whom?",
        "Not started. Indicators and stories will stand side by side here.",
    ),
    (
        "What can others use?",
        "Not started. Ideas that other places can adapt will be gathered here.",
    ),
)


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole page: how many organisations, and a panel for each question. No field holds a person."""

    organisations: int
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """What a convenor might do next, with names and reasons, beside the panels of the whole."""

    next: tuple[NextThing, ...]
    panels: tuple[Panel, ...]


def ours_for(actor: Actor, partnership: Partnership) -> Whole:
    """The partnership's whole, nameless by construction and the same for everybody who may see it."""
    rooms = (network_panel_for(actor, partnership), spend_panel_for(actor, partnership))
    return Whole(organisation_count_for(actor, partnership.id), rooms + _coming())


def _coming() -> tuple[Panel, ...]:
    guide = reverse("site:guide_page", args=["understand/what-comes"])
    return tuple(not_started(question, how, guide, "What comes when") for question, how in COMING)


def mine_for(actor: Actor, partnership: Partnership) -> Mine:
    """The convenor's own page: what next, with reasons and names, and the same panels as for everybody."""
    return Mine(network_mine_for(actor, partnership), ours_for(actor, partnership).panels)
