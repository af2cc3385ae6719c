"""Who changes a partnership when two would at the same moment?

One after the other. An action looks before it writes (is there such a name already, is this promise still
open?), and what it saw must still be true when it writes. SQLite lets one transaction write at a time;
PostgreSQL lets all begin, so each takes its partnership's row first and the others wait for it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db import DataError, transaction

from folkmoot.apps.places.models import Partnership
from folkmoot.core.access import Actor
from folkmoot.core.kernel.errors import Refused

Rest = ParamSpec("Rest")
Answer = TypeVar("Answer")


def hold(partnership_id: str) -> Partnership:
    """The partnership's row, held until the transaction ends: one change at a time."""
    # Without its key: rows that only point to it may be written beside, or two of those could each wait
    # for the other.
    return Partnership.objects.select_for_update(no_key=True).get(id=partnership_id)


def in_turn(
    action: Callable[Concatenate[Actor, Rest], Answer],
) -> Callable[Concatenate[Actor, Rest], Answer]:
    """The action as one transaction, in which nobody else changes the actor's partnership.

    What the database cannot hold (a text that is too long, a number too large) is refused in words.
    """

    @wraps(action)
    def act(actor: Actor, *args: Rest.args, **kwargs: Rest.kwargs) -> Answer:
        try:
            with transaction.atomic():
                if actor.partnership_id:
                    Partnership.objects.select_for_update(no_key=True).filter(id=actor.partnership_id).first()
                return action(actor, *args, **kwargs)
        except DataError:
            # Not chained: the cause quotes what was typed.
            raise Refused(
                "This cannot be kept.", "A text in it is too long, or a number too large.", "Make it shorter."
            ) from None

    return act
