"""What do people prefer: which order, which winner, which committee?"""

from folkmoot.core.decide.ranking.ballots import (
    Approvals,
    Ballots,
    Candidate,
    Marks,
    Pairs,
    Ranked,
    Rankings,
    Scores,
)
from folkmoot.core.decide.ranking.counting import Result, count
from folkmoot.core.decide.ranking.settings import Completion, Method, Settings, Ties

__all__ = [
    "Approvals",
    "Ballots",
    "Candidate",
    "Completion",
    "Marks",
    "Method",
    "Pairs",
    "Ranked",
    "Rankings",
    "Result",
    "Scores",
    "Settings",
    "Ties",
    "count",
]
