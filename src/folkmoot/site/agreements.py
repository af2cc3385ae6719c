"""What must one room ask of another before it changes something, without knowing it?"""

from dataclasses import replace

from folkmoot.apps.places.settling import keep_currency_while
from folkmoot.apps.spend.queries import files_for
from folkmoot.core.access import Actor


def put_together() -> None:
    """The currency stays while payments are in the ledger."""
    keep_currency_while(ledger_holds_payments)


def ledger_holds_payments(actor: Actor) -> bool:
    """Whether a file of theirs was read in, or is being read, whatever their token may see."""
    return files_for(replace(actor, scopes=None)).filter(state__in=["reading", "read"]).exists()
