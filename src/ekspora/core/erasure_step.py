"""Wishes to be erased on the home page of officers until they are settled, then files that nobody can search."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ekspora.core import queries
from ekspora.core.actors import Actor
from ekspora.core.home import Card

URGENCY, PAPERS = 80, 25


def cards(actor: Actor) -> Iterable[Card]:
    """One card for each person who asked one of the actor's agencies."""
    for asked in queries.asked_to_erase(actor.agencies()):
        title = _("%(name)s asks to have their data erased") % {"name": asked.person}
        body = _("Make sure by phone or in person that it is really them.")
        yield Card(title, body, reverse("erasure", args=[asked.person.pk]), _("Look at the wish"), URGENCY)
    if n := queries.papers_for(actor).count():
        title = ngettext(
            "%(n)s file may name an erased person", "%(n)s files may name an erased person", n
        ) % {"n": n}
        body = _("Nobody can search a scan: open each and say whether it stays.")
        yield Card(title, body, reverse("papers"), _("Look and decide"), PAPERS)
