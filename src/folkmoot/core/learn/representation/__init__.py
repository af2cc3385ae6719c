"""Whose voice is missing among these people, beside the people of the place?"""

from folkmoot.core.learn.representation.answer import Answer, Position, Verdict
from folkmoot.core.learn.representation.people import Circle, Dimension, Person, Place
from folkmoot.core.learn.representation.raking import Margin, Moved, Raked, raked, reweighted
from folkmoot.core.learn.representation.telling import full, published

__all__ = [
    "Answer",
    "Circle",
    "Dimension",
    "Margin",
    "Moved",
    "Person",
    "Place",
    "Position",
    "Raked",
    "Verdict",
    "full",
    "published",
    "raked",
    "reweighted",
]
