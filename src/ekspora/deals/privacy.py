"""What this room holds about a person and how it forgets them.

Promises, deals and what was said of them are relied on by the other side: they stay, without who kept, wrote or
checked them, and with the person blotted out of their words. An importer who inquired is no person of ours: the
inquiry's own columns hold them, and go with whoever has the same email, or after two years when nobody took it up.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ekspora.core import privacy
from ekspora.core.actors import Actor
from ekspora.core.models import Agency, AuditEntry, Person
from ekspora.core.recognition import Marks
from ekspora.core.services import audit
from ekspora.deals.models import Commitment, Deal, DealStep, Handover, Inquiry, LaterAnswer, LaterQuestion
from ekspora.directory.models import Business
from ekspora.directory.privacy import marks_of
from ekspora.directory.rules import own
from ekspora.programmes.privacy import in_reach

INQUIRIES_FOR = timedelta(days=730)
# What of an inquiry is the importer's; company and country stay, since the mission is credited with it.
_ASKED = {"name": "", "email": "", "words": ""}


def held(actor: Actor) -> dict[str, Any]:
    """What the person promised, kept and handed over; deals they look after; what they said and asked later. By a link
    what is within its limits."""
    person = actor.person
    promises = _promises_of(person).filter(_within(actor)).values(
        "kind", "text", "side", "business__name", "representative__mission__name", "due", "state", "account",
        "fair", "created_at", "settled_at",
    )  # fmt: skip
    taken = Handover.objects.filter(Q(giver=person) | Q(taker=person) | Q(handed_by=person))
    handovers = taken.filter(_within(actor, "commitment__"))
    noted = DealStep.objects.filter(Q(noted_by=person) | Q(checked_by=person))
    steps = noted.filter(_within(actor, "deal__"))
    deals = Deal.objects.filter(Q(owner=person) | Q(created_by=person)).filter(_within(actor))
    answers = LaterAnswer.objects.filter(_within(actor, "encounter__"), said_by=person)
    asked = LaterQuestion.objects.filter(participation__in=in_reach(actor).values("pk"))
    columns = ("name", "company", "country", "email", "words", "asked_at", "state")
    return {
        "promises": list(promises),
        "handovers": list(handovers.values("reason", "handed_at")),
        "deals": list(deals.values("subject", "state", "closing_note", "created_at")),
        "deal_steps": list(steps.values("rung", "happened_on", "reference", "checked_how", "noted_at")),
        "inquiries": [] if actor.scope else list(_inquiries_of(person).values(*columns)),
        "later_answers": list(answers.values("stage", "buyer", "amount", "currency", "words", "said_at")),
        "later_questions": list(asked.values("number", "asked_at")),
    }


def _within(actor: Actor, path: str = "") -> Q:
    """What the session reaches: its one activity, or else the businesses its link does; all where none limits it."""
    kind = actor.scope.partition(":")[0]
    if kind in ("", "activity"):
        return Q(**{f"{path}scope": actor.scope}) if kind else Q()
    return Q(**{f"{path}business__in": Business.objects.filter(own(actor))})


def entries(actor: Actor) -> Q:
    """Entries of the trail about promises, deals and answers that concern the person."""
    person, ours = actor.person, Q(business__in=Business.objects.filter(own(actor)))
    promises = _promises_of(person).filter(_within(actor))
    deals = Deal.objects.filter(pk__in=_deals_of(person).values("pk")).filter(_within(actor))
    answers = LaterAnswer.objects.filter(_within(actor, "encounter__"), said_by=person)
    asked = Inquiry.objects.filter(_within(actor), ours)
    found: tuple[tuple[type[models.Model], QuerySet[Any]], ...] = (
        (Commitment, promises), (Deal, deals), (DealStep, DealStep.objects.filter(deal__in=deals.values("pk"))),
        (LaterAnswer, answers), (Inquiry, asked),
    )  # fmt: skip
    return reduce(or_, (privacy.entries_about(model, rows) for model, rows in found))


def _promises_of(person: Person) -> QuerySet[Commitment]:
    """Promises the person keeps, kept, wrote down, or that their business or mission post made."""
    mine = Q(side="maker", business__stewards__person=person) | Q(side="guest", representative__person=person)
    written = Q(owner=person) | Q(settled_by=person) | Q(created_by=person)
    return Commitment.objects.filter(mine | written).distinct()


def _inquiries_of(person: Person) -> QuerySet[Inquiry]:
    """What somebody with the person's email asked; nobody's without an email."""
    return Inquiry.objects.filter(email__iexact=person.email) if person.email else Inquiry.objects.none()


def erase(person: Person) -> None:
    """The person is blotted out of the words of what concerns them, then nothing points to them any more."""
    marks = marks_of(person)
    _blot(_words_about(person), marks)
    asked = list(_inquiries_of(person).values_list("pk", flat=True))
    Inquiry.objects.filter(pk__in=asked).update(**_ASKED)
    audit.forget(
        AuditEntry.objects.filter(
            target_type=Inquiry._meta.label_lower, target_id__in=[str(pk) for pk in asked]
        )
    )
    LaterAnswer.objects.filter(said_by=person).update(words="")
    for model, columns in _POINTING.items():
        for column in columns:
            model._default_manager.filter(**{column: person}).update(**{column: None})


def _words_about(person: Person) -> Iterable[tuple[QuerySet[Any], tuple[str, ...]]]:
    """Texts of records about the person's business, their mission post, or what they looked after."""
    ours = Q(business__stewards__person=person)
    guest = Q(representative__person=person)
    promises = Commitment.objects.filter(
        ours | guest | Q(owner=person) | Q(settled_by=person) | Q(created_by=person)
        | Q(handovers__giver=person) | Q(handovers__taker=person)
    ).distinct()  # fmt: skip
    numbers = list(promises.values_list("pk", flat=True))
    found = list(_deals_of(person).values_list("pk", flat=True))
    met = Q(encounter__business__stewards__person=person) | Q(encounter__representative__person=person)
    return (
        (Commitment.objects.filter(pk__in=numbers), ("text", "account", "fair")),
        (Handover.objects.filter(Q(commitment__in=numbers) | Q(handed_by=person)), ("reason",)),
        (Deal.objects.filter(pk__in=found), ("subject", "closing_note")),
        (DealStep.objects.filter(deal__in=found), ("reference", "checked_how", "withdrawn_why")),
        (Inquiry.objects.filter(ours | Q(settled_by=person)).distinct(), ("words", "answer")),
        (LaterAnswer.objects.filter(met | Q(said_by=person)).distinct(), ("words", "buyer")),
    )  # fmt: skip


def evidence_about(person: Person) -> Iterable[privacy.Kept]:
    """Evidence of deals of the person's business, their mission post, or that they looked after."""
    deals = _deals_of(person).values_list("pk", flat=True)
    steps = (
        DealStep.objects.filter(deal__in=list(deals))
        .exclude(file="")
        .select_related("deal__agency", "deal__business")
    )
    for step in steps:
        label = f"{step.get_rung_display()}, {step.get_evidence_display()}: {step.deal.business}"
        yield privacy.Kept(step.pk, step.deal.agency, label, reverse("evidence", args=[step.pk]))


def _deals_of(person: Person) -> QuerySet[Deal]:
    ours = Q(business__stewards__person=person)
    return Deal.objects.filter(
        ours | Q(encounter__representative__person=person) | Q(owner=person) | Q(created_by=person)
        | Q(buyer__notes__person=person) | Q(steps__noted_by=person) | Q(steps__checked_by=person)
    ).distinct()  # fmt: skip


def _blot(places: Iterable[tuple[QuerySet[Any], tuple[str, ...]]], marks: Marks) -> None:
    for rows, columns in places:
        for row in rows:
            texts = {name: getattr(row, name) for name in columns}
            blotted = {name: marks.blotted(text) for name, text in texts.items()}
            if blotted != texts:
                type(row)._default_manager.filter(pk=row.pk).update(**blotted)


# Columns that say who: they are emptied, the record stays.
_POINTING: dict[type[models.Model], tuple[str, ...]] = {
    Commitment: ("owner", "settled_by", "created_by"),
    Deal: ("owner", "created_by"),
    Handover: ("giver", "taker", "handed_by"),
    DealStep: ("noted_by", "checked_by"),
    Inquiry: ("settled_by",),
    LaterAnswer: ("said_by",),
    LaterQuestion: ("asked_by",),
}


def expire(agency: Agency, moment: datetime) -> dict[str, int]:
    """Who inquired and nobody took up goes after two years; that there was an inquiry, and through whom, stays."""
    old = Inquiry.objects.filter(agency=agency, asked_at__lt=moment - INQUIRIES_FOR)
    waiting = old.exclude(state=Inquiry.State.TAKEN).exclude(**_ASKED)
    numbers = list(waiting.values_list("pk", flat=True))
    Inquiry.objects.filter(pk__in=numbers).update(**_ASKED)
    return {"inquiries": len(numbers)}


def register() -> None:
    """Fill core's registries."""
    privacy.trail.register("deals", entries)
    privacy.held.register("deals", held, order=50)
    privacy.erasers.register("deals", erase, order=5)
    privacy.expired.register("deals", expire)
    privacy.papers.register("evidence", lambda: privacy.PaperKind(DealStep, "file", evidence_about))
    privacy.titles |= {
        "promises": _("what you promised or looked after"),
        "handovers": _("promises handed over"),
        "deals": _("deals you look after"),
        "deal_steps": _("steps of deals you noted or checked"),
        "inquiries": _("what you asked about businesses"),
        "later_answers": _("what you said had come of meetings"),
        "later_questions": _("when you were asked what had come of meetings"),
    }
