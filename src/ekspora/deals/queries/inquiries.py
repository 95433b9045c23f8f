"""Reading inquiries: reported until an officer takes one up."""

from django.db.models import Case, IntegerField, QuerySet, Value, When

from ekspora.core.actors import Actor
from ekspora.deals.models import Inquiry
from ekspora.deals.queries.deals import worked_on_by


def inquiries_in(scope: str) -> QuerySet[Inquiry]:
    """Inquiries of an activity: new ones first, then the newest. One query."""
    new_first = Case(
        When(state=Inquiry.State.NEW, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = Inquiry.objects.filter(scope=scope).select_related("business", "mission", "settled_by", "deal")
    return rows.order_by(new_first, "-asked_at", "-pk")


def inquiry_for(actor: Actor, pk: int) -> Inquiry | None:
    """One inquiry the actor works on; None as if it did not exist."""
    rows = Inquiry.objects.select_related("business", "mission", "agency", "deal")
    return rows.filter(worked_on_by(actor), pk=pk).first()


def new_for(actor: Actor) -> dict[str, int]:
    """How many new inquiries wait, by scope."""
    found: dict[str, int] = {}
    waiting = Inquiry.objects.filter(worked_on_by(actor), state=Inquiry.State.NEW).order_by()
    for scope in waiting.values_list("scope", flat=True):
        found[scope] = found.get(scope, 0) + 1
    return found
