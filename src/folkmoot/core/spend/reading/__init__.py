"""What does this published file say, row by row?"""

from folkmoot.core.spend.reading.files.source import Source, open_source, open_sources
from folkmoot.core.spend.reading.guessing.headings import Role
from folkmoot.core.spend.reading.guessing.kinds import Kind, WrongDataset
from folkmoot.core.spend.reading.looking import Look, look
from folkmoot.core.spend.reading.questions import Unsure
from folkmoot.core.spend.reading.recipe import Recipe
from folkmoot.core.spend.reading.row import Payment, Reason, Reported
from folkmoot.core.spend.reading.rows import Reading, read_rows

__all__ = [
    "Kind",
    "Look",
    "Payment",
    "Reading",
    "Reason",
    "Recipe",
    "Reported",
    "Role",
    "Source",
    "Unsure",
    "WrongDataset",
    "look",
    "open_source",
    "open_sources",
    "read_rows",
]
