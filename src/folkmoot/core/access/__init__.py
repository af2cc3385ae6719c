"""Who may do what, and why not?"""

from folkmoot.core.access.actor import NOBODY, OPERATOR, Actor, Circle, Role
from folkmoot.core.access.policy import Act, Answer, Criterion, Rule, Subject
from folkmoot.core.access.table import TABLE, answer, criterion, require

__all__ = [
    "NOBODY",
    "OPERATOR",
    "TABLE",
    "Act",
    "Actor",
    "Answer",
    "Circle",
    "Criterion",
    "Role",
    "Rule",
    "Subject",
    "answer",
    "criterion",
    "require",
]
