"""What is THE table of who may do what?"""

from folkmoot.core.access import network, people, places, spend
from folkmoot.core.access.actor import Actor
from folkmoot.core.access.policy import Act, Answer, Criterion, Rule, Subject
from folkmoot.core.kernel.errors import NotAllowed

TABLE: dict[Act, Rule] = {
    rule.act: rule for rules in (places.RULES, people.RULES, network.RULES, spend.RULES) for rule in rules
}


def answer(act: Act, actor: Actor, subject: Subject) -> Answer:
    """Allowed, or a sentence why not. An act without a rule is allowed to nobody.

    >>> from folkmoot.core.access.actor import NOBODY
    >>> answer(Act.READ_FILE, NOBODY, Subject("p")).why_not
    "This is kept by the partnership's convenor."
    """
    rule = TABLE.get(act)
    return rule.answer(actor, subject) if rule else Answer(False, "Nobody may do this.")


def criterion(act: Act, actor: Actor) -> Criterion:
    """Which subjects this act is open to, for one actor."""
    rule = TABLE.get(act)
    return rule.criterion(actor) if rule else Criterion()


def require(act: Act, actor: Actor, subject: Subject) -> None:
    """Nothing when allowed; NotAllowed with the sentence when not."""
    given = answer(act, actor, subject)
    if not given.allowed:
        raise NotAllowed("You cannot do this.", given.why_not, "Ask your convenor if you think you should.")
