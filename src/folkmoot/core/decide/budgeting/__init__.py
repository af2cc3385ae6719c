"""What does a participatory budget fund, by which rule, and why?"""

from folkmoot.core.decide.budgeting.counting import count, utility_of
from folkmoot.core.decide.budgeting.election import Ballots, Election, Project, VoteType
from folkmoot.core.decide.budgeting.outcome import Outcome
from folkmoot.core.decide.budgeting.settings import Completion, Rule, Settings, Start, Ties, Utility

__all__ = [
    "Ballots",
    "Completion",
    "Election",
    "Outcome",
    "Project",
    "Rule",
    "Settings",
    "Start",
    "Ties",
    "Utility",
    "VoteType",
    "count",
    "utility_of",
]
