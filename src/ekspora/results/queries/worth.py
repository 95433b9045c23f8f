"""What deals are worth by step and currency, and what participants said afterwards: two things, never one."""

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from ekspora.deals.models import DealStep, Inquiry, LaterAnswer
from ekspora.deals.queries.deals import unchecked
from ekspora.deals.queries.values import values
from ekspora.programmes.models import Activity
from ekspora.results.figures import STAGES, Amount, Counted, Later
from ekspora.results.queries.pages import Pages

Stage = LaterAnswer.Stage


def amounts(activity: Activity, pages: Pages) -> list[Amount]:
    """Steps with a value that counts, from potential to paid, each currency by itself. One query."""
    stages = {rung: stage for stage, rungs in STAGES.items() for rung in rungs}
    return [
        Amount(
            stages[value.rung], DealStep.Rung(value.rung).label, value.currency, value.amount, value.deals,
            pages.deals(rung=value.rung, currency=value.currency),
        )
        for value in values(activity.scope)
    ]  # fmt: skip


def to_check(activity: Activity, pages: Pages) -> Counted:
    """Deals with a step that looks wrong: it counts once somebody has checked it. One query."""
    n = unchecked(activity.scope).order_by().values("deal").distinct().count()
    return Counted("deals.to_check", n, _("deals with a step to check"), "", pages.deals(alarms="1"))


def later(activity: Activity) -> list[Later]:
    """What both sides answered when asked once more: reported until a deal's step shows evidence. One query."""
    rows = LaterAnswer.objects.filter(is_current=True, encounter__scope=activity.scope).order_by()
    counted = rows.values_list("stage", "currency").annotate(n=Count("id"), amount=Sum("amount"))
    order = Stage.values
    found = sorted(counted, key=lambda row: (order.index(row[0]), row[1]))
    return [Later(Stage(stage).label, n, currency, amount) for stage, currency, n, amount in found]


def open_inquiries(activity: Activity) -> int:
    """Inquiries from abroad that nobody has taken up yet: reported, no deal. One query."""
    return Inquiry.objects.filter(scope=activity.scope, state=Inquiry.State.NEW).count()
