"""Are there groups of opinion, what unites everybody, and how sure can we be?"""

from folkmoot.core.decide.opinions.careful.effect import Effect, effect
from folkmoot.core.decide.opinions.careful.reckoning import Own, own_group, reading
from folkmoot.core.decide.opinions.careful.result import (
    Chances,
    Count,
    Habit,
    Line,
    Part,
    Reading,
    Settings,
    Stability,
    Verdict,
)

__all__ = [
    "Chances",
    "Count",
    "Effect",
    "Habit",
    "Line",
    "Own",
    "Part",
    "Reading",
    "Settings",
    "Stability",
    "Verdict",
    "effect",
    "own_group",
    "reading",
]
