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
    """What the person said they look for, and what they look after."""
    person = actor.person
    columns = ("text", "text_id", "sector", "quantity", "unit", "answer", "state", "created_at")
    return {
        "demands": list(Demand.objects.filter(representative__person=person).values(*columns)),
        "demands_owned": list(Demand.objects.filter(owner=person).values(*columns)),
    }


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
    privacy.held.register("demand", held, order=20)
    privacy.erasers.register("demand", erase, order=30)
    privacy.titles |= {
        "demands": _("what you look for"),
        "demands_owned": _("demands you look after"),
    }
