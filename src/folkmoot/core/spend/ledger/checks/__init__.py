"""What would somebody in finance ask about the files that were read?"""

from folkmoot.core.spend.ledger.checks.asking import ask_checks
from folkmoot.core.spend.ledger.checks.check import Check, CheckKind

__all__ = ["Check", "CheckKind", "ask_checks"]
