"""How does a letter leave, without anybody waiting for it?"""

import logging
import threading
from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage

from folkmoot.apps.places.invitations import Sent, one_line
from folkmoot.apps.places.models import MemberRole
from folkmoot.core.kernel.when import say_day

logger = logging.getLogger(__name__)


def beside(act: Callable[[Sequence[EmailMessage]], None], letters: Sequence[EmailMessage]) -> None:
    """Nobody waits for the act."""
    threading.Thread(target=act, args=(letters,)).start()


def post(letters: Sequence[EmailMessage]) -> None:
    """Sends one after another; a failure is logged without the address, which the mail server's words may
    hold, and the others still leave."""
    for letter in letters:
        try:
            letter.send()
        except Exception as error:  # noqa: BLE001 - a door: whatever the mail server does, the others go out
            logger.error("a letter could not be sent (%s)", type(error).__name__)


def send(letters: Sequence[EmailMessage]) -> None:
    """Letters go out beside the answer."""
    if letters:
        beside(post, letters)


def invitation_letter(sent: Sent, link: str) -> EmailMessage:
    """Who invites to what, in which role, and the one link."""
    row = sent.invitation
    inviter, name = one_line(sent.inviter), one_line(row.partnership.name)
    day = say_day(row.expires_at.astimezone(ZoneInfo(row.partnership.zone)))
    greeting = f"Hello {row.name},\n\n" if row.name else ""
    text = (
        f"{greeting}{inviter or 'The convenor'} invites you to {name}, "
        f"in the role: {MemberRole(row.role).label.lower()}.\n\n"
        f"What that means, and how to join:\n\n{link}\n\n"
        f"The link is for {row.email} alone. It holds until {day} and works once. "
        "If you did not expect it, do nothing.\n"
    )
    return EmailMessage(subject=f"An invitation to {name}"[:150], body=text, to=[row.email])
