"""Encounters outside their own pages: words for the trail; what is held about a person and how it is forgotten."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ekspora.core import privacy, trail
from ekspora.core.actors import Actor
from ekspora.core.models import Person
from ekspora.core.recognition import Marks
from ekspora.demand.models import ContactAgreement, Encounter, Outcome

LABELS = {
    "outcome.tell": _("told what came of a meeting"),
    "contact.agree": _("agreed to share a contact"),
    "contact.withdraw": _("withdrew a shared contact"),
    "contact.exchange": _("contacts were exchanged"),
}


def held(actor: Actor) -> dict[str, Any]:
    """What the person told about meetings, and what they agreed to share, as far as the session reaches."""
    person, within = actor.person, Q(encounter__scope=actor.scope) if actor.scope else Q()
    told = Outcome.objects.filter(within, told_by=person).values(
        "told_at", "side", "verdict", "steps", "note"
    )
    agreed = ContactAgreement.objects.filter(within, Q(agreed_by=person) | Q(about=person)).values(
        "side", "card", "wording", "agreed_at", "withdrawn_at"
    )
    return {"outcomes": list(told), "contacts_shared": list(agreed)}


def entries(actor: Actor) -> Q:
    """Entries of the trail about what was told and shared of the person's meetings."""
    person, within = actor.person, Q(encounter__scope=actor.scope) if actor.scope else Q()
    theirs = Q(encounter__representative__person=person) | Q(encounter__business__stewards__person=person)
    return privacy.entries_about(Outcome, Outcome.objects.filter(within, theirs)) | privacy.entries_about(
        ContactAgreement, ContactAgreement.objects.filter(within, theirs)
    )


def erase(person: Person) -> None:
    """What was said stays, without the person; their own free words, their cards and the words with them go.

    In what others wrote of the same encounters the person is blotted out.
    """
    mine = Encounter.objects.filter(
        Q(representative__person=person) | Q(business__stewards__person=person) | Q(agreements__about=person)
    ).values_list("pk", flat=True)
    encounters = list(mine.distinct())
    Outcome.objects.filter(told_by=person).update(told_by=None, note="")
    ContactAgreement.objects.filter(about=person).update(about=None, card={}, wording="")
    ContactAgreement.objects.filter(agreed_by=person).update(agreed_by=None)
    marks = Marks.of(person)
    for outcome in Outcome.objects.filter(encounter__in=encounters).exclude(note=""):
        outcome.note = marks.blotted(outcome.note)
        outcome.save(update_fields=["note"])
    for agreement in ContactAgreement.objects.filter(encounter__in=encounters).exclude(wording=""):
        agreement.wording = marks.blotted(agreement.wording)
        agreement.save(update_fields=["wording"])


def register() -> None:
    """Fill core's registries."""
    trail.labels |= LABELS
    privacy.trail.register("encounters", entries)
    privacy.held.register("encounters", held, order=25)
    privacy.erasers.register("encounters", erase, order=25)
    privacy.titles |= {
        "outcomes": _("what you told about meetings"),
        "contacts_shared": _("contacts you shared"),
    }
