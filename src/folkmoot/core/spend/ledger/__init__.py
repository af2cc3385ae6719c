"""What has been paid, as far as the files read in say?"""

from folkmoot.core.spend.ledger.book import Ledger, Stopped
from folkmoot.core.spend.ledger.parts import Part
from folkmoot.core.spend.ledger.questions import PaymentLine, Sum, Which

__all__ = ["Ledger", "Part", "PaymentLine", "Stopped", "Sum", "Which"]
