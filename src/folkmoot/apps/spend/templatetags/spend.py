"""How are a file's report and its reasons put into words on a page?"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template

from folkmoot.apps.spend import reports
from folkmoot.core.kernel.when import say_day

register = template.Library()


@register.filter
def reason(code: str) -> str:
    """A reason as a person reads it."""
    return reports.words_of(code)


@register.filter
def reason_why(code: str) -> str:
    """What a reason means for whoever reads the report."""
    return reports.why_of(code)


@register.filter
def flag(code: str) -> str:
    """What is known about a payment, as a person reads it."""
    return reports.flag_words(code)


@register.filter
def months(report: Mapping[str, Any]) -> str:
    """The months that a file covers."""
    return reports.period_of(report)


@register.filter
def iso_day(text: str) -> date | None:
    """A day that a report keeps as text."""
    return date.fromisoformat(text) if text else None


@register.filter
def grouped(number: int) -> str:
    """A count with its thousands apart."""
    return f"{number:,}"


@register.filter
def unbroken(text: str) -> str:
    """Words that stay on one line."""
    return text.replace(" ", "\u00a0")


@register.filter
def day_in(moment: datetime | str | None, zone: str) -> str:
    """The day of a moment by a partnership's own zone."""
    moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return say_day(moment.astimezone(ZoneInfo(zone))) if moment else ""
