"""Reading encounters: what each side said last, whether contacts were exchanged. Constant queries."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db.models import Prefetch, QuerySet

from ekspora.demand.models import ContactAgreement, Encounter, Outcome, Side


def encounters_in(scope: str) -> QuerySet[Encounter]:
    """Encounters of a scope with what counts of each side and the agreements that stand."""
    current = Outcome.objects.filter(is_current=True).prefetch_related("products").select_related("told_by")
    standing = ContactAgreement.objects.filter(withdrawn_at__isnull=True)
    return Encounter.objects.filter(scope=scope).prefetch_related(
        Prefetch("outcomes", current, to_attr="said"), Prefetch("agreements", standing, to_attr="agreed")
    )


def said_by(encounter: Encounter | None, side: str) -> Outcome | None:
    """What a side said last; only for encounters of ``encounters_in``."""
    said: Iterable[Outcome] = getattr(encounter, "said", ())
    return next((outcome for outcome in said if outcome.side == side), None)


def agreement_of(encounter: Encounter | None, side: str) -> ContactAgreement | None:
    """The agreement of a side that stands; only for encounters of ``encounters_in``."""
    agreed: Iterable[ContactAgreement] = getattr(encounter, "agreed", ())
    return next((agreement for agreement in agreed if agreement.side == side), None)


def other_side(side: str) -> str:
    """The side across the table."""
    return Side.GUEST.value if side == Side.MAKER else Side.MAKER.value


class Said(Protocol):
    """What one side said, as far as two sides are compared."""

    @property
    def verdict(self) -> str: ...
    @property
    def steps(self) -> Sequence[str]: ...


def differ(one: Said | None, two: Said | None) -> bool:
    """Whether both sides spoke and did not say the same of how it went or what comes next."""
    if one is None or two is None:
        return False
    return one.verdict != two.verdict or set(one.steps) != set(two.steps)


def history(encounter: Encounter) -> QuerySet[Outcome]:
    """All that was said, the newest first."""
    return encounter.outcomes.select_related("told_by").prefetch_related("products").order_by("-id")
