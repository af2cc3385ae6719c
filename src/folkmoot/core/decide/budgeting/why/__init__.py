"""Why did a project win or lose, who paid for it, was it fair, and what if?"""

from folkmoot.core.decide.budgeting.why.against import Against, against
from folkmoot.core.decide.budgeting.why.fairness import Fairness, fairness
from folkmoot.core.decide.budgeting.why.parts import Homes
from folkmoot.core.decide.budgeting.why.pictures import budget_picture, cost_picture, projects_picture
from folkmoot.core.decide.budgeting.why.reasons import Reason, reasons
from folkmoot.core.decide.budgeting.why.shares_paid import shares_paid
from folkmoot.core.decide.budgeting.why.what_if import Change, what_if
from folkmoot.core.decide.budgeting.why.words import sentences, share_sentence

__all__ = [
    "Against",
    "Change",
    "Fairness",
    "Homes",
    "Reason",
    "against",
    "budget_picture",
    "cost_picture",
    "fairness",
    "projects_picture",
    "reasons",
    "sentences",
    "share_sentence",
    "shares_paid",
    "what_if",
]
