"""Who is drawn for a panel that keeps its quotas, so that everybody's chance is as fair as can be?"""

from folkmoot.core.decide.lottery.census import quotas_from_counts
from folkmoot.core.decide.lottery.drawing import Drawn, Replayed, draw, replay
from folkmoot.core.decide.lottery.feasibility import (
    Infeasible,
    least_relaxations,
    reasons_against,
)
from folkmoot.core.decide.lottery.lot import Lottery, Method, lottery
from folkmoot.core.decide.lottery.pool import Person, Pool, Quota
from folkmoot.core.decide.lottery.replacing import remaining

__all__ = [
    "Drawn",
    "Infeasible",
    "Lottery",
    "Method",
    "Person",
    "Pool",
    "Quota",
    "Replayed",
    "draw",
    "least_relaxations",
    "lottery",
    "quotas_from_counts",
    "reasons_against",
    "remaining",
    "replay",
]
