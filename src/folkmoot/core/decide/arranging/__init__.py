"""Which of these short texts belong together, and what do people say of it?"""

from folkmoot.core.decide.arranging.arrangement import Arrangement, Group, Held, Verdict
from folkmoot.core.decide.arranging.placing import MOST_TEXTS, arrange

__all__ = ["MOST_TEXTS", "Arrangement", "Group", "Held", "Verdict", "arrange"]
