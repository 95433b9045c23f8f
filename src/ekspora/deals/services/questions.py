"""Asking six months on what has come of it, and keeping what each side answers."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from ekspora.core.actors import Actor
from ekspora.core.clock import now
from ekspora.core.errors import DomainError
from ekspora.core.models import Person
from ekspora.core.services import audit, outbox
from ekspora.deals.models import LaterAnswer, LaterQuestion
from ekspora.deals.queries import questions as reads
from ekspora.demand.models import Encounter, Side
from ekspora.directory.services import changes
from ekspora.programmes.models import Activity, Participation, in_language
from ekspora.programmes.services.activities import acting_agency
from ekspora.programmes.services.invitations import recipient

KIND = "later"
Stage = LaterAnswer.Stage
# What a tap on a stage leaves as it was said before.
_KEPT = ("buyer", "amount", "currency", "words")


@transaction.atomic
def ask(*, activity: Activity, actor: Actor) -> tuple[int, int]:
    """Prepare the question for everybody to whom it is due: (how many messages wait, how many cannot be reached).

    Only who can be reached is asked: a question nobody got is none. Pressed twice, nobody is asked twice.
    """
    Activity.objects.select_for_update().get(pk=activity.pk)
    waiting = reads.due([activity])
    reached = [(one, person) for one in waiting if (person := recipient(one.participation)) is not None]
    LaterQuestion.objects.bulk_create(
        LaterQuestion(
            participation=one.participation, number=one.number, asked_by=actor.person, asked_at=now()
        )
        for one, _person in reached
    )
    agency = acting_agency(actor, activity)
    drafts = [_draft(activity, one, person) for one, person in reached]
    count = outbox.prepare(agency=agency, topic=activity.scope, drafts=drafts, actor=actor.person)
    if reached:
        details = {"count": len(reached)}
        audit.record(
            agency=agency, actor=actor.person, action="later.ask", target=activity, details=details
        )  # fmt: skip
    return count, len(waiting) - len(reached)


def _draft(activity: Activity, one: reads.Due, person: Person) -> outbox.Draft:
    with override("en" if person.language == "en" else "id"):
        values = {
            "name": person.protocol_name, "activity": in_language(activity.name, activity.name_en),
            "link": outbox.PLACE_OF_LINK,
            "count": ngettext("%(n)d meeting", "%(n)d meetings", one.meetings) % {"n": one.meetings},
        }  # fmt: skip
        body = _(
            "Dear %(name)s,\n\nhalf a year ago you took part in %(activity)s. What has come of %(count)s since? One "
            "tap for each is enough, also when nothing has come of it:\n%(link)s\n\nThe organisers"
        )
        return outbox.Draft(
            person=person, kind=KIND, key=f"later:{one.participation.pk}:{one.number}",
            subject=_("What has come of it? %(activity)s") % values, body=body % values,
            link_scope=activity.scope, link_target=reverse("my_later", args=[one.participation.pk]),
        )  # fmt: skip


@transaction.atomic
def answer(
    *,
    participation: Participation,
    encounter: int,
    stage: str,
    actor: Person,
    more: Mapping[str, Any] | None = None,
) -> LaterAnswer:
    """Keep what one side says has come of an encounter; what it said before stays as history.

    A tap on a stage keeps buyer, value and words said before; ``more`` replaces them. The same again changes
    nothing. Raises DomainError for an encounter that is not theirs and for a value that is none.
    """
    mine = {one.encounter.pk: one for one in reads.mine(participation)}
    if encounter not in mine:
        raise DomainError(_("This meeting is not one of yours."))
    Encounter.objects.select_for_update().get(pk=encounter)
    side = Side(participation.side)
    rows = LaterAnswer.objects.filter(encounter=encounter, side=side)
    before = rows.filter(is_current=True).first()
    kept = {name: getattr(before, name) for name in _KEPT} if before is not None else {}
    wanted = kept | _plain(more or {}, kept) | {"stage": stage}
    if before is not None and all(getattr(before, name) == value for name, value in wanted.items()):
        return before
    rows.filter(is_current=True).update(is_current=False)
    said = LaterAnswer(encounter_id=encounter, side=side, said_by=actor, said_at=now())
    changes.apply(said, wanted)
    said.save()
    agency = participation.activity.lead
    details = {"side": side, "stage": stage}
    audit.record(agency=agency, actor=actor, action="later.answer", target=said, details=details)
    return said


def _plain(more: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """Buyer, value and words as the table takes them; an amount of nothing is none."""
    if not more:
        return dict(kept)
    amount: Decimal | None = more.get("amount") or None
    if amount is not None and not more.get("currency"):
        raise DomainError(_("A value needs its currency."))
    return {
        "buyer": " ".join(str(more.get("buyer", "")).split())[:160], "amount": amount,
        "currency": more["currency"] if amount is not None else "", "words": str(more.get("words", "")).strip()[:500],
    }  # fmt: skip
