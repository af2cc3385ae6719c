"""What does this published file say, row by row?"""

from folkmoot.core.spend.reading.kinds import Kind, WrongDataset
from folkmoot.core.spend.reading.looking import Look, look
from folkmoot.core.spend.reading.recipe import Recipe
from folkmoot.core.spend.reading.row import Payment, Reason, Reported
from folkmoot.core.spend.reading.rows import Reading, read_rows
from folkmoot.core.spend.reading.source import Source, open_source

__all__ = [
    "Kind",
    "Look",
    "Payment",
    "Reading",
    "Reason",
    "Recipe",
    "Reported",
    "Source",
    "WrongDataset",
    "look",
    "open_source",
    "read_rows",
]
