"""Which words of Folkmoot's own do templates use?"""

from datetime import date, datetime

from django import template
from django.template.context import RequestContext

from folkmoot.apps.places.models import Partnership
from folkmoot.apps.places.settling import level_word
from folkmoot.core.access import Act, Subject, answer
from folkmoot.core.kernel import money
from folkmoot.core.kernel.when import say_day

register = template.Library()


@register.simple_tag(takes_context=True)
def can(context: RequestContext, act: str, person_id: str = "") -> bool:
    """Whether whoever asked for this page may do an act here."""
    request = context["request"]
    actor, partnership = getattr(request, "actor", None), getattr(request, "partnership", None)
    if actor is None or partnership is None:
        return False
    return answer(
        Act(act), actor, Subject(partnership.id, partnership.published, person_id, actor.account_id)
    ).allowed


@register.filter
def pounds(minor: int, currency: str = "GBP") -> str:
    """An amount to the penny."""
    return money.say(minor, currency or "GBP")


@register.filter
def pounds_short(minor: int, currency: str = "GBP") -> str:
    """An amount as people say it."""
    return money.say_short(minor, currency or "GBP")


@register.filter
def day(value: date | datetime | None) -> str:
    """A date as people write it; nothing for no date."""
    return say_day(value) if value else ""


@register.filter(name="level_word")
def level_in_words(level: str, partnership: Partnership) -> str:
    """What the partnership calls a level of posts."""
    return level_word(partnership, level)
