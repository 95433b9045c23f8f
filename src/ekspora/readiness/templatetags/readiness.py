"""How a fact about a market is worded on a page."""

from datetime import date

from django import template

from ekspora.readiness import wording
from ekspora.readiness.facts import Fact, Known, Papers
from ekspora.ui import formats

register = template.Library()


@register.filter
def duty(fact: Fact) -> str:
    """Who has to act."""
    return wording.duty(fact)


@register.filter
def origin(known: Known) -> str:
    """Where it comes from, of which day, how sure we are."""
    return wording.origin(known)


@register.filter
def day_only(value: date) -> str:
    """A day without its weekday."""
    return formats.day(value, weekday=False)


@register.filter
def goods(papers: Papers) -> str:
    """What is made."""
    return wording.goods(papers)


@register.filter
def needed(papers: Papers) -> list[str]:
    """What has to be held for it."""
    return wording.needed(papers)
