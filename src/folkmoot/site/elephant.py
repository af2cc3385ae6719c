"""What is true of the partnership, all of it, on one page?"""

from dataclasses import dataclass

from folkmoot.apps.network.panels import network_mine_for, network_panel_for
from folkmoot.apps.network.shown import NextThing
from folkmoot.apps.people.queries import due_count_for
from folkmoot.apps.places.models import Partnership
from folkmoot.apps.places.panels import Panel, Step, not_started
from folkmoot.apps.places.queries import organisation_count_for
from folkmoot.apps.spend.panels import spend_panel_for
from folkmoot.core.access import Actor

# Rooms that are still to come say so, and say what can be done until then.
COMING = (
    ("What do we decide, and how?", "Meetings, ballots and budgets. Until then, keep them in your minutes."),
    ("Are we still together?", "Purpose, who does what, and whether each of us is still up for it."),
    ("Does it work, and for whom?", "Indicators and stories, side by side."),
    ("What can others use?", "Ideas of ours that other places can adapt, and theirs that we can."),
)


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole page: how many organisations, and a panel for each question. No field holds a person."""

    organisations: int
    panels: tuple[Panel, ...]  # those that have started first
    coming: tuple[Panel, ...]  # of rooms that are not built yet

    @property
    def next(self) -> tuple[Step, ...]:
        """What the questions ask of all of us next."""
        return tuple(panel.step for panel in self.panels if panel.step)


@dataclass(frozen=True, slots=True)
class Mine:
    """What a convenor might do next, with names and reasons, beside the panels of the whole."""

    next: tuple[NextThing, ...]
    whole: Whole

    @property
    def begun(self) -> bool:
        """Whether anything was put in yet."""
        return any(panel.started for panel in self.whole.panels)


def ours_for(actor: Actor, partnership: Partnership) -> Whole:
    """The partnership's whole, nameless by construction and the same for everybody who may see it."""
    return _whole(actor, partnership, network_panel_for(actor, partnership))


def mine_for(actor: Actor, partnership: Partnership) -> Mine:
    """The convenor's own page: what next, with reasons and names, and the same panels as for everybody."""
    panel, things = network_mine_for(actor, partnership)
    return Mine((*things, *_due(actor, partnership)), _whole(actor, partnership, panel))


def _due(actor: Actor, partnership: Partnership) -> tuple[NextThing, ...]:
    """Notes about people that wait to be looked at again, as one thing to do."""
    count = due_count_for(actor)
    if not count:
        return ()
    title = (
        "1 note is due to be looked at again."
        if count == 1
        else f"{count} notes are due to be looked at again."
    )
    reason = "Keep what is still right and needed; what nobody looks at goes by itself."
    return (NextThing(title, reason, "See what is due", "people:due", (partnership.slug,)),)


def _whole(actor: Actor, partnership: Partnership, network: Panel) -> Whole:
    rooms = (network, spend_panel_for(actor, partnership))
    begun_first = tuple(sorted(rooms, key=lambda panel: not panel.started))
    coming = tuple(not_started(question, how) for question, how in COMING)
    return Whole(organisation_count_for(actor, partnership.id), begun_first, coming)
