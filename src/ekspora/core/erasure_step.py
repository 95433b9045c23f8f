"""Wishes to be erased on the home page of officers, until they are settled."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from ekspora.core import queries
from ekspora.core.actors import Actor
from ekspora.core.home import Card

URGENCY = 80


def cards(actor: Actor) -> Iterable[Card]:
    """One card for each person who asked one of the actor's agencies."""
    for asked in queries.asked_to_erase(actor.agencies()):
        title = _("%(name)s asks to have their data erased") % {"name": asked.person}
        body = _("Make sure by phone or in person that it is really them.")
        yield Card(title, body, reverse("erasure", args=[asked.person.pk]), _("Look at the wish"), URGENCY)
