"""What money can move? It begins here: published files are read, and every figure opens down to a line."""

from folkmoot.core.spend.ledger import Ledger, Part, PaymentLine, Sum, Which
from folkmoot.core.spend.reading import (
    Look,
    Payment,
    Reason,
    Recipe,
    Reported,
    Source,
    WrongDataset,
    look,
    open_source,
    read_rows,
)

__all__ = [
    "Ledger",
    "Look",
    "Part",
    "Payment",
    "PaymentLine",
    "Reason",
    "Recipe",
    "Reported",
    "Source",
    "Sum",
    "Which",
    "WrongDataset",
    "look",
    "open_source",
    "read_rows",
]
