"""What this room holds about a person and how it forgets them.

What a guest wanted was wanted by their country and is worked on by an agency: the demand stays, its words
without the person.
"""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ekspora.core import privacy
from ekspora.core.actors import Actor
from ekspora.core.models import Person
from ekspora.core.recognition import Marks
from ekspora.demand.models import Demand

WORDS = ("text", "text_id", "answer")


def held(actor: Actor) -> dict[str, Any]:
    """What the person said they look for, and what they look after; by a link what was said within its limits."""
    person = actor.person
    mine = Demand.objects.filter(representative__person=person)
    owned = Demand.objects.filter(owner=person)
    if actor.scope:
        mine, owned = mine.filter(encounter__scope=actor.scope), owned.none()
    columns = ("text", "text_id", "sector", "quantity", "unit", "answer", "state", "created_at")
    return {
        "demands": list(mine.values(*columns)),
        "demands_owned": list(owned.values(*columns)),
    }


def entries(actor: Actor) -> Q:
    """Entries of the trail about the person's demands."""
    mine = Demand.objects.filter(Q(representative__person=actor.person) | Q(owner=actor.person))
    within = mine.filter(encounter__scope=actor.scope) if actor.scope else mine
    return privacy.entries_about(Demand, within)


def erase(person: Person) -> None:
    """Nobody in particular looks after their demands; the words of demands name them no more."""
    marks = Marks.of(person)
    for demand in Demand.objects.filter(Q(representative__person=person) | Q(owner=person)):
        for name in WORDS:
            setattr(demand, name, marks.blotted(getattr(demand, name)))
        demand.save(update_fields=WORDS)
    Demand.objects.filter(owner=person).update(owner=None)


def register() -> None:
    """Fill core's registries."""
    privacy.trail.register("demand", entries)
    privacy.held.register("demand", held, order=20)
    privacy.erasers.register("demand", erase, order=30)
    privacy.titles |= {
        "demands": _("what you look for"),
        "demands_owned": _("demands you look after"),
    }
