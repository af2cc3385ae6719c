"""What does a payee's name say about who was paid?"""

from folkmoot.core.spend.reading.values.bodies import is_same_body
from folkmoot.core.spend.reading.values.individuals import is_individual
from folkmoot.core.spend.reading.values.redaction import is_redacted
from folkmoot.core.spend.reading.values.widths import cut_width

__all__ = ["cut_width", "is_individual", "is_redacted", "is_same_body"]
