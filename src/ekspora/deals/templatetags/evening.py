"""How promises and verdicts are worded on the pages of the evening."""

from django import template

from ekspora.deals import promise_words
from ekspora.deals.models import Commitment
from ekspora.meetings.queries.outcomes import verdict_words

register = template.Library()


@register.filter
def promise(one: Commitment, side: str) -> str:
    """A promise in words for the side that reads it."""
    return promise_words.words_of(one, side)


@register.filter
def due(one: Commitment) -> str:
    """By when, or how it ended."""
    return promise_words.due_of(one)


@register.filter
def verdict(code: str) -> str:
    """How it went, in the words of the tiles; empty for none."""
    return verdict_words().get(code, "")
